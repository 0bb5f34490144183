"""Questions that are told by what they name: an answer of the tree, a thing in the costs, options, an earlier decision. Pure."""

# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re
from collections.abc import Callable

from bot.conversation.by_kind import (
    Question,
    figures_in,
    matter_in,
    named_thing,
    parts_in,
    why_in,
)
from bot.conversation.changed import doubted_in
from bot.conversation.named import CHECKED, compared, options_in, thing_in, topic_in

_PAPERS = r"(?:letters?|mails?|emails?|tickets?|orders?|documents?|pages?|reports?|claims?|cases?|records?|invoices?|essays?|photos?|calls?|notes?|files?|texts?|messages?|entries|rows|forms?|reviews?|of them|examples?)"
_WEIGHED = re.compile(
    r"\b(?:which|what)\b.*\b(?:answers?|questions?|inputs?|factor|thing)\b.*\b(?:weigh\w*|most|decid\w*|heaviest|made|drove|tipped)\b"
)
_MATTERS = re.compile(
    r"\b(?:why|how come|what|how|who)\b(?! (?:if|happens)\b).*\b(?:matters?|important|relevant|(?:a |such a |so (?:much )?of a )?(?:problem|issue|obstacle)|big (?:thing|deal)|(?:do|should|would|did) (?:you|we|i) (?:care|ask|want to know|need to know|bother)|play a role|count (?:here|for)|so bad|bad about|to do with|hangs on|depends on|(?:first |that |your )?questions? about|tell(?:s)? you|good for|who cares|so what|trouble with|stop sign|too (?:much|slow|long|often) for|comes? into|plays? into|enters?|fit in|relevance)\b"
)
_STOPS = re.compile(
    r"\b(?:kill\w*|block\w*|rules? (?:it |us |that )?out|stop(?:s|ping)?|deal ?-?breaker|spoil\w*|ruin\w*|prevent\w*|no ?-?go|holds? (?:us|it) back|in the way|only because of|just because|(?:the )?only reason|really (?:that|so) (?:bad|important|decisive)|really matter)\b"
)
_COUNTED = re.compile(
    r"\b(?:did|do|does|have|has|had|was|were|is|are|isnt|arent|havent|hasnt|didnt|doesnt|dont|wasnt|werent|where(?:s| is)|how)\b.*\b(?:count(?:s|ed|ing)?|includ\w*|reckon\w*|consider\w*|into (?:account|consideration)|account(?:s|ed)? for|factor\w*|part of (?:the|your|that|this) (?:\w+ )?(?:sum|figures?|price|costs?|numbers?|calculation|total|bill|estimate)|contain\w*|think of|thought of|thought about|priced? in|cover\w*|budget(?:ed)? (?:for|in)|(?:in|inside|part of) (?:there|it|that|this)(?: too| already| as well| or not| somewhere)?[?.,]*$|in (?:the|your|that|these) (?:\w+ )?(?:sum|figures?|price|costs?|numbers?|total|calculation|bill|estimate)|forg[eo]t\w*)\b"
    r"|\b(?:in|part of) (?:the|your|these|those) [$€£]?\d|\b(?:deducted|subtracted|taken off)\b|\b(?:price|sum|figure|number|estimate)s? knows?\b|\bwith (?:vat|tax)\b|\bwho pays\b|\b(?:comes? |come |goes? )?on top\b|\bwith(?:out)? or with(?:out)?\b|\b(?:included|including|inclusive|incl)\b|\bi hope\b.*\b(?:in|included|there|counted)\b|\bhidden costs?\b|\bleft out of the (?:costs?|sum|price)\b"
)
_SKIPPED = re.compile(
    r"\b(?:skipp\w+|(?:left|leave) (?:\w+ ){0,6}?(?:out|open|blank|empty|unanswered)|not sure|didnt answer|(?:did|have|had) not answer(?:ed)?|havent answered|never answered|unanswered|passed on)\b.*\b(?:would|had|have|difference|chang\w+|matters?|hurts?|different|effect|cost)\b"
    r"|\b(?:difference|change\w*|matter\w*|hurts?|effect)\b.*\b(?:skipp\w+|left (?:\w+ ){0,4}?(?:out|open|blank|empty|unanswered)|unanswered|not sure|didnt answer)\b"
    r"|\b(?:never|didnt|did not|havent) (?:said|say|told|tell|answer(?:ed)?|given)\b.*\b(?:yes|no)\b.*\b(?:yes|no)\b|\byes to the (?:open|skipped|missing) (?:one|question)\b"
    r"|\b(?:had|if) (?:i|we) (?:had |only )?(?:answered|known|replied)\b|\b(?:would|could) answering\b"
)
_PRESENT_ANSWER = re.compile(
    r"\b(?:what|which)\b.*\b(?:did|have|do) (?:we|i|you)\b.*\b(?:answer|say|put|leave|know)\b"
)
_GUESSED = re.compile(
    r"\b(?:which|what|where|whats|how many|on which|list|show|give|tell)\b.*\b(?:guess\w*|default\w*|fill\w* in|made up|invent\w*|placeholder\w*|(?:not|no) (?:our|from us|mine|ours|given by)\b|(?:assum\w+|estimat\w+)(?: \w+){0,3} (?:of yours|by you(?:rself)?|and not|you made|yourself)|you (?:dont|do not|didnt|did not) know|dont you know|by yourself|(?:things|points|values|numbers|what) (?:that )?you (?:assumed|guessed|made up|invented)|you (?:had to |just |only )?assum\w+)\b"
)
_ORIGIN = re.compile(
    r"\b(?:where|from where)\b.*\b(?:from|get|got|gotten|comes?|taken?|took|have)\b|\bhow\b.*\b(?:arrive|get|got|come|came|calculat\w*|work(?:ed)? out|derive\w*|reach\w*|put together|made up|composed|built|consist\w*)\b|\bmade (?:of|up)\b|\bwho (?:told|gave|said)\b|\b(?:never|nobody|not) (?:said|told|gave|entered|typed)\b|\bwhats? (?:is )?(?:behind|in|inside)\b|\bwhy(?: (?:do|did) you (?:say|assume|take|use|count|reckon(?: with)?|write))?(?: (?:exactly|just|those|these|the|about|with|only))* [$€£]?\d|\bsays who\b|\bwith everything\b|\bunpack\b|\btake (?:it )?apart\b"
)
_DEAR = re.compile(
    r"\b(?:why|how come|what makes)\b.*\b(?:expensive|dear|costly|pricey|cost so much|so (?:much|high)|that (?:much|high|expensive))\b"
)
_ENOUGH = re.compile(
    r"\b(?:enough|too (?:few|little|small|low)|suffic\w*|plenty|on the (?:edge|low side)|do the job|be ok|(?:will|would|does) (?:that|it|this|they|these) (?:do|suffice|be enough)|of (?:any )?use)\b"
)
_HOW_MANY = re.compile(
    rf"\bhow many (?:would|do) you (?:want|like|need)\b|\b(?:train|tune|start|begin)(?: \w+){{0,2}} (?:on|with) (?:\w+ )?\d+\b(?! ?%)|\bhow (?:many|far|much)\b.*\b(?:need|needed|necessary|missing|lack\w*|short|enough|collect|gather|check|label|still|required?|requires?|minimum|until|before)\b.*|\b(?:minimum|least) (?:number|amount) of\b.*|\bhow many\b.*\b{CHECKED}\b"
)
_MEASURED = re.compile(
    r"\b(?:trust|believe|rely|reliable|significan\w*|test (?:cases|set)|sample size|measure\w*|measurement)\b"
)
_OPPONENT = re.compile(
    r"\b(?:somebody|someone|anyone|a person|people|who(?:ever)?|colleague\w*|sceptic\w*|skeptic\w*|critic\w*|opponent\w*)\b.*\b(?:disagrees? with (?:you|this|it|the advice)|against (?:you|this|it|the advice)|say against|object to)\b"
)
_OF_DATA = re.compile(
    r"\b(?:data|letters?|records?|files?)\b.*\b(?:options?|ways|choices|of (?:these|those|them)|any of)\b|\b(?:options?|ways|choices|of (?:these|those|them)|any of)\b.*\b(?:data|letters?|records?|files?)\b"
)
_MAY_GO = re.compile(
    r"\b(?:keeps?|stays?|inside|building|house|may|allowed|leave|leaves|go|sent|permitted|provider)\b"
)
_GOT_BACK = re.compile(
    r"\b(?:get|see|earn|have|got|make)\b(?: \w+){0,5} back\b(?! to)|\bamorti[sz]e\w*\b|\brecoup\w*\b|\b(?:pay|pays) off\b"
)
_BAD_END = re.compile(
    r"\b(?:goes|go|went|turns? out|ends?) (?:badly|south|sour|pear ?-?shaped)\b|\b(?:return|go back|switch back|revert|undo|roll ?-?back)\b.*\b(?:old|before|today|prompt|way|it)\b"
)
_TIME_TO_RUN = re.compile(
    r"\bhow (?:long|soon|quickly|fast)\b.*\b(?:until|till|before|to|take\w*)\b.*\b(?:run\w*|live|up|ready|production|going|start\w*|trained|tuned)\b|\btime (?:to|till|until) (?:it )?(?:runs?|live|production)\b|\b(?:sooner|quicker|faster) (?:live|running|ready|up)\b"
)
_OWN = re.compile(r"\b(?:i|my|we|our|us|nobody)\b")
_MORE_MONTHLY = re.compile(r"\bhow much (?:more|less|cheaper|dearer|extra)\b.*\b(?:month|monthly|a month)\b")
_FREQUENT = re.compile(
    r"\b(?:take\w*|took|taken|consider\w*|thought|think|count\w*|account\w*|factor\w*|matter\w*|ok|problem|cope|handle|work|keep up)\b"
)


