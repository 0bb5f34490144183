"""What is told of an advice goes into JSON and comes back as it was, whatever program kept it."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.advice import advise
from core.answers import Between, CaseError
from core.case import read_case
from core.costs.kinds import Kind
from core.policy import policy_on
from core.told import Ledger, Told, told, told_ledger
from core.told.flips import Flip
from core.told.numbers import read_number, write_number
from tests.support.cases import STATED, known_cases, partial_cases
from tests.support.examples import examples
from tests.support.kept import Kept, kept

ON = datetime.date(2026, 11, 23)
EVERY = kept()
TODAYS = [one for one in EVERY if not one.name.startswith("of a program")]


def named(every: list[Kept]) -> Any:
    return pytest.mark.parametrize("one", every, ids=[one.name for one in every])


def advised(case: dict[str, Any]) -> Told:
    return told(advise(read_case(case), on=ON))


def through_json(shown: Any) -> Any:
    return json.loads(json.dumps(shown, allow_nan=False))


@named(EVERY)
def test_kept_advice_reads_back(one: Kept) -> None:
    read = Told.from_json(one.advice)
    assert Told.from_json(through_json(read.kept())) == read


@named(TODAYS)
def test_kept_advice_is_written_as_it_was(one: Kept) -> None:
    assert json.dumps(Told.from_json(one.advice).to_json()) == json.dumps(one.advice)


def test_how_far_a_flip_is_from_a_range_is_counted_from_the_end_on_its_side() -> None:
    span = Between(Decimal(100), Decimal(400))
    below, above = (Flip("calls_per_month", span, Decimal(to), "hybrid", side)
                    for to, side in ((50, "below"), (1200, "above")))  # fmt: skip
    assert (below.times, above.times) == (Decimal("0.5"), 3)


@examples(15, 150)
@given(case=st.one_of(known_cases(), partial_cases()))
def test_what_is_told_today_is_what_is_read_of_it_tomorrow(case: dict[str, Any]) -> None:
    try:
        shown = advised(case)
    except CaseError:
        return
    assert Told.from_json(through_json(shown.kept())) == shown
    output = replace(shown, flips=tuple(replace(flip, asks=None) for flip in shown.flips))
    assert Told.from_json(through_json(shown.to_json())) == output


@pytest.mark.parametrize("stated", [STATED, {"model_size": "3B"}, {"price_in": 1 / 3, "tuned_quality": 0.93}])
def test_a_ledger_reads_back_with_what_was_stated(stated: dict[str, Any]) -> None:
    ledger = told_ledger(
        advise(read_case({"calls_per_month": 1_234_567.5, "assumptions": stated}), on=ON).ledger
    )
    assert Ledger.from_json(through_json(ledger.to_json())) == ledger
    assert not ledger.assumed(next(iter(stated))).default


def test_settings_and_the_version_are_in_what_is_kept() -> None:
    policy = policy_on(ON, {"enough_examples": Decimal(20)})
    shown = told(advise(read_case({}), on=ON, policy=policy), {"enough_examples": 20})
    assert "version" not in shown.to_json()
    assert shown.kept() == {"version": 1, **shown.to_json(), "ledger": shown.ledger.to_json(kept=True)}
    assert shown.kept()["settings"] == {"enough_examples": 20}
    assert "settings" not in advised({}).to_json()


def test_a_line_is_kept_with_what_it_is_for_and_written_without_it() -> None:
    case = {"calls_per_month": 80_000_000, "assumptions": {"batch_share": Decimal("0.5")}}
    shown = told(advise(read_case(case), on=ON))
    written, logged = (ledger["options"] for ledger in (shown.to_json()["ledger"], shown.kept()["ledger"]))
    for option, one, other in zip(shown.ledger.options, written, logged, strict=True):
        for line, plain, full in zip(option.lines, one["lines"], other["lines"], strict=False):
            more = {"kind": line.kind} | ({} if line.servers is None else {"servers": int(line.servers)})
            assert full == plain | more
    renamed = {"label": "Machines", "kind": "servers", "servers": 7, "amount": "7", "per": "month"}
    again = Ledger.from_json({"options": [{"option": "self_hosted", "lines": [renamed]}]})
    (line,) = again.options[0].lines
    assert (line.kind, line.servers, line.follows_calls) == ("servers", 7, True)


@named(EVERY)
def test_of_every_line_of_old_its_label_says_what_it_is_for(one: Kept) -> None:
    for scenario in Told.from_json(one.advice).ledger.scenarios():
        for option in scenario.options:
            for line in option.lines:
                assert line.kind in set(Kind)
                assert (line.servers is None) == (line.kind != Kind.SERVERS)


@named(TODAYS)
def test_every_key_but_the_option_s_name_may_be_missing_from_what_is_kept(one: Kept) -> None:
    for key in one.advice:
        Told.from_json({name: value for name, value in one.advice.items() if name != key})
    for key in one.advice["ledger"]:
        Ledger.from_json({name: value for name, value in one.advice["ledger"].items() if name != key})
    for option in one.advice["ledger"].get("options", ()):
        for key in option.keys() - {"option"}:
            Ledger.from_json({"options": [{k: v for k, v in option.items() if k != key}]})


def test_what_a_later_program_keeps_besides_is_passed_over() -> None:
    later = TODAYS[0].advice | {"version": 7, "weather": "fine", "verdict": "wait_for_spring"}
    later["ledger"] = later["ledger"] | {"mood": "good"}
    assert Told.from_json(later).verdict == "wait_for_spring"
    assert Told.from_json(later).ledger == Told.from_json(TODAYS[0].advice).ledger


def test_advice_of_old_tells_the_options_that_its_ledger_removed() -> None:
    """Before there were gates beyond the ledger's, they stood there alone."""
    today = advised({"data_may_leave": False})
    old = {key: value for key, value in today.to_json().items() if key != "removed"}
    assert len(today.removed) == 4
    assert Told.from_json(through_json(old)).removed == today.removed


@pytest.mark.parametrize(
    "number", [0, 3, -2.5, 1e-9, 0.1 + 0.2, 1e15 + 0.5, 12345678901234568.0, 1.5e16, 1e22, 10**22]
)
def test_a_number_comes_back_as_an_int_or_a_float_as_it_was(number: float) -> None:
    assert repr(write_number(read_number(number))) == repr(number)


@pytest.mark.parametrize("nothing", [None, True, "", "soon", "NaN", float("inf")])
def test_what_is_no_number_is_none(nothing: Any) -> None:
    assert read_number(nothing) is None
    assert write_number(None) is None


@pytest.mark.parametrize(
    ("present", "to", "side"),
    [(100, 40, "below"), (100, 300, "above"), ([50, 100], 40, "below"), ([50, 100], 70, None)],
)
def test_a_flip_of_old_lies_on_the_side_that_its_value_says(present: Any, to: int, side: str | None) -> None:
    flip = Flip.from_json({"input": "calls_per_month", "from": present, "to": to, "verdict": "fine_tune"})
    assert flip.side == side


def test_a_range_a_choice_and_what_is_not_known_have_their_types() -> None:
    def read(key: str, value: Any) -> Any:
        return Flip.from_json({"input": key, "from": value, "to": None, "verdict": None}).present

    assert read("calls_per_month", [5, None]) == Between(Decimal(5), None)
    assert read("reasons", ["voice", "cost"]) == frozenset({"cost", "voice"})
    assert read("data_may_leave", False) is False
    assert read("misses", "facts") == "facts"
    assert read("quality_now", None) is None
