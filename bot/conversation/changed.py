"""A question that carries a changed fact: "we now have 2,000 more, does that change something?". Tried, never stored."""

# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.conversation.in_place import labels_in, put_in_place, replaced
from bot.conversation.named import CHECKED, topic_in
from bot.conversation.standing import Standing
from bot.conversation.supposing import IF, choice_in, in_digits, numbers_in, plain_words, times_in
from core.answers import Between
from core.questions import question_of
from core.reading.reader import read

_VERDICT = r"(?:advice|answers?|verdicts?|recommendation|result|conclusion|outcome|decision|picture|calculation|opinion|mind|thing|story|plan)"
_WHAT_THEN = re.compile(
    r"\b(?:does|do|would|will|did|could|can|might|may|should|doesnt|wouldnt)(?: (?:that|it|this|these|they|those|which|we|you|any of (?:that|this)))?(?: (?:all|really|now|then|even|still|actually|already)){0,2} (?:changes?|matters?|flips?|moves?|affects?|alters?|mak(?:e|es)|turns?|tips?|shifts?|mean|play a role|hurt|have (?:an|any) (?:effect|influence)|influence)\b"
    r"|\bwhat (?:does|would|do|will|should|could)(?: (?:that|it|this|these|they|we|i))?(?: (?:all|now|then))? (?:do|change|mean|matter)\b|\bwhat changes\b|\bwhat happens\b"
    r"|\b(?:now what|what now|what then|so what now|and now|and then|whats? next)\b"
    rf"|\b(?:the |your |you )?(?:same|still|different|another|other|new) (?:the )?(?:same |right |valid |true |best )?{_VERDICT}\b|\bstill (?:\w+ ){{0,3}}(?:fine ?-?tun\w*|prompt\w*|train\w*|tun\w+|holds?|stands?|valid|true|say|recommend|advise|need(?:ed)?|necessary|worth|make sense|makes sense|correct|right|apply|applies)\b"
    rf"|\b{_VERDICT}\b(?: (?:then|still|now|is|be|stay|stays|remain|remains|all|really))* (?:the same|chang\w+|different|differ\w*|hold\w*|stand\w*|worthless|useless|worth)\b"
    rf"|\bchang\w+ (?:anything|something|much|a lot)\b|\bchang\w+ (?:your|the|our|my) {_VERDICT}\b|\bany(?: \w+)? (?:change|difference|effect)\b|\bmakes? (?:a|any|the|some|no|much) (?:\w+ )?difference\b"
    r"|\bwhere does (?:that|it|this) leave\b|\bchange your mind\b|\bwhat (?:do|would|will|are) you (?:then |now )?(?:say|saying|advise|recommend|suggest|tell|do)\b|\b(?:do|would|will) you (?:still |then |now |also |again )*(?:say|advise|recommend|suggest|tell|stay|stick|keep)\b|\bis (?:it|that|this|everything)(?: \w+){0,2} (?:the same|different|another)\b"
    r"|\bis (?:it|that|this)(?: (?:then|now|still|really|ok|okay|a|all|any))* (?:enough|still|relevant|problem|bad|ok|fine|important)\b|\bhow (?:bad|far|serious|important|much) (?:is|off|does|do|may|can)\b|\bconsequences?\b|\bso no (?:tun\w+|train\w+|prompt\w*)\b|\bthen ?\?|\bthen\b.*\bstill\b|\bor not any ?more\b|\bdo(?:es)? (?:that|it|this) (?:open|bring back|free up)\b|\b(?:do|are) we (?:make it|there|over the line)\b|\bsettles? (?:it|that)\b|\bother result\b|\bstill the right\b|\benough now\b"
)
"""That somebody asks what becomes of the advice."""
_DOUBTS = re.compile(
    r"\b(?:guess\w*|gut|feeling|feel|estimat\w*|rough\w*|ballpark|nonsense|made (?:it |that |them )?up|thin air|thumb|wrong|not (?:exact|measured|right|sure|counted)|never (?:measured|counted|checked)|nobody (?:measured|counted|checked)|"
    r"(?:out of|from) (?:a|the|my) (?:hat|head|memory)|(?:boss|colleague|director|manager)s (?:idea|guess|number)|is missing|are missing|missing in|in a hurry|sloppy|invent\w*|some more or less|give or take|not sure whether|forgot\w*|forgotten|left (?:\w+ ){0,2}out|without (?:the )?(?:holidays?|weekends?)|approximat\w*|inaccurate|optimistic|pessimistic|overestimat\w*|underestimat\w*|from memory|hearsay|invented|imprecise|too (?:high|low)|off)\b"
)
"""That a figure may not be right."""
_OLD = re.compile(
    r"(?:,? ?\b(?:and |but )?(?:not|instead of|rather than|no longer|in place of)\b (?:the |only |just |about )*[\d$€£][^,.?!;]*)"
    r"|\b(?:i|we) (?:said|told(?: you)?|wrote|typed|put|gave|entered|answered|thought)\b [^,.?!;]*?\d[^,.?!;]*?(?=[,;]|\bbut\b|\band\b)",
    re.IGNORECASE,
)
"""The number that no longer counts."""
_MORE = re.compile(
    r"\b(?P<n>\d[\d.,]*) ?(?P<unit>k|m|thousand|hundred|million)?\b(?: (?!and\b)\w+){0,2}? (?P<more>more|additional|extra|further|new)\b|\b(?:another|additional|extra|further|plus|other|a further) (?P<n2>\d[\d.,]*) ?(?P<unit2>k|m|thousand|hundred|million)?\b"
)
_UNITS = {"k": 1_000, "thousand": 1_000, "hundred": 100, "m": 1_000_000, "million": 1_000_000}
_PERIOD = re.compile(r"\b(?:per|a|an|each|every) (?:day|week|month|year|hour)\b|\b(?:daily|weekly|monthly)\b")
_FOUND = re.compile(
    r"\b(?:now have|have now|found|got|there are|collected|dug up|received|checked|labell?ed|reviewed|annotated|corrected)\b"
)
FEW = 10
"""Fewer than these are checked of many things: "check another 2 rooms"."""
BESIDES = 12
"""Characters beside the question itself that tell nothing: "so now then"."""
_ASKS_ONLY = re.compile(
    r"^(?:\W|\b(?:and|so|ok|but|or|then|hm|well|would|does|do|did|is|will|can)\b)*(?:what|how|where|why|does|do|would|is|will|same|still|now|changes?|any)\b"
)
_AIM = re.compile(
    r"\b(?:fine|enough|ok|okay|acceptable|demand\w*|wants?|needs?|must|requir\w+|expect\w*|suffic\w*|happy with|content with|live with|target|goal)\b",
    re.IGNORECASE,
)
_SCORES = re.compile(
    r"\b(?:gets?|scores?|measured|is at|was at|it is|reach\w*|now|remeasured|turned out)\b", re.IGNORECASE
)
"""How a share is told for what must be reached, and for what is reached."""
_HEAD = re.compile(
    r"^(?:\W*(?:and|so|ok|okay|but|well|hm+|sorry|oh|wait|hey|actually|no|good news|bad news|forgive me|by the way|update|correction))*\W*"
    r"(?:(?:what (?:if|happens (?:if|when|once))|suppos(?:e|ing)(?: that)?|assum(?:e|ing)(?: that)?|imagine(?: that)?|lets? say(?: that)?|say|in case|if|once|when|because|since|i (?:made|have made) (?:a|an) (?:mistake|error|typo)(?: before| there)?|i was wrong|i typed it wrong|my mistake)\b[,: ]*)*",
    re.IGNORECASE,
)
_CLAUSES = re.compile(r"(?<=[?!;])\s+|(?<=[.])\s+(?=\D)|,\s+|\s[-–—]\s|:\s")
_DROPPED = re.compile(
    r"\b(?:after all|by (?:christmas|easter|summer|spring|autumn|winter|then|next year)|(?:from|in|since|until|till|before|after) (?:january|february|march|april|may|june|july|august|september|october|november|december|yesterday|tomorrow|monday)(?: on)?|(?:next|this|last) (?:year|month|quarter|week|summer|spring|winter|autumn)|just told (?:me|us)(?: that)?|told (?:me|us)(?: that)?)\b",
    re.IGNORECASE,
)


