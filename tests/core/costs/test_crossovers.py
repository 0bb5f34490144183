"""Where options cost the same, and which outcomes a range of calls can have."""

from __future__ import annotations

import json
import math
import random
import re
import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.answers import Answers
from core.case import read_case
from core.costs.arithmetic import QUICK
from core.costs.compare import EVERY_OUTCOME, Outcome
from core.costs.cost import Cost, cost
from core.costs.estimate import WINDOW, estimate
from core.costs.figures import Figures
from core.costs.kinds import FOLLOWS_CALLS
from core.costs.ledger import Option
from core.costs.lines import ON_SERVERS, servers_per_call
from core.costs.payback import Payback
from core.told import told_ledger
from tests.support.examples import examples
from tests.support.worked import DAY, POLICY
from tests.support.worked import option as one_of

D = Decimal


def at(answers: Answers, calls: D) -> dict[str, Option]:
    made = estimate(answers, on=DAY, policy=POLICY, calls=calls, prompt_is_built=True)
    return {option.option: option for option in made.options}


def baseline_month(options: dict[str, Option]) -> D:
    return min(options[name].month.amount for name in ("prompt", "prompt_cached") if name in options)


def number(low: float, high: float) -> st.SearchStrategy[float]:
    """Spread evenly over the orders of magnitude."""
    return st.floats(math.log(low), math.log(high)).map(lambda x: float(f"{math.exp(x):.5g}"))


STATED: dict[str, st.SearchStrategy[Any]] = {
    "model": st.sampled_from(
        [
            "openai:gpt-6.1-terra",
            "openai:gpt-6-luna",
            "anthropic:claude-opus-5-5",
            "google:gemini-3.5-flash",
            "x-ai:grok-4",
        ]
    ),
    "prompt_tokens": number(50, 30_000).map(int),
    "output_tokens": number(10, 2000).map(int),
    "fixed_share": st.floats(0, 1).map(lambda x: round(x, 2)),
    "cache_hit_rate": st.floats(0, 1).map(lambda x: round(x, 2)),
    "tuning_hours": st.integers(0, 300),
    "retrain_hours": st.integers(0, 60),
    "on_call_hours": st.integers(0, 20),
    "upkeep_hours": st.integers(0, 20),
    "decode_tokens_per_second": number(10, 30_000),
    "gpu_per_hour": number(0.1, 10),
    "price_per_label": number(0.1, 100),
    "min_replicas": st.integers(1, 4),
    "epochs": st.integers(1, 9),
    "runs": st.integers(1, 9),
    "tokens_per_example": number(10, 100_000).map(int),
    "training_examples": st.sampled_from([50, 2000, 9000]),
    "provider": st.sampled_from(["azure", "openai", "aws"]),
    "model_size": st.sampled_from(["8B", "3B"]),
    "minimum_training_fee": number(1, 500),
    "train_price": number(0.1, 100),
    "hosting_per_hour": number(0.01, 3),
    "cheaper_price_in": number(0.01, 2),
    "cheaper_price_out": number(0.05, 5),
    "base_life_months": st.integers(-1, 40),
    "horizon_months": st.integers(1, 36),
    "retry_rate": st.sampled_from([0, 0.2]),
    "batch_share": st.sampled_from([0, 0.5]),
}
cases = st.fixed_dictionaries({}, optional=STATED).map(lambda stated: read_case({"assumptions": stated}))


@examples(25, 100)
@given(cases, number(1, 1e9))
def test_a_total_is_the_sum_of_its_lines_and_holds_nothing_that_is_no_number(
    answers: Answers, calls: float
) -> None:
    made = estimate(answers, on=DAY, policy=POLICY, calls=D(repr(calls)))
    for option in made.options:
        for per, total in (("month", option.month), ("up front", option.up_front)):
            amounts = [line.quantity * line.unit_price for line in option.lines if line.per == per]
            assert abs(total.amount - sum(amounts)) <= D("1e-20") * sum(map(abs, amounts))
            assert total.at_least == any(unknown.per == per for unknown in option.unknown)
        assert option.first_year.amount == option.up_front.amount + 12 * option.month.amount
    json.dumps(told_ledger(made).to_json(), allow_nan=False)


