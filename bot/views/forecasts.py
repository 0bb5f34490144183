"""Forecast against actual, in words: counts before rates, and nothing of fewer than five."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bot.decision_log.forecasting import Against
from bot.decision_log.stats import Stats
from bot.views import ids
from bot.views.document import Bullets, Button, Buttons, Parts, Small, Strong
from bot.views.phrases import listed
from bot.views.press import Press
from core.forecasts import ENOUGH, Band, Factor, PaidBack
from core.inputs import title
from core.wording import counted

NOT_TYPICAL = "That is under half, so it may not be typical."


def against_actual(found: Against | None, stats: Stats) -> Parts:
    """What the outcomes say about our forecasts and your guesses; and of what there are too few for that."""
    if found is None:
        return ()
    points = tuple(_points(found))
    return (
        Bullets(points, Strong("Forecast against actual")),
        Small(" ".join(filter(None, (_too_few(found), _how_many(stats))))),
        Buttons(tuple(_buttons(found))),
    )


def _too_few(found: Against) -> str:
    """How many outcomes a comparison needs, and how many there are, of each that is not made."""
    there = {
        "with a monthly bill that we had forecast": found.bills.of,
        "whose time to pay back has passed": found.paid.of,
        "with hours that you had guessed": found.guesses.of if found.guesses else 0,
    }
    few = [f"{number or 'none'} {what}" for what, number in there.items() if number < ENOUGH]
    said = f"Forecasts are held against what came from {ENOUGH} such outcomes on; so far there are"
    return f"{said} {listed(few)}." if few else ""


def _points(found: Against) -> Iterator[str]:
    if found.bills.is_told:
        yield _bills(found.bills)
    if found.paid.is_told:
        yield _paid(found.paid, found.never_shipped)
    if found.guesses is not None and found.guesses.is_told:
        yield _guesses(found.guesses)


def _bills(bills: Band) -> str:
    said = f"{bills.inside} of {bills.of} actual bills fell inside our band, where 8 of 10 belong."
    if bills.is_too_narrow:
        return f"{said} Our band is too narrow: take it as wider than it looks."
    if bills.held_all:
        return f"{said} It may be wider than need be: its ends are {_times(bills.wide)} apart."
    return said


def _paid(paid: PaidBack, never_shipped: int) -> str:
    said = f"We expected {round(paid.expected, 1):g} of {paid.of} to pay back in time; {paid.did} did."
    if paid.was_too_hopeful:
        said += " We have been too optimistic."
    if paid.was_too_cautious:
        said += " We have been too cautious."
    return said + (f" {never_shipped} more never came into use." if never_shipped else "")


def _guesses(ran: Factor) -> str:
    between = f"{_times(ran.least)} to {_times(ran.most)}"
    return f"Your last {ran.of} guesses of hours ran {_times(ran.plain)} ({between})."


def _times(number: float) -> str:
    return f"{number:.1f}x" if number < 9.95 else f"{number:.0f}x"


def _how_many(stats: Stats) -> str:
    if not stats.due:
        return ""
    said = f"{stats.recorded} of {counted(stats.due, 'due outcomes')} recorded."
    return said if 2 * stats.recorded >= stats.due else f"{said} {NOT_TYPICAL}"


def _buttons(found: Against) -> Iterator[Button]:
    for offer in found.offers:
        hours = counted(Decimal(str(offer.then)), "hours")
        label = f"Reckon with {_times(offer.times)}: {hours}"
        press = Press(seq=offer.last, values={offer.key: offer.then})
        spoken = f"Reckon with {hours} instead of {offer.now:g} for: {title(offer.key)}"
        yield Button(label, ids.action_id(ids.USE_FACTOR, offer.key), press, spoken=spoken)
