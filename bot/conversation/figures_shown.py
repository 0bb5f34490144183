"""The figures that stand in an advice, each with what it is, and which of them a question asks about. Pure."""

# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from bot.conversation.by_kind import figures_in
from bot.conversation.standing import PRICING, Standing
from bot.conversation.supposing import IF, in_digits, opens_supposing, plain_words
from core.facts import FACTS
from core.told.ledger import Scenario
from core.wording import band

What = Literal["range", "more", "turn", "same", "paid", "least", "band", "cost", "answer"]
"""An end of what the quality may be; how many more cases, or their price; where an answer turns the verdict; the volume
at which two options cost the same, or from which on it pays back; how many examples it takes; an end of what a month may
cost; a cost; an answer."""

RARE: tuple[What, ...] = ("range", "more", "turn", "same", "paid", "least", "band")
"""What nobody says by chance: a question that names it is about it."""
MOST = 3
"""Figures of one question that are told apart."""
FEW_DIGITS = 2
"""So many digits of a large figure are said at least: 12k for 12,404."""
LARGE = 1_000
LEAST_COST = 100
_WONDERS = re.compile(
    r"\b(?:why|how come|how can|how is|how does|how do|how did|where|what|whats|which|meaning|means?|typo|mistake|contradict\w*|come|comes|understand|explain|both)\b|[?][?]"
)
"""That a figure is wondered at, or asked about."""
_MADE = re.compile(
    r"\bwhere\b.*\b(?:from|get|got|take|took)\b|\bfrom where\b|\bwhat (?:is|are|was|does|do|exactly is)\b(?: \w+){0,3} [$]?\d[\d.,]*k?\b(?: \w+){0,2}? ?(?:for|mean\w*|about|made|cover\w*|contain\w*|stand\w*|[?]|$)|\bwhats (?:this |that |the |these )?[$]?\d|[$]?\d[\d.,]*k?(?: \w+){0,3} (?:is for what|for what|means? what|what for|is what|covers? what)\b|\bwhat(?:s| is)? .*\bfor\b.*\band why\b|\b(?:for what|what for|what) (?:\w+ ){0,3}(?:do|did|would|will|should|must) (?:i|we) (?:\w+ )?(?:pay|spend|put)\b|\bwhich (?:one|of (?:them|the two)|do i)\b|\bhow (?:is|was|did|do|are|were)\b.*\b(?:comput\w*|calculat\w*|work(?:ed)? out|get to|got to|arriv\w*|come to|came to)\b"
)
"""That somebody asks what a cost is, or is made of."""
_WHOSE = re.compile(r"\bwho (?:says?|said|set|told|decided|needs?|wants?)\b|\bsays who\b")
"""That somebody asks whose figure it is."""
_AIMED = re.compile(r"\b(?:would|still|plenty|enough|fine|ok|okay|good|says?|wants?|target)\b")
"""That a share is told for what must be reached."""
_OTHER = re.compile(
    r"\b(?:chart|graph|plot|diagram|picture|log|compare\w*|versus|vs|side by side|what would it take|how far (?:are|away|off)|how (?:sure|certain|confident))\b"
)
"""Of which something else is asked, whatever figure is named."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it is said: dollars, calls, months, or percent. of: the key of what turns, or the option."""

    number: Decimal
    what: What
    of: str = ""


def scenario_of(standing: Standing) -> Scenario:
    """The costs at the team's own volume, or at the larger of two examples."""
    return standing.told.ledger.scenarios(standing.advice.answers.number(PRICING))[-1]


def figures_shown(standing: Standing) -> tuple[Figure, ...]:
    """Every figure that is shown, those first that can be nothing else."""
    return (*_of_the_measurement(standing), *_of_turns(standing), *_of_costs(standing))


def _of_the_measurement(standing: Standing) -> Iterator[Figure]:
    advice, answers = standing.advice, standing.advice.answers
    if advice.quality is not None and answers.number("eval_total"):
        for end in (advice.quality.low, advice.quality.high):
            yield Figure(Decimal(round(100 * end)), "range")
    if advice.more_needed:
        more = Decimal(advice.more_needed)
        yield Figure(more, "more")
        price = standing.told.ledger.assumed("price_per_label").number
        if price is not None:
            yield Figure(more * price, "more")


