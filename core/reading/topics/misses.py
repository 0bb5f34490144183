"""What the misses look like: facts that it was not given, wrong behaviour, our own labels, people who disagree."""

from __future__ import annotations

from core.reading.topics.phrase import compiled

_NAMES = {
    "LABEL": r"labels?|labelling|labeling|categor(y|ies|ise|isation|ization)|class|classes|classification|tags?|codes?|coding|taxonom(y|ies)|formats?|schema|template|layout|notation|dialect|jargon|abbreviations?|acronyms?|shorthand|terminolog(y|ies)|vocabulary|terms|words|names|naming|nicknames?|scheme|scale|grades?|grading|severity|severities|priorit(y|ies)|buckets?|chart of accounts|accounts|field names|fields|headings?|lingo|slang|numbering|conventions?|statuses|stages?|file (plan|layout|naming)|filing plan|drawers?|groups?|types|allowed (values|list)|list of values|markup|units|folder*|bins?|wording|dsl|xml|json",
    "FACT": r"facts?|facts|information|info|knowledge|background|context|data|details?|prices?|price list|catalogue|catalog|specs?|specifications?|history|stock|inventory|manual|handbook|database|documents?|sources?|archive|answer|answers|numbers?|figures?|tariffs?|rates|records?|menu|timetable|guidelines?|protocol|annex*|files?|map|calendar|schedule|policy|policies|rules|regulations?|laws?|products?|suppliers?|staff|customers?|patients?|recipes?|parts|wiki|erp|crm|system|systems",
    "THERE": r"there|in there|right there|in (the|its|that|our|each|every|front of) … (prompt|text|input|letter|file|document|page|email|context|contract|chart|message|record|note|notes|report|form|table|request|description|source|material|attachment|ticket|it|image)|on the (page|form|sheet|screen)|provided|present|included|complete|in front of it|clearly (stated|written|visible)|stated|written down",
    "ROLE": r"people|annotators?|experts?|reviewers?|colleagues?|raters?|graders?|teachers?|doctors?|nurses?|lawyers?|radiologists?|editors?|underwriters?|brokers?|adjusters?|clerks?|staff|teams?|humans?|managers?|bosses|boss|judges?|pharmacists?|auditors?|inspectors?|analysts?|agents?|specialists?|seniors?|partners?|translators?|readers?|committee|departments?|shifts?|physicians?|clinicians?|librarians?|curators?|recruiters?|chemists?|planners?|engineers?|referees?|examiners?|coders?|assessors?|buyers?|surgeons?|foremen|trainers?|labell?ers?|operators?|officers?|veterinar\\w+|vets?|pathologists?|dispatchers?|legal|sales|marketing|finance|us|ourselves|heads?|sides|camps|schools of thought|person|everyone|everybody|chefs?|architects?|consultants?|advis[eo]rs?|supervisors?|coordinators?|moderators?|tutors?|professors?|accountants?|paralegals?|client",
}  # fmt: skip

