"""What a question that names two options wants of them: which is cheaper, over how long, what one gets, and whether it is worth it. Pure."""

# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re

from bot.conversation.by_kind import Question
from bot.conversation.of_this_thread import costs_named, options_named, removed_named, scenario_of
from bot.conversation.standing import Standing
from bot.conversation.supposing import in_digits
from core.tree import TUNING

_HELD = re.compile(
    r"\b(?:or|vs|versus|against|compar\w*|than|cheaper|dearer|more|less|better|worse|which|difference|differ|switch\w*|worth|instead|rather|stacks?|beside|next to|side by side|between|wins?|beats?|extra|how much|why|catch|saves?|saving|worthwhile|apart|gap|pay|notice)\b"
)
"""That options are held against each other."""
_GAIN = re.compile(
    r"\bwhat (?:do|would|will|does|did|are|is)(?: \w+){0,2} (?:get|gets|gain|gains|buy|buys|buying|getting|bring|brings|have|receive)\b|\b(?:what|anything)\b.*\b(?:in return|for (?:it|that|the (?:extra|money|difference))|we get for|do we get)\b|\bfor the extra\b|\b(?:get|buy|gain) (?:for|from|with) (?:it|that|the)\b|\bfor what\b|\bwhy (?:do|should|would) (?:we|i|it|you|anyone)\b.*\bat all\b|\bwhy bother\b|\bwhats? (?:is )?the (?:benefit|gain|advantage|point)\b|\bwhat for\b"
)
_WORTH = re.compile(
    r"\b(?:worth\w*|bother\w*|notice\w*|pays? off|even (?:switch|change|move)|make sense|makes sense|(?:should|could|shall|why not) (?:we|i)? ?(?:just )?(?:switch|change|move|take|go)|a (?:big|real|great) difference|matters?)\b"
)
_WHY_NOT = re.compile(
    r"\bwhy would (?:i|we|anyone|anybody|somebody|one) (?:\w+ )?(?:take|pick|choose|pay|want|go|use)\b|\bwhy (?:\w+ )?(?:not|arent|isnt|dont|didnt|doesnt|havent|are we not|do we not|is (?:it|that) not|would we not|stay|keep|pay)\b|\bwhy (?:are|do|did|is|have|would|should) (?:we|it|you|i|that|this) (?:\w+ )?not\b|\b(?:catch|whats wrong with|drawback|downside|problem with|missing something|too good to|fishy|suspicious)\b"
)
_BETTER = re.compile(
    r"\b(?:is|isnt|are|arent|would|wouldnt|wont|will|does|doesnt)\b(?: \w+){0,6} (?:better|good enough|enough|cheaper for us|the right)\b"
)
_HOW_LESS = re.compile(r"\b(?:how|why)\b.*\b(?:less|more|cheaper|dearer|expensive|higher|lower)\b")
_YEARS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "a": 1, "first": 1}
_OVER = re.compile(
    r"\b(?:(?P<first>first|1st|whole|full|entire) (?:\w+ )?year|year (?:one|1)|(?:after|over|in|within|for|across|of|the)(?: (?:the|a|first|next|about|all))* (?P<n>\d{1,2}|one|two|three|four|five|a) ?-? ?(?P<unit>months?|years?)|(?P<n2>\d{1,2}) ?-? ?(?P<unit2>months?|years?) (?:total|sum|you|in all|together|all in))\b"
)
_LONG_RUN = re.compile(
    r"\b(?:long run|long term|over time|in the end|overall|total cost|all in all|life ?-?time)\b"
)
_TIME_TO_RUN = re.compile(r"\bhow (?:long|soon|fast|quickly)\b|\b(?:latency|seconds?|speed)\b")
_SUPPOSED_VOLUME = re.compile(
    r"\b(?:if|suppose|imagine|at|with) (?:we |it )?(?:had|have|got|were|was)? ?\d[\d.,]*(?:k|m| million| thousand)? (?:calls|a month)\b"
)