def _of_turns(standing: Standing) -> Iterator[Figure]:
    least = standing.advice.policy.enough_labels
    for one in standing.told.inputs:
        present = one.present if isinstance(one.present, Decimal) else None
        scale = 100 if FACTS[one.key].kind == "share" else 1
        if present is not None and not one.is_assumed:
            yield Figure(present * scale, "answer", one.key)
        for turn in (one.below, one.above):
            if turn is not None:
                yield Figure(turn.number * scale, "turn", one.key)
    if (cases := standing.advice.answers.number("eval_total")) is not None:
        yield Figure(cases, "answer", "eval_total")
    if standing.given_to("labelled_examples") is not None:
        yield Figure(least, "least")


def _of_costs(standing: Standing) -> Iterator[Figure]:
    scenario = scenario_of(standing)
    for one in scenario.options:
        if one.crossover_calls is not None:
            yield Figure(one.crossover_calls, "same", one.name)
        if one.crossover_within_horizon_calls is not None:
            yield Figure(one.crossover_within_horizon_calls, "paid", one.name)
        if one.month_p10 is not None and one.month_p90 is not None:
            for end in re.findall(r"[$]([\d,]+)", band(one.month_p10, one.month_p90)):
                yield Figure(Decimal(end.replace(",", "")), "band", one.name)
        for amount in (one.month, one.up_front, one.first_year):
            if amount is not None and amount >= LEAST_COST:
                yield Figure(amount, "cost", one.name)


def is_said(said: Decimal, figure: Decimal) -> bool:
    """Whether a figure as somebody says it is this one: large ones may be rounded."""
    if figure < LARGE:
        return abs(said - figure) < Decimal("0.5") and (said == said.to_integral_value() or said == figure)
    digits = max(FEW_DIGITS, len(f"{said.normalize():e}".partition("e")[0].replace(".", "").replace("-", "")))
    return _rounded(said, digits) == _rounded(figure, digits)


def _rounded(number: Decimal, digits: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(number.adjusted() - digits + 1))


def figures_asked(standing: Standing, text: str) -> tuple[Decimal, ...]:
    """The figures of the advice that a question is about, as they are said; none where it is about something else."""
    plain = plain_words(text)
    is_if = opens_supposing(text) or IF.search(plain) is not None
    if is_if or not (_WONDERS.search(plain) or "?" in text) or _OTHER.search(plain):
        return ()
    shown = figures_shown(standing)
    named = [Decimal(one) for one in figures_in(text)]
    met = {one: what for one in named if (what := _what(shown, one)) is not None}
    rare = tuple(one for one, what in met.items() if what in RARE)
    own = [figure.number for figure in shown if figure.what == "answer"]
    is_measured = any(met[one] in ("range", "more") for one in rare) and not _AIMED.search(plain)
    is_wondered = _WONDERS.search(plain) is not None or is_measured
    if is_wondered and any(not any(is_said(one, answer) for answer in own) for one in rare):
        return rare[:MOST]
    if any(what == "answer" for what in met.values()) and _WHOSE.search(plain):
        return tuple(one for one, what in met.items() if what == "answer")[:1]
    costs = tuple(one for one, what in met.items() if what == "cost")
    return costs[:2] if _MADE.search(in_digits(plain)) else ()


_IN_DETAIL = re.compile(
    r"\b(?:detail\w*|line by line|lines?|break\w*|split|put together|parts?|made (?:up )?of|made up|consist\w*|contain\w*|includ\w*|compos\w*|itemi[sz]\w*|each|every|everything|unpack|take apart|add(?:s|ed)? up|calculat\w*|comput\w*)\b"
)
"""That somebody wants every line of a cost."""


def cost_named(standing: Standing, text: str) -> tuple[Decimal, ...]:
    """The costs that a text names and wants no lines of."""
    shown = figures_shown(standing)
    named = [Decimal(one) for one in figures_in(text)]
    met = tuple(one for one in named if _what(shown, one) == "cost")
    return () if _IN_DETAIL.search(plain_words(text)) else met[:2]


def are_answers(standing: Standing, text: str) -> bool:
    """Whether all figures that a text names are answers of theirs."""
    shown = figures_shown(standing)
    named = [Decimal(one) for one in figures_in(text)]
    return bool(named) and all(_what(shown, one) == "answer" for one in named)


def _what(shown: tuple[Figure, ...], said: Decimal) -> What | None:
    """What a figure is; an answer of theirs is that and nothing rarer."""
    met = [one.what for one in shown if is_said(said, one.number)]
    if "answer" in met:
        return "turn" if "turn" in met else "answer"
    return next(iter(met), None)
