"""What a file was read as, as JSON and back: reading happens in a process of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from core.evidence.found import Doubt, Evidence, Found, Unreadable, WayToCount, use_from_json


def found_to_json(found: Found) -> dict[str, Any]:
    """What was found, as values of JSON."""
    match found:
        case Evidence():
            told = asdict(replace(found, verdicts=None))
            del told["verdicts"]
            return {"is": "evidence", **told}
        case Doubt():
            ways = [{"says": way.says, "use": way.use.to_json()} for way in found.choices]
            return {"is": "doubt", "asks": found.asks, "about": found.about, "choices": ways}
        case Unreadable():
            return {"is": "unreadable", "because": found.because}


def found_from_json(told: Mapping[str, Any]) -> Found:
    """The inverse of :func:`found_to_json`. Raises :class:`KeyError` and :class:`TypeError` for anything else."""
    rest = {key: value for key, value in told.items() if key != "is"}
    match told["is"]:
        case "evidence":
            return Evidence(**rest)
        case "doubt":
            ways = (WayToCount(way["says"], use_from_json(way["use"])) for way in rest["choices"])
            return Doubt(rest["asks"], rest["about"], tuple(ways))
        case _:
            return Unreadable(rest["because"])
