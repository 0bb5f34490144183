"""The App Home: one's own page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.decision_log.records import Consultation, Decision


def home(user: str, consultations: Sequence[Consultation], decisions: Sequence[Decision]) -> dict[str, Any]:
    """Start, one's open consultations, decisions one took part in, and what the app does."""
    raise NotImplementedError
