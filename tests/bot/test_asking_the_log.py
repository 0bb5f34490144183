"""The log asked in Slack: by command, in plain words and by button, as a list."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from bot.conversation.grammar import CountLog, ListLog, ShowDecision, Task, understand_mention
from bot.conversation.inquiry import Page
from bot.decision_log import Place, Scope
from bot.views import ids
from bot.views.log import turning
from tests.support.consulted import decision
from tests.support.deliveries import ANA, BEN, CHANNEL, TEAM, button
from tests.support.examples import examples
from tests.support.logged import answered, decide, mentioned, press, pressed, words
from tests.support.office import Office
from tests.support.sandbox_client import labels

WORDS = ("log", "stats", "export csv", "show", "export")


# In plain words


@pytest.mark.parametrize(
    ("said", "query"),
    [
        ("what did we decide about tickets?", "tickets"),
        ("which fine-tunes paid off?", "outcome:met verdict:fine_tune,hybrid"),
        ("which fine-tunes did not pay off?", "outcome:missed verdict:fine_tune,hybrid"),
        ("who decided to fine-tune?", "verdict:fine_tune,hybrid"),
        ("overridden since june", "since:june status:overridden"),
        ("decisions about tickets since 2026-06", "tickets since:2026-06"),
        (
            "what have we chosen for invoice parsing last month?",
            "invoice parsing since:last-month until:last-month",
        ),
        ("what did we decide in June 2026?", "since:june-2026 until:june-2026"),
        ("how did ticket routing turn out?", "ticket routing"),
        ("what did <@UBEN> decide?", "by:<@UBEN>"),
        ("what was decided by me in the past 2 weeks", "since:14d by:me"),
        ("which decisions have no outcome yet?", "outcome:none"),
        ("our decisions", ""),
        ("show our past decisions", ""),
        ("what was the tickets decision?", "tickets"),
    ],
)
def test_a_question_to_the_log_becomes_words_and_filters(said: str, query: str) -> None:
    assert understand_mention(said) == ListLog(query)


def test_one_decision_and_counts_are_asked_for_in_words_too() -> None:
    assert understand_mention("show 42") == ShowDecision(42)
    assert understand_mention("Show me decision #42.") == ShowDecision(42)
    assert understand_mention("what was decision 7?") == ShowDecision(7)
    assert understand_mention("how many fine-tunes since june?") == CountLog(
        "since:june verdict:fine_tune,hybrid"
    )


@pytest.mark.parametrize(
    "said",
    [
        "classify support tickets",
        "which emails should be accepted",
        "show customers their decisions",
        "decide which tickets are urgent",
        "list all invoices that failed",
        "find the decision makers in a contract",
        "summarise decisions of the court",
        "overridden alarms triage",
        "fine-tune a model for tickets",
        "all tickets about prompts",
        "decision trees from text",
        "export invoices as tables",
    ],
)
def test_what_has_not_the_form_of_such_a_question_is_a_task(said: str) -> None:
    assert understand_mention(said) == Task(said)


def test_a_mention_is_answered_to_the_one_who_asked(office: Office) -> None:
    decide(office, "classify tickets", outcome=True)
    decide(office, "summarise calls")
    said = words(mentioned(office, "what did we decide about tickets?"))
    assert "#1 classify tickets" in said
    assert "summarise" not in said
    assert "Looked for: tickets." in said


def test_a_person_who_is_named_is_known_by_their_id(office: Office) -> None:
    decide(office, "classify tickets", by=BEN)
    decide(office, "summarise calls", by=ANA)
    for said in ("log by:<@UBEN|ben>", "log by:@UBEN"):
        found = words(answered(office, said))
        assert "classify tickets" in found
        assert "summarise calls" not in found
    assert "summarise calls" in words(answered(office, "log by:me"))
    assert "classify tickets" in words(mentioned(office, "what did <@UBEN> decide?"))


def test_the_log_is_asked_in_a_direct_message_too(office: Office) -> None:
    decide(office, "classify tickets")
    decide(office, "classify Ben's tickets", by=BEN)
    office.sandbox.open_home(ANA)
    direct = next(c["id"] for c in office.sandbox.state("channels")["channels"] if c["person"] == ANA)
    found = typed_to_the_app(office, direct, "what did we decide about tickets?")
    assert "#1 classify tickets" in words(found)
    assert "Ben's" not in words(found)


def typed_to_the_app(office: Office, direct: str, said: str) -> dict[str, Any]:
    """What is answered to something typed in Ana's direct message with the app."""
    before = len(office.sandbox.messages(direct))
    event = {"type": "message", "channel_type": "im", "user": ANA, "text": said, "ts": f"{time.time():.6f}"}
    assert office.slack.event(event | {"channel": direct})[0] == 200
    [answer] = office.sandbox.messages(direct)[before:]
    return dict(answer)


