"""The Web API answers as Slack does, its errors included."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.webhook import WebhookClient

from bot.sandbox import APP_TOKEN, BOT_TOKEN
from tests.support.sandbox_client import SandboxClient, SandboxError
from tests.support.sandboxed import running_sandbox

CHANNEL = "CMLPLAT"
SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}}
BUTTON = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}


@pytest.fixture(scope="module")
def shared() -> Iterator[SandboxClient]:
    with running_sandbox() as client:
        yield client


@pytest.fixture
def slack(shared: SandboxClient) -> WebClient:
    return WebClient(BOT_TOKEN, base_url=shared.api_url)


def modal(**changes: Any) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": {"type": "plain_text", "text": "A form"},
        "blocks": [SECTION],
    } | changes


def refusal(call: Any, **args: Any) -> Any:
    with pytest.raises(SlackApiError) as caught:
        call(**args)
    return caught.value.response


def a_trigger(shared: SandboxClient) -> str:
    """Of a command that nobody answered."""
    shared.command("Ana", "#ml-platform", "/tune-or-prompt x")
    return str(last_payload(shared, "slash_commands")["trigger_id"])


def a_response_url(shared: SandboxClient, channel: str = "#ml-platform") -> str:
    shared.command("Ana", channel, "/tune-or-prompt x")
    return str(last_payload(shared, "slash_commands")["response_url"])


def last_payload(shared: SandboxClient, type: str) -> dict[str, Any]:
    """What was last sent to the app under this type, events and their retries apart."""
    sent = [one["payload"] for one in shared.state()["deliveries"] if one["type"] == type]
    return dict(sent[-1])


def test_auth_test_says_who_the_app_is_and_what_it_may(slack: WebClient) -> None:
    answer = slack.auth_test()
    assert (answer["user_id"], answer["bot_id"], answer["team_id"]) == ("UTUNE", "BTUNE", "TSANDBOX")
    assert "chat:write" in answer.headers["x-oauth-scopes"]


def test_the_app_may_be_installed_for_a_whole_organisation(slack: WebClient, shared: SandboxClient) -> None:
    shared.settings(enterprise_id="E1", is_enterprise_install=True)
    try:
        answer = slack.auth_test()
        assert (answer["enterprise_id"], answer["is_enterprise_install"]) == ("E1", True)
        shared.command("Ana", CHANNEL, "/tune-or-prompt help")
        sent = last_payload(shared, "slash_commands")
        assert (sent["enterprise_id"], sent["is_enterprise_install"]) == ("E1", "true")
        shared.say("Ana", CHANNEL, "@Tune or Prompt hello")
        [entry] = last_payload(shared, "events_api")["authorizations"]
        assert (entry["enterprise_id"], entry["is_enterprise_install"]) == ("E1", True)
    finally:
        shared.settings(enterprise_id="", is_enterprise_install=False)
    assert "enterprise_id" not in slack.auth_test()


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        ("xoxb-wrong", "auth.test", "invalid_auth"),
        ("", "auth.test", "not_authed"),
        (APP_TOKEN, "chat.postMessage", "not_allowed_token_type"),
        (BOT_TOKEN, "apps.connections.open", "not_allowed_token_type"),
        (BOT_TOKEN, "chat.shout", "unknown_method"),
        (BOT_TOKEN, "users.info", "missing_scope"),
        (BOT_TOKEN, "conversations.info", "missing_scope"),
    ],
)
def test_who_may_not_is_told_why(shared: SandboxClient, token: str, method: str, error: str) -> None:
    slack = WebClient(token, base_url=shared.api_url)
    assert refusal(slack.api_call, api_method=method)["error"] == error


def test_a_message_is_posted_threaded_edited_and_deleted(slack: WebClient, shared: SandboxClient) -> None:
    root = slack.chat_postMessage(channel=CHANNEL, text="Root", blocks=[SECTION])
    assert root["message"]["blocks"][0]["block_id"]
    reply = slack.chat_postMessage(channel=CHANNEL, text="Reply", thread_ts=root["ts"])
    assert float(reply["ts"]) > float(root["ts"])
    thread = slack.conversations_replies(channel=CHANNEL, ts=root["ts"])["messages"]
    assert [one["text"] for one in thread] == ["Root", "Reply"]
    assert thread[0]["reply_count"] == 1
    edited = slack.chat_update(channel=CHANNEL, ts=reply["ts"], text="Better")
    assert edited["message"]["edited"]["user"] == "UTUNE"
    slack.chat_delete(channel=CHANNEL, ts=reply["ts"])
    assert len(slack.conversations_replies(channel=CHANNEL, ts=root["ts"])["messages"]) == 1
    assert (
        refusal(slack.chat_update, channel=CHANNEL, ts=reply["ts"], text="x")["error"] == "message_not_found"
    )


def test_an_edit_without_blocks_keeps_them_and_one_with_none_takes_them_away(slack: WebClient) -> None:
    ts = slack.chat_postMessage(channel=CHANNEL, text="Root", blocks=[SECTION])["ts"]
    kept = slack.chat_update(channel=CHANNEL, ts=ts, text="Still")
    assert kept["message"]["blocks"][0]["type"] == "section"
    bare = slack.chat_update(channel=CHANNEL, ts=ts, text="Bare", blocks=[])
    assert "blocks" not in bare["message"]


@pytest.mark.parametrize(
    ("method", "args", "error"),
    [
        ("chat.postMessage", {"channel": "CNONE", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "CGENERAL", "text": "x"}, "not_in_channel"),
        ("chat.postMessage", {"channel": CHANNEL}, "no_text"),
        ("chat.postMessage", {"channel": CHANNEL, "text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
        ("chat.postMessage", {"channel": CHANNEL, "blocks": "words"}, "invalid_blocks_format"),
        ("chat.postMessage", {"channel": CHANNEL, "text": "x", "metadata": "{}x"}, "invalid_metadata_format"),
        (
            "chat.postMessage",
            {"channel": CHANNEL, "text": "x", "metadata": {"event_type": 1}},
            "invalid_metadata_schema",
        ),
        (
            "chat.postMessage",
            {"channel": CHANNEL, "text": "x", "attachments": [{"text": "y"}] * 101},
            "too_many_attachments",
        ),
        (
            "chat.postMessage",
            {
                "channel": CHANNEL,
                "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}}] * 5,
            },
            "msg_blocks_too_long",
        ),
        ("chat.update", {"channel": CHANNEL, "ts": "1.000001", "text": "x"}, "message_not_found"),
        ("chat.delete", {"channel": CHANNEL, "ts": "1.000001"}, "message_not_found"),
        ("chat.postEphemeral", {"channel": CHANNEL, "user": "UNOBODY", "text": "x"}, "user_not_in_channel"),
        ("chat.postEphemeral", {"channel": "CGENERAL", "user": "UANA", "text": "x"}, "not_in_channel"),
        ("chat.getPermalink", {"channel": CHANNEL, "message_ts": "1.000001"}, "message_not_found"),
        ("chat.scheduleMessage", {"channel": CHANNEL, "text": "x", "post_at": 5}, "time_in_past"),
        ("chat.scheduleMessage", {"channel": CHANNEL, "text": "x", "post_at": 9_999_999_999}, "time_too_far"),
        (
            "chat.deleteScheduledMessage",
            {"channel": CHANNEL, "scheduled_message_id": "Q1"},
            "invalid_scheduled_message_id",
        ),
        ("conversations.replies", {"channel": CHANNEL, "ts": "1.000001"}, "thread_not_found"),
        ("conversations.history", {"channel": "CGENERAL"}, "not_in_channel"),
        ("views.open", {"trigger_id": "1.2.3", "view": modal()}, "invalid_trigger_id"),
        ("views.update", {"view_id": "V1", "view": modal()}, "not_found"),
        ("views.publish", {"user_id": "UANA", "view": modal()}, "invalid_arguments"),
        ("views.publish", {"user_id": "UNOBODY", "view": modal(type="home")}, "user_not_found"),
        ("files.completeUploadExternal", {"files": [{"id": "F1"}]}, "file_not_found"),
    ],
)
def test_slacks_errors(slack: WebClient, method: str, args: dict[str, Any], error: str) -> None:
    assert refusal(slack.api_call, api_method=method, json=args)["error"] == error


def test_invalid_blocks_say_where(slack: WebClient) -> None:
    header = {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}
    answer = refusal(slack.chat_postMessage, channel=CHANNEL, text="x", blocks=[SECTION, header])
    assert answer["error"] == "invalid_blocks"
    said = "must be less than 151 characters [json-pointer:/blocks/1/text/text]"
    assert answer["errors"] == [said]
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {said}"]


def test_an_edit_takes_less_text_than_a_message(slack: WebClient) -> None:
    ts = slack.chat_postMessage(channel=CHANNEL, text="x" * 40_001)["ts"]
    assert len(slack.conversations_replies(channel=CHANNEL, ts=ts)["messages"][0]["text"]) == 40_000
    assert refusal(slack.chat_update, channel=CHANNEL, ts=ts, text="x" * 4001)["error"] == "msg_too_long"


def test_what_a_person_wrote_cannot_be_edited_by_the_app(slack: WebClient, shared: SandboxClient) -> None:
    ts = shared.say("Ana", "#ml-platform", "mine")["ts"]
    assert refusal(slack.chat_update, channel=CHANNEL, ts=ts, text="x")["error"] == "cant_update_message"
    assert refusal(slack.chat_delete, channel=CHANNEL, ts=ts)["error"] == "cant_delete_message"


def test_metadata_comes_back_only_when_asked_for(slack: WebClient) -> None:
    mark = {"event_type": "card", "event_payload": {"revision": 3}}
    root = slack.chat_postMessage(channel=CHANNEL, text="Root")["ts"]
    slack.chat_postMessage(channel=CHANNEL, text="Card", thread_ts=root, metadata=mark)
    without = slack.conversations_replies(channel=CHANNEL, ts=root)["messages"]
    asked = slack.conversations_replies(channel=CHANNEL, ts=root, include_all_metadata=True)["messages"]
    assert "metadata" not in without[1]
    assert asked[1]["metadata"] == mark


def test_reading_needs_the_history_scope_of_the_channels_kind(
    slack: WebClient, shared: SandboxClient
) -> None:
    granted = shared.scopes()
    try:
        shared.scopes(*(set(granted) - {"channels:history"}))
        answer = refusal(slack.conversations_replies, channel=CHANNEL, ts="1.000001")
        assert (answer["error"], answer["needed"]) == ("missing_scope", "channels:history")
        assert "chat:write" in answer["provided"]
    finally:
        shared.scopes(*granted)


def test_pages_of_replies_are_joined_by_a_cursor(slack: WebClient) -> None:
    root = slack.chat_postMessage(channel=CHANNEL, text="0")["ts"]
    for number in range(1, 5):
        slack.chat_postMessage(channel=CHANNEL, text=str(number), thread_ts=root)
    answer = slack.conversations_replies(channel=CHANNEL, ts=root, limit=2)
    pages = [([one["text"] for one in page["messages"]], page["has_more"]) for page in answer]
    assert pages == [(["0", "1"], True), (["2", "3"], True), (["4"], False)]


def test_a_call_can_be_made_to_fail(slack: WebClient, shared: SandboxClient) -> None:
    shared.fail("chat.postMessage", status=429, retry_after=7)
    shared.fail("chat.postMessage", error="fatal_error")
    limited = refusal(slack.chat_postMessage, channel=CHANNEL, text="first")
    assert (limited.status_code, limited["error"]) == (429, "ratelimited")
    assert limited.headers["Retry-After"] == "7"
    assert refusal(slack.chat_postMessage, channel=CHANNEL, text="second")["error"] == "fatal_error"
    assert slack.chat_postMessage(channel=CHANNEL, text="third")["ok"]
    texts = [message["text"] for message in shared.messages("#ml-platform")]
    assert "first" not in texts
    assert "third" in texts


def test_a_call_can_have_its_effect_and_lose_its_answer(slack: WebClient, shared: SandboxClient) -> None:
    shared.fail("chat.postMessage", status=500, after=True)
    assert refusal(slack.chat_postMessage, channel=CHANNEL, text="posted all the same").status_code == 500
    assert shared.messages("#ml-platform")[-1]["text"] == "posted all the same"


def test_the_sdks_own_retry_gets_through_a_rate_limit(slack: WebClient, shared: SandboxClient) -> None:
    slack.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=1))
    shared.fail("chat.postMessage", status=429, retry_after=1)
    start = time.monotonic()
    assert slack.chat_postMessage(channel=CHANNEL, text="patient")["ok"]
    assert time.monotonic() - start >= 1


def test_a_response_url_has_five_uses(shared: SandboxClient) -> None:
    url = a_response_url(shared)
    answers = [WebhookClient(url).send(text=f"answer {number}") for number in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert "used_url" in answers[-1].body
    shown = [one for one in shared.messages("#ml-platform") if one["text"].startswith("answer")]
    assert {one["ephemeral_to"] for one in shown} == {"UANA"}


def test_a_response_url_ends_after_thirty_minutes(shared: SandboxClient) -> None:
    url = a_response_url(shared)
    shared.let_time_pass(30 * 60 + 1)
    assert "expired_url" in WebhookClient(url).send(text="late").body


def test_a_response_url_replaces_and_deletes_its_message(slack: WebClient, shared: SandboxClient) -> None:
    button = {"type": "actions", "block_id": "b", "elements": [BUTTON]}
    ts = slack.chat_postEphemeral(channel=CHANNEL, user="UANA", text="Pages", blocks=[button])["message_ts"]
    shared.click("Ana", CHANNEL, ts, "b", "go")
    payload = last_payload(shared, "interactive")
    assert payload["container"]["is_ephemeral"] is True
    assert "message" not in payload
    webhook = WebhookClient(payload["response_url"])
    assert webhook.send(text="Page 2", replace_original=True).status_code == 200
    pages = [one for one in shared.messages("#ml-platform") if one["ts"] == ts]
    assert [one["text"] for one in pages] == ["Page 2"]
    assert webhook.send(delete_original=True).status_code == 200
    assert ts not in [one["ts"] for one in shared.messages("#ml-platform")]
    assert webhook.send(text="x" * 10, blocks=[{"type": "nonsense"}]).body == "invalid_blocks"


def test_views_are_pushed_updated_and_limited_to_three(slack: WebClient, shared: SandboxClient) -> None:
    first = slack.views_open(trigger_id=a_trigger(shared), view=modal(external_id="one"))["view"]
    assert first["root_view_id"] == first["id"]
    assert (
        refusal(slack.views_open, trigger_id=a_trigger(shared), view=modal(external_id="one"))["error"]
        == "duplicate_external_id"
    )
    second = slack.views_push(trigger_id=a_trigger(shared), view=modal())["view"]
    assert second["previous_view_id"] == first["id"]
    slack.views_push(trigger_id=a_trigger(shared), view=modal())
    assert (
        refusal(slack.views_push, trigger_id=a_trigger(shared), view=modal())["error"] == "push_limit_reached"
    )
    changed = slack.views_update(view_id=first["id"], hash=first["hash"], view=modal(private_metadata="new"))
    assert changed["view"]["private_metadata"] == "new"
    stale = refusal(slack.views_update, view_id=first["id"], hash=first["hash"], view=modal())
    assert stale["error"] == "hash_conflict"
    top = shared.view("Ana")
    assert top is not None
    shared.close("Ana", top["id"])
    below = shared.view("Ana")
    assert below is not None
    assert below["id"] == second["id"]


def test_a_home_is_published_with_a_hash_against_races(slack: WebClient) -> None:
    home = {"type": "home", "blocks": [SECTION]}
    first = slack.views_publish(user_id="UBEN", view=home)["view"]
    slack.views_publish(user_id="UBEN", view=home, hash=first["hash"])
    stale = refusal(slack.views_publish, user_id="UBEN", view=home, hash=first["hash"])
    assert stale["error"] == "hash_conflict"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"title": {"type": "plain_text", "text": "x" * 25}}, "must be less than 25 characters"),
        ({"private_metadata": "x" * 3001}, "must be less than 3001 characters"),
        ({"callback_id": "x" * 256}, "must be less than 256 characters"),
        ({"title": None}, "missing required field: title"),
        ({"blocks": [{"type": "divider"}] * 101}, "no more than 100 items allowed"),
        ({"blocks": [{"type": "table", "rows": []}]}, "unsupported type: table"),
    ],
)
def test_what_slack_refuses_in_a_view(
    slack: WebClient, shared: SandboxClient, changes: dict[str, Any], error: str
) -> None:
    view = {key: value for key, value in modal(**changes).items() if value is not None}
    answer = refusal(
        slack.api_call, api_method="views.open", json={"trigger_id": a_trigger(shared), "view": view}
    )
    assert answer["error"] == "invalid_arguments"
    assert error in answer["response_metadata"]["messages"][0]


def test_a_view_that_is_too_large_is_refused(slack: WebClient, shared: SandboxClient) -> None:
    text = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}}
    answer = refusal(slack.views_open, trigger_id=a_trigger(shared), view=modal(blocks=[text] * 90))
    assert answer["error"] == "view_too_large"


def test_a_scheduled_message_comes_when_its_time_has_passed(slack: WebClient, shared: SandboxClient) -> None:
    root = slack.chat_postMessage(channel=CHANNEL, text="Decision")["ts"]
    at = int(time.time()) + 90 * 24 * 3600
    later = slack.chat_scheduleMessage(channel=CHANNEL, post_at=at, text="Still right?", thread_ts=root)
    listed = slack.chat_scheduledMessages_list(channel=CHANNEL)["scheduled_messages"]
    assert [one["id"] for one in listed] == [later["scheduled_message_id"]]
    shared.let_time_pass(89 * 24 * 3600)
    assert len(shared.messages("#ml-platform", root)) == 1
    shared.let_time_pass(2 * 24 * 3600)
    assert shared.messages("#ml-platform", root)[-1]["text"] == "Still right?"


def test_scheduling_is_limited_and_can_be_undone(slack: WebClient, shared: SandboxClient) -> None:
    at = (int(time.time() + shared.health()["passed"]) // 300 + 10) * 300
    made = [slack.chat_scheduleMessage(channel="CSUPPORT", post_at=at, text="x") for _ in range(30)]
    answer = refusal(slack.chat_scheduleMessage, channel="CSUPPORT", post_at=at, text="x")
    assert answer["error"] == "restricted_too_many"
    for one in made:
        slack.chat_deleteScheduledMessage(
            channel="CSUPPORT", scheduled_message_id=one["scheduled_message_id"]
        )
    assert slack.chat_scheduledMessages_list(channel="CSUPPORT")["scheduled_messages"] == []


def test_a_file_is_uploaded_and_shared_in_a_thread(slack: WebClient, shared: SandboxClient) -> None:
    root = slack.chat_postMessage(channel=CHANNEL, text="Costs")["ts"]
    slack.files_upload_v2(
        content=b"month,cost\n1,20\n",
        filename="costs.csv",
        title="Costs",
        alt_txt="Costs by month",
        channel=CHANNEL,
        thread_ts=root,
        initial_comment="The figures",
    )
    shared_message = slack.conversations_replies(channel=CHANNEL, ts=root)["messages"][1]
    assert shared_message["text"] == "The figures"
    file = shared_message["files"][0]
    assert (file["title"], file["mimetype"]) == ("Costs", "text/csv")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    request = urllib.request.Request(file["url_private"], headers={"Authorization": f"Bearer {BOT_TOKEN}"})
    assert opener.open(request).read() == b"month,cost\n1,20\n"
    assert b"month" not in opener.open(file["url_private"]).read()


def test_a_file_that_somebody_drops_is_there_for_the_app_that_may_read_files(
    slack: WebClient, shared: SandboxClient
) -> None:
    message = shared.drop("Ana", CHANNEL, "über uns.csv", b"correct\n1\n", text="here")
    assert (message["subtype"], message["text"]) == ("file_share", "here")
    file = slack.files_info(file=message["files"][0]["id"])["file"]
    assert (file["name"], file["size"], file["user"]) == ("über uns.csv", 10, "UANA")
    request = urllib.request.Request(file["url_private"], headers={"Authorization": f"Bearer {BOT_TOKEN}"})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    assert opener.open(request).read() == b"correct\n1\n"
    granted = shared.scopes()
    shared.scopes(*(set(granted) - {"files:read"}))
    try:
        with pytest.raises(SlackApiError, match="missing_scope"):
            slack.files_info(file=file["id"])
        assert opener.open(request).read() != b"correct\n1\n"
    finally:
        shared.scopes(*granted)


def test_a_file_in_a_channel_without_the_app_is_not_there_for_it(
    slack: WebClient, shared: SandboxClient
) -> None:
    message = shared.drop("Ana", "general", "a.csv", b"correct\n1\n")
    with pytest.raises(SlackApiError, match="file_not_found"):
        slack.files_info(file=message["files"][0]["id"])


def upload(slack: WebClient) -> dict[str, Any]:
    """A picture of the app's, shared nowhere, as a block."""
    done = slack.files_upload_v2(file=b"\x89PNG", filename="costs.png", alt_txt="Costs")
    return {"type": "image", "slack_file": {"id": done["files"][0]["id"]}, "alt_text": "Costs"}


