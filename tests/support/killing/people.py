"""People who go through consultations, one after another, and say again what was not answered."""

from __future__ import annotations

import datetime
import json
import random
import re
import threading
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from bot.slack.listeners import buttons, incoming
from bot.slack.seal import LENGTH
from bot.views import forms, ids
from core.policy import policy_on
from tests.support.deliveries import TEAM, buttons_of
from tests.support.killing.book import Book, Channels, eventually
from tests.support.killing.figures import Figures
from tests.support.killing.wire import Delivery, Wire
from tests.support.sandbox_client import SandboxClient, SandboxError

OURS = policy_on(datetime.date(2026, 11, 23))
QUESTIONS = {name: question.under(OURS) for name, question in buttons.QUESTIONS.items()}

Chunk = list[tuple[str, Any]]
"""The records of one answer."""

TYPED: dict[str, tuple[str, Chunk]] = {
    "data_may_leave": ("yes, data may leave", [("data_may_leave", True)]),
    "quality": (
        "43 of 50, we need 95%",
        [("eval_correct", 43), ("eval_total", 50), ("quality_target", 0.95)],
    ),
    "calls_per_month": ("80k calls a month", [("calls_per_month", 80000)]),
    "labelled_examples": ("we have 120 labelled examples", [("labelled_examples", 120)]),
}
"""Replies that say what they are about, so that they can be given at any time."""

FIGURES = {
    "prompt_examples": {"prompt_examples": "12"},
    "quality": {"eval_correct": "43", "eval_total": "50", "quality_target": "95%"},
    "calls_per_month": {"calls_per_month": "2.5M"},
    "labelled_examples": {"labelled_examples": "400"},
    "latency": {"latency_now_ms": "1.8 s", "latency_ms": "800 ms"},
}


@dataclass
class Unanswered:
    """Something for which no answer was seen: a ``click``, a ``submit``ted form, an ``event``, a ``start``."""

    what: str
    chunk: Chunk | None = None
    delivery: Delivery | None = None
    view: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    ts: str = ""


