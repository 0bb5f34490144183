"""The state file: what of a workspace survives a restart of the sandbox.

Channels, messages, App Homes, files, scheduled messages and the app's tokens do. Open forms, ephemeral messages,
triggers and response_urls do not, as in Slack when a client is closed.
"""

from __future__ import annotations

import base64
import json
import os
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, TypeVar

from bot.sandbox.workspace import Channel, Json, Message, Scheduled, StoredFile, View, Workspace

VERSION = 1

Kept = TypeVar("Kept", Channel, Message, Scheduled, View)


def dumped(workspace: Workspace) -> Json:
    """What is kept, as JSON."""
    return {
        "version": VERSION,
        "passed": workspace.passed,
        "channels": [asdict(one) for one in workspace.channels.values()],
        "messages": [asdict(one) for one in workspace.messages if one.ephemeral_to is None],
        "homes": [asdict(one) for one in workspace.homes.values()],
        "scheduled": [asdict(one) for one in workspace.scheduled.values()],
        "bot_tokens": workspace.bot_tokens,
        "files": [_file_out(one) for one in workspace.files.values() if one.complete],
    }


def write(workspace: Workspace, path: Path) -> None:
    """Write the state file whole, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(json.dumps(dumped(workspace), ensure_ascii=False), encoding="utf-8")
    os.replace(fresh, path)


def read(workspace: Workspace, path: Path) -> str | None:
    """Fill the workspace from the state file, if there is one.

    A file that cannot be read is put aside; the sentence that is returned says so.
    """
    if not path.exists():
        return None
    try:
        _fill(workspace, json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError):
        aside = path.with_name(f"{path.name}.unreadable")
        os.replace(path, aside)
        return f"The state file could not be read. It is now {aside}, and the sandbox starts empty."
    return None


def _fill(workspace: Workspace, state: Json) -> None:
    if state["version"] != VERSION:
        raise ValueError("another version")
    channels = [_made(Channel, one) for one in state["channels"]]
    messages = [_made(Message, one) for one in state["messages"]]
    homes = [_made(View, one) for one in state["homes"]]
    scheduled = [_made(Scheduled, one) for one in state["scheduled"]]
    files = [_file_in(one) for one in state["files"]]
    workspace.passed = max(0.0, float(state.get("passed", 0.0)))
    workspace.channels |= {one.id: one for one in channels}
    for message in messages:
        workspace.restore(message)
    workspace.homes = {one.user: one for one in homes}
    workspace.bot_tokens = state.get("bot_tokens", workspace.bot_tokens)
    workspace.scheduled = {one.id: one for one in scheduled}
    workspace.files = {one.id: one for one in files}


def _made(kind: type[Kept], values: Json) -> Kept:
    """Fields that a newer version wrote and this one does not know are left out."""
    known = {one.name for one in fields(kind)}
    return kind(**{key: value for key, value in values.items() if key in known})


def _file_out(file: StoredFile) -> Json:
    return asdict(file) | {"content": base64.b64encode(file.content).decode()}


def _file_in(values: Json) -> StoredFile:
    content: Any = base64.b64decode(values["content"])
    return StoredFile(**(values | {"content": content}))
