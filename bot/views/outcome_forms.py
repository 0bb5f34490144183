"""The forms about what came of a decision: how it turned out, when to ask, and a link."""

from __future__ import annotations

import datetime
import re

from bot.conversation.results import NO_DAY, day_of
from bot.decision_log.derived import due_at
from bot.decision_log.records import Decision, Outcome
from bot.views import ids
from bot.views.document import Choice, Entry, Field, Form, Option, Said, Small, Text, day
from bot.views.forms import Mistakes, State, typed
from bot.views.phrases import headline
from core.reading.results import Results, read_results

YES, NO = "yes", "no"
ONE_NUMBER = "Please write one number, for instance {}."
YES_NO = (Option("Yes", YES), Option("No", NO))


def outcome_form(decision: Decision, known: Outcome | None, carries: str) -> Form:
    """How a decision turned out; what was recorded stands in it."""
    told = Outcome("", decision.at) if known is None or known.cannot_tell else known
    parts = (
        Text((f"#{decision.number} {headline(decision.chosen)}: ", Said(decision.task, 300))),
        Field(ids.SHIPPED, "Is it in use?", Choice("one", YES_NO, _chosen(told.shipped))),
        Field(ids.CORRECT, "Right answers of an evaluation", _entry(told.eval_correct, "47")),
        Field(ids.TOTAL, "Of how many cases", _entry(told.eval_total, "50")),
        Field(ids.BILL, "The bill a month, in dollars", _entry(told.bill_per_month, "900")),
        Field(ids.HOURS, "Hours of work that it took", _entry(told.hours, "60")),
        Field(ids.AGAIN, "Would you do it again?", Choice("one", YES_NO, _chosen(told.again))),
        Small("What you know is enough. If nobody can tell yet, leave all of it empty."),
    )
    return Form("How it turned out", parts, ids.OUTCOME_FORM, "Record", carries)


def _chosen(said: bool | None) -> tuple[str, ...]:
    return () if said is None else (YES if said else NO,)


def _entry(number: float | None, example: str) -> Entry:
    return Entry(40, "" if number is None else f"{number:.12g}", example)


FIELDS = {"correct": ids.CORRECT, "total": ids.TOTAL, "bill": ids.BILL, "hours": ids.HOURS, "url": ids.URL}
"""Where what is wrong is said."""


def read_outcome_form(state: State) -> Results | Mistakes:
    """What the form says; an empty one says that nobody can tell yet."""
    errors: dict[str, str] = {}
    correct, total = (_count(state, block, errors) for block in (ids.CORRECT, ids.TOTAL))
    bill, hours = _bill(state, errors), _hours(state, errors)
    shipped, again = _yes(state, ids.SHIPPED), _yes(state, ids.AGAIN)
    if errors:
        return Mistakes(errors)
    nothing = all(one is None for one in (shipped, correct, total, bill, hours, again))
    return Results(shipped, correct, total, bill, hours, again, cannot_tell=nothing or None)


def _yes(state: State, block: str) -> bool | None:
    picked = state.get(block, ())
    value = picked[0] if isinstance(picked, tuple) and picked else picked if isinstance(picked, str) else ""
    return None if not value else value == YES


def _count(state: State, block: str, errors: dict[str, str]) -> int | None:
    text = typed(state, block).replace(",", "").replace("−", "-")
    if re.fullmatch(r"-?[0-9]{1,12}", text):
        return int(text)
    if text:
        errors[block] = ONE_NUMBER.format(47)
    return None


def _bill(state: State, errors: dict[str, str]) -> float | None:
    text = typed(state, ids.BILL)
    said = text if any(mark in text for mark in "$€£") else f"${text}"
    found = read_results(said) if text else Results()
    return _read(found.bill, found.wrong, text, ids.BILL, 900, errors)


def _hours(state: State, errors: dict[str, str]) -> float | None:
    text = typed(state, ids.HOURS)
    said = text if any(char.isalpha() for char in text) else f"{text} hours"
    found = read_results(said) if text else Results()
    return _read(found.hours, found.wrong, text, ids.HOURS, 60, errors)


def _read(
    number: float | None, wrong: str, text: str, block: str, example: int, errors: dict[str, str]
) -> float | None:
    if text and number is None:
        errors[block] = wrong or ONE_NUMBER.format(example)
    return number


def ask_later_form(decision: Decision, carries: str) -> Form:
    """When to ask how it turned out."""
    usual = due_at(decision.chosen, decision.at)
    hint = f"The usual day for this was {day(usual)}." if usual else ""
    parts = (
        Text((f"#{decision.number} {headline(decision.chosen)}: ", Said(decision.task, 300))),
        Field(ids.WHEN, "When shall I ask?", Entry(40, "", "6 weeks, or 2027-03-01"), hint, optional=False),
    )
    return Form("Ask later", parts, ids.ASK_LATER_FORM, "Ask then", carries)


def read_ask_later_form(state: State, today: datetime.date) -> datetime.date | Mistakes:
    """The day."""
    found = day_of(typed(state, ids.WHEN), today)
    return Mistakes({ids.WHEN: NO_DAY}) if found is None else found


def link_form(decision: Decision, carries: str) -> Form:
    """What came of it elsewhere."""
    parts = (
        Text((f"#{decision.number} {headline(decision.chosen)}: ", Said(decision.task, 300))),
        Field(ids.URL, "The address", Entry(2_000, "", "https://…"), optional=False),
        Field(ids.NOTE, "What is there?", Entry(300, "", "The pull request")),
    )
    return Form("Add a link", parts, ids.LINK_FORM, "Add", carries)


def read_link_form(state: State) -> tuple[str, str]:
    """The address and the note."""
    return typed(state, ids.URL), typed(state, ids.NOTE)
