"""What a question about where the verdict turns is of: the quality, agreement among people, or a check that is left out. Pure."""

# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re
from decimal import Decimal

from bot.conversation.by_kind import LEAST_CALLS, Question, figures_in
from bot.conversation.named import CHECKED, options_in
from bot.conversation.of_this_thread import volumes_named
from bot.conversation.standing import PRICING, Standing
from bot.conversation.supposing import has_factor, opens_supposing, supposes
from core import inputs
from core.tree import Verdict
from core.words import content, stems, words

_HOW_MUCH = re.compile(
    r"\bhow (?:well|many|much|good|high|low|far|often|bad|badly)\b.*\b(?:must|have to|has to|had to|would(?:nt)?|need(?:s|ed)?|should|can|could|may)\b"
    r"|\b(?:at|from|below|above|under|over|with|by|to) (?:what|which) (?:quality|score|rate|share|percentage|per ?cent|figure|result|level|target|accuracy|hit rate)\b"
    r"|\bwhat (?:quality|score|rate|percentage|result|target|share|accuracy|level|hit rate)\b.*\b(?:would|need\w*|must|take|have to|should|makes?|turns?|flips?|changes?)\b"
)
_OF_QUALITY = re.compile(
    r"\b(?:right|correct|correctly|good|quality|scor\w+|accura\w+|come out|comes out|came out|per ?cent|percentage|rate|target|well|good enough|hit rate)\b|%"
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
_NOT_AGREED = re.compile(r"\d|\b(?:not|never|dont|cannot|cant)\b")
_SKIPPED = re.compile(
    r"\b(?:skip\w*|without|leave out|leaving out|instead of|save (?:us|ourselves|me|the)|spare (?:us|ourselves|me|the)|drop\w*|not (?:do|doing|bother\w*)|dont (?:do|bother)|forget|ignore)\b(?: \w+){0,6} (?:check\w*|measur\w*|test\w*|count\w*|evaluat\w*|cases|hours?)\b"
)
_STRAIGHT_ON = re.compile(
    r"\b(?:risk\w*|happens?|lose|cost\w*|wrong|bad|harm|matter\w*|go ahead|straight|directly|right away|at once|just (?:train|tune|build|start)|what if)\b"
)


_VOLUME_ASKED = re.compile(
    r"\b(?:how many|what (?:number|volume|amount|quantity|traffic|load)|which (?:number|volume)|(?:at|from|above|beyond|over|until|up to) (?:what|which) (?:\w+ )?(?:number|volume|amount|traffic|load|point)|how (?:far|much more|much bigger|large|big|high)|minimum|at least|ever|when|some ?day|at any)\b"
)
_PAYS = re.compile(
    r"\b(?:worth\w*|pays? (?:off|back|for itself)|paid back|break ?-? ?even|cheaper|wins?|make sense|makes sense|gets? us to (?:yes|a yes)|say yes|switch|profitable|beats?|lower cost|pays\b|cost less|costs less|overtak\w+|(?:drop|give up|forget) the idea|change your mind|(?:something|anything) else|(?:get|gets|getting) (?:to |the |a )?(?:fine|tun|train)\w*|another (?:advice|verdict))\b"
)
_OF_CALLS = re.compile(
    r"\b(?:calls?|volume|traffic|requests?|load|right|bigger|grow\w*|a month|per month|monthly|a day|messages?|documents?|number of|how many|amount)\b"
)
_NO_VOLUME = re.compile(
    r"\b(?:examples?|reviewed|checked|labels?|labelled|labeled|months?(?! (?:is|are|do|does|until|before)\b) (?:until|till|before|does|will|would)|how long|weeks?|people|cases|servers?(?= do| would| are needed))\b"
)
_PRICE = re.compile(
    r"\b(?:at (?:what|which)|which|what|how (?:high|low|much|far))\b.*\b(?:price|rate|cost|fee|tariff)s?\b.*\b(?:change|turn|flip|mind|say|advise|recommend|switch|tip|different|other|drop|fall|rise|have to|need|must|would)\b"
)
_BETTER_SCORE = re.compile(
    r"\b(?:better|higher|lower|worse|other|another|different) (?:\w+ )?(?:score|quality|result|accuracy|percentage|hit rate)\b.*\b(?:change|turn|flip|help|matter|different|mind|say|make|lead)\w*"
)
_STOPS = re.compile(r"\b(?:stop|no longer|not any ?more)\b.*\b(?:saying|say|measur\w*|asking)\b")
_WORTH_CHECKING = re.compile(
    r"\b(?:wrong|mistakes?)\b.*\b(?:vs|versus|against|or|compared)\b.*\bmeasur\w*|\b(?:measur\w*|check\w*|test\w*|evaluat\w*|counting)\b.*\b(?:worth|necessary|really (?:need|have)|need(?:ed)?|lose|bother\w*)\b|\b(?:worth|necessary|need|bother\w*)\b(?: \w+){0,3} (?:measur\w*|checking|testing|evaluating)\b"
)
_OF_PRICES = re.compile(r"\b(?:prices?|rates|tariffs?|charges)\b")
_TARGET = re.compile(r"\b(?:target|goal|aim|bar|threshold|requirement)\b")
_TARGET_MOVED = re.compile(
    r"\b(?:lower|higher|other|another|different|which|what|softer|stricter|relax\w*|raise|reduce)\b(?: \w+){0,2} (?:target|goal|aim|bar|requirement)\b.*\b(?:chang|mak|turn|help|say|different|anything|matter|enough|lead)\w*|\b(?:target|goal|aim)\b.*\b(?:would|makes?|must|have to)\b.*\b(?:change|turn|say|something else|other|different|flip|tip)\w*"
)
_WHAT_IS = re.compile(
    r"\bwhats? (?:is |are )?(?:the |this |that )?\$?\d|\b(?:what|whats)\b(?: \w+){0,5} (?:is|about|mean\w*|stands?|does|for|are|of)\b|\b(?:where|how)\b.*\b(?:come|comes|came|from|get|got)\b|\bexplain\b|\bwhy (?:exactly |just )?\$?\d"
)
_OF_EXAMPLES = re.compile(rf"\b(?:{CHECKED}|how many)\b")
_MANY_TO_TUNE = re.compile(
    r"\bhow many\b(?: \w+){1,4} (?:for|to|until|till|before)(?: \w+){0,2} (?:fine ?-?tun\w*|train\w*|tun(?:e|ing)\b)"
)
_OF_A_VOLUME = re.compile(
    r"\b(?:calls?|volume|traffic|a month|per month|monthly|a day|pays?|cheaper|worth)\b"
)
_WHEN_TUNE = re.compile(
    r"\b(?:when|what (?:would|must|has to|needs? to|will)|under (?:what|which)|at (?:what|which) point|in (?:what|which) case)\b.*\b(?:advise|recommend|say|tell|suggest|talk|consider|convince|show you|bring you|make sense|makes sense|worth|right|go for|ready)\b.*\b(?:train\w*|tun(?:e|ing)|fine ?-?tun\w*)\b|\b(?:train\w*|tuning|fine ?-?tun\w*)\b.*\b(?:make sense|makes sense|worth talking|back on the table|an option again)\b"
)
MOST_FIGURES = 2
"""So many volumes in one question are held against each other: which of them is which."""


def of_a_turn(standing: Standing, text: str, plain: str) -> Question | None:
    """What is asked of a turn of the verdict; ``None`` for anything else."""
    is_open = standing.told.verdict == Verdict.MEASURE_FIRST
    is_skipped = _SKIPPED.search(plain) and _STRAIGHT_ON.search(plain)
    if is_open and (is_skipped or _WORTH_CHECKING.search(plain)):
        return Question("turns", "skip")
    doubled = _OF_PRICES.search(plain) and supposes(text) and has_factor(text)
    if doubled and not re.search(r"\b(?:input|output|prompt tokens?|gpus?|engineer\w*|label\w*)\b", plain):
        return Question("turns", "prices")
    disagree = standing.advice.answers.of("misses") == "disagreement"
    agrees = supposes(text) and _AGREED.search(plain) and not _NOT_AGREED.search(plain)
    if disagree and agrees:
        return Question("turns", "agreed")
    if opens_supposing(text) or (supposes(text) and re.search(r"\d", plain)):
        return None
    if _MANY_TO_TUNE.search(plain) and not _OF_A_VOLUME.search(plain):
        return Question("enough")
    if (of := _of_a_number(standing, text, plain)) is not None:
        return Question("turns", of)
    return (
        Question("flips", "fine_tune")
        if _WHEN_TUNE.search(plain) and not _OF_EXAMPLES.search(plain)
        else None
    )


def _of_a_number(standing: Standing, text: str, plain: str) -> str | None:
    """The number whose turn is asked for: "target", "quality", "prices", "volume hosted" or "figure 1290000"."""
    if _TARGET.search(plain) and _TARGET_MOVED.search(plain):
        return "target"
    if _STOPS.search(plain) and "quality" in standing.told.deciding:
        return "quality"
    if _BETTER_SCORE.search(plain):
        return "score"
    is_result = standing.told.verdict == Verdict.MEASURE_FIRST and re.search(
        r"\b(?:results?|outcome|counts?)\b", plain
    )
    of_quality = _HOW_MUCH.search(plain) and (_OF_QUALITY.search(plain) or is_result)
    is_open = standing.told.verdict == Verdict.MEASURE_FIRST
    is_of_verdict = is_open or _OF_THE_VERDICT.search(plain)
    if of_quality and is_of_verdict and not _OF_SOMETHING_ELSE.search(plain):
        return "quality"
    if _PRICE.search(plain) and not options_in(plain):
        return "prices"
    is_of_one = len(volumes_named(standing, text)) < MOST_FIGURES and not _OF_SOMETHING_ELSE.search(plain)
    if is_of_one and (figure := turn_named(standing, text)) and _WHAT_IS.search(plain):
        return f"figure {figure}"
    nouns = set(stems(content(words(standing.consultation.task)))) & set(stems(words(plain)))
    of_calls = _OF_CALLS.search(plain) or nouns
    named = [name for name in options_in(plain) if name in ("hosted", "self_hosted")]
    is_of_volume = _VOLUME_ASKED.search(plain) and _PAYS.search(plain) and (of_calls or named)
    own = standing.advice.answers.number(PRICING)
    is_told = any(Decimal(one) >= LEAST_CALLS and Decimal(one) != own for one in figures_in(text))
    if is_of_volume and not is_told and not _NO_VOLUME.search(plain):
        return " ".join(("volume", *named[:1]))
    return None


def turn_named(standing: Standing, text: str) -> str:
    """The figure of a text at which the verdict turns here, as digits; "" for none."""
    for one in figures_in(text):
        figure = Decimal(one)
        for number in turning_numbers(standing):
            if abs(number - figure) <= number / 100:
                return one
    return ""


def turning_numbers(standing: Standing) -> list[Decimal]:
    """Every number at which the verdict turns, a share as percent, as people write it."""
    return [
        turn.number * 100
        if turn.number < 1 and inputs.exact(one.key, turn.number).endswith("%")
        else turn.number
        for one in standing.told.inputs
        if one.is_number
        for turn in (one.below, one.above)
        if turn is not None
    ]
