"""What is written to the log is what is read from it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from sqlalchemy import delete, event

from bot.decision_log import (
    TAKEN_BACK,
    AlreadyDecided,
    Consultation,
    Decision,
    Log,
    NotInScope,
    Place,
    Scope,
    Wanted,
    Withdrawal,
)
from bot.decision_log.columns import storable_json
from bot.decision_log.tables import decision_words, decisions
from tests.support.examples import examples


def opened(log: Log, scope: Scope, now: datetime, **more: Any) -> Consultation:
    with log.writing(scope.workspace) as tx:
        return tx.open_consultation(scope, task="classify support tickets", asker="U1", now=now, **more)


def decided(log: Log, scope: Scope, now: datetime, **more: Any) -> Decision:
    consultation = opened(log, scope, now, **more)
    with log.writing(scope.workspace) as tx:
        assert tx.advance(scope, consultation.id, from_version=1, now=now, status="decided")
        return tx.decide(
            scope,
            consultation.id,
            recommended="prompt_first",
            chosen="prompt_first",
            status="accepted",
            by="U2",
            why=None,
            now=now,
        )


def found(log: Log, scope: Scope, id_: str) -> Consultation:
    with log.reading(scope.workspace) as tx:
        consultation = tx.consultation(scope, id_)
    assert consultation is not None
    return consultation


def test_a_new_consultation_is_open_and_empty(log: Log, team: Scope, now: datetime) -> None:
    consultation = opened(log, team, now)
    assert consultation == found(log, team, consultation.id)
    assert (consultation.workspace, consultation.channel, consultation.root_ts) == ("T1", "C1", None)
    assert (consultation.status, consultation.version, consultation.nudged) == ("open", 1, False)
    assert (consultation.created_at, consultation.touched_at) == (now, now)
    assert (consultation.answers, consultation.posts, consultation.decision) == ((), (), None)


def test_ids_are_short_and_never_the_same(log: Log, team: Scope, now: datetime) -> None:
    ids = {opened(log, team, now).id for _ in range(20)}
    assert len(ids) == 20
    assert {len(id_) for id_ in ids} == {12}


@pytest.mark.parametrize(
    "value",
    [None, True, 0, 0.765, 10**15, [80_000, None], ["cost", "latency"], "behaviour", dict(TAKEN_BACK)],
)
def test_an_answer_comes_back_as_it_was_given(log: Log, team: Scope, now: datetime, value: Any) -> None:
    id_ = opened(log, team, now).id
    with log.writing("T1") as tx:
        tx.add_answers(team, id_, [("calls_per_month", value, "typed")], "U2", now)
    (answer,) = found(log, team, id_).answers
    assert (answer.seq, answer.key, answer.value, answer.author, answer.how, answer.at) == (
        1,
        "calls_per_month",
        value,
        "U2",
        "typed",
        now,
    )
    assert type(answer.value) is type(value)


def test_a_time_with_another_zone_comes_back_as_the_same_moment_in_utc(log: Log, team: Scope) -> None:
    there = datetime(2026, 11, 23, 23, 30, tzinfo=timezone(timedelta(hours=-8)))
    consultation = opened(log, team, there)
    assert consultation.created_at == there
    assert consultation.created_at.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(log: Log, team: Scope, now: datetime) -> None:
    with pytest.raises(Exception, match="no time zone"):
        opened(log, team, now.replace(tzinfo=None))


def test_texts_lose_nul_and_lone_surrogates_and_nothing_else(log: Log, team: Scope, now: datetime) -> None:
    with log.writing("T1") as tx:
        consultation = tx.open_consultation(
            team, task="a\0b\ud83d \u202e<!channel> 😀`é", asker="U1", now=now
        )
        tx.add_post(team, consultation.id, "note", {"te\0xt": ["x\0", {"y": "\udc00z"}]})
    consultation = found(log, team, consultation.id)
    assert consultation.task == "ab \u202e<!channel> 😀`é"
    assert consultation.posts[0].about == {"text": ["x", {"y": "z"}]}


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
ANSWERS = st.lists(
    st.tuples(st.sampled_from(["misses", "reasons", "quality_now"]), JSON, st.just("typed")), max_size=4
)


@examples(10, 40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=st.lists(ANSWERS, max_size=4))
def test_answers_are_only_ever_added(log: Log, team: Scope, now: datetime, batches: list[list[Any]]) -> None:
    id_ = opened(log, team, now).id
    so_far: tuple[Any, ...] = ()
    for batch in batches:
        with log.writing("T1") as tx:
            tx.add_answers(team, id_, batch, "U1", now)
        answers = found(log, team, id_).answers
        assert answers[: len(so_far)] == so_far
        assert [a.value for a in answers[len(so_far) :]] == [storable_json(value) for _, value, _ in batch]
        assert [a.seq for a in answers] == list(range(1, len(answers) + 1))
        so_far = answers


def test_advancing_raises_the_version_and_moves_the_time(log: Log, team: Scope, now: datetime) -> None:
    id_ = opened(log, team, now).id
    later = now + timedelta(minutes=1)
    with log.writing("T1") as tx:
        assert tx.advance(team, id_, from_version=1, now=later, status="advised")
        assert not tx.advance(team, id_, from_version=1, now=later)
        assert tx.advance(team, id_, from_version=2, now=later)
    consultation = found(log, team, id_)
    assert (consultation.version, consultation.status, consultation.touched_at) == (3, "advised", later)


def test_a_void_consultation_appears_nowhere(log: Log, team: Scope, now: datetime) -> None:
    id_ = opened(log, team, now, root_ts="1.1").id
    with log.writing("T1") as tx:
        tx.add_answers(team, id_, [("misses", None, "form")], "U1", now)
        tx.keep_advice(team, id_, {"verdict": "prompt_first"}, "p", "q", now)
        tx.void(team, id_)
        assert not tx.advance(team, id_, from_version=2, now=now)
    person = Scope.of_person("T1", "U1")
    with log.reading("T1") as tx:
        assert tx.consultation(team, id_) is None
        assert tx.consultation(person, id_) is None
        assert tx.in_thread(team, "1.1") is None
        assert tx.open_consultations(person) == []
        assert tx.kept_advice(team, id_) is None
        seen_by_the_outbox = tx.consultation(Scope.of_workspace("T1"), id_)
    assert seen_by_the_outbox is not None
    assert seen_by_the_outbox.status == "void"
    assert log.silent_since(now + timedelta(days=2)) == []


def test_a_threads_newest_consultation_is_the_one_in_it(log: Log, team: Scope, now: datetime) -> None:
    opened(log, team, now, root_ts="1.1")
    newest = opened(log, team, now + timedelta(seconds=1), root_ts="1.1", in_thread=True)
    by_command = opened(log, team, now)
    with log.writing("T1") as tx:
        tx.set_root(team, by_command.id, "2.2")
        assert tx.in_thread(team, "1.1") == newest
        there = tx.in_thread(team, "2.2")
        assert tx.in_thread(team, "3.3") is None
    assert there is not None
    assert there.id == by_command.id


def test_the_thread_of_a_copy_of_its_card_is_the_consultation_s_too(
    log: Log, team: Scope, now: datetime
) -> None:
    id_ = opened(log, team, now, root_ts="1700000009.000100").id
    other = Scope.of_channel("T1", "C-other")
    with log.writing("T1") as tx:
        copy = tx.add_post(team, id_, "copy")
        tx.change_post(team, id_, copy.id, ts="1700000001.000100", tried=True)
        card = tx.add_post(team, id_, "note", {"note": "help"})
        tx.change_post(team, id_, card.id, ts="1700000002.000100")
        there = tx.in_thread(team, "1700000001.000100")
        assert tx.in_thread(team, "1700000002.000100") is None
        assert tx.in_thread(other, "1700000001.000100") is None
    assert there is not None
    assert there.id == id_
    with log.writing("T1") as tx:
        tx.void(team, id_)
    with log.reading("T1") as tx:
        assert tx.in_thread(team, "1700000001.000100") is None


def test_whether_it_is_still_the_same_in_a_thread_is_known_without_looking_it_up(
    log: Log, team: Scope, now: datetime
) -> None:
    id_ = opened(log, team, now, root_ts="1700000009.000100").id
    with log.writing("T1") as tx:
        copy = tx.add_post(team, id_, "copy")
        tx.change_post(team, id_, copy.id, ts="1700000001.000100")
    first = found(log, team, id_)
    with log.writing("T1") as tx:
        assert tx.version(team, id_) == first.version
        assert tx.version(Scope.of_channel("T1", "C-other"), id_) is None
        assert tx.is_in_thread(team, "1700000009.000100", first.id, first.version)
        assert tx.is_in_thread(team, "1700000001.000100", first.id, first.version)
        assert not tx.is_in_thread(team, "1700000002.000100", first.id, first.version)
        assert tx.advance(team, id_, from_version=first.version, now=now)
        assert tx.version(team, id_) == first.version + 1
        assert not tx.is_in_thread(team, "1700000009.000100", first.id, first.version)
        assert not tx.is_in_thread(team, "1700000001.000100", first.id, first.version)
    newer = opened(log, team, now + timedelta(seconds=1), root_ts="1700000009.000100")
    with log.reading("T1") as tx:
        assert not tx.is_in_thread(team, "1700000009.000100", id_, found(log, team, id_).version)
        assert tx.is_in_thread(team, "1700000009.000100", newer.id, newer.version)


def test_posts_are_numbered_and_changed_in_place(log: Log, team: Scope, now: datetime) -> None:
    id_ = opened(log, team, now).id
    with log.writing("T1") as tx:
        card = tx.add_post(team, id_, "card")
        question = tx.add_post(team, id_, "question", {"key": "misses"})
        tx.change_post(team, id_, question.id, tried=True)
        tx.change_post(team, id_, card.id, ts="1.1", shown="abc", tried=True)
        tx.change_post(team, id_, card.id, shown=None, about={"why": True})
    first, second = found(log, team, id_).posts
    assert (first.id, first.ts, first.shown, first.tried, first.about) == (
        1,
        "1.1",
        None,
        True,
        {"why": True},
    )
    assert (second.id, second.ts, second.tried, second.about) == (2, None, True, {"key": "misses"})
    assert first.nonce != second.nonce
    with log.writing("T1") as tx:
        tx.change_post(team, id_, question.id, closed=True)
        tx.add_post(team, id_, "note", {"note": "help"}, closed=True)
    assert [post.closed for post in found(log, team, id_).posts] == [False, True, True]


def test_changing_a_post_that_is_not_there_is_a_bug(log: Log, team: Scope, now: datetime) -> None:
    id_ = opened(log, team, now).id
    with pytest.raises(NotInScope), log.writing("T1") as tx:
        tx.change_post(team, id_, 1, ts="1.1")


def test_the_newest_advice_is_the_one_that_counts(log: Log, team: Scope, now: datetime) -> None:
    id_ = opened(log, team, now).id
    given_as = {"z": 1, "a": [0.1, 1e-9, 12345678901234567890], "verdict": "keep_prompting"}
    with log.writing("T1") as tx:
        assert tx.kept_advice(team, id_) is None
        tx.keep_advice(team, id_, {"verdict": "prompt_first"}, "2026-11-01", "2026-11-02", now)
        tx.keep_advice(team, id_, given_as, "2026-11-03", "2026-11-04", now)
        kept = tx.kept_advice(team, id_)
    assert kept is not None
    assert kept.advice == given_as
    assert list(kept.advice) == ["z", "a", "verdict"]
    assert (kept.seq, kept.policy_version, kept.prices_version, kept.at) == (
        2,
        "2026-11-03",
        "2026-11-04",
        now,
    )


def test_each_channel_numbers_its_own_decisions(log: Log, team: Scope, now: datetime) -> None:
    here = [decided(log, Scope.of_channel("T1", channel), now).number for channel in ("C1", "C2", "C1")]
    there = decided(log, Scope.of_channel("T2", "C1"), now).number
    assert here == [1, 1, 2]
    assert there == 1


def test_a_number_never_comes_back(log: Log, team: Scope, now: datetime) -> None:
    gone = decided(log, team, now)
    with log.writing("T1") as tx:
        for table in (decision_words, decisions):
            tx._connection.execute(delete(table).where(table.c.workspace_id == "T1"))
    assert decided(log, team, now).number == gone.number + 1


def test_a_number_means_one_decision_in_a_channel_and_one_of_each_elsewhere(
    log: Log, team: Scope, now: datetime
) -> None:
    first, other = decided(log, team, now), decided(log, Scope.of_channel("T1", "C2"), now)
    mine = Scope.of_person("T1", "U2")
    with log.reading("T1") as tx:
        assert tx.numbered(team, 1) == [first]
        assert {one.channel for one in tx.numbered(mine, 1)} == {"C1", "C2"}
        assert tx.decision(mine, 1) is None
        assert tx.decision(mine, 1, "C2") == tx.decision(Scope.of_channel("T1", "C2"), 1)
        assert tx.decision(team, 1, "C2") is None
        assert other in tx.decisions(mine)


def test_a_number_is_not_used_up_by_a_decision_that_failed(log: Log, team: Scope, now: datetime) -> None:
    id_ = opened(log, team, now).id
    choice = {"recommended": "a", "chosen": "a", "status": "accepted", "by": "U1", "why": None, "now": now}
    with pytest.raises(ZeroDivisionError), log.writing("T1") as tx:
        assert tx.decide(team, id_, **choice).number == 1
        raise ZeroDivisionError
    assert found(log, team, id_).status == "open"
    assert decided(log, team, now).number == 1


def test_a_decision_shows_on_its_consultation_and_in_full(log: Log, team: Scope, now: datetime) -> None:
    consultation = opened(log, team, now, root_ts="1.1")
    with log.writing("T1") as tx:
        tx.keep_advice(team, consultation.id, {"verdict": "fine_tune"}, "p", "q", now)
        made = tx.decide(
            team,
            consultation.id,
            recommended="fine_tune",
            chosen="prompt_first",
            status="overridden",
            by="U2",
            why="No GPU until March",
            now=now,
        )
    assert made == Decision(
        "T1", 1, consultation.id, "C1", "1.1", consultation.task, "fine_tune", "prompt_first", "overridden",
        "U2", now, "No GPU until March", None, None, None, None, now + timedelta(weeks=2),
    )  # fmt: skip
    with log.reading("T1") as tx:
        recorded = tx.decision(team, 1)
    assert recorded is not None
    decision, whole, advice, *_ = recorded
    assert (decision, advice) == (made, {"verdict": "fine_tune"})
    assert whole == found(log, team, consultation.id)
    assert (whole.status, whole.decision) == ("decided", made)


def test_a_consultation_is_decided_once(log: Log, team: Scope, now: datetime) -> None:
    made = decided(log, team, now)
    with pytest.raises(AlreadyDecided), log.writing("T1") as tx:
        tx.decide(
            team,
            made.consultation,
            recommended="a",
            chosen="b",
            status="overridden",
            by="U3",
            why="x",
            now=now,
        )
    with log.reading("T1") as tx:
        assert tx.decisions(team) == [made]


def test_a_reopened_decision_is_superseded_when_the_new_one_is_made(
    log: Log, team: Scope, now: datetime
) -> None:
    old = decided(log, team, now)
    again = opened(log, team, now, reopened_from=old.number)
    with log.reading("T1") as tx:
        assert tx.decisions(team) == [old]
    with log.writing("T1") as tx:
        new = tx.decide(
            team, again.id, recommended="a", chosen="a", status="accepted", by="U1", why=None, now=now
        )
        before = tx.decision(team, old.number)
    assert before is not None
    assert (new.supersedes, before.decision.superseded_by, before.decision.status) == (1, 2, "superseded")
    assert (before.decision.chosen, before.decision.by, before.decision.at) == (old.chosen, old.by, old.at)


def test_a_decision_reopened_twice_makes_one_line(log: Log, team: Scope, now: datetime) -> None:
    decided(log, team, now)
    first, second = (opened(log, team, now, reopened_from=1) for _ in range(2))
    for consultation in (first, second):
        with log.writing("T1") as tx:
            tx.decide(
                team,
                consultation.id,
                recommended="a",
                chosen="a",
                status="accepted",
                by="U1",
                why=None,
                now=now,
            )
    with log.reading("T1") as tx:
        line = [(d.number, d.supersedes, d.superseded_by) for d in tx.decisions(team)]
    assert line == [(3, 2, None), (2, 1, 3), (1, None, 2)]


def test_the_line_of_a_decision_ends_at_its_workspace(log: Log, team: Scope, now: datetime) -> None:
    """Both workspaces count from 1, and what was reopened in one leaves the other's decisions alone."""
    other = Scope.of_channel("T2", "C1")
    for scope in (team, other):
        decided(log, scope, now)
    decided(log, team, now, reopened_from=1)
    with log.reading("T2") as tx:
        assert [(d.number, d.status, d.superseded_by) for d in tx.decisions(other)] == [(1, "accepted", None)]
    decided(log, other, now, reopened_from=1)
    for scope in (team, other):
        with log.reading(scope.workspace) as tx:
            line = [(d.number, d.supersedes, d.superseded_by) for d in tx.decisions(scope)]
            assert line == [(2, 1, None), (1, None, 2)]


