"""The ledger: every amount as quantity times unit price, with the source and the date of its price.

What is not known is :class:`Unknown`, never zero; a total that contains one says "at least".
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Per = Literal["month", "up front", "call"]


@dataclass(frozen=True, slots=True)
class Line:
    """One amount in dollars. ``per`` call: it says what one call is worth, and is in no total.

    ``as_of`` is the age of the unit price; ``None`` where it has none, as for the team's own figures.
    """

    label: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    per: Per
    source: str
    as_of: datetime.date | None = None

    @property
    def amount(self) -> Decimal:
        """Dollars: quantity times unit price."""
        return self.quantity * self.unit_price


@dataclass(frozen=True, slots=True)
class Unknown:
    """An amount that belongs here but that nobody could say, and why."""

    label: str
    because: str
    per: Per


Entry = Line | Unknown


@dataclass(frozen=True, slots=True)
class Total:
    """A sum in dollars; ``at_least`` when something in it is unknown."""

    amount: Decimal
    at_least: bool = False

    def __str__(self) -> str:
        return f"{'at least ' if self.at_least else ''}${money(self.amount)}"


def total(entries: Iterable[Entry], per: Per) -> Total:
    """The sum of the entries of one kind."""
    amount, at_least = Decimal(0), False
    for entry in entries:
        if entry.per != per:
            continue
        if isinstance(entry, Unknown):
            at_least = True
        else:
            amount += entry.amount
    return Total(amount, at_least)


def money(amount: Decimal) -> str:
    """Dollars as a decimal string, exact to a ten-billionth, without an exponent."""
    rounded = amount.quantize(Decimal("1e-10")) if abs(amount) < Decimal("1e16") else amount
    text = f"{rounded:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def plain(number: Decimal) -> int | float:
    """A quantity as a JSON number."""
    return int(number) if number == number.to_integral_value() else float(number)
