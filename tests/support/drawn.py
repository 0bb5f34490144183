"""Every message and view that the app can send about a consultation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, get_args

from bot.conversation import posts
from bot.conversation.grammar import Format
from bot.conversation.inquiry import LONGEST_QUERY, Counted, Page, Today
from bot.conversation.posts import (
    AlikeThen,
    Doubtful,
    FileInDoubt,
    FileRead,
    FileRefused,
    Files,
    FileToRead,
    FileUnused,
    OfAdvice,
    OnRecord,
    Similar,
    Suggested,
    Way,
    WhatIf,
    WhatIfOffered,
    Withdrawn,
)
from bot.conversation.replies import Moved, Refused, WorkspaceSettings
from bot.conversation.standing import GivenAnswer, Standing
from bot.conversation.written_out import WrittenOut
from bot.decision_log.records import Decision, InMonth, Link, Outcome, Place, PostRecord, Recorded, Setting
from bot.decision_log.stats import Stats
from bot.slack.blocks import Message, message, view, without_table
from bot.views import (
    before,
    counts,
    evidence,
    forms,
    house,
    log,
    log_forms,
    notes,
    pages,
    record,
    similar,
    taking,
    usage,
    written,
)
from bot.views.advice import advice, superseded_advice
from bot.views.card import card
from bot.views.document import Document, Form, Home
from bot.views.home import home
from bot.views.of_advice import of_advice
from bot.views.phrases import QUESTIONS
from bot.views.question import answered, question
from bot.views.rewritten import rewritten
from bot.views.suggested import suggested
from core.answers import CaseError
from core.difference import Sentence
from core.evidence.found import LONGEST_NAME, Use
from core.house import GROUPS, KEYS, check_setting
from core.policy import policy_on
from core.tree import Verdict
from tests.support import came_of_it
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
        yield from _alone(name, standing(case, task=text, by=LONG_ID))
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
    yield f"echo: {name}", notes.echo(stands, posts.Echo(text, LONG_ID, tuple(every)))
    values = {"prompt_examples": 5, "assumptions.model": text}
    asked = Doubtful(echo=text, by=LONG_ID, questions=("quality",), values=values)
    yield f"doubtful: {name}", notes.doubtful(stands, asked)
    yield f"confirmed: {name}", notes.confirmed(stands, asked.settled(right=True, by=LONG_ID))
    yield f"outdated: {name}", notes.outdated(stands, asked.outdated())
    for about in _rewordings(text):
        yield f"{type(about).__name__}: {name}", rewritten(stands, about)
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


def _rewordings(text: str) -> tuple[posts.Rewordings, ...]:
    of = {"by": LONG_ID, "heard": "1700000000.000100", "questions": tuple(QUESTIONS)}
    changes = tuple((name, text, text) for name in QUESTIONS)
    return (
        posts.ReadAnew(**of, changes=changes),
        posts.UnreadNow(**of),
        posts.OvertakenSince(**of),
        posts.Deleted(**of),
        posts.TaskRewritten(**of),
        posts.TaskRewritten(**of, gone=True),
    )


def alone(stands: Standing, note: posts.TakenAlong | None = None, **changes: Any) -> Standing:
    """The same in a direct message; with this note, if it is or was to be taken to a channel."""
    kept = (
        ()
        if note is None
        else (PostRecord(9, posts.what(note), posts.to_json(note), None, None, "", False, False),)
    )
    return replace(stands, consultation=replace(stands.consultation, channel="D0ANA", posts=kept, **changes))


def _alone(name: str, stands: Standing) -> Iterator[tuple[str, Document]]:
    """In a direct message: what differs there, and what is taken to a channel."""
    way = posts.OnItsWay(by=LONG_ID, channel="CSUPPORT", consultation="another", upto=3)
    there = way.arrived("1700000000.000100")
    mine, moved = alone(stands), alone(stands, there, status="moved")
    yield f"card alone: {name}", card(mine)
    yield f"card alone, on its way: {name}", card(alone(stands, way))
    yield f"card alone, taken to a channel: {name}", card(moved)
    yield f"taken to a channel: {name}", taking.taken_there(moved)
    if stands.is_advised:
        yield f"advice alone: {name}", advice(mine)
        yield f"advice alone, taken to a channel: {name}", advice(moved)
    if stands.asking is not None:
        yield f"question alone, not heard: {name}", question(mine, stands.asking, hears_threads=False)
        yield f"question alone, taken to a channel: {name}", answered(moved, stands.asking)
    for word in ("not_in_channel", "is_archived", "a_new_word"):
        yield f"not taken, {word}: {name}", taking.not_taken(mine, way.refused(word))


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


TO_THE_POINT: tuple[tuple[posts.AboutAdvice, str], ...] = (
    ("reason", ""), ("reason", "hosted material"), ("reason", "cheaper"), ("holds", "quality"), ("holds", "can_wait"),
    ("challenge", "grounds"), ("challenge", "start"), ("challenge", "alone"), ("challenge", "split"),
    ("word", "defaults"), ("word", "retrieval"), ("word", "model hosted"), ("word", "away"),
)  # fmt: skip
"""What is told by this thread's own figures and words."""


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
    asking = standing(EVERY["nothing answered"])
    stands = standing(CASES["keep_prompting"])
    for asked, of in (
        ("flips", ""), ("flips", "fine_tune"), ("against", ""), ("confidence", ""), ("compare", "hosted"),
        ("chart", ""), ("similar", ""), ("verdict", "measure_first"), ("compare", "cheaper hosted"),
        ("off", "quality"), ("enough", "650"), ("enough", ""), ("counted", "electricity"), ("counted", "tax"),
        ("counted", "changes month"), ("skipped", ""), ("skipped", "cheaper_model_enough"), ("unknowns", ""),
        ("parts", "self_hosted"), ("why", "prompt"), ("question", "misses facts"),
        ("why", "doubt"), ("split", ""), ("fair_try", ""), ("measuring", "40"), ("disagreement", "41/60"),
        ("payback", "never"), ("payback", "11"), ("payback", "labelling"), ("waiting", "until 1"), ("short", "plain"),
        ("short", "waiting 3"), ("steps", ""), ("counted", "oncall+spare"), ("counted", "input"),
        ("counted", "checking"), ("flips", "40000 2000000"), ("chart", "50000"),
        ("compare", "prompt_cached cheaper"),
    ):  # fmt: skip
        yield f"of the advice: {asked} {of}", of_advice(stands, OfAdvice(asked, of))
    for asked, of in TO_THE_POINT:
        yield f"of the advice: {asked} {of}", of_advice(stands, OfAdvice(asked, of))
    for miss in (1, 2, 3):
        for meant in ((), ({"data_may_leave": True}, {"data_may_leave": False})):
            about = Suggested(by=LONG_ID, question=str(asking.asking), answered_by=0, meant=meant, miss=miss)
            yield f"suggested, {len(meant)} meant, miss {miss}", suggested(asking, about)
    yield "not understood", notes.not_understood("", "quality")
    yield "what if, unread", notes.whatif_unread(text)
    yield "already adopted", notes.already_adopted(LONG_ID)
    yield "task cut", notes.happened(decided, posts.TaskCut(300))
    yield "set aside", notes.happened(decided, posts.SetAside(LONG_ID))
    yield "nudge", notes.nudge(LONG_ID, None)
    yield "nudge", notes.nudge(LONG_ID, "misses")
    yield "what is answered", notes.late(GivenAnswer("misses", text, LONG_ID, "typed", NOW, 3))
    yield "hello in a direct message", usage.WHAT_TO_WRITE
    yield "hello, something is open", usage.go_on((LONG_ID, "1700000000.000100"), text)
    yield "taken for an answer", usage.taken_there((LONG_ID, "1700000000.000100"), text)
    yield "not heard in a direct message", usage.HEARS_NOTHING_HERE
    yield "on its way", taking.moved(Moved("CSUPPORT", None))
    yield "no channel", taking.NO_CHANNEL
    yield "help of the command", usage.help_message()
    yield "usage", usage.usage(text)
    yield "usage of show", usage.WHICH_ONE
    for word in (*usage.CANNOT_POST, "a_new_word"):
        yield f"cannot post: {word}", usage.cannot_post(word, text)
        yield f"kept here: {word}", usage.kept_here(word, "channel")
    yield "cannot post between others", usage.cannot_post("channel_not_found", text, is_direct=True)
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
    yield "cannot share", usage.cannot_share("not_in_channel")
    yield "already here", usage.ALREADY_HERE
    yield "no task", usage.WHAT_IS_THE_TASK
    yield "failed", usage.failed("abc123")


