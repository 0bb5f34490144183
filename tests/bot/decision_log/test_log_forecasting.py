"""What was expected of decisions when they were made, held against what came: gates, horizons, and whose it is."""

from __future__ import annotations

import datetime
from functools import cache
from typing import Any

import pytest

from bot.conversation.inquiry import Counted
from bot.decision_log import Decision, Log, Outcome, Scope
from bot.decision_log.expected import Expected, expected
from bot.decision_log.forecasting import Against, against
from bot.decision_log.stats import stats
from bot.views.counts import counted
from bot.views.document import unmarked
from core.advice import advise
from core.case import read_case
from core.told import Told, told
from tests.support.consulted import CASES
from tests.support.decided import decide

TEAM = Scope.of_channel("T1", "C1")
CASE = {**CASES["fine_tune"], "assumptions": {"tuning_hours": 100}}
YEAR = datetime.timedelta(days=366)


@pytest.fixture
def dialect() -> str:
    return "sqlite"


@cache
def advice(day: datetime.date) -> Any:
    return told(advise(read_case(CASE), on=day)).kept()


def tuned(log: Log, at: datetime.datetime, **came: Any) -> Decision:
    """A decision to tune, and how it turned out; ``bill`` "p10" and the like: so much of what was expected."""
    made = decide(log, TEAM, at, chosen="fine_tune", advice=advice(at.date()))
    with log.writing("T1") as tx:
        found = tx.derive("T1", made.place)
        bill = came.pop("bill", None)
        if isinstance(bill, str):
            bill = getattr(expectation(log, made).bill, bill)
        outcome = Outcome("U1", at, **{"shipped": True, "bill_per_month": bill} | came)
        tx.add_outcome(TEAM, found.decision.place, outcome)
    return made


def expectation(log: Log, made: Decision) -> Expected:

    with log.reading("T1") as tx:
        found = tx.decision(TEAM, made.number)
    assert found is not None
    return expected(found)


def of(log: Log, scope: Scope, now: datetime.datetime) -> Against:
    with log.reading("T1") as tx:
        return against(tx, scope, now)


def words(log: Log, now: datetime.datetime) -> str:
    with log.reading("T1") as tx:
        found = stats(tx, TEAM, now=now)
        return unmarked(counted(Counted(found, (), against=against(tx, TEAM, now))))


def test_what_was_expected_is_kept_with_the_decision(log: Log, now: datetime.datetime) -> None:
    found = expectation(log, decide(log, TEAM, now, chosen="fine_tune", advice=advice(now.date())))
    assert found.hours == 100
    assert (found.hours_of, found.horizon) == ("tuning_hours", 12)
    assert found.bill is not None
    assert 0 < found.bill.p10 < found.bill.p50 < found.bill.p90
    assert found.pays_back is not None
    scenario = Told.from_json(advice(now.date())).ledger.scenarios()[0]
    assert scenario.baseline is not None
    assert scenario.best_tuned is not None
    assert (found.before, found.up_front) == (
        float(scenario.baseline.month or 0),
        float(scenario.best_tuned.up_front or 0),
    )
    assert Expected.from_json(found.to_json()) == found


def test_a_guess_of_ours_is_none_of_theirs(log: Log, now: datetime.datetime) -> None:
    ours = told(advise(read_case(CASES["fine_tune"]), on=now.date())).kept()
    assert expectation(log, decide(log, TEAM, now, chosen="fine_tune", advice=ours)).hours is None


def test_nothing_is_said_of_four_and_all_of_five(log: Log, now: datetime.datetime) -> None:
    for _ in range(4):
        tuned(log, now, bill="p50", hours=180)
    few = of(log, TEAM, now)
    assert few.to_json()["bills"] is None
    assert few.to_json()["hours"] is None
    assert few.offers == ()
    assert "Forecasts are held against what came from 5" in words(log, now)
    tuned(log, now, bill=1e9, hours=180)
    found = of(log, TEAM, now)
    assert (found.bills.inside, found.bills.of, found.bills.is_too_narrow) == (4, 5, False)
    said = words(log, now)
    assert "4 of 5 actual bills fell inside our band" in said
    assert "Your last 5 guesses of hours ran 1.8x (1.8x to 1.8x)" in said
    assert "5 of 5 due outcomes recorded" in said


