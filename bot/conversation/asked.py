"""What a question about an advice is about, in whatever words it comes. Pure, and nothing is ever stored by it.

The reader knows the short forms ("why", "what would change it"). People ask in sentences of their own: here the subject
of such a sentence is found. It is asked only once the advice stands, and only of a text that asks something.
"""

# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.by_kind import (
    PERHAPS_TALK,
    UNCLEAR,
    Question,
    detailed,
    is_talk,
    kind_of,
    outweighs,
    parts_in,
    why_in,
)
from bot.conversation.by_situation import plainly_named
from bot.conversation.named import CHECKED
from bot.conversation.naming import named_in
from bot.conversation.on_record import sought_in
from bot.conversation.supposing import (
    Supposed,
    is_of_ours,
    opens_supposing,
    plain_words,
    supposition,
)
from core.reading.cleaning import LONGEST
from core.words import content, stems, words

_ASKS = re.compile(
    r"\?|\b(?:what|whats|which|why|how|hows|when|where|whered|wheres|suppose|explain|show|tell|can (?:you|u|we)|could (?:you|we)|is it|"
    r"are we|isnt|arent|wouldnt|shouldnt|did|does|do you|would|break .* down|in the log|(?:have|did|had) we (?:already|ever)|i (?:do not|dont) (?:understand|believe|get))\b"
)
"""That somebody wants to know something."""
_OPENS = re.compile(
    r"(?:(?:and|so|ok|okay|but|well|hm+|then|also|please|sorry|just|now|hi|hey|hang on|one question) )*(?:is|are|was|were|has|have|had|may|might|does|do|did|can|could|would|will|should|compare\w*|put|remind|give (?:me|us)|list|name|set out|lay out|spell out|rank|walk (?:me|us)|play devils|describe|which|what|where|why|how|who|whose|from where|"
    r"(?:re)?write|formulate|draft|phrase|rephrase|summari[sz]e|sum|make (?:it|this|that|me)|draw|argue|convince|persuade|tear|attack|rate|let me (?:hear|see)|translate (?:it|this|that)|say (?:it|that|this)|show|explain|tell|at (?:what|which)|in (?:what|which))\b"
    r"|(?:\w+ ){0,2}(?:lines?|sentences?|paragraph|version|pitch|picture|chart|graph|diagram|curve|worst case|(?:counter ?-? ?)?arguments?|recipe|shopping list|something)\b(?: \w+){0,2} (?:for|against|to|of|i (?:can|could)|please|pls|with|again)\b"
    r"|.*\b(?:remind me|compare|versus|vs|next to|side by side|who told you|(?:never|nobody) said|(?:was|were|is|did|does|do|would|have|has) (?:that|this|it|you|these|they))\b"
)
"""How a question begins that has no question mark."""


About = Question | Supposed

_TUNING = (
    r"(?:fine ?-? ?tun\w*|tun(?:e|ed|ing)\b|training\b|train (?:it|one|a model|our|the model)\b|trained\b)"
)
_ADVICE = (
    rf"\b(?:{_TUNING}|prompt\w*|(?:you|youve|you have)(?: just| now)? (?:say|said|tell|told|advise\w*|recommend\w*|pick\w*|wrote|put)|you(?:re| are)(?: \w+)? (?:telling|saying)|how (?:did|do) you (?:come up with|arrive at|calculate|work out|get to) (?:the |that |this |these )?(?:[$]?\d|figure|number|result|cost|price|verdict)|in (?:one|two|three|\d) (?:lines?|sentences?)\b|"
    r"(?:sure|certain|confident|convinced) (?:are|r) (?:you|u)\b|devils? advocate|"
    r"advice|verdict|it say|its? saying|recommend\w*|result)"
)

