"""Messages of ours that Slack shows and the log does not know: their answer was lost, or they came twice.

Only a press tells their ``ts``: see docs/decisions/second-copies.md.
"""

from __future__ import annotations

from bot.conversation.adding import add_post
from bot.conversation.posts import Copy
from bot.conversation.replies import Act
from bot.decision_log.records import Consultation, PostRecord
from bot.decision_log.scope import Scope
from bot.decision_log.writing import Writing


def is_copy(consultation: Consultation, act: Act) -> bool:
    """Whether the message pressed is a second copy, left by a crash. Not where it may be one that is being sent."""
    if not act.on or any(post.ts == act.on for post in consultation.posts):
        return False
    if act.nonce:
        return lost_post(consultation, act.nonce) is None
    return not any(post.ts is None and post.tried and not post.closed for post in consultation.posts)


def lost_post(consultation: Consultation, nonce: str) -> PostRecord | None:
    """The post of this nonce, if it was sent and Slack's answer did not reach us, or not yet."""
    lost = (post for post in consultation.posts if post.ts is None and post.tried)
    return next((post for post in lost if post.nonce == nonce), None)


def recognised(tx: Writing, scope: Scope, consultation: Consultation, act: Act) -> Consultation:
    """The consultation, with what the press tells of the message that was pressed, where we did not know of it.

    It is one whose answer was lost, or a second copy of one: that the outbox turns into a line that says so.
    """
    lost = lost_post(consultation, act.nonce)
    if act.on and lost is not None:
        tx.change_post(scope, consultation.id, lost.id, ts=act.on, refused=None, closed=False)
        tx.touch(act.workspace, consultation.id, act.now)
        return tx.consultation(scope, consultation.id) or consultation
    if is_copy(consultation, act):
        _close_copy(tx, scope, consultation, act)
    return consultation


def _close_copy(tx: Writing, scope: Scope, consultation: Consultation, act: Act) -> None:
    post = add_post(tx, scope, consultation.id, Copy()).id
    tx.change_post(scope, consultation.id, post, ts=act.on, tried=True)
    tx.touch(act.workspace, consultation.id, act.now)
