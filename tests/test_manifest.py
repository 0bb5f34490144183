"""manifest.yml is what Slack takes, and what the code knows."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from bot.serving.http import PATH
from bot.serving.oauth import REDIRECT, SCOPES
from bot.views import ids

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "manifest.yml").read_text(encoding="utf-8")
SCHEMA = json.loads((ROOT / "tests/vectors/manifest.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def manifest() -> dict[str, Any]:
    return yaml.safe_load(TEXT)  # type: ignore[no-any-return]


def over_http(text: str) -> str:
    """The manifest with the lines marked HTTP changed, as README.md says."""
    text = re.sub(r"# HTTP: ((?:request_url|redirect_urls|url): .*)", r"\1", text)
    return re.sub(r"socket_mode_enabled: true # HTTP: false", "socket_mode_enabled: false", text)


def test_slack_takes_it(manifest: dict[str, Any]) -> None:
    jsonschema.Draft7Validator(SCHEMA).validate(manifest)


def test_slack_takes_it_over_http_once_the_marked_lines_are_changed() -> None:
    changed = yaml.safe_load(over_http(TEXT))
    jsonschema.Draft7Validator(SCHEMA).validate(changed)
    assert changed["settings"]["socket_mode_enabled"] is False
    urls = {
        changed["settings"]["interactivity"]["request_url"],
        changed["settings"]["event_subscriptions"]["request_url"],
        *(command["url"] for command in changed["features"]["slash_commands"]),
    }
    assert urls == {f"https://YOUR-HOST{PATH}"}
    assert changed["oauth_config"]["redirect_urls"] == [f"https://YOUR-HOST{REDIRECT}"]


def test_the_page_of_installing_asks_for_the_scopes_of_the_manifest(manifest: dict[str, Any]) -> None:
    scopes = manifest["oauth_config"]["scopes"]
    assert list(SCOPES) == [*scopes["bot"], *scopes["bot_optional"]]


def test_commands_are_those_of_the_code(manifest: dict[str, Any]) -> None:
    commands = manifest["features"]["slash_commands"]
    assert [command["command"] for command in commands] == list(ids.COMMANDS)
    assert all(command["should_escape"] for command in commands)


def test_shortcuts_are_those_of_the_code(manifest: dict[str, Any]) -> None:
    shortcuts = manifest["features"]["shortcuts"]
    of_type = {
        kind: {s["callback_id"] for s in shortcuts if s["type"] == kind} for kind in ("global", "message")
    }
    assert of_type == {"global": set(ids.GLOBAL_SHORTCUTS), "message": set(ids.MESSAGE_SHORTCUTS)}


def test_events_are_those_of_the_code(manifest: dict[str, Any]) -> None:
    assert sorted(manifest["settings"]["event_subscriptions"]["bot_events"]) == sorted(ids.EVENTS)


def test_scopes_are_the_least_that_work(manifest: dict[str, Any]) -> None:
    assert manifest["oauth_config"]["scopes"] == {
        "bot": ["commands", "chat:write", "app_mentions:read"],
        "bot_optional": ["channels:history", "groups:history", "im:history", "files:write", "files:read"],
    }


def test_direct_messages_can_be_typed_and_tokens_do_not_expire(manifest: dict[str, Any]) -> None:
    assert manifest["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert manifest["settings"]["token_rotation_enabled"] is False
    assert manifest["settings"]["org_deploy_enabled"] is True
