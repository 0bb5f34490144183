"""The log asked in Slack: by command, in plain words, by button; what it answers, and to whom."""

from __future__ import annotations

import io
import json
import urllib.request
import zipfile
from typing import Any

import pytest

from bot.conversation.grammar import CountLog, ListLog, ShowDecision, Task, understand_mention
from bot.views import ids
from tests.support import logged
from tests.support.deliveries import ANA, BEN, CHANNEL, TEAM, button, buttons_of
from tests.support.logged import answered, decide, mentioned, press, pressed, pressed_in_view
from tests.support.office import Office
from tests.support.sandbox_client import everything_in, labels
from tests.support.settled import SETTLED, Talk, advice_of, settled_talk


def words(message: dict[str, Any] | None) -> str:
    """All that a message says, without the marks that keep people's words apart."""
    assert message is not None
    told = everything_in({"text": message.get("text", ""), "blocks": message.get("blocks", [])})
    return told.replace("\u2068", "").replace("\u2069", "").replace("*", "")


def accepted(office: Office, **changes: Any) -> Talk:
    """A consultation that was advised and accepted."""
    talk = settled_talk(office, **changes)
    advice = advice_of(talk)
    assert office.slack.click(advice, button(advice, "Accept"))[0] == 200
    office.quiet()
    return talk


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


# One decision


def test_a_decision_is_shown_whole(office: Office) -> None:
    accepted(office)
    message = answered(office, "show 1")
    said = words(message)
    for part in (
        "#1 Keep prompting",
        "Accepted by <@UANA>",
        "The reasons then",
        "Sources:",
        "Calls a month: 250k",
    ):
        assert part in said
    assert any(block["type"] == "table" for block in message["blocks"])
    assert labels(message) == [
        "Re-open",
        "Withdraw…",
        "Record outcome…",
        "Add a link…",
        "With today's prices",
        "Export as an ADR",
        "Share here",
    ]


def test_a_number_that_is_not_here_is_told_in_the_same_words_whether_it_is_elsewhere(office: Office) -> None:
    decide(office, "classify tickets")
    decide(office, "route mail")
    for asked in ("show 2", "show 9"):
        said = words(answered(office, asked, channel_id="CSUPPORT")).replace(asked[-1], "N")
        assert said.startswith("This channel has no decision #N. /tune-or-prompt log lists those it has.")
    for action in (ids.SHOW, ids.REOPEN, ids.WITHDRAW, ids.TODAY, ids.SHARE, ids.EXPORT_ONE):
        told = {
            words(pressed(office, f"{action}:{n}:{channel}", channel="CSUPPORT")).replace(str(n), "N")
            for n, channel in ((2, CHANNEL), (9, CHANNEL), (2, "CSUPPORT"))
        }
        assert len(told) == 1, action


def test_a_decision_is_shared_as_a_short_card_where_it_belongs(office: Office) -> None:
    made = decide(office, "classify tickets", why="The vendor offered it.")
    press(office, answered(office, "show 1"), "Share here", user=BEN)
    [shared] = [m for m in office.sandbox.messages(CHANNEL) if not m["ephemeral_to"]]
    assert "Shared by <@UBEN>" in words(shared)
    assert "The vendor offered it." in words(shared)
    own = answered(office, "show 1", channel_id="D0ANA", channel_name="directmessage")
    press(office, own, "Share in its channel", channel="D0ANA")
    assert [m["channel"] for m in office.sandbox.messages(made.channel) if not m["ephemeral_to"]] == [
        CHANNEL
    ] * 2
    assert office.sandbox.calls("chat.postMessage")[-1]["args"]["channel"] == CHANNEL


def test_sharing_where_the_app_is_not_says_how_to_let_it_in(office: Office) -> None:
    decide(office, "classify tickets")
    office.sandbox.fail("chat.postMessage", error="not_in_channel")
    told = press(office, answered(office, "show 1"), "Share here")
    assert "/invite" in words(told)
    assert "Nothing was shared." in words(told)


