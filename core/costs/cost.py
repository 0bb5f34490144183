"""What one option costs in all: the sums of its lines."""

from __future__ import annotations

from typing import NamedTuple

from core.costs.arithmetic import Number
from core.costs.lines import Base, lines_of
from core.costs.world import World

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
    month: list[Number] = []
    once: list[Number] = []
    billed: list[Number] = []
    is_open = False
    for part in lines_of(w, option, base):
        if part.price is None:
            is_open = True
        elif part.per == "up front":
            once.append(part.quantity * part.price)
        else:
            (billed if part.unit in BILLED else month).append(part.quantity * part.price)
    total, bill = w.m.total, w.m.total(billed)
    limit = w.of("horizon_months")
    if base is not None:
        limit = w.m.least(limit, w.of("base_life_months", lambda: base.life_months) / 2)
    return Cost(total([*month, bill]), total(once), limit, bill, is_open)
