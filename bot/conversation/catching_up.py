"""What a thread must show by now, for the outbox: which messages it lacks, and the reminder."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.conversation import posts
from bot.conversation.adding import add_post
from bot.conversation.on_record import as_it_stands
from bot.conversation.standing import Standing, standing_of
from bot.decision_log.alike import like, traits_of
from bot.decision_log.log import Log
from bot.decision_log.records import Consultation, Place
from bot.decision_log.said import answers_of
from bot.decision_log.scope import Scope
from bot.decision_log.writing import Writing
from core.prices.version import prices_version

CHART_ASKED = posts.OfAdvice("chart")
"""After this note the chart stands once more, at the bottom of the thread."""


def bring_up_to_date(log: Log, workspace: str, consultation: str, now: datetime.datetime) -> Standing | None:
    """Where a consultation stands, after noting which messages its thread must have.

    The question that is asked now gets a message, and so do the advice once it stands, and its chart; the advice
    is kept as it is given, and never after the decision. For the outbox: it draws each of ``standing.posts`` from
    the standing. ``None``: there is nothing to show, since the app has no thread for it.
    """
    standing = _as_it_is(log, workspace, consultation, now)
    while standing is not None and (wanted := _wanted_post(standing)) is not None:
        # Worked out before the transaction: others may write meanwhile, and then it is worked out again.
        given = standing.told.kept() if isinstance(wanted, posts.Advised) else None
        alike = _alike(log, standing) if given is not None else None
        added = _added(log, standing, [wanted] if alike is None else [alike, wanted], given, now)
        standing = _as_it_is(log, workspace, consultation, now) if added is None else added
    return standing


def _as_it_is(log: Log, workspace: str, consultation: str, now: datetime.datetime) -> Standing | None:
    """Where it stands; ``None``: there is nothing to show."""
    with log.reading(workspace) as tx:
        found = tx.consultation(Scope.of_workspace(workspace), consultation)
    if found is None or found.status == "void" or not found.has_thread:
        return None
    return standing_of(found, now)


def _added(
    log: Log, standing: Standing, wanted: Sequence[posts.About], given: Any, now: datetime.datetime
) -> Standing | None:
    """The same with these messages too, and its advice kept as ``given``; ``None``: it is another one meanwhile.

    It need not be looked up again: answers make a new version, and a note that somebody else added is shown in turn.
    """
    found = standing.consultation
    scope = Scope.of_workspace(found.workspace)
    with log.writing(found.workspace) as writing:
        if writing.version(scope, found.id) != found.version:
            return None
        added = [add_post(writing, scope, found.id, about) for about in wanted]
        if given is not None and found.status != "decided":
            keep_advice(writing, scope, standing, given, now)
    return replace(standing, consultation=replace(found, posts=(*found.posts, *added)))


def _alike(log: Log, standing: Standing) -> posts.Similar | None:
    """Past decisions of the channel that are like this one, once; ``None`` when none is alike enough."""
    of = standing.consultation
    if of.status == "decided" or any(isinstance(post.about, posts.Similar) for post in standing.posts):
        return None
    came_from = [Place(of.channel, of.reopened_from)] if of.reopened_from is not None else []
    mine = traits_of(answers_of(of), standing.advice)
    scope = Scope.of_channel(of.workspace, of.channel)
    if of.is_alone:  # only they see it, and they may be shown whatever they took part in
        scope = Scope.of_person(of.workspace, of.asker)
    with log.reading(of.workspace) as tx:
        found = like(tx, scope, mine, came_from)
    return posts.Similar(tuple(as_it_stands(one.decision, one.because) for one in found)) if found else None


def nudge(log: Log, silent: Consultation, now: datetime.datetime) -> None:
    """Remind the asker, once, of a consultation in which nobody has said anything for a day."""
    scope = Scope.of_workspace(silent.workspace)
    with log.writing(silent.workspace) as tx:
        if tx.set_nudged(scope, silent.id):
            add_post(tx, scope, silent.id, posts.Nudge())
            tx.touch(silent.workspace, silent.id, now)


def _wanted_post(standing: Standing) -> posts.Question | posts.Advised | posts.Chart | None:
    """The message that the thread still lacks: the question asked now, or the advice once it stands, then its chart."""
    if standing.consultation.status not in ("open", "advised", "decided"):
        return None
    last = next(
        (p for p in reversed(standing.posts) if isinstance(p.about, posts.Question | posts.Advised)), None
    )
    if standing.asking is not None and standing.consultation.status != "decided":
        wanted = posts.Question(standing.asking)
        return None if last is not None and last.about == wanted else wanted
    if last is None or not isinstance(last.about, posts.Advised):
        return posts.Advised()
    since = max((p.id for p in standing.posts if p.about == CHART_ASKED), default=last.id)
    is_charted = any(isinstance(p.about, posts.Chart) and p.id > max(last.id, since) for p in standing.posts)
    return None if is_charted or not standing.has_chart else posts.Chart()


def keep_advice(tx: Writing, scope: Scope, standing: Standing, given: Any, now: datetime.datetime) -> None:
    """Keep the advice as it is given, with the day of its policy and the prices' version."""
    tx.keep_advice(
        scope,
        standing.consultation.id,
        given,
        policy_version=_policy_version(standing),
        prices_version=prices_version(standing.advice.on),
        now=now,
    )


def _policy_version(standing: Standing) -> str:
    """The day whose thresholds were in force, and the newest of the workspace's settings that were."""
    day = standing.advice.on.isoformat()
    last = max((setting.seq for setting in standing.consultation.house), default=0)
    return f"{day}, settings up to {last}" if last else day
