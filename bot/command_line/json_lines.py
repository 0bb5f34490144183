"""JSON lines: an object a line in, an object a line out, in the same order, whatever a line holds."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, TextIO

from bot.command_line.terminal import visible

LONGEST_LINE = 1_000_000
"""Bytes; no case comes near."""
LONGEST_REPLY_LINE = 50_000_000
"""Bytes; a reply that is far too long is still told so by the reader, in its own words."""
LONGEST_ERROR = 500

Object = dict[str, Any]


class BadInput(ValueError):
    """Text that is not one JSON object; its message says why, in a sentence."""


def answer_lines(
    lines: Iterable[bytes],
    out: TextIO,
    answer: Callable[[Object], Object],
    refusals: type[Exception],
    longest: int = LONGEST_LINE,
) -> None:
    """Write ``answer`` to each line; for one that cannot be read, or is refused, ``{"error": "..."}``.

    A line is written out as soon as it is answered, so that the other end of a pipe need not wait.
    """
    for line in lines:
        out.write(
            json.dumps(_answered(line, answer, refusals, longest), allow_nan=False, default=_plain) + "\n"
        )
        out.flush()


def _answered(
    line: bytes, answer: Callable[[Object], Object], refusals: type[Exception], longest: int
) -> Object:
    try:
        return answer(read_object(line, longest))
    except (BadInput, refusals) as refused:
        return {"error": _short(str(refused))}
    except Exception as bug:  # one line that trips us must not take the others with it
        print(*map(visible, traceback.format_exc().split("\n")), sep="\n", file=sys.stderr)
        return {"error": f"this line could not be worked out ({type(bug).__name__})"}


def read_object(text: bytes, longest: int = LONGEST_LINE) -> Object:
    """One JSON object, decimals as they were typed. Raises :class:`BadInput`."""
    if len(text) > longest:
        raise BadInput(f"longer than {longest:,} bytes")
    try:
        decoded = text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"not UTF-8: byte {error.start + 1} cannot be read") from None
    if not decoded.strip():
        raise BadInput("nothing there: expected a JSON object")
    try:
        found = json.loads(
            decoded, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_each_key_once
        )
    except BadInput:
        raise
    except json.JSONDecodeError as error:
        raise BadInput(f"not JSON: {error.msg}, at character {error.pos + 1}") from None
    except (ValueError, ArithmeticError, RecursionError):
        raise BadInput(
            "not JSON that can be read: a number is too long, or it is nested too deeply"
        ) from None
    if not isinstance(found, dict):
        raise BadInput(f"a JSON {_kind(found)}, where an object such as {{}} was expected")
    return found


def printed(value: Object) -> str:
    """An object as JSON for people, indented."""
    return json.dumps(value, indent=2, allow_nan=False, default=_plain)


def _no_number(text: str) -> None:
    raise BadInput(f"not JSON: {text} is no number")


def _each_key_once(pairs: list[tuple[str, Any]]) -> Object:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise BadInput(f"{_short(twice)} is given twice")
    return found


def _kind(value: object) -> str:
    kinds = {list: "list", str: "string", bool: "boolean", type(None): "null"}
    return kinds.get(type(value), "number")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_ERROR else text[: LONGEST_ERROR - 1] + "…"


def _plain(value: object) -> int | float:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
