"""Every error that Slack documents for what we call, and what follows from it.

The words are those of the method pages (docs.slack.dev/reference/methods/<method>, "Errors"), looked up for this test;
what follows from each is our reading of their explanations. What people see of each kind is in test_outbox.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.sandbox.tokens import BOT_TOKEN
from bot.slack.fetching import NotFetched
from bot.slack.refusals import KINDS, READ_ONLY, SlackRefuses
from bot.slack.web_api import CannotLook, CannotUpload, Gone, Slack, TooLate, Wait
from bot.views.document import Form, Home, Text
from bot.views.usage import help_message
from tests.support.deliveries import ANA, CHANNEL
from tests.support.office import Ear
from tests.support.sandbox_client import SandboxClient

Outcome = str
"""The kind of a refusal; or "later", "gone", "too late", "no file", "cannot look", "expired"."""

OF_ANY_METHOD: Mapping[Outcome, str] = {
    "token": """
        not_authed invalid_auth account_inactive token_revoked token_expired org_login_required missing_scope
        not_allowed_token_type two_factor_setup_required enterprise_is_restricted method_deprecated
        deprecated_endpoint
    """,
    "channel": "access_denied no_permission ekm_access_denied team_access_not_granted",
    "message": """
        invalid_arguments invalid_arg_name invalid_array_arg invalid_charset invalid_form_data invalid_post_type
        missing_post_type
    """,
    "later": """
        ratelimited accesslimited request_timeout service_unavailable team_added_to_org fatal_error internal_error
    """,
}

OF_ONE_METHOD: Mapping[str, Mapping[Outcome, str]] = {
    "chat.postMessage": {
        "channel": """
            channel_not_found not_in_channel is_archived restricted_action restricted_action_read_only_channel
            restricted_action_thread_only_channel restricted_action_non_threadable_channel
            restricted_action_thread_locked message_limit_exceeded messages_tab_disabled cannot_reply_to_message
            team_not_found
        """,
        "message": """
            msg_too_long msg_blocks_too_long no_text too_many_attachments as_user_not_supported invalid_blocks
            invalid_blocks_format invalid_metadata_format invalid_metadata_schema metadata_too_large
            metadata_must_be_sent_from_app duplicate_message_not_found duplicate_channel_not_found
            slack_connect_file_link_sharing_blocked
        """,
        "later": "rate_limited",
    },
    "chat.update": {
        "channel": "channel_not_found is_inactive external_channel_migrating team_not_found",
        "gone": "message_not_found cant_update_message edit_window_closed cant_broadcast_message",
        "message": "block_mismatch invalid_attachments invalid_blocks msg_too_long no_text metadata_too_large",
        "later": "update_failed streaming_state_conflict",
    },
    "chat.postEphemeral": {
        "channel": "channel_not_found is_archived restricted_action user_not_in_channel",
        "message": "msg_too_long no_text too_many_attachments as_user_not_supported",
    },
    "views.open": {
        "too late": "expired_trigger_id exchanged_trigger_id invalid_trigger_id",
        "message": "duplicate_external_id view_too_large",
    },
    "views.publish": {"message": "hash_conflict duplicate_external_id view_too_large not_enabled"},
    "files.getUploadURLExternal": {"no file": "file_uploads_disabled file_type_not_allowed unknown_subtype"},
    "files.completeUploadExternal": {
        "no file": "invalid_channel posting_to_channel_denied file_not_found file_update_failed"
    },
    "files.info": {"no file": "file_not_found file_deleted"},
    "conversations.replies": {"channel": "channel_not_found thread_not_found", "message": "invalid_cursor"},
    "conversations.history": {"channel": "channel_not_found not_in_channel", "message": "invalid_cursor"},
}

INSTEAD: Mapping[tuple[str, Outcome], Outcome] = {
    (method, kind): "no file"
    for method in ("files.getUploadURLExternal", "files.completeUploadExternal", "files.info")
    for kind in ("token", "channel", "message")
}
"""What we do without is refused whole: a picture is drawn by Slack, a file is asked for once more."""
OPENING = {("views.open", "later"): "too late"}
"""A form is wanted at once or not at all."""
NO_HISTORY = ("missing_scope", "not_allowed_token_type")
"""We may not look: what was sent is then not looked for."""

TABLE = [
    (method, word, {**INSTEAD, **OPENING}.get((method, outcome), outcome))
    for method, own in OF_ONE_METHOD.items()
    for of_all in (OF_ANY_METHOD, own)
    for outcome, words in of_all.items()
    for word in words.split()
]

LOOKS = ("conversations.replies", "conversations.history")
HOME = Home((Text("what is open"),))
FORM = Form("Figures", (Text("what is asked"),))
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def calls(slack: Slack) -> Mapping[str, Callable[[], Any]]:
    """What the app does by each method."""
    said = help_message()
    return {
        "chat.postMessage": lambda: slack.post(CHANNEL, said),
        "chat.update": lambda: slack.update(CHANNEL, "1.000001", said),
        "chat.postEphemeral": lambda: slack.whisper(CHANNEL, ANA, said) or "told",
        "views.open": lambda: slack.open_view("1.2.trigger", FORM),
        "views.publish": lambda: slack.publish_home(ANA, HOME),
        "files.getUploadURLExternal": lambda: slack.upload("chart.png", b"png", "a chart"),
        "files.completeUploadExternal": lambda: slack.upload("chart.png", b"png", "a chart"),
        "files.info": lambda: slack.fetch("F1", 1000),
        "conversations.replies": lambda: slack.find(CHANNEL, "1.000001", "nonce", LONG_AGO),
        "conversations.history": lambda: slack.find(CHANNEL, None, "nonce", LONG_AGO),
    }


def outcome(call: Callable[[], Any]) -> Outcome:
    """What came of a call that Slack refused."""
    try:
        call()
    except CannotLook:
        return "cannot look"
    except SlackRefuses as refused:
        return refused.kind
    except Wait:
        return "later"
    except Gone:
        return "gone"
    except TooLate:
        return "too late"
    except (CannotUpload, NotFetched):
        return "no file"
    return "done"


@pytest.fixture
def web_api(sandbox: SandboxClient) -> Slack:
    client = WebClient(BOT_TOKEN, base_url=sandbox.api_url)
    return Slack(lambda: client)


@pytest.mark.parametrize("method", OF_ONE_METHOD)
def test_every_documented_error_has_its_consequence(
    method: str, web_api: Slack, sandbox: SandboxClient
) -> None:
    call = calls(web_api)[method]
    mine = {word: expected for name, word, expected in TABLE if name == method}
    came = {}
    for word in mine:
        sandbox.fail(method, error=word, times=3)  # three: as it is, without its table, as text
        came[word] = outcome(call)
        sandbox.mend()
    if method == "chat.postEphemeral":
        mine |= dict.fromkeys(READ_ONLY & mine.keys(), "done")  # it is said in private
    if method in LOOKS:
        mine |= dict.fromkeys(NO_HISTORY, "cannot look")
    assert came == mine


def test_the_table_holds_every_word_that_we_know_of_and_many_more_than_sixty() -> None:
    words = {word for _, word, _ in TABLE}
    assert len(words) >= 60
    assert len(TABLE) >= 300
    of_posting = {word for method, word, _ in TABLE if method.startswith("chat.")}
    assert {word for word in KINDS if word not in words} <= OTHERWISE_SEEN, of_posting


OTHERWISE_SEEN = frozenset(
    """
    not_allowed method_not_supported_for_channel_type cannot_dm_bot mpim_not_allowed no_bot_user app_uninstalled
    invalid_token timeout pending_file away error attachment_payload_limit_exceeded
    slack_connect_canvas_sharing_blocked slack_connect_lists_sharing_blocked
    """.split()  # noqa: SIM905
)
"""Words of older pages, of methods beside these, and our own two."""


@pytest.mark.parametrize(
    ("status", "said", "expected"),
    [
        (404, "used_url", "expired"),
        (404, "expired_url", "expired"),
        (403, "action_prohibited", "expired"),
        (410, "channel_is_archived", "expired"),
        (400, "invalid_payload", "expired"),
        (429, "rate_limited", "later"),
        (500, "rollup_error", "later"),
        (503, "service_unavailable", "later"),
    ],
)
def test_what_a_response_url_may_say(
    status: int, said: str, expected: Outcome, web_api: Slack, ear: Ear
) -> None:
    ear.answer = (status, said)
    try:
        came = "told" if web_api.respond(ear.url, help_message()) else "expired"
    except Wait:
        came = "later"
    assert came == expected
