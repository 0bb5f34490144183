"""The values that a number is named by: whole ones of what is counted, three significant digits of anything else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from functools import cache

import numpy as np
from numpy.typing import NDArray

from core.facts import FACTS

Floats = NDArray[np.float64]

DIGITS, MOST_DIGITS = 3, 15
POINTS, FEW = 241, 60
LEAST = -9
"""Of what has digits: the power of ten below which there is only 0."""
A_DECADE = 900
"""Numbers of three digits in each power of ten."""
NOTHING = LEAST * A_DECADE - 1
POWERS = np.array([float(f"1e{power}") for power in range(64)])


def is_whole(key: str) -> bool:
    """Whether only whole values are named."""
    return FACTS[key].is_counted or key in ("calls_per_month", "labelled_examples")


def _indices(key: str, values: Floats, *, up: bool) -> Floats:
    """The place of each value in the order of all that can be named, rounded up or down."""
    rounded = np.ceil if up else np.floor
    if is_whole(key):
        return np.asarray(rounded(values))
    with np.errstate(divide="ignore", invalid="ignore"):
        power = np.floor(np.log10(values) + 1e-13)
        mantissa = values / 10 ** (power - (DIGITS - 1))
    near = np.round(mantissa)
    mantissa = np.where(np.abs(mantissa - near) <= 1e-9 * near, near, rounded(mantissa))
    return np.asarray(np.where(values < 10.0**LEAST, NOTHING, power * A_DECADE + mantissa - 100))


def _values(key: str, indices: Floats) -> Floats:
    if is_whole(key):
        return indices
    power, rest = np.floor_divide(indices, A_DECADE), np.mod(indices, A_DECADE)
    exponent = power - (DIGITS - 1)
    # Dividing by a power of ten is exact to the last bit, multiplying by a negative one is not.
    place = exponent.astype(np.intp)
    values = (rest + 100) / POWERS[np.maximum(-place, 0)] * POWERS[np.maximum(place, 0)]
    return np.asarray(np.where(indices <= NOTHING, 0.0, values))


@cache
def grid(key: str) -> Floats:
    """At least 241 of the values that a number may have, from the least to the largest."""
    fact = FACTS[key]
    low, high = float(max(fact.low, Decimal(0))), float(fact.high)
    start = max(low, 1.0 if is_whole(key) else 1e-6)
    even = np.geomspace(start, high, POINTS)
    if fact.kind == "share":
        even = np.concatenate([np.geomspace(10.0**LEAST, 0.01, FEW), np.linspace(0, 1, POINTS)])
    found = np.unique(_values(key, _indices(key, np.append(even, low), up=True)))
    return found[(found > low if fact.above_low else found >= low) & (found <= high)]


def beside(keys: Sequence[str], values: Sequence[Floats]) -> list[Floats]:
    """For each number, what can be named next to each of some values: below, above, and on both sides of one on it."""
    found = [each[np.isfinite(each) & (each >= 0)] if len(each) else each for each in values]
    for whole in (True, False):
        places = [place for place, key in enumerate(keys) if is_whole(key) == whole and len(found[place])]
        if places:
            key, every = keys[places[0]], np.concatenate([found[place] for place in places])
            down, up = _indices(key, every, up=False), _indices(key, every, up=True)
            on_it = down == up
            near = _values(key, np.array([down, up, down - on_it, up + on_it]))
            ends = np.cumsum([len(found[place]) for place in places])[:-1]
            for place, each in zip(places, np.split(near, ends, axis=1), strict=True):
                found[place] = each.ravel()
    return found


def between(keys: Sequence[str], ones: Sequence[float], others: Sequence[float], most: int) -> list[Floats]:
    """For each pair, up to so many values strictly between the two, evenly spread; none where they are neighbours."""
    found: list[Floats] = [np.empty(0)] * len(keys)
    for whole in (True, False):
        places = [place for place, key in enumerate(keys) if is_whole(key) == whole]
        if places:
            key = keys[places[0]]
            pairs = np.sort(np.array([[ones[place], others[place]] for place in places]), axis=1)
            first, last = _indices(key, pairs[:, 0], up=False) + 1, _indices(key, pairs[:, 1], up=True) - 1
            wide = np.nonzero(first <= last)[0]
            if not len(wide):
                continue
            pairs, first, last = pairs[wide], first[wide], last[wide]
            even = first[:, None] + (last - first)[:, None] * np.linspace(0, 1, most)
            values = _values(key, np.round(even))
            kept = (values > pairs[:, :1]) & (values < pairs[:, 1:])
            kept[:, 1:] &= values[:, 1:] != values[:, :-1]
            for row, place in enumerate(wide.tolist()):
                found[places[place]] = values[row, kept[row]]
    return found


def exact(key: str, value: float) -> Decimal:
    """A value that can be named, in decimals."""
    if is_whole(key):
        return Decimal(round(value))
    return Context(prec=DIGITS).create_decimal(repr(value)).normalize()


def step_of(key: str, *, up: bool) -> Callable[[Decimal], Decimal]:
    """The next value that can be named, away from one."""
    if is_whole(key):
        rounding = ROUND_FLOOR if up else ROUND_CEILING
        return lambda value: value.to_integral_value(rounding) + (1 if up else -1)
    context = Context(prec=DIGITS)
    return (lambda value: value.next_plus(context)) if up else (lambda value: value.next_minus(context))


def rounded(value: Fraction, digits: int, *, up: bool) -> Decimal:
    """A number to so many significant digits, rounded up or down."""
    context = Context(prec=digits, rounding=ROUND_CEILING if up else ROUND_FLOOR)
    rounded = context.divide(Decimal(value.numerator), Decimal(value.denominator))
    return rounded.normalize(Context(prec=digits)) if rounded else Decimal(0)


def first_between(place: Fraction, following: Fraction, *, up: bool) -> Decimal | None:
    """The first number beyond one place and before the next, with as few digits as there can be, but at least three."""
    for digits in range(DIGITS, 3 * MOST_DIGITS):
        value = rounded(place, digits, up=up)
        if Fraction(value) == place:
            step = Decimal(1).scaleb((value.adjusted() if value else 0) - digits + 1)
            value = value + step if up else _just_below(value, digits)
        if Fraction(value) == following or ((value < following) if up else (value > following)):
            return value
    return None


def _just_below(value: Decimal, digits: int) -> Decimal:
    return value.next_minus(Context(prec=digits))
