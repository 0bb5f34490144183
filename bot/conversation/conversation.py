"""The conversation: what is said in a thread becomes answers in the log, and answers become what to say next.

No Slack types and no SQL. Every method is one transaction: it recognises a repetition by its key, loads the
consultation, and only ever adds to it. What the thread must show follows from the answers, so it is not stored: the
outbox asks :meth:`Conversation.bring_up_to_date` for it.
"""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.conversation import dropped, posts, results, second_reading
from bot.conversation.adding import add_post
from bot.conversation.before import may_ask_of_before, of_before
from bot.conversation.copies import is_copy, recognised
from bot.conversation.on_record import as_it_stands, looked_up
from bot.conversation.posts import About, Post, post_of, posts_of, to_json
from bot.conversation.replies import (
    Act,
    AlreadyAdopted,
    AlreadyHere,
    Decided,
    Done,
    DroppedFile,
    Late,
    Moved,
    NotASetting,
    Nothing,
    Refused,
    Reply,
    TypedText,
    WorkspaceSettings,
)
from bot.conversation.standing import (
    Standing,
    belongs,
    given_to,
    replaced_by,
    standing_of,
    taken_to,
)
from bot.conversation.todo import ToDo, check, sentence
from bot.conversation.understanding import (
    not_sure,
    outcome_of,
    start_over,
    understand,
)
from bot.conversation.what_if import assumed_anew, is_stated, offered
from bot.decision_log.alike import like, traits_of
from bot.decision_log.log import Log
from bot.decision_log.records import (
    TAKEN_BACK,
    Consultation,
    ConsultationStatus,
    Decision,
    How,
    Place,
)
from bot.decision_log.said import answers_of, house_from
from bot.decision_log.scope import Scope
from bot.decision_log.writing import Writing
from bot.measured import READ
from core.answers import CaseError
from core.evidence.found import Evidence, Found, Use
from core.house import KEYS, check_house
from core.policy import Policy
from core.prices.version import prices_version
from core.tree import Verdict

AGREES_WITHIN = datetime.timedelta(minutes=1)
"""By how much Slack's clock and ours may differ where two moments are compared."""
ASKING_BACK = (posts.NotUnderstood, posts.WhatIfUnread, posts.Called, posts.WhyQuestion)
"""Notes that ask for an answer, which is not given here any more once it goes on elsewhere."""
CHART_ASKED = posts.OfAdvice("chart")
"""After this note the chart stands once more, at the bottom of the thread."""
ANSWERED_WITHIN = 1.5
"""Seconds for which a second event of one message waits for the answer to the first: Slack gives it three in all."""
TASK_LENGTH = 300
"""Characters of a task that are kept."""


def clean(text: str) -> str:
    """A text without the characters that nobody sees, but for line ends and the marks that scripts need."""
    return "".join(c if c.isprintable() or c in "\n\u200d\u200e\u200f" else " " for c in text)