def _log(text: str) -> Iterator[tuple[str, Document]]:
    every = [replace(made, number=n) for n, made in enumerate([*decisions_of_every_kind(text)] * 3, 1)]
    yield "log, empty", log.log_list(Page([]))
    passed = (None, *(Place("C1", number) for number in range(200)))
    far, query = Place("C1", 9_999), text[:LONGEST_QUERY]
    yield "log, past its end", log.log_list(Page([], before=Place("C1", 3)), (None,))
    yield "log, nothing found", log.log_list(Page([], query))
    yield "log, full", log.log_list(Page(every[:10], query, far, has_older=True, has_dates=True), passed)
    yield "log, shared", log.shared_list(Page(every[:10], query, far, has_older=True), LONG_ID)
    yield "log, no such", log.not_found(7)
    yield "own log, empty", log.log_list(Page([], of_person=True))
    yield "own log, full", log.log_list(Page(every[:10], query, far, has_older=True, of_person=True), passed)
    yield "own log, no such", log.not_found(7, own=True)
    yield "own log, which", log.which(every[:10])
    for made in every[:4]:
        for name in ("fine_tune", "hybrid", "measure_first", "self_host"):
            kept = standing(CASES[name]).told
            whole = recorded(made, CASES[name], text)
            yield f"shown: {name}, {made.status}", record.shown(whole, kept)
            yield f"shown elsewhere: {name}, {made.status}", record.shown(whole, kept, own=True)
        yield f"shown without advice, {made.status}", record.shown(recorded(made, {}, text), None)
        yield f"shared, {made.status}", record.shared(made, LONG_ID)
        yield f"fallen, {made.status}", log_forms.fallen(made)
        for today in _todays(made):
            yield f"today, {made.status}", record.with_todays_prices(today)
    yield "taken up", log_forms.taken_up(7, consultation({}, by=LONG_ID))
    yield "written out, as what", written.WHICH_FORMAT
    for kind in get_args(Format):
        for takes_files in (True, False):
            offered = written.offer(1_234, kind, query, of_person=takes_files, takes_files=takes_files)
            yield f"written out, {kind}", offered
    yield "written out, one", written.offer_one(every[0], own=True, takes_files=True)
    yield "written out, not", written.not_posted("a_word")
    yield "counts", counts.counted(counted(query))
    yield "counts, none", counts.counted(replace(counted(query), stats=NO_STATS))
    alike = tuple(
        AlikeThen(n, "CSUPPORT", text, one.chosen, one.status, (text, text), one.root_ts, "met")
        for n, one in enumerate(every[:3], 1)
    )
    yield "similar", similar.similar(Similar(alike))
    yield "on record", similar.on_record(OnRecord(text[:80], alike))
    yield "on record, none", similar.on_record(OnRecord(text[:80], ()))
    stands = standing(CASES["keep_prompting"])
    parted = tuple(replace(one, parts=("quality", text[:40], text[40:80])) for one in alike[:2])
    yield "on record, the same", before.on_record(stands, OnRecord("", parted, "same"))
    yield "on record, beside", before.on_record(stands, OnRecord("", parted, "beside"))
    yield (
        "on record, which came out so",
        before.on_record(stands, OnRecord("fine_tune", (), "verdict", alike[:3], 9)),
    )
    yield "on record, all", before.on_record(stands, OnRecord(text[:80], (), "log", alike[:3], 9))
    yield "withdrawn", similar.withdrawn(Withdrawn(LONG_ID, 7, text))
    yield from came_of_it.notes(CASES["keep_prompting"], text)
    yield from came_of_it.forecasts()