def asks_what_then(text: str) -> bool:
    """Whether a text asks what becomes of the advice with something that it tells."""
    return _WHAT_THEN.search(plain_words(text)) is not None


def doubted_in(text: str) -> str:
    """The question of the tree whose answer a text calls unsure; "" where it doubts none."""
    plain = plain_words(text)
    found = _DOUBTS.search(plain)
    if not found:
        return ""
    figure = re.search(
        r"\b(?:calls?|letters?|mails?|requests?|volume|traffic) number\b|\b(?:my|our|the) (?:number|figure|count)\b",
        plain,
    )
    topic = topic_in(plain).partition(":")[0]
    if figure and topic in ("can_wait", "", "misses"):
        topic = "calls_per_month"
    if topic in ("quality", "calls_per_month", "labelled_examples", "latency_ms"):
        return topic
    return "quality" if re.search(r"\b(?:measured|right|percent|feeling|number i gave)\b", plain) else ""


def changed(standing: Standing, text: str) -> Mapping[str, Any]:
    """The values that a question carries, by their keys in a case; "x2" for a factor. Empty where it carries none."""
    told = told_in(text)
    if found := put_in_place(standing, in_digits(plain_words(text))):
        return found
    plain = in_digits(plain_words(told))
    if (choice := choice_in(plain)) is not None:
        return dict([choice])
    if (more := _added(standing, plain)) is not None:
        return more
    if (scaled := times_in(plain)) is not None and not _tells_number(told):
        key, times = scaled
        return {key: f"x{times}"} if key else {}
    return _read(standing, told)


