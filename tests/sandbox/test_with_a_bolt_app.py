"""An ordinary Bolt app works with the sandbox as it is, over Socket Mode."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from bot.sandbox import APP_TOKEN
from tests.support.bolt_app import BoltApp
from tests.support.sandbox_client import SandboxClient, everything_in

FORM: dict[str, Any] = {
    "type": "modal",
    "callback_id": "numbers",
    "title": {"type": "plain_text", "text": "Numbers"},
    "submit": {"type": "plain_text", "text": "Save"},
    "close": {"type": "plain_text", "text": "Cancel"},
    "notify_on_close": True,
    "private_metadata": "consultation 7",
    "blocks": [
        {
            "type": "input",
            "block_id": "volume",
            "label": {"type": "plain_text", "text": "Calls a month"},
            "element": {
                "type": "number_input",
                "action_id": "number",
                "is_decimal_allowed": False,
                "min_value": "1",
            },
        },
        {
            "type": "input",
            "block_id": "where",
            "optional": True,
            "label": {"type": "plain_text", "text": "Where"},
            "element": {
                "type": "conversations_select",
                "action_id": "channel",
                "default_to_current_conversation": True,
                "response_url_enabled": True,
            },
        },
    ],
}

QUESTION: list[dict[str, Any]] = [
    {"type": "section", "block_id": "text", "text": {"type": "mrkdwn", "text": "How many examples?"}},
    {
        "type": "actions",
        "block_id": "answers",
        "elements": [
            {
                "type": "button",
                "action_id": "answer:few",
                "text": {"type": "plain_text", "text": "A few"},
                "value": "few",
            },
            {"type": "button", "action_id": "form", "text": {"type": "plain_text", "text": "Enter a number"}},
            {
                "type": "checkboxes",
                "action_id": "pick",
                "options": [
                    {"text": {"type": "plain_text", "text": "Here"}, "value": "here"},
                    {"text": {"type": "plain_text", "text": "There"}, "value": "there"},
                ],
            },
        ],
    },
]


@pytest.fixture
def app(bolt: BoltApp, sandbox: SandboxClient) -> BoltApp:
    """Answers the command, asks a question, opens a form, and answers what is said to it."""

    @bolt.app.command("/tune-or-prompt")
    def command(ack: Any, body: Any, client: Any, respond: Any) -> None:
        bolt.heard.append(("command", body))
        if body["text"] == "help":
            ack("Usage: say what the model should do")
        elif body["text"] == "form":
            ack()
            client.views_open(trigger_id=body["trigger_id"], view=FORM)
        elif body["text"] == "late":
            ack()
            respond("Only you can see this", response_type="ephemeral")
        elif body["text"] == "silent":
            return
        else:
            ack()
            client.chat_postMessage(channel=body["channel_id"], text="How many examples?", blocks=QUESTION)

    @bolt.app.action("answer:few")
    def answer(ack: Any, body: Any, client: Any) -> None:
        ack()
        bolt.heard.append(("click", body))
        place = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
        client.chat_update(**place, text=f"A few, said <@{body['user']['id']}>", blocks=[])

    @bolt.app.action("form")
    def form(ack: Any, body: Any, client: Any) -> None:
        ack()
        bolt.heard.append(("click", body))
        client.views_open(trigger_id=body["trigger_id"], view=FORM)

    @bolt.app.action("pick")
    def pick(ack: Any, body: Any) -> None:
        ack()
        bolt.heard.append(("click", body))

    @bolt.app.view("numbers")
    def submitted(ack: Any, body: Any, respond: Any) -> None:
        bolt.heard.append(("submission", body))
        number = body["view"]["state"]["values"]["volume"]["number"]["value"]
        if number == "13":
            ack(response_action="errors", errors={"volume": "Not that one."})
        elif number == "2":
            ack(response_action="update", view=FORM | {"blocks": QUESTION[:1], "title": FORM["submit"]})
        else:
            ack()
            respond(f"{number} calls", response_type="in_channel")

    @bolt.app.view_closed("numbers")
    def closed(ack: Any, body: Any) -> None:
        ack()
        bolt.heard.append(("closed", body))

    @bolt.app.event("app_mention")
    def mentioned(body: Any, say: Any) -> None:
        bolt.heard.append(("app_mention", body))
        say("You called?", thread_ts=body["event"]["ts"])

    @bolt.app.event("message")
    def message(body: Any) -> None:
        bolt.heard.append(("message", body))

    @bolt.app.event("app_home_opened")
    def home(body: Any, client: Any) -> None:
        bolt.heard.append(("home", body))
        client.views_publish(user_id=body["event"]["user"], view={"type": "home", "blocks": QUESTION[:1]})

    @bolt.app.shortcut("start_decision")
    def start(ack: Any, body: Any, client: Any) -> None:
        ack()
        bolt.heard.append(("shortcut", body))
        client.views_open(trigger_id=body["trigger_id"], view=FORM)

    @bolt.app.shortcut("decide_in_thread")
    def decide(ack: Any, body: Any, say: Any) -> None:
        ack()
        bolt.heard.append(("message shortcut", body))
        say("Let us decide", thread_ts=body["message"]["ts"])

    bolt.connect()
    sandbox.wait_for_app()
    return bolt


def test_a_command_is_answered_with_a_message_that_has_buttons(app: BoltApp, sandbox: SandboxClient) -> None:
    sandbox.command("Ana", "#ml-platform", "/tune-or-prompt classify <tickets> & more for @Ben in #general")
    question = sandbox.wait_for_text("#ml-platform", "How many examples?")
    assert question["bot_id"] == "BTUNE"
    body = app.bodies("command")[0]
    assert body["text"] == "classify &lt;tickets&gt; &amp; more for <@UBEN|ben> in <#CGENERAL|general>"
    assert (body["user_id"], body["channel_id"], body["team_id"]) == ("UANA", "CMLPLAT", "TSANDBOX")
    assert body["command"] == "/tune-or-prompt"
    assert body["response_url"].startswith(sandbox.address)


def test_the_text_of_an_ack_is_shown_to_the_asker_alone(app: BoltApp, sandbox: SandboxClient) -> None:
    sandbox.command("Ana", "#general", "/tune-or-prompt help")
    usage = sandbox.wait_for_text("#general", "Usage")
    assert usage["ephemeral_to"] == "UANA"


def test_a_response_url_answers_where_the_app_is_not_a_member(app: BoltApp, sandbox: SandboxClient) -> None:
    sandbox.command("Ben", "#general", "/tune-or-prompt late")
    assert sandbox.wait_for_text("#general", "Only you can see this")["ephemeral_to"] == "UBEN"


def test_an_app_that_does_not_ack_within_three_seconds_has_failed(
    app: BoltApp, sandbox: SandboxClient
) -> None:
    sandbox.settings(ack_within=0.3)
    sandbox.command("Ana", "#ml-platform", "/tune-or-prompt silent")
    note = sandbox.wait_for_text("#ml-platform", "failed because the app did not respond")
    assert (note["user"], note["ephemeral_to"]) == ("USLACKBOT", "UANA")


def test_a_click_carries_what_slack_sends_and_the_message_is_edited(
    app: BoltApp, sandbox: SandboxClient
) -> None:
    sandbox.command("Ana", "#ml-platform", "/tune-or-prompt tickets")
    sandbox.press("Ben", sandbox.wait_for_text("#ml-platform", "How many examples?"), "A few")
    edited = sandbox.wait_for_text("#ml-platform", "A few, said <@UBEN>")
    body = app.bodies("click")[0]
    assert body["user"] == {"id": "UBEN", "username": "ben", "name": "ben", "team_id": "TSANDBOX"}
    assert body["container"] == {
        "type": "message",
        "message_ts": edited["ts"],
        "channel_id": "CMLPLAT",
        "is_ephemeral": False,
    }
    assert body["channel"] == {"id": "CMLPLAT", "name": "ml-platform"}
    assert body["message"]["ts"] == edited["ts"]
    assert body["actions"][0]["value"] == "few"
    assert body["actions"][0]["block_id"] == "answers"
    assert body["state"]["values"] == {"answers": {"pick": {"type": "checkboxes", "selected_options": []}}}


def test_what_is_ticked_on_a_message_is_still_ticked_at_the_next_click(
    app: BoltApp, sandbox: SandboxClient
) -> None:
    sandbox.command("Ana", "#ml-platform", "/tune-or-prompt tickets")
    question = sandbox.wait_for_text("#ml-platform", "How many examples?")
    sandbox.click("Ana", question["channel"], question["ts"], "answers", "pick", ["here", "there"])
    sandbox.press("Ana", question, "A few")
    ticked, pressed = app.bodies("click")
    assert [option["value"] for option in ticked["actions"][0]["selected_options"]] == ["here", "there"]
    state = pressed["state"]["values"]["answers"]["pick"]["selected_options"]
    assert [option["value"] for option in state] == ["here", "there"]


def test_a_form_is_opened_refused_and_sent(app: BoltApp, sandbox: SandboxClient) -> None:
    sandbox.command("Ana", "#ml-platform", "/tune-or-prompt form")
    view = sandbox.wait_for(lambda state: state["views"].get("UANA"))[-1]
    assert view["state"]["values"]["where"]["channel"]["selected_conversation"] == "CMLPLAT"

    assert sandbox.submit("Ana", view["id"]) == {"errors": {"volume": "Please complete this required field."}}
    assert sandbox.submit("Ana", view["id"], {"volume": {"number": "x"}}) == {
        "errors": {"volume": "Please enter a valid number."}
    }
    assert app.bodies("submission") == []
    assert sandbox.submit("Ana", view["id"], {"volume": {"number": 13}}) == {
        "errors": {"volume": "Not that one."}
    }
    assert sandbox.view("Ana") is not None

    assert sandbox.submit("Ana", view["id"], {"volume": {"number": 80000}}) is None
    assert sandbox.view("Ana") is None
    said = sandbox.wait_for_text("#ml-platform", "80000 calls")
    assert said["ephemeral_to"] is None
    body = app.bodies("submission")[-1]
    assert body["view"]["private_metadata"] == "consultation 7"
    assert body["view"]["state"]["values"]["volume"]["number"] == {"type": "number_input", "value": "80000"}
    assert body["response_urls"][0]["channel_id"] == "CMLPLAT"


def test_a_form_can_turn_into_another_one(app: BoltApp, sandbox: SandboxClient) -> None:
    sandbox.global_shortcut("Ana", "start_decision")
    view = sandbox.wait_for(lambda state: state["views"].get("UANA"))[-1]
    assert "channel" not in app.bodies("shortcut")[0]
    assert sandbox.submit("Ana", view["id"], {"volume": {"number": "2"}}) is None
    shown = sandbox.view("Ana")
    assert shown is not None
    assert (shown["id"], shown["title"]["text"]) == (view["id"], "Save")
    assert shown["hash"] != view["hash"]


def test_closing_a_form_is_told_to_an_app_that_asked(app: BoltApp, sandbox: SandboxClient) -> None:
    sandbox.command("Ana", "#ml-platform", "/tune-or-prompt form")
    view = sandbox.wait_for(lambda state: state["views"].get("UANA"))[-1]
    sandbox.close("Ana", view["id"])
    assert sandbox.view("Ana") is None
    assert app.bodies("closed")[0]["view"]["id"] == view["id"]


def test_a_mention_arrives_as_both_of_its_events(app: BoltApp, sandbox: SandboxClient) -> None:
    said = sandbox.say("Ana", "#ml-platform", "@Tune or Prompt classify tickets")
    reply = sandbox.wait_for_text("#ml-platform", "You called?")
    assert reply["thread_ts"] == said["ts"]
    mention, message = app.bodies("app_mention")[0], app.bodies("message")[0]
    assert mention["event"]["text"] == message["event"]["text"] == "<@UTUNE> classify tickets"
    assert mention["event"]["ts"] == message["event"]["ts"] == said["ts"]
    assert message["event"]["channel_type"] == "channel"
    assert "channel_type" not in mention["event"]
    assert mention["event_id"] != message["event_id"]
    assert mention["authorizations"][0]["user_id"] == "UTUNE"


def test_without_a_history_scope_only_the_mention_arrives(app: BoltApp, sandbox: SandboxClient) -> None:
    sandbox.scopes("commands", "chat:write", "app_mentions:read")
    sandbox.say("Ana", "#ml-platform", "no mention here")
    sandbox.say("Ana", "#ml-platform", "@tune or prompt, and here?")
    sandbox.wait_for_text("#ml-platform", "You called?")
    assert len(app.bodies("app_mention")) == 1
    assert app.bodies("message") == []


def test_a_mention_where_the_app_is_not_invited_reaches_nobody(app: BoltApp, sandbox: SandboxClient) -> None:
    sandbox.say("Ana", "#general", "@Tune or Prompt classify tickets")
    assert "/invite" in sandbox.wait_for_text("#general", "not in this channel")["text"]
    sandbox.command("Ana", "#general", "/invite @Tune or Prompt")
    sandbox.say("Ana", "#general", "@Tune or Prompt classify tickets")
    sandbox.wait_for_text("#general", "You called?")
    assert len(app.bodies("app_mention")) == 1


def test_the_home_tab_is_published_for_the_one_who_opens_it(app: BoltApp, sandbox: SandboxClient) -> None:
    sandbox.open_home("Chen")
    home = sandbox.wait_for(lambda state: state["homes"].get("UCHEN"))
    assert home["blocks"][0]["text"]["text"] == "How many examples?"
    assert app.bodies("home")[0]["event"]["tab"] == "home"
    assert sandbox.home("Ana") is None


def test_a_message_shortcut_brings_its_message(app: BoltApp, sandbox: SandboxClient) -> None:
    said = sandbox.say("Ana", "#support-eng", "should we tune?")
    sandbox.message_shortcut("Ben", "decide_in_thread", "#support-eng", said["ts"])
    assert sandbox.wait_for_text("#support-eng", "Let us decide")["thread_ts"] == said["ts"]
    body = app.bodies("message shortcut")[0]
    assert body["message"]["text"] == "should we tune?"
    assert body["channel"]["name"] == "support-eng"


def test_a_trigger_works_once_and_for_three_seconds(app: BoltApp, sandbox: SandboxClient) -> None:
    sandbox.command("Ana", "#ml-platform", "/tune-or-prompt form")
    sandbox.wait_for(lambda state: state["views"].get("UANA"))
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        app.client.views_open(trigger_id=app.bodies("command")[0]["trigger_id"], view=FORM)
    sandbox.command("Ana", "#ml-platform", "/tune-or-prompt help")
    sandbox.let_time_pass(4)
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        app.client.views_open(trigger_id=app.bodies("command")[1]["trigger_id"], view=FORM)


@pytest.mark.parametrize("reason", ["refresh_requested", "warning", "drop"])
def test_the_app_comes_back_after_the_connection_ends(
    app: BoltApp, sandbox: SandboxClient, reason: str
) -> None:
    sandbox.disconnect(reason)
    sandbox.wait_for_app(timeout=15)
    time.sleep(0.2)
    sandbox.wait_for_app(timeout=15)
    sandbox.command("Ana", "#ml-platform", "/tune-or-prompt tickets")
    assert "How many" in everything_in(sandbox.wait_for_text("#ml-platform", "How many examples?"))


def test_several_connections_share_the_envelopes(app: BoltApp, sandbox: SandboxClient) -> None:
    second = BoltApp(app.app, app.client)
    second.connect()
    try:
        for number in range(4):
            sandbox.say("Ana", "#ml-platform", f"message {number}")

        def sent(state: Any) -> list[Any]:
            return [one for one in state["deliveries"] if one["type"] == "events_api"]

        sandbox.wait_for(lambda state: len(sent(state)) >= 4 and all(one["acked"] for one in sent(state)))
        assert len(app.bodies("message")) == 4
    finally:
        second.leave(lambda: sandbox.disconnect("drop"))


def test_an_address_for_a_connection_works_once(sandbox: SandboxClient) -> None:
    address = WebClient(base_url=sandbox.api_url).apps_connections_open(app_token=APP_TOKEN)["url"]
    with connect(address) as link:
        assert json.loads(link.recv(timeout=5))["type"] == "hello"
    with pytest.raises(InvalidStatus, match="403"):
        connect(address)


def test_an_event_that_is_not_acknowledged_comes_again(sandbox: SandboxClient, bolt: BoltApp) -> None:
    sandbox.say("Ana", "#ml-platform", "is anybody there?")
    heard = []

    @bolt.app.event("message")
    def message(body: Any, request: Any) -> None:
        heard.append((body["event_id"], request.headers.get("x-slack-retry-num")))

    sandbox.wait_for(lambda state: len(state["deliveries"]) == 2)
    bolt.connect()
    sandbox.wait_for_app()
    sandbox.let_time_pass(61)
    deliveries = sandbox.wait_for(lambda state: len(state["deliveries"]) == 3 and state["deliveries"])
    sandbox.wait_for(lambda state: state["deliveries"][-1]["acked"])
    assert heard == [(deliveries[0]["payload"]["event_id"], ["2"])]
    assert [one["retry_attempt"] for one in deliveries] == [0, 1, 2]


def test_the_app_hears_of_what_people_edit_and_delete(app: BoltApp, sandbox: SandboxClient) -> None:
    root = sandbox.say("Ana", "#ml-platform", "80k cals, @Tune or Prompt")
    reply = sandbox.say("Ben", "#ml-platform", "more", root["ts"])
    sandbox.edit("Ana", root, "80k calls, @Tune or Prompt")
    sandbox.delete("Ben", reply)
    sandbox.say("Ben", "#ml-platform", "less", root["ts"])
    sandbox.delete("Ana", root)
    sandbox.wait_for(
        lambda _state: len([one for one in app.bodies("message") if "subtype" in one["event"]]) >= 3 or None
    )
    heard = [one["event"] for one in app.bodies("message") if "previous_message" in one["event"]]
    edited = next(one for one in heard if one.get("message", {}).get("text", "").startswith("80k calls"))
    assert edited["previous_message"]["text"] == "80k cals, <@UTUNE>"
    assert edited["message"]["edited"]["user"] == "UANA"
    gone = next(one for one in heard if one["subtype"] == "message_deleted")
    assert (gone["deleted_ts"], gone["previous_message"]["text"]) == (reply["ts"], "more")
    tomb = next(one for one in heard if one.get("message", {}).get("subtype") == "tombstone")
    assert (tomb["message"]["ts"], tomb["previous_message"]["user"]) == (root["ts"], "UANA")
    again = [one["event"] for one in app.bodies("app_mention")]
    assert [one.get("edited", {}).get("user") for one in again] == [None, "UANA"]