_SUBJECTS: tuple[tuple[str, Question], ...] = (
    (
        r"\b(?:did|didnt|have|havent|has|hasnt|had|hadnt|what|was|wasnt|remind)\b.*\b(?:we|anyone|anybody|somebody|someone|the team|(?:this|our) channel)\b.*\b(?:decide\w*|discuss\w*|(?:ask(?:ed)?|say|said) about|chose\w*|settle\w*|conclude\w*)\b"
        r"|\b(?:anything|something|nothing|entry|what)\b.*\bin the log\b|\bhow did we (?:decide|handle|settle)\b|\bnot (?:decide|settle) (?:the same|this|that)\b"
        r"|\b(?:outcome|result|verdict|decision|conclusion) (?:with|on|of|about|for|regarding) (?:the|our|that) (?!chart|cost)\w+.*\b(?:last|back in|in (?:spring|summer|autumn|winter)|ago|before|earlier)\b|\b(?:what|how) (?:came|became|happened|did)\b.*\b(?:last (?:time|year|month|spring|summer|autumn|winter)|ago|back in)\b"
        r"|\b(?:looked at|been through|go through|gone through|went through|had|done|tried|seen) (?:all )?(?:of )?(?:this|that|it|the same)\b.*\b(?:before|already|earlier|once|back in|last (?:year|month|spring|summer|autumn|winter))\b"
        r"|\bwho (?:else )?(?:decided|has done) (?:this|that|it|the same)\b|\b(?:decide\w*|decision)\b.*\blast (?:time|year|month|spring|summer|autumn|winter)\b|\blast decision\b",
        Question("similar"),
    ),
    (r"\b(?:chart|graph|plot|diagram|picture(?! chang)|curve)\b", Question("chart")),
    (
        r"\bpays? (?:for )?(?:itself|back)|\bpaid back|\bpayback|\bpay (?:itself )?back|\bbreak ?-? ?even|\bearn\w* (?:its|the|back)|\bmoney back\b|\bin the black\b|\bbreaks? even\b|\bprofitable\b"
        r"|\bworth (?:it|trying|while|the)\b|\bsav(?:e|es|ing|ings)\b.*\b(?:year|month|total|all)\b|\bhow much (?:do|would|can|could) we save\b|\breturn on\b|\broi\b",
        Question("payback"),
    ),
    (
        r"\b(?:dearest|cheapest|most expensive|least expensive)\b|\bwhich option\b.*\b(?:best|lowest|least|price|cost|cheap\w*)\b",
        Question("extremes"),
    ),
    (
        r"\b(?:which|what)\b.*\b(?:answers?|questions?|inputs?|number|figure|thing|factor)\b.*\b(?:weigh\w*|matter\w*|important|decid\w*|count\w*|heaviest|made|drove|tipped)\b",
        Question("weighed"),
    ),
    (
        r"\b(?:said|answered|put|left|skipp\w+)\b.*\b(?:not sure|unsure|open|dont know)\b|\bunknown answers?\b",
        Question("unknowns"),
    ),
    (
        r"\bhow (?:much |very )?(?:sure|certain|confident|reliable|convinced)\b|\bon a scale (?:from|of)\b|\bbet your\b|\btrust (?:this|that|it)\b|\bconfidence\b"
        r"|\b(?:odds|chances?|likely)\b.*\bwrong\b|\b(?:shaki\w+|shaky|weakest|least sure)\b|\bhow sensitive\b",
        Question("confidence"),
    ),
    (
        r"\b(?:few dozen|small sample|sample size|so few cases|only (?:looked|measured|tested|checked))\b|\b(?:believe|trust) (?:the|that|those) \d",
        Question("quality"),
    ),
    (
        r"\b(?:case|argument|counter ?-? ?argument|speaks?) against\b|\bdevils? advocate\b|\b(?:the|a) catch\b|\bdownsides?\b",
        Question("against"),
    ),
    (
        r"\b(?:go(?:es)?|went|gone|turns? out|turned out|be) (?:so )?wrong\b|\b(?:lose|lost|losing)\b|\brisk\w*\b|\bworst case\b",
        Question("risk"),
    ),
    (
        r"\b(?:bit of both|both of them|do both|step by step|start small|pilot|in stages|gradually)\b|\bfirst\b.*\b(?:prompt|train\w*|tun\w*)\b.*\b(?:then|later|after)\b|\bbetter prompt\b",
        Question("both"),
    ),
    (
        r"\bnext (?:thing|step|steps)\b|\bfirst thing\b|\b(?:supposed to|should we|should i|have (?:me|us)|ought to|do (?:we|i)) (?:do|start|begin)\b"
        r"|\bdo (?:now|next|first|on monday|tomorrow)\b|\bwhere (?:do|should) we (?:start|begin)\b|\bthe plan\b|\bin our (?:place|shoes|position)\b"
        r"|\bhow (?:do|should) we (?:go on|go about|proceed|continue)\b",
        Question("steps"),
    ),
    (
        r"\b(?:explain|break|where|how|come|comes|made up|built)\b.*\b(?:price|prices|cost|costs|number|figure|bill|set ?-?up|up ?-?front)\b.*\b(?:from|down|calculat\w*|come|comes|high|low|built|made|get|got)\b"
        r"|\bwhat (?:did|do|have) you assume\w*\b|\b(?:which|what) assumptions?\b|\bassumptions? (?:behind|did|do|are)\b|\bwhats it (?:going to )?cost\b|\bwhat (?:will|would|does) it cost\b"
        r"|\bwhere comes? the (?:price|cost|number)\b|\bfrom where\b.*\b(?:price|cost|number)\b",
        Question("parts"),
    ),
    (
        r"\bwhat (?:would|must|has to|needs? to|will)\b.*\b(?:different|change|opposite|other way|happen)\b|\bunder (?:what|which) (?:conditions|circumstances)\b"
        r"|\bcome out the other way\b|\b(?:low|high|small|large) volume\b|\bat what (?:volume|point|number)\b",
        Question("flips"),
    ),
    (
        r"\b(?:rag|retrieval|look(?:ing)? (?:it |them |things )?up|our documents)\b.*\b(?:differen\w*|versus|vs|compar\w*|or)\b"
        r"|\b(?:differen\w*|compar\w*)\b.*\b(?:rag|retrieval|look(?:ing)? (?:it |them )?up|our documents)\b",
        Question("retrieval"),
    ),
    (
        r"\blook(?:ing|s)? (?:it |them |things |that |facts |this )?up\b.*\b(?:fix\w*|do|enough|help\w*|solve\w*|mend\w*|instead|without)\b",
        Question("retrieval"),
    ),
    (
        r"\bprices? (?:per|for a|of a|of) (?:\w+ )?tokens?\b|\btoken prices?\b",
        Question("prices"),
    ),
    (r"\b(?:other|another) teams?\b", Question("elsewhere")),
    (
        r"\bin (?:one|two|three|\d) (?:lines?|sentences?)\b|\bshort(?:er)? version\b|\bmax(?:imum)? (?:two|three|\d) lines\b",
        Question("short"),
    ),
    (
        r"\b(?:number|figure|price|sum|amount|cost)\b.*\bwhere (?:do|does|did) (?:it|that|this|they) come from\b",
        Question("parts"),
    ),
    (
        r"\bcheaper\b.*\b(?:after|over|within) (?:a|one|two|three|\d+) (?:years?|months?)\b",
        Question("payback"),
    ),
    (
        r"\b(?:rag|retrieval)\b|\b(?:lack\w*|missing|about|only) (?:only )?facts\b",
        Question("retrieval"),
    ),
    (
        r"\bdisagree\w*\b|\bdont (?:agree|rate)\b|\b(?:two|both)\b.*\b(?:label|judge|tag|rate|decide)\w*\b.*\b(?:different\w*|same)\b",
        Question("disagreement"),
    ),
    (
        r"\bweeks?\b.*\b(?:per|a|each|every) (?:change|iteration|round)\b|\bhard no\b",
        Question("question", "can_wait"),
    ),
    (
        r"\bdata (?:question|rule|part|thing)\b|\bdata\b.*\b(?:block\w*|rules? out)\b",
        Question("question", "data_may_leave"),
    ),
    (
        r"\b(?:examples?|checked|reviewed|labelled|labeled|annotated|labelling)\b.*\b(?:need|enough|stopping|good|more|suffic\w*|missing)\b"
        r"|\b(?:need|enough|how many more)\b.*\b(?:examples?|checked|reviewed|labelled|labeled)\b",
        Question("question", "labelled_examples"),
    ),
    (
        r"\b(?:host\w*|open model|own (?:servers?|box|machines?|hardware)|our server|one gpu|own gpus?)\b.*\b(?:cheap\w*|cost\w*|better|compare\w*|instead|option|dear|expensive|price\w*|much)\b",
        Question("compare", "self_hosted"),
    ),
    (r"\b(?:cheaper|smaller|small|cheap) (?:model|one)\b", Question("compare", "cheaper")),
    (
        rf"\b(?:cheaper|dearer|much more|difference|compare\w*)\b.*\b{_TUNING}|\b{_TUNING}.*\b(?:cheaper|dearer|compare\w*)\b",
        Question("compare", "hosted"),
    ),
    (
        r"\bexplain (?:it|this|that)\b.*\b(?:like|as if|to (?:me|my|our|the))\b|\b(?:in|use) (?:plain|simple|short) words\b|\b(?:one|two|three|\d) sentences?\b|\bsum (?:it|this) up\b"
        r"|\bsummar\w+\b|\btl ?;? ?dr\b|\bin (?:short|a nutshell)\b|\bboil (?:it|this) down\b",
        Question("short"),
    ),
)
"""By the subject of the question; the first that is met counts, so that the narrower stand before the wider."""

