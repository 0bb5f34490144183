"""Taking what was thought alone in a direct message to a channel: the button, and the form that it opens."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.conversation.alone import take_along
from bot.conversation.replies import Done
from bot.conversation.standing import taken_to
from bot.decision_log.records import is_direct
from bot.slack.listeners.desk import Desk, beside, only_for_you
from bot.slack.listeners.incoming import Click, Submission
from bot.views import ids, taking, usage
from bot.views.press import Press


def open_form(desk: Desk, click: Click, press: Press, about: tuple[str, ...]) -> None:
    """Ask for the channel. Where nothing can be taken any more, the person is told."""
    act = click.act
    standing = desk.conversation.standing(act.workspace, act.channel, press.consultation, act.now)
    if standing is None or not standing.consultation.is_alone:
        desk.tell(click.response_url, usage.CANNOT_SEE)
    elif standing.consultation.status == "decided":
        desk.tell(click.response_url, usage.OUT_OF_DATE)
    elif taken_to(standing.consultation) is not None:
        desk.tell(click.response_url, taking.taken_there(standing))
    else:
        carries = {"channel": act.channel, "u": act.user, "c": press.consultation}
        desk.slack.open_view(click.trigger_id, taking.take_form(standing, json.dumps(carries)))


def submitted(desk: Desk, sent: Submission, about: Mapping[str, Any]) -> dict[str, Any] | None:
    """The form was sent, by the one for whom it was opened."""
    channel = taking.read_take_form(sent.state)
    if about["u"] != sent.user:
        return beside(ids.CHANNEL, usage.CANNOT_SEE)
    if not channel or is_direct(channel):
        return beside(ids.CHANNEL, taking.NO_CHANNEL)
    act = sent.act_in(about["channel"], direct=True)
    unreachable = sent.answer_at.get(channel)
    reply = take_along(desk.conversation, act, about["c"], channel, unreachable=unreachable)
    told = None if isinstance(reply, Done) else only_for_you(reply)
    return None if told is None else beside(ids.CHANNEL, told)
