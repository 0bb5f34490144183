"""What Slack must still be told: the outbox makes Slack look like the log.

A row of the outbox is a consultation that changed, however often. Whoever claims it draws each of its messages from
the log as it is now, and sends those that Slack does not show that way yet. Nothing leaves the outbox unsent: what
cannot be sent waits with its reason, is tried ever more rarely, at least once an hour, and at once when somebody says
something more, or when its reason is gone.
"""

from __future__ import annotations

import datetime
import logging
import random
import threading
import time
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, nullcontext
from dataclasses import InitVar, dataclass, field
from typing import TypedDict

from bot.conversation import catching_up
from bot.conversation.conversation import Conversation
from bot.conversation.second_reading import Ask
from bot.conversation.standing import Standing
from bot.decision_log.log import CouldNotRead, CouldNotSave, Log
from bot.decision_log.records import UNSAID, Outgoing
from bot.logs import working_on
from bot.slack.aside import Aside
from bot.slack.lanes import Lanes
from bot.slack.pace import Channel, NotItsTurn, Pace
from bot.slack.refusals import AWAY, BROKEN, KINDS, RATE_LIMIT, SlackRefuses, kind_of
from bot.slack.rounds import Rounds
from bot.slack.showing import NEVER, Showing, Shown, Void
from bot.slack.supervised import Supervised
from bot.slack.waiting import Waiting
from bot.slack.web_api import Gone, Slack, Wait
from bot.telemetry import traces
from bot.views import pictures

log = logging.getLogger(__name__)

LEASE = datetime.timedelta(seconds=30)
"""How long a consultation is ours to send. What a killed process had claimed waits this long on PostgreSQL."""
LAST_CALL = datetime.timedelta(seconds=20)
"""What a message may take (looking for it, posting it): none is begun with less of the lease left."""
IDLE_SECONDS = 1.0
BREATH_SECONDS = 0.01
"""Whoever wakes the outbox is still to be acknowledged, and goes first; and several are seen to at once."""
LONGEST_WAIT_SECONDS = 300.0
"""The longest wait for a Slack that is away."""
FIRST_REFUSAL_SECONDS = 60.0
LONGEST_REFUSAL_SECONDS = 3600.0
"""How long what Slack refuses waits, at first and in the end."""
BROKEN_SECONDS = 30.0
QUICK_FILE_SECONDS = 1.0
"""A file that is read this quickly is never shown as being read."""
WORKERS = 8
STALLED_SECONDS = 60.0
WARM_AFTER_SECONDS = 2.0
"""When what draws is loaded: after the start, so that nothing waits for it, and before anybody has got an advice."""
CHORES_SECONDS = 60.0
PASSING = tuple(word for word, kind in KINDS.items() if kind in ("moment", "token") and word != RATE_LIMIT)
"""The reasons that are gone for a whole workspace once anything of it can be sent."""

Clock = Callable[[], datetime.datetime]


class Others(TypedDict):
    """What is left to others, or waits: see :meth:`Log.claim`."""

    only: Collection[str] | None
    not_of: Collection[str]
    not_in: Collection[Channel]


@dataclass(frozen=True, slots=True)
class Again:
    """It is to be tried again: when, after how many vain attempts, and what stands in the way."""

    due_at: datetime.datetime
    attempts: int
    because: str | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """Slack shows all of it. ``looks``: see :class:`Shown`."""

    looks: Mapping[int, str] = field(default_factory=dict)


Outcome = Again | Settled


