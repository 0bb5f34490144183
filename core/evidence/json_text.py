"""JSON piece by piece: only one row is ever held, and what is not looked at is not built.

What is skipped is not checked for being right.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from core.evidence.found import CannotRead

LONGEST_ROW = 2_000_000
DEEPEST = 64
CUT_OFF = "It is JSON that ends in the middle, or is not valid. Export the results once more."
TOO_DEEP = f"It is JSON nested more than {DEEPEST} levels deep, which no results are."
TOO_LONG = f"One of its rows is longer than {LONGEST_ROW:,} characters. Leave the long texts out, and give me it again."

# Possessive, so that no text can make them slow. A string that never ends goes to the end.
_STRING = r'"[^"\\]*+(?:\\.?[^"\\]*+)*+(?:"|\Z)'
_BRACKET = re.compile(rf"{_STRING}|[\[\]{{}}]", re.DOTALL)
_SCALAR = re.compile(rf"{_STRING}|[^\s,\]}}]++", re.DOTALL)
_SPACE = re.compile(r"\s*+")


def start_of(text: str, at: int = 0) -> int:
    """Where the next thing begins."""
    found = _SPACE.match(text, at)
    assert found is not None
    return found.end()


def end_of(text: str, at: int) -> int:
    """Where the value that begins at ``at`` ends. Raises :class:`CannotRead`."""
    if text[at : at + 1] not in ("{", "["):
        scalar = _SCALAR.match(text, at)
        if scalar is None:
            raise CannotRead(CUT_OFF)
        return scalar.end()
    depth = 0
    for found in _BRACKET.finditer(text, at):
        sign = text[found.start()]
        if sign in "{[":
            depth += 1
            if depth > DEEPEST:
                raise CannotRead(TOO_DEEP)
        elif sign in "}]":
            depth -= 1
            if depth == 0:
                return found.end()
    raise CannotRead(CUT_OFF)


def members(text: str, at: int) -> tuple[dict[str, int], int]:
    """The keys of the object at ``at``, each with where its value begins; and where the object ends."""
    places: dict[str, int] = {}
    at = start_of(text, at + 1)
    while text[at : at + 1] != "}":
        end = end_of(text, at)
        key = value_of(text[at:end])
        colon = start_of(text, end)
        if not isinstance(key, str) or text[colon : colon + 1] != ":":
            raise CannotRead(CUT_OFF)
        places[key] = start_of(text, colon + 1)
        at = _after_comma(text, end_of(text, places[key]), "}")
    return places, at + 1


def elements(text: str, at: int) -> Iterator[Any]:
    """The values in the array at ``at``, one after the other."""
    at = start_of(text, at + 1)
    while text[at : at + 1] != "]":
        end = end_of(text, at)
        if end - at > LONGEST_ROW:
            raise CannotRead(TOO_LONG)
        yield value_of(text[at:end])
        at = _after_comma(text, end, "]")


def _after_comma(text: str, at: int, closing: str) -> int:
    at = start_of(text, at)
    if text[at : at + 1] == ",":
        return start_of(text, at + 1)
    if text[at : at + 1] == closing:
        return at
    raise CannotRead(CUT_OFF)


def lines(text: str) -> Iterator[Any]:
    """The values of JSONL, one a line; empty lines are left out."""
    at = number = 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        number += 1
        if end - at > LONGEST_ROW:
            raise CannotRead(TOO_LONG)
        line = text[at:end].strip()
        at = end + 1
        if not line:
            continue
        if line[0] in "{[":
            end_of(line, 0)  # which refuses what is too deep
        try:
            yield json.loads(line)
        except (ValueError, RecursionError):
            raise CannotRead(
                f"Line {number} of it is not valid JSON. Mend that line, or leave it out."
            ) from None


def value_of(text: str) -> Any:
    """One value. Raises :class:`CannotRead`."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise CannotRead(CUT_OFF) from None
