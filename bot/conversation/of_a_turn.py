"""What a question about where the verdict turns is of: the quality, agreement among people, or a check that is left out. Pure."""

# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re

from bot.conversation.by_kind import Question
from bot.conversation.standing import Standing
from bot.conversation.supposing import supposes
from core.tree import Verdict

_HOW_MUCH = re.compile(
    r"\bhow (?:well|many|much|good|high|low|far|often|bad|badly)\b.*\b(?:must|have to|has to|had to|would(?:nt)?|need(?:s|ed)?|should|can|could|may)\b"
    r"|\b(?:at|from|below|above|under|over|with|by|to) (?:what|which) (?:quality|score|rate|share|percentage|per ?cent|figure|result|level|target|accuracy|hit rate)\b"
    r"|\bwhat (?:quality|score|rate|percentage|result|target|share|accuracy|level|hit rate)\b.*\b(?:would|need\w*|must|take|have to|should|makes?|turns?|flips?|changes?)\b"
)
_OF_QUALITY = re.compile(
    r"\b(?:right|correct|correctly|quality|scor\w+|accura\w+|come out|comes out|came out|per ?cent|percentage|rate|target|well|good enough|hit rate)\b|%"
)
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:cheap\w*|small\w*|cost\w*|pay|month|save\w*|money|dollars?|calls?|volume|better|gain\w*|improve\w*|agree\w*|trust|believe|mark|check (?:before|until)|weeks?|hours?)\b"
)
_OF_THE_VERDICT = re.compile(
    r"\b(?:you|advice|verdict|answer|leave|stay|keep|switch|change|say|tell|advise|recommend\w*|decide\w*|decision|train\w*|tun\w+|prompt\w*|enough|settle\w*|straight|other way|turn\w*|flip\w*|tip\w*|as it is)\b"
)
_AGREED = re.compile(
    r"\b(?:agree\w*|consensus|of one mind|(?:one|a|the|single|common|shared|same) (?:\w+ )?(?:guide|guideline|guidelines|standard|rubric|rule ?book|rules|scheme|definition|code ?book|manual)|same (?:marks?|labels?|grades?|answers?|codes?))\b"
)
_SKIPPED = re.compile(
    r"\b(?:skip\w*|without|leave out|leaving out|instead of|save (?:us|ourselves|me|the)|spare (?:us|ourselves|me|the)|drop\w*|not (?:do|doing|bother\w*)|dont (?:do|bother)|forget|ignore)\b(?: \w+){0,6} (?:check\w*|measur\w*|test\w*|count\w*|evaluat\w*|cases|hours?)\b"
)
_STRAIGHT_ON = re.compile(
    r"\b(?:risk\w*|happens?|lose|cost\w*|wrong|bad|harm|matter\w*|go ahead|straight|directly|right away|at once|just (?:train|tune|build|start)|what if)\b"
)


def of_a_turn(standing: Standing, text: str, plain: str) -> Question | None:
    """What is asked of a turn of the verdict; ``None`` for anything else."""
    verdict = standing.told.verdict
    if verdict == Verdict.MEASURE_FIRST and _SKIPPED.search(plain) and _STRAIGHT_ON.search(plain):
        return Question("turns", "skip")
    disagree = standing.advice.answers.of("misses") == "disagreement"
    if (
        disagree
        and supposes(text)
        and _AGREED.search(plain)
        and not re.search(r"\d|\b(?:not|never|dont|cannot|cant)\b", plain)
    ):
        return Question("turns", "agreed")
    is_of_quality = _HOW_MUCH.search(plain) and _OF_QUALITY.search(plain) and _OF_THE_VERDICT.search(plain)
    if is_of_quality and not _OF_SOMETHING_ELSE.search(plain):
        return Question("turns", "quality")
    return None