@dataclass
class Outbox:
    """Sends what the log says, from a few threads of its own, until it is stopped."""

    record: Log
    conversation: Conversation
    slack: Slack
    clock: Clock
    hears_in: Callable[[str], bool] = lambda _channel: True
    pace: Pace = field(default_factory=Pace)
    ask: InitVar[Ask | None] = None
    serves: Callable[[], Collection[str] | None] = lambda: None
    """The workspaces of which our token may post; ``None``: all that are in the log."""
    lanes: Lanes = field(default_factory=Lanes)
    working_for: Callable[[str], AbstractContextManager[None]] = lambda _: nullcontext()
    """In it, what is asked of Slack is asked of a workspace's."""
    refused_token: Callable[[str, str], bool] = lambda _workspace, _word: True
    """Told when Slack refuses the token of a workspace, and with which word; whether it is the one in force."""
    workers: ThreadPoolExecutor | None = None
    """Who sends, from :meth:`start` to :meth:`stop`."""
    _away: set[str] = field(default_factory=set)
    """Workspaces of which something waits for a Slack that was away."""
    _unreturned: list[tuple[Outgoing, Outcome]] = field(default_factory=list)
    """What became of rows, while the database could not be told."""
    _doubtful: list[datetime.datetime] = field(default_factory=list)
    """The ends of leases of which the database did not say whether it has noted them."""
    _woken: threading.Event = field(default_factory=threading.Event)
    _is_fresh: bool = True
    _chores_at: float = 0.0
    _chores_due: datetime.datetime = NEVER
    _went_on_at: float = 0.0
    _told_at: float = -LONGEST_REFUSAL_SECONDS

    def __post_init__(self, ask: Ask | None) -> None:
        self.waiting = Waiting(self.slack, self.record)
        self.showing = Showing(
            self.record, self.conversation, self.slack, self.pace, self.clock, self.hears_in
        )
        self.aside = Aside(self.slack, self.conversation, self.clock, ask, working_for=self.working_for)
        self._rounds = Rounds(self.record, self.conversation, self.wake, self.serves)
        self._sending = Supervised("outbox", self._send_what_is_due)
        self._chores = Supervised("chores", self._do_chores, late_after=CHORES_SECONDS + 60.0)
        self._warming = Supervised("warming", self._warm, late_after=CHORES_SECONDS + 60.0)

    def start(self) -> None:
        """Begin to send in the background."""
        self._is_fresh = True
        self._next_chores()
        self._went_on_at = time.monotonic()
        self.workers = ThreadPoolExecutor(WORKERS, "sender")
        self.aside.start()
        for thread in self._threads:
            thread.start()

    def stop(self, drain_seconds: float = 5.0) -> None:
        """Finish what is being sent, and end. What is left is sent after the next start."""
        until = time.monotonic() + drain_seconds
        for thread in self._threads:
            thread.stop()
        self._woken.set()
        self._sending.join(drain_seconds)
        self.aside.stop()
        workers, self.workers = self.workers, None
        if workers is not None:
            ending = threading.Thread(target=workers.shutdown, daemon=True)
            ending.start()
            ending.join(max(0.0, until - time.monotonic()))

    def wake(self) -> None:
        """There is something new to send."""
        self._woken.set()

    @property
    def _threads(self) -> tuple[Supervised, ...]:
        return self._sending, self._chores, self._warming

    def trouble(self) -> str | None:
        """What is the matter with the threads of the outbox, in a few words; ``None`` when nothing is."""
        return self._sending.trouble() or self._chores.trouble() or self._stalled()

    def _stalled(self) -> str | None:
        """Something is due, and for a while nobody could begin with it: all senders hang."""
        seconds = time.monotonic() - self._went_on_at
        is_late = self._sending.is_running and seconds > STALLED_SECONDS
        return f"nothing was sent for {int(seconds)} s: all senders wait for Slack" if is_late else None

    def away(self) -> datetime.timedelta:
        """For how long the oldest row has been waiting for a Slack that cannot be reached."""
        holds = self.record.holds(self.clock(), only=self.serves())
        away = [hold.oldest for hold in holds if hold.because in PASSING and not _is_refusal(hold.because)]
        return max(away, default=datetime.timedelta(0))

    def refused(self) -> dict[str, int]:
        """How many consultations wait for which refusal of Slack's."""
        holds = self.record.holds(self.clock(), only=self.serves())
        return {hold.because: hold.waiting for hold in holds if hold.because and _is_refusal(hold.because)}

    # The thread that hands out the work

    def _send_what_is_due(self) -> None:
        self._woken.clear()
        seconds = self.begin_due()
        if seconds and not self._sending.is_stopping:
            self._rest(seconds)

    def begin_due(self) -> float:
        """Let the workers begin with what is due; returns in how many seconds to look again."""
        if self._is_fresh:
            self.record.begin_anew(self.clock())
            self._is_fresh = False
        self._return_what_could_not_be()
        free = WORKERS - self.lanes.busy
        workspaces, channels = self.lanes.waiting()
        others: Others = {"only": self.serves(), "not_of": workspaces, "not_in": channels}
        due_at = self.record.next_due(**others) if free > 0 else None
        claimed = self._claim(due_at, free, others)
        if free > 0:  # whatever can be begun is
            self._went_on_at = time.monotonic()
        self._begin_all(claimed)
        idle = self._idle_seconds(due_at) if free > 0 else IDLE_SECONDS
        return 0.0 if claimed else idle

    def _claim(self, due_at: datetime.datetime | None, free: int, others: Others) -> list[Outgoing]:
        now = self.clock()
        if due_at is None or due_at > now:
            return []
        try:
            return self.record.claim(now, LEASE, free, **others)
        except CouldNotSave:
            self._doubtful.append(now + LEASE)  # it may be in the log all the same
            raise

    def _idle_seconds(self, due_at: datetime.datetime | None) -> float:
        """Until something falls due, or a channel has its turn; not for long, since others may write to the log too."""
        next_change = self.lanes.next_change() or IDLE_SECONDS
        due = IDLE_SECONDS if due_at is None else (due_at - self.clock()).total_seconds()
        return max(BREATH_SECONDS, min(IDLE_SECONDS, due, next_change))

    def _rest(self, seconds: float) -> None:
        if self._woken.wait(seconds):
            self._sending.wait(BREATH_SECONDS)

    def _begin_all(self, claimed: list[Outgoing]) -> None:
        waiting = list(claimed)
        try:
            while waiting:
                self._begin(waiting[0])
                waiting.pop(0)
        except BaseException:
            self._unreturned += [(one, Again(one.due_at, one.attempts, one.because)) for one in waiting]
            raise

    def _begin(self, outgoing: Outgoing) -> None:
        channel = (outgoing.workspace, outgoing.channel)
        done = threading.Event()
        self.lanes.take(channel, done)
        try:
            if self.workers is None:
                raise RuntimeError("the outbox is stopped")
            self.workers.submit(self._work, outgoing, done)
        except BaseException:
            done.set()
            raise

    def _return_what_could_not_be(self) -> None:
        if self._doubtful:
            self.record.release(self._doubtful)
            self._doubtful.clear()
        while self._unreturned:
            row = self._unreturned.pop(0)
            try:
                self._tell_the_log(*row)
            except (CouldNotRead, CouldNotSave):
                self._unreturned.append(row)
                raise

    # The threads that send

    def _work(self, outgoing: Outgoing, done: threading.Event) -> None:
        request, trace = self.record.origins.of(outgoing)
        try:
            with working_on(request), traces.sending(trace, request=request):
                self._send_whatever_happens(outgoing)
        finally:
            done.set()
            self._woken.set()

    def _send_whatever_happens(self, outgoing: Outgoing) -> None:
        try:
            self.send(outgoing)
        except BaseException:  # there is nobody above who could see it
            log.exception("sending of consultation %s failed", outgoing.consultation)
            again = self._later(outgoing, BROKEN_SECONDS, LONGEST_REFUSAL_SECONDS, BROKEN)
            self._unreturned.append((outgoing, again))

    def send(self, outgoing: Outgoing) -> None:
        """Bring one consultation's messages up to date, and note what could not be sent for later."""
        self._return(outgoing, self._sent(outgoing))

    def _sent(self, outgoing: Outgoing) -> Outcome:
        try:
            with self.working_for(outgoing.workspace):
                return self._sent_as(outgoing)
        except Wait as wait_:
            return self._waited(outgoing, wait_)
        except SlackRefuses as refused:
            return self._stopped(outgoing, refused.word)
        except (CouldNotRead, CouldNotSave) as error:
            return self._kept(outgoing, error)

    def _sent_as(self, outgoing: Outgoing) -> Outcome:
        """The same, once there is a way to the Slack of its workspace."""
        try:
            return self._shown(outgoing)
        except NotItsTurn as early:
            self.lanes.rest((outgoing.workspace, outgoing.channel), early.seconds)
            return Again(outgoing.due_at, outgoing.attempts)
        except Wait as wait_:
            return self._waited(outgoing, wait_)
        except Void as why:
            log.info("consultation %s cannot be shown: %s", outgoing.consultation, why)
            return Settled()
        except SlackRefuses as refused:
            if refused.kind == "token":
                return self._stopped(outgoing, refused.word)
            return self._refused(outgoing, refused.word)
        except Gone as gone:
            return self._refused(outgoing, str(gone))
        except (CouldNotRead, CouldNotSave) as error:
            return self._kept(outgoing, error)

    def _kept(self, outgoing: Outgoing, error: CouldNotRead | CouldNotSave) -> Again:
        log.warning("consultation %s waits for the database: %s", outgoing.consultation, error.why)
        return Again(outgoing.due_at, outgoing.attempts, outgoing.because)

    def _shown(self, outgoing: Outgoing) -> Outcome:
        workspace, id_ = outgoing.workspace, outgoing.consultation
        standing = catching_up.bring_up_to_date(self.conversation.log, workspace, id_, self.clock())
        if standing is not None and (files := self.aside.begin(standing)):
            wait(files, QUICK_FILE_SECONDS)
            standing = catching_up.bring_up_to_date(self.conversation.log, workspace, id_, self.clock())
        if standing is None:
            return Settled()
        shown = self.showing.show(standing, lambda: self._has_time(outgoing))
        self._went_well(workspace, shown)
        again = self._again(outgoing, standing, shown)
        if again is None:
            return Settled(shown.looks)
        self.showing.note_looks(standing.consultation, shown)
        return again

    def _again(self, outgoing: Outgoing, standing: Standing, shown: Shown) -> Again | None:
        """When it is to be tried again; ``None``: Slack shows all of it."""
        if not shown.is_complete:
            return Again(self.clock(), outgoing.attempts)
        if shown.refused is not None:
            return self._refused(outgoing, shown.refused)
        if shown.held_until is not None:
            return Again(shown.held_until, outgoing.attempts, UNSAID)
        self.waiting.served(outgoing.workspace, outgoing.consultation)
        again = self.aside.look_again(standing)
        return None if again is None else Again(self._in(again), outgoing.attempts)

    def _has_time(self, outgoing: Outgoing) -> bool:
        """Whether enough of the lease is left for another message."""
        return outgoing.lease_until is None or outgoing.lease_until - self.clock() >= LAST_CALL

    def _went_well(self, workspace: str, shown: Shown) -> None:
        """Slack took something: what else of the workspace waits for it to be back need not wait any more."""
        if not shown.calls or shown.refused:
            return
        was_stopped, was_away = self.lanes.go_on(workspace), workspace in self._away
        if was_stopped:
            log.warning("Slack takes messages for %s again", workspace)
        if was_stopped or was_away:
            self.record.hurry(workspace, PASSING, self.clock())
            self._away.discard(workspace)

    def _waited(self, outgoing: Outgoing, wait_: Wait) -> Again:
        log.info("%s", wait_)
        if wait_.is_told:
            seconds = wait_.seconds + random.uniform(0.0, 0.2)  # noqa: S311
            return Again(self._in(seconds), outgoing.attempts, wait_.because)
        self._away.add(outgoing.workspace)
        because = wait_.because if kind_of(wait_.because) == "moment" else AWAY
        return self._later(outgoing, wait_.seconds, LONGEST_WAIT_SECONDS, because)

    def _stopped(self, outgoing: Outgoing, word: str) -> Again:
        if not self.refused_token(outgoing.workspace, word):
            return Again(self.clock(), outgoing.attempts)
        self.waiting.tell(outgoing.workspace, outgoing.consultation, word)
        if self.lanes.stop(outgoing.workspace, word):
            told = "Slack refuses the token for %s (%s): what is to be sent waits"
            log.error(told, outgoing.workspace, word)
        return Again(outgoing.due_at, outgoing.attempts, word)

    def _refused(self, outgoing: Outgoing, word: str) -> Again:
        self.waiting.tell(outgoing.workspace, outgoing.consultation, word)
        if outgoing.because != word:
            log.warning("consultation %s waits: %s", outgoing.consultation, word)
        return self._later(outgoing, FIRST_REFUSAL_SECONDS, LONGEST_REFUSAL_SECONDS, word)

    def _later(self, outgoing: Outgoing, seconds: float, longest: float, because: str) -> Again:
        """Ever later, and not all at the same time."""
        grown = seconds * 2 ** min(outgoing.attempts, 12) * random.uniform(1.0, 1.2)  # noqa: S311
        return Again(self._in(min(longest, grown)), outgoing.attempts + 1, because)

    def _in(self, seconds: float) -> datetime.datetime:
        return self.clock() + datetime.timedelta(seconds=seconds)

    def _return(self, outgoing: Outgoing, outcome: Outcome) -> None:
        """Give a row back. While the database cannot be told it is kept, and told before anything new is claimed."""
        try:
            self._tell_the_log(outgoing, outcome)
        except (CouldNotRead, CouldNotSave):
            self._unreturned.append((outgoing, outcome))

    def _tell_the_log(self, outgoing: Outgoing, outcome: Outcome) -> None:
        match outcome:
            case Settled(looks):
                self.record.settled(outgoing, looks)
            case Again(due_at, attempts, because):
                self.record.postpone(outgoing, due_at, attempts, because)

    # What is done beside sending

    def _do_chores(self) -> None:
        """Once a minute, by our clock or by the machine's: in a sandbox the one may be put forward."""
        self._chores.wait(min(IDLE_SECONDS, self._chores_at - time.monotonic()))
        now = self.clock()
        is_time = time.monotonic() >= self._chores_at or now >= self._chores_due
        if self._chores.is_stopping or not is_time:
            return
        self._rounds.go(now)
        self._tell_the_operator()
        self._next_chores()

    def _next_chores(self) -> None:
        self._chores_at = time.monotonic() + CHORES_SECONDS
        self._chores_due = self.clock() + datetime.timedelta(seconds=CHORES_SECONDS)

    def _tell_the_operator(self) -> None:
        """Once an hour: what waits for Slack, and why."""
        waiting = self.refused()
        if waiting and time.monotonic() >= self._told_at + LONGEST_REFUSAL_SECONDS:
            told = ", ".join(f"{count} for {word}" for word, count in waiting.items())
            log.warning("consultations that wait for Slack: %s", told)
            self._told_at = time.monotonic()

    def _warm(self) -> None:
        """Once, a little after the start: load what draws, and what asks a model."""
        self._warming.wait(WARM_AFTER_SECONDS)
        if not self._warming.is_stopping:
            pictures.warm()
            if self.aside.ask is not None:
                self.aside.ask.warm()
        self._warming.stop()


def _is_refusal(because: str | None) -> bool:
    return because is not None and kind_of(because) in ("channel", "message", "token")
