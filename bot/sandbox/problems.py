"""What a reading of blocks finds wrong, and the kinds of values that are looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.workspace import Json


@dataclass(slots=True)
class Check:
    """One reading of one set of blocks: where the reading is (`surface`) and what it found."""

    surface: str
    problems: list[str] = field(default_factory=list)

    def say(self, problem: str, path: str) -> None:
        self.problems.append(f"{problem} [json-pointer:{path}]")

    def known_fields(self, thing: Json, allowed: Iterable[str], path: str) -> None:
        for key in sorted(set(thing) - set(allowed) - {"type", "block_id", "action_id"}):
            self.say(f"invalid additional property: {key}", path)

    def string(self, thing: Json, key: str, path: str, limit: int, *, required: bool = False) -> None:
        value = thing.get(key)
        if value is None:
            if required:
                self.say(f"missing required field: {key}", path)
        elif not isinstance(value, str):
            self.say("must provide a string", f"{path}/{key}")
        elif required and not value:
            self.say("must be more than 0 characters", f"{path}/{key}")
        elif len(value) > limit:
            self.say(f"must be less than {limit + 1} characters", f"{path}/{key}")

    def text(
        self, thing: Json, key: str, path: str, limit: int, *, required: bool = False, mrkdwn: bool = False
    ) -> None:
        """A text object under `key`; `mrkdwn` says that it need not be plain."""
        value = thing.get(key)
        if value is None:
            if required:
                self.say(f"missing required field: {key}", path)
            return
        self.text_object(value, f"{path}/{key}", limit, mrkdwn=mrkdwn)

    def text_object(self, value: Any, path: str, limit: int, *, mrkdwn: bool) -> None:
        if not isinstance(value, dict):
            return self.say("must provide an object", path)
        kinds = ("plain_text", "mrkdwn") if mrkdwn else ("plain_text",)
        if value.get("type") not in kinds:
            self.say(f"unsupported type: {value.get('type')}", f"{path}/type")
        extra = {"verbatim"} if value.get("type") == "mrkdwn" else {"emoji"}
        self.known_fields(value, {"text"} | extra, path)
        return self.string(value, "text", path, limit, required=True)

    def items(
        self, thing: Json, key: str, path: str, most: int, *, least: int = 1, required: bool = True
    ) -> list[Any]:
        """The list under `key`, empty if it is none."""
        value = thing.get(key)
        if value is None:
            if required:
                self.say(f"missing required field: {key}", path)
            return []
        if not isinstance(value, list):
            self.say("must provide an array", f"{path}/{key}")
            return []
        if len(value) > most:
            self.say(f"no more than {most} items allowed", f"{path}/{key}")
        if len(value) < least:
            self.say(f"no fewer than {least} items allowed", f"{path}/{key}")
        return value

    def one_of(self, thing: Json, key: str, path: str, allowed: Sequence[Any]) -> None:
        if key in thing and thing[key] not in allowed:
            self.say(f"must be one of {', '.join(map(str, allowed))}", f"{path}/{key}")

    def number(self, thing: Json, key: str, path: str, low: int, high: int) -> None:
        value = thing.get(key)
        if value is not None and (not isinstance(value, int) or not low <= value <= high):
            self.say(f"must be a number between {low} and {high}", f"{path}/{key}")


def texts_in(thing: Any) -> Iterable[str]:
    if isinstance(thing, list):
        for part in thing:
            yield from texts_in(part)
    elif isinstance(thing, dict):
        for key, value in thing.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from texts_in(value)