def clean_task(text: str) -> str:
    """A task as it is kept: on one line, at most :data:`TASK_LENGTH` characters, without control characters."""
    return " ".join(clean(text).split())[:TASK_LENGTH].rstrip()


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
                tx.add_answers(scope, opened.id, _records(opened, values, how), act.user, act.now)
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
            found = _doubted(opened.consultation, act, values)
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
                return _not_an_answer(wrong)
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
                    current = writing.in_thread(scope, message.thread)
                    if current is None or current.version != found.version:
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

    def evidence_read(
        self,
        workspace: str,
        consultation: str,
        post: int,
        use: Use,
        found: Found,
        now: datetime.datetime,
        beside: results.Beside | None = None,
    ) -> None:
        """The file of a note was read in the way ``use``: answer with what it says, or note why not, once.

        For the outbox, which fetches files. Whoever dropped the file is the author of the answers, or of the outcome
        that it says. ``beside``: what it and an earlier one say of the same cases.
        """
        scope = Scope.of_workspace(workspace)
        with self.log.writing(workspace) as tx:
            current = tx.consultation(scope, consultation)
            note = _about(current, post)
            if current is None or not isinstance(note, posts.FileToRead) or note.use != use:
                return  # another sender was quicker, or somebody chose anew
            read, values = dropped.after_reading(note, found, current)
            is_over = current.status in ("decided", "moved") and not note.of_outcome
            about: About = _over(current) if is_over else read
            if note.of_outcome and isinstance(found, Evidence) and (made := current.decision) is not None:
                about = results.in_question(current, made, note, found) or results.from_file(
                    tx, made, note, found, beside, now
                )
            tx.change_post(scope, consultation, post, about=to_json(about))
            if values and current.status not in ("decided", "moved"):
                records = _records(current, values, "file")
                tx.add_answers(scope, consultation, records, note.by, now)
                tx.advance(scope, consultation, from_version=current.version, now=now, status="open")
            tx.touch(workspace, consultation, now)

    def read_again(
        self,
        workspace: str,
        consultation: str,
        post: int,
        pointed: second_reading.Pointed | None,
        now: datetime.datetime,
    ) -> None:
        """A model was asked about the reply of a note: show what came of it to be confirmed, or ask back, once.

        For the outbox, which asks. ``pointed``: what the model said; ``None`` when it gave no answer.
        """
        scope = Scope.of_workspace(workspace)
        while True:
            with self.log.reading(workspace) as tx:
                found = tx.consultation(scope, consultation)
            note = _about(found, post)
            if found is None or not isinstance(note, posts.PutOff):
                return  # another sender was quicker
            # Worked out before the transaction, as in a reply.
            about = second_reading.after_asking(standing_of(found, now), note, pointed, now)
            with self.log.writing(workspace) as writing:
                current = writing.consultation(scope, consultation)
                if current is None or current.version != found.version or _about(current, post) != note:
                    continue
                kept = to_json(about or posts.Idle())
                writing.change_post(scope, consultation, post, about=kept, closed=about is None)
                writing.touch(workspace, consultation, now)
                return

    def choose_evidence(self, act: Act, consultation: str, post: int, *, step: int, choice: int) -> Reply:
        """Say how the file of a note is to be read: it is fetched once more for it, since it was not kept.

        step: the question that the person saw. choice: the place of the answer, -1 for not using the file.
        """
        with self._open(act, consultation, post) as opened:
            if not isinstance(opened, Open):
                return opened
            note = _about(opened.consultation, post)
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

    def settings(self, workspace: str) -> WorkspaceSettings:
        """What a workspace has set in place of our defaults, and who may change that."""
        scope = Scope.of_workspace(workspace)
        with self.log.reading(workspace) as tx:
            return WorkspaceSettings(tx.settings(scope), tx.last_set(scope, KEYS), self.admins(workspace))

    def policy(self, workspace: str, now: datetime.datetime) -> Policy:
        """The thresholds in force in a workspace."""
        with self.log.reading(workspace) as tx:
            return house_from(tx.settings(Scope.of_workspace(workspace))).policy_on(now.date())

    def change_settings(self, act: Act, values: Mapping[str, Any], *, seen: int) -> Reply:
        """Set the workspace's settings of these keys; ``None`` takes one back to our default.

        ``seen`` is the number of the newest setting that the person saw: of two who change the same at once the
        second is told. What is as asked already is not recorded again. Undecided consultations are drawn anew.
        """
        if act.user not in self.admins(act.workspace):
            return Refused("not_admin")
        scope = Scope.of_workspace(act.workspace)
        with self.log.writing(act.workspace) as tx:
            tx.hold_settings(scope)
            present = {setting.key: setting.value for setting in tx.settings(scope)}
            changed = {key: value for key, value in values.items() if present.get(key) != value}
            if tx.last_set(scope, tuple(changed)) > seen:
                return Refused("set_meanwhile", next(iter(changed)))
            after = {key: value for key, value in {**present, **changed}.items() if value is not None}
            try:
                check_house({key: after[key] for key in after if key in KEYS}, on=act.now.date())
            except CaseError as wrong:
                return NotASetting(wrong.key, wrong.expected)
            # Only now: a form that was refused is mended and sent again under the same key.
            if changed and tx.first_sight(act.workspace, act.key, act.now):
                tx.add_settings(scope, changed, act.user, act.now)
                tx.touch_undecided(scope, act.now)
        self.wake()
        return Nothing()

    def bring_up_to_date(self, workspace: str, consultation: str, now: datetime.datetime) -> Standing | None:
        """Where a consultation stands, after noting which messages its thread must have.

        The question that is asked now gets a message, and so do the advice once it stands, and its chart; the advice
        is kept as it is given, and never after the decision. For the outbox: it draws each of ``standing.posts`` from
        the standing. ``None``: there is nothing to show, since the app has no thread for it.
        """
        scope = Scope.of_workspace(workspace)
        while True:
            with self.log.reading(workspace) as tx:
                found = tx.consultation(scope, consultation)
            if found is None or found.status == "void" or not found.has_thread:
                return None
            standing = standing_of(found, now)
            wanted = _wanted_post(standing)
            if wanted is None:
                return standing
            # Worked out before the transaction: others may write meanwhile, and then it is worked out again.
            given = standing.told.kept() if isinstance(wanted, posts.Advised) else None
            alike = self._alike(standing) if given is not None else None
            with self.log.writing(workspace) as writing:
                current = writing.consultation(scope, consultation)
                if current is None or current.version != found.version:
                    continue
                if alike is not None:
                    add_post(writing, scope, consultation, alike)
                add_post(writing, scope, consultation, wanted)
                if given is not None and found.status != "decided":
                    _keep(writing, scope, standing, given, now)

    def _alike(self, standing: Standing) -> posts.Similar | None:
        """Past decisions of the channel that are like this one, once; ``None`` when none is alike enough."""
        of = standing.consultation
        if of.status == "decided" or any(isinstance(post.about, posts.Similar) for post in standing.posts):
            return None
        came_from = [Place(of.channel, of.reopened_from)] if of.reopened_from is not None else []
        mine = traits_of(answers_of(of), standing.advice)
        scope = Scope.of_channel(of.workspace, of.channel)
        if of.is_alone:  # only they see it, and they may be shown whatever they took part in
            scope = Scope.of_person(of.workspace, of.asker)
        with self.log.reading(of.workspace) as tx:
            found = like(tx, scope, mine, came_from)
        return (
            posts.Similar(tuple(as_it_stands(one.decision, one.because) for one in found)) if found else None
        )

    def nudge(self, silent: Consultation, now: datetime.datetime) -> None:
        """Remind the asker, once, of a consultation in which nobody has said anything for a day."""
        scope = Scope.of_workspace(silent.workspace)
        with self.log.writing(silent.workspace) as tx:
            if tx.set_nudged(scope, silent.id):
                add_post(tx, scope, silent.id, posts.Nudge())
                tx.touch(silent.workspace, silent.id, now)

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
            about = None if post is None else _about(found, post)
            is_of_outcome = isinstance(about, posts.FileInDoubt) and about.of_outcome
            if found.status == "decided" and found.decision is not None and not is_of_outcome:
                yield Decided(found.decision)
            elif (moved := moved_to(found)) is not None:
                yield moved
            else:
                yield Open(tx, scope, found)

    def _add(self, act: Act, opened: Open, values: Mapping[str, Any], how: How) -> Reply:
        try:
            records = _records(opened.consultation, values, how)
        except CaseError as wrong:
            return _not_an_answer(wrong)
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
            _keep(opened.tx, opened.scope, standing, standing.told.kept(), act.now)
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


