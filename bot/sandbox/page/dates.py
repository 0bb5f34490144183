"""Times as Slack writes them. Every time is aware; the zone shown is the one of `now`."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

TOKEN = re.compile(r"\{(date_num|date_short_pretty|date_long_pretty|date_pretty|date_slash|date_short|date_long"
                   r"|date|time_secs|time|ago)\}")  # fmt: skip


def at(seconds: float, now: datetime) -> datetime:
    """The moment, in the zone of `now`. Seconds since 1970; a moment no calendar has becomes `now`."""
    try:
        return datetime.fromtimestamp(seconds, tz=now.tzinfo)
    except (OverflowError, OSError, ValueError):
        return now


def clock(moment: datetime) -> str:
    """9:41 AM"""
    return f"{moment.hour % 12 or 12}:{moment:%M %p}"


def day(moment: datetime, now: datetime) -> str:
    """Today, Yesterday, or Tuesday, November 3rd (with the year when it is another one)."""
    gap = (now.date() - moment.date()).days
    if gap == 0:
        return "Today"
    if gap == 1:
        return "Yesterday"
    year = f", {moment.year}" if moment.year != now.year else ""
    return f"{moment:%A, %B} {ordinal(moment.day)}{year}"


def full(moment: datetime) -> str:
    """Nov 3rd, 2026 at 9:41:05 AM, for the tooltip of a time."""
    return f"{moment:%b} {ordinal(moment.day)}, {moment.year} at {moment.hour % 12 or 12}:{moment:%M:%S %p}"


def ago(moment: datetime, now: datetime) -> str:
    """just now, 5 minutes ago, 2 days ago; in 3 days for times to come."""
    gap = now - moment
    amount = _amount(abs(gap))
    if amount is None:
        return "just now"
    return f"{amount} ago" if gap > timedelta(0) else f"in {amount}"


def written(template: str, moment: datetime, now: datetime) -> str:
    """A `<!date^...>` template with its tokens filled in; unknown tokens stay as they are."""
    return TOKEN.sub(lambda found: _token(found[1], moment, now), template)


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th ... 11th."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _amount(gap: timedelta) -> str | None:
    for seconds, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        count = int(gap.total_seconds() // seconds)
        if count:
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return None


def _token(name: str, moment: datetime, now: datetime) -> str:
    if name.endswith("_pretty") and abs((now.date() - moment.date()).days) <= 1:
        return {0: "today", 1: "yesterday", -1: "tomorrow"}[(now.date() - moment.date()).days]
    return {
        "date_num": f"{moment:%Y-%m-%d}",
        "date_slash": f"{moment:%m/%d/%Y}",
        "date": f"{moment:%B} {ordinal(moment.day)}, {moment.year}",
        "date_short": f"{moment:%b} {moment.day}, {moment.year}",
        "date_long": f"{moment:%A, %B} {ordinal(moment.day)}, {moment.year}",
        "time": clock(moment),
        "time_secs": f"{moment.hour % 12 or 12}:{moment:%M:%S %p}",
        "ago": ago(moment, now),
    }[name.removesuffix("_pretty")]
