"""What Slack must still be told: the outbox makes Slack look like the log.

A row of the outbox is a consultation that changed, however often. Whoever claims it draws each of its messages from
the log as it is now, and sends those that Slack does not show that way yet. A message is noted as tried before it is
sent and with its ``ts`` after; a crash in between is reconciled by the nonce in its metadata where a history scope is
granted, and otherwise the message is sent again.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import logging
import random
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from slack_sdk.errors import SlackApiError

from bot import pictures
from bot.charting import TABLE, Charting
from bot.conversation import Conversation
from bot.decision_log.log import CouldNotRead, CouldNotSave, Log
from bot.decision_log.records import Consultation, Outgoing, Post
from bot.decision_log.scope import Scope
from bot.dropped import is_unread, use_of
from bot.evidence import UNREACHABLE_FILE, read_file
from bot.pace import Pace
from bot.second_reading import Ask, unclear
from bot.second_reading import is_unread as is_put_off
from bot.sending import BlocksRefused, Gone, Slack, Unreachable, Wait
from bot.standing import Standing
from bot.views.message import Message
from bot.views.thread import draw
from bot.views.usage import not_in_channel

log = logging.getLogger(__name__)

LEASE = datetime.timedelta(seconds=30)
"""How long a consultation is ours to send. What a killed process had claimed waits this long on PostgreSQL."""
LAST_CALL = datetime.timedelta(seconds=20)
"""What a message may take (looking for it, waiting its turn, posting it): none is begun with less of the lease left."""
SILENCE = datetime.timedelta(days=1)
SEEN_FOR = datetime.timedelta(hours=24)
REFUSALS_TAKEN = 5
"""How often a message that Slack refuses is tried again; after that, with the consultation's next change."""
FETCHES_TAKEN = 4
"""How often a file that cannot be fetched is tried again."""
ASKING_AT_ONCE = 2
"""How many of the workers may wait for a language model at once: the others go on sending."""
ASKED_LATER = datetime.timedelta(seconds=0.5)
IDLE_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 300.0
WORKERS = 4
WARM_AFTER_SECONDS = 2.0
"""When what draws is loaded: after the start, so that nothing waits for it, and before anybody has got an advice."""

Clock = Callable[[], datetime.datetime]