@examples(25, 100)
@given(cases, number(1, 1e9))
def test_of_a_month_what_does_not_follow_the_calls_is_there_without_any(
    answers: Answers, calls: float
) -> None:
    """At a provider that is all of a month without calls; own servers run in one, too, fewer of them at most."""
    there, none = at(answers, D(repr(calls))), at(answers, D(0))
    for name, option in there.items():
        if none[name].model != option.model:
            continue
        following, still = (
            sum(line.amount for line in one.lines if line.kind in FOLLOWS_CALLS)
            for one in (option, none[name])
        )
        assert abs((option.month.amount - following) - (none[name].month.amount - still)) < D("1e-9")
        assert still <= following if name in ON_SERVERS else still == 0


def priced(answers: Answers, option: Option, calls: D) -> Cost:
    """One option at another volume, with the base that it was given."""
    figures = Figures(answers, DAY, POLICY)
    base = None
    if option.option == "hosted":
        assert isinstance(figures.tunable, tuple)
        base = next(one for one in figures.tunable if one.name == option.model).exact
    return cost(figures.exact(calls), option.option, base)


@examples(25, 100)
@given(cases, number(1, 1e9), st.integers(0, 6000))
def test_floats_and_decimals_agree(answers: Answers, calls: float, labelled: int) -> None:
    """The lines are the same for both; what is worked out in floats is the ledger, but for their last digits."""
    answers = answers.with_answer("labelled_examples", D(labelled))
    figures = Figures(answers, DAY, POLICY)
    quick = figures.world(QUICK, calls, float(labelled))
    for name, option in at(answers, D(repr(calls))).items():
        base = None
        if name == "hosted":
            assert isinstance(figures.tunable, tuple)
            base = next(one for one in figures.tunable if one.name == option.model).floats
        found = cost(quick, name, base)
        assert found.month == pytest.approx(float(option.month.amount), rel=1e-9)
        assert found.once == pytest.approx(float(option.up_front.amount), rel=1e-12)


@examples(25, 100)
@given(cases)
def test_at_a_crossover_both_sides_cost_the_same_to_a_cent(answers: Answers) -> None:
    options = at(answers, D(100_000))
    for name, option in options.items():
        crossing = option.crossover_calls
        if crossing is None or crossing == 0 or name == "self_hosted":
            continue
        baselines = [o for o in options if o in ("prompt", "prompt_cached")]
        month = min(priced(answers, options[o], crossing).month for o in baselines)
        assert abs(priced(answers, option, crossing).month - month) < D("0.01")


@examples(25, 100)
@given(cases, st.lists(number(1, 1e10), min_size=30, max_size=30))
def test_from_its_crossover_on_a_server_stays_at_or_below_the_prompt(
    answers: Answers, volumes: list[float]
) -> None:
    options = at(answers, D(100_000))
    own, crossing = options["self_hosted"], options["self_hosted"].crossover_calls
    if own.month.at_least or own.up_front.at_least:
        return
    baselines = [options[name] for name in ("prompt", "prompt_cached") if name in options]

    def dearer(calls: D) -> bool:
        month = min(priced(answers, baseline, calls).month for baseline in baselines)
        return D(priced(answers, own, calls).month) > month * (1 + D("1e-12"))

    if crossing is None:
        per_call = servers_per_call(Figures(answers, DAY, POLICY).exact(D(0)), tuned=True)
        assert dearer(D(10) ** 18) or dearer(D(10) ** 18 + D("0.001") / max(per_call, D("1e-9")))
        return
    assert not any(dearer(crossing * (1 + D("1e-11")) + D(repr(v))) for v in volumes)
    assert crossing == 0 or dearer(crossing * (1 - D("1e-9")))


@examples(25, 100)
@given(cases)
def test_from_its_second_crossover_on_tuning_pays_back(answers: Answers) -> None:
    for name in ("hosted", "self_hosted"):
        option = at(answers, D(100_000)).get(name)
        if option is None or option.crossover_within_horizon_calls is None:
            continue
        crossing = option.crossover_within_horizon_calls
        later = at(answers, crossing * D("1.000001") + 1).get(name)
        assert later is not None
        assert later.pays_back is True or later.model != option.model