def test_a_decision_is_worked_out_with_todays_prices(office: Office) -> None:
    accepted(office)
    shown = press(office, answered(office, "show 1"), "With today's prices")
    assert "Today the same answers still lead to “Keep prompting”." in words(shown)
    decide(office, "written down by hand")
    shown = press(office, answered(office, "show 2"), "With today's prices")
    assert "too few answers behind #2" in words(shown)


# Re-opened and withdrawn


def test_a_reopened_decision_is_superseded_when_the_new_one_is_decided(office: Office) -> None:
    old = accepted(office)
    told = press(office, answered(office, "show 1"), "Re-open", user=BEN)
    assert "I took #1 up again with its answers" in words(told)
    office.quiet()
    card = [m for m in office.sandbox.messages(CHANNEL) if "Takes up a decision again" in words(m)][-1]
    new = Talk(office, card["ts"])
    assert {record.author for record in new.consultation.answers} == {ANA}
    assert [(r.key, r.value) for r in new.consultation.answers] == [
        (r.key, r.value) for r in old.consultation.answers
    ]
    assert new.consultation.asker == BEN
    again = press(office, answered(office, "show 1"), "Re-open")
    assert "<@UBEN> has re-opened #1 already" in words(again)
    advice = advice_of(new)
    assert office.slack.click(advice, button(advice, "Accept"), user=BEN)[0] == 200
    office.quiet()
    assert "Supersedes decision #1." in words(new.messages()[0])
    assert "Superseded by decision #2." in words(old.messages()[0])
    assert "supersedes #1" in words(answered(office, "show 2"))
    first = answered(office, "show 1")
    assert "superseded by #2" in words(first)
    assert "Re-open" not in labels(first)
    assert "#2 Keep prompting" in words(press(office, first, "Show #2"))
    late = pressed(office, "reopen:1")
    assert "Decision #1 stands no more: it is superseded by #2." in words(late)


def test_a_decision_that_reopens_is_not_told_that_it_is_like_itself(office: Office) -> None:
    accepted(office)
    press(office, answered(office, "show 1"), "Re-open")
    office.quiet()
    assert not [m for m in office.sandbox.messages(CHANNEL) if "like this one" in words(m)]


def test_a_decision_is_withdrawn_with_a_reason_and_its_thread_says_so(office: Office) -> None:
    talk = accepted(office)
    press(office, answered(office, "show 1"), "Withdraw…", user=BEN)
    form = logged.opened(office)
    assert sent_why(office, form, " ", BEN) == {"why": "Please say why; a sentence is enough."}
    assert "cannot find that" in str(sent_why(office, form, "Not mine.", ANA)), "it was opened for Ben"
    assert sent_why(office, form, "The vendor is gone.", BEN) == {}
    office.quiet()
    said = words(answered(office, "show 1"))
    assert "Withdrawn because: The vendor is gone." in said
    assert "Withdrawn by <@UBEN>" in said
    assert "Withdrawn: Keep prompting" in words(talk.messages()[0])
    assert "<@UBEN> withdrew decision #1" in words(talk.messages()[-1])
    assert "Withdraw…" not in labels(answered(office, "show 1"))
    late = sent_why(office, form | {"hash": "another"}, "Once more.", BEN)
    assert "stands no more: it is withdrawn" in late["why"]


def sent_why(office: Office, form: dict[str, Any], why: str, user: str) -> dict[str, str]:
    return logged.sent(office, form, {"why": why}, user)


# Alike