_DISAGREEMENT = """
(not|never|no|nobody|cannot|hardly|rarely|neither) … (agree*|agreement|consensus|unanimous|of one mind|settle*|on the same page|see eye to eye|defined|decide|make up (our|their) minds?)
(disagree*|dispute*|disputed|contested|subjective|debatable|debate*|debating|argue*|arguing|quarrel*|bicker*|controversial|conflicting|inconsistent between|split|divided|at odds|fight about|squabbl*)
(opinions?|views|ideas|judg\\w+|verdicts?|interpretations?) … (differ*|vary|diverge*|conflict*|clash*)
ROLE … (differ|differs|differently|disagree*|contradict*|diverge|another way|a different|different (answers?|labels?|opinions?|views?|things|ways)|vary|conflict*|each other)
(two|three|four|five|both|different|several|most) … ROLE … (two|three|four|five|six|different|differently|opinions?|answers?|versions?|another|conflict*)
ask (two|three|four|five|ten|any two|\\d+) …
one … ROLE … (another|other|next|second)
(what|which) (one|some) … (call*|say*|see*) … (other|another) …
one (says|calls|accepts|thinks|would) … (other|another|next) …
ROLE (say|says|want|wants|code|codes|mark|marks|accept|accepts|call|calls|would) … (another|the other|other|something else|different*)
(legal|sales|marketing|finance|one|the (first|day|morning)) … (says|wants) … (legal|sales|marketing|finance|another|other|different)
depend* (on )?(who|which ROLE|whom|the ROLE)…
depend* (on )?(who|whom|which) …
(each|every) ROLE … (own|another|different*|other|something else|wants|would|insist*|has (a|his|her|their))
(matter|question) of (taste|opinion|judg\\w+|interpretation|style|preference)
(judge?ment calls?|grey (area|zone)s?|gray (area|zone)s?|taste|in the eye of the beholder)
(not|no|never) … (one|single|clear|agreed|right|correct|true|objective) … (right|correct|answer|truth|definition|standard)
(same|identical) … (case|essay|text|picture|letter|one|item|file|claim|ticket|image|document) … (different|differently|two|another)
(gold|reference|ground truth|label*|our own labels) … (disputed|contested|contradict*|inconsistent|differ*)
(low|poor|weak|bad) … agreement
(agreement|inter - annotator|kappa) … (low|poor|weak|bad|so so)
(half|some|many|most|part|a third) of (them|the|those|these) … (are|is|would be) … (right|correct|fine) … (ROLE|say*|according)
(would|could) (call|say|argue) … (right|correct) …
(we|they|ROLE) … (see|read|judge|call|label|mark|code|grade|classify|interpret) … differently
(one|first|another) ROLE … (says|accepts|thinks|calls|marks|reads|would|sees|rejects|approves)
(to|from) one … (to|from) another …
to one …
half the (room|team|group|people|office)
(camps|schools of thought|different people|two opinions)
nobody … (say|know*|decide*|settle*|define*) … what …
no definition …
(not|never) … consistent …
(customer|client|boss|colleague) (thinks|says|would) …
would call …
(another|different|own) (view|idea|opinion|notion|sense) of …
agreement between …
ambiguous
ambiguous … (us|people|humans|experts|everyone)
"""

_LABELS = """
(not|never|no|hardly) … (know|knows|use|uses|stick*|keep*|follow*|recogni[sz]*|learn*|understand*|speak*|map*|match*|get|grasp|seen|heard of|familiar|fit*|respect|adhere*|conform*|produce*|comply|aware of|taught|told) … (our|own|these|those|the|internal|house|any of our|which of our|custom|its|company|in - house|correct|right|local|allowed|special) … LABEL
(not|outside|beyond|off|not on|not in|not from|not one of) (on |in |from |one of )?(our|the|my|allowed|agreed) … (list|set|LABEL)
(our|own|internal|house|custom|in - house|home - ?grown|homemade|homegrown|company|department|local|special|peculiar|proprietary|non - standard) … LABEL
(wrong|incorrect|false|neighbou?ring|wrongly|similar|closest|other|different|nonexistent|new|made - up|invented|standard|usual|common|general|generic|public|textbook|american|old) … LABEL
(invent*|mak*|creat*|fabricat*|hallucinat*|coin*|made|return*|output*|assign*|pick*|choos*|apply*|applies|guess*) … (labels?|categor(y|ies)|classes|class|tags?|codes?|buckets?|statuses|headings?|taxonom(y|ies)|schemes?|terminology|abbreviations?)
(labels?|tags?|categories|codes?|classes|terms|names|buckets|statuses) (that |which |we |not |outside |only |nobody |do |does )…
(confus*|mix*|mixing|muddl*|swap*|tell apart|distinguish|tell) … (categories|labels?|classes|codes?|tags?|departments|types|stages|levels|buckets|grades)
(says?|writes?|calls?|uses?|puts?|reads?|takes?|thinks?|books?) … (where|when|while|for what|but|instead of what) … (we|our|us|ours) …
(we|our people|everyone here|with us|here|in our (firm|house|company|office|world|shop)) … (call|calls|say|says|use|mean|means|name|term) …
with us it …
(words?|names?|terms?|codes?|layout|heading|category|accounts?|tags?) (that )?(nobody|we|no one) … (uses?|not (use|have|know)|have)
(is not|are not) ours
(line|border) between …
(where|what) we (need|write|expect|use|say|call|want) …
(names?|words?|terms?|codes?|abbreviations?|expressions?|nicknames?) … (only|just) (we|our|us|insiders|people here) …
(only) (we|our|people here|insiders) … (use|know|understand|say) …
(wrong|the right|correct|another|some other|any|a random) (bucket|drawer|department|pile|category|code|label|class|tag|box|queue|folder|heading|account|bin|group|shelf|slot)
(misfil*|misclassif*|mislabel*|miscategori*|mistag*|misrout*|miscod*)
LABEL … (our own|ours|homegrown|custom|peculiar|unusual|meaningless|mean* … different|nothing to it|unknown to it|foreign to it|alien to it|gibberish to it)
(our|my|the) LABEL (are|is) …
(labels?|taxonomy|terminology|jargon|categories|naming|format|the format|codes|tags|classification)
(means?|meant) … (something|anything) (else|different|quite different) …
(breaks?|violates?|drifts?|deviates?|departs?|strays?) … LABEL
"""

