"""The sandbox offers what the app's manifest says."""

from __future__ import annotations

from pathlib import Path

import yaml

from bot.sandbox.workspace import DEFAULT_SCOPES, InstalledApp

MANIFEST = yaml.safe_load((Path(__file__).parents[2] / "manifest.yml").read_text(encoding="utf-8"))


def test_commands_and_shortcuts_are_those_of_the_manifest() -> None:
    app, features = InstalledApp(), MANIFEST["features"]
    assert list(app.commands) == [one["command"] for one in features["slash_commands"]]
    offered = {(one.name, one.callback_id, one.type) for one in app.shortcuts}
    assert offered == {(one["name"], one["callback_id"], one["type"]) for one in features["shortcuts"]}


def test_events_and_scopes_are_those_of_the_manifest() -> None:
    asked = MANIFEST["oauth_config"]["scopes"]
    assert sorted(InstalledApp().events) == sorted(MANIFEST["settings"]["event_subscriptions"]["bot_events"])
    assert set(DEFAULT_SCOPES) == {*asked["bot"], *asked["bot_optional"]}