@pytest.mark.parametrize(("inside", "too_narrow"), [(2, True), (3, False)])
def test_a_band_is_called_too_narrow_at_two_of_five(
    log: Log, now: datetime.datetime, inside: int, too_narrow: bool
) -> None:
    for place in range(5):
        tuned(log, now, bill="p90" if place < inside else 1e9)
    assert of(log, TEAM, now).bills.is_too_narrow == too_narrow
    assert ("too narrow" in words(log, now)) == too_narrow


def test_paying_back_is_scored_only_after_its_horizon(log: Log, now: datetime.datetime) -> None:
    """Early on all that paid back is known, and none that will not: that would look too good."""
    for place in range(6):
        tuned(log, now, bill=1.0 if place < 3 else 1e9, shipped=place < 5)
    assert of(log, TEAM, now + datetime.timedelta(days=60)).paid.of == 0
    assert of(log, TEAM, now + datetime.timedelta(days=364)).paid.of == 0
    found = of(log, TEAM, now + YEAR)
    assert (found.paid.of, found.paid.did, found.never_shipped) == (5, 3, 1)
    assert f"We expected {round(found.paid.expected, 1):g} of 5 to pay back in time; 3 did" in words(
        log, now + YEAR
    )
    assert "1 more never came into use" in words(log, now + YEAR)


def test_guesses_that_ran_over_are_offered_to_the_ledger_once(log: Log, now: datetime.datetime) -> None:
    for _ in range(5):
        tuned(log, now, hours=180)
    [offer] = of(log, TEAM, now).offers
    assert (offer.key, offer.now, offer.then, round(offer.times, 2)) == ("tuning_hours", 120, 183, 1.52)
    with log.writing("T1") as tx:
        tx.add_settings(TEAM, {"tuning_hours": offer.then}, "U1", now)
    after = of(log, TEAM, now)
    assert after.offers == ()  # it would come on top of itself
    assert after.guesses is not None
    assert after.guesses.of == 5


@pytest.mark.parametrize("hours", [90, 105, 110])
def test_guesses_that_were_about_right_are_offered_nothing(
    log: Log, now: datetime.datetime, hours: float
) -> None:
    for place in range(5):
        tuned(log, now, hours=hours if place % 2 else 200 - hours)
    assert of(log, TEAM, now).offers == ()


def test_what_is_not_in_use_yet_may_still_take_more_hours(log: Log, now: datetime.datetime) -> None:
    for _ in range(5):
        tuned(log, now, hours=180, shipped=False)
    assert of(log, TEAM, now).guesses is None


def test_a_decision_that_superseded_another_counts_once(log: Log, now: datetime.datetime) -> None:
    first = tuned(log, now, bill="p50")
    again = decide(log, TEAM, now, chosen="fine_tune", advice=advice(now.date()), reopened_from=first.number)
    with log.writing("T1") as tx:
        tx.add_outcome(TEAM, again.place, Outcome("U1", now, shipped=True, bill_per_month=1e9))
    found = of(log, TEAM, now)
    assert (found.bills.inside, found.bills.of) == (0, 1)


def test_nothing_of_other_places_is_in_it(log: Log, now: datetime.datetime) -> None:
    for _ in range(5):
        tuned(log, now, bill="p50", hours=180)
    for elsewhere in (
        Scope.of_channel("T1", "C2"),
        Scope.of_channel("T2", "C1"),
        Scope.of_person("T1", "U9"),
    ):
        found = of(log, elsewhere, now + YEAR)
        assert (found.bills.of, found.paid.of, found.guesses, found.offers) == (0, 0, None, ())
    assert of(log, Scope.of_person("T1", "U1"), now).bills.of == 5