def recorded(made: Decision, case: Mapping[str, Any], text: str) -> Recorded:
    """A decision with all that can be recorded of it, each five times."""
    behind = consultation(case, task=text, decision=made, by=LONG_ID)
    outcomes = (
        Outcome(LONG_ID, NOW, True, 47, 50, 1234.5, 60.5, again=True),
        Outcome(LONG_ID, NOW, cannot_tell=True),
        Outcome(LONG_ID, NOW, taken_back=True),
    )
    links = (Link(f"https://example.com/{text}", text, LONG_ID, NOW),)
    return Recorded(made, behind, None, outcomes, links * 5)


def _todays(made: Decision) -> Iterator[Today]:
    says = (Sentence("verdict", "It moves."), Sentence("cost", "prompting costs $5 in place of $9 a month."))
    yield Today(made, Verdict.FINE_TUNE, Verdict.KEEP_PROMPTING, says)
    yield Today(made, Verdict.FINE_TUNE, None, says)
    yield Today(made, Verdict.FINE_TUNE, Verdict.FINE_TUNE, ())
    yield Today(made, None, None, ())


NO_STATS = Stats(0, {}, {}, 0, {}, 0, 0)


def counted(query: str) -> Counted:
    """Counts of every verdict over two years."""
    verdicts = [str(one) for one in Verdict]
    outcomes = {one: {"met": 1, "missed": 2, "cannot_tell": 3} for one in verdicts}
    stats = Stats(90, dict.fromkeys(verdicts, 10), {"accepted": 80, "withdrawn": 10}, 9, outcomes, 60, 54)
    months = [InMonth(f"202{5 + n // 12}-{n % 12 + 1:02d}", verdicts[n % 9], n + 1) for n in range(24)]
    return Counted(stats, months, query)


