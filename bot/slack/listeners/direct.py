"""What is typed to the app in its direct message, where nobody has to be named: thinking alone, and asking the log."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.alone import open_one
from bot.conversation.grammar import Asked, OpenForm, Task, is_no_task, is_small_talk, understand_mention
from bot.conversation.replies import Done, EditedText
from bot.slack.listeners.answers import answered
from bot.slack.listeners.desk import Desk, only_for_you
from bot.slack.listeners.incoming import Said
from bot.slack.listeners.mentions import whisper
from bot.views import usage
from bot.views.document import Document


def answer_direct(desk: Desk, said: Said) -> None:
    """A reply where the thread has a consultation; elsewhere a question to the log, or a task to think about alone."""
    if said.thread and desk.conversation.is_in(said.act.workspace, said.act.channel, said.thread):
        is_to_us = said.mentioned or not is_small_talk(said.text)
        message = replace(said.as_message(), mentioned=is_to_us)
        desk.waits(said.act, desk.conversation.reply(message))
        return
    answer = _answer(desk, said)
    if answer is not None:
        whisper(desk, said, answer)


def heard_alone(edit: EditedText) -> EditedText:
    """An edit in a direct message, where whatever is no small talk is said to the app."""
    return replace(edit, text=replace(edit.text, mentioned=not is_small_talk(edit.text.text)))


def _answer(desk: Desk, said: Said) -> Document | None:
    match understand_mention(said.text):
        case Task(text, is_forced=False) if is_no_task(text, is_reply=bool(said.thread)):
            return _in_the_open_one(desk, said)
        case OpenForm():
            return _in_the_open_one(desk, said)
        case Task(text):
            return only_for_you(desk.conversation.start(said.act, text, files=said.files, heard=said.ts))
        case asked:
            by_id = understand_mention(said.question)
            return answered(desk, said.act, by_id if isinstance(by_id, Asked) else asked)


def _in_the_open_one(desk: Desk, said: Said) -> Document | None:
    """An answer beside the thread is one all the same, if something is open here; small talk gets a kind word."""
    there = open_one(desk.conversation, said.act)
    if there is None or there.root_ts is None:
        return usage.WHAT_TO_WRITE
    message = replace(said.as_message(), thread=there.root_ts, mentioned=False)
    reply = desk.conversation.reply(message)
    if not isinstance(reply, Done):
        return usage.go_on((there.channel, there.root_ts), there.task)
    desk.waits(said.act, reply)
    desk.slack.whisper(
        said.act.channel, said.act.user, usage.taken_there((there.channel, there.root_ts), there.task)
    )
    return None