def test_a_picture_can_be_shown_once_it_is_processed(slack: WebClient, shared: SandboxClient) -> None:
    shared.settings(file_processing=0.4)
    try:
        block = upload(slack)
        answer = refusal(slack.chat_postMessage, channel=CHANNEL, text="x", blocks=[block])
        assert answer["error"] == "invalid_blocks"
        assert "invalid slack file" in answer["response_metadata"]["messages"][0]
        time.sleep(0.5)
        assert slack.chat_postMessage(channel=CHANNEL, text="x", blocks=[block])["ok"]
    finally:
        shared.settings(file_processing=0)


def test_a_file_that_is_not_there_cannot_be_shown(slack: WebClient) -> None:
    block = {"type": "image", "slack_file": {"id": "FNONE"}, "alt_text": "Costs"}
    assert (
        refusal(slack.chat_postMessage, channel=CHANNEL, text="x", blocks=[block])["error"]
        == "invalid_blocks"
    )


def test_blocks_can_be_refused_by_type(slack: WebClient, shared: SandboxClient) -> None:
    shared.settings(refused_blocks=["section"])
    try:
        answer = refusal(slack.chat_postMessage, channel=CHANNEL, text="x", blocks=[SECTION])
        assert answer["response_metadata"]["messages"] == [
            "[ERROR] unsupported type: section [json-pointer:/blocks/0/type]"
        ]
        assert slack.chat_postMessage(channel=CHANNEL, text="x", blocks=[{"type": "divider"}])["ok"]
    finally:
        shared.settings(refused_blocks=[])


