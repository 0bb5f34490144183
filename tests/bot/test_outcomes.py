"""How decisions turn out: asked once when it is due, and recorded by button, form, word or file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.replies import Act
from bot.conversation.workspace_settings import settings_of
from bot.decision_log import Outcome, Recorded, Scope
from core.advice import advise
from core.case import read_case
from core.told import told
from tests.support.consulted import CASES
from tests.support.decided import decide
from tests.support.deliveries import ANA, CHANNEL, TEAM, button
from tests.support.later import Later, decided_talk, go_round, send_form
from tests.support.office import Ear, Office, Talk, office_with
from tests.support.sandbox_client import SandboxClient
from tests.support.settled import advice_of, labels, last, settled_talk

BEN = "U0BEN"


@pytest.fixture
def later() -> Later:
    return Later()


@pytest.fixture
def office(sandbox: SandboxClient, ear: Ear, tmp_path: Path, later: Later) -> Iterator[Office]:
    at_work = office_with(sandbox, ear, f"sqlite:///{tmp_path / 'log.db'}", clock=later)
    at_work.application.outbox.start()
    yield at_work
    at_work.application.outbox.stop()
    at_work.application.close()


def recorded(talk: Talk) -> Recorded:
    decision = talk.consultation.decision
    assert decision is not None
    with talk.office.application.record.reading(TEAM) as tx:
        found = tx.decision(Scope.of_channel(TEAM, CHANNEL), decision.number)
    assert found is not None
    return found


def said(outcome: Outcome) -> dict[str, Any]:
    names = ("shipped", "eval_correct", "eval_total", "bill_per_month", "hours", "again", "cannot_tell")
    return {name: getattr(outcome, name) for name in names if getattr(outcome, name) is not None}


def check_ins(talk: Talk) -> list[dict[str, Any]]:
    talk.office.quiet()
    return [m for m in talk.messages() if "turn out? You decided" in m["text"]]


WHOLE = "47 of 50, about $900 a month, took 60 hours, yes"
WHOLE_SAID = {
    "shipped": True, "eval_correct": 47, "eval_total": 50, "bill_per_month": 900, "hours": 60, "again": True,
}  # fmt: skip


def test_the_thread_is_asked_once_when_it_is_due_and_what_is_typed_is_recorded(
    office: Office, later: Later
) -> None:
    talk = decided_talk(office)
    later.weeks(5.9)
    go_round(office)
    assert check_ins(talk) == []
    later.weeks(0.2)
    for _ in range(3):
        go_round(office)
    [asked] = check_ins(talk)
    assert labels(asked) == ["Record how it went…", "Cannot tell yet", "Ask later…", "Do not ask again"]
    talk.say(WHOLE)
    assert "47 of 50 right, $900 a month, 60 hours of work, would do it again" in last(talk)["text"]
    [outcome] = recorded(talk).outcomes
    assert said(outcome) == WHOLE_SAID
    assert recorded(talk).decision.outcome == "missed"  # 94% where 95% was wanted
    assert check_ins(talk) == []  # what was asked is a line now
    later.weeks(99)
    go_round(office)
    assert check_ins(talk) == []


def test_what_is_said_later_adds_to_it_and_earlier_words_stay(office: Office) -> None:
    talk = decided_talk(office)
    talk.say("we shipped it")
    talk.say("49 of 50")
    office.quiet()
    assert [said(one) for one in recorded(talk).outcomes] == [
        {"shipped": True},
        {"shipped": True, "eval_correct": 49, "eval_total": 50},
    ]
    assert recorded(talk).decision.outcome == "met"
    talk.say("cannot tell yet")
    office.quiet()
    assert said(recorded(talk).outcomes[-1]) == {"cannot_tell": True}
    assert recorded(talk).decision.outcome == "cannot_tell"


def test_small_talk_after_a_decision_is_left_alone(office: Office) -> None:
    talk = decided_talk(office)
    before = len(talk.messages())
    for text in ("thanks", "we shipped the website", "lunch?"):
        talk.say(text)
    office.quiet()
    assert len(talk.messages()) == before
    assert recorded(talk).outcomes == ()


@pytest.mark.parametrize("text", ["60 of 50", "-$50 a month", "900 euros a month"])
def test_what_cannot_be_is_told_and_records_nothing(office: Office, text: str) -> None:
    talk = decided_talk(office)
    talk.say(text)
    assert "Nothing was recorded" in last(talk)["text"]
    assert recorded(talk).outcomes == ()


def test_an_outcome_is_taken_back_by_button_and_stays_on_record(office: Office) -> None:
    talk = decided_talk(office)
    talk.say(WHOLE)
    noted = last(talk)
    office.slack.click(noted, button(noted, "Take it back"), user=BEN)
    assert "took back what was recorded" in last(talk)["text"]
    found = recorded(talk)
    assert [one.taken_back for one in found.outcomes] == [None, True]
    assert found.decision.outcome is None
    again = next(m for m in talk.messages() if m["ts"] == noted["ts"])
    assert labels(again) == []


def test_the_form_says_beside_the_field_what_cannot_be(office: Office, later: Later) -> None:
    talk = decided_talk(office)
    later.weeks(7)
    go_round(office)
    [asked] = check_ins(talk)
    office.slack.click(asked, button(asked, "Record how it went…"))
    for values, field in (
        ({"correct": "60", "total": "50"}, "correct"),
        ({"correct": "6"}, "total"),
        ({"total": "0", "correct": "0"}, "total"),
        ({"bill": "-5"}, "bill"),
        ({"hours": "-5"}, "hours"),
        ({"bill": "a lot"}, "bill"),
    ):
        status, body = send_form(office, values)
        assert status == 200
        assert list(json.loads(body)["errors"]) == [field]
    assert recorded(talk).outcomes == ()
    filled = {
        "shipped": "=yes",
        "correct": "47",
        "total": "50",
        "bill": "900",
        "hours": "60",
        "again": "=yes",
    }
    assert "cannot find that" in send_form(office, filled, user=BEN)[1]
    assert recorded(talk).outcomes == ()
    assert send_form(office, filled) == (200, "")
    office.quiet()
    assert [said(one) for one in recorded(talk).outcomes] == [WHOLE_SAID]


def test_cannot_tell_is_an_answer_and_is_not_asked_again(office: Office, later: Later) -> None:
    talk = decided_talk(office)
    later.weeks(7)
    go_round(office)
    [asked] = check_ins(talk)
    office.slack.click(asked, button(asked, "Cannot tell yet"))
    office.quiet()
    assert recorded(talk).decision.outcome == "cannot_tell"
    later.weeks(50)
    go_round(office)
    assert check_ins(talk) == []
    talk.say("ask again in 3 weeks")  # unless somebody wants that
    later.weeks(3.1)
    go_round(office)
    [again] = check_ins(talk)
    assert "Record how it went…" in labels(again)


def test_the_team_may_be_asked_later_or_never(office: Office, later: Later) -> None:
    talk, other = decided_talk(office), decided_talk(office)
    talk.say("ask us again in 9 weeks")
    other.say("do not ask again")
    assert "I ask on" in last(talk)["text"]
    assert "I will not ask" in last(other)["text"]
    later.weeks(8.9)
    go_round(office)
    assert (check_ins(talk), check_ins(other)) == ([], [])
    later.weeks(0.2)
    go_round(office)
    [asked] = check_ins(talk)
    assert check_ins(other) == []
    office.slack.click(asked, button(asked, "Ask later…"))
    assert "within three years" in send_form(office, {"when": "next spring"})[1]
    assert send_form(office, {"when": "2 weeks"}) == (200, "")
    later.weeks(2.1)
    go_round(office)
    assert len(check_ins(talk)) == 2
    assert [one.ask_at is None for one in recorded(other).dates] == [True]


def test_a_decision_that_fell_a_minute_before_is_not_asked_about(office: Office, later: Later) -> None:
    first, gone = decided_talk(office), decided_talk(office)
    later.weeks(6 - 1 / (7 * 24 * 60))
    go_round(office)
    record = office.application.record
    with record.writing(TEAM) as tx:
        scope = Scope.of_channel(TEAM, CHANNEL)
        opened = tx.open_consultation(scope, task="t", asker=BEN, now=later(), reopened_from=1)
        tx.decide(
            scope, opened.id, recommended="a", chosen="a", status="accepted", by=BEN, why=None, now=later()
        )
        tx.withdraw(scope, 2, BEN, "no budget", later())
    later.weeks(1)
    go_round(office)
    assert (check_ins(first), check_ins(gone)) == ([], [])


def test_a_question_that_was_not_sent_in_time_is_not_sent(office: Office, later: Later) -> None:
    """It fell due while Slack was away, and was answered elsewhere meanwhile."""
    talk = decided_talk(office)
    office.application.outbox.stop()
    later.weeks(7)
    office.application.outbox._rounds.go(later())
    with office.application.record.writing(TEAM) as tx:
        tx.add_outcome(
            Scope.of_channel(TEAM, CHANNEL),
            recorded(talk).decision.place,
            Outcome(BEN, later(), shipped=False),
        )
    office.application.outbox.start()
    office.quiet()
    assert [m for m in talk.messages() if "turn out" in m["text"]] == []


def test_where_the_thread_is_gone_the_home_asks_and_says_why(office: Office, later: Later) -> None:
    talk = decided_talk(office)
    office.sandbox.fail("chat.postMessage", error="is_archived", times=1_000)
    later.weeks(7)
    office.application.outbox._rounds.go(later())
    office.eventually(lambda: office.application.outbox.refused() == {"is_archived": 1}, "the refusal")
    event = {"type": "app_home_opened", "user": ANA, "channel": "D0ANA", "tab": "home"}
    office.slack.event(event)
    home = json.dumps(office.sandbox.calls("views.publish")[-1]["args"])
    assert "How did these turn out?" in home
    assert "is_archived" in home
    assert recorded(talk).decision.task[:8] in home


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("link https://example.com/pull/7 the distilled classifier", "the distilled classifier"),
        ("link javascript:alert(1)", "http:// or https://"),
        ("link ftp://example.com/x", "http:// or https://"),
        ("link data:text/html,x", "http:// or https://"),
    ],
)
def test_links_lead_to_the_web_alone(office: Office, text: str, shown: str) -> None:
    talk = decided_talk(office)
    talk.say(text)
    office.quiet()
    assert any(shown in message["text"] for message in talk.messages())
    links = recorded(talk).links
    assert [one.url for one in links] == (["https://example.com/pull/7"] if "pull" in text else [])


def test_what_people_wrote_beside_a_link_is_no_markup(office: Office) -> None:
    talk = decided_talk(office)
    note = "&lt;!channel&gt; *bold*"
    talk.say(f"link https://example.com/x {note}")
    assert "<!channel>" not in json.dumps(last(talk))
    assert recorded(talk).links[0].note == "<!channel> *bold*"


def results(right: Iterable[int], of: int = 60, name: str = "id") -> bytes:
    wanted = set(right)
    lines = [f"{name},correct", *(f"case {n},{'yes' if n in wanted else 'no'}" for n in range(of))]
    return "\n".join(lines).encode()


def drop(talk: Talk, content: bytes, name: str, text: str = "") -> None:
    message = talk.office.sandbox.drop(ANA, CHANNEL, name, content, talk.root, text)
    event = message | {"type": "message", "channel": CHANNEL, "channel_type": "channel"}
    assert talk.office.slack.event(event) == (200, "")
    talk.office.quiet()


def test_a_file_of_the_tuned_model_is_held_beside_that_of_the_prompt(office: Office) -> None:
    talk = settled_talk(office)
    drop(talk, results(range(45)), "prompt.csv")
    advice = advice_of(talk)
    assert office.slack.click(advice, button(advice, "Accept"))[0] == 200
    talk.say("we shipped it")
    drop(talk, results(range(2, 58)), "tuned.csv", "took 30 hours")
    found = recorded(talk)
    assert said(found.outcomes[-1]) == {"shipped": True, "eval_correct": 56, "eval_total": 60, "hours": 30}
    beside = next(m["text"] for m in talk.messages() if "from" in m["text"] and "tuned.csv" in m["text"])
    assert "45 right before, 56 now, of the 60 cases in both" in beside
    assert "It is better by 18.3 points" in beside
    assert "more than chance" in beside
    assert not talk.consultation.answers[-1].at > found.decision.at  # what was decided stays as it was


def test_a_file_that_leaves_something_open_is_asked_about_after_a_decision_too(office: Office) -> None:
    talk = decided_talk(office)
    scores = "id,score\n" + "".join(f"{n},{n / 50}\n" for n in range(1, 51))
    drop(talk, scores.encode(), "scores.csv")
    asked = next(m for m in talk.messages() if "From which score on" in m["text"])
    office.slack.click(asked, button(asked, "0.9 or more"))
    office.quiet()
    assert said(recorded(talk).outcomes[-1]) == {"eval_correct": 6, "eval_total": 50}


def tuned_talk(office: Office, later: Later) -> Talk:
    """A thread whose prompt was right in 45 of 60 cases, and in which something else than the prompt was decided."""
    talk = settled_talk(office)
    drop(talk, results(range(45)), "prompt.csv")
    act = Act(TEAM, CHANNEL, ANA, "decides", later())
    conversation = office.application.outbox.conversation
    conversation.decide_otherwise(act, talk.consultation.id, "fine_tune", "it is worth a try")
    office.quiet()
    return talk


def question(talk: Talk) -> dict[str, Any]:
    return next(m for m in talk.messages() if "Is that how what was decided does" in m["text"])


@pytest.mark.parametrize(
    ("pressed", "outcomes"),
    [
        ("Yes, it is the outcome", [{"eval_correct": 50, "eval_total": 60}]),
        ("Don’t use it", []),
    ],
)
def test_where_a_file_may_be_of_the_prompt_it_is_asked_whether_it_is_of_what_was_decided(
    office: Office, later: Later, pressed: str, outcomes: list[dict[str, Any]]
) -> None:
    talk = tuned_talk(office, later)
    drop(talk, results(range(50)), "results.csv")
    assert recorded(talk).outcomes == ()
    asked = question(talk)
    assert "50 of 60 right" in asked["text"]
    office.slack.click(asked, button(asked, pressed))
    office.quiet()
    assert [said(one) for one in recorded(talk).outcomes] == outcomes


def test_the_results_that_were_known_before_are_asked_about_whatever_was_decided(office: Office) -> None:
    talk = settled_talk(office)
    drop(talk, results(range(45)), "prompt.csv")
    advice = advice_of(talk)
    office.slack.click(advice, button(advice, "Accept"))
    office.quiet()
    drop(talk, results(range(45)), "prompt.csv")
    assert recorded(talk).outcomes == ()
    assert question(talk)


def test_a_file_that_is_no_results_says_what_it_lacks(office: Office) -> None:
    talk = decided_talk(office)
    drop(talk, b"name,city\nana,rome\nben,oslo\n", "people.csv")
    assert any("no column that says which answers were right" in m["text"] for m in talk.messages())
    assert recorded(talk).outcomes == ()


def test_guesses_that_ran_over_are_a_button_for_those_who_may_change_the_ledger(
    office: Office, later: Later
) -> None:
    case = {**CASES["fine_tune"], "assumptions": {"tuning_hours": 100}}
    advised = told(advise(read_case(case), on=later().date())).kept()
    scope = Scope.of_channel(TEAM, CHANNEL)
    for _ in range(5):
        made = decide(office.application.record, scope, later(), chosen="fine_tune", advice=advised)
        with office.application.record.writing(TEAM) as tx:
            tx.derive(TEAM, made.place)
            tx.add_outcome(scope, made.place, Outcome(BEN, later(), shipped=True, hours=180))
    shown = json.loads(office.slack.command("stats")[1])
    assert "Your last 5 guesses of hours ran 1.8x (1.8x to 1.8x)." in json.dumps(shown)
    message = {"ts": "1.1", "blocks": shown["blocks"]}
    pressed = button(message, "Reckon with 1.5x: 183 hours")
    conversation = office.application.outbox.conversation
    office.slack.click(message, pressed, user=BEN)
    assert settings_of(conversation, TEAM).of("tuning_hours") is None
    assert "for its admins" in office.ear.told[-1]["text"]
    office.slack.click(message, pressed)
    setting = settings_of(conversation, TEAM).of("tuning_hours")
    assert setting is not None
    assert setting.value == 183
    assert "Reckon with" not in office.slack.command("stats")[1]
