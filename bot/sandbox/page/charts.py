"""`data_visualization`: bar, line, area and pie charts as SVG, with a legend and a table for screen readers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.sandbox.page.html import Html, div, join, span, tag
from bot.sandbox.page.mrkdwn import decode

WIDTH, HEIGHT = 560.0, 240.0
LEFT, RIGHT, TOP, BOTTOM = 64.0, 12.0, 12.0, 34.0
COLOURS = ("#1264a3", "#e8912d", "#2e9e6b", "#8e4b9e", "#d1495b", "#5f6b7a",
           "#0b7285", "#a07b00", "#6741d9", "#b5651d", "#3b7d23", "#99336b")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Series:
    """One line or one set of bars: a value for each category, in their order."""

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """The numbers on the upright axis, from `low` to `high`, with a line every `step`."""

    low: float
    high: float
    step: float

    def y(self, value: float) -> float:
        """Where the value stands, in units of the drawing."""
        share = (value - self.low) / (self.high - self.low)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def chart(block: Mapping[str, Any]) -> Html:
    """The whole block: title, picture, legend, and the figures in a hidden table."""
    inside = block["chart"]
    title = decode(str(block.get("title", "")))
    if inside["type"] == "pie":
        parts = [Series(str(part["label"]), (float(part["value"]),)) for part in inside["segments"]]
        return _frame(title, _pie(parts), parts, ["Value"])
    axes = inside.get("axis_config", {})
    series = [_series(one) for one in inside["series"]]
    categories = [str(name) for name in axes.get("categories") or _labels(inside["series"][0])]
    picture = _axes(inside["type"], series, categories, axes)
    return _frame(title, picture, series, categories)


def scale(values: Sequence[float]) -> Scale:
    """An axis with round numbers that holds all the values and zero."""
    low, high = min(0.0, *values), max(0.0, *values)
    if high == low:
        high = low + 1
    rough = (high - low) / 4
    size = 10.0 ** math.floor(math.log10(rough))
    is_counted = all(value == int(value) for value in values)  # and nobody counts in halves
    steps = (factor * size for factor in ((1, 2, 5, 10) if is_counted else (1, 2, 2.5, 5, 10)))
    step = next(step for step in steps if step >= rough * (1 - 1e-9))
    step = max(1.0, step) if is_counted else step
    return Scale(math.floor(low / step) * step, math.ceil(high / step - 1e-9) * step, step)


def short(value: float) -> str:
    """1500 as 1.5k, 2000000 as 2M."""
    for size, letter in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:.3g}{letter}"
    return f"{value:.3g}"


def _series(one: Mapping[str, Any]) -> Series:
    return Series(str(one.get("name", "")), tuple(float(point["value"]) for point in one["data"]))


def _labels(one: Mapping[str, Any]) -> list[str]:
    return [str(point.get("label", "")) for point in one["data"]]


def _frame(title: str, picture: Html, series: Sequence[Series], categories: Sequence[str]) -> Html:
    legend = [span("chart-key", span(f"swatch colour-{i % 12}"), one.name) for i, one in enumerate(series)]
    return div(
        "chart",
        div("chart-title", title),
        picture,
        div("chart-legend", *legend) if len(series) > 1 else None,
        _figures(title, series, categories),
        data_testid="chart",
    )


def _figures(title: str, series: Sequence[Series], categories: Sequence[str]) -> Html:
    head = tag("tr", tag("th", ""), *[tag("th", name) for name in categories])
    rows = [
        tag("tr", tag("th", one.name), *[tag("td", f"{value:g}") for value in one.values]) for one in series
    ]
    return tag("table", tag("caption", title), head, *rows, class_="for-screen-readers")


def _svg(*children: Html, height: float = HEIGHT) -> Html:
    return tag(
        "svg", *children, viewBox=f"0 0 {WIDTH:g} {height:g}", class_="chart-picture", aria_hidden="true"
    )


def _text(x: float, y: float, words: str, **more: str) -> Html:
    return tag("text", words, x=round(x, 1), y=round(y, 1), **more)


def _axes(kind: str, series: Sequence[Series], categories: Sequence[str], axes: Mapping[str, Any]) -> Html:
    ruler = scale([value for one in series for value in one.values])
    room = WIDTH - LEFT - RIGHT
    slot = room / max(1, len(categories))
    centres = [LEFT + slot * (i + 0.5) for i in range(len(categories))]
    every = max(1, math.ceil(len(categories) * (14 + 6.5 * max(map(len, categories), default=0)) / room))
    names = [
        _text(x, HEIGHT - BOTTOM + 16, name, class_="tick middle")
        for i, (x, name) in enumerate(zip(centres, categories, strict=True))
        if i % every == 0
    ]
    marks = (
        _bars(series, ruler, centres, slot, categories)
        if kind == "bar"
        else _lines(kind, series, ruler, centres)
    )
    labels = [
        _text(LEFT + room / 2, HEIGHT - 2, str(axes.get("x_label") or ""), class_="axis middle"),
        _text(0, 0, str(axes.get("y_label") or ""), class_="axis middle",
              transform=f"translate(11 {(HEIGHT - BOTTOM + TOP) / 2:g}) rotate(-90)"),
    ]  # fmt: skip
    return _svg(*_grid(ruler), *marks, *names, *labels)


def _grid(ruler: Scale) -> list[Html]:
    lines = []
    for i in range(round((ruler.high - ruler.low) / ruler.step) + 1):
        value = ruler.low + i * ruler.step
        y = round(ruler.y(value), 1)
        lines.append(
            tag("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y, class_="zero" if value == 0 else "grid")
        )
        lines.append(_text(LEFT - 8, y + 4, short(value), class_="tick end"))
    return lines


def _bars(
    series: Sequence[Series], ruler: Scale, centres: Sequence[float], slot: float, categories: Sequence[str]
) -> list[Html]:
    width = min(38.0, slot * 0.72 / len(series))
    bars = []
    for s, one in enumerate(series):
        for i, value in enumerate(one.values):
            x = centres[i] + (s - len(series) / 2) * width
            top, bottom = sorted((ruler.y(value), ruler.y(0)))
            tip = tag("title", f"{one.name}, {categories[i]}: {value:g}")
            bars.append(
                tag("rect", tip, x=round(x + 1, 1), y=round(top, 1), width=round(width - 2, 1), rx=2,
                    height=round(max(bottom - top, 0.5), 1), fill=COLOURS[s % 12])
            )  # fmt: skip
    return bars


def _lines(kind: str, series: Sequence[Series], ruler: Scale, centres: Sequence[float]) -> list[Html]:
    marks = []
    for s, one in enumerate(series):
        colour = COLOURS[s % 12]
        points = [f"{x:.1f} {ruler.y(value):.1f}" for x, value in zip(centres, one.values, strict=True)]
        way = "M" + " L".join(points)
        if kind == "area":
            floor = f" L{centres[-1]:.1f} {ruler.y(0):.1f} L{centres[0]:.1f} {ruler.y(0):.1f} Z"
            marks.append(tag("path", d=way + floor, fill=colour, fill_opacity=0.18))
        marks.append(
            tag("path", d=way, fill="none", stroke=colour, stroke_width=2.5, stroke_linejoin="round")
        )
        marks += [
            tag("circle", tag("title", f"{one.name}: {value:g}"), cx=point.split()[0], cy=point.split()[1],
                r=3, fill=colour)
            for point, value in zip(points, one.values, strict=True)
        ]  # fmt: skip
    return marks


def _pie(parts: Sequence[Series]) -> Html:
    whole = sum(part.values[0] for part in parts) or 1.0
    radius, x, y = 96.0, WIDTH / 2, 104.0
    slices, turn = [], -math.pi / 2
    for i, part in enumerate(parts):
        share = part.values[0] / whole
        if share >= 1:
            slices.append(tag("circle", cx=x, cy=y, r=radius, fill=COLOURS[i % 12]))
            continue
        end = turn + share * 2 * math.pi
        way = (
            f"M{x:g} {y:g} L{x + radius * math.cos(turn):.2f} {y + radius * math.sin(turn):.2f} "
            f"A{radius:g} {radius:g} 0 {int(share > 0.5)} 1 "
            f"{x + radius * math.cos(end):.2f} {y + radius * math.sin(end):.2f} Z"
        )
        slices.append(tag("path", d=way, fill=COLOURS[i % 12], stroke="#fff", stroke_width=2))
        turn = end
    return _svg(join(slices), height=208.0)
