"""The forms of the log: taking a decision back, and searching on App Home."""

from __future__ import annotations

from bot.conversation.inquiry import LONGEST_QUERY
from bot.decision_log.records import Consultation, Decision
from bot.views import ids
from bot.views.document import Document, Entry, Field, Form, Person, Said, Text, Words, sentence
from bot.views.forms import WHY_LENGTH, Mistakes, State, typed
from bot.views.phrases import headline, status, thread


def withdraw_form(decision: Decision, carries: str) -> Form:
    """Why a decision is taken back."""
    hint = "It stays in the log, marked as withdrawn, and its thread says so."
    parts = (
        Text((f"#{decision.number} {headline(decision.chosen)}: ", Said(decision.task, 300))),
        Field(ids.WHY, "Why?", Entry(WHY_LENGTH, several_lines=True), hint, optional=False),
    )
    return Form(f"Withdraw #{decision.number}", parts, ids.WITHDRAW_FORM, "Withdraw", carries)


def read_withdraw_form(state: State) -> str | Mistakes:
    """The reason."""
    why = typed(state, ids.WHY)
    return why or Mistakes({ids.WHY: "Please say why; a sentence is enough."})


def search_form(query: str) -> Form:
    """Words and filters for the decisions on App Home."""
    hint = "Filters: verdict:fine-tune status:accepted by:me since:2026-06 until:90d outcome:met due:yes sort:cost"
    entry = Entry(LONGEST_QUERY, query, "tickets since:2026-06")
    field = Field(ids.QUERY, "What are you looking for?", entry, hint)
    return Form("Search your decisions", (field,), ids.SEARCH_FORM, "Search")


def fallen(decision: Decision) -> Document:
    """It stands no more, so that nothing can be done about it."""
    by: Words = (" by ", Person(decision.withdrawn.by)) if decision.withdrawn else ""
    return sentence(f"Decision #{decision.number} stands no more: it is {status(decision)}", by, ".")


def taken_up(number: int, there: Consultation) -> Document:
    """Somebody takes it up again already."""
    way: Words = (": ", thread(there.channel, there.root_ts, "its thread")) if there.root_ts else ""
    return sentence(Person(there.asker), f" has re-opened #{number} already", way, ".")
