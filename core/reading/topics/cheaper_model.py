"""Whether a cheaper model with the same prompt reaches the target."""
# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from core.reading.topics.phrase import compiled

_NAMES = {
    "BIG": r"(the |our )?(big|bigger|biggest|large|larger|largest|full|top|expensive|pricey|dear|premium|flagship|frontier|strongest|best|heavy|great|main)( (one|ones|model|models|version))?|opus|pro version|sonnet|full model|top model|big brother|dear one",
    "SMALL": r"(the |our |a |even |its )?(small|smaller|smallest|cheap|cheaper|cheapest|little|lite|light|lighter|lightweight|mini|nano|tiny|budget|weaker|economy)( (one|ones|model|models|version|sibling|brother|variant))?|haiku|flash|mini|nano",
    "PASSES": r"pass*|reach*|hits?|hit|meets?|met|match*|clear*|makes? it|made it|made the cut|gets? (there|it right|over)|got (there|it right)|does( it| the job| too| as well| just)?|did it|works?|worked|copes?|manages?|manage|holds? up|held up|suffic*|keeps? up|kept up|is (good )?enough|is fine|good enough|does well|comes? out|succeed*|delivers?|qualif*|satisf*",
    "TARGET": r"(the |our )?(target|bar|line|threshold|mark|goal|requirement|cut|limit|minimum|level|standard)",
}  # fmt: skip

_NOT = """
SMALL (one |ones |model |models )?(does|did|do|can|could|is|was|has|will|would) not …
(only|just|nothing but|no model but|solely) BIG …
(nothing|none of|no) … (SMALL|cheap*|small*|less)
(need*|takes?|require*|stuck with|stay* with|back to|depend on|keep|kept) … BIG
without BIG …
even BIG … (barely|just|only|struggl*|trouble|scrap*|misses)
BIG (is|was) … (just|barely|only just) … (enough|good|PASSES)
(not|never|hardly|barely|no longer) … (PASSES|TARGET|enough|good|close|comparable|usable|acceptable|there|up to it|up to the job|quite|sufficient|convinc*|as (good|well|accurate|reliable))
(not|never) (quite|really|at all|there|enough|yet there|close)
(nowhere|not even|far|way|well|miles|long way) … (near|close|off|from|short|below|under|away)
(falls?|fell|came|comes|came up|comes up|just|points?|\\d+) … short
(short|shy) of …
(below|under|beneath|misses|missed|miss|miss out on|lower than) … (TARGET|it|that|what we need)
(drops?|dropped|falls?|fell|sinks?|sank|loses?|lost|declin*|dips?|dipped|degrad*|plummet*|collaps*|slips?|slumps?) …
(too|so) (weak|dumb|stupid|bad|many (errors|mistakes|misses)|low|big|sloppy|poor|inaccurate|unreliable|much)
(worse|worst|inferior|weaker|useless|hopeless|garbage|rubbish|terrible|unusable|awful|bad|poor|horrible|insufficient|inadequate|disappoint*|catastroph*|lousy|mediocre)
(fail|fails|failed|failing|struggl*|stumbl*|trips|botch*|mangl*|suffer*|forgets|hallucinat*|makes? things up|made things up|invents|confus*|misses|missed|complain*|reject*|rolled (it )?back|sent back|threw it out|regress*|backfired)
(twice|more|many|double|three times) … (errors|mistakes|misses|hallucinat*|complaints)
(gap|difference|drop|loss|dip) … (big|clear|obvious|large|noticeable|huge|visible)
(clear|big|obvious|huge|noticeable|visible|marked|significant) … (gap|difference|drop|loss|decline)
(only|stops at|stuck at|tops out at|no more than|gets just) … (\\d+|percent|%)
close but (no|not)
(almost|nearly) but …
"""

