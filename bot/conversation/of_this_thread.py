"""What a question names of the very thread it stands in: options by name, model or figure, and volumes. Pure."""

# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.conversation.by_kind import figures_in
from bot.conversation.named import options_in
from bot.conversation.standing import PRICING, Standing
from core.costs.sources import Removed
from core.prices.names import model_name
from core.told.ledger import Option, Scenario
from core.wording import band

NEAR = Decimal("0.02")
"""A figure is found again where it differs by no more than this part: people round."""
LEAST_APART = 100
"""Dollars: a smaller difference is a figure of many things."""
_LISTED = re.compile(r",\s+")
"""Between figures that are listed: "204, 243" is no thousand."""
COMMON = frozenset(
    ("gpt", "on", "aws", "model", "open", "weight", "open-weight", "mini", "micro", "azure", "google", "pro", "the", "large", "small")
)  # fmt: skip
"""Words of the names of models that tell none apart."""
_BASELINE = re.compile(
    r"\b(?:what|than|the (?:one|model|sum|amount)) (?:that )?(?:we|i|you|they) (?:now |already |currently )?(?:pay|spend|have|use|run|do)\b(?: (?:now|today|at the moment))?"
    r"|\b(?:we|i) (?:now |currently )?(?:pay|spend)\b(?! for)|\b(?:our|the|todays|this) (?:current|present|existing|old) (?:one|model|prompt|set ?-?up|bill|way)\b|\b(?:todays|our) (?:prompt|model|bill)\b|\bwhere we are\b|\b(?:do|doing) nothing\b|\bleav(?:e|ing) (?:it|things|everything)(?: (?:as|alone)\b)?(?! (?:to|in|on)\b)|\bstaying (?:put|as|where)\b|\bwhat (?:runs|is there) (?:now|today)\b|\bthe big (?:one|model)\b"
)
"""How people call what is prompted today."""
_SERVERS = re.compile(r"\b(?:servers?|rack|(?:our|own) (?:machines?|hardware|gpus?))\b")
_SAME_PROMPT = re.compile(r"\bwith (?:the|our|my|your|this|that)(?: same| own| present| current)? prompt\b")


def scenario_of(standing: Standing) -> Scenario:
    """The costs at the team's own volume, or at the larger of two examples."""
    return standing.told.ledger.scenarios(standing.advice.answers.number(PRICING))[-1]


def options_of(standing: Standing) -> tuple[Option, ...]:
    """The options that are priced and open here: without those ruled out, and the prompt at full price beside the cached one."""
    scenario = scenario_of(standing)
    gone = {one.option for one in standing.advice.removed}
    is_cached = scenario.baseline is not None and scenario.baseline.name == "prompt_cached"
    return tuple(
        one
        for one in scenario.options
        if one.month is not None and one.name not in gone and not (is_cached and one.name == "prompt")
    )


def removed_named(standing: Standing, plain: str) -> list[Removed]:
    """The options that are named and ruled out here."""
    named = options_in(plain)
    return [one for one in standing.advice.removed if any(_is(one.option, name) for name in named)]


def options_named(standing: Standing, text: str, plain: str) -> tuple[str, ...]:
    """The options that a text names, by their names, their models, or a figure of theirs; in the order of the table.

    Where no model of a provider can be tuned, the tuned one is that on own servers.
    """
    options, base = options_of(standing), scenario_of(standing).baseline
    plain = _SAME_PROMPT.sub(" ", plain)
    said = {name for name in options_in(plain) if not name.startswith("row")}
    if _SERVERS.search(plain):
        said.add("self_hosted")
    names = {one.name for one in options}
    if base is not None and base.name == "self_hosted_prompted":
        said.discard("self_hosted")
    if "hosted" in said and "hosted" not in names:
        said.add("self_hosted")
    found = {one.name for one in options if any(_is(one.name, name) for name in said - {"prompt"})}
    if base is not None and ("prompt" in said or _BASELINE.search(plain)) and base.name in names:
        found.add(base.name)
    words = set(re.findall(r"[a-z][\w.-]*|\d+b", plain))
    for one in options:
        if _called(one) & words - _called_otherwise(one, options):
            found.add(one.name)
    found |= {one.name for one, _ in costs_named(standing, text)}
    found |= _differing(standing, text)
    return tuple(one.name for one in options if one.name in found)


