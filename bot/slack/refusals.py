"""What Slack may answer instead of doing what it is asked, and what follows from each. One table for all of it.

Slack's words are those of its method pages (docs.slack.dev/reference/methods). A word that is not in the table is
taken as one about the message: the thread goes on, and the message is tried again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Kind = Literal["channel", "message", "token", "moment"]
"""What stands in the way.

- ``channel``: we may not post there. A consultation that never had its card is told to its asker and made void; one
  that has it waits, and is tried again at least hourly and after the next word.
- ``message``: Slack does not take this one. It is sent as plain text, or waits beside the others; the thread goes on.
- ``token``: Slack does not know us any more. Nothing of the workspace is sent until it does.
- ``moment``: a trouble of Slack's own that passes.
"""

AWAY = "away"
"""Our word for a Slack that cannot be reached, or whose answer makes no sense."""
RATE_LIMIT = "ratelimited"
BROKEN = "error"
"""Our word for a message that we could not make: a mistake of ours."""

_WORDS: Mapping[Kind, str] = {
    "channel": """
        not_in_channel channel_not_found is_archived no_permission not_allowed access_denied team_access_not_granted
        restricted_action restricted_action_read_only_channel restricted_action_thread_only_channel
        restricted_action_non_threadable_channel restricted_action_thread_locked ekm_access_denied
        messages_tab_disabled cannot_reply_to_message message_limit_exceeded external_channel_migrating
        method_not_supported_for_channel_type user_not_in_channel cannot_dm_bot is_inactive mpim_not_allowed
        thread_not_found team_not_found
    """,
    "token": """
        invalid_auth not_authed account_inactive token_revoked token_expired missing_scope not_allowed_token_type
        no_bot_user app_uninstalled invalid_token two_factor_setup_required enterprise_is_restricted
        org_login_required deprecated_endpoint method_deprecated
    """,
    "moment": """
        ratelimited rate_limited internal_error fatal_error service_unavailable request_timeout team_added_to_org
        accesslimited timeout pending_file update_failed streaming_state_conflict away
    """,
    "message": """
        msg_too_long msg_blocks_too_long no_text invalid_blocks invalid_blocks_format block_mismatch
        invalid_attachments too_many_attachments invalid_metadata_format invalid_metadata_schema
        metadata_must_be_sent_from_app metadata_too_large attachment_payload_limit_exceeded
        slack_connect_canvas_sharing_blocked slack_connect_file_link_sharing_blocked
        slack_connect_lists_sharing_blocked duplicate_message_not_found duplicate_channel_not_found
        invalid_arguments invalid_arg_name invalid_array_arg invalid_charset invalid_form_data invalid_post_type
        missing_post_type error
    """,
}
KINDS: Mapping[str, Kind] = {word: kind for kind, words in _WORDS.items() for word in words.split()}

READ_ONLY = frozenset(
    """
    is_archived no_permission not_allowed restricted_action restricted_action_read_only_channel
    restricted_action_thread_only_channel restricted_action_non_threadable_channel restricted_action_thread_locked
    cannot_reply_to_message
    """.split()  # noqa: SIM905
)
"""Whoever speaks to us is there, but we may not answer there: then in their direct message with us."""

GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed", "cant_broadcast_message"})
"""The message that was to be edited is not there any more, or may not be edited: nothing keeps it up to date."""


def kind_of(word: str) -> Kind:
    """What kind of refusal a word of Slack's is."""
    return KINDS.get(word, "message")


class SlackRefuses(Exception):
    """Slack refuses for a reason that does not pass by itself. ``word`` is Slack's own; ``kind`` what follows."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word

    @property
    def kind(self) -> Kind:
        return kind_of(self.word)
