"""Payloads of every kind that Slack sends, about a consultation that is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.views import ids
from bot.views.press import Press
from tests.support.deliveries import ANA, BOT, CHANNEL, TEAM, of_ours

SECRET = "Frau Schmidt"
TEXT = f"{SECRET} mit Konto 4711"
"""What somebody writes, which must be in no log."""


@dataclass(frozen=True)
class Recorded:
    """One payload; ``command``: it is the fields of a form rather than JSON."""

    name: str
    payload: dict[str, Any]
    command: bool = False


def recorded(consultation: str, root: str, url: str) -> list[Recorded]:
    """Them all. ``root``: of the consultation's thread. ``url``: where people can be answered."""
    commands = [
        Recorded(f"command {text!r}", command(text, url), command=True)
        for text in ("", "help", "log", "show 1", "stats", "word", f"sort what {TEXT} sends")
    ]
    happened = [Recorded(f"event {name}", event(what)) for name, what in events(root).items()]
    pressed = [
        Recorded(f"click {action}", click(action, value, root, url))
        for action, value in clicks(consultation).items()
    ]
    sent = [Recorded(f"form {name}", form(name, *what)) for name, what in forms_of(consultation).items()]
    return [*commands, *happened, *pressed, *sent, *others(root, url)]


def command(text: str, url: str) -> dict[str, Any]:
    return {
        "token": "xoxb-secret", "team_id": TEAM, "team_domain": "acme", "channel_id": CHANNEL,
        "channel_name": "ml-platform", "user_id": ANA, "user_name": "ana", "command": "/tune-or-prompt", "text": text,
        "api_app_id": "ATUNE", "is_enterprise_install": "false", "response_url": url, "trigger_id": "1.2.a",
    }  # fmt: skip


def event(what: Mapping[str, Any]) -> dict[str, Any]:
    us = {
        "enterprise_id": None,
        "team_id": TEAM,
        "user_id": BOT,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": "xoxb-secret", "team_id": TEAM, "api_app_id": "ATUNE", "event": dict(what), "type": "event_callback",
        "event_id": "Ev1", "event_time": 1_700_000_000, "authorizations": [us], "is_ext_shared_channel": False,
    }  # fmt: skip


def events(root: str) -> dict[str, dict[str, Any]]:
    typed = {"type": "message", "user": ANA, "channel": CHANNEL, "channel_type": "channel", "ts": "1.000001",
             "text": f"43 of 50, says {TEXT}"}  # fmt: skip
    mention = typed | {"type": "app_mention", "text": f"<@{BOT}|tune> sort what {TEXT} sends"}
    file = {"id": "F1", "name": "a.csv", "size": 10, "filetype": "csv", "mode": "hosted"}
    return {
        "mention": mention,
        "mention in a thread": mention | {"thread_ts": "9.000001", "text": f"<@{BOT}> summary"},
        "mention by a workflow": {k: v for k, v in mention.items() if k != "user"} | {"bot_id": "B9"},
        "reply": typed | {"thread_ts": root, "parent_user_id": BOT},
        "broadcast": typed | {"thread_ts": root, "subtype": "thread_broadcast"},
        "file": typed | {"thread_ts": root, "subtype": "file_share", "files": [file]},
        "stub": typed | {"thread_ts": root, "files": [{"id": "F2", "file_access": "check_file_info"}]},
        "edit": typed | {"subtype": "message_changed", "message": {"text": TEXT}, "hidden": True},
        "home": {"type": "app_home_opened", "user": ANA, "channel": "DHOME", "tab": "home"},
        "channel": {"type": "channel_id_changed", "old_channel_id": "GOLD", "new_channel_id": "CNEW"},
        "revoked": {"type": "tokens_revoked", "tokens": {"oauth": [ANA], "bot": []}},
        "joined": {"type": "member_joined_channel", "user": ANA, "channel": CHANNEL},
    }


def _interaction(kind: str, url: str = "") -> dict[str, Any]:
    return {
        "type": kind, "user": {"id": ANA, "username": "ana", "name": "ana", "team_id": TEAM}, "api_app_id": "ATUNE",
        "token": "xoxb-secret", "trigger_id": "1.2.a", "team": {"id": TEAM, "domain": "acme"}, "enterprise": None,
        "is_enterprise_install": False, "response_url": url,
    }  # fmt: skip