_ANY: tuple[tuple[str, Question], ...] = (
    (
        rf"\bwhy\b.*{_ADVICE}|{_ADVICE}.*\bwhy\b|\bhow come\b.*{_ADVICE}|\breasons?\b.*{_ADVICE}",
        Question("why"),
    ),
    (rf"\bwhat\b.*\b(?:made|makes|led)\b.*{_ADVICE}", Question("weighed")),
    (rf"\b(?:{_TUNING}|the (?:advice|verdict)|keep prompting)", Question("why")),
)
_SURE, _WIDE = (
    tuple((re.compile(pattern), about) for pattern, about in subjects) for subjects in (_SUBJECTS, _ANY)
)
_FINE_TUNE = re.compile(rf"\byou (?:would |will |d )?(?:say|tell|advise|recommend)\w*\b.*\b{_TUNING}")

PLAINLY_TALK = 0.93
"""From which probability of being talk on a text is left alone although it names what an advice is made of."""
HARDLY_TALK = 0.15
"""What asks and is less likely talk than this is about the advice, whatever it names."""
_OURS = re.compile(
    rf"\b(?:{CHECKED}|calls?|volume|traffic|requests?|data|models?|legal|lawyers?|compliance|privacy|gdpr|target|quality|per ?cent|accura\w+|gpus?|graphics cards|servers?|hosting|self ?-?host\w*|"
    r"(?:each|every|which|these|those|hosted) options?|the table|the score|in the black|other teams?|our score|cach\w+|tokens?|costs?|prices?|figures?|numbers?|estimates?|defaults?|assum\w+|instructions?|provider|cloud|outside|mini|cheap\w* \w+|small\w* one|wait\w*|weeks|misses|facts|formats?|retrain\w*|retrieval|chart|graph|diagram|curve|"
    r"how many (?:would|do) you (?:want|need)|deducted|electric\w*|tax(?:es)?|vat|salar\w+|engineers?|developers?|storage|calculation|inputs?|samples|guess\w*|enough to (?:start|begin|train)|(?:dis)?agree\w*|skipped|(?:the|that|this|a) question|board (?:allows|forbids)|\d+ (?:thousand|million))\b|\d ?%|\d[\d.,]*k?\b.*\b(?:a|per|each|every) (?:day|week|month|year)\b"
)
SAID_BEFORE = (
    "question", "disagreement", "skipped", "counted", "unknowns", "removed", "waiting", "first_year", "options", "stuck",
)  # fmt: skip
"""Questions in which an "if" is a "whether"."""