@dataclass
class Person:
    """One of the people, in a channel of their own. ``expected``: what the log must hold of their consultation."""

    user: str
    channel: str
    history: bool
    sandbox: SandboxClient
    slack: Channels
    book: Book
    wire: Wire
    random: random.Random
    figures: Figures
    count: int = 0
    task: str = ""
    id: str = ""
    root: str = ""
    expected: list[Chunk] = field(default_factory=list)
    skipped: bool = False
    deciding: bool = False
    unanswered: Unanswered | None = None
    finished: list[str] = field(default_factory=list)
    _done: set[tuple[str, int]] = field(default_factory=set)

    def keep_busy(self, stop: threading.Event) -> None:
        """Go on with the consultation until told to stop, or until there is no answer."""
        while not stop.is_set() and self.unanswered is None and not self.skipped:
            self.act()
            stop.wait(self.random.uniform(0.005, 0.04))

    def act(self) -> None:
        """Do the next thing, if there is anything to do yet."""
        if not self.task:
            self._start()
        elif self._found():
            self._go_on()

    def _start(self) -> None:
        self.count += 1
        self.task = f"sort parcels for {self.user.lower()} {self.count}"
        self.figures.consultations += 1
        if self.random.random() < 0.6:
            self.sandbox.command(self.user, self.channel, f"/tune-or-prompt {self.task}")
            if self.wire.last(self.user).status != 200:
                self.unanswered = Unanswered("start")
        else:
            ts = self.sandbox.say(self.user, self.channel, f"@Tune or Prompt {self.task}")["ts"]
            if not self.wire.event_answered(ts):
                self.unanswered = Unanswered("event", ts=ts)

    def _found(self) -> bool:
        if not self.root:
            found = self.book.find(self.task)
            if found is None or found["root_ts"] is None:
                return False
            self.id, self.root = found["id"], found["root_ts"]
        return True

    def _go_on(self) -> None:
        thread = self.slack.thread(self.channel, self.root)
        asked = [m for m in thread if (key := asks(m)) is not None and key not in self._done]
        if asked:
            changes = [b for m in thread for b in buttons_of(m) if b["action_id"].startswith("change:")]
            if changes and self.random.random() < 0.12:
                self._change(thread)
            else:
                newest = asks(asked[-1])
                self._answer(self.random.choice([m for m in asked if asks(m) == newest]))
        elif resume := [m for m in thread if pressable(m, ids.RESUME)]:
            self._press(resume[0], ids.RESUME)
        elif self.book.standing(self.id).is_advised:
            self._decide(thread)

    # Answers

    def _answer(self, message: dict[str, Any]) -> None:
        key = asks(message)
        assert key is not None
        question = QUESTIONS[key[0]]
        ways = ["press"] * 3 if question.choices else []
        ways += ["type"] * 2 if question.name in TYPED else []
        ways += ["form"] * 2 if question.numbers else []
        ways += ["not sure", "skip"] if question.choices and self.random.random() < 0.3 else []
        way = self.random.choice(ways)
        if way == "type":
            self._type(question.name)
        elif way == "form":
            self._fill(message, ids.action_id(ids.FORM, question.name), question.name, numbers=True)
        elif way == "not sure":
            self._press(message, ids.action_id(ids.NOT_SURE, question.name), [(question.name, None)])
        elif way == "skip":
            self._press(message, ids.SKIP_REST, None)
        elif question.several:
            self._pick(message, question.name)
        else:
            choice = self.random.choice(question.choices)
            about = ids.action_id(ids.ANSWER, question.name, choice.id)
            self._press(message, about, list(choice.values.items()))

    def _pick(self, message: dict[str, Any], name: str) -> None:
        picked = self.random.sample([c.id for c in QUESTIONS[name].choices], 2)
        tick = ids.action_id(ids.PICK, name)
        block = next(
            b["block_id"]
            for b in message["blocks"]
            if any(e.get("action_id") == tick for e in b.get("elements", ()) if isinstance(e, dict))
        )
        values = [c.values[name] for c in QUESTIONS[name].choices if c.id in picked]
        chunk: Chunk = [(name, [one for some in values for one in some])]
        self._press(message, ids.action_id(ids.PICKED, name), chunk, {block: {tick: picked}})

    def _press(
        self,
        message: dict[str, Any],
        action: str,
        chunk: Chunk | None = None,
        ticks: dict[str, Any] | None = None,
    ) -> bool:
        """Press a button; ``chunk`` is what the log must then hold more. Whether there was an answer."""
        press = pressable(message, action)
        if press is None:
            return False
        before = len(self.wire.delivered)
        typed = {
            b: {a: {"type": "checkboxes", "selected_options": _options(message, a, picked)}}
            for b, actions in (ticks or {}).items()
            for a, picked in actions.items()
        }
        try:
            self.sandbox.click(
                self.user, self.channel, message["ts"], press["block_id"], action, values=typed or None
            )
        except SandboxError:
            return False  # The message has changed meanwhile.
        assert len(self.wire.delivered) > before
        click = self.wire.last(self.user)
        is_answer = action.split(":", maxsplit=1)[0] in (ids.ANSWER, ids.NOT_SURE, ids.PICKED, ids.SKIP_REST)
        if is_answer:
            self._done.add(asks(message) or ("", 0))
        if click.status == 200:
            if is_answer:
                self._answered(chunk)
            return True
        if is_answer or action in (ids.ACCEPT, ids.NOT_NOW, ids.RESUME):
            self.unanswered = Unanswered("click", chunk if is_answer else [], click)
        return False

    def _answered(self, chunk: Chunk | None) -> None:
        self.figures.answers += 1
        if chunk is None:
            self.skipped = True  # What it leads to is looked up later: see `take_in_skipped`.
        else:
            self.expected.append(chunk)

    def take_in_skipped(self) -> None:
        """What "Skip the rest" stored: once each, and nothing but "not sure"; then nothing is left to ask.

        Nothing, where it was pressed on a question that was answered before it came to stand there.
        """
        if self.skipped:
            more = self.book.answers(self.id)[self._length() :]
            assert all(value is None for _, value in more), more
            assert len({key for key, _ in more}) == len(more), more
            assert self.book.standing(self.id).asking is None
            self.expected.append(more)
            self.skipped = False

    def _type(self, name: str) -> None:
        text, chunk = TYPED[name]
        called = "" if self.history else "@Tune or Prompt "
        ts = self.sandbox.say(self.user, self.channel, called + text, self.root)["ts"]
        self._done |= {key for m in self.slack.thread(self.channel, self.root) if (key := asks(m))}
        if self.wire.event_answered(ts):
            self._answered(chunk)
        else:
            self.unanswered = Unanswered("event", chunk, ts=ts)

    # Forms

    def _change(self, thread: list[dict[str, Any]]) -> None:
        changeable = [
            (m, b["action_id"]) for m in thread for b in buttons_of(m) if b["action_id"].startswith("change:")
        ]
        message, action = self.random.choice(changeable)
        name = action.split(":")[1]
        self._fill(message, action, name, numbers=not QUESTIONS[name].choices)

    def _fill(self, message: dict[str, Any], action: str, name: str, *, numbers: bool) -> None:
        if not self._press(message, action):
            return
        view = self.sandbox.view(self.user)
        if view is None or view["callback_id"] != ids.QUESTION_FORM:
            return
        question = QUESTIONS[name]
        if numbers:
            values: dict[str, Any] = {
                ids.number_block(key): {ids.VALUE: text} for key, text in FIGURES[name].items()
            }
        else:
            picked = [c.id for c in self.random.sample(question.choices, 2 if question.several else 1)]
            values = {ids.choice_block(name): {ids.VALUE: picked if question.several else picked[0]}}
            values |= {ids.number_block(number.key): {ids.VALUE: ""} for number in question.numbers}
        self._done |= {key for m in [message] if (key := asks(m))}
        self._submit(view["id"], values)

    def _submit(self, view: str, values: dict[str, Any]) -> None:
        told = self.sandbox.submit(self.user, view, values)
        sent = self.wire.last(self.user)
        chunk = _chunk(sent)
        if sent.status == 200:
            assert told is None, told
            if chunk is not None:
                self._answered(chunk)
        else:
            self.unanswered = Unanswered("submit", chunk, sent, view=view, values=values)

    # Decisions

    def _decide(self, thread: list[dict[str, Any]]) -> None:
        advised = [m for m in thread if pressable(m, ids.ACCEPT) and m["ts"] != self.root]
        if not advised:
            return
        way = self.random.choice([ids.ACCEPT] * 5 + [ids.OTHERWISE] * 2 + [ids.NOT_NOW])
        pressed = self._press(self.random.choice(advised), way)
        self.deciding = way == ids.ACCEPT and (pressed or self.unanswered is not None)
        if pressed and way == ids.OTHERWISE:
            self._decide_otherwise()
        if self.deciding and self.unanswered is None:
            self._finish()

    def _decide_otherwise(self) -> None:
        view = self.sandbox.view(self.user)
        if view is None or view["callback_id"] != ids.OVERRIDE_FORM:
            return
        self.deciding = True
        block = next(b for b in view["blocks"] if b.get("block_id") == ids.VERDICT)
        verdict = self.random.choice(block["element"]["options"])["value"]
        values = {ids.VERDICT: {ids.VALUE: verdict}, ids.WHY: {ids.VALUE: "It is cheaper."}}
        self._submit(view["id"], values)

    def _finish(self) -> None:
        assert self.book.decision(self.id) is not None, f"{self.task}: a decision that was answered is lost"
        self.deciding = False
        self.figures.decisions += 1
        self.finished.append(self.task)
        self.check()
        self.task, self.id, self.root, self.expected = "", "", "", []
        self._done = set()

    # After a kill

    def say_again(self) -> None:
        """Repeat what was not answered: a second press, the same form once more; Slack repeats events by itself."""
        lost, self.unanswered = self.unanswered, None
        if lost is None:
            return
        self.figures.unanswered += 1
        if lost.what == "event":
            eventually(lambda: self.wire.event_answered(lost.ts), "an event that Slack repeats")
            if lost.chunk:
                self._answered(lost.chunk)
        elif lost.what == "start":
            self._start_again()
        elif lost.what == "submit":
            self._count_stored()
            self._submit(lost.view, lost.values)
            assert self.unanswered is None
        elif lost.delivery is not None:
            stored = self._count_stored()
            told = len(self._told())
            assert self.wire.click_again(lost.delivery), "a second press was not answered"
            if lost.chunk != []:
                self._answered(lost.chunk)
            if stored and (lost.chunk or self.deciding):
                said = " ".join(m["text"] for m in self._told()[told:])
                assert re.search(r"answered this|#\d", said), said
        if self.deciding:
            self._finish()

    def _count_stored(self) -> bool:
        """Whether what was not answered is in the log all the same."""
        stored = len(self.book.answers(self.id)) > self._length() or self.book.decision(self.id) is not None
        self.figures.stored_unanswered += stored
        return stored

    def _told(self) -> list[dict[str, Any]]:
        """What the app said to this person alone."""
        return [m for m in self.slack.messages() if m["ephemeral_to"] == self.user and m["bot_id"]]

    def _start_again(self) -> None:
        """As people do: look whether it is there after all, and if not, type it once more."""
        eventually(self.book.settled, "an empty outbox")
        if self.book.find(self.task) is not None:
            self.figures.stored_unanswered += 1
            return
        self.sandbox.command(self.user, self.channel, f"/tune-or-prompt {self.task}")
        assert self.wire.last(self.user).status == 200

    def check(self) -> None:
        """Every answer that was answered with a 200 is in the log exactly once, in its order, and nothing else."""
        if not self.id:
            return
        self.take_in_skipped()
        found = self.book.answers(self.id)
        if len(found) != self._length():
            self.figures.lost += max(0, self._length() - len(found))
            self.figures.doubled += max(0, len(found) - self._length())
            raise AssertionError(f"{self.task}: the log holds {found}, and not {self.expected}")
        for wanted in self.expected:
            # The records of one answer, in whatever order.
            one, found = found[: len(wanted)], found[len(wanted) :]
            assert dict(one) == _plain(dict(wanted)), f"{self.task}: {one} instead of {wanted}"

    def _length(self) -> int:
        return sum(len(chunk) for chunk in self.expected)


