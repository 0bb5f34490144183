"""What is drawn in many worlds: a volume, and the options that are shown for it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from core.costs.lines import Base


class Shown(NamedTuple):
    """A volume and the options shown for it. ``is_exact``: nobody answered it, it stands in for an answer.

    ``options``: each with what it tunes, in floats: the likely case picks it, and it stays in every world.
    ``base_retires``: the end of what is tuned at a provider is announced.
    """

    calls: Decimal
    options: Mapping[str, Base | None]
    base_retires: bool
    is_exact: bool
