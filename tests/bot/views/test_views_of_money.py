"""Answers about money say what the ledger says: where options cost the same, what a call costs, what is counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import pytest

from bot.conversation.standing import Standing
from bot.slack.blocks import message
from bot.slack.checks import texts
from bot.views.document import Document, Part
from bot.views.of_a_search import of_a_search
from bot.views.of_advice_money import same_cost, scenario_of, upkeep
from bot.views.of_payback import payback
from bot.views.of_situations import first_year
from bot.views.of_the_chart import on_chart
from bot.views.of_what_is_counted import is_counted
from core.told.ledger import Option
from core.wording import money
from tests.support.consulted import FEW, standing

BATCHES: Mapping[str, Any] = {"calls_per_month": 1_000_000, "assumptions.batch_share": 0.5}
OWN: Mapping[str, Any] = {"data_may_leave": False, "calls_per_month": 14_000_000}
REPEATED: Mapping[str, Any] = {"assumptions.batch_share": 0.5, "assumptions.retry_rate": 0.1}


def said(parts: Iterable[Part | None]) -> str:
    shown = message(Document(tuple(part for part in parts if part is not None)))
    return "\n".join(texts(shown.blocks))


def of(more: Mapping[str, Any]) -> Standing:
    return standing({**FEW, **more})


@pytest.mark.parametrize(
    ("more", "name", "figure"),
    [
        ({"calls_per_month": 80_000}, "cheaper_model", "3.63M"),
        (BATCHES, "prompt", "198k"),
        (BATCHES, "prompt_cached", "388k"),
        (BATCHES, "cheaper_model", "4.84M"),
    ],
)
def test_two_options_are_said_to_cost_the_same_where_they_do(
    more: Mapping[str, Any], name: str, figure: str
) -> None:
    """Worked out by bisection on the ledger: 3,625,677, 197,720, 387,508 and 4,834,236 calls, rounded up."""
    found = same_cost(of(more), (name, "hosted"))
    assert re.search(rf"cost the same (a month )?at (about )?{re.escape(figure)} calls", found)


def test_options_that_never_cost_the_same_are_said_to() -> None:
    assert same_cost(of({}), ("prompt", "cheaper_model")) == (
        "“Cheaper model: GPT-6 Luna” and “Prompt: GPT-6.1 Terra” cost the same a month at no number of calls: "
        "“Cheaper model: GPT-6 Luna” costs less at any."
    )
    prices = {f"assumptions.{who}price_{way}": 2 for who in ("", "cheaper_") for way in ("in", "out")}
    alike = same_cost(of(prices | {"assumptions.prompt_tokens": 100}), ("prompt", "cheaper_model"))
    assert alike.endswith("cost the same a month at any number of calls.")
    assert same_cost(of({}), ("prompt",)) == same_cost(of({}), ("prompt", "self_hosted_prompted")) == ""


def test_an_option_of_which_not_all_is_known_is_said_to_be_one() -> None:
    unmeasured = {"assumptions.model_size": "3B", "assumptions.gpu": "L4"}
    found = same_cost(of(unmeasured), ("self_hosted", "cheaper_model"))
    assert "nobody can say" in found
    assert "self-hosted" in found.partition("what ")[2]


def test_where_servers_are_added_it_is_the_last_place_that_is_said() -> None:
    """One server serves 1.46M calls: before that it has become cheaper than the prompt, and two are not at once."""
    slow = {"decode_tokens_per_second": 1000, "prompt_tokens": 4000, "on_call_hours": 0}
    stands = of({f"assumptions.{key}": value for key, value in slow.items()})
    places = stands.advice.ledger.meetings("prompt", "self_hosted").places
    assert [(place.cheaper, place.jumps) for place in places] == [
        ("self_hosted", False),
        ("prompt", True),
        ("self_hosted", False),
    ]
    found = same_cost(stands, ("prompt", "self_hosted"))
    assert found.startswith(
        "Which of “Prompt: GPT-6.1 Terra” and “Fine-tune, self-hosted: 8B on H100” costs less"
    )
    assert found.endswith("from about 1.63M calls on it is “Fine-tune, self-hosted: 8B on H100”.")


def both(stands: Standing) -> tuple[Option, Option]:
    scenario = scenario_of(stands)
    assert scenario.best_tuned is not None
    assert scenario.baseline is not None
    return scenario.best_tuned, scenario.baseline


@pytest.mark.parametrize("more", [{}, BATCHES, REPEATED, OWN, OWN | {"prompt_examples": 2}])
def test_what_calls_cost_and_what_stands_beside_them_add_up_to_the_month(more: Mapping[str, Any]) -> None:
    stands = of(more)
    tuned, now = both(stands)
    text = said(first_year(stands))
    for option in (tuned, now):
        assert option.month is not None
        assert option.beside_calls is not None
        assert option.for_calls + option.beside_calls == option.month
        priced = stands.advice.ledger.option(option.name)
        assert priced is not None
        if option.name.startswith("self_hosted"):
            assert option.for_calls > 0
            assert "its share of the servers" in text
        else:
            assert abs(option.for_calls - priced.cost.billed) < Decimal("1e-6")
    assert f"{money(tuned.beside_calls or 0)}, with the prompt {money(now.beside_calls or 0)}" in text
    assert "-$" not in text
    up_front, month, year = (
        (getattr(tuned, key) or 0) - (getattr(now, key) or 0) for key in ("up_front", "month", "first_year")
    )
    assert abs(up_front + 12 * month - year) < Decimal("1e-6")
    assert f"{money(abs(year))} {'dearer' if year > 0 else 'cheaper'}" in text


def test_a_call_in_a_batch_is_told_with_its_discount() -> None:
    """$0.00142 x 1.1 for the repeats, half of them at half the price."""
    assert "and $0.00117 with the prompt" in said(first_year(of(REPEATED)))


def test_repeated_calls_are_counted_where_any_are() -> None:
    text = said(is_counted(of({"assumptions.retry_rate": 0.02}), "retries"))
    assert "Yes, in “Prompt: GPT-6.1 Terra”" in text
    assert "2% of the calls are repeated" in text
    assert "Not in “Fine-tune, self-hosted: 8B on H100”" in text
    none = said(is_counted(of({}), "retries"))
    assert "No, there is no line for repeated calls" in none
    own = said(is_counted(of(OWN | {"assumptions.retry_rate": 0.02}), "retries"))
    assert "No, there is no line for repeated calls" in own


def test_one_server_more_costs_its_part_of_those_that_there_are() -> None:
    stands = of(OWN | {"assumptions.min_replicas": 4})
    tuned, _ = both(stands)
    (line,) = [line for line in tuned.lines if line.servers]
    text = said(is_counted(stands, "spare"))
    assert "for 4 replicas: when one stops, fewer are left" in text
    assert f"One more would add {money(line.amount / 4)} a month" in text


def test_training_anew_and_examples_to_make_are_found_whatever_they_are_called() -> None:
    stands = of({"assumptions.labels_to_buy": 120, "assumptions.minimum_training_fee": 300})
    shown = said(upkeep(stands))
    tuned, _ = both(stands)
    each = sum(line.amount for line in tuned.lines if line.label.split(",")[0].endswith("anew")) * 6
    assert f"One round costs about {money(each)}" in shown
    assert "Examples to make: 120 examples" in said(payback(stands, "labelling"))


def test_a_line_of_the_chart_rises_by_what_is_paid_by_the_call_with_its_discount() -> None:
    stands = of(REPEATED)
    text = said(on_chart(stands, "slope"))
    for option in scenario_of(stands).options:
        priced = stands.advice.ledger.option(option.name)
        assert priced is not None
        if option.name == "self_hosted":
            assert "the servers cost the same until the calls need one more" in text
        elif option.name in ("cheaper_model", "hosted"):
            assert f"{money(Decimal(priced.cost.billed))} of its {money(option.month or 0)} a month" in text


def test_what_a_search_adds_is_what_the_ledger_makes_of_longer_prompts() -> None:
    """1M calls a month, each made 1.1 times, at $1 per 1M tokens; half of them at half the price."""
    assert "count $825 a month for each 1,000 tokens" in said(of_a_search(of(BATCHES | REPEATED), ()))
