"""What a button carries: which consultation and question it belongs to, and what its presser had before their eyes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from bot.decision_log.records import Place

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Press:
    """The value of a button, as compact JSON of at most 2,000 characters.

    seq: the number of the newest answer to the question that the message showed (0: none), by which a click on a
    message that is out of date is recognised. values: case values that the button
    stands for: a usual answer as its label said it, or what was understood and waits for a yes.
    task: a task to start with. before, way: the page of the log, and the pages passed on the way to it. query: the
    words and filters that the log was asked with.
    """

    consultation: str = ""
    question: str = ""
    seq: int = 0
    values: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    task: str = ""
    before: Place | None = None
    way: tuple[Place | None, ...] = ()
    query: str = ""

    def __str__(self) -> str:
        carried: dict[str, Any] = {
            "c": self.consultation,
            "q": self.question,
            "s": self.seq,
            "v": dict(self.values),
            "t": self.task,
            "f": self.query,
            "b": self.before,
            "w": list(self.way),
        }
        kept = {key: value for key, value in carried.items() if value not in ("", 0, None, {}, [])}
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":")) if kept else "{}"


def read_press(value: str | None) -> Press:
    """The inverse of ``str(press)``. A value that is not ours (an old message's, a forged one) gives an empty press."""
    try:
        carried = json.loads(value or "{}")
    except (ValueError, RecursionError):
        return Press()
    if not isinstance(carried, dict):
        return Press()
    values, way = carried.get("v"), carried.get("w")
    return Press(
        consultation=_text(carried.get("c")),
        question=_text(carried.get("q")),
        seq=_whole(carried.get("s")) or 0,
        values=values if isinstance(values, dict) else NOTHING,
        task=_text(carried.get("t")),
        query=_text(carried.get("f")),
        before=_place(carried.get("b")),
        way=tuple(map(_place, way)) if isinstance(way, list) else (),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _place(value: object) -> Place | None:
    if not isinstance(value, list) or len(value) != 2:
        return None
    channel, number = _text(value[0]), _whole(value[1])
    return Place(channel, number) if channel and number is not None else None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
