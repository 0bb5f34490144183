"""The conversation: what is said in a thread becomes answers in the log, and answers become what to say next.

No Slack types and no SQL. Every method is one transaction: it recognises a repetition by its key, loads the
consultation, and only ever adds to it. What the thread must show follows from the answers, so it is not stored: the
outbox asks :mod:`bot.conversation.catching_up` for it.
"""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.conversation import dropped, posts, results
from bot.conversation.adding import add_post
from bot.conversation.before import may_ask_of_before, of_before
from bot.conversation.catching_up import keep_advice
from bot.conversation.copies import recognised
from bot.conversation.leads_to import todos_of
from bot.conversation.on_record import looked_up
from bot.conversation.opened import (
    TASK_LENGTH,
    Open,
    Overtaken,
    UnderWay,
    about_of,
    clean,
    clean_task,
    doubted_of,
    moved_to,
    not_an_answer,
    records_of,
)
from bot.conversation.posts import to_json
from bot.conversation.replies import (
    Act,
    AlreadyAdopted,
    AlreadyHere,
    Decided,
    Done,
    DroppedFile,
    Late,
    Nothing,
    Refused,
    Reply,
    TypedText,
)
from bot.conversation.standing import Standing, belongs, given_to, standing_of
from bot.conversation.todo import ToDo, check
from bot.conversation.understanding import not_sure, start_over
from bot.conversation.what_if import assumed_anew, is_stated, offered
from bot.decision_log.log import Log
from bot.decision_log.records import TAKEN_BACK, Consultation, ConsultationStatus, Decision, How
from bot.decision_log.scope import Scope
from bot.decision_log.writing import Writing
from core.answers import CaseError
from core.tree import Verdict

AGREES_WITHIN = datetime.timedelta(minutes=1)
"""By how much Slack's clock and ours may differ where two moments are compared."""
ANSWERED_WITHIN = 1.5
"""Seconds for which a second event of one message waits for the answer to the first: Slack gives it three in all."""