class UnderWay(Exception):
    """It is being answered already, by what came a moment earlier; whether it will be is not known yet."""


class Overtaken(Exception):
    """Somebody changed the consultation between reading it and writing to it. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Open:
    """A consultation that may be added to, in its transaction."""

    tx: Writing
    scope: Scope
    consultation: Consultation

    def add(self, note: posts.Note) -> None:
        """Want one more note in the thread."""
        add_post(self.tx, self.scope, self.consultation.id, note)

    def keep(self, note: posts.Note) -> None:
        """Keep a note of which nothing is shown."""
        number = add_post(self.tx, self.scope, self.consultation.id, note)
        self.tx.change_post(self.scope, self.consultation.id, number, closed=True)

    def change(self, post: Post, note: posts.Note) -> None:
        """Let a post be about this from now on."""
        self.tx.change_post(self.scope, self.consultation.id, post.id, about=to_json(note))


def moved_to(consultation: Consultation) -> Moved | None:
    """Where it goes on, if it was taken to a channel."""
    there = taken_to(consultation) if consultation.status == "moved" else None
    return Moved(there.channel, there.root_ts) if isinstance(there, posts.TakenThere) else None


def _over(consultation: Consultation) -> posts.DecidedMeanwhile | posts.GoesOnThere:
    """What is said of a file that was read too late."""
    return posts.GoesOnThere() if consultation.status == "moved" else posts.DecidedMeanwhile()


def _show_superseded(opened: Open, made: Decision, now: datetime.datetime) -> None:
    """Have the thread of the decision that another supersedes say so."""
    if made.supersedes is not None:
        old = opened.tx.decision(opened.scope, made.supersedes)
        if old is not None:
            opened.tx.touch(made.workspace, old.consultation.id, now)


def _not_an_answer(wrong: CaseError) -> Refused:
    """What is wrong with a value, and in which field."""
    return Refused("not_an_answer", sentence(wrong), field=wrong.key)


def _about(consultation: Consultation | None, post: int) -> About | None:
    """What the post of this number is about, unless the consultation is void."""
    if consultation is None or consultation.status == "void":
        return None
    return next((post_of(kept).about for kept in consultation.posts if kept.id == post), None)


def _doubted(
    consultation: Consultation, act: Act, values: Mapping[str, Any]
) -> tuple[Post, posts.Doubtful] | None:
    """The doubtful reading that waits for a yes in the message pressed, or in the one of which that is a copy."""
    is_second = is_copy(consultation, act)
    for post in posts_of(consultation):
        if isinstance(about := post.about, posts.Doubtful) and (
            about.values == values if is_second else post.ts == act.on
        ):
            return post, about
    return None


def _records(consultation: Consultation, values: Mapping[str, Any], how: How) -> list[tuple[str, Any, How]]:
    """The answers to add. Raises :class:`CaseError` for one that cannot be; a new estimate replaces an evaluation."""
    check(values)
    return [(key, value, how) for key, value in {**replaced_by(consultation, values), **values}.items()]


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


def _keep(tx: Writing, scope: Scope, standing: Standing, given: Any, now: datetime.datetime) -> None:
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


def todos_of(consultation: Consultation, message: TypedText, *, asks_model: bool) -> list[ToDo]:
    """What a message leads to: what its text says, and what its file does. Small talk beside a file is left alone."""
    told = _todo(consultation, message) if message.text or not message.files else None
    is_unread = told is None or isinstance(
        told.note, posts.NotUnderstood | posts.Suggested | posts.HelpHere | posts.Called
    )
    found = [file for file in message.files if dropped.is_readable(file)]
    if not found and message.mentioned and is_unread:
        found = list(message.files[:1])
    if not found and told is not None and asks_model:
        told = second_reading.put_off(told, message, consultation)
    if not found:
        return [] if told is None else [told]
    if consultation.status == "moved":
        return [ToDo(posts.GoesOnThere())]
    is_decided = consultation.status == "decided"
    dealt = ToDo(dropped.note_on(found, message.act.user, of_outcome=is_decided))
    return [dealt] if told is None or is_unread or is_decided else [dealt, told]


def _todo(consultation: Consultation, message: TypedText) -> ToDo | None:
    """What a typed text leads to. What is decided, or goes on elsewhere, changes no more, and says so when asked."""
    todo = understand(standing_of(consultation, message.act.now), message)
    if todo is not None:
        READ.labels(outcome_of(todo)).inc()
    over = closed(consultation)
    if todo is None or over is None:
        return todo
    asks_on = consultation.status == "moved" and isinstance(todo.note, ASKING_BACK)
    return ToDo(over) if asks_on or not todo.only_says else todo


def closed(consultation: Consultation) -> posts.AlreadyDecided | posts.GoesOnThere | None:
    """Why nothing changes here any more; ``None`` while something can."""
    if consultation.status == "moved":
        return posts.GoesOnThere()
    return posts.AlreadyDecided() if consultation.status == "decided" else None