def test_servers_for_a_shorter_prompt_cross_where_they_are_enough_fewer() -> None:
    """Tuned and prompted both step up by whole servers."""
    answers = read_case(
        {"data_may_leave": False, "assumptions": {"prompt_tokens": 4000, "output_tokens": 400}}
    )
    crossing = at(answers, D(1))["self_hosted"].crossover_calls
    assert crossing is not None

    def dearer(calls: D) -> bool:
        found = at(answers, calls)
        return found["self_hosted"].month.amount > found["self_hosted_prompted"].month.amount

    assert dearer(crossing)
    assert not any(dearer(crossing + D("0.001") + crossing * n / 97) for n in range(400))


def outcomes(answers: Answers, calls: tuple[Any, Any], labels: tuple[Any, Any]) -> frozenset[Outcome]:
    low, high = (None if end is None else D(str(end)) for end in calls)
    few, many = (None if end is None else D(str(end)) for end in labels)
    assert low is not None
    assert few is not None
    return Payback.of(answers, DAY, POLICY).outcomes((low, high), [(few, many)])[0]


def outcomes_at(question: Payback, calls: D, labelled: D) -> frozenset[Outcome]:
    return question.outcomes((calls, calls), [(labelled, labelled)])[0]


@examples(40, 150)
@given(
    cases,
    number(1, 1e8),
    st.one_of(st.none(), number(1, 1e3)),
    st.integers(0, 6000),
    st.one_of(st.none(), st.integers(0, 6000)),
    st.randoms(use_true_random=False),
)
def test_no_outcome_of_a_range_is_missed(
    answers: Answers, low: float, factor: float | None, few: int, more: int | None, chance: random.Random
) -> None:
    high = None if factor is None else low * factor
    many = None if more is None else few + more
    told = outcomes(answers, (low, high), (few, many))
    question = Payback.of(answers, DAY, POLICY)
    top = low * 10_000 if high is None else high
    for _ in range(60):
        calls = math.exp(chance.uniform(math.log(low), math.log(top)))
        calls = min(max(calls, low), top)
        labelled = chance.randint(few, max(few, 6000) if many is None else many)
        assert outcomes_at(question, D(repr(calls)), D(labelled)) <= told


@examples(25, 100)
@given(cases, number(1, 1e9), st.integers(0, 6000))
def test_a_single_volume_has_the_outcome_of_its_estimate(
    answers: Answers, calls: float, labelled: int
) -> None:
    volume = D(repr(calls))
    answers = answers.with_answer("labelled_examples", D(labelled))
    found = at(answers, volume)
    tuned = [found[name] for name in ("hosted", "self_hosted") if name in found]
    if any(option.pays_back is None for option in tuned):
        return
    paying = [option.first_year.amount for option in tuned if option.pays_back]
    cheaper = found.get("cheaper_model")
    less = bool(paying) and cheaper is not None and cheaper.first_year.amount < min(paying)
    assert outcomes(answers, (volume, volume), (labelled, labelled)) == {Outcome(bool(paying), less)}


@examples(25, 100)
@given(cases, number(1, 1e9), number(1, 3))
def test_a_dearer_prompt_never_turns_away_from_tuning(answers: Answers, calls: float, factor: float) -> None:
    tokens = {"price_in": D(1), "price_cached": D("0.1"), "price_write": D(1), "price_out": D(5)}

    def asked(times: D) -> frozenset[Outcome]:
        priced = answers
        for key, price in tokens.items():
            priced = priced.with_assumption(key, price * times)
        return outcomes(priced, (calls, calls), (500, 500))

    if any(outcome.pays_back for outcome in asked(D(1))):
        assert any(outcome.pays_back for outcome in asked(D(repr(factor))))


@examples(25, 100)
@given(cases, number(1, 1e9), number(0.1, 100), st.floats(0, 1))
def test_cheaper_training_never_turns_away_from_tuning(
    answers: Answers, calls: float, price: float, share: float
) -> None:
    def asked(train_price: float) -> frozenset[Outcome]:
        return outcomes(
            answers.with_assumption("train_price", D(repr(train_price))), (calls, calls), (500, 500)
        )

    if any(outcome.pays_back for outcome in asked(price)):
        assert any(outcome.pays_back for outcome in asked(price * share))


