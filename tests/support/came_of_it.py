"""Everything that is shown of what came of decisions, as long as it can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from bot.conversation import posts
from bot.conversation.posts import Post
from bot.decision_log.forecasting import Against, Offer
from bot.decision_log.records import Decision, Outcome, PostRecord, Review
from bot.decision_log.stats import Stats
from bot.views import outcome_forms, outcomes
from bot.views.document import Document, Form, Home
from bot.views.forecasts import against_actual
from core.forecasts import Band, factor, paid_back
from tests.support.consulted import LONG_ID, NOW, decision, standing

CELLS: Mapping[str, tuple[int, int, int, int] | None] = {
    "better": (40, 1, 12, 3),
    "worse": (40, 12, 1, 3),
    "may be chance": (40, 2, 5, 3),
    "no difference": (40, 2, 2, 3),
    "no case in both": (0, 0, 0, 0),
    "no cases told": None,
}


def notes(case: Mapping[str, Any], text: str) -> Iterator[tuple[str, Document]]:
    """Each note in each of its states."""
    for name, about, made in _notes(text):
        stands = standing(case, task=text, status="decided", decision=made)
        post = Post(7, about, "1763899300.000100", None, "n", tried=True, closed=False)
        kept = replace(stands.consultation, posts=(_kept(post),))
        drawn = outcomes.came_of_it(replace(stands, consultation=kept), about, post)
        assert drawn is not None, name
        yield name, drawn


def _kept(post: Post) -> PostRecord:
    about = post.about
    return PostRecord(
        post.id, posts.what(about), posts.to_json(about), post.ts, None, "n", tried=True, closed=False
    )


def _notes(text: str) -> Iterator[tuple[str, posts.CameOfIt, Decision]]:
    made = decision(task=text)
    yield "check-in", posts.CheckIn(42), made
    yield "check-in, answered", posts.CheckIn(42), replace(made, outcome="met")
    yield "check-in, fallen", posts.CheckIn(42), replace(made, status="withdrawn")
    whole = posts.OutcomeNoted(
        number=42,
        by=LONG_ID,
        shipped=True,
        eval_correct=47,
        eval_total=50,
        bill_per_month=900.0,
        hours=60.0,
        again=True,
        file=text[:80] or None,
        unread=(text[:200],) * 5,
    )
    yield "outcome", whole, made
    yield "outcome, cannot tell", posts.OutcomeNoted(number=42, by=LONG_ID, cannot_tell=True), made
    for name, cells in CELLS.items():
        yield f"outcome, {name}", replace(whole, against=text[:80], cells=cells), made
    yield "outcome taken back", posts.OutcomeTakenBack(42, LONG_ID), made
    yield "outcome refused", posts.OutcomeRefused(text * 3), made
    yield "asked later", posts.AskedLater(42, LONG_ID, "2027-03-01"), made
    yield "never asked", posts.AskedLater(42, LONG_ID, None), made
    yield "linked", posts.Linked(42, LONG_ID, f"https://example.com/{text}", text), made
    yield "linked, no words", posts.Linked(42, LONG_ID, "https://example.com/"), made
    yield "moved", posts.Moved(42, "keep_prompting", "fine_tune", (text, text, text, text)), made


def views(text: str) -> Iterator[tuple[str, Form | Home]]:
    """The forms, and what App Home has of it."""
    made = decision(task=text)
    known = Outcome(LONG_ID, NOW, True, 47, 50, 1234.5, 60.5, again=False)
    yield "outcome form", outcome_forms.outcome_form(made, None, "{}")
    yield "outcome form, known", outcome_forms.outcome_form(made, known, "{}")
    yield "ask later", outcome_forms.ask_later_form(made, "{}")
    yield "link form", outcome_forms.link_form(made, "{}")
    due = replace(made, due_at=NOW)
    waiting = outcomes.awaiting_outcome(
        (due, replace(due, number=43, consultation="other")), {"other": text[:60]}
    )
    review = Review(NOW, "keep_prompting", "fine_tune", (text, text))
    yield "home, what is awaited", Home(waiting)
    yield "home, what moved", Home(outcomes.what_moved(((made, review),)))


def forecasts() -> Iterator[tuple[str, Document]]:
    """Forecast against actual, said and not said."""
    stats = Stats(30, {}, {}, 0, {}, 12, 5)
    few = Against(Band(4, 4, 2.0), paid_back([]), 0, None, (), {})
    yield "forecasts, too few", Document(against_actual(few, stats))
    hopeful = paid_back([(0.8, False)] * 5)
    offer = Offer("tuning_hours", 120, 183, 1.52, 3)
    narrow = Against(Band(2, 5, 2.0), hopeful, 2, factor([1.5, 2.2, 1.1, 2.6, 1.9]), (offer,), {})
    yield "forecasts, too narrow", Document(against_actual(narrow, stats))
    cautious = paid_back([(0.2, True)] * 5)
    wide = Against(Band(10, 10, 4.0), cautious, 0, None, (), {})
    yield "forecasts, wide", Document(against_actual(wide, replace(stats, recorded=12)))