_BEHAVIOUR = """
(FACT|everything|all|all of it|nothing is missing|it|value|clause|passage|they|them|answer|allergy|number|material|evidence|line) … (is|are|was|were|sits?|stands?) … THERE
nothing … (is|was) missing
(not|never) … (lack|lacks|missing|short of|miss) … (FACT|anything|it)
(has|have|had|gets?|got|knows?|sees?|saw|finds?|found|reads?|given|receives?|was given) … (them|it|everything|all|FACT|what it needs|the right (passage|page|value|document)) … (but|and|yet|still|then|and still|and yet|though)
(still|yet|nevertheless|anyway|all the same|regardless) … (wrong*|ignor*|skip*|miss*|overlook*|answer*|pick*|chose*|choos*|mix*|does|copies|quotes?|says?|writes?|gets?|sends?|does it|leaves?|uses?|draws?)
(ignor*|skip*|overlook*|forget*|forgot|leaves? (\\w+ )?(\\w+ )?out|left out|drops|dropped|omit*|disregard*|neglect*|glosses over|misses (the|a|an|obvious|half|some|one|out)|loses track|reads past|passes over|jumps over)
(not|never) … (follow*|do as|do what|stick to … (rule*|instruction*|prompt|order)|listen*|obey*|apply|appl*|use (it|them|the|what)|read (it|them|the|to|properly|carefully|on)|pay attention|mention*|include*|check*|see … (clearly|obvious*|that is|what is)|count|stop|sound human|think|reason|ask|finish|say (no|it)|do|done|respond|answer (the|what))
(too|overly|far too|way too|so|rather|very|terribly|a bit) … (long|wordy|chatty|stiff|formal|informal|polite|vague|literal|short|friendly|eager|verbose|careful|cautious|flowery|casual|blunt|rude|robotic|pushy|generic|superficial|terse|cold|harsh|technical|complicated|clever|confident|quick to|soft|happy to|much|enthusiastic|familiar|salesy|defensive|detailed|brief|keen|wooden|timid|aggressive)
over - *
(overeager|overcautious|overzealous|overconfident|over)
(tone|style|voice|wording|phrasing|manner|attitude|behaviou?r|behaves?|grammar|spelling|politeness|conduct)
sounds? (like|too|stiff|wooden|odd|cold|fake|off|wrong|robotic|strange)
(ramble*|repeats?|hedges?|apologi[sz]*|refuses?|lectures?|morali[sz]*|contradicts? itself|inconsistent*|jumps?|misreads?|misread|misunderstands?|confuses?|mixes up|mix up|swaps?|sloppy|careless|lazy|clumsy|wooden|stiff|pushy|rude|vague|superficial|verbose|chatty|wordy|long - winded|flatters?|waffle*|evasive|evades?|escalat*|exaggerat*|overreact*|oversell*|overpromise*|promises|insists?|stubborn*|misinterpret*|miscalculat*|miscount*|paraphrase*|shorten*|truncat*|stops halfway|gives up|off - brand|stumbl*|trips over|nags?|flags?|interrupts?|digress*|summari[sz]es (the|what)|copies|rounds|transposes?)
(picks?|takes?|chooses?|copies|grabs?|uses?|quotes?|selects?|reads?) … (wrong|other|old|another|first|neighbou?ring|previous) … (one|value|field|number|line|date|amount|row|column|passage|place|name|figure)
(wrong|bad|poor|faulty|odd|strange|weird) … (tone|behaviou?r|order|language|part|conclusions?|logic|reasoning|steps?|sequence|way|judg\\w+|decision|question|emphasis|priorit*|calculation|sum|arithmetic)
(draws?|reaches|concludes?|reason*|logic|arithmetic|calculat*|adds?|counts?|sums?) …
(says?|does|gets?|puts?|uses|applies|presents?|handles?|reads) (it|them|things|that|the \\w+|everything|these) (all )?(wrong*|badly|incorrectly|poorly|in the wrong|backwards|upside down)
(does|doing) (it|the) wrong *
(false alarms?|false positives?|ghost*|nitpick*)
(half|some|one|last|second|third) of … (instructions|rules|steps|items)
(answers?|replies|replied|answered|answering) … (different|another|something else|question|in english|anyway|nothing)
(gives?|giving) … (advice|opinion*|lecture*|answer*) …
(asks?|asking) (back|for|again) …
"""

