"""Spans of days as people type them: 2026, 2026-06, 2026-06-15, june, last-month, 90d."""

from __future__ import annotations

import datetime
import re

TAKES = (
    "a year, month or day such as 2026, 2026-06 or 2026-06-15, last-month, or so many days ago such as 90d"
)

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_AGO = re.compile(r"(\d{1,5})d", re.ASCII)
_MONTH = re.compile(r"([a-z]{3,9})(?:-(\d{4}))?", re.ASCII)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_FIRST_YEAR, _LAST_YEAR = 1900, 2999

Span = tuple[datetime.date, datetime.date]
"""The first day, and the first that is too late."""


def period(text: str, today: datetime.date) -> Span | None:
    """The days that are meant; ``None`` when it is no date. ``90d`` is the one day that was 90 days ago.

    A month without its year is the last that has begun.
    """
    said = text.strip().lower().replace(" ", "-").replace("_", "-")
    try:
        return _by_name(said, today) or _ago(said, today) or _month(said, today) or _dated(said)
    except (ValueError, OverflowError):
        return None


def _by_name(said: str, today: datetime.date) -> Span | None:
    month = today.replace(day=1)
    before = (month - datetime.timedelta(days=1)).replace(day=1)
    named = {
        "today": _day(today),
        "yesterday": _day(today - datetime.timedelta(days=1)),
        "this-month": (month, _next_month(month)),
        "last-month": (before, month),
        "this-year": (today.replace(month=1, day=1), datetime.date(today.year + 1, 1, 1)),
        "last-year": (datetime.date(today.year - 1, 1, 1), today.replace(month=1, day=1)),
    }
    return named.get(said)


def _ago(said: str, today: datetime.date) -> Span | None:
    found = _AGO.fullmatch(said)
    return _day(today - datetime.timedelta(days=int(found[1]))) if found else None


def _month(said: str, today: datetime.date) -> Span | None:
    found = _MONTH.fullmatch(said)
    named = [n for n, name in enumerate(_MONTHS, 1) if found and name.startswith(found[1])]
    if found is None or len(named) != 1:
        return None
    year = int(found[2]) if found[2] else today.year - (named[0] > today.month)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    first = datetime.date(year, named[0], 1)
    return first, _next_month(first)


def _dated(said: str) -> Span | None:
    found = _DATE.fullmatch(said)
    if found is None or not _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
        return None
    year, month, day = int(found[1]), found[2], found[3]
    if month is None:
        return datetime.date(year, 1, 1), datetime.date(year + 1, 1, 1)
    if day is None:
        first = datetime.date(year, int(month), 1)
        return first, _next_month(first)
    return _day(datetime.date(year, int(month), int(day)))


def _day(day: datetime.date) -> Span:
    return day, day + datetime.timedelta(days=1)


def _next_month(first: datetime.date) -> datetime.date:
    return (first + datetime.timedelta(days=31)).replace(day=1)