_SAVED = re.compile(r"\b(?:sav(?:e|es|ed|ing|ings)|how much (?:more|less|cheaper|dearer|extra))\b")
_A_TERM = re.compile(r"\b(?:year\w*|annual\w*|months?|monthly|total|all in|everything|altogether)\b")
_WHAT_COSTS = re.compile(
    r"\b(?:how much|what)\b(?: \w+){0,4} (?:cost|costs|price|charge|pay)\b|\bcosts? (?:please|pls)\b|\bwhat would\b.*\b(?:cost|have cost)\b"
)
_NOT_ITS_COST = re.compile(
    r"\b(?:why|where|how (?:do|did) you|made|consist\w*|break|breakdown|includ\w*|count\w*|contain\w*|cover\w*|from|change|wrong|mistakes?|if|token\w*|assum\w*|retrain\w*|again|anew)\b"
)
_AS_GOOD = re.compile(
    r"\b(?:worse|better|as good|good enough|poorer|weaker|inferior|quality|reach\w*|dumber|accurate|gives? up|giving up|los(?:e|es|ing)|sacrific\w*|trade ?-?offs?|catch|downside|risk)\b"
)
_CLAIMED = re.compile(
    r"\b(?:right|correct|true|mean|so)\b.*\b(?:cheaper|dearer|more expensive|less expensive|costs? (?:more|less))\b|\b(?:is|are)\b(?: \w+){0,4} (?:always|really|still) (?:cheaper|dearer|more expensive|less expensive)\b"
)
_BESIDE = re.compile(
    r"\b(?:or|vs|versus|against|compar\w*|than|beside|difference|side by side|between|apart|gap|pay|bill)\b"
)
_AT_ALL = re.compile(r"\bat all\b|\bwhy bother\b")
_PART_OF = re.compile(
    r"\b(?:how much|what (?:part|share)|which part) of (?:this|that|it|the|those|these)\b.*\b(?P<thing>gpus?|engineer\w*|upkeep|training|tokens?|on call|labels?|examples?|storage|people)\b"
)
_TUNED = ("hosted", "self_hosted")


def of_two_options(standing: Standing, text: str, plain: str) -> Question | None:
    """Which options are compared, and what is asked of them: "cheaper_model hosted @ over 18"; ``None`` for anything else."""
    if _TIME_TO_RUN.search(plain) or _SUPPOSED_VOLUME.search(plain):
        return None
    names = options_named(standing, text, plain)
    if len(names) == 1 and _BESIDE.search(plain):
        names = (*names, *(one for one in _gone(standing, plain) if one not in names))
    if len(names) < 2:
        return _of_one_option(standing, plain, names)
    if not _HELD.search(plain):
        return None
    tuned = tuple(name for name in names if name in _TUNED)
    if tuned and _WHAT_COSTS.search(plain) and not (_NOT_ITS_COST.search(plain) or _BESIDE.search(plain)):
        return _held(names, "cost")
    wanted = _wanted(plain)
    is_told_apart = wanted or len(costs_named(standing, text)) or len(names) > 2
    if not is_told_apart and not _BESIDE.search(plain):
        return None
    return _held(names, *wanted)


def _held(names: tuple[str, ...], *wanted: str) -> Question:
    return Question("compare", " ".join((*names, "@", *wanted)))


