"""Numbers as JSON has them, and back to the very same: what is told is as exact as what is kept, and no more."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from core.case import plain
from core.costs.ledger import money


def read_number(told: Any) -> Decimal | None:
    """A number of the JSON, or a decimal string; ``None`` where there is neither."""
    if told is None or isinstance(told, bool):
        return None
    try:
        number = Decimal(str(told))
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    is_like_an_int = isinstance(told, float) and number.as_tuple().exponent == 0
    return Decimal(f"{told:.1f}") if is_like_an_int else number


def write_number(number: Decimal | None) -> int | float | None:
    """The number of the JSON that :func:`read_number` read: an int has no exponent, a float always has one."""
    if number is None:
        return None
    return float(number) if number.as_tuple().exponent else int(number)


def told_number(number: Decimal | None, places: int | None = None) -> Decimal | None:
    """A number of core as it is told: rounded to so many places, where it is not too large to have them."""
    if number is not None and places is not None and abs(number) < Decimal(10) ** (27 - places):
        number = round(number, places)
    return read_number(plain(number))


def told_money(dollars: Decimal) -> Decimal:
    """Dollars of core as they are told: to a ten-billionth."""
    return Decimal(money(dollars))


def write_money(dollars: Decimal | None) -> str | None:
    """Dollars as a decimal string."""
    return None if dollars is None else money(dollars)