def forms_of(text: str, cases: Cases) -> Iterator[tuple[str, Form | Home]]:
    yield "start form", forms.start_form(OURS, channel=None, task=text, metadata={"tell": "m" * 2_800})
    yield "start form here", forms.start_form(OURS, channel="CSUPPORT")
    for name, case in cases.items():
        for asked in QUESTIONS.values():
            yield f"form {asked.name}: {name}", forms.question_form(asked, standing(case, task=text), {})
        yield f"take to a channel: {name}", taking.take_form(alone(standing(case, task=text)), "{}")
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
    made = [replace(one, number=n) for n, one in enumerate([*decisions_of_every_kind(text)] * 3, 1)]
    far = Place("C1", 9_999)
    page = Page(made[:10], text[:LONGEST_QUERY], far, has_older=True, of_person=True, has_dates=True)
    lists = [consultation({}, task=text)] * 12, page
    for name, settings in SETTINGS.items():
        yield f"home of an admin, {name}", home(ADMIN, *lists, settings, NOW.date())
        yield f"home, {name}", home(LONG_ID, *lists, settings, NOW.date())
        for group in GROUPS:
            yield f"{group.title}, {name}", house.settings_form(group, settings, NOW.date())
    yield "empty home", home(LONG_ID, [], Page([], of_person=True), WorkspaceSettings((), 0, ()), NOW.date())
    deaf = home(LONG_ID, [], Page([], "x"), WorkspaceSettings((), 0, ()), NOW.date(), hears_alone=False)
    yield "home, not heard in a direct message", deaf
    yield "home, nothing found", home(LONG_ID, [], Page([], "x"), WorkspaceSettings((), 0, ()), NOW.date())
    for decision_made in made[:4]:
        yield f"withdraw, {decision_made.status}", log_forms.withdraw_form(decision_made, "{}")
    yield "search", log_forms.search_form(text[:LONGEST_QUERY])
    yield "text", written.page(WrittenOut("decisions.csv", b"", text * 999, 12))
    whole = recorded(made[1], CASES["fine_tune"], text)
    shown = without_table(record.shown(whole, standing(CASES["fine_tune"]).told, own=True))
    yield "decision on a page", Form("The decision log", shown.parts)
    yield from came_of_it.views(text)
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