def test_past_decisions_that_are_alike_are_shown_before_the_verdict(office: Office) -> None:
    decide(office, "cluster support tickets", answers=SETTLED, outcome=True)
    decide(office, "transcribe phone calls", channel="CSUPPORT", answers=SETTLED)
    logged.consult(office, "cluster tickets of support", SETTLED)
    card = office.card("cluster tickets of support")
    assert card is not None
    thread = [words(m) for m in office.sandbox.messages(CHANNEL, card["ts"])]
    [alike] = [at for at, said in enumerate(thread) if "like this one" in said]
    [advised] = [at for at, said in enumerate(thread) if "Next steps" in said]
    assert alike < advised
    assert "#1 cluster support tickets" in thread[alike]
    assert "target missed" in thread[alike], "it was shipped, and nobody counted"
    assert "Alike: the task in the same words" in thread[alike]
    assert "phone" not in thread[alike]
    message = office.sandbox.messages(CHANNEL, card["ts"])[alike]
    assert "cluster support tickets" in words(press(office, message, "Show #1", is_ephemeral=False))


def test_nothing_is_shown_where_nothing_is_alike_enough(office: Office) -> None:
    decide(office, "translate poems", chosen="self_host", answers={"data_may_leave": False})
    logged.consult(office, "cluster tickets", SETTLED)
    assert not [m for m in office.sandbox.messages(CHANNEL) if "like this one" in words(m)]


# Counts and files


def test_counts_come_with_a_picture_where_there_are_several_months(office: Office) -> None:
    decide(office, "classify tickets")
    one = answered(office, "stats")
    assert "1 decision of this channel" in words(one)
    assert not [b for b in one["blocks"] if b["type"] == "data_visualization"]
    decide(office, "route mail", chosen="fine_tune", days_ago=70, outcome=False)
    message = answered(office, "stats")
    said = words(message)
    assert "2 decisions of this channel" in said
    [chart] = [b for b in message["blocks"] if b["type"] == "data_visualization"]
    assert chart["chart"]["type"] == "bar"
    assert {one["name"] for one in chart["chart"]["series"]} == {"Keep prompting", "Fine-tune"}
    assert "2 decisions" in words(mentioned(office, "stats"))
    assert "1 decision" in words(answered(office, "stats verdict:fine_tune"))


def test_counts_come_without_their_picture_where_slack_takes_none(office: Office) -> None:
    decide(office, "classify tickets")
    decide(office, "route mail", chosen="fine_tune", days_ago=70)
    office.ear.answer = (400, "invalid_blocks")
    status, body = office.slack.command("stats")
    assert status == 200
    assert "2 decisions" in words(json.loads(body))
    assert "data_visualization" not in body
    office.sandbox.settings(refused_blocks=["data_visualization"])
    said = mentioned(office, "stats")
    assert "2 decisions" in words(said)
    assert not [b for b in said["blocks"] if b["type"] == "data_visualization"]


def test_a_file_is_posted_after_it_was_asked_whether_to(office: Office) -> None:
    decide(office, "=classify tickets")
    decide(office, "route mail")
    decide(office, "secret", channel="CSUPPORT")
    offered = answered(office, "export csv")
    assert "2 decisions of this channel, as a spreadsheet (CSV). Post it here?" in words(offered)
    assert not office.sandbox.calls("files.completeUploadExternal")
    press(office, offered, "Post it here")
    office.eventually(lambda: "Posted." in [told["text"] for told in office.ear.told], "that it is posted")
    [file] = [m for m in office.sandbox.messages(CHANNEL) if m["files"]]
    content = uploaded(office, file)
    assert "'=classify tickets" in content.decode("utf-8-sig")
    assert b"secret" not in content


def uploaded(office: Office, message: dict[str, Any]) -> bytes:
    [file] = message["files"]
    name = file if isinstance(file, str) else file["id"]
    request = urllib.request.Request(f"{office.sandbox.address}/files/{name}/x")
    request.add_header("Authorization", "Bearer xoxb-sandbox")
    with urllib.request.urlopen(request) as answer:
        return bytes(answer.read())