# A list


def test_a_list_says_what_became_of_each_decision(office: Office) -> None:
    decide(office, "classify tickets", outcome=False)
    decide(office, "route mail", by=BEN)
    message = answered(office, "log")
    said = words(message)
    assert said.index("#2 route mail") < said.index("#1 classify tickets")
    assert "Keep prompting, accepted · <@UANA>" in said
    assert "outcome: target missed" in said
    assert "outcome due " in said
    assert labels(message) == ["Show #2", "Show #1", "Share here"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tickets", {1, 3}),
        ("tick", {1, 3}),
        ("tickets -old", {3}),
        ('"old tickets"', {1}),
        ("verdict:fine-tune", {2}),
        ('verdict:"Keep prompting"', {1, 3}),
        ("status:accepted by:@UBEN", {2}),
        ("outcome:none", {1, 2, 3}),
        ("since:2d", {3}),
        ("until:20d", {1}),
        ("tickets sort:relevance", {1, 3}),
        ("sort:cost", {1, 2, 3}),
        ("due:no", {2, 3}),
    ],
)
def test_words_and_filters_narrow_it_down(office: Office, query: str, found: set[int]) -> None:
    decide(office, "classify old tickets", days_ago=300)
    decide(office, "route mail", by=BEN, chosen="fine_tune", days_ago=10)
    decide(office, "sort tickets", days_ago=1)
    shown = {
        int(label.removeprefix("Show #"))
        for label in labels(answered(office, f"log {query}"))
        if "#" in label
    }
    assert shown == found


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("colour:red", "There is no filter colour"),
        ("verdict:maybe", "I do not know verdict:maybe; verdict: takes"),
        ("since:soon", "since: takes a year, month or day"),
        ("...", "I need a word to look for"),
        ("x" * 301, "at most 300 characters"),
    ],
)
def test_a_bad_filter_is_named_in_one_sentence(office: Office, query: str, sentence: str) -> None:
    decide(office, "classify tickets")
    for asked in ("log", "stats", "export csv"):
        said = words(answered(office, f"{asked} {query}"))
        assert sentence in said
        assert "classify" not in said


def test_an_empty_log_explains_itself_and_offers_to_start(office: Office) -> None:
    message = answered(office, "log")
    assert "no decisions yet" in words(message)
    assert labels(message) == ["Start the first one"]
    decide(office, "classify tickets")
    none = answered(office, "log parcels")
    assert "No decision here has all of that" in words(none)
    every = press(office, none, "All decisions")
    assert "classify tickets" in words(every)


def test_pages_are_turned_in_place_from_the_button_alone(office: Office) -> None:
    for n in range(1, 26):
        decide(office, f"sort {'mail' if n % 2 else 'parcels'} {n}")
    first = answered(office, "log mail")
    assert [label for label in labels(first) if "#" in label] == [f"Show #{n}" for n in range(25, 5, -2)]
    second = press(office, first, "Older")
    assert second is not None
    assert second["replace_original"] is True
    assert [label for label in labels(second) if "#" in label] == ["Show #5", "Show #3", "Show #1"]
    assert "Older" not in labels(second)
    back = press(office, second, "Newer")
    assert back is not None
    assert labels(back) == labels(first)