def _of_one_option(standing: Standing, plain: str, names: tuple[str, ...]) -> Question | None:
    """What is asked of one option beside what is prompted today: what one gets, saves or pays, and how good it is."""
    scenario = scenario_of(standing)
    base, tuned = scenario.baseline, scenario.best_tuned
    if base is None:
        return None
    tuned_name = (tuned.name,) if tuned is not None else ()
    if (
        _SAVED.search(plain)
        and _A_TERM.search(plain)
        and (names or re.search(r"\b(?:train\w*|tun\w+|switch\w*)\b", plain))
    ):
        one = tuple(name for name in names if name != base.name) or tuned_name
        return _held((*one[:1], base.name), "over", str(max(months_over(plain), 12))) if one else None
    if names == ("cheaper_model",) and re.search(r"\bwhy\b.*\bnot\b|\bwhy\b.*nt\b", plain):
        return _held(("cheaper_model", base.name), "why")
    if len(names) == 1 and tuned is not None and _CLAIMED.search(plain) and tuned.name != base.name:
        return _held((base.name, tuned.name)) if names[0] in (base.name, tuned.name) else None
    is_of_tuning = bool(names) and names[0] in _TUNED
    is_for_what = not names and standing.told.verdict in TUNING and _AT_ALL.search(plain)
    if (is_of_tuning or is_for_what) and tuned is not None and _GAIN.search(plain):
        return _held((names[0] if names else tuned.name, base.name), "gain")
    if (
        names == ("self_hosted",)
        and tuned is not None
        and tuned.name != "self_hosted"
        and _WHY_NOT.search(plain)
    ):
        return _held((tuned.name, "self_hosted"), "why")
    if len(names) == 1 and (line := _PART_OF.search(plain)) is not None and names[0] != base.name:
        return _held((names[0], base.name), "line", line["thing"])
    if (
        names == ("cheaper_model",)
        and _AS_GOOD.search(plain)
        and not re.search(r"\b(?:if|when|suppose)\b", plain)
    ):
        return _held(("cheaper_model", base.name), "quality")
    if _WHAT_COSTS.search(plain) and not _NOT_ITS_COST.search(plain):
        one = tuple(name for name in names if name != base.name) or _gone(standing, plain)
        return _held((*one[:1], base.name), "cost") if one else None
    return None


def _gone(standing: Standing, plain: str) -> tuple[str, ...]:
    """An option that is named and ruled out, but has a price."""
    priced = [
        one.option for one in removed_named(standing, plain) if scenario_of(standing).option(one.option)
    ]
    return tuple(priced[:1])


def _wanted(plain: str) -> tuple[str, ...]:
    """What is asked of them: "over", with how many months; "gain", "why", "worth" or "better"; "" for what they cost."""
    over = months_over(plain)
    if over:
        return ("over", str(over))
    if _BACK.search(plain):
        return ("back",)
    if _CLOSE.search(plain):
        return ("close",)
    if _GAIN.search(plain):
        return ("gain",)
    if _WHY_NOT.search(plain):
        return ("why",)
    if _WORTH.search(plain):
        return ("worth",)
    return ("better",) if _BETTER.search(plain) else ()


_BACK = re.compile(
    r"\b(?:money|it|that|sum|investment|dollars|thousand|front) (?:\w+ )?(?:back|again|recovered|made up)\b|\bpa(?:y|ys|id) (?:\w+ )?(?:back|off)\b|\bpay ?-?back\b|\bbreak ?-? ?even\b|\bearn\w* (?:back|its)\b"
)
_CLOSE = re.compile(
    r"\b(?:why|how come)\b.*\b(?:(?:nearly|almost|just|about|exactly)? ?(?:as|so) (?:expensive|dear|costly|pricey)|(?:cost|costs|price|prices)\b(?: \w+){0,3} (?:nearly|almost|about|the same|so close|so similar)|(?:nearly|almost|about) the same (?:price|cost|money|sum)|so (?:close|similar|little|small a) (?:in (?:cost|price)|difference))\b"
)


def months_over(plain: str) -> int:
    """Over how many months somebody wants costs summed; 0 where nobody says, -1 for the long run."""
    every = list(_OVER.finditer(in_digits(plain)))
    if not every:
        return -1 if _LONG_RUN.search(plain) else 0
    found = every[-1]
    number, unit = found["n"] or found["n2"], found["unit"] or found["unit2"]
    if not number:
        return 12
    many = _YEARS.get(number) or int(number)
    return many * 12 if unit.startswith("year") else many
