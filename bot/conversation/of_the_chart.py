"""What a question about the chart asks of it: where we are, what is not drawn, the ranges, or what two volumes are. Pure."""

# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re

from bot.conversation.by_kind import Question
from bot.conversation.of_this_thread import (
    costs_named,
    options_named,
    range_named,
    removed_named,
    volumes_named,
)
from bot.conversation.standing import Standing

_CHART = r"\b(?:charts?|graphs?|graphics?|pictures?|plots?|diagrams?|drawings?|sketch|drawn|curves?|bars?|image|axis|axes|dots?|lines? (?:up|down|in the|on the))\b"
_OF_CHART = re.compile(
    rf"{_CHART}|(?<!in )\b(?:the|these|those|both|which|see|are|is)(?: \w+){{0,2}} lines?\b(?! (?:for|to|i|that i))|\b(?:prompt|prompting|training|tuned|tuning|hosted|server|cheaper|red|blue|green|orange|grey|lower|upper|top|bottom|flat|steep|dashed|dotted) lines?\b"
)
_FEW_DRAWN = re.compile(
    r"\b(?:only|just|merely|no more than)\b(?: \w+){0,4}? (?:one|two|three|1|2|3)\b(?: \w+){0,2} (?:lines?|bars?|options?|curves?|columns?)\b"
    r"|\bso few (?:lines|bars|options|curves|columns)\b|\b(?:one|two|three|1|2|3) (?:lines?|bars?|curves?|things?|options?)\b(?: \w+){0,3} only\b"
    r"|\bwhy (?:are there |is there |do i see )?(?:only|just) (?:one|two|three|1|2|3)\b(?: \w+){0,2} (?:in|on) (?:the|this|that|your) (?:chart|graph|graphic|picture|plot|diagram|drawing)\b"
)
_FEW_THINGS = re.compile(
    r"\b(?:only|just|merely)\b(?: \w+){0,4}? (?:one|two|three|1|2|3)\b(?: \w+){0,2} (?:things?|entries|rows|dots?|of them|choices|models?)\b"
)
_TO_BE_SHOWN = re.compile(
    rf"\b(?:show|send|draw|post|give|attach|export|download|print|forward|share)\b(?: \w+){{0,4}} {_CHART[2:]}"
)
_NOT_DRAWN = re.compile(
    r"\b(?:(?:stops?|stopped|not|never|no longer) (?:\w+ )?(?:mention|show|list|draw)\w*|missing|left out|leave out|lack\w*|absent|gone|dropped|disappeared|forgotten|forgot|(?:not|isnt|arent|nt|never|no)(?: \w+){0,4} (?:there|shown|on it|in it|drawn|plotted|appear\w*|on the|in the)|(?:dont|do not|cant|cannot) (?:\w+ )?(?:see|find)|where (?:is|are|did|has|have)(?: the| my| our)?(?: \w+){0,4} (?:go|gone|options?|lines?|bars?|curves?|one|ones)|where (?:is|are)(?: the| my| our)? (?!(?:we|i|you|it|they|this|that|us)\b)\w+(?: \w+){0,2} (?:in|on) (?:the|this|that)|why (?:is|are) (?:there )?(?:only|just|no)|nothing (?:for|about|of))\b"
)
_RANGES = re.compile(
    r"\b(?:brackets?|bracketed|parenthes\w+|ranges?|bands?|spread|shaded|shading|grey area|margins?|(?:8|eight) (?:out )?(?:of|in) (?:10|ten)|from \$?\d[\d.,]* to \$?\d[\d.,]*)\b"
)
_OVERLAP = re.compile(
    r"\b(?:every case|all cases|any case|always|overlap\w*|touch\w*|(?:could|might|may|can)(?: \w+){0,4}? (?:be|come|end|turn|cost)|for (?:sure|certain)|certainly|surely|definitely|either way|worst case|best case|upper end|lower end|at worst|at best|above|below|everywhere|swap|reverse\w*)\b"
)
_OTHER_THAN_ADVICE = re.compile(
    r"\b(?:contradict\w*|oppos\w+|disagree\w*|argu\w+ (?:against|for)|speaks? against|headline|other way (?:round|around)|(?:doesnt|does not|dont|do not|not) (?:fit|match|agree|square)|odds with|mismatch|inconsistent|(?:but|yet|so why|then why|why then|why)\b.*\b(?:you|advice|verdict|recommend\w*|says?|tells?|told)|against (?:the|your) (?:advice|headline|verdict)|(?:los(?:e|ing)|waste|burn\w*) (?:\w+ )?money|(?:where|see|find|show\w*)\b.*\b(?:advice|recommendation|verdict)|(?:advice|recommendation|verdict)\b.*\b(?:in|on) (?:the|that|this))\b"
)
_WHICH_IS = re.compile(
    r"\b(?:which|what|whats|difference|mean\w*|explain|stands? for|one of (?:the|them|those)|other one|realistic|ever reach|get there)\b"
)
_WHERE = re.compile(
    r"\bleft\b.*\bright\b|\bright\b.*\bleft\b|\b(?:left|right|before|beyond|past|short|side) (?:of |from )?(?:the |that |this )?(?:cross\w*|point|intersection|break ?-?even)|\bwh(?:ich|at) side\b|\bhow far\b|\bwhere (?:exactly )?(?:are|do|would|is|am|does|did|will|on)\b(?: \w+){0,4}? (?:we|us|our|i|ours|me)\b|\b(?:which|what) (?:line|point|dot|place|spot|bar|curve|part)s? (?:is|are|of it is|shows?) (?:us|we|ours?|me|mine|today|now)\b|\b(?:dots?|points?|marks?|stars?|crosses)\b.*\b(?:today|now|us|ours|we are|current)\b|\b(?:can|do|will) (?:we|you|i|they) (?:be seen|see us|find us|show up|appear)\b|\b(?:be seen|find us|see us)\b|\bis the \w+ (?:line|dot|point|bar|curve) (?:us|ours|me|mine)\b|\bstarts? where\b|\bwhere (?:does|do) (?:it|the \w+) (?:start|begin)\b|\b(?:seems?|looks?|so|too|very) (?:tiny|small|squeezed)\b|\bare we (?:before|after|past|beyond|above|below)\b|\bbefore or after\b|\banywhere near\b|\bhow (?:close|near)\b.*\b(?:cross\w*|point|intersection)\b|\b(?:where|when|at (?:what|which) \w+) (?:do|does|did|would|will|is|are)(?! (?:we|you|i)\b)(?: \w+){1,9}? (?:cross\w*|meet|intersect\w*|touch|equal|even|the same)\b|\b(?:they|lines?|curves?|both|two) (?:\w+ )?(?:cross|meet|intersect)(?:es|s)?\b|\bcross(?:ing|over|es)?(?: point)?\b|\bintersection\b"
)
SHORT = 9
"""Words: a question that is no longer and names a volume is about it."""
_SLOPE = re.compile(
    r"\b(?:steep\w*|flat|flatter|rises?|rising|climbs?|climbing|slopes?|horizontal|straight|steps?|jumps?|kink|grows?|growing|shoots? up|barely moves?)\b"
)
_MEET = re.compile(
    r"\b(?:where|when|at (?:what|which))\b.*\b(?:cross\w*|meet|intersect\w*|touch|equal|the same)\b"
)
_SIDE = re.compile(r"\b(?:left|right|side|how far)\b")
_OF_COSTS = re.compile(
    r"\b(?:lines?|curves?|cross\w*|options?|prompt\w*|tun\w*|train\w*|cheap\w*|cost\w*|server\w*|hosted)\b"
)
_FEW_LINES = re.compile(
    r"\bwhy (?:are|is) there\b|\b(?:the|these|those|both|two|three|four|2|3|4)(?: \w+)? (?:lines|curves|bars)\b"
)
_READ = re.compile(
    r"\b(?:gist|describe|in (?:plain |simple )?words|what the (?:chart|graph|picture|graphic|plot|diagram) (?:shows|says|means|tells)|conclusion|take ?-?away|main point)\b|\b(?:how (?:do|should|can|must) (?:i|we|one) read|what (?:does|do|is|am|should)(?: \w+){0,6} (?:show\w*|say\w*|tell\w*|mean\w*|see\w*|looking at|learn)|understand|make sense of|read (?:it|this|that) (?:right|correctly))\b"
)
_WHICH_ONE = re.compile(
    r"\bwhich (?:one |of (?:them|these|those|the two) |figure |number |line |bar )?(?:is|are|stands? for|belongs? to|means?)\b|\bwhat (?:is|are) (?:each|both|these|those|the two)\b"
)
_SEARCH = re.compile(
    r"\b(?:search\w*|retrieval|rag|look ?-?ups?|look(?:ing)? (?:it |them |things )?up|index\w*|vector|database|document store)\b"
)
_COSTS = re.compile(r"\b(?:costs?|price\w*|expensive|dear\w*|cheap\w*|how much|budget|dollars|a month)\b")
_PRICED = re.compile(r"\b(?:costs?|prices?|how much|dearer|cheaper|a month)\b")
_ADDED = re.compile(
    r"\b(?:add|include|put|draw)\b(?: \w+){0,6} (?:to|in|on|into) (?:the|this|that|your) (?:chart|graph|picture|diagram|plot|drawing)\b"
)
_AXES = re.compile(r"\b(?:axis|axes)\b")
_TO_DECIDE = re.compile(
    r"\b(?:help\w*|decid\w*|decision|ignore|matters?|relevant|relevance|important|bears?|look at it)\b"
)
_HOW_IT_DIFFERS = re.compile(r"\b(?:what is|whats|explain|difference|instead|why)\b")
_WITH_OR_WITHOUT = re.compile(
    r"\b(?:with|without|includ\w*|inclusive|contain\w*|cover\w*|part of|in (?:it|that|there)|count\w*|already|on top)\b"
)


