"""What messages look like: drawn when they are to be sent, and otherwise only compared."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from bot.slack.blocks import Message, message
from bot.views.document import Document, Parts

KEPT = 500
"""Messages of which it is known what they look like; of more than these the oldest are forgotten."""

Key = tuple[str, str, int]
"""A workspace, a consultation in it, and the number of one of its posts."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a message is to show, as it is sent, and what that looks like."""

    document: Document
    message: Message
    looks: str

    @classmethod
    def of(cls, document: Document) -> Drawn:
        drawn = message(document)
        return cls(document, drawn, digest(drawn))


@dataclass
class Looks:
    """What the messages of late looked like: most of a thread's say what they said before, and need not be drawn."""

    _known: OrderedDict[Key, tuple[Parts, str]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def known(self, key: Key, document: Document) -> str | None:
        """What the message looks like, if it says the same as the last time."""
        with self._lock:
            parts, looks = self._known.get(key, (None, None))
        return looks if parts == document.parts else None

    def keep(self, key: Key, drawn: Drawn) -> None:
        """It looks like this."""
        with self._lock:
            self._known[key] = drawn.document.parts, drawn.looks
            self._known.move_to_end(key)
            if len(self._known) > KEPT:
                self._known.popitem(last=False)


def digest(drawn: Message) -> str:
    """What a message looks like, whatever its block ids are: two that look the same need no edit."""
    looks = [{key: value for key, value in block.items() if key != "block_id"} for block in drawn.blocks]
    text = json.dumps([drawn.text, looks], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
