"""The listeners and the names by which Slack calls them, held against each other both ways."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from bot.slack.listeners import buttons, commands, forms, home, lifecycle, mentions, shortcuts, threads
from bot.slack.listeners.desk import Desk
from bot.views import ids

MANIFEST = yaml.safe_load((Path(__file__).parents[2] / "manifest.yml").read_text(encoding="utf-8"))


class Registrations:
    """Stands where Bolt's App does, and remembers what is registered."""

    def __init__(self) -> None:
        self.known: dict[str, set[Any]] = {}

    def __getattr__(self, kind: str) -> Any:
        def register(name: Any) -> Any:
            self.known.setdefault(kind, set()).add(getattr(name, "pattern", name))
            return lambda listener: listener

        return register


def registered() -> dict[str, set[Any]]:
    app: Any = Registrations()
    desk = Desk(None, None, None, None, None, None)  # type: ignore[arg-type]  # nothing is called while registering
    for listener in (commands, mentions, threads, shortcuts, buttons, forms, home, lifecycle):
        listener.register(app, desk)
    return app.known


def test_every_command_of_the_manifest_has_a_listener_and_no_other() -> None:
    offered = {command["command"] for command in MANIFEST["features"]["slash_commands"]}
    assert registered()["command"] == offered == set(ids.COMMANDS)


def test_every_shortcut_of_the_manifest_has_a_listener_and_no_other() -> None:
    offered = {(shortcut["type"], shortcut["callback_id"]) for shortcut in MANIFEST["features"]["shortcuts"]}
    listening = {("global", name) for name in registered()["global_shortcut"]}
    listening |= {("message", name) for name in registered()["message_shortcut"]}
    assert listening == offered


def test_every_event_of_the_manifest_has_a_listener_and_no_other() -> None:
    subscribed = set(MANIFEST["settings"]["event_subscriptions"]["bot_events"])
    heard = {"message" if event.startswith("message.") else event for event in subscribed}
    assert registered()["event"] == heard
    assert subscribed == set(ids.EVENTS)


def test_every_action_that_a_view_can_send_has_a_listener_and_no_other() -> None:
    assert registered()["action"] == {ids.pattern(name).pattern for name in ids.ACTIONS}
    assert set(buttons.PRESSED) == set(ids.ACTIONS)


def test_every_form_has_a_listener_and_no_other() -> None:
    assert registered()["view"] == set(ids.FORMS)
