"""The bands around the lines of the picture."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log10

from core.costs.ledger import Estimate
from core.costs.shown import Shown
from core.costs.worlds import bands_of, worlds_at

BAND_SAMPLES = 13
LOG_OF_NOTHING = -4.0


@dataclass(frozen=True, slots=True)
class Edges:
    """The bands, worked out at a few volumes and in straight lines between, on logarithmic scales both.

    ``places``: logarithms of those volumes. ``ends``: by option, the logarithms of the low and the high ends there.
    """

    places: tuple[float, ...]
    ends: Mapping[str, tuple[tuple[float, ...], tuple[float, ...]]]

    @staticmethod
    def over(volumes: Sequence[Decimal], ledger: Estimate, likely: Shown) -> Edges:
        """The bands of the options that are shown."""
        last = len(volumes) - 1
        tried = [volumes[round(last * place / (BAND_SAMPLES - 1))] for place in range(BAND_SAMPLES)]
        shown = [likely._replace(calls=calls) for calls in tried]
        found = [bands_of(one) for one in worlds_at(ledger.figures, shown, built=ledger.prompt_is_built)]
        ends = {
            name: (
                tuple(_log(band[name].month_p10) for band in found),
                tuple(_log(band[name].month_p90) for band in found),
            )
            for name in likely.options
        }
        return Edges(tuple(_log(calls) for calls in tried), ends)

    def around(
        self, option: str, volumes: Sequence[Decimal], months: Sequence[Decimal]
    ) -> tuple[tuple[Decimal, ...], tuple[Decimal, ...]]:
        """The low and the high edge around a line, which always lies between them."""
        low, high = self.ends[option]
        pairs = list(zip(volumes, months, strict=True))
        return (
            tuple(min(month, self._at(low, calls)) for calls, month in pairs),
            tuple(max(month, self._at(high, calls)) for calls, month in pairs),
        )

    def _at(self, ends: Sequence[float], calls: Decimal) -> Decimal:
        at = _log(calls)
        place = min(max(bisect_right(self.places, at) - 1, 0), len(self.places) - 2)
        start, end = self.places[place], self.places[place + 1]
        value = ends[place] + (ends[place + 1] - ends[place]) * (at - start) / (end - start)
        return Decimal(f"{10**value:.6g}")


def _log(value: Decimal) -> float:
    """A logarithm; of nothing, that of next to nothing."""
    return log10(float(value)) if value > 0 else LOG_OF_NOTHING
