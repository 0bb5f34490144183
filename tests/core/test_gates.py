"""Gates: what takes an option away, why, and where that is from; on the day of the consultation."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from core.advice import Advice, advise
from core.case import read_case
from core.costs.lines import AT_A_PROVIDER
from core.policy import policy_on
from core.told import told

DAY = datetime.date(2026, 11, 23)
TO_THE_END: dict[str, Any] = {
    "data_may_leave": True,
    "prompt_examples": 10,
    "quality_now": 0.96,
    "quality_target": 0.95,
    "reasons": ["cost"],
    "calls_per_month": 3_000_000,
    "cheaper_model_enough": False,
    "can_wait": True,
    "labelled_examples": 400,
    "per_request_instructions": False,
}


def advice_on(changes: Mapping[str, Any], on: datetime.date = DAY, **overrides: Decimal) -> Advice:
    return advise(read_case(TO_THE_END | dict(changes)), on=on, policy=policy_on(on, overrides))


def reasons(advice: Advice) -> dict[str, str]:
    return {removed.option: removed.because for removed in advice.removed}


def test_data_that_may_not_leave_takes_every_provider_away() -> None:
    advice = advice_on({"data_may_leave": False})
    assert tuple(reasons(advice)) == AT_A_PROVIDER
    assert all("may not leave" in because for because in reasons(advice).values())


@pytest.mark.parametrize(
    ("labelled", "says"),
    [
        (20, "You have 20 reviewed examples; tuning needs at least 50."),
        (1, "You have 1 reviewed example; tuning needs at least 50."),
        (0, "You have no reviewed examples; tuning needs at least 50."),
        (49, "You have 49 reviewed examples; tuning needs at least 50."),
        ([10, 40], "You have at most 40 reviewed examples; tuning needs at least 50."),
    ],
)
def test_too_few_labels_take_tuning_away_and_leave_its_price(labelled: Any, says: str) -> None:
    advice = advice_on({"labelled_examples": labelled})
    assert reasons(advice) == {"hosted": says, "self_hosted": says}
    assert all("Supervised fine-tuning" in (removed.source or "") for removed in advice.removed)
    assert advice.ledger.option("hosted") is not None
    assert not advice.ledger.removed


@pytest.mark.parametrize("labelled", [50, 400, [40, 60], [10, None], None])
def test_enough_labels_or_perhaps_enough_take_nothing_away(labelled: Any) -> None:
    assert reasons(advice_on({"labelled_examples": labelled})) == {}


def test_the_workspaces_own_number_of_labels_counts_and_is_called_that() -> None:
    advice = advice_on({}, enough_labels=Decimal(500))
    assert {removed.source for removed in advice.removed} == {"your workspace's setting"}
    assert "at least 500" in reasons(advice)["self_hosted"]


def test_too_few_labels_for_data_that_stays_in_take_own_tuning_away_too() -> None:
    advice = advice_on({"data_may_leave": False, "labelled_examples": 20})
    assert "20 reviewed examples" in reasons(advice)["self_hosted"]
    assert "may not leave" in reasons(advice)["hosted"]


MINI = {"assumptions": {"base": "openai:gpt-4.1-mini"}}


@pytest.mark.parametrize(
    ("on", "until"),
    [
        (datetime.date(2026, 11, 23), "1.7 months from now"),
        (datetime.date(2026, 12, 1), "1.4 months from now"),
        (datetime.date(2027, 1, 6), "8 days from now"),
    ],
)
def test_a_base_that_retires_before_the_money_is_back_is_no_choice(on: datetime.date, until: str) -> None:
    advice = advice_on(MINI, on)
    assert reasons(advice) == {
        "hosted": f"GPT-4.1 mini retires on 2027-01-14, {until}; the money would be back after 10 months."
    }
    assert "https://developers.openai.com/api/docs/deprecations" in (advice.removed[0].source or "")
    hosted = advice.ledger.option("hosted")
    assert hosted is not None, "it is priced all the same"
    assert hosted.pays_back is False


def test_a_base_whose_money_is_back_before_it_retires_stays() -> None:
    """Two months of life: back after less than one of them at 100M calls."""
    assert reasons(advice_on(MINI | {"calls_per_month": 100_000_000})) == {}


def test_money_that_is_back_in_the_last_half_of_the_life_is_no_gate_though_it_does_not_pay_back() -> None:
    hosted = {"base": "openai:gpt-4.1-mini", "model": "openai:gpt-6.1-sol"}
    advice = advice_on({"calls_per_month": 6_000_000, "assumptions": hosted})
    found = advice.ledger.option("hosted")
    assert found is not None
    assert found.payback_months is not None
    assert Decimal("0.85") < found.payback_months < Decimal("1.7")
    assert found.pays_back is False
    assert reasons(advice) == {}


def test_a_base_that_retires_soon_and_never_saves_anything_is_no_choice() -> None:
    advice = advice_on(MINI | {"calls_per_month": 100_000})
    assert reasons(advice)["hosted"].endswith("1.7 months from now; the money would never be back.")


def test_with_the_calls_unknown_the_gate_holds_at_both_example_volumes_or_not_at_all() -> None:
    unknown = {key: value for key, value in TO_THE_END.items() if key != "calls_per_month"}
    case = unknown | {"labelled_examples": 400} | MINI
    assert "retires on" in reasons(advise(read_case(case), on=DAY))["hosted"]


def test_a_base_that_is_no_choice_at_one_example_volume_alone_stays() -> None:
    """It outlives a horizon of one month, and so is no choice only at the volume where the money would be back."""
    unknown = {key: value for key, value in TO_THE_END.items() if key != "calls_per_month"}
    advice = advise(read_case(unknown | {"assumptions": MINI["assumptions"] | {"horizon_months": 1}}), on=DAY)
    few, many = (scenario.options for scenario in advice.ledger.scenarios)
    back = [next(o.payback_months for o in options if o.option == "hosted") for options in (few, many)]
    assert back[0] is None
    assert back[1] is not None
    assert "hosted" not in reasons(advice)


def test_a_stated_life_is_the_teams_own_and_no_announced_retirement() -> None:
    assert reasons(advice_on({"assumptions": {"base": "openai:gpt-4.1-mini", "base_life_months": 2}})) == {}


@pytest.mark.parametrize(
    ("base", "on", "says"),
    [
        ("openai:gpt-4.1-mini", datetime.date(2027, 1, 7), "could be tuned until 2027-01-06 only"),
        ("openai:gpt-4.1-mini", datetime.date(2027, 1, 13), "could be tuned until 2027-01-06 only"),
        ("openai:gpt-4.1-mini", datetime.date(2027, 1, 14), "retired on 2027-01-14"),
        ("openai:gpt-4.1-nano", datetime.date(2026, 10, 23), "retired on 2026-10-23"),
        ("google:gemini-2.5-flash", datetime.date(2026, 10, 20), "retired on 2026-10-20"),
    ],
)
def test_a_base_that_can_no_longer_be_tuned_on_the_day_is_left_out(
    base: str, on: datetime.date, says: str
) -> None:
    advice = advice_on({"assumptions": {"base": base}}, on)
    assert advice.ledger.option("hosted") is None
    assert says in reasons(advice)["hosted"]
    assert advice.removed[0].source


@pytest.mark.parametrize("base", ["openai:gpt-4.1-nano", "google:gemini-2.5-flash"])
def test_the_day_before_it_retires_it_can_still_be_priced(base: str) -> None:
    day = {"openai": datetime.date(2026, 10, 22), "google": datetime.date(2026, 10, 19)}[
        base.partition(":")[0]
    ]
    advice = advice_on({"assumptions": {"base": base}}, day)
    assert advice.ledger.option("hosted") is not None
    assert "1 day from now" in reasons(advice)["hosted"]


@pytest.mark.parametrize(
    ("provider", "says"),
    [
        ("openai", "gpt-4o-2024-08-06 could be tuned until 2027-01-06 only"),
        ("cohere", "Fine-tuning was deprecated on 2025-09-15."),
        ("anthropic", "There is no public tuning API"),
    ],
)
def test_a_provider_with_nothing_left_to_tune_is_left_out_with_its_source(provider: str, says: str) -> None:
    advice = advice_on({"assumptions": {"provider": provider}}, datetime.date(2027, 1, 7))
    assert says in reasons(advice)["hosted"]
    assert advice.removed[0].source


def test_every_removed_option_is_in_the_output_with_reason_and_source() -> None:
    for changes in (
        MINI,
        {"labelled_examples": 20},
        {"data_may_leave": False},
        {"assumptions": {"prompt_tokens": 1000}},
    ):
        advice = advice_on(changes)
        shown = told(advice).to_json()["removed"]
        assert shown
        assert len(shown) == len(advice.removed)
        for one in shown:
            assert one.keys() == {"option", "because", "source"}
            assert all(one.values())


def test_data_that_may_only_be_answered_takes_away_tuning_at_a_provider_and_nothing_else() -> None:
    advice = advice_on({"data_may_leave": "answers_only"})
    assert reasons(advice) == {"hosted": "The data may not be used to train a provider's model."}
    assert [option.option for option in advice.ledger.options] == [
        "prompt", "prompt_cached", "cheaper_model", "self_hosted",
    ]  # fmt: skip
    assert advice.ledger.baseline == "prompt_cached"


def test_whether_it_pays_back_is_then_a_matter_of_own_servers() -> None:
    assert advice_on({}).verdict == "fine_tune"
    assert advice_on({"data_may_leave": "answers_only"}).verdict == "keep_prompting"
    own = {"gpu_per_hour": "0.10", "on_call_hours": 0}
    cheap = {"data_may_leave": "answers_only", "assumptions": {key: Decimal(v) for key, v in own.items()}}
    assert advice_on(cheap).verdict == "fine_tune"
