"""kill -9 at random moments: what was answered stays answered, and Slack shows what the log says.

The app is the real one over HTTP, in processes that are killed; Slack (the sandbox) stays up, but every fifth message
that it takes it does not acknowledge. Three people at a time
go through consultations. ``pytest tests/bot/test_kill.py --kills 200`` kills as often as that.
"""

from __future__ import annotations

import random
import shutil
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.posts import Advised, Card, Chart, Question
from bot.decision_log.upgrade import upgrade
from bot.sandbox.workspace import DEFAULT_SCOPES
from bot.slack.blocks import text
from bot.views.thread import draw
from tests.support.deliveries import buttons_of
from tests.support.killing.book import DROPPED, Book, Channels, eventually
from tests.support.killing.figures import FIGURES, Figures
from tests.support.killing.forks import Forks, forks
from tests.support.killing.people import Person, asks
from tests.support.killing.wire import SECRET, Wire, wire_to
from tests.support.sandboxed import running_sandbox

KILLS, KILLS_WHEN_LONG = 4, 24
"""How often, unless --kills says otherwise; by turns in each kind of Slack."""
AT_A_TIME = 20
"""Kills of one app and one sandbox; then new ones, since a sandbox with a long history is slow to look at."""

WITHIN_SECONDS = 0.6
"""From when people begin to when the app is killed, at most."""

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