def of_the_chart(standing: Standing, text: str, plain: str) -> Question | None:
    """What is asked of the chart; ``None`` where it is something else, or only that it be shown."""
    added = removed_named(standing, plain) if _ADDED.search(plain) else []
    if _TO_BE_SHOWN.search(plain) and not added:
        return None
    named = _OF_CHART.search(plain) is not None
    found = _drawn(standing, plain, is_added=bool(added), named=named) or _of_ranges(standing, text, plain)
    found = found or _of_a_place(standing, text, plain, named=named)
    if found:
        return Question("on_chart", found)
    return _of_one_figure(standing, text, plain, named=named) or _of_it_all(plain, named=named)


def _drawn(standing: Standing, plain: str, *, is_added: bool, named: bool) -> str:
    """Whether it is asked why something is not drawn, with what that is."""
    is_missed = _FEW_DRAWN.search(plain) or (
        named and (_FEW_THINGS.search(plain) or _NOT_DRAWN.search(plain))
    )
    if not (is_added or is_missed):
        return ""
    if named and not is_added and _SEARCH.search(plain):
        return "retrieval"
    return " ".join(("drawn", *(one.option for one in removed_named(standing, plain))))


def _of_ranges(standing: Standing, text: str, plain: str) -> str:
    """Whether it is asked what the ranges mean, or whether they overlap, with the options that are named."""
    if (of := range_named(standing, text)) and _WHICH_IS.search(plain):
        return f"ranges {of}"
    if not _RANGES.search(plain) or "%" in text or "true rate" in plain:
        return ""
    names = options_named(standing, text, plain)
    if _OVERLAP.search(plain):
        return " ".join(("overlap", *names))
    return " ".join(("ranges", *names)) if _WHICH_IS.search(plain) or "why" in plain else ""


