"""What several kinds of posts hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

Values = Mapping[str, Any]
"""Answers by key, in the JSON form of a case; or :data:`~bot.decision_log.records.TAKEN_BACK`."""


def fields_of(of: Any) -> dict[str, Any]:
    return {one.name: getattr(of, one.name) for one in fields(of)}
