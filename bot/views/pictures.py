"""The crossover chart as a PNG: what each option costs a month against the calls a month, on a white card.

Everything is placed in pixels by hand, so that every text can be measured before it is drawn: none overlaps another,
none leaves the card, and all can still be read when the card is shown 480 pixels wide. Options differ by line style
and by the label at the line's end, never by colour alone.

matplotlib is imported when something is first drawn (half a second); :func:`warm` does that ahead of time. It is not
made for several threads, so that one picture is drawn at a time.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from math import ceil, floor, hypot, inf, log10
from typing import Any

from bot.views.placing import NOWHERE, Box, Point, beside, close_together, pushed_apart, steps
from bot.views.sheet import CARD, GRID, HEIGHT, INK, QUIET, WIDTH, Drawing, Sheet
from core.costs.curves import Crossing, Curves, Series
from core.wording import count, money, months

LOOKS = "1"
"""Changes whenever the same figures would be drawn in another way."""

TITLE, LABEL, SMALL = 36.0, 26.0, 24.0
"""Heights of the letters in pixels. Shown 480 pixels wide, the smallest are 9.6 pixels."""
MARGIN = 36.0
APART = 7.0
"""Pixels that are kept free around every text."""
LEAST_DOLLARS = Decimal("0.01")
"""What is nothing at all is drawn here: a logarithm has no zero."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a line looks: a colour that stands out from white and from the others, and its dashes."""

    colour: str
    dashes: tuple[float, ...] | None


STYLES = {
    "prompt": Style("#0b5cad", None),
    "prompt_cached": Style("#0b5cad", None),
    "self_hosted_prompted": Style("#0b5cad", None),
    "cheaper_model": Style("#a34f00", (7, 2.2, 1.4, 2.2)),
    "hosted": Style("#00704d", (5, 2)),
    "self_hosted": Style("#8a2f82", (1.3, 1.6)),
}


_one_at_a_time = threading.Lock()


def draw(curves: Curves) -> Drawing:
    """The picture of some curves. At most 250 ms once warm."""
    with _one_at_a_time:
        sheet = Sheet.blank()
        _Chart(curves, sheet).draw()
        return sheet.finished()


def warm() -> None:
    """Import what drawing needs, and load its font, so that the first picture is as quick as the others.

    What is loaded stays, and no garbage collection looks through it: that would hold up every thread for 100 ms.
    """
    with _one_at_a_time:
        gc.disable()
        try:
            sheet = Sheet.blank()
            for pixels, bold in ((TITLE, True), (LABEL, True), (SMALL, False)):
                sheet.write("$1k", 100, 100, pixels, bold=bold)
            sheet.finished()
        finally:
            gc.freeze()
            gc.enable()