ASKED_WITH_IF = ("waiting", "quality")
"""Questions that begin with "if" and suppose no answer: "if we leave it, what is the harm"."""
MAY_BE_SUPPOSED = (
    "suppose",
    "correction",
    "waiting",
    "risk",
    "both",
    "skipped",
    "flips",
    "upkeep",
    "which",
    "confidence",
)
"""Kinds that a text may be of which begins with "what if"."""


def is_question(text: str) -> bool:
    """Whether a text asks something, of the app or of somebody else."""
    plain = plain_words(text)
    return _ASKS.search(plain) is not None or opens_asking(text)


def opens_asking(text: str) -> bool:
    """Whether a text begins as questions do, so that what it tells is not told to be taken."""
    return _OPENS.match(plain_words(text)) is not None


def what_is_asked(
    text: str, *, to_the_app: bool = False, task: str = "", by_words: bool = False
) -> About | None:
    """What a text asks about the advice; ``None`` where it asks nothing of it.

    What is supposed comes first, then the patterns that are sure unless the trained weights are much surer of something
    else, then the weights, and last the patterns that take any question that names tuning for one why. to_the_app:
    whether it is said to the app, so that less certainty is enough, and where there is none the two likeliest kinds are
    named. A text that is too long to be read as a reply is too long for this as well. task: what the advice is about,
    in whose words it is asked. by_words: only what patterns are sure of.
    """
    if len(text) > LONGEST:
        return None
    found = _by_words(text, to_the_app=to_the_app, task=task, weighed=not by_words)
    return found if by_words or found is not None else _by_weights(text, to_the_app=to_the_app, task=task)


