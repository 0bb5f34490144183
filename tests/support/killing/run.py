"""A run of kills: people work, the app is killed, and what must hold is looked at."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.posts import Advised, Card, Chart, Question
from bot.decision_log.records import UNSAID
from bot.sandbox.workspace import DEFAULT_SCOPES
from bot.slack.blocks import text
from bot.slack.showing import HELD_BACK
from bot.views import ids
from bot.views.thread import draw
from tests.support.deliveries import buttons_of
from tests.support.killing.book import DROPPED, Book, Channels, eventually
from tests.support.killing.figures import FIGURES, Figures
from tests.support.killing.forks import Forks
from tests.support.killing.people import Person, asks
from tests.support.killing.wire import SECRET, Wire, wire_to
from tests.support.sandboxed import running_sandbox

AT_A_TIME = 20
"""Kills of one app and one sandbox; then new ones, since a sandbox with a long history is slow to look at."""
WITHIN_SECONDS = 0.6
"""From when people begin to when the app is killed, at most."""
LONGER = HELD_BACK + timedelta(seconds=1)
"""After which what is held back is sent again."""

PEOPLE = {"UANA": "CMLPLAT", "UBEN": "CSUPPORT", "UCHEN": "CGENERAL"}
HISTORY = ("channels:history", "groups:history")


@dataclass(frozen=True)
class Kind:
    """A kind of Slack. ``history``: we may look for what we sent. ``repetitions``: it posts nothing twice that comes
    under the same id. In either nothing may stand there twice.
    """

    name: str
    history: bool
    repetitions: bool


def run_of_kills(
    apps: Sequence[Forks], kills: int, kind: Kind, seed: int, book: Book, database_url: str, said: Path
) -> None:
    """Kill so often; raises AssertionError where something does not hold. ``said``: a file for what the app says."""
    figures = FIGURES.of.setdefault(kind.name, Figures())
    began = time.monotonic()
    with wire_to(*(app.port for app in apps)) as wire, running_sandbox(request_url=wire.url) as sandbox:
        sandbox.scopes(*(set(DEFAULT_SCOPES) - set(HISTORY)), *(HISTORY if kind.history else ()))
        sandbox.settings(
            retry_events_after=[0, 0.2, 0.3, 0.5, 0.5, 1, 1, 2, 2, 2], knows_repetitions=kind.repetitions
        )
        settings = {
            "slack_bot_token": "xoxb-sandbox",
            "slack_signing_secret": SECRET,
            "slack_api_url": sandbox.api_url,
            "database_url": database_url,
        }
        slack, chance = Channels(sandbox), random.Random(seed)
        people = [
            Person(
                user,
                channel,
                kind.history,
                sandbox,
                slack,
                book,
                wire,
                random.Random(f"{seed}{user}"),
                figures,
            )
            for user, channel in PEOPLE.items()
        ]
        run = Run(apps, settings, said, chance, people, book, slack, wire, figures, kind)
        sandbox.command("UANA", "CGENERAL", "/invite @Tune or Prompt")
        try:
            run.go(kills)
        except BaseException:
            print(f"seed {seed}, kill {run.killed} of {kills}; the app said:")
            print(said.read_text()[-4000:])
            raise
        finally:
            for app in apps:
                app.kill()
            figures.seconds += time.monotonic() - began


def planned(config: Any, kinds: Sequence[Kind], usually: tuple[int, int], reason: str) -> list[Any]:
    """Runs of some kills each, by turns in each kind, as ``(kills, kind, seed)`` for a test.

    ``usually``: how many kills without --kills, ordinarily and with --long.
    """
    is_long, seed = config.getoption("--long"), config.getoption("--kill-seed")
    kills = config.getoption("--kills") or usually[is_long]
    at_a_time = min(AT_A_TIME, max(1, kills // len(kinds)))
    runs: list[tuple[int, Kind, int]] = []
    while kills > 0:
        runs.append((min(at_a_time, kills), kinds[len(runs) % len(kinds)], seed * 1000 + len(runs)))
        kills -= at_a_time
    marks = [pytest.mark.long(reason)] if is_long else []
    return [pytest.param(*one, id=f"{one[1].name}, seed {one[2]}", marks=marks) for one in runs]


@dataclass
class Run:
    """One app, or several replicas of it, of which one at a time is killed, again and again."""

    apps: Sequence[Forks]
    settings: dict[str, Any]
    errors: Path
    chance: random.Random
    people: list[Person]
    book: Book
    slack: Channels
    wire: Wire
    figures: Figures
    kind: Kind
    killed: int = 0
    _down: Forks = field(init=False)
    copies: dict[str, int] = field(default_factory=dict)
    """How often each message is in Slack, by nonce, where that is more than once."""
    dropped: Counter[str] = field(default_factory=Counter)
    """How often Slack took each message without saying so, by nonce."""
    waits: Counter[str] = field(default_factory=Counter)
    """How often people waited for each message that was held back, by nonce."""
    held: set[str] = field(default_factory=set)
    """The nonces of all that ever was."""

    def go(self, kills: int) -> None:
        """Let people work and kill, until so many kills are done and all that must hold has held after each."""
        self._start(self.apps)
        while self.killed < kills:
            before = self.killed
            self._work_until_killed()
            if self.killed < kills and self.chance.random() < 0.2:
                # Once more while it starts, recovers and sends.
                self._down.start(self.settings, self.errors)
                time.sleep(self.chance.uniform(0.05, 0.45))
                self._kill(self._down)
            self._start([self._down])
            for person in self.people:
                person.say_again()
            self._check(self.killed - before)
            self._press_stale_copies()
        self._check_the_whole()

    def _start(self, apps: Sequence[Forks]) -> None:
        for app in apps:
            app.start(self.settings, self.errors)
        for app in apps:
            app.ready()

    def _kill(self, app: Forks) -> None:
        app.kill()
        self._down = app
        self.killed += 1
        self.figures.kills += 1

    def _work_until_killed(self) -> None:
        sandbox = self.slack.sandbox
        sandbox.fail(
            "chat.postMessage", status=DROPPED, after=True, every=self.chance.choice((2, 5)), times=1000
        )
        if self.chance.random() < 0.6:
            # Messages are there at once, but their answers come late: more is killed between sending and noting.
            sandbox.fail("chat.postMessage", delay=self.chance.uniform(0.05, 0.3), times=1000)
        stop = threading.Event()
        with ThreadPoolExecutor(len(self.people)) as pool:
            at_work = [pool.submit(person.keep_busy, stop) for person in self.people]
            self._wait_for_the_moment()
            self._kill(self.chance.choice(self.apps) if len(self.apps) > 1 else self.apps[0])
            if len(self.apps) > 1:
                time.sleep(self.chance.uniform(0, WITHIN_SECONDS))  # the others go on
            stop.set()
            for one in at_work:
                one.result()
        sandbox.post("fail")
        noted = self.book.posts()
        self.figures.sent_unnoted += sum(
            noted[nonce]["ts"] is None for nonce in self.slack.ours() if nonce in noted
        )

    def _wait_for_the_moment(self) -> None:
        """Any moment at all; or one of the few milliseconds in which something is stored and answered."""
        aimed = self.chance.random() < 0.4
        time.sleep(self.chance.uniform(0, WITHIN_SECONDS / 2 if aimed else WITHIN_SECONDS))
        if aimed:
            self.wire.on_its_way.clear()
            self.wire.on_its_way.wait(WITHIN_SECONDS / 2)
            time.sleep(self.chance.uniform(0, 0.02))

    # What must hold

    def _check(self, kills: int) -> None:
        eventually(self.book.settled, "an empty outbox")
        for person in self.people:
            person.check()
        self._check_messages(kills)
        if self._wait_for_what_is_held_back():
            self._check_messages(kills=1)  # and what stands behind a card has come too
        for person in self.people:
            if person.task and person._found():
                self._check_thread(person)

    def _check_messages(self, kills: int) -> None:
        """Every message that the log wants is in Slack, once, and no other."""
        wanted, shown, dropped = self.book.posts(), self.slack.ours(), self.slack.dropped()
        held = [post for post in wanted.values() if self.book.is_held_back(post)]
        threadless = {post["consultation_id"] for post in held if post["what"] == "card"}
        assert set(shown) <= set(wanted), "Slack shows a message that the log does not know"
        for nonce, post in wanted.items():
            never_shown = (
                post["closed"]
                and post["ts"] is None
                and (post["what"] == "chart" or post["refused"] == UNSAID)
            )
            there = shown.get(nonce, [])
            if post["what"] == "copy" or (never_shown and not there) or self.book.is_silent(post):
                continue
            is_noted = post["ts"] in [m["ts"] for m in there]
            waits = post["ts"] is None and post["consultation_id"] in threadless
            is_lost = never_shown or waits or self.book.is_held_back(post)
            assert is_noted or is_lost, f"{post['what']} {post['about']} is not in Slack"
            known = self.copies.get(nonce, 1)
            more = len(there) - known
            if more > 0:
                looked_for = self.kind.history or self.kind.repetitions
                assert not looked_for, f"{post['what']} {post['about']} came {len(there)} times"
                unsaid = dropped[nonce] - self.dropped[nonce]
                assert 0 < more <= kills + unsaid, (more, kills, unsaid)
                self.copies[nonce] = len(there)
                self.figures.copies += more
                without_waiting = len(there) - 1 - self.waits[nonce]
                assert without_waiting <= 1, f"{post['what']} {post['about']} came {len(there)} times"
                self.figures.most_of_one = max(self.figures.most_of_one, without_waiting)
            self._check_revision(there, post["ts"])
        self.figures.dropped += dropped.total() - self.dropped.total()
        self.dropped = dropped

    def _wait_for_what_is_held_back(self) -> bool:
        """What stands nowhere is missed, and comes in a while; so does a card, on which there is nothing to press.

        Whether anything was missed.
        """
        shown = self.slack.ours()
        held = {nonce: post for nonce, post in self.book.posts().items() if self.book.is_held_back(post)}
        self.figures.held_back += len(held.keys() - self.held)
        self.held |= held.keys()
        missed = [n for n, post in held.items() if n not in shown or post["what"] == "card"]
        if not missed:
            return False
        self.figures.waited += len(missed)
        self.waits.update(held.keys())  # the others are sent again too
        self.slack.sandbox.post("let_time_pass", seconds=LONGER.total_seconds())
        self.book.passed += LONGER
        eventually(
            lambda: not any(self.book.is_held_back(self.book.posts()[n]) for n in missed),
            "what was held back comes",
        )
        eventually(self.book.settled, "an empty outbox")
        return True

    def _check_revision(self, there: list[dict[str, Any]], ts: str) -> None:
        """Whatever copy of a question is answered, it is the same question, asked after the same answer."""
        asked = {m["ts"]: asks(m) for m in there}
        if asked.get(ts) is not None:
            assert {one for one in asked.values() if one is not None} == {asked[ts]}, asked

    def _check_thread(self, person: Person) -> None:
        """Slack shows the consultation as it stands, and asks what is asked now."""
        standing = self.book.standing(person.id)
        thread = {m["ts"]: m for m in self.slack.thread(person.channel, person.root)}
        for post in standing.posts:
            is_lost = post.ts is None and post.refused == UNSAID
            if isinstance(post.about, Card | Question | Advised | Chart) and not post.closed and not is_lost:
                assert post.ts is not None
                assert thread[post.ts]["text"] == text(draw(standing, post, hears_threads=self.kind.history))
        tracked = {p.ts: p for p in standing.posts}
        asking = [m for m in thread.values() if asks(m) and m["ts"] in tracked]
        lost = [p.about for p in standing.posts if p.ts is None and p.refused == UNSAID and not p.closed]
        if Question(standing.asking or "") in lost:
            assert asking == []
        elif standing.consultation.status == "open" and standing.asking is not None:
            assert [asks(m) for m in asking] == [(standing.asking, standing.seq_of(standing.asking))]
        else:
            assert asking == []
        if self.kind.history:
            assert all(asks(m) is None for m in thread.values() if m["ts"] not in tracked)

    def _press_stale_copies(self) -> None:
        """The second copy of a message that is not up to date any more closes when it is pressed."""
        posts = self.book.posts()
        closed = {row["ts"] for row in posts.values() if row["what"] == "copy"}
        pressed = []
        for nonce in self.copies:
            for copy in self.slack.ours()[nonce]:
                # What only shows a decision is never stale.
                buttons = [one for one in buttons_of(copy) if not one["action_id"].startswith(f"{ids.SHOW}:")]
                if copy["ts"] in closed or copy["ts"] == posts[nonce]["ts"] or not buttons:
                    continue
                if self._is_stale(copy, posts[nonce]):
                    one = buttons[0]
                    self.slack.sandbox.click(
                        "UANA", copy["channel"], copy["ts"], one["block_id"], one["action_id"]
                    )
                    pressed.append((copy["channel"], copy["ts"]))
        if pressed:
            eventually(self.book.settled, "an empty outbox")
            now = {(m["channel"], m["ts"]): m for m in self.slack.messages()}
            known = {row["ts"] for row in self.book.posts().values() if row["what"] != "copy"}
            closed_now = (now[place] for place in pressed if place[1] not in known)
            open_still = [message for message in closed_now if "came twice" not in message["text"]]
            assert not open_still, [(m["text"], buttons_of(m)[:1]) for m in open_still]
            self.figures.closed += len(pressed)
            for person in self.people:
                person.check()

    def _is_stale(self, copy: dict[str, Any], post: Any) -> bool:
        """Whether pressing it changes nothing: its question is answered, or its consultation decided."""
        standing = self.book.standing(post["consultation_id"])
        asked = asks(copy)
        if standing.consultation.status == "decided":
            return True
        return asked is not None and standing.seq_of(asked[0]) > asked[1]

    def _check_the_whole(self) -> None:
        assert "Traceback" not in self.errors.read_text()
        assert self.book.is_sound()
        decided = self.book.rows("SELECT channel_id, number FROM decisions ORDER BY number")
        numbers = [row["number"] for row in decided]
        for channel in {row["channel_id"] for row in decided}:
            own = [row["number"] for row in decided if row["channel_id"] == channel]
            assert own == list(range(1, len(own) + 1))
        per_person = sum(len(person.finished) for person in self.people)
        assert len(numbers) == per_person
        tasks = [row["task"] for row in self.book.rows("SELECT task FROM consultations")]
        assert len(tasks) == len(set(tasks)) == sum(person.count for person in self.people)
        assert self.book.rows("SELECT 1 FROM consultations WHERE status = 'void'") == []