_FACTS = """
(not|never|no|cannot|nobody|no way|hardly) … (know*|see|seen|have|had|access*|told|tells?|given|gave|fed|feed|shown|heard|find|look (it |that |things )?up|receive*|reach|learn*|aware|connected|connection|provided|got|get|informed|contain*|read (our|the)|pass (it|that)|include*|include|put|written|FACT|idea|clue|source|link|way (of|to) know*|exist*)
(lack*|missing|misses|short of|without|absent|unaware|unfamiliar|ignorant|blind|needs?|needed|want* of|starved of|deprived of|requires?) … (FACT|of|to|context|what|things)
(invent*|fabricat*|hallucinat*|guess|guesses|guessing|guessed|improvis*|bluff*|confabulat*|speculat*|fiction*|fantas*|conjur*|assum*)
(make|makes|making|made) … up
(makes?|making|made) (things|stuff|it|facts|numbers|names|answers) up
made - up
(out of thin air|nowhere in|nowhere to be found|nonexistent|non - existent|imaginary|untrue|plausible nonsense|pure fantasy)
(does|do|did) not exist
(never|not) … (happened|decided|existed|sold|offered|written|true)
(out of date|out - of - date|outdated|stale|obsolete|cutoff|cut - off|last year s|old (prices|rates|rules|tariffs|data|version|list)|since changed|from memory|general knowledge|from training|training data)
(knowledge|information|context|fact|factual) (gaps?|gap|missing|errors?|mistakes?)
(fact|facts|information|context|knowledge|background) …
(is|are|sits?|lives?|live|stored|kept|written) in (another|a separate|a different|some other|our|a) … (system|file|document|database|erp|crm|folder|archive|drawer|tool|binder|spreadsheet|head*|sheet)
not … (in|part of) (the|its|that|our) … (prompt|input|context|file|data|material|message|request|text)
(not|never) … (there|in there|available|included|provided|supplied)
(fills?|filled|filling) … (gaps?|blanks?|holes?|in)
(wrong|false) … (facts|prices|dates|numbers|hours|address*|phone|names of)
(has|have|had|with) no … (FACT|way|idea|clue|access|source|knowledge|connection|link)
(claims?|states?|cites?|quotes?|names?|recommends?|refers|mentions?|promises|talks about) … (not|never|do not|does not) …
(only our|only the) … (know*|system|database) …
(would|could|should) (have|need) to (know|look|see|check|be told) …
"""
_NEUTRAL = """
not (really |just |about |the |a |lacking |missing |so much |mainly ){0,2}(facts?|labels|behaviou?r|disagreement)
(facts?|information) (are|is) (all )?(fine|ok|okay|right|good|not the (issue|problem))
"""
PATTERNS = (
    (None, compiled(_NEUTRAL)),
    ("disagreement", compiled(_DISAGREEMENT, _NAMES)),
    ("labels", compiled(_LABELS, _NAMES)),
    ("behaviour", compiled(_BEHAVIOUR, _NAMES)),
    ("facts", compiled(_FACTS, _NAMES)),
)
