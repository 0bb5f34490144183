"""Thinking alone, in a direct message with the app: seen by nobody else until its person takes it to a channel.

What is taken along are the answers, each still their author's. The consultation of the direct message is closed once
the card stands in the channel; if it cannot stand there, nothing has changed.
"""

from __future__ import annotations

import datetime
from itertools import groupby

from bot.conversation import posts
from bot.conversation.adding import add_post
from bot.conversation.conversation import Conversation
from bot.conversation.posts import Post, posts_of, to_json
from bot.conversation.reopening import standing_answers
from bot.conversation.replies import Act, Decided, Done, Moved, Nothing, Refused, Reply
from bot.conversation.standing import taken_to
from bot.decision_log.records import AnswerRecord, Consultation, is_direct
from bot.decision_log.scope import Scope
from bot.decision_log.writing import Writing

FOR_GOOD = datetime.datetime(9999, 1, 1, tzinfo=datetime.UTC)
"""The time of an act that may be answered once and never again: its key is never old enough to be forgotten."""


def take_along(
    conversation: Conversation, act: Act, consultation: str, channel: str, *, unreachable: str | None = None
) -> Reply:
    """Open a consultation in a channel with the answers of one of this person's direct message.

    ``unreachable``: as in :meth:`Conversation.start`. Of two tries at once the second is told where the first leads.
    """
    alone = Scope.of_channel(act.workspace, act.channel)
    with conversation.once(act) as tx:
        if tx is None:
            return Nothing()
        found = tx.consultation(alone, consultation)
        if found is None or found.status == "void" or not found.is_alone or is_direct(channel):
            return Refused("not_here")
        if found.status == "decided" and found.decision is not None:
            return Decided(found.decision)
        there = taken_to(found)
        if there is not None:
            return Moved(there.channel, there.root_ts if isinstance(there, posts.TakenThere) else None)
        scope = Scope.of_channel(act.workspace, channel)
        opened = tx.open_consultation(scope, task=found.task, asker=act.user, now=act.now)
        add_post(tx, scope, opened.id, posts.Card(unreachable or None, found.id))
        _give_along(tx, scope, opened.id, standing_answers(found), act.now)
        upto = max((one.seq for one in found.answers), default=0)
        on_its_way = posts.OnItsWay(by=act.user, channel=channel, consultation=opened.id, upto=upto)
        add_post(tx, alone, found.id, on_its_way)
        tx.touch(act.workspace, opened.id, act.now)
        return Done(opened.id)


def arrived(tx: Writing, there: Consultation, alone: str) -> None:
    """The card stands: close what it goes on with, and take along what was answered meanwhile. For the outbox."""
    scope = Scope.of_workspace(there.workspace)
    found = tx.consultation(scope, alone)
    on_its_way = _on_its_way(found, there.id)
    if found is None or on_its_way is None or there.root_ts is None:
        return
    post, about = on_its_way
    tx.change_post(scope, alone, post.id, about=to_json(about.arrived(there.root_ts)))
    newer = [one for one in found.answers if one.seq > about.upto]
    _give_along(tx, scope, there.id, newer, there.touched_at)
    if newer:
        tx.advance(scope, there.id, from_version=there.version, now=there.touched_at)
        tx.touch(there.workspace, there.id, there.touched_at)
    if found.status != "decided":
        tx.advance(scope, alone, from_version=found.version, now=there.touched_at, status="moved")
    tx.touch(there.workspace, alone, there.touched_at)


def could_not_arrive(tx: Writing, there: Consultation, alone: str, word: str) -> None:
    """The card cannot stand there: its person is told in their direct message, where nothing has changed."""
    scope = Scope.of_workspace(there.workspace)
    on_its_way = _on_its_way(tx.consultation(scope, alone), there.id)
    if on_its_way is None:
        return
    post, about = on_its_way
    tx.change_post(scope, alone, post.id, about=to_json(about.refused(word)))
    tx.touch(there.workspace, alone, there.touched_at)


def open_one(conversation: Conversation, act: Act) -> Consultation | None:
    """The consultation of this direct message that was touched last and is not over."""
    with conversation.log.reading(act.workspace) as tx:
        found = tx.open_consultations(Scope.of_channel(act.workspace, act.channel), limit=1)
    return next(iter(found), None)


def _give_along(
    tx: Writing, scope: Scope, consultation: str, answers: list[AnswerRecord], now: datetime.datetime
) -> None:
    for author, records in groupby(answers, key=lambda one: one.author):
        given = [(one.key, one.value, one.how) for one in records]
        tx.add_answers(scope, consultation, given, author, now)


def _on_its_way(alone: Consultation | None, there: str) -> tuple[Post, posts.OnItsWay] | None:
    """The note of what was to go on there."""
    for post in posts_of(alone) if alone is not None else ():
        if isinstance(about := post.about, posts.OnItsWay) and about.consultation == there:
            return post, about
    return None