def test_reopening_what_another_channel_decided_is_refused(log: Log, team: Scope, now: datetime) -> None:
    decided(log, Scope.of_channel("T1", "C2"), now)
    with pytest.raises(NotInScope):
        opened(log, team, now, reopened_from=1)


def test_withdrawing_keeps_who_decided_and_adds_who_withdrew(log: Log, team: Scope, now: datetime) -> None:
    made, later = decided(log, team, now), now + timedelta(days=1)
    with log.writing("T1") as tx:
        withdrawn = tx.withdraw(team, 1, "U3", "The model was retired", later)
        assert tx.withdraw(team, 1, "U4", "Again", later) is None
        assert tx.withdraw(team, 2, "U4", "Not there", later) is None
    assert withdrawn is not None
    assert withdrawn.withdrawn == Withdrawal("U3", later, "The model was retired")
    assert (withdrawn.status, withdrawn.by, withdrawn.at, withdrawn.why) == ("withdrawn", "U2", now, made.why)


def test_a_withdrawn_decision_that_is_superseded_stays_withdrawn(
    log: Log, team: Scope, now: datetime
) -> None:
    decided(log, team, now)
    with log.writing("T1") as tx:
        tx.withdraw(team, 1, "U3", "Wrong numbers", now)
    decided(log, team, now, reopened_from=1)
    with log.reading("T1") as tx:
        old = tx.decision(team, 1)
    assert old is not None
    assert (old.decision.status, old.decision.superseded_by) == ("withdrawn", 2)