def named_in(text: str, plain: str) -> Question | None:
    """The question that a text asks by what it names; ``None`` where it names nothing that is known here."""
    return next((found for find in _FINDERS if (found := find(text, plain)) is not None), None)


def _opponent(text: str, plain: str) -> Question | None:
    return Question("against") if _OPPONENT.search(plain) else None


def _skipped(text: str, plain: str) -> Question | None:
    if not _SKIPPED.search(plain) or ("?" not in text and _PRESENT_ANSWER.search(plain)):
        return None
    topic = topic_in(plain).partition(":")[0]
    is_figure = topic in ("calls_per_month", "quality") and not re.search(
        r"\b(?:question|skipp|answer|one about|not sure)", plain
    )
    return Question("off" if is_figure else "skipped", topic)


def _guessed(text: str, plain: str) -> Question | None:
    return Question("unknowns") if _GUESSED.search(plain) else None


def _measured(text: str, plain: str) -> Question | None:
    is_asked = _ENOUGH.search(plain) and _MEASURED.search(plain) and re.search(r"\d", plain)
    return Question("quality") if is_asked and "train" not in plain else None


def _enough(text: str, plain: str) -> Question | None:
    """Whether so many are enough, or how many more it takes; of what can be trained on."""
    of_examples = re.search(rf"\b{CHECKED}\b", plain)
    if _HOW_MANY.search(plain) and (
        of_examples or re.search(r"\b(?:check|label|review|collect|annotate)\b", plain)
    ):
        return Question("enough") if not re.search(r"\b(?:month|day|week)\b", plain) else None
    figures = figures_in(text)
    counts = of_examples or (figures and re.search(rf"\b{_PAPERS}\b", plain))
    if _ENOUGH.search(plain) and counts and "cheap" not in plain and "good enough" not in plain:
        return Question("enough", figures[0] if len(figures) == 1 else "")
    is_bare = re.fullmatch(
        r"(?:so |and |but )?(?:is|are|would|will) (?:the |our |my |another |these |those )?\d[\d.,]*k? (?:\w+ ){0,4}?(?:enough|plenty|too (?:few|little)|sufficient)\b.*",
        plain,
    )
    return Question("enough", figures[0]) if is_bare and len(figures) == 1 else None


