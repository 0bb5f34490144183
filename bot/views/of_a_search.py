"""Answers to whether a search is in the costs: it is not, and what its longer prompts would add."""
# ruff: noqa: E501  a sentence that is shown is read, and mended, more easily whole

from __future__ import annotations

from decimal import Decimal

from bot.conversation.of_this_thread import scenario_of
from bot.conversation.standing import PRICING, Standing
from bot.views.because import in_short
from bot.views.costs import a_month, a_month_or_so, figures, label, once
from bot.views.document import Part, Strong, Text
from bot.views.phrases import headline
from core.costs.estimate import estimate
from core.told.ledger import Option
from core.wording import money

Parts = tuple[Part | None, ...]

A_SEARCH = Decimal(1_000)
"""Tokens that found passages may add to a call: an example."""


def with_or_without(standing: Standing, named: tuple[str, ...]) -> Parts:
    """That no search is in the costs, and what its longer prompts would add."""
    option = scenario_of(standing).option(named[0] if named else "")
    if option is None:
        return (Text("No option here has a search in it."),)
    more = _longer_prompts(standing, option)
    return (
        Text(
            (
                Strong("Without it. "),
                f"{a_month_or_so(option)} a month is “{label(option)}” as it runs now; no option here has a search in it.",
            )
        ),
        Text(more),
    )


def of_a_search(standing: Standing, _: tuple[str, ...]) -> Parts:
    """That no search is drawn or priced, what it adds to a call, and what training costs beside it."""
    scenario = scenario_of(standing)
    tuned, base = scenario.best_tuned, scenario.baseline
    beside = (
        f" Training would take {once(tuned)} up front and {a_month(tuned)} a month."
        if tuned is not None
        else ""
    )
    more = _longer_prompts(standing, base) if base is not None else ""
    return (
        Text(
            (Strong("No option here has a search in it, so it has no line and no price. "), f"{more}{beside}")
        ),
        Text(("The advice is ", Strong(headline(standing.told.verdict)), ": ", figures(in_short(standing)))),
    )


def _longer_prompts(standing: Standing, option: Option) -> str:
    """What the passages that a search finds add to each call: the ledger of prompts that are longer by so much."""
    advice, ledger = standing.advice, standing.told.ledger
    tokens, fixed = (ledger.assumed(key).number for key in ("prompt_tokens", "fixed_share"))
    if advice.answers.number(PRICING) is None or option.month is None or tokens is None or fixed is None:
        return "Building and running a search is not priced here."
    longer = tokens + A_SEARCH
    answers = advice.answers.with_assumption("prompt_tokens", longer)
    answers = answers.with_assumption("fixed_share", tokens * fixed / longer)
    then = estimate(answers, on=advice.on, policy=advice.policy).options
    month = next((one.month.amount for one in then if one.option == option.name), None)
    if month is None:
        return "Building and running a search is not priced here."
    added = money(month - option.month)
    return f"For the longer prompts count {added} a month for each {A_SEARCH:,} tokens that are found and put into a call. Building and running the search comes on top; I have no price for that."
