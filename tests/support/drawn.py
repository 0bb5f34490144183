"""Every message and view that the app can send about a consultation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from bot.conversation import posts
from bot.conversation.posts import (
    Doubtful,
    FileInDoubt,
    FileRead,
    FileRefused,
    Files,
    FileToRead,
    FileUnused,
    Way,
    WhatIf,
    WhatIfOffered,
)
from bot.conversation.replies import Refused, WorkspaceSettings
from bot.conversation.standing import GivenAnswer, Standing
from bot.decision_log.records import Place, Setting
from bot.slack.blocks import Message, message, view
from bot.views import evidence, forms, house, log, notes, pages, usage
from bot.views.advice import advice, superseded_advice
from bot.views.card import card
from bot.views.document import Document, Form, Home
from bot.views.home import home
from bot.views.phrases import QUESTIONS
from bot.views.question import answered, question
from core.answers import CaseError
from core.evidence.found import LONGEST_NAME, Use
from core.house import GROUPS, KEYS, check_setting
from core.policy import policy_on
from core.tree import Verdict
from tests.support.consulted import (
    CASES,
    EVERY,
    LONG_ID,
    NOW,
    OPEN,
    consultation,
    decision,
    decisions_of_every_kind,
    standing,
)

OURS = policy_on(NOW.date())


Cases = Mapping[str, Mapping[str, Any]]


def messages(text: str, cases: Cases = EVERY) -> Iterator[tuple[str, Message]]:
    """Every message as Slack is sent it, named, with ``text`` wherever people's words go, in all states."""
    return ((name, message(document)) for name, document in documents(text, cases))


