"""Messages that were edited or deleted after the app had read them.

What somebody typed counts as it reads now. An edit that says the same changes nothing and is met with silence; one that
says something else is taken and told; one that cannot be read leaves the answer as it is, and is told. Edits are put in
order by Slack's time of them, so that of several only the last counts, however late each arrives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.conversation import posts, results
from bot.conversation.alone import open_one
from bot.conversation.conversation import Conversation
from bot.conversation.leads_to import todos_of
from bot.conversation.opened import Open, Overtaken, clean_task, closed
from bot.conversation.posts import Post, Values, posts_of, to_json
from bot.conversation.replies import DeletedText, Done, EditedText, Nothing, Reply, TypedText
from bot.conversation.standing import ORDER, Standing, standing_of
from bot.conversation.todo import ToDo
from bot.conversation.understanding import (
    STOP,
    answered,
    has_words,
    is_suggested,
    name_for_reading,
    said_in,
    unsure,
)
from bot.conversation.what_if import present
from bot.decision_log.records import TAKEN_BACK, AnswerRecord, Consultation
from bot.decision_log.said import ASSUMED, answers_of
from bot.decision_log.scope import Scope
from core import inputs
from core.questions import question_of
from core.reading.reader import read
from core.wording import answer_in_words

Taken = posts.Echo | posts.Confirmed
"""What a message had said, and was taken."""


@dataclass(frozen=True)
class Anew:
    """What comes of an edit. ``changed``: notes that are about something else from now on."""

    todos: tuple[ToDo, ...] = ()
    changed: Mapping[int, posts.Note] = field(default_factory=dict)
    deed: results.Deed | None = None


def edited(conversation: Conversation, edit: EditedText) -> Reply:
    """Read an edited message again. Threads that have no consultation are left alone, and keep no trace."""
    act, now = edit.act, edit.act.now
    while True:
        found = _where(conversation, edit.text.act.channel, edit)
        if found is None:
            return Nothing()
        anew = _read_again(found, edit, is_known=_was_heard(conversation, edit))
        try:
            with conversation.once(act) as tx:
                if tx is None:
                    return Nothing()
                scope = Scope.of_channel(act.workspace, act.channel)
                current = tx.consultation(scope, found.id)
                if current is None or current.version != found.version:
                    raise Overtaken
                # The message as it was first counts no more, should Slack bring it only now.
                tx.first_sight(act.workspace, edit.text.act.key, now)
                opened = Open(tx, scope, current)
                for number, note in anew.changed.items():
                    tx.change_post(scope, found.id, number, about=to_json(note))
                if anew.changed:
                    tx.touch(act.workspace, found.id, now)
                if anew.deed is not None and current.decision is not None:
                    results.do(tx, act, current.decision, anew.deed)
                for todo in anew.todos:
                    conversation.do(act, opened, todo, "typed")
                return Done(found.id) if anew.todos or anew.deed else Nothing()
        except Overtaken:
            continue


def deleted(conversation: Conversation, gone: DeletedText) -> Reply:
    """Say once that the answers of a deleted message stay."""
    act = gone.act
    found = _where(conversation, act.channel, gone)
    note = _after_deletion(found, gone) if found is not None else None
    if found is None or note is None:
        return Nothing()
    with conversation.once(act) as tx:
        scope = Scope.of_channel(act.workspace, act.channel)
        current = tx.consultation(scope, found.id) if tx is not None else None
        if tx is None or current is None or _after_deletion(current, gone) is None:
            return Nothing()
        return conversation.do(act, Open(tx, scope, current), ToDo(note), "typed")


def _where(
    conversation: Conversation, channel: str, message: EditedText | DeletedText
) -> Consultation | None:
    """The consultation that heard a message: of its thread, or of the direct message in which it stands alone."""
    text = message.text if isinstance(message, EditedText) else message
    scope = Scope.of_channel(message.act.workspace, channel)
    with conversation.log.reading(message.act.workspace) as tx:
        found = tx.in_thread(scope, text.thread or text.ts)
        if found is None and message.act.direct:
            known = tx.open_consultations(scope, limit=100)
            found = next((one for one in known if any(_heard(one, text.ts))), None)
    if found is None and message.act.direct and not text.thread:
        return open_one(conversation, message.act)
    return found


def _was_heard(conversation: Conversation, edit: EditedText) -> bool:
    """Whether the message was dealt with before it was edited."""
    act = edit.text.act
    with conversation.log.reading(act.workspace) as tx:
        return tx.was_seen(act.workspace, act.key, act.now)


def _heard(consultation: Consultation, ts: str) -> Iterator[Post]:
    """What the thread holds of a message: what was read in it, and what was said of its edits."""
    return (post for post in posts_of(consultation) if getattr(post.about, "heard", "") == ts)


def _read_again(found: Consultation, edit: EditedText, *, is_known: bool) -> Anew:
    text = edit.text
    heard = list(_heard(found, text.ts))
    if any(_is_after(post.about, edit.edited) for post in heard):
        return Anew()
    if any(isinstance(post.about, posts.Card) for post in heard):
        return _of_the_task(found, heard, edit)
    mine = [post for post in heard if getattr(post.about, "by", None) == text.act.user]
    if heard and not mine:
        return Anew()
    outdated = {post.id: post.about.outdated() for post in mine if isinstance(post.about, posts.Doubtful)}
    taken = next((post for post in reversed(mine) if isinstance(post.about, Taken)), None)
    if taken is not None and isinstance(taken.about, Taken):
        anew = _of_an_answer(found, mine, taken.id, taken.about, edit)
    else:
        anew = _of_other_words(found, edit, is_known=is_known)
    if anew.todos:
        return replace(anew, changed={**outdated, **anew.changed})
    # Nothing is said any more that could be confirmed.
    is_small_talk = bool(outdated) and taken is None and not todos_of(found, text, asks_model=False)
    return replace(anew, changed={**outdated, **anew.changed}) if is_small_talk else anew


def _is_after(about: posts.About, edited: str) -> bool:
    """Whether something newer than this edit is known of its message."""
    return isinstance(about, posts.Deleted) or getattr(about, "edited", "") >= edited


def _of_the_task(found: Consultation, heard: Iterable[Post], edit: EditedText) -> Anew:
    is_said = any(isinstance(post.about, posts.TaskRewritten) for post in heard)
    if is_said or clean_task(edit.text.text) in ("", found.task):
        return Anew()
    if edit.before is not None and clean_task(edit.before) == clean_task(edit.text.text):
        return Anew()
    note = posts.TaskRewritten(by=edit.text.act.user, heard=edit.text.ts, edited=edit.edited)
    return Anew((ToDo(note),))


def _of_other_words(found: Consultation, edit: EditedText, *, is_known: bool) -> Anew:
    """The message had given no answer: what it says now is taken as if it had just been typed, if that is another.

    Where its words before are not known, only an answer is taken: whatever else it wanted was shown to it already.
    """
    text = edit.text
    todos = todos_of(found, replace(text, files=()), asks_model=False)
    deed = results.deed_of(found, text)
    old = None if edit.before is None else replace(text, text=edit.before, files=())
    is_same = old is not None and todos == todos_of(found, old, asks_model=False)
    todos = [] if is_same else [_of_this_edit(todo, edit.edited) for todo in todos]
    if old is None:
        is_new = not is_known or any(one.values or isinstance(one.note, posts.Doubtful) for one in todos)
        return Anew(tuple(todos), deed=deed if not is_known else None) if is_new else Anew()
    if deed is not None and deed == results.deed_of(found, old):
        return Anew()
    return Anew((), deed=deed) if deed is not None else Anew(tuple(todos))


def _of_this_edit(todo: ToDo, edited: str) -> ToDo:
    if isinstance(todo.note, posts.Echo | posts.Doubtful):
        return replace(todo, note=replace(todo.note, edited=edited))
    return todo


def _of_an_answer(
    found: Consultation, mine: Iterable[Post], number: int, taken: Taken, edit: EditedText
) -> Anew:
    """The message had given answers: they become what it says now."""
    if edit.before is not None and edit.before == edit.text.text:
        return Anew()
    known = {"by": edit.text.act.user, "heard": taken.heard, "edited": edit.edited}
    own = _own_records(found, taken)
    before = replace(found, answers=tuple(one for one in found.answers if one not in own))
    todo = _says(standing_of(before, edit.act.now), taken.asked, edit.text)
    seen = {number: replace(taken, edited=edit.edited)}
    if todo is not None and todo.note is not None and _is_same(todo, taken):
        return Anew(changed=seen)
    if (over := closed(found)) is not None:
        return Anew((ToDo(over),), seen)
    if todo is None:
        is_said = any(isinstance(post.about, posts.UnreadNow) for post in mine)
        unread = posts.UnreadNow(**known, questions=taken.questions)
        return Anew(() if is_said else (ToDo(unread),), seen)
    if isinstance(todo.note, posts.Doubtful):
        return Anew((said_in(todo, taken.asked, taken.heard, edit.edited),), seen)
    different = [key for key in {**taken.values, **todo.values} if _differs(key, taken.values, todo.values)]
    if any(key in taken.values and not any(one.key == key for one in own) for key in different):
        overtaken = posts.OvertakenSince(**known, questions=_questions(different))
        return Anew((ToDo(overtaken),), seen)
    values = {key: todo.values.get(key, TAKEN_BACK) for key in different}
    note = posts.ReadAnew(
        **known, questions=_questions(different), changes=_changes(found, values, edit.act.now)
    )
    echo = todo.note.echo if isinstance(todo.note, posts.Echo) else ""
    questions = _questions(todo.values)
    reads = replace(taken, values=todo.values, echo=echo, edited=edit.edited, questions=questions)
    return Anew((ToDo(note, values, "open"),), {number: reads})


def _own_records(found: Consultation, taken: Taken) -> list[AnswerRecord]:
    """The answers that are still what this message said: nobody has given a newer one."""
    newest = {record.key: record for record in found.answers}
    return [
        record
        for key, value in taken.values.items()
        if (record := newest.get(key)) is not None and record.value == value and record.author == taken.by
    ]


def _says(standing: Standing, asked: str | None, text: TypedText) -> ToDo | None:
    """What a text says as an answer; ``None`` where it is none."""
    if not has_words(text.text) or STOP.fullmatch(text.text):
        return None
    reading = read(text.text, name_for_reading(asked), standing.consultation.task)
    if asked is not None and reading.intent in ("unsure", "skip"):
        return unsure(standing, text.act.user, asked)
    is_plain = reading.intent in ("answer", "change") and (asked is None or not is_suggested(asked, reading))
    todo = answered(standing, text.act.user, reading) if is_plain else None
    return None if todo is None or isinstance(todo.note, posts.NotUnderstood) else todo


def _is_same(todo: ToDo, taken: Taken) -> bool:
    values = todo.note.values if isinstance(todo.note, posts.Doubtful) else todo.values
    return not any(_differs(key, taken.values, values) for key in {**taken.values, **values})


def _differs(key: str, one: Values, other: Values) -> bool:
    return key not in one or key not in other or _in_order(one[key]) != _in_order(other[key])


def _in_order(value: Any) -> Any:
    """The reasons are a set, whatever their order."""
    are_words = isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)
    return sorted(value) if are_words else list(value) if isinstance(value, tuple) else value


def _questions(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({q.name for key in keys if (q := question_of(key))}, key=ORDER.index))


def _changes(found: Consultation, values: Values, now: datetime) -> tuple[tuple[str, str, str], ...]:
    """What becomes of each question and assumption, in words before and after."""
    was, will_be = standing_of(found, now), standing_of(found, now, extra=values)
    told = []
    for name in _questions(values):
        words = [
            answer_in_words(name, answers)
            for answers in (answers_of(found), answers_of(found, extra=dict(values)))
        ]
        told.append((name, words[0], words[1]))
    for key in values:
        if key.startswith(ASSUMED):
            name = key.removeprefix(ASSUMED)
            shown = [inputs.shown(name, present(each, key)) for each in (was, will_be)]
            told.append((inputs.name(name), shown[0], shown[1]))
    return tuple(told)


def _after_deletion(found: Consultation, gone: DeletedText) -> posts.Note | None:
    """What is said of a deleted message; ``None``: nothing rests on it, or it was said."""
    heard = list(_heard(found, gone.ts))
    if any(isinstance(post.about, posts.Deleted) for post in heard):
        return None
    if any(isinstance(post.about, posts.Card) for post in heard):
        is_said = any(isinstance(p.about, posts.TaskRewritten) and p.about.gone for p in heard)
        return None if is_said else posts.TaskRewritten(by=gone.act.user, heard=gone.ts, gone=True)
    taken = next((post.about for post in reversed(heard) if isinstance(post.about, Taken)), None)
    own = _own_records(found, taken) if taken is not None else []
    if taken is None or not own:
        return None
    return posts.Deleted(by=taken.by, heard=gone.ts, questions=_questions(one.key for one in own))
