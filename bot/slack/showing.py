"""Making Slack look like the log: the messages of one consultation, drawn as it stands and sent where they differ.

A message is noted as tried before it is sent and with its ``ts`` after; a crash in between is reconciled by the nonce
in its metadata where a history scope is granted, and otherwise the message is sent again, once; a third time only
after a while. One that Slack does not take is set aside, with its reason, and keeps no other.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn

from bot.conversation.alone import arrived, could_not_arrive
from bot.conversation.conversation import Conversation
from bot.conversation.posts import Card, Chart, Post, Question, Unknown, to_json
from bot.conversation.standing import Standing
from bot.decision_log.log import CouldNotRead, CouldNotSave, Log
from bot.decision_log.records import UNSAID, Consultation
from bot.decision_log.scope import Scope
from bot.slack.charting import Charting
from bot.slack.drawn import Drawn, Looks
from bot.slack.pace import NotItsTurn, Pace
from bot.slack.refusals import BROKEN, SlackRefuses
from bot.slack.web_api import BlocksRefused, CannotLook, Gone, Slack, Wait
from bot.views.document import Document
from bot.views.thread import draw
from bot.views.usage import cannot_post, not_taken_yet

log = logging.getLogger(__name__)

HELD_BACK, HELD_BACK_LAST = datetime.timedelta(minutes=2), datetime.timedelta(hours=1)
"""How long a message is not sent again that was sent twice, and may stand there each time: at first, and in the end."""
NEVER = datetime.datetime.max.replace(tzinfo=datetime.UTC)


class HeldBack(Exception):
    """Slack did not say whether it took a message that may be there already."""


class Void(Exception):
    """The card could not be posted in this channel, so that there is no consultation; its asker was told."""


HasTime = Callable[[], bool]
"""Whether there is time for another message."""


@dataclass
class Shown:
    """How far it went. ``refused``: Slack's word for why it does not take one of the messages, if there is one.

    ``held_until``: one of them may stand there twice, and is not sent again before.
    """

    calls: int = 0
    is_complete: bool = True
    refused: str | None = None
    held_until: datetime.datetime | None = None
    looks: dict[int, str] = field(default_factory=dict)
    """What the messages look like now that were edited, by the numbers of their posts: still to be noted.

    Not at once, each in a transaction of its own: whoever does not know of an edit makes it again, and nobody sees it.
    """


@dataclass
class Showing:
    """Brings one consultation's messages up to date."""

    record: Log
    conversation: Conversation
    slack: Slack
    pace: Pace
    clock: Callable[[], datetime.datetime]
    hears_in: Callable[[str], bool] = lambda _channel: True
    """Whether what is typed in a channel reaches the app without a mention."""
    _sent: dict[tuple[str, str, int], str] = field(default_factory=dict)
    """What was posted, but could not be noted in the log yet."""
    _looks: Looks = field(default_factory=Looks)

    @property
    def charting(self) -> Charting:
        """What uploads the pictures."""
        return Charting(self.slack)

    def show(self, standing: Standing, has_time: HasTime) -> Shown:
        """Send whatever differs: what is new first, then edits with the card last, unless that is new, then charts.

        Somebody waits for what is new; whatever keeps a chart waiting keeps nothing else. Raises what keeps the whole
        consultation: :class:`NotItsTurn`, :class:`Wait`, :class:`SlackRefuses`, :class:`Gone` or :class:`Void`.
        """
        shown = Shown()
        try:
            self._show_all(standing, shown, has_time)
        except BaseException:
            with suppress(CouldNotRead, CouldNotSave):
                self.note_looks(standing.consultation, shown)
            raise
        return shown

    def note_looks(self, consultation: Consultation, shown: Shown) -> None:
        """Note what was edited, where that is not left to :meth:`Log.settled`."""
        if shown.looks:
            scope = Scope.of_workspace(consultation.workspace)
            with self.record.writing(consultation.workspace) as tx:
                for post, looks in shown.looks.items():
                    tx.change_post(scope, consultation.id, post, shown=looks, refused=None)
            shown.looks.clear()

    def _show_all(self, standing: Standing, shown: Shown, has_time: HasTime) -> None:
        consultation = standing.consultation
        card, *others = sorted(standing.posts, key=lambda post: (not isinstance(post.about, Card), post.id))
        if not has_time():
            shown.is_complete = False
            return
        if (until := self._held_until(consultation, card)) is not None:
            shown.held_until = until
            return
        if card.ts is None:
            try:
                consultation = self._post_card(standing, card, shown)
            except HeldBack:
                shown.held_until = self._next_time(consultation)
                return
            shown.calls += 1
        elif consultation.root_ts is None:  # somebody pressed it before its ts was noted
            consultation = self._note_card(consultation, card, card.ts, None)
        rest = [post for post in others if not isinstance(post.about, Chart)]
        rest.sort(key=lambda post: (post.refused is not None, post.ts is not None))
        rest += [] if card.ts is None else [card]
        charts = [post for post in others if isinstance(post.about, Chart)]
        for post in [*rest, *charts]:
            if not has_time():
                shown.is_complete = False
                break
            self._show_or_set_aside(standing, consultation, post, shown, has_time)

    def _show_or_set_aside(
        self, standing: Standing, consultation: Consultation, post: Post, shown: Shown, has_time: HasTime
    ) -> None:
        if (until := self._held_until(consultation, post)) is not None:
            if self._is_out_of_date(standing, post):
                self._note(consultation, post, closed=True)
            else:
                shown.held_until = min(until, shown.held_until or NEVER)
            return
        try:
            if isinstance(post.about, Chart):
                shown.is_complete &= self._show_chart(
                    standing, consultation, post, post.about, shown, has_time
                )
            else:
                self._show_one(standing, consultation, post, shown)
        except HeldBack:
            shown.held_until = min(self._next_time(consultation), shown.held_until or NEVER)
        except (NotItsTurn, Wait, Gone, BlocksRefused, CouldNotRead, CouldNotSave):
            raise
        except SlackRefuses as refused:
            if refused.kind != "message":
                raise
            self._set_aside(consultation, post, refused.word, shown)
        except Exception:
            log.exception("message %d of consultation %s cannot be made", post.id, consultation.id)
            self._set_aside(consultation, post, BROKEN, shown)

    def _held_until(self, consultation: Consultation, post: Post) -> datetime.datetime | None:
        """Until when it is not sent again, since it may stand there twice: that is known after a restart too."""
        if post.ts is not None or post.closed or post.refused != UNSAID:
            return None
        until = consultation.touched_at + HELD_BACK
        return until if self.clock() < until else None

    def _next_time(self, consultation: Consultation) -> datetime.datetime:
        """Ever later, from when somebody last said something."""
        now = self.clock()
        return now + min(HELD_BACK_LAST, max(HELD_BACK, now - consultation.touched_at))

    def _is_out_of_date(self, standing: Standing, post: Post) -> bool:
        """Whether it asks what is not asked any more: wherever it stands, it closes when it is pressed."""
        if not isinstance(post.about, Question):
            return False
        return post.about.question != standing.asking or not standing.is_latest(post)

    def _set_aside(self, consultation: Consultation, post: Post, word: str, shown: Shown) -> None:
        shown.refused = word
        if post.refused != word:
            log.error("message %d of consultation %s waits: %s", post.id, consultation.id, word)
            self._note(consultation, post, refused=word)

    def _show_one(self, standing: Standing, consultation: Consultation, post: Post, shown: Shown) -> None:
        if post.closed or (post.ts is not None and post.is_fixed):
            return
        document = draw(standing, post, hears_threads=self.hears_in(consultation.channel))
        if document is None:
            if isinstance(post.about, Unknown):
                log.warning(
                    "post %d of consultation %s cannot be read, and is left alone", post.id, consultation.id
                )
            return
        key = _key(consultation, post)
        known = None if post.ts is None else self._looks.known(key, document)
        if known is not None and known == post.shown:
            return
        drawn = Drawn.of(document)
        self._looks.keep(key, drawn)
        if post.ts is None:
            shown.calls += 1
            ts, is_new = self._post(consultation, post, drawn, consultation.root_ts)
            self._note_sent(consultation, post, ts, drawn.looks if is_new else None)
            if not is_new:
                self._update(consultation, replace(post, ts=ts), drawn, shown)
        elif post.shown != drawn.looks:
            shown.calls += 1
            self._update(consultation, post, drawn, shown)

    def _show_chart(
        self,
        standing: Standing,
        consultation: Consultation,
        post: Post,
        about: Chart,
        shown: Shown,
        has_time: HasTime,
    ) -> bool:
        """Show the chart in the best way that Slack takes; nothing, if it takes none. ``False``: out of time."""
        if post.closed:
            return True

        def note(about: Chart) -> None:
            self._note(consultation, post, about=to_json(about))

        post = self._found_again(consultation, post)
        curves = standing.curves if standing.is_latest(post) else None
        about = self.charting.prepared(standing, about, curves, note)
        while has_time():  # an upload takes a while
            if (curves is None or about.way == "table") and post.ts is None:
                self._note(consultation, post, closed=True)
                return True
            try:
                self._show_one(standing, consultation, replace(post, about=about), shown)
            except BlocksRefused as why:
                log.info("Slack refused a chart (%s): %s", about.way, why)
                about = self.charting.refused(about, note)
            else:
                return True
        return False

    def _found_again(self, consultation: Consultation, post: Post) -> Post:
        """A post that was sent before a crash with its ``ts``, if it can be found; else as if it had not been sent."""
        if post.ts is not None or not post.tried:
            return post
        try:
            found = self.slack.find(
                consultation.channel, consultation.root_ts, post.nonce, consultation.created_at
            )
        except CannotLook:
            return post
        if found is None:
            return replace(post, tried=False)
        self._note(consultation, post, ts=found)
        return replace(post, ts=found)

    def _update(self, consultation: Consultation, post: Post, drawn: Drawn, shown: Shown) -> None:
        assert post.ts is not None
        try:
            with self.pace.turn(consultation.workspace, consultation.channel, "chat.update"):
                self.slack.update(consultation.channel, post.ts, drawn.document, drawn=drawn.message)
        except Gone:
            self._note(consultation, post, closed=True, refused=None)
        else:
            shown.looks[post.id] = drawn.looks

    def _post_card(self, standing: Standing, card: Post, shown: Shown) -> Consultation:
        consultation = standing.consultation
        document = draw(standing, card, hears_threads=self.hears_in(consultation.channel))
        assert document is not None
        drawn = Drawn.of(document)
        try:
            ts, is_new = self._post(consultation, card, drawn, consultation.root_ts)
        except Gone as why:
            self._give_up(consultation, card, str(why))
        except SlackRefuses as why:
            if why.kind == "channel":
                self._give_up(consultation, card, why.word)
            if card.refused in (None, UNSAID):
                self._tell_of_refusal(consultation, card, why)
            raise
        found = self._note_card(consultation, card, ts, drawn.looks if is_new else None)
        if not is_new:
            self._update(found, replace(card, ts=ts), drawn, shown)
        return found

    def _note_card(self, consultation: Consultation, card: Post, ts: str, shown: str | None) -> Consultation:
        scope = Scope.of_workspace(consultation.workspace)
        with self.record.writing(consultation.workspace) as tx:
            tx.change_post(
                scope, consultation.id, card.id, ts=ts, shown=shown, about=_posted(card), refused=None
            )
            if consultation.root_ts is None:
                tx.set_root(scope, consultation.id, ts)
            found = tx.consultation(scope, consultation.id)
            assert found is not None
            if isinstance(card.about, Card) and card.about.alone is not None:
                arrived(tx, found, card.about.alone)
        self._sent.pop(_key(consultation, card), None)
        return found

    def _give_up(self, consultation: Consultation, card: Post, word: str) -> NoReturn:
        """A consultation that cannot have its card in this channel appears nowhere, and its asker is told why."""
        alone = card.about.alone if isinstance(card.about, Card) else None
        if alone is None:
            told = cannot_post(word, consultation.task, is_direct=consultation.is_alone)
            self._tell_asker(consultation, card, told)
        with self.record.writing(consultation.workspace) as tx:
            scope = Scope.of_workspace(consultation.workspace)
            tx.void(scope, consultation.id)
            tx.change_post(scope, consultation.id, card.id, about=_posted(card), closed=True)
            if alone is not None:
                could_not_arrive(tx, consultation, alone, word)
        if alone is not None:
            self.conversation.wake()
        raise Void(word) from None

    def _tell_of_refusal(self, consultation: Consultation, card: Post, why: SlackRefuses) -> None:
        """Once. That it cannot be told either changes nothing about why the card is not there."""
        try:
            self._tell_asker(consultation, card, not_taken_yet(why.word, why.kind, consultation.task))
        except Wait as wait:
            log.info("the asker of consultation %s could not be told yet: %s", consultation.id, wait)
        else:
            self._note(consultation, card, refused=why.word)

    def _tell_asker(self, consultation: Consultation, card: Post, document: Document) -> None:
        """Where the command was given, or in the thread, which may be refused as well. Raises :class:`Wait`."""
        tell = card.about.tell if isinstance(card.about, Card) else None
        if tell and self.slack.respond(tell, document):
            return
        try:
            self.slack.whisper(
                consultation.channel, consultation.asker, document, thread_ts=consultation.root_ts
            )
        except (SlackRefuses, Gone, Wait) as why:
            log.info("the asker of consultation %s could not be told: %s", consultation.id, why)

    def _post(
        self, consultation: Consultation, post: Post, drawn: Drawn, thread_ts: str | None
    ) -> tuple[str, bool]:
        """The message's ``ts``, and whether it is new. One that was sent before a crash may look as it did then."""
        sent = self._sent.get(_key(consultation, post))
        if sent is not None:
            return sent, False
        may_be_there = post.tried
        if post.tried:
            with suppress(CannotLook):
                found = self.slack.find(consultation.channel, thread_ts, post.nonce, consultation.created_at)
                if found is not None:
                    return found, False
                may_be_there = False
        with self.pace.turn(consultation.workspace, consultation.channel, "chat.postMessage"):
            self._note_trying(consultation, post, may_be_there=may_be_there)
            try:
                ts = self.slack.post(
                    consultation.channel,
                    drawn.document,
                    thread_ts=thread_ts,
                    nonce=post.nonce,
                    drawn=drawn.message,
                )
            except (SlackRefuses, BlocksRefused, Wait) as why:
                if not isinstance(why, Wait) or why.was_left:  # this time it is not there
                    self._note(consultation, post, tried=may_be_there, refused=post.refused)
                elif may_be_there:
                    raise HeldBack from why
                raise
        self._sent[_key(consultation, post)] = ts
        return ts, not post.tried  # a repetition may have led to the one that was sent the first time

    def _note_trying(self, consultation: Consultation, post: Post, *, may_be_there: bool) -> None:
        if may_be_there:
            self._note(consultation, post, refused=UNSAID)
        elif not post.tried:
            self._note(consultation, post, tried=True)

    def _note_sent(self, consultation: Consultation, post: Post, ts: str, shown: str | None) -> None:
        self._note(consultation, post, ts=ts, shown=shown, refused=None)
        self._sent.pop(_key(consultation, post), None)

    def _note(self, consultation: Consultation, post: Post, **changes: Any) -> None:
        with self.record.writing(consultation.workspace) as tx:
            tx.change_post(Scope.of_workspace(consultation.workspace), consultation.id, post.id, **changes)


def _posted(card: Post) -> dict[str, Any]:
    """What a card is about once it was posted, or never will be."""
    return to_json(card.about.posted() if isinstance(card.about, Card) else Card())


def _key(consultation: Consultation, post: Post) -> tuple[str, str, int]:
    return consultation.workspace, consultation.id, post.id