def test_pages_of_decisions_join_without_gap_or_overlap(log: Log, team: Scope, now: datetime) -> None:
    for channel in ("C1", "C2", "C1", "C1", "C2", "C1", "C1"):
        decided(log, Scope.of_channel("T1", channel), now)
    with log.reading("T1") as tx:
        first = tx.decisions(team, limit=2)
        second = tx.decisions(team, before=first[-1].place, limit=2)
        third = tx.decisions(team, before=second[-1].place, limit=2)
    assert [[d.number for d in page] for page in (first, second, third)] == [[5, 4], [3, 2], [1]]


@pytest.mark.parametrize("number", [0, -1, 2**31, 2**63, 10**40, -(10**40)])
def test_a_number_that_no_decision_can_have_finds_nothing(
    log: Log, team: Scope, now: datetime, number: int
) -> None:
    made = decided(log, team, now)
    with log.writing("T1") as tx:
        assert tx.decision(team, number) is None
        assert tx.withdraw(team, number, "U1", "x", now) is None
        if abs(number) >= 2**31:
            assert tx.decisions(team, before=Place("C1", number)) == ([made] if number > 0 else [])
        with pytest.raises(NotInScope):
            tx.open_consultation(team, task="t", asker="U1", now=now, reopened_from=number)


@pytest.mark.parametrize(("limit", "length"), [(-1, 0), (0, 0), (1, 1), (10**40, 2)])
def test_no_list_is_longer_than_was_asked(
    log: Log, team: Scope, now: datetime, limit: int, length: int
) -> None:
    for _ in range(2):
        decided(log, team, now)
        opened(log, team, now)
    with log.reading("T1") as tx:
        assert len(tx.decisions(team, limit=limit)) == length
        assert len(tx.open_consultations(team, limit=limit)) == length
    assert len(log.silent_since(now + timedelta(days=1), limit=limit)) == length