def views(text: str, cases: Cases = EVERY) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every form of these consultations, and the Home page, as Slack is sent them."""
    return ((name, view(form)) for name, form in forms_of(text, cases))


def documents(text: str, cases: Cases) -> Iterator[tuple[str, Document]]:
    for name, case in cases.items():
        for status in ("open", "set_aside", "void"):
            yield f"card: {name}, {status}", card(standing(case, task=text, status=status, by=LONG_ID))
        for made in decisions_of_every_kind(text):
            stands = standing(case, task=text, status="decided", decision=made, by=LONG_ID)
            yield f"card: {name}, {made.status}", card(stands)
            if stands.is_advised:
                yield f"advice: {name}, {made.status}", advice(stands)
        yield from _in_thread(name, standing(case, task=text, by=LONG_ID), text)
    yield from _anywhere(text)
    yield from _log(text)


def _in_thread(name: str, stands: Standing, text: str) -> Iterator[tuple[str, Document]]:
    if stands.is_advised:
        yield f"advice: {name}", advice(stands)
    yield f"explain: {name}", notes.explain(stands)
    yield f"superseded: {name}", superseded_advice(stands)
    yield f"why: {name}", notes.why(stands)
    yield f"why the question: {name}", notes.why_question(stands)
    yield f"summary: {name}", notes.summary(stands)
    every = list(QUESTIONS)
    yield f"echo: {name}", notes.echo(stands, [text, text], every)
    values = {"prompt_examples": 5, "assumptions.model": text}
    asked = Doubtful(echo=text, by=LONG_ID, questions=("quality",), values=values)
    yield f"doubtful: {name}", notes.doubtful(stands, asked)
    yield f"confirmed: {name}", notes.confirmed(stands, text, LONG_ID)
    yield f"withdrawn: {name}", notes.denied(stands, text, LONG_ID)
    says = (("verdict", text), ("cost", text))
    what_if: dict[str, Any] = {"echo": text, "values": values, "because": text, "version": 12}
    offered = WhatIfOffered(**what_if, says=says)
    yield f"what if: {name}", notes.whatif(stands, offered)
    yield f"what if, adopted: {name}", notes.whatif(stands, offered.adopted(LONG_ID))
    yield f"what if, decided: {name}", notes.whatif(stands, WhatIf(**what_if, says=says))
    yield f"what if, the same: {name}", notes.whatif(stands, WhatIf(**what_if, says=(), same=True))
    yield f"assumed: {name}", notes.assumed(stands, LONG_ID, [[text, text, text, "default"]] * 57)
    for state, about in _files(text).items():
        yield f"evidence {state}: {name}", evidence.evidence(stands, about, 7)
    for one in every:
        yield f"question {one}: {name}", question(stands, one)
        yield f"answered {one}: {name}", answered(stands, one)


def _files(text: str) -> dict[str, Files]:
    """What a note on a dropped file is about in each state; names in a file are at most 60 characters long."""
    name = text[:LONGEST_NAME]
    kept: dict[str, Any] = {"file": "F1", "name": name, "by": LONG_ID, "step": 3}
    return {
        "unread": FileToRead(**kept, use=Use()),
        "doubtful": FileInDoubt(
            **kept, asks=text, choices=tuple(Way(f"{number} {name}", Use()) for number in range(20))
        ),
        "read": FileRead(
            **kept,
            correct=43,
            total=50,
            prompt_tokens=1_900,
            output_tokens=140,
            model=name,
            read=f"Column `{name}`, 50 rows.",
            taken=("prompt_tokens",),
            stated=("output_tokens",),
        ),
        "refused": FileRefused(**kept, because=f"There is no column `{name}`. There are: {text}."),
        "unused": FileUnused(**kept, settled_by=LONG_ID),
    }


def _anywhere(text: str) -> Iterator[tuple[str, Document]]:
    decided = standing(CASES["fine_tune"], status="decided", decision=decision(why=text))
    yield "several files", evidence.one_file()
    yield "already decided", notes.already_decided(decided)
    yield "help", notes.help()
    yield "started over", notes.happened(decided, posts.StartedOver(LONG_ID))
    yield "taken back", notes.happened(decided, posts.TakenBack(LONG_ID, "quality"))
    yield "called by name", notes.called("prompt_examples")
    yield "nothing to take back", notes.happened(decided, posts.NothingToTakeBack())
    yield "not understood", notes.not_understood(text, None)
    yield "not understood", notes.not_understood("", "quality")
    yield "what if, unread", notes.whatif_unread(text)
    yield "already adopted", notes.already_adopted(LONG_ID)
    yield "task cut", notes.happened(decided, posts.TaskCut(300))
    yield "set aside", notes.happened(decided, posts.SetAside(LONG_ID))
    yield "nudge", notes.nudge(LONG_ID, None)
    yield "nudge", notes.nudge(LONG_ID, "misses")
    yield "what is answered", notes.late(GivenAnswer("misses", text, LONG_ID, "typed", NOW, 3))
    yield "help of the command", usage.help_message()
    yield "usage", usage.usage(text)
    yield "not yet", usage.not_yet(text)
    yield "usage of show", usage.WHICH_ONE
    for word in (*usage.CANNOT_POST, "a_new_word"):
        yield f"cannot post: {word}", usage.cannot_post(word, text)
        yield f"kept here: {word}", usage.kept_here(word, "channel")
    yield "kept here: token", usage.kept_here("token_revoked", "token")
    yield "in private", usage.in_private("CSUPPORT", usage.kept_here("invalid_blocks", "message"))
    yield "token refused", usage.not_taken_yet("token_revoked", "token", text)
    yield "message refused", usage.not_taken_yet("invalid_blocks", "message", text)
    yield "not told in time", usage.NOT_TOLD_IN_TIME
    yield "still at it", usage.STILL_AT_IT
    yield "too late for a form", usage.TOO_LATE
    yield "could not save", usage.COULD_NOT_SAVE
    yield "in a thread", usage.IN_THREAD
    yield "old copy", usage.old_copy(None)
    yield "old copy of one", usage.old_copy((LONG_ID, "1700000000.000100"))
    yield "cannot see", usage.CANNOT_SEE
    yield "out of date", usage.OUT_OF_DATE
    yield "already here", usage.ALREADY_HERE
    yield "no task", usage.WHAT_IS_THE_TASK
    yield "failed", usage.failed("abc123")


def _log(text: str) -> Iterator[tuple[str, Document]]:
    every = [replace(made, number=n) for n, made in enumerate([*decisions_of_every_kind(text)] * 3, 1)]
    yield "log, empty", log.log_list([], has_older=False)
    passed = (None, *(Place("C1", number) for number in range(200)))
    yield "log, past its end", log.log_list([], has_older=False, before=Place("C1", 3), way=(None,))
    yield (
        "log, full",
        log.log_list(
            every[:10],
            has_older=True,
            before=Place("C1", 9_999),
            way=passed,
        ),
    )
    yield "log, no such", log.not_found(7)
    yield "own log, empty", log.log_list([], has_older=False, own=True)
    yield (
        "own log, full",
        log.log_list(every[:10], has_older=True, before=Place("C1", 9_999), about=text, own=True),
    )
    yield "own log, no such", log.not_found(7, own=True)
    for made in every[:4]:
        for name in ("fine_tune", "hybrid", "measure_first", "self_host"):
            behind = consultation(CASES[name], task=text, decision=made, by=LONG_ID)
            kept = standing(CASES[name]).told
            yield f"shown: {name}, {made.status}", log.shown(made, behind, kept)
            yield f"shown elsewhere: {name}, {made.status}", log.shown(made, behind, kept, own=True)
        yield f"shown without advice, {made.status}", log.shown(made, consultation({}, task=text), None)


def forms_of(text: str, cases: Cases) -> Iterator[tuple[str, Form | Home]]:
    yield "start form", forms.start_form(OURS, channel=None, task=text, metadata={"tell": "m" * 2_800})
    yield "start form here", forms.start_form(OURS, channel="CSUPPORT")
    for name, case in cases.items():
        for asked in QUESTIONS.values():
            yield f"form {asked.name}: {name}", forms.question_form(asked, standing(case, task=text), {})
    for name, case in cases.items():
        if name in OPEN:
            continue
        stands = standing(case, task=text)
        yield f"the case against: {name}", pages.case_against(stands, "{}")
        yield f"what would change: {name}", pages.would_change(stands, "{}")
        yield f"costs: {name}", pages.costs(stands, "{}")
        yield f"reasons: {name}", pages.reasons(stands, "{}")
        yield f"the answer to change: {name}", pages.change_any(stands, "{}")
        for option, _, _ in pages.options(stands):
            yield f"costs of {option}: {name}", pages.costs(stands, "{}", option)
    for verdict in Verdict:
        yield f"otherwise than {verdict}", forms.override_form("{}", verdict)
    made = list(decisions_of_every_kind(text)) * 3
    lists = [consultation({}, task=text)] * 12, made
    for name, settings in SETTINGS.items():
        yield f"home of an admin, {name}", home(ADMIN, *lists, settings, NOW.date())
        yield f"home, {name}", home(LONG_ID, *lists, settings, NOW.date())
        for group in GROUPS:
            yield f"{group.title}, {name}", house.settings_form(group, settings, NOW.date())
    yield "empty home", home(LONG_ID, [], [], WorkspaceSettings((), 0, ()), NOW.date())
    yield "not an admin", house.refusal(Refused("not_admin"), SETTINGS["all set"]) or Form("", ())


ADMIN = "UADMIN" + "A" * 40


def _as_long_as_can_be(key: str) -> Any:
    """A value that the setting may have, with as many characters as that can take."""
    for value in (
        "p:" + "<&>*_~"[:6] + "m" * 110,
        "<&>" + "b" * 117,
        "12345.678B",
        123456789.125,
        0.123456789,
        7,
    ):
        try:
            check_setting(key, value)
        except CaseError:
            continue
        return value
    raise AssertionError(key)


SETTINGS = {
    "nothing set": WorkspaceSettings((), 0, (ADMIN,)),
    "all set": WorkspaceSettings(
        tuple(Setting(n, key, _as_long_as_can_be(key), LONG_ID, NOW) for n, key in enumerate(KEYS, 1)),
        len(KEYS),
        (ADMIN, *(f"UADMIN{n}" + "B" * 40 for n in range(30))),
    ),
}