@dataclass
class _Chart:
    """One picture being drawn. ``plot``: the area within the axes."""

    curves: Curves
    sheet: Sheet
    plot: Box = NOWHERE
    low: float = 0.0
    high: float = 1.0
    inked: list[Point] = field(default_factory=list)
    marks: list[Box] = field(default_factory=list)
    marked: list[Crossing] = field(default_factory=list)

    def draw(self) -> None:
        top = self._heading()
        self.low, self.high = self._range()
        self._make_room(top)
        self._grid()
        self._volume_area()
        for one in self.curves.series:
            self._band(one)
        for one in self.curves.series:  # the solid one first, so that the broken ones show on it
            self._line(one)
        self._end_labels()
        self._marks()
        self._volume_line()
        self._crossing_labels()
        self._volume_label()

    # Where things are

    def x(self, calls: Decimal) -> float:
        first, last = (log10(float(self.curves.volumes[end])) for end in (0, -1))
        share = (log10(float(calls)) - first) / (last - first)
        return self.plot.left + share * self.plot.width

    def y(self, dollars: Decimal) -> float:
        share = (_log(dollars) - self.low) / (self.high - self.low)
        return self.plot.bottom + share * self.plot.height

    def _range(self) -> tuple[float, float]:
        """The logarithms of the least and the most dollars, with some air and at least two decades."""
        every = [_log(value) for one in self.curves.series for value in (*one.months, *one.low, *one.high)]
        low, high = min(every), max(every)
        missing = max(0.0, 2.0 - (high - low))
        air = 0.05 * max(high - low, 2.0)
        return low - missing / 2 - air, high + missing / 2 + air

    def _heading(self) -> float:
        """The finding and what is shown; the height at which they end."""
        top = HEIGHT - MARGIN
        for line in self._wrapped(self.curves.title, TITLE, bold=True):
            top = self.sheet.write(line, MARGIN, top, TITLE, bold=True, upright="top").bottom - 8
        bands = " Shaded: 8 of 10 cases." if self.curves.has_bands else ""
        said = f"Cost a month; each grid line is ten times the last.{bands}"
        return self.sheet.write(said, MARGIN, top - 4, SMALL, colour=QUIET, upright="top").bottom - 28

    def _wrapped(self, text: str, pixels: float, *, bold: bool) -> Iterator[str]:
        line: list[str] = []
        for word in text.split():
            if line and self.sheet.size(" ".join([*line, word]), pixels, bold=bold)[0] > WIDTH - 2 * MARGIN:
                yield " ".join(line)
                line = []
            line.append(word)
        yield " ".join(line)

    def _make_room(self, top: float) -> None:
        """The plot takes what the labels around it leave."""
        at_the_left = max(self.sheet.size(text, SMALL)[0] for _, text in self._dollar_lines())
        at_the_right = max(self._end_label_size(one)[0] for one in self.curves.series)
        below = 2 * self.sheet.size("10k", SMALL)[1] + 30
        self.plot = Box(
            MARGIN + at_the_left + 12, MARGIN - 8 + below, WIDTH - MARGIN - at_the_right - 24, top
        )

    # Axes

    def _dollar_lines(self) -> list[tuple[Decimal, str]]:
        return [(value, _short_money(value)) for value in _every(_decades(self.low, self.high), most=6)]

    def _grid(self) -> None:
        plot = self.plot
        for value in _decades(self.low, self.high):
            self.sheet.line([plot.left, plot.right], [self.y(value)] * 2, GRID, 1.6, over=0.5)
        for value, text in self._dollar_lines():
            at = plot.left - 12, self.y(value)
            self.sheet.write(text, *at, SMALL, colour=QUIET, across="right", upright="center")
        first, last = (log10(float(self.curves.volumes[end])) for end in (0, -1))
        decades = _decades(first, last)
        for value in decades:
            self.sheet.line([self.x(value)] * 2, [plot.bottom, plot.top], GRID, 1.6, over=0.5)
        below = plot.bottom - 20
        for value in _every(decades, most=7):
            at = self.x(value), plot.bottom - 20
            box = self.sheet.write(_short(value), *at, SMALL, colour=QUIET, across="center", upright="top")
            below = min(below, box.bottom - 6)
        middle = (plot.left + plot.right) / 2
        self.sheet.write("calls a month", middle, below, SMALL, colour=QUIET, across="center", upright="top")

    # Lines

    def _band(self, one: Series) -> None:
        if not one.low:
            return
        xs = [self.x(calls) for calls in self.curves.volumes]
        above, below = [self.y(value) for value in one.high], [self.y(value) for value in one.low]
        self.sheet.area([*xs, *reversed(xs)], [*above, *reversed(below)], STYLES[one.option].colour, 0.11)

    def _line(self, one: Series) -> None:
        xs = [self.x(calls) for calls in self.curves.volumes]
        ys = [self.y(month) for month in one.months]
        style = STYLES[one.option]
        self.sheet.line(xs, ys, style.colour, 4.2, dashes=style.dashes)
        self.inked += close_together(xs, ys)

    def _end_label(self, one: Series) -> str:
        if self.curves.own is None:
            return "at least" if one.at_least else ""
        return f"{one.own_in_words} at {_short(self.curves.own)}"

    def _end_label_size(self, one: Series) -> tuple[float, float]:
        name, figure = self.sheet.size(one.label, LABEL, bold=True), (0.0, 0.0)
        if self._end_label(one):
            figure = self.sheet.size(self._end_label(one), SMALL)
        return max(name[0], figure[0]), name[1] + (figure[1] + 3 if figure[1] else 0)

    def _end_labels(self) -> None:
        """The name of each line at its end, moved up or down where two would meet."""
        series = sorted(self.curves.series, key=lambda one: one.months[-1])
        heights = [self._end_label_size(one)[1] for one in series]
        ends = [self.y(one.months[-1]) for one in series]
        middles = pushed_apart(ends, heights, self.plot.bottom, self.plot.top, apart=16)
        left = self.plot.right + 24
        for one, end, middle, height in zip(series, ends, middles, heights, strict=True):
            style = STYLES[one.option]
            self.sheet.line([self.plot.right + 3, left - 6], [end, middle], style.colour, 1.5)
            name = self.sheet.write(
                one.label, left, middle + height / 2, LABEL, colour=style.colour, bold=True, upright="top"
            )
            if self._end_label(one):
                self.sheet.write(
                    self._end_label(one), left, name.bottom - 3, SMALL, colour=QUIET, upright="top"
                )

    # The team's volume

    def _volume_area(self) -> None:
        low, high = self.curves.own_low, self.curves.own_high
        if low is None and high is None:
            return
        first, last = self.curves.volumes[0], self.curves.volumes[-1]
        left = self.x(max(first if low is None else low, first))
        right = self.x(min(last if high is None else high, last))
        self.sheet.area(
            [left, right, right, left],
            [self.plot.bottom, self.plot.bottom, self.plot.top, self.plot.top],
            QUIET,
            0.09,
        )

    def _volume_in_words(self, own: Decimal) -> str:
        low, high = self.curves.own_low, self.curves.own_high
        if low is not None and high is not None:
            return f"{_short(low)} to {_short(high)}"
        if high is not None:
            return f"up to {_short(high)}"
        return _short(own) if low is None else f"from {_short(low)}"

    def _volume_line(self) -> None:
        own = self.curves.own
        if own is None:
            return
        at, plot = self.x(own), self.plot
        self.sheet.line([at, at], [plot.bottom, plot.top], INK, 2.0, dashes=(4, 3), over=1.5)
        for one in self.curves.series:
            assert one.own is not None
            self.sheet.mark(at, self.y(one.own), "o", 8, STYLES[one.option].colour, CARD, over=3)
        self.inked += close_together([at, at], [plot.bottom, plot.top])

    def _volume_label(self) -> None:
        own, plot = self.curves.own, self.plot
        if own is None:
            return
        at = self.x(own)
        text = f"your volume: {self._volume_in_words(own)}"
        width, height = self.sheet.size(text, SMALL, bold=True)
        tried = [
            Box(left, bottom, left + width, bottom + height)
            for left in (at + 12, at - 12 - width)
            for bottom in steps(plot.bottom + 8, plot.top - height - 8, 24)
        ]
        box = self._best(tried)
        if box is not None:
            self.sheet.write(text, box.left, box.bottom, SMALL, bold=True, over_lines=True)

    # Crossings

    def _marks(self) -> None:
        """A circle where two cost the same, a diamond where one pays back, unless the circle would hide it."""
        for one in self.curves.crossings:
            if one.kind != "pays back":
                self._mark(one, "o", 13, INK, over=5)
        for one in self.curves.crossings:
            x, y = self._place(one)
            if one.kind == "pays back" and not any(mark.holds(x, y, 10) for mark in self.marks):
                self._mark(one, "D", 8.5, STYLES[one.option].colour, over=4.5)

    def _mark(self, one: Crossing, kind: str, size: float, edge: str, *, over: float) -> None:
        x, y = self._place(one)
        self.sheet.mark(x, y, kind, size, CARD, edge, over=over)
        self.marks.append(Box(x - 12, y - 12, x + 12, y + 12))
        self.marked.append(one)

    def _place(self, one: Crossing) -> Point:
        return self.x(one.calls), self.y(one.month)

    def _crossing_labels(self) -> None:
        """What happens at each mark."""
        for one in self.marked:
            at = one.calls_in_words
            match one.kind:
                case "same cost":
                    self._point_at(one, f"same cost\nat {at}", LABEL, INK)
                case "cheaper from":
                    self._point_at(one, f"cheaper\nfrom {at}", LABEL, INK)
                case "pays back":
                    text = f"paid back in\n{months(one.months)}\nfrom {at}"
                    self._point_at(one, text, SMALL, STYLES[one.option].colour)

    def _point_at(self, one: Crossing, text: str, pixels: float, colour: str) -> None:
        """A label near its mark, with a line to it; left out where there is no room at all."""
        x, y = self._place(one)
        width, height = self.sheet.size(text, pixels)
        tried = [
            beside(x, y, width, height, far, angle)
            for far in range(24, 330, 20)
            for angle in range(0, 360, 15)
        ]
        box = self._best(tried, (x, y))
        if box is None:
            return
        near = box.nearest(x, y)
        if hypot(near[0] - x, near[1] - y) > 18:
            self.sheet.line([x, near[0]], [y, near[1]], QUIET, 1.5, over=3.5)
        self.sheet.write(text, box.left, box.bottom, pixels, colour=colour, over_lines=True)

    def _leader_cost(self, place: Point, box: Box, ink: Any) -> float:
        """Long is bad, and so is running along or across lines."""
        (x, y), (near_x, near_y) = place, box.nearest(*place)
        far = hypot(near_x - x, near_y - y)
        touched = sum(
            bool((abs(ink - (x + (near_x - x) * part, y + (near_y - y) * part)).sum(axis=1) < 12).any())
            for part in (0.35, 0.5, 0.65, 0.8, 0.95)
        )
        return far + 55.0 * touched

    def _best(self, tried: Sequence[Box], place: Point | None = None) -> Box | None:
        """The box that covers least of the lines and marks, of those that meet no other text.

        ``place``: where a line from the box leads to.
        """
        import numpy

        inside = replace(self.plot, left=self.plot.left + 4, right=self.plot.right - 4)
        free = [
            box
            for box in tried
            if box.is_inside(inside) and not any(box.meets(one.box, APART) for one in self.sheet.words)
        ]
        ink = numpy.array(self.inked)
        costs = [(self._covered(box, ink), number) for number, box in enumerate(free)]
        best, cheapest = None, inf
        for cost, number in sorted(costs):
            if cost >= cheapest:
                break
            whole = cost + (self._leader_cost(place, free[number], ink) if place else 0.0)
            if whole < cheapest:
                best, cheapest = free[number], whole
        return best

    def _covered(self, box: Box, ink: Any) -> float:
        x, y = ink[:, 0], ink[:, 1]
        across = (x > box.left - 5) & (x < box.right + 5)
        lines = int((across & (y > box.bottom - 5) & (y < box.top + 5)).sum())
        marks = sum(box.meets(mark, 4) for mark in self.marks)
        return 12.0 * lines + 900.0 * marks


def _log(value: Decimal) -> float:
    return log10(float(max(value, LEAST_DOLLARS)))


def _decades(low: float, high: float) -> list[Decimal]:
    """The powers of ten between two logarithms."""
    return [Decimal(10) ** power for power in range(ceil(low - 1e-9), floor(high + 1e-9) + 1)]


def _every(values: Sequence[Decimal], *, most: int) -> Sequence[Decimal]:
    """All of them, or every second, third, ... where there would be too many."""
    return values[:: ceil(len(values) / most) or 1]


def _short(number: Decimal) -> str:
    """A count in few letters: 100, 1k, 12.5k, 1M; three digits, as there is no room for more."""
    told = count(number.quantize(Decimal(1).scaleb(number.adjusted() - 2)) if number else number)
    if "," not in told or told.endswith("B"):
        return told
    thousands = f"{Decimal(told.replace(',', '')) / 1000:f}"
    return f"{thousands.rstrip('0').rstrip('.') if '.' in thousands else thousands}k"


def _short_money(value: Decimal) -> str:
    return f"${_short(value)}" if value >= 1 else money(value)