KINDS = (
    Kind("with history", history=True, repetitions=False),
    Kind("without", history=False, repetitions=False),
    Kind("without, but it knows repetitions", history=False, repetitions=True),
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Runs of some kills each, by turns in each kind of Slack."""
    is_long, seed = metafunc.config.getoption("--long"), metafunc.config.getoption("--kill-seed")
    kills = metafunc.config.getoption("--kills") or (KILLS_WHEN_LONG if is_long else KILLS)
    at_a_time = min(AT_A_TIME, max(1, kills // len(KINDS)))
    runs: list[tuple[int, Kind, int]] = []
    while kills > 0:
        runs.append((min(at_a_time, kills), KINDS[len(runs) % len(KINDS)], seed * 1000 + len(runs)))
        kills -= at_a_time
    named = [f"{kind.name}, seed {one}" for _, kind, one in runs]
    marks = [pytest.mark.long("many kills find what a few do not")] if is_long else []
    given = [pytest.param(*run, id=name, marks=marks) for run, name in zip(runs, named, strict=True)]
    metafunc.parametrize(("kills", "kind", "seed"), given)


@pytest.fixture(scope="module")
def app() -> Iterator[Forks]:
    with forks() as found:
        yield found


@pytest.fixture(scope="module")
def new_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("new") / "log.db"
    upgrade(f"sqlite:///{file}")
    return file


def test_what_was_answered_is_kept_once_and_slack_shows_the_present_question(
    kills: int, kind: Kind, seed: int, app: Forks, new_database: Path, tmp_path: Path
) -> None:
    history = kind.history
    shutil.copy(new_database, tmp_path / "log.db")
    figures = FIGURES.of.setdefault(kind.name, Figures())
    began = time.monotonic()
    with wire_to(app.port) as wire, running_sandbox(request_url=wire.url) as sandbox:
        sandbox.scopes(*(set(DEFAULT_SCOPES) - set(HISTORY)), *(HISTORY if history else ()))
        sandbox.settings(
            retry_events_after=[0, 0.2, 0.3, 0.5, 0.5, 1, 1, 2, 2, 2], knows_repetitions=kind.repetitions
        )
        settings = {
            "slack_bot_token": "xoxb-sandbox",
            "slack_signing_secret": SECRET,
            "slack_api_url": sandbox.api_url,
            "database_url": f"sqlite:///{tmp_path / 'log.db'}",
        }
        slack, book = Channels(sandbox), Book(tmp_path / "log.db")
        chance = random.Random(seed)
        people = [
            Person(
                user, channel, history, sandbox, slack, book, wire, random.Random(f"{seed}{user}"), figures
            )
            for user, channel in PEOPLE.items()
        ]
        run = Run(app, settings, tmp_path / "app.log", chance, people, book, slack, wire, figures, kind)
        sandbox.command("UANA", "CGENERAL", "/invite @Tune or Prompt")
        try:
            run.go(kills)
        except BaseException:
            print(f"seed {seed}, kill {run.killed} of {kills}; the app said:")
            print((tmp_path / "app.log").read_text()[-4000:])
            raise
        finally:
            app.kill()
            figures.seconds += time.monotonic() - began


@dataclass
class Run:
    """One app that is killed again and again."""

    app: Forks
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
    copies: dict[str, int] = field(default_factory=dict)
    """How often each message is in Slack, by nonce, where that is more than once."""
    dropped: Counter[str] = field(default_factory=Counter)
    """How often Slack took each message without saying so, by nonce."""

    def go(self, kills: int) -> None:
        self._start()
        while self.killed < kills:
            before = self.killed
            self._work_until_killed()
            if self.killed < kills and self.chance.random() < 0.2:
                # Once more while it starts, recovers and sends.
                self.app.start(self.settings, self.errors)
                time.sleep(self.chance.uniform(0.05, 0.45))
                self._kill()
            self._start()
            for person in self.people:
                person.say_again()
            self._check(self.killed - before)
            self._press_stale_copies()
        self._check_the_whole()

    def _start(self) -> None:
        self.app.start(self.settings, self.errors)
        self.app.ready()

    def _kill(self) -> None:
        self.app.kill()
        self.killed += 1
        self.figures.kills += 1

    def _work_until_killed(self) -> None:
        sandbox = self.slack.sandbox
        sandbox.fail("chat.postMessage", status=DROPPED, after=True, every=5, times=1000)
        if self.chance.random() < 0.6:
            # Messages are there at once, but their answers come late: more is killed between sending and noting.
            sandbox.fail("chat.postMessage", delay=self.chance.uniform(0.05, 0.3), times=1000)
        stop = threading.Event()
        with ThreadPoolExecutor(len(self.people)) as pool:
            at_work = [pool.submit(person.keep_busy, stop) for person in self.people]
            self._wait_for_the_moment()
            self._kill()
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
        for person in self.people:
            if person.task and person._found():
                self._check_thread(person)

    def _check_messages(self, kills: int) -> None:
        """Every message that the log wants is in Slack, once, and no other."""
        wanted, shown, dropped = self.book.posts(), self.slack.ours(), self.slack.dropped()
        assert set(shown) <= set(wanted), "Slack shows a message that the log does not know"
        for nonce, post in wanted.items():
            never_shown = post["what"] == "chart" and post["closed"] and post["ts"] is None
            if post["what"] == "copy" or never_shown:
                continue
            there = shown.get(nonce, [])
            assert post["ts"] in [m["ts"] for m in there], f"{post['what']} {post['about']} is not in Slack"
            known = self.copies.get(nonce, 1)
            more = len(there) - known
            if more:
                looked_for = self.kind.history or self.kind.repetitions
                assert not looked_for, f"{post['what']} {post['about']} came {len(there)} times"
                unsaid = dropped[nonce] - self.dropped[nonce]
                assert 0 < more <= kills + unsaid, (more, kills, unsaid)
                self.copies[nonce] = len(there)
                self.figures.copies += more
                self.figures.most_of_one = max(self.figures.most_of_one, len(there) - 1)
            self._check_revision(there, post["ts"])
        self.figures.dropped += dropped.total() - self.dropped.total()
        self.dropped = dropped

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
            if isinstance(post.about, Card | Question | Advised | Chart) and not post.closed:
                assert post.ts is not None
                assert thread[post.ts]["text"] == text(draw(standing, post, hears_threads=self.kind.history))
        tracked = {p.ts: p for p in standing.posts}
        asking = [m for m in thread.values() if asks(m) and m["ts"] in tracked]
        if standing.consultation.status == "open" and standing.asking is not None:
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
                buttons = buttons_of(copy)
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
            open_still = [now[place] for place in pressed if "came twice" not in now[place]["text"]]
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
        assert self.book.rows("PRAGMA integrity_check")[0][0] == "ok"
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