def asks(message: dict[str, Any]) -> tuple[str, int] | None:
    """The question that a message asks, and the number of the answer it was asked after; ``None`` when none."""
    for one in buttons_of(message):
        if one["action_id"].startswith(ids.NOT_SURE + ":"):
            return one["action_id"].split(":")[1], int(json.loads(one["value"]).get("s", 0))
    return None


def pressable(message: dict[str, Any], action: str) -> dict[str, Any] | None:
    """The button with this action."""
    return next((b for b in buttons_of(message) if b["action_id"] == action), None)


def _options(message: dict[str, Any], action: str, picked: list[str]) -> list[dict[str, Any]]:
    boxes = next(
        e
        for b in message["blocks"]
        for e in b.get("elements", ())
        if isinstance(e, dict) and e.get("action_id") == action
    )
    return [option for option in boxes["options"] if option["value"] in picked]


def _chunk(sent: Delivery) -> Chunk | None:
    """What a question's form says, as the log must hold it; ``None`` for another form."""
    view = sent.payload["view"]
    if view["callback_id"] != ids.QUESTION_FORM:
        return None
    question = QUESTIONS[json.loads(view["private_metadata"][LENGTH:])["q"]]
    read = forms.read_form(
        incoming.submission(sent.payload, TEAM, datetime.datetime.now(datetime.UTC)).state, [question]
    )
    assert isinstance(read, forms.Filled), read
    return list(read.values.items())


def _plain(value: Any) -> Any:
    """As JSON has it."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
