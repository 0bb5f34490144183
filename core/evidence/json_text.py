"""JSON and JSONL as values."""

from __future__ import annotations

import json
import re
from typing import Any

from core.evidence.found import CannotRead

CUT_OFF = "It is JSON that ends in the middle, or is not valid. Export the results once more."
TOO_DEEP = "It is JSON nested deeper than any results are."

_IS_JSON = re.compile(r'\s*+(?:\{|\[\s*+(?:[\[{"\]]|-?\d|(?:true|false|null)\b))')


def is_json(text: str) -> bool:
    """Whether a text begins as JSON does: "[PASS] …" is the cell of a table."""
    return _IS_JSON.match(text) is not None


def value_of(text: str | bytes) -> Any:
    """The one value in a text. Raises :class:`CannotRead`."""
    try:
        return json.loads(text)
    except RecursionError:
        raise CannotRead(TOO_DEEP) from None
    except ValueError:
        raise CannotRead(CUT_OFF) from None


def values_of(text: str) -> tuple[list[Any], bool]:
    """The values in a text, and whether they are one a line: else there is one. Raises :class:`CannotRead`."""
    try:
        return [json.loads(text)], False
    except RecursionError:
        raise CannotRead(TOO_DEEP) from None
    except ValueError as broken:
        first, _, rest = text.lstrip().partition("\n")
        if not rest.strip() or not _is_whole(first):
            raise CannotRead(CUT_OFF) from broken
    return _lines(text), True


def _is_whole(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _lines(text: str) -> list[Any]:
    values = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            values.append(json.loads(line))
        except RecursionError:
            raise CannotRead(TOO_DEEP) from None
        except ValueError:
            raise CannotRead(
                f"Line {number} of it is not valid JSON. Mend that line, or leave it out."
            ) from None
    return values
