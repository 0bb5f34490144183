"""What one option costs in all: the sums of its lines."""

from __future__ import annotations

from typing import NamedTuple

from core.costs.arithmetic import Number
from core.costs.lines import OPTIONS, Base, World

BILLED = ("1M tokens", "$ of calls in a batch")
"""The units of what a provider bills for calls."""


class Cost(NamedTuple):
    """One option: dollars a month and up front, and the months within which it must pay back.

    ``billed``: the part of a month that a provider bills for calls. ``open_ended``: part of it is unknown, so that this
    is the least.
    """

    month: Number
    once: Number
    limit: Number
    billed: Number
    open_ended: bool

    @property
    def first_year(self) -> Number:
        """Dollars: up front and twelve months."""
        return self.once + 12 * self.month


def cost(w: World, option: str, base: Base | None = None) -> Cost:
    """What one option costs; ``base``: what is tuned, of the hosted one."""
    month: Number = 0
    once: Number = 0
    billed: Number = 0
    is_open = False
    for part in OPTIONS[option](w) if base is None else OPTIONS[option](w, base):
        if part.price is None:
            is_open = True
        elif part.per == "up front":
            once = once + part.quantity * part.price
        else:
            amount = part.quantity * part.price
            month = month + amount
            billed = billed + amount if part.unit in BILLED else billed
    limit = w.of("horizon_months")
    if base is not None:
        limit = w.m.least(limit, w.of("base_life_months", lambda: base.life_months) / 2)
    return Cost(month, once, limit, billed, is_open)