@dataclass
class Outbox:
    """Sends what the log says, from a few threads of its own, until it is stopped."""

    record: Log
    conversation: Conversation
    slack: Slack
    clock: Clock
    hears_threads: Callable[[], bool] = lambda: True
    pace: Pace = field(default_factory=Pace)
    ask: Ask | None = None
    """Asks a language model about a reply that was not understood; ``None``: the app asks back instead."""
    _asking: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(ASKING_AT_ONCE))
    _woken: threading.Event = field(default_factory=threading.Event)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None
    _warming: threading.Timer | None = None

    def start(self) -> None:
        """Begin to send in the background."""
        self._warming = threading.Timer(WARM_AFTER_SECONDS, self._warm)
        self._warming.daemon = True
        self._warming.start()
        self._thread = threading.Thread(target=self._run, name="outbox", daemon=True)
        self._thread.start()

    def stop(self, drain_seconds: float = 5.0) -> None:
        """Finish what is being sent, and end. What is left is sent after the next start."""
        self._stopping.set()
        self._woken.set()
        if self._warming is not None:
            self._warming.cancel()
        if self._thread is not None:
            self._thread.join(drain_seconds)

    def wake(self) -> None:
        """There is something new to send."""
        self._woken.set()

    def _warm(self) -> None:
        pictures.warm()
        if self.ask is not None:
            self.ask.warm()

    @property
    def charting(self) -> Charting:
        """What uploads the pictures."""
        return Charting(self.slack)

    def age(self) -> datetime.timedelta:
        """For how long the oldest row has been due."""
        return self.record.backlog(self.clock()).oldest

    def _run(self) -> None:
        kept, fresh = self.clock(), True
        busy = threading.Semaphore(WORKERS)
        with ThreadPoolExecutor(WORKERS, "outbox") as workers:
            while not self._stopping.is_set():
                self._woken.clear()
                try:
                    if fresh:
                        self.record.release_leases()
                        fresh = False
                    claimed = self._claim(busy)
                    for outgoing in claimed:
                        workers.submit(self._work, outgoing, busy)
                    if self.clock() - kept > datetime.timedelta(minutes=1):
                        kept = self.clock()
                        self._keep_house()
                except (CouldNotRead, CouldNotSave):
                    log.warning("the outbox cannot reach the database; trying again")
                    claimed = []
                if not claimed:
                    self._woken.wait(IDLE_SECONDS)

    def _claim(self, busy: threading.Semaphore) -> list[Outgoing]:
        free = 0
        while free < WORKERS and busy.acquire(blocking=False):
            free += 1
        claimed = self.record.claim(self.clock(), LEASE, free) if free else []
        for _ in range(free - len(claimed)):
            busy.release()
        return claimed

    def _work(self, outgoing: Outgoing, busy: threading.Semaphore) -> None:
        try:
            self.send(outgoing)
        except Exception:
            log.exception("sending of consultation %s failed", outgoing.consultation)
            self._postpone(outgoing, 30.0)
        finally:
            busy.release()
            self._woken.set()

    def send(self, outgoing: Outgoing) -> None:
        """Bring one consultation's messages up to date, and note what could not be sent for later."""
        try:
            standing = self.conversation.bring_up_to_date(
                outgoing.workspace, outgoing.consultation, self.clock()
            )
            held_up = self._read_files(standing, outgoing) if standing is not None else None
            if standing is not None and any(map(is_unread, standing.consultation.posts)):
                standing = self.conversation.bring_up_to_date(
                    outgoing.workspace, outgoing.consultation, self.clock()
                )
            if standing is not None and not self._show(standing, outgoing):
                self.record.postpone(outgoing, self.clock(), outgoing.attempts)
                return
            if standing is not None and not self._read_again(standing, outgoing):
                self.record.postpone(outgoing, self.clock() + ASKED_LATER, outgoing.attempts)
                return
            if held_up is not None:
                raise held_up
            self.record.settled(outgoing)
        except Wait as wait:
            log.info("%s", wait)
            self._postpone(outgoing, wait.seconds)
        except (Unreachable, Gone) as why:
            log.info("consultation %s cannot be shown: %s", outgoing.consultation, why)
            self.record.settled(outgoing)
        except SlackApiError as refused:
            log.error("Slack refused a message: %s", refused.response.get("error"))
            if outgoing.attempts < REFUSALS_TAKEN:
                self._postpone(outgoing, 5.0)
            else:
                self.record.settled(outgoing)

    def _postpone(self, outgoing: Outgoing, seconds: float) -> None:
        attempts = outgoing.attempts + 1
        wait = min(LONGEST_WAIT_SECONDS, seconds * 2 ** min(outgoing.attempts, 8) * random.uniform(1.0, 1.2))  # noqa: S311
        self.record.postpone(outgoing, self.clock() + datetime.timedelta(seconds=wait), attempts)

    def _read_files(self, standing: Standing, outgoing: Outgoing) -> Wait | None:
        """Read the files that were dropped since; what it has to wait for, where Slack asks to."""
        consultation = standing.consultation
        for post in filter(is_unread, consultation.posts):
            try:
                found = read_file(self.slack, post.about)
            except Wait as wait:
                if outgoing.attempts < FETCHES_TAKEN:
                    return wait
                found = UNREACHABLE_FILE
            use = use_of(post.about)
            self.conversation.evidence_read(
                consultation.workspace, consultation.id, post.id, use, found, self.clock()
            )
        return None

    def _read_again(self, standing: Standing, outgoing: Outgoing) -> bool:
        """Ask the model about the replies that were put off; what comes of it is shown with the next sending.

        ``False``: it has to wait, for a free worker or another lease.
        """
        consultation = standing.consultation
        for post in filter(is_put_off, consultation.posts):
            pointed = None
            if self.ask is not None:
                if not self._has_time(outgoing) or not self._asking.acquire(blocking=False):
                    return False
                try:
                    pointed = self.ask(unclear(post.about))
                finally:
                    self._asking.release()
            self.conversation.read_again(
                consultation.workspace, consultation.id, post.id, pointed, self.clock()
            )
        return True

    def _show(self, standing: Standing, outgoing: Outgoing) -> bool:
        """Send whatever differs: what is new first, then edits with the card last, unless that is new, then charts.

        Somebody waits for what is new; whatever keeps a chart waiting keeps nothing else. ``False`` if the lease did
        not suffice for all of it.
        """
        consultation = standing.consultation
        card, *others = sorted(consultation.posts, key=lambda post: (post.what != "card", post.id))
        if card.ts is None:
            consultation = self._post_card(standing, card)
        charts = [post for post in others if post.what == "chart"]
        rest = [post for post in others if post.what != "chart" and not is_put_off(post)]
        rest.sort(key=lambda post: post.ts is not None)
        for post in [*rest, *([] if card.ts is None else [card])]:
            if not self._has_time(outgoing):
                return False
            self._show_one(standing, consultation, post)
        return all(self._show_chart(standing, consultation, post, outgoing) for post in charts)

    def _has_time(self, outgoing: Outgoing) -> bool:
        """Whether enough of the lease is left for another message."""
        return outgoing.lease_until is None or outgoing.lease_until - self.clock() >= LAST_CALL

    def _show_one(self, standing: Standing, consultation: Consultation, post: Post) -> None:
        if post.closed or (post.ts is not None and post.what == "note" and "state" not in post.about):
            return
        message = draw(standing, post, hears_threads=self.hears_threads())
        looks = digest(message)
        if post.ts is None:
            ts, is_new = self._post(consultation, post, message, consultation.root_ts)
            self._note(consultation, post, ts=ts, shown=looks if is_new else None)
            if not is_new:
                self._update(consultation, replace(post, ts=ts), message, looks)
        elif post.shown != looks:
            self._update(consultation, post, message, looks)

    def _show_chart(
        self, standing: Standing, consultation: Consultation, post: Post, outgoing: Outgoing
    ) -> bool:
        """Show the chart in the best way that Slack takes; nothing, if it takes none. ``False``: out of time."""
        if post.closed:
            return True
        if not self._has_time(outgoing):
            return False

        def note(about: Mapping[str, Any]) -> None:
            self._note(consultation, post, about=about)

        post = self._found_again(consultation, post)
        about = self.charting.prepared(standing, post, note)
        while self._has_time(outgoing):  # an upload takes a while
            is_void = standing.curves is None or not standing.is_latest(post) or about["way"] == TABLE
            if is_void and post.ts is None:
                self._note(consultation, post, closed=True)
                return True
            try:
                self._show_one(standing, consultation, replace(post, about=about))
            except BlocksRefused as why:
                log.info("Slack refused a chart (%s): %s", about["way"], why)
                about = self.charting.refused(about, note)
            else:
                return True
        return False

    def _found_again(self, consultation: Consultation, post: Post) -> Post:
        """A post that was sent before a crash with its ``ts``, if it can be found; else as if it had not been sent."""
        if post.ts is not None or not post.tried:
            return post
        found = self.slack.find(
            consultation.channel, consultation.root_ts, post.nonce, consultation.created_at
        )
        if found is None:
            return replace(post, tried=False)
        self._note(consultation, post, ts=found)
        return replace(post, ts=found)

    def _update(self, consultation: Consultation, post: Post, message: Message, looks: str) -> None:
        assert post.ts is not None
        try:
            with self.pace.turn(consultation.workspace, consultation.channel, "chat.update"):
                self.slack.update(consultation.channel, post.ts, message)
        except Gone:
            self._note(consultation, post, closed=True)
        else:
            self._note(consultation, post, shown=looks)

    def _post_card(self, standing: Standing, card: Post) -> Consultation:
        consultation = standing.consultation
        message = draw(standing, card, hears_threads=self.hears_threads())
        try:
            ts, is_new = self._post(consultation, card, message, consultation.root_ts)
        except (Unreachable, Gone) as why:
            self._give_up(consultation, card)
            raise Unreachable(*why.args) from None
        scope = Scope.of_workspace(consultation.workspace)
        with self.record.writing() as tx:
            shown = digest(message) if is_new else None
            tx.change_post(scope, consultation.id, card.id, ts=ts, shown=shown, about={})
            if consultation.root_ts is None:
                tx.set_root(scope, consultation.id, ts)
            found = tx.consultation(scope, consultation.id)
        assert found is not None
        if not is_new:
            self._update(found, replace(card, ts=ts), message, digest(message))
        return found

    def _give_up(self, consultation: Consultation, card: Post) -> None:
        """A consultation whose card cannot be posted appears nowhere; the asker is told how to invite the app."""
        with self.record.writing() as tx:
            scope = Scope.of_workspace(consultation.workspace)
            tx.void(scope, consultation.id)
            tx.change_post(scope, consultation.id, card.id, about={}, closed=True)
        tell = card.about.get("tell")
        if tell:
            self.slack.respond(tell, not_in_channel(consultation.task))

    def _post(
        self, consultation: Consultation, post: Post, message: Message, thread_ts: str | None
    ) -> tuple[str, bool]:
        """The message's ``ts``, and whether it is new. One that was sent before a crash may look as it did then."""
        if post.tried:
            found = self.slack.find(consultation.channel, thread_ts, post.nonce, consultation.created_at)
            if found is not None:
                return found, False
        else:
            self._note(consultation, post, tried=True)
        with self.pace.turn(consultation.workspace, consultation.channel, "chat.postMessage"):
            ts = self.slack.post(consultation.channel, message, thread_ts=thread_ts, nonce=post.nonce)
        return ts, True

    def _note(self, consultation: Consultation, post: Post, **changes: Any) -> None:
        with self.record.writing() as tx:
            tx.change_post(Scope.of_workspace(consultation.workspace), consultation.id, post.id, **changes)

    def _keep_house(self) -> None:
        """Once a minute: one nudge after a day of silence, and forget the keys that nobody will repeat."""
        now = self.clock()
        for consultation in self.record.silent_since(now - SILENCE):
            self.conversation.nudge(consultation, now)
        with self.record.writing() as tx:
            tx.forget_seen(now - SEEN_FOR)


def digest(message: Message) -> str:
    """What a message looks like, whatever its block ids are: two that look the same need no edit."""
    looks = [{key: value for key, value in block.items() if key != "block_id"} for block in message.blocks]
    text = json.dumps([message.text, looks], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


@contextmanager
def running(outbox: Outbox) -> Iterator[Outbox]:
    """The outbox at work, for as long as the block lasts."""
    outbox.start()
    try:
        yield outbox
    finally:
        outbox.stop()
