"""How sure a verdict is: how far the numbers are from changing it, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from core.flips import Flip

FAR, NEAR = Decimal("1.5"), Decimal("1.1")
"""A flip so many times away leaves a verdict as good as certain, or fairly so."""

TOO_CLOSE = (0.3, 0.7)
"""Between these a probability of paying back says neither yes nor no."""


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


_LOWER = {
    Confidence.HIGH: Confidence.MEDIUM,
    Confidence.MEDIUM: Confidence.LOW,
    Confidence.LOW: Confidence.LOW,
}


def confidence(
    flips: Iterable[Flip],
    *,
    known: int,
    unknown: int,
    rests_on_a_default: bool,
    probability_pays_back: float | None = None,
) -> Confidence:
    """High when nothing on the path is unknown and every flip of a number is at least 1.5 times away, medium from 1.1.

    ``known`` and ``unknown``: how many answers of the path are. Low where more are unknown than known: a verdict that
    no number changes because nobody knows any is not thereby sure.

    One step lower, once, where the verdict rests on an assumption that nobody stated, or where it rests on paying back
    and the probability of that lies between 0.3 and 0.7.
    """
    nearest = min((flip.factor for flip in flips if flip.factor is not None), default=None)
    if not unknown and (nearest is None or nearest >= FAR):
        level = Confidence.HIGH
    elif unknown <= known and (nearest is None or nearest >= NEAR):
        level = Confidence.MEDIUM
    else:
        level = Confidence.LOW
    low, high = TOO_CLOSE
    is_close = probability_pays_back is not None and low <= probability_pays_back <= high
    return _LOWER[level] if rests_on_a_default or is_close else level
