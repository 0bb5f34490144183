"""Where a consultation stands: everything that the views need to draw it, derived from the log and from core."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from bot.conversation.posts import Advised, OnItsWay, Post, Question, TakenThere, posts_of
from bot.decision_log.records import TAKEN_BACK, AnswerRecord, Consultation, How
from bot.decision_log.said import answers_of, house_in
from bot.telemetry.measured import ADVISED
from core.advice import Advice, advise
from core.answers import NOT_ASKED, Answers
from core.costs.curves import Curves, can_be_drawn, curves
from core.known import latency_is_met
from core.policy import Policy
from core.questions import BY_NAME, LATENCY, QUESTIONS
from core.told import Told, told
from core.wording import answer_in_words

Asking = str | None
"""The name of the question that is asked now; ``None`` when nothing is left to ask."""

READING_TIME = Decimal(1)
"""Seconds after a change in which nobody can have read the question that came of it."""

TYPING_SECONDS = 10
"""How long before a message an answer may have come that its writer had not seen yet."""

ORDER = (*(question.name for question in QUESTIONS), LATENCY.name)
"""All questions as people see them listed."""

ADVICE_KEPT = 64
"""Pieces of advice that are kept in memory: a change draws several messages, each from the same one."""

CURVES_KEPT = 8

PRICING = "calls_per_month"
"""The one question that is asked after the verdict stands, since the costs need it."""


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """A question's present answer, as people see it.

    seq: the number of the newest answer record behind it, by which a second person's click is recognised as late.
    """

    question: str
    words: str
    author: str
    how: How
    at: datetime
    seq: int


@dataclass(frozen=True)
class Standing:
    """One consultation at one moment. ``given`` holds the answered questions in the order of the tree."""

    consultation: Consultation
    advice: Advice
    asking: Asking
    given: tuple[GivenAnswer, ...]

    @cached_property
    def posts(self) -> tuple[Post, ...]:
        """All messages ever wanted in its thread, oldest first."""
        return posts_of(self.consultation)

    @property
    def is_advised(self) -> bool:
        """Whether the advice stands: nothing is left to ask."""
        return self.asking is None

    @cached_property
    def told(self) -> Told:
        """What is shown and kept of the advice."""
        settings = json.dumps(house_in(self.consultation).to_json(), sort_keys=True)
        return _told(_Basis.of(self.advice.answers, self.advice.policy), settings)

    @cached_property
    def curves(self) -> Curves | None:
        """The figures of the chart; ``None`` while questions are open, and where there is nothing to draw."""
        if not self.has_chart:
            return None
        return _curves(_Basis.of(self.advice.answers, self.advice.policy), self._left_out)

    @property
    def has_chart(self) -> bool:
        """Whether there is a chart to show."""
        return self.is_advised and can_be_drawn(self.advice.ledger, self._left_out)

    @property
    def _left_out(self) -> frozenset[str]:
        return frozenset(removed.option for removed in self.advice.removed)

    def given_to(self, question: str) -> GivenAnswer | None:
        """The present answer to a question; ``None`` when it was not asked or was taken back."""
        return next((given for given in self.given if given.question == question), None)

    def seq_of(self, question: str) -> int:
        """The number of the newest answer to a question; 0 when there is none."""
        given = self.given_to(question)
        return given.seq if given else 0

    def asked_when(self, ts: str) -> Asking:
        """The question that a message of this time can answer: the one asked now, if it stood there already.

        After a crash it may stand there although its ``ts`` was not noted.
        """
        if self.asking is None:
            return None
        shown = [post for post in self.posts if post.about == Question(self.asking)]
        if not shown or (shown[-1].ts is None and not shown[-1].tried):
            return None
        touched = Decimal(str(self.consultation.touched_at.timestamp()))
        since = touched + READING_TIME if shown[-1].ts is None else Decimal(shown[-1].ts)
        return self.asking if since < Decimal(ts) else None

    def taken_before(self, ts: str, user: str) -> Asking:
        """The question that ``user`` was about to answer at this time, when somebody else was a little quicker."""
        asked = [
            p.about.question
            for p in self.posts
            if isinstance(p.about, Question) and p.ts is not None and Decimal(p.ts) < Decimal(ts)
        ]
        given = self.given_to(asked[-1]) if asked else None
        if given is None or given.question == self.asking or given.author == user:
            return None
        return given.question if given.at.timestamp() > float(ts) - TYPING_SECONDS else None

    def is_latest(self, post: Post) -> bool:
        """Whether no later message is about the same thing."""
        same = [p for p in self.posts if type(p.about) is type(post.about)]
        if isinstance(post.about, Question):
            same = [p for p in same if p.about == post.about]
        return same[-1].id == post.id


def was_posted_again(standing: Standing, post: Post) -> bool:
    """Whether a newer message shows the same as this one, since somebody asked for it: no advice came between."""
    same = [p for p in standing.posts if type(p.about) is type(post.about) and p.id > post.id]
    if not same:
        return False
    return not any(isinstance(p.about, Advised) and post.id < p.id < same[0].id for p in standing.posts)


def taken_to(consultation: Consultation) -> OnItsWay | TakenThere | None:
    """Where its person takes it, or has taken it; ``None`` while it is theirs alone."""
    taken = (post.about for post in reversed(posts_of(consultation)))
    return next((about for about in taken if isinstance(about, OnItsWay | TakenThere)), None)


def policy_in(consultation: Consultation, day: date) -> Policy:
    """The policy of a day with the workspace's own thresholds."""
    return house_in(consultation).policy_on(day)