def test_from_however_far_back_newer_leads_to_the_page_before() -> None:
    begins: list[Place | None] = [None, *(Place("C1", number) for number in range(300, 0, -10))]
    way: tuple[Place | None, ...] = ()
    for here, on in pairwise(begins):
        assert on is not None
        made = replace(decision(), channel="C1", number=on.number)
        turns = turning(Page((made,), before=here, has_older=True), way, ids.LOG_PAGE)
        told = {button.label: button.press for button in turns}
        assert told["Older"].before == on
        if here is not None:
            assert told["Newer"].before == begins[begins.index(here) - 1]
        way = told["Older"].way


def test_a_page_of_one_channel_turned_in_another_is_that_one_s(office: Office) -> None:
    for n in range(12):
        decide(office, f"secret {n}")
    decide(office, "open to all", channel="CSUPPORT")
    first = answered(office, "log secret")
    older = button(first, "Older")
    shown = pressed(office, older["action_id"], older["value"], channel="CSUPPORT")
    assert "secret" not in words(shown).replace("Looked for: secret", "")


def test_what_was_found_is_shared_with_the_channel(office: Office) -> None:
    decide(office, "classify tickets")
    decide(office, "route mail")
    told = press(office, answered(office, "log tickets"), "Share here")
    assert "Shared in the channel" in words(told)
    [shared] = [m for m in office.sandbox.messages(CHANNEL) if not m["ephemeral_to"]]
    assert "<@UANA> looked for tickets and shared this" in words(shared)
    assert "route mail" not in words(shared)
    shown = press(office, shared, "Show #1", user=BEN, is_ephemeral=False)
    assert "classify tickets" in words(shown)
    assert "replace_original" not in (shown or {}) or not (shown or {})["replace_original"]


@pytest.mark.parametrize("typed", ["log tickets", "show 1"])
def test_what_is_shared_twice_stands_once_and_the_second_is_told_where(office: Office, typed: str) -> None:
    decide(office, "classify tickets")
    found = answered(office, typed)
    press(office, found, "Share here")
    [shared] = [m for m in office.sandbox.messages(CHANNEL) if not m["ephemeral_to"]]
    told = press(office, answered(office, typed, user_id=BEN), "Share here", user=BEN)
    assert "already" in words(told)
    assert f"/archives/{CHANNEL}/p{shared['ts'].replace('.', '')}" in words(told)
    assert len([m for m in office.sandbox.messages(CHANNEL) if not m["ephemeral_to"]]) == 1


def test_what_could_not_be_shared_is_shared_when_it_is_pressed_again(office: Office) -> None:
    decide(office, "classify tickets")
    found = answered(office, "show 1")
    office.sandbox.fail("chat.postMessage", error="not_in_channel", times=1)
    assert "Nothing was shared" in words(press(office, found, "Share here"))
    assert "Shared in the channel" in words(press(office, found, "Share here"))


def test_what_has_changed_since_is_shared_anew(office: Office) -> None:
    made = decide(office, "classify tickets")
    press(office, answered(office, "show 1"), "Share here")
    with office.application.record.writing(TEAM) as tx:
        tx.withdraw(Scope.of_channel(TEAM, CHANNEL), made.number, BEN, "the vendor folded", made.at)
    assert "already" not in words(press(office, answered(office, "show 1"), "Share here"))


SENT = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
"""What Slack can send: the door takes no other."""


@examples(25, 300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    typed=st.text(SENT, max_size=200) | st.text('verdictsncby:"-@<>|&#1290 ', max_size=200),
    word=st.sampled_from(WORDS),
)
def test_whatever_is_typed_is_answered(office: Office, typed: str, word: str) -> None:
    said = words(answered(office, f"{word} {typed}"))
    assert said
    assert "Something went wrong" not in said