def test_an_upload_can_be_made_to_fail(slack: WebClient, shared: SandboxClient) -> None:
    shared.fail("upload", status=503)
    with pytest.raises(urllib.error.HTTPError):
        upload(slack)
    assert upload(slack)


def test_a_message_to_a_person_goes_to_their_direct_message(slack: WebClient) -> None:
    assert slack.chat_postMessage(channel="UANA", text="Hello")["channel"] == "DANA"


def test_arguments_may_be_a_form_or_json(shared: SandboxClient) -> None:
    slack = WebClient(BOT_TOKEN, base_url=shared.api_url)
    blocks = json.dumps([SECTION])
    args = {"channel": CHANNEL, "text": "x", "blocks": blocks}
    assert slack.api_call("chat.postMessage", data=args)["message"]["blocks"]
    assert slack.api_call("chat.postMessage", json=args)["message"]["blocks"]


@pytest.mark.parametrize(
    "wrong", [{"name": 5}, {"user": 5}, {"channel": ["C"]}, {"content": 7}, {"text": {}}]
)
def test_a_wrong_argument_of_the_control_api_is_named(shared: SandboxClient, wrong: dict[str, Any]) -> None:
    right = {"user": "Ana", "channel": CHANNEL, "name": "a.csv", "content": "YQ=="}
    with pytest.raises(SandboxError, match=f"{next(iter(wrong))} has to be a text"):
        shared.post("drop", **(right | wrong))
