"""Which other model or base would change the verdict."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.advice import Advice, advise
from core.answers import CaseError
from core.case import read_case
from core.costs.estimate import MUCH_SMALLER
from core.facts import MODEL
from core.policy import policy_on
from core.prices.calling import beside_the_library, smaller_model
from core.prices.catalogue import tuning, why_not_tunable
from core.prices.names import model_name
from tests.support.cases import ASSUMED
from tests.support.consulted import FEW, MANY, NOW
from tests.support.examples import examples

DAY = NOW.date()


def advice_on(case: dict[str, Any]) -> Advice:
    return advise(read_case(case), on=DAY, policy=policy_on(DAY))


def named(advice: Advice) -> list[tuple[str, Any, Any]]:
    return [(f.input, f.to, f.verdict) for f in advice.flips if f.input in ("model", "base")]


@pytest.mark.parametrize(
    "case", [MANY, FEW, MANY | {"labelled_examples": 0}, MANY | {"calls_per_month": 400_000}]
)
def test_every_name_that_is_given_was_tried(case: dict[str, Any]) -> None:
    advice = advice_on(case)
    for key, name, verdict in named(advice):
        assert verdict != advice.verdict
        assert advice_on(case | {"assumptions": {key: name}}).verdict == verdict


def models() -> set[str]:
    """Those that our dated table names on the day, and today's usual one."""
    smaller = [smaller_model(f"{entry.provider}:", on=DAY) for entry in beside_the_library().smaller]
    return {MODEL, *(entry.model for entry in smaller if entry is not None)}


def bases() -> set[str]:
    """Those that anybody can tune on the day and that have every price."""
    offered = [base for base in tuning().base if why_not_tunable(base, on=DAY, named=False) is None]
    return {base.name for base in offered if not base.prices_on(DAY).unknown}


FIGURES_AND_RANGES = st.fixed_dictionaries(
    {
        "calls_per_month": st.sampled_from(
            [
                120_000,
                900_000,
                3_000_000,
                80_000_000,
                [300_000, 900_000],
                [2_000_000, 3_000_000],
                [10**6, None],
            ]
        ),
        "labelled_examples": st.sampled_from([0, 400, 6000, [200, 400], [40, 60], [600, None]]),
        "cheaper_model_enough": st.booleans(),
        "data_may_leave": st.sampled_from([True, True, "answers_only"]),
        "assumptions": ASSUMED,
    }
)


@examples(6, 60)
@given(FIGURES_AND_RANGES)
def test_a_name_is_given_if_and_only_if_it_changes_the_verdict(drawn: dict[str, Any]) -> None:
    case: dict[str, Any] = MANY | drawn
    advice = advice_on(case)
    given = {(key, name): verdict for key, name, verdict in named(advice)}
    bases_count = case["data_may_leave"] is True
    for key, names in (("model", models()), ("base", bases() if bases_count else set())):
        now = advice.ledger.assumptions[key].value
        for name in sorted(names):
            if model_name(name) == model_name(str(now)):
                assert (key, name) not in given
                continue
            try:
                verdict = advice_on(case | {"assumptions": case["assumptions"] | {key: name}}).verdict
            except CaseError:
                continue
            assert given.get((key, name), advice.verdict) == verdict, (key, name)
    assert {name for key, name in given if key == "model"} <= models()
    assert {name for key, name in given if key == "base"} <= bases()


def test_a_cheaper_model_today_and_a_dearer_base_would_end_the_tuning() -> None:
    found = named(advice_on(MANY))
    assert ("model", "openai:gpt-6-luna", "keep_prompting") in found
    assert ("base", "azure:gpt-4.1", "keep_prompting") in found
    assert all(name != "aws:amazon.nova-micro" for key, name, _ in found if key == "base")


def test_names_change_nothing_where_no_price_is_looked_at_or_all_are_the_team_s_own() -> None:
    assert named(advice_on(MANY | {"data_may_leave": False})) == []
    assert named(advice_on(MANY | {"reasons": ["quality"], "quality_now": 0.8, "misses": "behaviour"})) == []
    own = {"price_in": 1, "tuned_price_in": 0.1, "tuned_price_out": 0.2, "train_price": 1}
    assert named(advice_on(MANY | {"assumptions": own})) == []


def test_a_base_that_may_not_be_trained_with_the_data_is_not_named() -> None:
    found = named(advice_on(MANY | {"data_may_leave": "answers_only", "calls_per_month": 9_000_000}))
    assert all(key == "model" for key, _, _ in found)


def test_a_base_of_a_much_smaller_class_is_marked() -> None:
    hosted = advice_on(MANY).ledger.option("hosted")
    assert hosted is not None
    assert f"Nova Micro on AWS {MUCH_SMALLER}" in hosted.notes
    alike = advice_on(MANY | {"assumptions": {"base": "azure:gpt-4.1"}}).ledger.option("hosted")
    assert alike is not None
    assert not any(MUCH_SMALLER in note for note in alike.notes)


def test_where_hosting_is_billed_by_the_hour_the_length_of_the_month_is_said() -> None:
    azure = advice_on(MANY | {"assumptions": {"base": "azure:gpt-4.1"}}).ledger.option("hosted")
    assert azure is not None
    assert "A month has 730 hours here; a sum that was published for 720 is 1.4% lower" in azure.notes
