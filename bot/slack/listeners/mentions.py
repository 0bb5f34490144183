"""Mentions: a reply where the thread has a consultation; elsewhere a question to the log, or a task."""

from __future__ import annotations

from typing import Any

from slack_bolt import App

from bot.conversation import edits
from bot.conversation.grammar import Asked, OpenForm, Task, is_no_task, understand_mention
from bot.slack.blocks import without_chart
from bot.slack.listeners import incoming
from bot.slack.listeners.answers import answered
from bot.slack.listeners.desk import Desk, only_for_you
from bot.slack.web_api import BlocksRefused
from bot.views import ids, usage
from bot.views.document import Document


def register(app: App, desk: Desk) -> None:
    """Listen for mentions."""

    @app.event(ids.APP_MENTION)
    def mention(ack: Any, body: dict[str, Any], workspace: str) -> None:
        said = incoming.said(body, workspace, desk.clock(), desk.bot_user())
        edit = incoming.edited(body, workspace, desk.clock(), desk.bot_user())
        if edit is not None and desk.conversation.is_in(
            workspace, edit.act.channel, edit.text.thread or edit.text.ts
        ):
            desk.waits(edit.act, edits.edited(desk.conversation, edit))
        elif said is not None:
            answer_mention(desk, said)
        elif (by := incoming.called_by_app(body, workspace, desk.clock(), desk.bot())) is not None:
            _tell_app(desk, by)
        ack()


def _tell_app(desk: Desk, by: incoming.CalledByApp) -> None:
    """Say once that only people can start: a workflow reads no answer, but whoever made it does."""
    with desk.conversation.answering(by.act) as is_new:
        if is_new:
            desk.slack.post(by.act.channel, usage.ONLY_PEOPLE, thread_ts=by.thread)


def answer_mention(desk: Desk, said: incoming.Said) -> None:
    """Deal with a message that mentions the app."""
    if said.thread and desk.conversation.is_in(said.act.workspace, said.act.channel, said.thread):
        desk.reply(said)
        return
    answer = _answer(desk, said)
    if answer is not None:
        whisper(desk, said, answer)


def whisper(desk: Desk, said: incoming.Said, answer: Document) -> None:
    """Answer the one who wrote, once, although a mention may arrive as two events; again if Slack did not take it."""
    with desk.conversation.answering(said.act) as is_new:
        if is_new:
            _whispered(desk, said, answer)


def _whispered(desk: Desk, said: incoming.Said, answer: Document) -> None:
    """With its chart, if Slack takes one."""
    place = {"thread_ts": said.thread or None}
    try:
        desk.slack.whisper(said.act.channel, said.act.user, answer, **place)
    except BlocksRefused:
        desk.slack.whisper(said.act.channel, said.act.user, without_chart(answer), **place)


def _answer(desk: Desk, said: incoming.Said) -> Document | None:
    match understand_mention(said.text):
        case Task() | OpenForm() if said.under_us:  # of a message of ours we would know, unless it came twice
            return desk.old_copy(said.act, said.thread)
        case Task(text, is_forced=False) if is_no_task(text, is_reply=bool(said.thread)):
            return usage.NONE_HERE
        case Task(text):
            root = said.thread or said.ts
            return only_for_you(
                desk.conversation.start(said.act, text, root_ts=root, files=said.files, heard=said.ts)
            )
        case OpenForm():
            return usage.WHAT_IS_THE_TASK
        case asked:
            by_id = understand_mention(said.question)
            return answered(desk, said.act, by_id if isinstance(by_id, Asked) else asked)