def tells_ours(standing: Standing, text: str) -> bool:
    """Whether a text names an answer by its number and another for it, or supposes more examples than there are."""
    plain = in_digits(plain_words(text))
    if replaced(standing, plain) or (IF.search(plain) and put_in_place(standing, plain)):
        return True
    more = _MORE.search(plain)
    number = numbers_in(more["n"] or more["n2"]) if more else []
    is_told = IF.search(plain) is not None or asks_what_then(text)
    return is_told and labels_in(plain) and bool(number) and number[0] >= FEW


def told_in(text: str) -> str:
    """What a question tells: without what it asks, what it takes back, and the words that only lead to it."""
    clauses = [part for part in _CLAUSES.split(text) if part.strip()]
    kept = [part for part in clauses if not _only_asks(part)] or clauses
    said = _HEAD.sub("", _OLD.sub(" ", ", ".join(kept)))
    said = _HEAD.sub("", _DROPPED.sub(" ", said))
    return " ".join(_WHAT_THEN.sub(" ", said).split()).strip(" ,;?!")


def _only_asks(part: str) -> bool:
    plain = plain_words(part)
    asks = _WHAT_THEN.search(plain)
    if asks is None or IF.search(plain):
        return False
    return _ASKS_ONLY.match(plain) is not None or len(plain) - len(asks[0]) < BESIDES


def _tells_number(told: str) -> bool:
    return _PERIOD.search(told) is not None and bool(numbers_in(plain_words(told)))


def _added(standing: Standing, plain: str) -> Mapping[str, Any] | None:
    """So many more than now, of examples or of calls."""
    found = _MORE.search(plain)
    of_examples = re.search(rf"\b{CHECKED}\b", plain) or labels_in(plain)
    is_share = "%" in plain or "percent" in plain
    if found is None and of_examples and not is_share and _FOUND.search(plain) and not _PERIOD.search(plain):
        many = [number for number in numbers_in(plain) if number == int(number)]
        return {"labelled_examples": int(many[0])} if len(many) == 1 else None
    if found is None or is_share:
        return None
    number = numbers_in(found["n"] or found["n2"])
    if not number:
        return None
    more = number[0] * _UNITS.get(found["unit"] or found["unit2"] or "", 1)
    if of_examples and not _PERIOD.search(plain):
        return _sum(standing, "labelled_examples", more)
    each = re.sub(r"\b(?:more|additional|extra|further|another|plus|new)\b", "", plain[found.start() :])
    reading = read(f"what if {each}", None, standing.consultation.task)
    calls = reading.values.get("calls_per_month")
    return _sum(standing, "calls_per_month", Decimal(str(calls))) if isinstance(calls, int | float) else None


def _sum(standing: Standing, key: str, more: Decimal) -> Mapping[str, Any]:
    present = standing.advice.answers.of(key)
    if isinstance(present, Between):
        return {key: [None if end is None else int(end + more) for end in (present.low, present.high)]}
    return {key: int((present if isinstance(present, Decimal) else Decimal(0)) + more)}


def named_with(text: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the values that belong to a question; a yes or no only where the text names what it is a yes to."""
    named = topic_in(plain_words(text)).partition(":")[0]
    return {
        key: value
        for key, value in values.items()
        if (q := question_of(key)) and (not isinstance(value, bool) or q.name == named)
    }


def _read(standing: Standing, told: str) -> Mapping[str, Any]:
    """What the reader finds in it: as something supposed, else as an answer to the question that it is about."""
    task = standing.consultation.task
    supposed = read(f"what if {told}", None, task)
    values, named = named_with(told, supposed.values), topic_in(plain_words(told)).partition(":")[0]
    if set(values) == {"quality_now"} and _AIM.search(told) and not _SCORES.search(told):
        return {"quality_target": values["quality_now"]}
    if values and not supposed.doubtful and "reasons" not in values:
        return values
    if named:
        answer = read(told, named, task)
        likely = answer.suggestions[0].values if answer.doubtful and answer.suggestions else answer.values
        about = {key: value for key, value in likely.items() if (q := question_of(key)) and q.name == named}
        if about and answer.intent in ("answer", "clarify"):
            return about
    return {
        key: value
        for key, value in values.items()
        if key != "reasons" and (q := question_of(key)) and q.name == named
    }
