"""What an attack on the log is made of: decisions with a secret, places, what was stolen, and what left the app."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.decision_log import Decision


@dataclass(frozen=True)
class Made:
    """A decision, who took part in it, and its words: one that people may type, one that nobody does."""

    decision: Decision
    by: str
    word: str
    secret: str


@dataclass(frozen=True)
class Thought:
    """What somebody thinks about alone, and the word in it that nobody else may see."""

    by: str
    secret: str
    consultation: str


@dataclass(frozen=True)
class Where:
    """Who does something, and where. ``channel`` is "" on App Home and on its pages."""

    user: str
    channel: str
    kind: str

    @property
    def is_own(self) -> bool:
        return self.kind in ("direct", "home", "page")


@dataclass
class Stolen:
    """What was shown to anybody: buttons with what they carry, and forms."""

    buttons: list[tuple[str, str]] = field(default_factory=list)
    forms: list[dict[str, Any]] = field(default_factory=list)

    def take(self, shown: Any) -> None:
        for element in _elements(shown):
            pair = (str(element["action_id"]), str(element.get("value") or "{}"))
            if pair not in self.buttons:
                self.buttons.append(pair)


def _elements(shown: Any) -> Iterator[dict[str, Any]]:
    if isinstance(shown, dict):
        if shown.get("type") == "button":
            yield shown
        for inner in shown.values():
            yield from _elements(inner)
    elif isinstance(shown, list | tuple):
        for inner in shown:
            yield from _elements(inner)


@dataclass(frozen=True)
class Published:
    """What others see: everyone in a channel, or whose App Home it is."""

    to: Where
    shown: Any


def left_by(
    call: Mapping[str, Any], at: Callable[[str], Where], home_of: Callable[[str], Where], address: str
) -> Iterator[Any]:
    """What a call of the Web API shows: to the one who acted, or as :class:`Published` to others.

    ``at``: whose a channel is; ``home_of``: the App Home of a person; ``address``: of the sandbox, which has the files.
    """
    method, args = call["method"], call["args"]
    if method in ("views.open", "views.update"):
        yield args["view"]
    elif method == "chat.postEphemeral":
        yield {"text": args["text"], "blocks": args["blocks"]}
    elif method == "chat.postMessage":
        yield Published(Where("", args["channel"], "channel"), [args["text"], args["blocks"]])
    elif method == "views.publish":
        yield Published(home_of(args["user_id"]), args["view"])
    elif method == "files.completeUploadExternal":
        for file in args["files"]:
            yield Published(at(str(args["channel_id"])), _content(f"{address}/files/{file['id']}/x"))


def _content(address: str) -> str:
    request = urllib.request.Request(address, headers={"Authorization": "Bearer xoxb-sandbox"})
    with urllib.request.urlopen(request) as answer:
        return str(answer.read().decode("utf-8", "replace"))
