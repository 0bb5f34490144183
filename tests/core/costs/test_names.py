"""Names beside figures: what is tuned, at which price beside today's, and what other bases would cost."""

from __future__ import annotations

from decimal import Decimal

from core.case import read_case
from core.costs.cost import cost
from core.costs.estimate import estimate
from core.costs.figures import Figures
from core.wording import money
from tests.support.worked import DAY, POLICY, option


def test_a_tuned_base_stands_beside_today_s_model_with_both_prices() -> None:
    made = estimate(read_case({"calls_per_month": 1_000_000}), on=DAY, policy=POLICY)
    assert (
        "Tuned on Nova Micro on AWS at $0.035 and $0.14 per 1M tokens in and out; "
        "today's GPT-6.1 Terra is at $1 and $5"
    ) in option(made, "hosted").notes


def test_the_spread_over_the_bases_is_that_of_their_months() -> None:
    made = estimate(read_case({"calls_per_month": 1_000_000}), on=DAY, policy=POLICY)
    figures = Figures(read_case({"calls_per_month": 1_000_000}), DAY, POLICY)
    assert isinstance(figures.tunable, tuple)
    world = figures.exact(made.calls)
    months = [cost(world, "hosted", base.exact).month for base in figures.tunable]
    said = f"Over the {len(months)} bases that can be tuned, a month costs {money(min(months))} to {money(max(months))}"
    assert said in option(made, "hosted").notes


def test_a_base_that_is_named_stands_alone() -> None:
    case = {"calls_per_month": 1_000_000, "assumptions": {"base": "nova-micro"}}
    made = estimate(read_case(case), on=DAY, policy=POLICY)
    assert not any(note.startswith("Over the") for note in option(made, "hosted").notes)


def test_of_bases_that_cost_the_same_the_one_that_never_costs_more_is_tuned() -> None:
    """Without calls, and with training for nothing, Flash and Flash-Lite cost the same; with any calls the one more."""
    figures = Figures(read_case({"assumptions": {"train_price": 0}}), DAY, POLICY)
    assert isinstance(figures.tunable, tuple)
    picked, world = figures.pick(Decimal(0)), figures.exact(Decimal(0))
    assert picked is not None
    years = [cost(world, "hosted", base.exact).first_year for base in figures.tunable]
    lowest = [base for base, year in zip(figures.tunable, years, strict=True) if year == min(years)]
    assert len(lowest) > 1
    assert all(picked.never_costs_more(base) for base in lowest)