def test_records_to_read_are_a_file_each(office: Office) -> None:
    decide(office, "classify tickets")
    decide(office, "route mail")
    press(office, answered(office, "export md"), "Post it here")
    message = office.eventually(
        lambda: next((m for m in office.sandbox.messages(CHANNEL) if m["files"]), None), "it"
    )
    with zipfile.ZipFile(io.BytesIO(uploaded(office, message))) as packed:
        assert packed.namelist() == ["0001-classify-tickets.md", "0002-route-mail.md"]
        assert "## Decision Outcome" in packed.read("0002-route-mail.md").decode()


def test_the_text_is_shown_to_one_person_alone(office: Office) -> None:
    decide(office, "classify tickets")
    press(office, answered(office, "export json tickets"), "Show me the text")
    page = logged.opened(office)
    text = "".join(
        e["text"] for b in page["blocks"] if b["type"] == "rich_text" for e in b["elements"][0]["elements"]
    )
    assert json.loads(text)["decisions"][0]["task"] == "classify tickets"
    press(office, answered(office, "show 1"), "Export as an ADR")
    press(office, office.ear.told[-1], "Show me the text")
    assert "# classify tickets" in str(logged.opened(office))


def test_a_file_that_slack_does_not_take_is_told(office: Office) -> None:
    decide(office, "classify tickets")
    offered = answered(office, "export csv")
    office.sandbox.scopes("commands", "chat:write", "app_mentions:read")
    press(office, offered, "Post it here")
    office.eventually(lambda: [told for told in office.ear.told if "missing_scope" in words(told)], "why not")


def test_an_export_without_a_format_says_which_there_are(office: Office) -> None:
    decide(office, "classify tickets")
    said = words(answered(office, "export"))
    assert "export csv" in said
    assert "export md" in said
    assert "no decisions yet" in words(answered(office, "export csv", channel_id="CSUPPORT"))


# App Home


def test_home_lists_what_this_person_took_part_in_page_by_page(office: Office) -> None:
    for n in range(1, 13):
        decide(office, f"sort mail {n}", channel=CHANNEL if n % 2 else "CSUPPORT")
    decide(office, "Ben's alone", by=BEN)
    first = logged.home(office)
    assert "sort mail 12" in words(first)
    assert len([label for label in labels(first) if label.startswith("Show #")]) == 10
    assert "Ben's alone" not in words(first)
    older = button(first, "Older")
    pressed_in_view(office, older["action_id"], older["value"])
    second = logged.shown_home(office)
    assert "sort mail 1" in words(second)
    assert "sort mail 12" not in words(second)
    newer = button(second, "Newer")
    pressed_in_view(office, newer["action_id"], newer["value"])
    assert "sort mail 12" in words(logged.shown_home(office))


def test_home_is_searched(office: Office) -> None:
    decide(office, "sort mail")
    decide(office, "route parcels", channel="CSUPPORT")
    decide(office, "route Ben's parcels", by=BEN)
    logged.home(office)
    pressed_in_view(office, ids.HOME_SEARCH)
    form = logged.opened(office)
    assert "There is no filter colour" in logged.sent(office, form, {"query": "colour:red"})["query"]
    assert logged.sent(office, form, {"query": "parcels"}) == {}
    found = logged.shown_home(office)
    assert "route parcels" in words(found)
    assert "Ben's" not in words(found)
    assert "sort mail" not in words(found)
    every = button(found, "All decisions")
    pressed_in_view(office, every["action_id"], every["value"])
    assert "sort mail" in words(logged.shown_home(office))


def test_a_decision_is_shown_from_home_on_a_page(office: Office) -> None:
    decide(office, "sort mail", channel="CSUPPORT")
    decide(office, "sort Ben's mail", by=BEN)
    show = button(logged.home(office), "Show #1")
    pressed_in_view(office, show["action_id"], show["value"])
    page = logged.opened(office)
    assert "sort mail" in words(page)
    assert {one["action_id"] for one in buttons_of(page)} >= {"reopen:1:CSUPPORT", "share:1:CSUPPORT"}
    pressed_in_view(office, f"show:1:{CHANNEL}")
    assert "You took part in no decision #1" in words(logged.opened(office))
    assert TEAM not in words(page)