_NOT_WORSE = """
not only BIG …
(not|no|hardly|barely|never|nothing|did not|does not) … (worse|drop*|fail*|lose|lost|miss|missed|misses|fall*|suffer*|inferior|decline*|degrade*|gap|difference)
fail* (nothing|none|no)
(score|accuracy|quality) … (not|hardly|barely) … (move*|change*|budge*)
(only|just|slightly|a (bit|little|touch|hair|shade)|half a point|one point|a point|marginally) … (worse|lower|less|down|drops?|below) … (still|but|above|over|fine|enough|passes|reaches)
(not|nobody|hardly) … (complain*|notice*)
"""
_PASSES = """
(it|that|this|they|one|mini|version|does|model) PASSES
(it|they) (do|does|did|survived|got there)
(matches|matched|keeps up|holds up|held up|survived|gets there|got there|got through|made it|passed|passes|works|worked)
(every|each|all) … (right|correct)
stayed (where|the same|put|as)
(no|not … any|hardly any|barely any|not a|without|zero) … (difference|drop|loss|gap|change|decline|degradation|penalty|worse|regression)
(not|no|hardly|barely|never) … (worse|drop*|fail*|lose|miss*|fall*|suffer*|inferior|decline*|tell (the|them|which)|degrade*)
(not|nobody|no one|could not|can not|hardly) … (notice*|tell|distinguish|spot|need BIG|see (a|any) (gap|difference)|told)
(nobody|no one) …
(same|identical|equal*|equivalent|comparable|on par|on a par|level with|just as|as good as|as well as|indistinguishable|similar*)
not only BIG …
(even|also) SMALL … PASSES
SMALL … PASSES … (too|as well|also|fine|easily|it|there|just|TARGET)
SMALL … (enough|fine|sufficient|all (we|you) need|ok|okay|PASSES)
(PASSES) … (TARGET|it too|too|as well|easily|comfortably|fine|equally|just as|also|the same)
(enough|good enough|close enough|sufficient|suffices|easily|comfortably|surprisingly|with room to spare|up to it|up to the job|acceptable|fine)
(above|over|beyond|past|higher than|better than|exceed*|beats?|surpass*) … (TARGET|what we need|it|required|needed)
(still|well|just|safely) (above|over|passes|enough|reaches|meets|within|clears|hits)
BIG … (adds nothing|not … (better|needed|necessary|worth)|no better|overkill|unnecessary|brings nothing)
(hit|hits|reached|met|passed|matched|made|cleared|got) (it|that|the|our) …
(worked|works|tested|tried) … (fine|well|great|ok|out)
(does|did|can|could) … (too|as well|fine)
already (run|use|using|on|running) … SMALL
quality stayed …
"""
_OF_THE_BIG_ONE = """
BIG (passes|does|works|did|manages|gets there|got it)
"""
_SPEAKS_FOR_IT = """
(negligible|every bit as|just as|beats|exceeds?|satisfied|happy|pleased|holds its own|same level|well within|easily|flawless*|impress*|surprising*|sufficient*|convinc*|plenty|ample|solid|reliable|fine|great|good|excellent|perfect*|superb|decent|pleasant*)
(nobody|no one|none) … (complain*|noticed?|objected|minded|saw|spotted|cared)
(no|without|zero) … (complaints?|objections?|trouble|problems?|issues?|regress*|penalty)
(all|every|each) … (passed|right|correct|fine)
(could|can) not … (which|apart|difference|tell)
"""
_SPEAKS_AGAINST_IT = """
(nosediv*|mess|disaster|nonsense|gibberish|blunder*|shaky|unreliable|inaccurate|patchy|hit and miss|erratic|flaky|shoddy|dismal|abysmal|dreadful|worrying|embarrass*|dangerous|clumsy|confused|poorly|plummet*|tank*|crater*|sank|botched)
(turned|turn|sent|send|threw|throw|gave) … (down|back|out|up)
(kept|keeps|keep|started|starts) (mix*|forget*|mak*|miss*|drop*|gett*|confus*|skip*|invent*|add*|los*|ignor*|hallucinat*)
(mixed|mixes|forgot|forgets|missed|misses|skips|skipped|overlooked|ignored|garbled|lost|tripped|stumbled|choked|struggles|struggled)
(every|each|one in) (second|third|fourth|fifth|sixth|tenth|two|three|four|five|ten) …
(tops out|stuck|plateau*|stalls|stops) …
(too|so) many …
"""
WEAK = ((False, compiled(_SPEAKS_AGAINST_IT, _NAMES)), (True, compiled(_SPEAKS_FOR_IT, _NAMES)))
PATTERNS = (
    (True, compiled(_NOT_WORSE, _NAMES)),
    (False, compiled(_NOT, _NAMES)),
    (None, compiled(_OF_THE_BIG_ONE, _NAMES)),
    (True, compiled(_PASSES, _NAMES)),
)