def test_an_open_range_reaches_every_outcome_that_volume_can_give() -> None:
    assert outcomes(read_case({}), (0, None), (0, None)) <= set(EVERY_OUTCOME)
    assert {outcome.pays_back for outcome in outcomes(read_case({}), (0, None), (500, 500))} == {False, True}


def test_the_tree_is_not_kept_waiting() -> None:
    """Aims at 5 ms for one volume and 20 ms for an open range; four times that passes on a busy machine."""
    answers = read_case({"labelled_examples": 600})
    for high, milliseconds in ((D(300_000), 5), (None, 20)):
        fastest = min(_timed(answers, high) for _ in range(7))
        assert fastest < 4 * milliseconds / 1000


def _timed(answers: Answers, high: D | None) -> float:
    start = time.perf_counter()
    low = D(300_000) if high is not None else D(0)
    Payback.of(answers, DAY, POLICY).outcomes((low, high), [(D(50), high and D(50))])
    return time.perf_counter() - start


def test_scenarios_are_options_at_a_volume() -> None:
    made = estimate(read_case({}), on=DAY, policy=POLICY)
    alone = estimate(read_case({"calls_per_month": 100_000}), on=DAY, policy=POLICY)
    assert made.scenarios[0].options == alone.options
    assert (made.scenarios[0].calls, made.scenarios[0].baseline) == (100_000, "prompt_cached")


def test_labels_beyond_the_usual_most_count_where_more_are_trained_on() -> None:
    """9,000 to train on at $20: 5,000 leave $80,000 to buy, 9,000 nothing; and at 2,000 of 2,000 the cost bends."""
    for trained, labels in ((9000, (5000, None)), (2000, (100, 5000))):
        answers = read_case({"assumptions": {"training_examples": trained, "price_per_label": 20}})
        question = Payback.of(answers, DAY, POLICY)
        there = outcomes_at(question, D(4_000_000), D(trained))
        assert {outcome.pays_back for outcome in there} == {True}
        assert not any(
            o.pays_back
            for end in (100, 5000)
            if end < trained
            for o in outcomes_at(question, D(4_000_000), D(end))
        )
        assert there <= outcomes(answers, (4_000_000, 4_000_000), labels)


@pytest.mark.parametrize("leaves", [True, False])
def test_millions_of_servers_are_not_counted_one_by_one(leaves: bool) -> None:
    """A replica that writes next to nothing: what somebody may type must be answered like anything else."""
    stated = {"decode_tokens_per_second": 1e-6, "peak_factor": 10_000, "price_out": 1e9, "gpu_per_hour": 1e-6}
    stated["min_replicas"] = 1_000_000_000
    case = {"calls_per_month": 20_000, "data_may_leave": leaves}
    estimate(read_case(case), on=DAY, policy=POLICY)  # reads the prices
    begun = time.perf_counter()
    estimate(read_case(case | {"assumptions": stated}), on=DAY, policy=POLICY)
    assert time.perf_counter() - begun < 1


@pytest.mark.parametrize(
    "assumed", [{}, {"utilisation": 0.2}, {"tuned_fixed_tokens": 800}, {"on_call_hours": 40}]
)
def test_where_servers_step_the_range_in_which_tuning_pays_back_as_well_is_said(
    assumed: dict[str, Any],
) -> None:
    """Prompting needs a second server long before the shorter prompt of a tuned model does."""

    def own(calls: Decimal) -> Option:
        case = {
            "data_may_leave": False,
            "prompt_examples": 9,
            "labelled_examples": 500,
            "assumptions": assumed,
        }
        made = estimate(read_case(case | {"calls_per_month": calls}), on=DAY, policy=POLICY)
        return one_of(made, "self_hosted")

    (note,) = [one for one in own(D(1_000_000)).notes if WINDOW in one]
    low, high = (D(word.rstrip("M")) * 1_000_000 for word in re.findall(r"[\d.]+M", note))
    assert low < high < own(low).crossover_within_horizon_calls
    assert own(low).pays_back
    assert own(high).pays_back
    assert not own(low * D("0.99")).pays_back
    assert not own(high * D("1.01")).pays_back
