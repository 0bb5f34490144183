"""What a question about an advice is about, in whatever words it comes. Pure, and nothing is ever stored by it.

The reader knows the short forms ("why", "what would change it"). People ask in sentences of their own: here the subject
of such a sentence is found. It is asked only once the advice stands, and only of a text that asks something.
"""

# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.by_kind import Question, figure_in, is_talk, kind_of, objection_in
from bot.conversation.supposing import Supposed, is_of_ours, plain_words, supposition
from core.reading.cleaning import LONGEST

_ASKS = re.compile(
    r"\?|\b(?:what|whats|which|why|how|hows|when|where|whered|wheres|suppose|explain|show|tell|can (?:you|u|we)|could (?:you|we)|is it|"
    r"are we|isnt|arent|wouldnt|shouldnt|did|does|do you|would|break .* down|i (?:do not|dont) (?:understand|believe|get))\b"
)
"""That somebody wants to know something."""


About = Question | Supposed

_TUNING = (
    r"(?:fine ?-? ?tun\w*|tun(?:e|ed|ing)\b|training\b|train (?:it|one|a model|our|the model)\b|trained\b)"
)
_ADVICE = (
    rf"\b(?:{_TUNING}|prompt\w*|you (?:say|said|tell|told|advise\w*|recommend\w*|pick\w*|wrote|put)|you(?:re| are) telling|"
    r"advice|verdict|it say|its? saying|recommend\w*|result)"
)

_SUBJECTS: tuple[tuple[str, Question], ...] = (
    (
        r"\b(?:did|have|has|had|what|was)\b.*\b(?:we|anyone|anybody|somebody|someone|the team)\b.*\b(?:decide\w*|discuss\w*|ask(?:ed)? about|chose\w*|settle\w*|conclude\w*)\b"
        r"|\b(?:looked at|been through|had|done|tried|seen) (?:this|that|it|the same)\b.*\b(?:before|already|earlier|once)\b"
        r"|\bwho (?:else )?(?:decided|has done) (?:this|that|it|the same)\b|\b(?:decide\w*|decision)\b.*\blast (?:time|year|month|spring|summer|autumn|winter)\b|\blast decision\b",
        Question("similar"),
    ),
    (r"\b(?:chart|graph|plot|diagram|picture|curve)\b", Question("chart")),
    (
        r"\bpays? (?:for )?(?:itself|back)|\bpaid back|\bpayback|\bpay (?:itself )?back|\bbreak ?-? ?even|\bearn\w* (?:its|the|back)|\bmoney back\b|\bprofitable\b"
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
        r"\bhow (?:much |very )?(?:sure|certain|confident|reliable)\b|\bbet your\b|\btrust (?:this|that|it)\b|\bconfidence\b"
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
        r"\bprices? (?:per|for a|of a|of) (?:\w+ )?tokens?\b|\btoken prices?\b",
        Question("prices"),
    ),
    (r"\bshort(?:er)? version\b|\bmax(?:imum)? (?:two|three|\d) lines\b", Question("short")),
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


def is_question(text: str) -> bool:
    """Whether a text asks something, of the app or of somebody else."""
    return _ASKS.search(plain_words(text)) is not None


def what_is_asked(text: str, *, to_the_app: bool = False) -> About | None:
    """What a text asks about the advice; ``None`` where it asks nothing of it.

    What is supposed comes first, then the patterns that are sure, then the trained weights where they are sure, and
    last the patterns that take any question that names tuning for one why. to_the_app: whether it is said to the app,
    so that less certainty is enough, and where there is none the two likeliest kinds are named. A text that is too
    long to be read as a reply is too long for this as well.
    """
    if len(text) > LONGEST:
        return None
    plain = plain_words(text)
    named = to_the_app or _names_advice(plain)
    if (supposed := supposition(text)) is not None and (named or is_of_ours(text) or not is_talk(text)):
        return supposed
    asks = _ASKS.search(plain) is not None
    if asks and (found := _first(_SURE, plain)) is not None:
        if found.asked == "parts":
            return Question("parts", figure_in(text))
        is_to_tune = found.asked == "flips" and _FINE_TUNE.search(plain)
        return Question("flips", "fine_tune") if is_to_tune else found
    by_weights = kind_of(text, named=named, to_the_app=to_the_app and asks)
    if by_weights is not None and by_weights.asked != "which":
        return by_weights
    wide = _first(_WIDE, plain) if asks else None
    return Question("why", objection_in(text)) if wide is not None else by_weights


def _names_advice(plain: str) -> bool:
    return re.search(_ADVICE, plain) is not None or re.search(r"\b(?:my|our) answers\b", plain) is not None


def _first(patterns: Sequence[tuple[re.Pattern[str], Question]], plain: str) -> Question | None:
    return next((about for pattern, about in patterns if pattern.search(plain)), None)
