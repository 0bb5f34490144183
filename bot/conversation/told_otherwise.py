"""Facts that a supposition tells in a roundabout way: that the facts were there all along, or that waiting is no problem. Pure."""

# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.conversation.standing import Standing
from bot.conversation.supposing import IF, numbers_in
from core.facts import ANSWERS_ONLY
from core.tree import Verdict

_WAS_THERE = re.compile(
    r"\b(?:was|were|is|are|had been|has been|have been)(?: (?!not\b|never\b|nt\b)\w+){0,4}? (?:there|in (?:the |its |our )?(?:prompt|context|input|text|request|message)|given(?: to it)?|provided|in front of it|available to it|handed over)\b|\b(?:it|the model) (?:had|has|got|saw|was given|was shown)(?: \w+){0,3} (?:text|facts?|page|passage|paragraph|document|leaflet|list|table|everything|information|answer)\b"
)
_WRONG_ALL_THE_SAME = re.compile(
    r"\b(?:wrong|wrongly|misread\w*|mis-?understood|mistook|mistakes?|ignored?|ignores|overlook\w*|mixed up|confus\w+|garbled|messed|failed to read|misses it)\b"
)
_NOT_THERE = re.compile(
    r"\b(?:was|were|is|are|had|has|did|do|does|would)(?:nt| not| never)(?: \w+){0,3} (?:there|in (?:the |its |our )?(?:prompt|context|input|text|request|message)|given|provided|know|known|had|have|seen|see|told)\b|\bnever (?:had|saw|got|knew|was given|were given)\b"
)
_OF_MISSES = re.compile(
    r"\b(?:miss(?:es)?|wrong|mistakes?|errors?|fails?|failures?|misread\w*|cause|turns? out|find out|found out)\b"
)
_WAITING_IS_FINE = re.compile(
    r"\bwait\w*\b(?: (?!not\b|never\b|no\b)\w+){0,6} (?:is|was|are|be|becomes?|would be|were)(?: \w+){0,2}? (?:no (?:longer a |more a )?(?:problem|issue|trouble|drama|matter|obstacle)|not a (?:problem|issue)|fine|ok|okay|possible|acceptable|alright)\b"
    r"|\b(?:weeks?|months?)\b(?: \w+){0,4} (?:is|are|would be|were)(?: \w+){0,2}? (?:no (?:longer a )?(?:problem|issue|trouble)|fine|ok|okay|acceptable)\b|\b(?:leave|freeze|keep|fix)\b(?: \w+){0,3} (?:style|rules?|wording|tone|guide|list|labels?|codes?|prices?)\b(?: \w+){0,3} (?:alone|unchanged|frozen|stable|fixed|the same|as (?:it|they) (?:is|are))\b"
)
_MAY_THEN = re.compile(
    r"\bif (?:it|that|this|they|we)(?: (?:were|was|is|are))? (?:ever )?(?:allowed|permitted|possible|may|were free)\b"
)
_MAY_TRAIN = re.compile(
    r"\b(?:allow\w*|permit\w*|may|could|can|lets? (?:us|them)|agree\w*|sign\w*|ok|okay)\b(?: (?!not\b|never\b)\w+){0,5} train\w*\b"
)
_IN_DAYS = re.compile(
    r"\b(?:retrain\w*|train\w*|tun\w+|change|round|update)\b(?: \w+){0,4} (?:in|within|takes?(?: only)?|took(?: only)?|only) (?:a|one|two|three|four|\d)(?: or \w+)? (?:days?|hours?)\b"
)
"""That a tuned model would follow a change in days, so that nobody has to wait."""
_ENOUGH = re.compile(
    r"\b(?P<n>\d{2}(?:[.,]\d)?)(?: ?%| ?per ?cent)?(?: \w+)? (?:is|are|would be|will be|will do|would do|does it|suffices?)(?: \w+){0,2}? ?(?:enough|enuf|ok|okay|fine|plenty|acceptable|sufficient|alright|good)\b"
)
_MANAGED = re.compile(
    r"\b(?:if|suppose) (?:we|they|i|you) (?:only |just |do |can |could )*(?:manage|get|reach|have|find|collect|end up with|stop at|come to)(?: (?:only|just|to|about|with|check|review))* (?P<n>\d[\d.,]*)(?! ?(?:%|per|more|of|out|weeks?|days?|months?|calls|a |each|every|extra|additional|\d))\b"
)
"""So many examples, where their number is what everybody speaks of."""
_OF_A_SHARE = re.compile(r"%|\bper ?cent\b|\b(?:target|quality|right|accura\w+|score)\b")
LEAST_TARGET = 50


def told_otherwise(standing: Standing, plain: str) -> Iterator[tuple[str, Any]]:
    """Each such fact, by its key in a case."""
    if _OF_MISSES.search(plain):
        if _WAS_THERE.search(plain) and _WRONG_ALL_THE_SAME.search(plain) and not _NOT_THERE.search(plain):
            yield "misses", "behaviour"
        elif _NOT_THERE.search(plain) and re.search(
            r"\b(?:facts?|information|knowledge|data|list|table|text|page|manual|prices?)\b", plain
        ):
            yield "misses", "facts"
    if _MAY_THEN.search(plain) and standing.told.verdict == Verdict.SELF_HOST:
        yield "data_may_leave", True
    if _MAY_TRAIN.search(plain) and standing.advice.answers.of("data_may_leave") == ANSWERS_ONLY:
        yield "data_may_leave", True
    if _IN_DAYS.search(plain) and IF.search(plain):
        yield "can_wait", True
    if _WAITING_IS_FINE.search(plain):
        yield "can_wait", True
    few = (
        _MANAGED.search(plain)
        if standing.told.verdict == Verdict.COLLECT_EXAMPLES and IF.search(plain)
        else None
    )
    if few is not None and (many := numbers_in(few["n"])):
        yield "labelled_examples", int(many[0])
    found = _ENOUGH.search(plain)
    if found is not None and _OF_A_SHARE.search(plain):
        number = numbers_in(found["n"])
        if number and LEAST_TARGET <= number[0] < 100:
            yield "quality_target", float(number[0] / 100)