EVALUATION = ("eval_correct", "eval_total")


def replaced_by(consultation: Consultation, values: Mapping[str, Any]) -> dict[str, Any]:
    """What new answers take back with them: a new estimate of the quality replaces an evaluation."""
    if values.get("quality_now", TAKEN_BACK) == TAKEN_BACK or EVALUATION[0] in values:
        return {}
    present = {record.key for record in consultation.answers}
    return {key: TAKEN_BACK for key in EVALUATION if key in present}


def standing_of(
    consultation: Consultation, now: datetime, extra: Mapping[str, Any] | None = None
) -> Standing:
    """Where a consultation stands on a day: its answers replayed through the tree."""
    answers = answers_of(consultation, extra)
    advice = _advice(answers, policy_in(consultation, now.date()))
    return Standing(consultation, advice, _asking(answers, advice), given_in(consultation))


def given_in(consultation: Consultation) -> tuple[GivenAnswer, ...]:
    """The present answers, in the order of the tree."""
    answers = answers_of(consultation)
    found = (given_to(consultation, name, answers) for name in ORDER)
    return tuple(given for given in found if given is not None)


def given_to(consultation: Consultation, question: str, answers: Answers | None = None) -> GivenAnswer | None:
    """The present answer to one question; ``None`` when it was not asked, or was taken back."""
    newest: dict[str, AnswerRecord] = {
        record.key: record for record in consultation.answers if belongs(record.key, question)
    }
    records = [record for record in newest.values() if record.value != TAKEN_BACK]
    if not records:
        return None
    last = max(records, key=lambda record: record.seq)
    words = answer_in_words(question, answers_of(consultation) if answers is None else answers)
    return GivenAnswer(question, words, last.author, last.how, last.at, last.seq)


@dataclass(frozen=True)
class _Basis:
    """All that an advice is made from, so that it is worked out once however often it is looked at.

    The task is no part of it: what is remembered serves every consultation with the same answers, of any workspace.
    """

    given: frozenset[tuple[str, Any]]
    assumed: frozenset[tuple[str, Any]]
    house: frozenset[tuple[str, Any]]
    policy: Policy
    answers: Answers = field(compare=False)

    @staticmethod
    def of(answers: Answers, policy: Policy) -> _Basis:
        given, assumed, house = (
            frozenset(known.items()) for known in (answers.given, answers.assumptions, answers.house)
        )
        return _Basis(given, assumed, house, policy, replace(answers, task=""))


def _advice(answers: Answers, policy: Policy) -> Advice:
    return _worked_out(_Basis.of(answers, policy))


@lru_cache(maxsize=ADVICE_KEPT)
def _worked_out(basis: _Basis) -> Advice:
    with ADVISED.time():
        return advise(basis.answers, on=basis.policy.on, policy=basis.policy)


@lru_cache(maxsize=ADVICE_KEPT)
def _told(basis: _Basis, settings: str) -> Told:
    return told(_worked_out(basis), json.loads(settings))


@lru_cache(maxsize=CURVES_KEPT)
def _curves(basis: _Basis, left_out: frozenset[str]) -> Curves | None:
    return curves(_worked_out(basis).ledger, left_out=left_out)


def _asking(answers: Answers, advice: Advice) -> Asking:
    """The question to ask now: the tree's next, latency where it can strike a reason, calls per month at the end."""
    if _latency_matters(answers, advice):
        return LATENCY.name
    if advice.next_question is not None:
        return advice.next_question
    return PRICING if answers.of(PRICING) is NOT_ASKED else None


def _latency_matters(answers: Answers, advice: Advice) -> bool:
    reasons = answers.of("reasons")
    if not isinstance(reasons, frozenset) or "latency" not in reasons or latency_is_met(answers):
        return False
    if all(answers.of(key) is not NOT_ASKED for key in LATENCY.keys):
        return False
    fast_enough = answers.with_answer("latency_now_ms", Decimal(1)).with_answer("latency_ms", Decimal(1))
    return _advice(fast_enough, advice.policy).possible != advice.possible


def belongs(key: str, question: str) -> bool:
    asked = LATENCY if question == LATENCY.name else BY_NAME[question]
    return key in asked.keys