def clicks(consultation: str) -> dict[str, Press]:
    asked = Press(consultation, "data_may_leave", 0)
    return {
        "answer:data_may_leave:yes": asked,
        "not_sure:data_may_leave": asked,
        "picked:reasons": asked,
        "skip_rest": asked,
        "form:data_may_leave": asked,
        "accept": Press(consultation),
        "evidence:0": Press(consultation, values={"post": 1, "step": 1}),
        "adopt": Press(consultation, values={"calls_per_month": 80_000}),
        "right": Press(consultation, values={"calls_per_month": 80_000}),
        "log_page": Press(before=3, way=(None,)),
        "show:1": Press(),
        "start_task": Press(task=TEXT),
        "home_start": Press(),
        "settings:work": Press(),
        "setting_default:engineer_per_hour": Press(seq=0),
    }


def click(action: str, value: Press, root: str, url: str) -> dict[str, Any]:
    container = {
        "type": "message",
        "message_ts": root,
        "channel_id": CHANNEL,
        "is_ephemeral": False,
        "thread_ts": root,
    }
    pressed = {
        "type": "button",
        "action_id": action,
        "block_id": "b",
        "value": str(value),
        "action_ts": "1.000002",
    }
    ticked = {"b": {"pick:reasons": {"type": "checkboxes", "selected_options": [{"value": "cost"}]}}}
    return _interaction("block_actions", url) | {
        "container": container, "channel": {"id": CHANNEL, "name": "ml-platform"}, "actions": [pressed],
        "message": {"ts": root, "text": TEXT, "blocks": []}, "state": {"values": ticked},
    }  # fmt: skip


def forms_of(consultation: str) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """What each form carries, and what was typed into it."""
    about = {"channel": CHANNEL, "c": consultation}
    typed = {ids.VALUE: {"type": "plain_text_input", "value": f"sort what {TEXT} sends"}}
    picked = {ids.VALUE: {"type": "radio_buttons", "selected_option": {"value": "yes"}}}
    leave = ids.choice_block("data_may_leave")
    return {
        ids.START_FORM: ({"channel": CHANNEL, "tell": ""}, {ids.TASK: typed, leave: picked}),
        ids.QUESTION_FORM: (about | {"q": "data_may_leave", "s": 0}, {leave: picked}),
        ids.OVERRIDE_FORM: (
            about,
            {ids.VERDICT: {ids.VALUE: {"selected_option": {"value": "fine_tune"}}}, ids.WHY: typed},
        ),
        ids.ASSUMPTIONS_FORM: (about, {ids.assumption_block("prompt_tokens"): {ids.VALUE: {"value": "900"}}}),
        ids.SETTINGS_FORM: (
            {"g": "work", "s": 0},
            {ids.setting_block("engineer_per_hour"): {ids.VALUE: {"value": "90"}}},
        ),
    }


def form(callback_id: str, carried: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    view = {
        "id": "V1", "hash": "h1", "type": "modal", "team_id": TEAM, "callback_id": callback_id,
        "private_metadata": of_ours(carried), "state": {"values": dict(values)}, "app_installed_team_id": TEAM,
        "bot_id": "BTUNE", "blocks": [{"type": "input", "block_id": block, "element": {"type": "plain_text_input"}}
                                      for block in values],
    }  # fmt: skip
    return _interaction("view_submission") | {"view": view, "response_urls": []}


def others(root: str, url: str) -> list[Recorded]:
    message = {"ts": root, "text": TEXT, "user": ANA, "thread_ts": root}
    shortcut = _interaction("message_action", url) | {"callback_id": ids.DECIDE_IN_THREAD, "message": message,
                                                      "channel": {"id": CHANNEL, "name": "ml-platform"}}  # fmt: skip
    return [
        Recorded("shortcut", _interaction("shortcut") | {"callback_id": ids.START_DECISION}),
        Recorded("message shortcut", shortcut),
        Recorded("closed", _interaction("view_closed") | {"view": {"id": "V1"}, "is_cleared": False}),
        Recorded("suggestion", _interaction("block_suggestion") | {"action_id": "x", "value": TEXT}),
        Recorded("greeting", {"type": "url_verification", "challenge": "abc", "token": "xoxb-secret"}),
    ]