def test_decisions_are_narrowed_by_status_and_verdict(log: Log, team: Scope, now: datetime) -> None:
    decided(log, team, now)
    other = opened(log, team, now)
    with log.writing("T1") as tx:
        tx.decide(
            team, other.id, recommended="prompt_first", chosen="fine_tune", status="overridden", by="U1",
            why="x", now=now,
        )  # fmt: skip
        assert [d.number for d in tx.decisions(team, wanted=Wanted(statuses=("accepted",)))] == [1]
        assert [d.number for d in tx.decisions(team, wanted=Wanted(verdicts=("fine_tune",)))] == [2]
        assert tx.decisions(team, wanted=Wanted(statuses=("accepted",), verdicts=("fine_tune",))) == []


def test_the_asker_is_nudged_once(log: Log, team: Scope, now: datetime) -> None:
    quiet = opened(log, team, now - timedelta(days=2))
    opened(log, team, now)
    other = opened(log, Scope.of_channel("T2", "C9"), now - timedelta(days=3))
    assert [c.id for c in log.silent_since(now - timedelta(days=1))] == [other.id, quiet.id]
    with log.writing("T1") as tx:
        assert tx.set_nudged(team, quiet.id)
        assert not tx.set_nudged(team, quiet.id)
    assert [c.id for c in log.silent_since(now - timedelta(days=1))] == [other.id]