@dataclass(frozen=True)
class Conversation:
    """The conversations of one log. ``wake`` is called when there is something new to show."""

    log: Log
    wake: Callable[[], None] = lambda: None
    admins: Callable[[str], tuple[str, ...]] = lambda _workspace: ()
    """Who may change the settings of a workspace."""
    asks_model: bool = False
    """Whether a reply whose words were not understood waits for a language model to be asked about it."""
    _under_way: set[tuple[str, str]] = field(default_factory=set)
    """What is being answered just now."""
    _turns: threading.Condition = field(default_factory=threading.Condition)

    def start(
        self,
        act: Act,
        task: str,
        *,
        root_ts: str | None = None,
        values: Mapping[str, Any] | None = None,
        how: How = "form",
        unreachable: str | None = None,
        files: Sequence[DroppedFile] = (),
        heard: str = "",
    ) -> Reply:
        """Open a consultation: in the thread ``root_ts``, or in one of its own.

        ``values`` are answers given along with the task. ``unreachable`` is an address at which the asker can be told
        when the card cannot be posted; it is forgotten once the card is there.
        ``files`` came with the message that started it: one that looks like results is read. ``heard``: its ``ts``.
        """
        kept = clean_task(task)
        if not kept:
            return Refused("no_task")
        scope = Scope.of_channel(act.workspace, act.channel)
        with self.once(act) as tx:
            if tx is None:
                return Nothing()
            there = tx.in_thread(scope, root_ts) if root_ts else None
            if there is not None:
                return AlreadyHere(there.id)
            opened = tx.open_consultation(
                scope, task=kept, asker=act.user, now=act.now, root_ts=root_ts, in_thread=root_ts is not None
            )
            add_post(tx, scope, opened.id, posts.Card(unreachable or None, heard=heard))
            if len(" ".join(task.split())) > TASK_LENGTH:
                add_post(tx, scope, opened.id, posts.TaskCut(TASK_LENGTH))
            if values:
                tx.add_answers(scope, opened.id, records_of(opened, values, how), act.user, act.now)
            results = [file for file in files if dropped.is_readable(file)]
            if results:
                add_post(tx, scope, opened.id, dropped.note_on(results, act.user))
            tx.touch(act.workspace, opened.id, act.now)
            return Done(opened.id)

    def answer(
        self, act: Act, consultation: str, question: str, values: Mapping[str, Any], *, seen: int, how: How
    ) -> Reply:
        """Answer one question. ``seen`` is the number of the newest answer to it that the person saw (0: none).

        Of two people who answer at once one is kept, and the other is told.
        """
        with self._open(act, consultation) as opened:
            if not isinstance(opened, Open):
                return opened
            given = given_to(opened.consultation, question)
            if (given.seq if given else 0) != seen:
                return Late(question, given)
            return self._add(act, opened, values, how)

    def not_sure(self, act: Act, consultation: str, question: str, *, seen: int) -> Reply:
        """Answer "not sure": it widens what is possible, and is never replaced by a default."""
        with self._open(act, consultation) as opened:
            if not isinstance(opened, Open):
                return opened
            given = given_to(opened.consultation, question)
            if (given.seq if given else 0) != seen:
                return Late(question, given)
            return self._add(act, opened, not_sure(opened.consultation, question), "button")

    def take_back(self, act: Act, consultation: str, question: str, *, seen: int) -> Reply:
        """Take the answer to one question back: it counts as not asked, and is asked again where that matters."""
        with self._open(act, consultation) as opened:
            if not isinstance(opened, Open):
                return opened
            given = given_to(opened.consultation, question)
            if given is None or given.seq != seen:
                return Late(question, given)
            keys = {one.key for one in opened.consultation.answers if belongs(one.key, question)}
            todo = ToDo(posts.TakenBack(act.user, question), dict.fromkeys(sorted(keys), TAKEN_BACK), "open")
            return self.do(act, opened, todo, "button")

    def skip_rest(self, act: Act, consultation: str) -> Reply:
        """Answer "not sure" to everything that would still be asked."""
        with self._open(act, consultation) as opened:
            if not isinstance(opened, Open):
                return opened
            values: dict[str, Any] = {}
            asking = standing_of(opened.consultation, act.now).asking
            while asking is not None:
                values |= not_sure(opened.consultation, asking)
                asking = standing_of(opened.consultation, act.now, extra=values).asking
            return self._add(act, opened, values, "button")

    def start_over(self, act: Act, consultation: str) -> Reply:
        """Take every answer back. They stay in the log."""
        with self._open(act, consultation) as opened:
            if not isinstance(opened, Open):
                return opened
            return self.do(act, opened, start_over(opened.consultation, act.user), "button")

    def set_aside(self, act: Act, consultation: str) -> Reply:
        """Stop here for now; the consultation can be taken up again at any time."""
        with self._open(act, consultation) as opened:
            if not isinstance(opened, Open):
                return opened
            opened.add(posts.SetAside(act.user))
            return self._advance(act, opened, status="set_aside")

    def resume(self, act: Act, consultation: str) -> Reply:
        """Take up a consultation that was set aside."""
        with self._open(act, consultation) as opened:
            return self._advance(act, opened, status="open") if isinstance(opened, Open) else opened

    def accept(self, act: Act, consultation: str) -> Reply:
        """Decide as advised."""
        return self._decide(act, consultation, chosen=None, why=None)

    def decide_otherwise(self, act: Act, consultation: str, verdict: str, why: str) -> Reply:
        """Decide for another verdict; the reason is required."""
        if verdict not in {str(v) for v in Verdict}:
            return Refused("no_verdict", verdict)
        reason = clean(why).strip()
        if not reason:
            return Refused("no_reason_given")
        return self._decide(act, consultation, chosen=verdict, why=reason)

    def confirm(self, act: Act, consultation: str, *, right: bool, values: Mapping[str, Any]) -> Reply:
        """Say whether the doubtful reading in the message pressed was right; only then is it stored.

        ``values``: what the button carried, by which a second copy of the message is recognised.
        """
        with self._open(act, consultation) as opened:
            if not isinstance(opened, Open):
                return opened
            found = doubted_of(opened.consultation, act, values)
            if found is None:
                return Nothing()
            post, asked = found
            opened.change(post, asked.settled(right=right, by=act.user))
            return self._add(act, opened, asked.values if right else {}, "typed")

    def adopt(self, act: Act, consultation: str, values: Mapping[str, Any]) -> Reply:
        """Take the values of the what-if in the message pressed as this person's answers, whatever changed since then.

        ``values``: what the button carried, by which a second copy of the message is recognised. Of two people who
        press at once one adopts it, and the other is told.
        """
        with self._open(act, consultation) as opened:
            if not isinstance(opened, Open):
                return opened
            found = offered(opened.consultation, act, values)
            if found is None:
                return Nothing()
            post, shown = found
            if isinstance(shown, posts.WhatIfAdopted):
                return AlreadyAdopted(shown.adopted_by)
            reply = self._add(act, opened, shown.values, "button")
            if isinstance(reply, Done):
                opened.change(post, shown.adopted(act.user))
            return reply

    def assume(self, act: Act, consultation: str, values: Mapping[str, Any]) -> Reply:
        """Set assumptions of the ledger by their keys in the log, or take them back to their defaults.

        Only what differs from what is assumed now is written. Raises nothing for a value that cannot be: it is refused.
        """
        with self._open(act, consultation) as opened:
            if not isinstance(opened, Open):
                return opened
            standing = standing_of(opened.consultation, act.now)
            new = {key: value for key, value in values.items() if not is_stated(standing, key, value)}
            if not new:
                return Done(consultation)
            try:
                check(new)
                changed = assumed_anew(standing, new, act.user, act.now)
            except CaseError as wrong:
                return not_an_answer(wrong)
            opened.add(changed)
            return self._add(act, opened, new, "form")

    def reply(self, message: TypedText) -> Reply:
        """Deal with a text typed in a thread; one that has no consultation is left alone, and leaves no trace.

        It is read before the transaction begins, since reading and advising take longer than writing; should
        somebody change the consultation meanwhile, it is read again.
        """
        act = message.act
        scope = Scope.of_channel(act.workspace, act.channel)
        while True:
            with self.log.reading(act.workspace) as tx:
                found = tx.in_thread(scope, message.thread)
            if found is None:
                return Nothing()
            deed = results.deed_of(found, message)
            todos = [] if deed and not message.files else todos_of(found, message, asks_model=self.asks_model)
            if not (deed or message.files):
                todos = self._with_what_was_before(found, message, todos)
            try:
                with self.once(act) as writing:
                    if writing is None or not (todos or deed):
                        return Nothing()
                    if not writing.is_in_thread(scope, message.thread, found.id, found.version):
                        raise Overtaken
                    # A decision's record grows without a new version, and answers do not.
                    current = writing.in_thread(scope, message.thread) if deed else found
                    if current is None:
                        raise Overtaken
                    if deed and current.decision is not None:
                        results.do(writing, act, current.decision, deed)
                    if not todos:
                        return Done(current.id)
                    opened = Open(writing, scope, current)
                    meant = [looked_up(writing, act, current, todo) for todo in todos]
                    return [self.do(act, opened, todo, "typed") for todo in meant][-1]
            except Overtaken:
                continue

    def _with_what_was_before(self, found: Consultation, message: TypedText, todos: list[ToDo]) -> list[ToDo]:
        """The same; of a question about earlier decisions, what the log says to it."""
        if not may_ask_of_before(found, message):
            return todos
        with self.log.reading(message.act.workspace) as tx:
            told = of_before(tx, standing_of(found, message.act.now), message, todos[0] if todos else None)
        return todos if told is None else [told]

    def choose_evidence(self, act: Act, consultation: str, post: int, *, step: int, choice: int) -> Reply:
        """Say how the file of a note is to be read: it is fetched once more for it, since it was not kept.

        step: the question that the person saw. choice: the place of the answer, -1 for not using the file.
        """
        with self._open(act, consultation, post) as opened:
            if not isinstance(opened, Open):
                return opened
            note = about_of(opened.consultation, post)
            chosen = dropped.after_choosing(note, step, choice, act.user) if note is not None else None
            if chosen is None:
                return Nothing()
            opened.tx.change_post(opened.scope, consultation, post, about=to_json(chosen))
            opened.tx.touch(act.workspace, consultation, act.now)
            return Done(consultation)

    def standing(
        self, workspace: str, channel: str, consultation: str, now: datetime.datetime
    ) -> Standing | None:
        """Where a consultation of this channel stands."""
        with self.log.reading(workspace) as tx:
            found = tx.consultation(Scope.of_channel(workspace, channel), consultation)
        return None if found is None or found.status == "void" else standing_of(found, now)

    def recognise(self, act: Act, consultation: str) -> None:
        """Note or close the message ``act.on``, of which we did not know. For buttons that only open a form."""
        scope = Scope.of_channel(act.workspace, act.channel)
        with self.log.writing(act.workspace) as tx:
            found = tx.consultation(scope, consultation)
            if found is not None:
                recognised(tx, scope, found, act)
        self.wake()

    def is_in(self, workspace: str, channel: str, thread: str) -> bool:
        """Whether a thread has a consultation. Reads only: nothing is kept of threads that have none."""
        with self.log.reading(workspace) as tx:
            return tx.in_thread(Scope.of_channel(workspace, channel), thread) is not None

    def copied_in(self, workspace: str, channel: str, thread: str) -> Consultation | None:
        """The consultation whose card may stand a second time as the root of this thread, left by a crash.

        It was begun before the copy was sent, and its card came after; ``None`` unless there is one alone.
        """
        sent = float(thread) + AGREES_WITHIN.total_seconds()
        with self.log.reading(workspace) as tx:
            known = tx.open_consultations(Scope.of_channel(workspace, channel), limit=100)
        found = [c for c in known if c.root_ts and c.root_ts > thread and c.created_at.timestamp() <= sent]
        return found[0] if len(found) == 1 else None

    @contextmanager
    def answering(self, act: Act) -> Iterator[bool]:
        """Whether this was not answered before. For what is answered at once and leaves nothing else in the log.

        Its key is noted only once it was answered, so that a repetition is answered if it was not, whatever kept it.
        One that comes while it is being answered waits for that: what people write to the app may reach it as two
        events at once. Raises :class:`UnderWay` if it takes longer than :data:`ANSWERED_WITHIN`.
        """
        key = (act.workspace, act.key)
        with self._turns:
            if not self._turns.wait_for(lambda: key not in self._under_way, ANSWERED_WITHIN):
                raise UnderWay
            self._under_way.add(key)
        try:
            with self.log.reading(act.workspace) as tx:
                is_new = not tx.was_seen(act.workspace, act.key, act.now)
            yield is_new
            if is_new:
                with self.log.writing(act.workspace) as tx:
                    tx.first_sight(act.workspace, act.key, act.now)
        finally:
            with self._turns:
                self._under_way.discard(key)
                self._turns.notify_all()

    def channel_moved(self, workspace: str, old: str, new: str) -> None:
        """Slack gave a channel another id: what was said and decided there goes along."""
        with self.log.writing(workspace) as tx:
            tx.move_channel(Scope.of_channel(workspace, old), new)
        self.wake()

    def own(self, workspace: str, person: str) -> Own:
        """A person's open consultations."""
        scope = Scope.of_person(workspace, person)
        with self.log.reading(workspace) as tx:
            found = tx.open_consultations(scope)
            return Own(found, tx.held_up(scope, [one.id for one in found]))

    @contextmanager
    def once(self, act: Act) -> Iterator[Writing | None]:
        """A transaction for something that is done once; ``None`` when it was done before.

        The key is used up by what was done, not by what was refused: a form that stayed open comes again under its key.
        """
        with self.log.writing(act.workspace) as tx:
            is_new = tx.first_sight(act.workspace, act.key, act.now)
            yield tx if is_new else None
            if is_new and not tx.touched:
                tx.forget_sight(act.workspace, act.key)
        self.wake()

    @contextmanager
    def _open(self, act: Act, consultation: str, post: int | None = None) -> Iterator[Open | Reply]:
        """The consultation, if it is in this channel and still undecided; else what there is to say.

        ``post``: a note; with one on a file that says how a decision turned out, that may be decided.
        """
        scope = Scope.of_channel(act.workspace, act.channel)
        with self.once(act) as tx:
            if tx is None:
                yield Nothing()
                return
            found = tx.consultation(scope, consultation)
            if found is None or found.status == "void":
                yield Refused("not_here")
                return
            found = recognised(tx, scope, found, act)
            about = None if post is None else about_of(found, post)
            is_of_outcome = isinstance(about, posts.FileInDoubt) and about.of_outcome
            if found.status == "decided" and found.decision is not None and not is_of_outcome:
                yield Decided(found.decision)
            elif (moved := moved_to(found)) is not None:
                yield moved
            else:
                yield Open(tx, scope, found)

    def _add(self, act: Act, opened: Open, values: Mapping[str, Any], how: How) -> Reply:
        try:
            records = records_of(opened.consultation, values, how)
        except CaseError as wrong:
            return not_an_answer(wrong)
        if records:
            opened.tx.add_answers(opened.scope, opened.consultation.id, records, act.user, act.now)
        return self._advance(act, opened, status="open")

    def do(self, act: Act, opened: Open, todo: ToDo, how: How) -> Reply:
        """Do what a text leads to, in the transaction of ``opened``."""
        if todo.confirms is not None and isinstance(doubted := todo.confirms.about, posts.Doubtful):
            opened.change(todo.confirms, doubted.settled(right=True, by=act.user))
        if isinstance(todo.note, posts.Echo) and not todo.note.is_shown:
            opened.keep(todo.note)
        elif todo.note is not None:
            opened.add(todo.note)
        if todo.status is None:
            opened.tx.touch(act.workspace, opened.consultation.id, act.now)
            return Done(opened.consultation.id)
        if todo.status != "open":
            return self._advance(act, opened, status=todo.status)
        return self._add(act, opened, todo.values, how)

    def _advance(self, act: Act, opened: Open, *, status: ConsultationStatus) -> Reply:
        found = opened.consultation
        if not opened.tx.advance(
            opened.scope, found.id, from_version=found.version, now=act.now, status=status
        ):
            raise RuntimeError("the consultation changed inside its own transaction")
        opened.tx.touch(act.workspace, found.id, act.now)
        return Done(found.id)

    def _decide(self, act: Act, consultation: str, *, chosen: str | None, why: str | None) -> Reply:
        with self._open(act, consultation) as opened:
            if not isinstance(opened, Open):
                return opened
            standing = standing_of(opened.consultation, act.now)
            if not standing.is_advised:
                return Refused("not_advised")
            keep_advice(opened.tx, opened.scope, standing, standing.told.kept(), act.now)
            recommended = str(standing.advice.verdict)
            made = opened.tx.decide(
                opened.scope,
                consultation,
                recommended=recommended,
                chosen=chosen or recommended,
                status="accepted" if chosen in (None, recommended) else "overridden",
                by=act.user,
                why=why,
                now=act.now,
            )
            _show_superseded(opened, made, act.now)
            return self._advance(act, opened, status="decided")


@dataclass(frozen=True, slots=True)
class Own:
    """A person's open consultations, and by consultation why Slack shows no more of it."""

    consultations: Sequence[Consultation]
    held_up: Mapping[str, str]


def _show_superseded(opened: Open, made: Decision, now: datetime.datetime) -> None:
    """Have the thread of the decision that another supersedes say so."""
    if made.supersedes is not None:
        old = opened.tx.decision(opened.scope, made.supersedes)
        if old is not None:
            opened.tx.touch(made.workspace, old.consultation.id, now)