def _by_words(text: str, *, to_the_app: bool, task: str, weighed: bool) -> About | None:
    """What patterns find. weighed: the weights have their say where they are much surer of another kind."""
    plain = plain_words(text)
    asks = _ASKS.search(plain) is not None
    is_near = is_ours(text, to_the_app=to_the_app, task=task)
    may_be = is_near or not is_talk(text, PERHAPS_TALK[False], task)
    plainly = plainly_named(plain) if may_be else None
    if plainly is not None and (not opens_supposing(text) or plainly.asked in ASKED_WITH_IF):
        return detailed(text, plainly)
    about = named_in(text, plain) if is_near and (asks or _OPENS.match(plain)) else None
    if about is not None and weighed:
        about = outweighs(text, about, task) or detailed(text, about)
    if about is not None and about.asked in SAID_BEFORE:
        return about
    named = to_the_app or _names_advice(plain)
    if (supposed := supposition(text)) is not None and (named or is_of_ours(text) or not is_talk(text)):
        return supposed
    if about is not None:
        return about
    found = _first(_SURE, plain) if asks else None
    if found is None or not (is_near or found.asked == "similar"):
        return None
    return (outweighs(text, found, task) if weighed else None) or _named_of(text, plain, found)


def _named_of(text: str, plain: str, found: Question) -> Question:
    """What was found by its subject, with what the text names of it."""
    if found.asked == "parts":
        return parts_in(text)
    if found.asked == "similar":
        return Question("similar", sought_in(text))
    is_to_tune = found.asked == "flips" and _FINE_TUNE.search(plain)
    return Question("flips", "fine_tune") if is_to_tune else detailed(text, found)


def _by_weights(text: str, *, to_the_app: bool, task: str) -> Question | None:
    plain = plain_words(text)
    asks = _ASKS.search(plain) is not None
    names = to_the_app or _names_advice(plain) or names_what_is_ours(plain, task)
    named = names or not is_talk(text, HARDLY_TALK, task)
    found = kind_of(
        text, named=named, asks="?" in text or opens_asking(text), to_the_app=to_the_app and asks, task=task
    )
    if opens_supposing(text) and found is not None and found.asked not in MAY_BE_SUPPOSED:
        found = None
    if found is not None and found.asked != "which":
        return found
    wide = _first(_WIDE, plain) if asks else None
    return why_in(text) if wide is not None and wide.asked == "why" else wide or found


def is_ours(text: str, *, to_the_app: bool, task: str = "", talk: float = UNCLEAR) -> bool:
    """Whether a text may be about the advice: said to the app, naming it, or not like talk between people.

    talk: the probability from which on a text that names nothing of ours is taken for talk.
    What names something that an advice is made of, or what the task is about, must be much like talk to be taken for it.
    """
    plain = plain_words(text)
    if to_the_app or _names_advice(plain):
        return True
    return not is_talk(text, PLAINLY_TALK if names_what_is_ours(plain, task) else talk, task)


def names_what_is_ours(plain: str, task: str) -> bool:
    """Whether a text names something that an advice is made of, or what the task is about."""
    return _OURS.search(plain) is not None or not set(stems(content(words(task)))).isdisjoint(
        stems(words(plain))
    )


def _names_advice(plain: str) -> bool:
    return re.search(_ADVICE, plain) is not None or re.search(r"\b(?:my|our) answers\b", plain) is not None


def _first(patterns: Sequence[tuple[re.Pattern[str], Question]], plain: str) -> Question | None:
    return next((about for pattern, about in patterns if pattern.search(plain)), None)