def _compared(text: str, plain: str) -> Question | None:
    named = compared(plain)
    if not named or re.match(r"(?:\w+ ){0,3}why\b", plain):
        return None
    if set(named) == {"hosted", "prompt"} and not re.search(
        r"\b(?:compar\w*|versus|vs|side by side|beside|next to|differen\w+|differs?|which|wins?|what (?:does|do) each|costs please)\b",
        plain,
    ):
        return None
    return Question("compare", " ".join(named))


def _time_to_run(text: str, plain: str) -> Question | None:
    if not _TIME_TO_RUN.search(plain):
        return None
    named = options_in(plain)
    both = list(dict.fromkeys((*named, "hosted", "prompt")))
    return Question("compare", " ".join(both[: max(2, len(named))]))


def _counted(text: str, plain: str) -> Question | None:
    if _WEIGHED.search(plain):
        return None
    thing = thing_in(plain)
    if topic_in(plain) == "misses:facts":
        return None
    if thing == "changes" and (_FREQUENT.search(plain) or _COUNTED.search(plain)):
        return Question("counted", named_thing(plain))
    return Question("counted", named_thing(plain)) if thing and _COUNTED.search(plain) else None


def _origin(text: str, plain: str) -> Question | None:
    return parts_in(text) if _ORIGIN.search(plain) and figures_in(text) else None


