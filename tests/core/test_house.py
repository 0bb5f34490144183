"""What a workspace sets for all of its consultations: what it may be, what it changes, and what it must not."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.advice import Advice, advise
from core.answers import Answers, AssumptionValue, CaseError
from core.case import read_case
from core.costs.estimate import estimate
from core.costs.sources import THE_HOUSE, THE_TEAM
from core.facts import ASSUMPTIONS, THRESHOLDS, with_house
from core.house import (
    GROUPS,
    KEYS,
    House,
    check_house,
    check_setting,
    described,
    exact,
    house_of,
    in_words,
    priced,
)
from core.policy import policy_on, thresholds
from core.told import told_ledger
from tests.support.cases import TO_THE_END
from tests.support.examples import examples

DAY = datetime.date(2026, 11, 23)
ONLY_COST = TO_THE_END | {"quality_now": 0.95, "quality_target": 0.9, "reasons": ["cost"]}
HAIKU = "anthropic:claude-haiku-4-5"


def advised(case: dict[str, Any], own: dict[str, Any]) -> Advice:
    """The advice on a case in a workspace with settings of its own."""
    house = check_house(own, on=DAY)
    answers = replace(read_case(case), house=house.assumptions)
    return advise(answers, on=DAY, policy=house.policy_on(DAY))


def tried(key: str, value: Any) -> Decimal | str | CaseError:
    """One setting, or why it is refused."""
    try:
        return check_setting(key, value)
    except CaseError as refused:
        return refused


def merged(
    stated: dict[str, AssumptionValue], house: dict[str, AssumptionValue]
) -> dict[str, AssumptionValue]:
    return dict(with_house(stated, house))


def test_every_threshold_and_assumption_can_be_set_and_stands_in_one_group() -> None:
    assert len(KEYS) == len(set(KEYS))
    assert set(KEYS) == {*thresholds(), *ASSUMPTIONS}
    assert all(len(group.keys) <= 20 for group in GROUPS)


def test_every_setting_says_what_it_is_and_what_holds_without_it() -> None:
    for key in KEYS:
        about = described(key, on=DAY)
        assert about.name
        assert about.value is not None or about.words
    names = [described(key, on=DAY).name for key in KEYS]
    assert len(names) == len(set(names))


def test_a_threshold_s_default_comes_with_its_source() -> None:
    assert all(described(key, on=DAY).source for key in THRESHOLDS)


def test_a_price_s_default_is_that_of_the_workspace_s_own_model() -> None:
    ours = priced(House(), on=DAY)["price_cached"]
    theirs = priced(house_of({"model": HAIKU, "price_cached": 3}), on=DAY)["price_cached"]
    assert ours.value != theirs.value
    assert "genai-prices" in theirs.source


def test_defaults_are_said_in_words_where_only_the_workspace_knows_the_price_of_its_model() -> None:
    own = house_of({"model": "acme:own-1", "price_in": 1, "price_out": 2})
    assert priced(own, on=DAY)["price_in"].words


@pytest.mark.parametrize(
    ("own", "at_fault", "expected"),
    [
        ({"closable_gap": 1.1}, "closable_gap", "from 0% to 100%"),
        ({"closable_gap": 0.4}, "closable_gap", "over 40% of the target"),
        ({"redefine_at": 0.85}, "redefine_at", "under 85% of the target"),
        ({"redefine_at": 0.7, "closable_gap": 0.6}, "closable_gap", "over 70%"),
        ({"low_volume": 2_000_000}, "low_volume", "at most 1,000,000 calls a month"),
        ({"high_volume": 10}, "high_volume", "at least 100,000 calls a month"),
        ({"iteration_weeks_low": 5}, "iteration_weeks_low", "at most 4 weeks"),
        ({"enough_labels": 0}, "enough_labels", "a whole number from 1"),
        ({"enough_examples": 5.5}, "enough_examples", "a whole number"),
        ({"horizon_months": 0}, "horizon_months", "a number from 0.1 to 600"),
        ({"low_volume": "many"}, "low_volume", "a number from 0"),
        ({"engineer_per_hour": -1}, "engineer_per_hour", "an amount in dollars, 0 or more"),
        ({"fixed_share": 1.5}, "fixed_share", "a share from 0% to 100%"),
        ({"utilisation": 0}, "utilisation", "a share over 0%"),
        ({"model": "gpt"}, "model", "provider:model"),
        ({"model": "openai:gpt-nonesuch"}, "model", "a known price"),
        ({"cheaper_model": "openai:gpt-nonesuch"}, "cheaper_model", "a known price"),
        ({"provider": "nobody"}, "provider", "a provider that we know"),
        ({"base": "nothing"}, "base", "a base in our tuning catalogue"),
        ({"magic": 1}, "magic", "a setting that there is"),
        ({"labels": 1}, "labels", "a setting that there is"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_by_name(
    own: dict[str, Any], at_fault: str, expected: str
) -> None:
    with pytest.raises(CaseError) as refused:
        check_house(own, on=DAY)
    assert refused.value.key == at_fault
    assert expected in refused.value.expected


@pytest.mark.parametrize(
    "own",
    [
        {},
        {"closable_gap": 1},
        {"redefine_at": 0},
        {"low_volume": 1_000_000},
        {"low_volume": 0, "high_volume": 0},
        {"model": "acme:own-1", "price_in": 1, "price_out": 2},
        {"base": "own", "train_price": 1, "tuned_price_in": 1, "tuned_price_out": 1},
        {"model": HAIKU, "engineer_per_hour": 80.5, "gpu": "B300"},
    ],
)
def test_settings_that_fit_one_another_are_taken(own: dict[str, Any]) -> None:
    house = check_house(own, on=DAY)
    assert house.to_json() == own
    assert house_of(house.to_json()) == house


@examples(25, 200)
@given(st.sampled_from(KEYS), st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=9))
def test_whatever_is_tried_as_a_setting_is_taken_or_refused_by_name(key: str, value: Any) -> None:
    taken = tried(key, value)
    if isinstance(taken, CaseError):
        assert (taken.key, bool(taken.expected)) == (key, True)
    else:
        assert in_words(key, taken)


def test_the_workspace_s_thresholds_move_the_verdict_and_say_whose_they_are() -> None:
    few = TO_THE_END | {"prompt_examples": 3}
    assert advised(few, {}).verdict == "prompt_first"
    own = advised(few, {"enough_examples": 3})
    assert own.verdict != "prompt_first"
    assert own.reasons[1].threshold == "at least 3 examples in the prompt, your team's setting"
    assert "your team's setting" not in (own.reasons[2].threshold or "")


def test_a_workspace_s_horizon_is_its_own_in_the_ledger_and_in_the_reasons() -> None:
    case = ONLY_COST | {"calls_per_month": 10**7}
    own = advised(case, {"horizon_months": 24})
    assumed = own.ledger.assumptions["horizon_months"]
    assert (assumed.value, assumed.default, assumed.source) == (Decimal(24), False, THE_HOUSE)
    payback = next(reason for reason in own.reasons if reason.question == "calls_per_month")
    assert "your team's setting" in (payback.threshold or "")
    stated = advised(case | {"assumptions": {"horizon_months": 6}}, {"horizon_months": 24})
    assert stated.ledger.assumptions["horizon_months"].source == THE_TEAM


def test_a_workspace_s_assumption_stands_beneath_what_is_stated() -> None:
    own = {"engineer_per_hour": 150, "output_tokens": 300}
    advice = advised(ONLY_COST | {"calls_per_month": 10**6, "assumptions": {"output_tokens": 80}}, own)
    assumed = advice.ledger.assumptions
    assert (assumed["engineer_per_hour"].value, assumed["engineer_per_hour"].default) == (150, False)
    assert assumed["engineer_per_hour"].source == THE_HOUSE
    assert (assumed["output_tokens"].value, assumed["output_tokens"].source) == (80, THE_TEAM)
    assert assumed["prompt_tokens"].default
    shown = told_ledger(advice.ledger).to_json()["assumptions"]
    assert shown["engineer_per_hour"] == {"value": 150, "default": False, "setting": True}
    assert shown["output_tokens"] == {"value": 80, "default": False}


def test_the_lines_of_the_ledger_name_the_workspace_as_the_source() -> None:
    advice = advised(ONLY_COST | {"calls_per_month": 10**6}, {"engineer_per_hour": 150, "price_in": 2})
    prompt = advice.ledger.option("prompt")
    assert prompt is not None
    sources = {line.label: line.source for line in prompt.lines}
    assert THE_HOUSE in sources["Upkeep"]
    assert sources["Fixed prompt tokens"] == THE_HOUSE
    assert all(THE_TEAM not in source for source in sources.values())


def test_a_workspace_s_model_and_tokens_do_not_count_as_given_in_a_consultation() -> None:
    case = ONLY_COST | {"calls_per_month": 50_000}
    given_here = {"model": "openai:gpt-6.1-sol", "prompt_tokens": 200_000, "output_tokens": 5_000}
    assert advised(case | {"assumptions": given_here}, {}).verdict != "keep_prompting"
    assert advised(case, given_here).verdict == "keep_prompting"
    assert advised(case, given_here).walk.has_too_few_calls
    two = {key: given_here[key] for key in ("model", "prompt_tokens")}
    assert advised(case | {"assumptions": two}, {"output_tokens": 5_000}).verdict == "keep_prompting"


@pytest.mark.parametrize(
    ("stated", "house", "left"),
    [
        ({"model": HAIKU}, {"price_in": Decimal(1), "price_cached": Decimal(1)}, {"model"}),
        ({"model": HAIKU}, {"model": HAIKU, "price_in": Decimal(1)}, {"model", "price_in"}),
        ({"model": HAIKU.upper()}, {"model": HAIKU, "price_in": Decimal(1)}, {"model", "price_in"}),
        ({"model": "openai:gpt-6.1-terra"}, {"price_in": Decimal(1)}, {"model", "price_in"}),
        ({"model": HAIKU}, {"cheaper_model": "openai:x", "cheaper_price_in": Decimal(1)}, {"model"}),
        ({"base": "a"}, {"train_price": Decimal(1), "provider": "openai"}, {"base"}),
        ({"provider": "openai"}, {"base": "a", "tuned_price_in": Decimal(1)}, {"provider"}),
        ({"gpu": "B300"}, {"gpu_per_hour": Decimal(1), "min_replicas": Decimal(2)}, {"gpu", "min_replicas"}),
        ({"prompt_tokens": Decimal(9)}, {"price_in": Decimal(1)}, {"prompt_tokens", "price_in"}),
    ],
)
def test_a_price_is_for_what_the_workspace_set_it_for(
    stated: dict[str, AssumptionValue], house: dict[str, AssumptionValue], left: set[str]
) -> None:
    assert set(merged(stated, house)) == left
    assert {key: merged(stated, house)[key] for key in stated} == stated


def test_a_consultation_on_another_model_pays_that_model_s_price() -> None:
    case = ONLY_COST | {"calls_per_month": 10**6, "assumptions": {"model": HAIKU}}
    own = advised(case, {"price_in": 99, "price_out": 99})
    assert told_ledger(own.ledger) == told_ledger(advised(case, {}).ledger)


VALUES = {
    "engineer_per_hour": st.integers(1, 500),
    "prompt_tokens": st.integers(100, 20_000),
    "output_tokens": st.integers(10, 2_000),
    "price_in": st.integers(1, 30),
    "tuning_hours": st.integers(0, 400),
    "gpu_per_hour": st.integers(1, 20),
    "train_price": st.integers(1, 30),
}


@examples(15, 100)
@given(st.fixed_dictionaries({}, optional=VALUES), st.integers(0, 10**8))
def test_a_workspace_s_figures_cost_what_the_same_figures_cost_when_stated(
    own: dict[str, int], calls: int
) -> None:
    figures = {key: Decimal(value) for key, value in own.items()}
    here = Answers(house=MappingProxyType(figures))
    stated = Answers(assumptions=MappingProxyType(figures))
    policy = policy_on(DAY)
    both = [estimate(answers, on=DAY, policy=policy, calls=Decimal(calls)) for answers in (here, stated)]
    for one, other in zip(both[0].options, both[1].options, strict=True):
        assert (one.option, one.month, one.up_front) == (other.option, other.month, other.up_front)
        assert (one.pays_back, one.crossover_calls) == (other.pays_back, other.crossover_calls)


def test_flips_of_a_workspace_s_figures_are_those_of_the_same_figures_stated() -> None:
    case = ONLY_COST | {"calls_per_month": 10**7}
    figures = {"engineer_per_hour": 120, "train_price": 3, "prompt_tokens": 3_000}
    here, stated = advised(case, figures), advised(case | {"assumptions": figures}, {})
    assert here.verdict == stated.verdict
    assert here.flips == stated.flips
    assert here.confidence == stated.confidence


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("closable_gap", "0.855", "85.5% of the target"),
        ("low_volume", "100000", "100,000 calls a month"),
        ("engineer_per_hour", "120", "$120 an hour"),
        ("price_in", "0.5", "$0.50 per 1M tokens"),
        ("price_cached", "0.0125", "$0.0125 per 1M tokens"),
        ("fixed_share", "1", "100% of the prompt"),
        ("peak_factor", "3", "3 times the average"),
    ],
)
def test_a_setting_is_said_with_its_unit_and_all_of_its_digits(key: str, value: str, words: str) -> None:
    assert in_words(key, Decimal(value)) == words


def test_a_number_is_written_with_the_digits_it_has() -> None:
    assert [exact(Decimal(n)) for n in ("100", "1E+2", "0.10", "1234.5")] == ["100", "100", "0.1", "1,234.5"]