def test_a_delivery_is_seen_for_the_first_time_once_a_day(log: Log, now: datetime) -> None:
    day = timedelta(days=1)
    with log.writing("T1") as tx:
        assert tx.first_sight("T1", "Ev1", now)
        assert not tx.first_sight("T1", "Ev1", now)
        assert tx.first_sight("T1", "Ev2", now)
        assert tx.first_sight("T2", "Ev1", now)
    with log.writing("T1") as tx:
        assert not tx.first_sight("T1", "Ev1", now + day - timedelta(seconds=1))
        assert tx.first_sight("T1", "Ev1", now + day)
        assert tx.forget_seen(now + timedelta(seconds=1)) == 2
        assert tx.first_sight("T1", "Ev2", now + timedelta(seconds=2))


def test_loading_a_consultation_takes_at_most_five_queries(log: Log, team: Scope, now: datetime) -> None:
    made = decided(log, team, now)
    asked: list[str] = []
    with log.reading("T1") as tx:
        event.listen(tx._connection, "before_cursor_execute", lambda *args: asked.append(args[2]))
        tx.consultation(team, made.consultation)
        assert len(asked) == 5
        asked.clear()
        for _ in range(5):
            opened(log, team, now)
        tx.open_consultations(Scope.of_person("T1", "U1"))
        assert len(asked) <= 4