def _is(option: str, named: str) -> bool:
    return option == named or (named == "cheaper" and "cheaper" in option)


def _called(option: Option) -> set[str]:
    words = re.findall(r"[a-z][\w.-]*|\d+b", f"{option.model} {model_name(option.model)}".lower())
    return {
        part for word in words for part in (word, *word.split("-")) if part not in COMMON and len(part) > 1
    }


def _called_otherwise(option: Option, options: tuple[Option, ...]) -> set[str]:
    """Words that name another option as well, so that they name neither."""
    return {word for other in options if other.name != option.name for word in _called(other)}


def costs_named(standing: Standing, text: str) -> list[tuple[Option, str]]:
    """Each option whose month, up front or first year a text has as a figure, with which of them it is."""
    own = standing.advice.answers.number(PRICING)
    said = [
        one
        for one in map(Decimal, figures_in(_LISTED.sub(" and ", text)))
        if one != own or re.search(r"[$]|\bdollars\b", text)
    ]
    tuned = scenario_of(standing).best_tuned
    best = tuned.name if tuned is not None else ""
    found = []
    for figure in said:
        met = [
            (_is_rough(figure, amount) and option.name != best, abs(amount - figure), n, option, kind)
            for n, option in enumerate(options_of(standing))
            for kind, amount in (
                ("month", option.month),
                ("up_front", option.up_front),
                ("first_year", option.first_year),
            )
            if amount and abs(amount - figure) < _tolerance(figure, amount)
        ]
        if met:
            *_, option, kind = min(met, key=lambda one: one[:3])
            found.append((option, kind))
    return found


def range_named(standing: Standing, text: str) -> str:
    """The option of whose range a text names both ends; "" for none."""
    said = {Decimal(one) for one in figures_in(text)}
    for one in options_of(standing):
        if one.month_p10 is not None and one.month_p90 is not None:
            ends = {Decimal(each) for each in figures_in(band(one.month_p10, one.month_p90))}
            if len(ends) > 1 and ends <= said:
                return one.name
    return ""


def volumes_named(standing: Standing, text: str) -> list[Decimal]:
    """The volumes of a text at which something happens here: two options cost the same, or one pays back."""
    known = list(_volumes(standing))
    said = [Decimal(one) for one in figures_in(text)]
    return [one for one in said if any(abs(one - volume) <= NEAR * volume for volume in known)]


def _volumes(standing: Standing) -> Iterator[Decimal]:
    for option in scenario_of(standing).options:
        for calls in (option.crossover_calls, option.crossover_within_horizon_calls):
            if calls is not None and calls > 1:
                yield calls


def _differing(standing: Standing, text: str) -> set[str]:
    """The prompt and the best tuned option, where a text names by how much their months differ."""
    scenario = scenario_of(standing)
    base, tuned = scenario.baseline, scenario.best_tuned
    if base is None or tuned is None or base.month is None or tuned.month is None:
        return set()
    apart = abs(tuned.month - base.month)
    is_named = any(abs(Decimal(one) - apart) <= max(Decimal(2), apart / 100) for one in figures_in(text))
    return {base.name, tuned.name} if is_named and apart >= LEAST_APART else set()


def _is_rough(figure: Decimal, amount: Decimal) -> bool:
    """Whether a figure was rounded, so that it may be of several options that cost about that."""
    return abs(amount - figure) >= 1 or (figure >= 1000 and figure % 500 == 0)


def _tolerance(figure: Decimal, amount: Decimal) -> Decimal:
    """How far a figure may be from what it is said of: what is round was rounded."""
    is_round = figure >= 1000 and figure % 500 == 0
    return max(Decimal(1), amount / (50 if is_round else 500))
