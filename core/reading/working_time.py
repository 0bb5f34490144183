"""How much of a month is worked: every day, on five or six days of a week, in office hours, for some hours a day."""
# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from core.reading.amounts import word_at
from core.reading.forms import short
from core.reading.opening import ALL_DAYS, FEW_DAYS, SIX_DAYS
from core.reading.reply import Reply
from core.reading.rule import Rule
from core.reading.units import A_MONTH, IN_OFFICE_HOURS, MILLISECONDS, ON_SIX_DAYS, ON_WEEKDAYS


def working_time(reply: Reply, period: str) -> tuple[Mapping[str, Decimal], str]:
    """How many of each period a month has, and how to say so; the words that say it are understood."""
    words = reply.words()
    table, days = A_MONTH, ""
    if words & {"weekdays", "weekday"} and period != "working day":
        reply.explain_words(("weekdays", "weekday"))
        table, days = ON_WEEKDAYS, "21.74 days"
    elif SIX_DAYS in words:
        reply.explain_words((SIX_DAYS,))
        table, days = ON_SIX_DAYS, "26.09 days"
    elif few := words & FEW_DAYS.keys():
        reply.explain_words(few)
        share = Decimal(FEW_DAYS[few.pop()]) / 7
        hourly = {name: A_MONTH[name] * share for name in ("second", "minute", "hour", "day", "working day")}
        table, days = (
            {**A_MONTH, **hourly, "working day": hourly["day"]},
            f"{short(A_MONTH['day'] * share)} days",
        )
    if (weeks := _weeks_a_year(reply)) is not None:
        table = {**table, **{name: table[name] * weeks / _WEEKS_OF_A_YEAR for name in _WITHIN_A_WEEK}}
        days = f"{days}, {short(weeks)} weeks a year".removeprefix(", ")
    reply.explain_words((ALL_DAYS,))
    if (hours := _hours_a_day(reply)) is not None:
        shares = {name: table[name] * hours / 24 for name in ("second", "minute", "hour")}
        return {**table, **shares}, f"{short(hours)} h on {days or '30.4375 days'}"
    if "officehours" in words or {"business", "hours"} <= words:
        reply.explain_words(("officehours", "business", "hours", "during", "working"))
        return IN_OFFICE_HOURS, "8 h on 21.74 days"
    if period in ("second", "minute", "hour") and _WHILE_OPEN.search(reply.line):
        reply.doubt("it is not said for how many hours a day")
    return table, days


_WHILE_OPEN = Rule(
    r"(?<![^ ])(?:(?:while|when|whenever|as long as) (?:we are |it is |the \w+ is |they are )?(?:open|there|staffed|running|on)|(?:opening|daytime|waking|peak|school|store|shop) (?:hours|times?)|during the (?:day|shift)|in the daytime)(?![^ ])"
)
_DAY_LONG = 24


_WITHIN_A_WEEK = ("second", "minute", "hour", "day", "working day", "week", "fortnight")
_WEEKS_OF_A_YEAR = Decimal("365.25") / 7


def _weeks_a_year(reply: Reply) -> Decimal | None:
    """The weeks of "six a week, 46 weeks a year"; the words that say so are understood."""
    for quantity in reply.quantities:
        weeks = quantity.low / MILLISECONDS["week"]
        after = [word_at(reply, at) for at in range(quantity.end, quantity.end + 3)]
        if quantity.kind != "duration" or not 1 <= weeks <= _WEEKS_OF_A_YEAR or "year" not in after:
            continue
        reply.use(quantity)
        reply.explain(quantity.end, quantity.end + after.index("year") + 1)
        return min(weeks, _WEEKS_OF_A_YEAR)
    return None


def _hours_a_day(reply: Reply) -> Decimal | None:
    """The hours of "8 a minute, ten hours a day"; the words that say so are understood."""
    for quantity in reply.quantities:
        if reply.is_used(quantity) or not 0 < quantity.low == quantity.high:
            continue
        said = [word_at(reply, at) for at in range(quantity.start, quantity.end + 3)]
        hours = quantity.low / MILLISECONDS["hour"] if quantity.kind == "duration" else quantity.low
        if (hours <= _DAY_LONG and {"hours", "day"} <= {*said} and "a" in said) or {"hours", "daily"} <= {
            *said
        }:
            reply.use(quantity)
            reply.explain(
                quantity.start, quantity.start + said.index("daily" if "daily" in said else "day") + 1
            )
            return hours
    return None
