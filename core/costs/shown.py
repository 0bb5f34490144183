"""What is drawn in many worlds: a volume, and the options that are shown for it."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple


class Shown(NamedTuple):
    """A volume and the options shown for it. ``is_exact``: nobody answered it, it stands in for an answer.

    ``base``: what is tuned at a provider; the likely case picks it, and it stays in every world.
    """

    calls: Decimal
    options: tuple[str, ...]
    base: str | None
    is_exact: bool