def _of_a_place(standing: Standing, text: str, plain: str, *, named: bool) -> str:
    """Whether it is asked about a place on it: where we are, where lines cross, what a volume is, why a line rises."""
    if named and _OTHER_THAN_ADVICE.search(plain):
        return "against"
    volumes = volumes_named(standing, text)
    is_short = len(plain.split()) <= SHORT
    if volumes and _WHICH_IS.search(plain) and (len(volumes) > 1 or named or _crosses(plain) or is_short):
        return " ".join(("volumes", *(f"{one:f}" for one in volumes)))
    if named and _SLOPE.search(plain):
        return " ".join(("slope", *options_named(standing, text, plain)))
    if _WHERE.search(plain) and (named or volumes or (_OF_COSTS.search(plain) and _crosses(plain))):
        return "where meet" if _MEET.search(plain) and not _SIDE.search(plain) else "where"
    return ""


def _of_it_all(plain: str, *, named: bool) -> Question | None:
    """What is asked of the whole of it: whether retrieval is in it, its axes, whether it decides, what it shows."""
    is_priced = named or _COSTS.search(plain)
    differs = _HOW_IT_DIFFERS.search(plain) and not _PRICED.search(plain)
    if _SEARCH.search(plain) and is_priced and not differs:
        return Question("on_chart", "retrieval")
    if _AXES.search(plain):
        return Question("on_chart", "axes")
    if named and _TO_DECIDE.search(plain):
        return Question("on_chart", "decides")
    is_read = _READ.search(plain) or _FEW_LINES.search(plain)
    return Question("on_chart", "read") if named and is_read else None


def _crosses(plain: str) -> bool:
    return re.search(r"\b(?:cross\w*|meet|intersect\w*)\b", plain) is not None


def _of_one_figure(standing: Standing, text: str, plain: str, *, named: bool) -> Question | None:
    """What one figure of the chart is, or whether a search is in it."""
    found = costs_named(standing, text)
    names = tuple(dict.fromkeys(one.name for one, _ in found))
    if len(names) > 1 and _WHICH_ONE.search(plain):
        return Question("on_chart", " ".join(("options", *names)))
    if len({one.name for one, _ in found}) != 1:
        return None
    option, kind = found[0]
    if _SEARCH.search(plain) and _WITH_OR_WITHOUT.search(plain):
        return Question("on_chart", f"search {option.name}")
    is_asked = re.search(
        r"\b(?:what|whats|which)\b(?: \w+){0,4} (?:is|this|that|one|it|thing|stands?|mean\w*|for)\b", plain
    )
    return Question("on_chart", f"option {option.name}") if named and is_asked and kind == "month" else None
