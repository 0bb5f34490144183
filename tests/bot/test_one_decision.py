"""One decision of the log: shown whole, shared, worked out anew, re-opened, withdrawn, and found to be like another."""

from __future__ import annotations

from typing import Any

from bot.app import utc_now
from bot.decision_log.scope import Scope
from bot.views import ids
from tests.support import logged
from tests.support.deliveries import ANA, BEN, CHANNEL, TEAM, button
from tests.support.logged import accepted, answered, decide, press, pressed, words
from tests.support.office import Office
from tests.support.sandbox_client import labels
from tests.support.settled import SETTLED, Talk, advice_of

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
        *("Re-open", "Withdraw…"),
        *("Record outcome…", "Add a link…"),
        *("Costs", "With today's prices", "Export as an ADR", "Share here"),
    ]


def test_the_costs_that_a_decision_was_made_on_are_shown_line_by_line(office: Office) -> None:
    accepted(office)
    press(office, answered(office, "show 1"), "Costs")
    page = logged.opened(office)
    assert "At 250k calls a month" in words(page)
    [menu] = [e for b in page["blocks"] for e in b.get("elements", ()) if e.get("type") == "static_select"]
    chosen = {"type": "static_select", "action_id": ids.COSTS_OF, "selected_option": menu["options"][0]}
    for user, is_turned in ((BEN, False), (ANA, True)):
        before = len(office.sandbox.calls("views.update"))
        turn_on_page(office, page, chosen, user)
        assert len(office.sandbox.calls("views.update")) == before + is_turned
    turned = office.sandbox.calls("views.update")[-1]["args"]["view"]
    assert menu["options"][0]["text"]["text"] in words(turned)


def turn_on_page(office: Office, page: dict[str, Any], chosen: dict[str, Any], user: str) -> None:
    body = {
        "type": "block_actions",
        "user": {"id": user, "team_id": TEAM},
        "team": {"id": TEAM},
        "container": {"type": "view", "view_id": page["id"]},
        "view": page | {"app_installed_team_id": TEAM},
        "trigger_id": "trigger.1",
        "actions": [chosen | {"action_ts": "1.1"}],
    }
    assert office.slack.interaction(body)[0] == 200


def test_a_number_that_is_not_here_is_told_in_the_same_words_whether_it_is_elsewhere(office: Office) -> None:
    decide(office, "classify tickets")
    decide(office, "route mail")
    for asked in ("show 2", "show 9"):
        said = words(answered(office, asked, channel_id="CSUPPORT")).replace(asked[-1], "N")
        assert said.startswith("This channel has no decision #N. /tune-or-prompt log lists those it has.")
    for action in (ids.SHOW, ids.REOPEN, ids.WITHDRAW, ids.TODAY, ids.COSTS_THEN, ids.SHARE, ids.EXPORT_ONE):
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
    assert [m["channel"] for m in office.sandbox.messages(made.channel) if not m["ephemeral_to"]] == [CHANNEL]
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


def test_today_is_with_the_settings_of_today(office: Office) -> None:
    accepted(office)
    with office.application.record.writing(TEAM) as tx:
        tx.add_settings(Scope.of_workspace(TEAM), {"enough_examples": 50}, ANA, utc_now())
    shown = press(office, answered(office, "show 1"), "With today's prices")
    assert "Today the same answers lead to “Prompt first: it has not had a fair try”" in words(shown)


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
    assert "Alike: " in thread[alike]
    assert "phone" not in thread[alike]
    message = office.sandbox.messages(CHANNEL, card["ts"])[alike]
    assert "cluster support tickets" in words(press(office, message, "Show #1", is_ephemeral=False))


def test_of_two_with_the_same_answers_each_is_alike_by_its_own_task(office: Office) -> None:
    """Their advice is worked out once; what their tasks say is theirs."""
    answers = SETTLED | {"calls_per_month": 77_777}
    decide(office, "cluster support tickets", answers=answers)
    logged.consult(office, "water the plants of the lobby", answers)
    logged.consult(office, "cluster tickets of support", answers)
    for task, is_alike in (("water the plants of the lobby", False), ("cluster tickets of support", True)):
        card = office.card(task)
        assert card is not None
        said = [words(m) for m in office.sandbox.messages(CHANNEL, card["ts"])]
        assert any("#1 cluster support tickets" in one for one in said) == is_alike, task


def test_nothing_is_shown_where_nothing_is_alike_enough(office: Office) -> None:
    decide(office, "translate poems", chosen="self_host", answers={"data_may_leave": False})
    logged.consult(office, "cluster tickets", SETTLED)
    assert not [m for m in office.sandbox.messages(CHANNEL) if "like this one" in words(m)]
