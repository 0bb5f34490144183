"""Numbers as people say them."""

from __future__ import annotations

from decimal import Decimal

from core.reading.reply import json_number


def short(value: Decimal | float | int) -> str:
    """A number as people say it: 250k, 7.6M; three digits at most."""
    number = Decimal(str(value))
    for scale, letter in ((Decimal(10**9), "B"), (Decimal(10**6), "M"), (Decimal(1000), "k")):
        if abs(number) >= scale * Decimal("0.9995"):
            return _three_digits(number / scale) + letter
    return _three_digits(number)


def _three_digits(number: Decimal) -> str:
    """Three digits when they are exact, else one place after the point: 1.25, 7.6, 365."""
    exact = Decimal(f"{number:.3g}")
    rounded = (
        exact if exact == number or abs(number) >= 100 else round(number, 1) if abs(number) >= 1 else exact
    )
    return format(rounded.normalize(), "f")


def calls_number(value: Decimal) -> int | float:
    """Calls a month as a value: whole from 100 on."""
    return json_number(Decimal(round(value)) if value >= 100 else value, 4)