def _dear(text: str, plain: str) -> Question | None:
    named = options_in(plain)
    return Question("parts", named[0]) if _DEAR.search(plain) and named else None


def _matters(text: str, plain: str) -> Question | None:
    if _WEIGHED.search(plain) or not (_MATTERS.search(plain) or _STOPS.search(plain)):
        return None
    found = matter_in(plain)
    return found if found.asked != "weighed" else None


def _of_data(text: str, plain: str) -> Question | None:
    return Question("data") if _OF_DATA.search(plain) and _MAY_GO.search(plain) else None


def _doubted(text: str, plain: str) -> Question | None:
    """A figure of theirs that they call unsure, with a question."""
    topic = doubted_in(text)
    is_other = re.search(r"\b(?:decid\w*|discuss\w*|ask(?:ed)? (?:about|this)|why)\b", plain)
    return Question("off", topic) if topic and "?" in text and _OWN.search(plain) and not is_other else None


def _money(text: str, plain: str) -> Question | None:
    if _MORE_MONTHLY.search(plain):
        return Question("monthly")
    if _BAD_END.search(plain):
        return Question("risk")
    is_back = _GOT_BACK.search(plain) and re.search(
        r"\b(?:money|thousand|cost|costs|investment|spent|paid|\d+|amorti[sz]e\w*|recoup\w*|(?:training|tuning|it) (?:\w+ )?pays? off)\b",
        plain,
    )
    return Question("payback") if is_back else None


def _though(text: str, plain: str) -> Question | None:
    """Why, with something brought up against it."""
    if re.search(r"\b(?:longer|better|bigger|improved) prompt\b.*\b(?:enough|do|suffice|instead)\b", plain):
        return Question("why", "prompt")
    if not re.search(r"\bwhy\b", plain) or re.search(
        r"\bwhy (?:is|are|does|do) (?:it|that|this|the)\b", plain
    ):
        return None
    found = why_in(text)
    return found if found.of.split(" ")[0] in ("prompt", "quality", "examples") else None


_FINDERS: tuple[Callable[[str, str], Question | None], ...] = (
    _opponent, _skipped, _guessed, _measured, _enough, _counted, _dear, _compared, _time_to_run, _matters, _origin, _doubted, _of_data, _money, _though,
)  # fmt: skip
"""In this order: the narrower before the wider."""
