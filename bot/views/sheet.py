"""A white card on which texts and lines are placed in pixels, so that every text can be measured before it is drawn.

matplotlib is imported when something is first drawn (half a second).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from bot.views.placing import Box

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH, HEIGHT = 1200, 720
DPI = 100
INK, QUIET, GRID, EDGE, CARD = "#1b1f24", "#4c5560", "#e3e7eb", "#cfd6dd", "#ffffff"
WHITE_EDGE = 5.0


@dataclass(frozen=True, slots=True)
class Words:
    """A text as it was drawn: where, and how high its letters are in pixels."""

    text: str
    box: Box
    pixels: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished picture and the texts in it."""

    png: bytes
    words: tuple[Words, ...]


Across = Literal["left", "center", "right"]


@dataclass
class Sheet:
    """A white card, and what is on it. Coordinates are pixels from the lower left."""

    figure: Figure
    renderer: Any
    identity: Any
    white_edge: Any
    words: list[Words] = field(default_factory=list)

    @staticmethod
    def blank() -> Sheet:
        # Slow to import, and only needed here.
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
        from matplotlib.patches import Rectangle
        from matplotlib.patheffects import withStroke
        from matplotlib.transforms import IdentityTransform

        figure = Figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI, facecolor=CARD)
        canvas: Any = FigureCanvasAgg(figure)
        identity = IdentityTransform()
        figure.add_artist(
            Rectangle(
                (1, 1), WIDTH - 2, HEIGHT - 2, fill=False, edgecolor=EDGE, linewidth=1.5, transform=identity
            )
        )
        white_edge = [withStroke(linewidth=WHITE_EDGE, foreground=CARD)]
        return Sheet(figure, canvas.get_renderer(), identity, white_edge)

    def finished(self) -> Drawing:
        out = io.BytesIO()
        fast = {"compress_level": 1}  # 5% larger, and 20 ms sooner
        self.figure.savefig(out, format="png", dpi=DPI, facecolor=CARD, pil_kwargs=fast)
        return Drawing(out.getvalue(), tuple(self.words))

    def size(self, text: str, pixels: float, *, bold: bool = False) -> tuple[float, float]:
        """Width and height of a text of one or more lines."""
        artist = self._text(text, 0, 0, pixels, bold=bold)
        extent = artist.get_window_extent(self.renderer)
        return float(extent.width), float(extent.height)

    def write(
        self,
        text: str,
        x: float,
        y: float,
        pixels: float,
        *,
        colour: str = INK,
        bold: bool = False,
        across: Across = "left",
        upright: Literal["bottom", "center", "top"] = "bottom",
        over_lines: bool = False,
    ) -> Box:
        """Write a text that begins, ends or is centred at a point; the box it takes.

        ``over_lines``: with white around it.
        """
        artist = self._text(text, x, y, pixels, bold=bold, colour=colour, across=across, upright=upright)
        if over_lines:
            artist.set_path_effects(self.white_edge)
        self.figure.add_artist(artist)
        extent = artist.get_window_extent(self.renderer)
        box = Box(float(extent.x0), float(extent.y0), float(extent.x1), float(extent.y1))
        self.words.append(Words(text, box, pixels))
        return box

    def _text(
        self,
        text: str,
        x: float,
        y: float,
        pixels: float,
        *,
        bold: bool,
        colour: str = INK,
        across: Across = "left",
        upright: str = "bottom",
    ) -> Any:
        from matplotlib.text import Text

        artist = Text(
            x,
            y,
            text,
            fontsize=pixels * 72 / DPI,
            fontweight="bold" if bold else "normal",
            fontfamily="DejaVu Sans",  # comes with matplotlib, so that the card looks the same everywhere
            color=colour,
            ha=across,
            va=upright,
            linespacing=1.12,
            parse_math=False,  # a dollar is a dollar
            transform=self.identity,
        )
        artist.set_figure(self.figure)
        return artist

    def line(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        colour: str,
        width: float,
        *,
        dashes: tuple[float, ...] | None = None,
        edge: bool = False,
        over: float = 2,
    ) -> None:
        """A line through points; ``edge``: white around it, where lines cross."""
        from matplotlib.lines import Line2D

        artist = Line2D(xs, ys, color=colour, linewidth=width, transform=self.identity, zorder=over)
        artist.set_solid_capstyle("round")
        artist.set_solid_joinstyle("round")
        if dashes:
            artist.set_linestyle((0, dashes))
        if edge:
            self.figure.add_artist(
                Line2D(xs, ys, color=CARD, linewidth=width + 3, transform=self.identity, zorder=over - 0.1)
            )
        self.figure.add_artist(artist)

    def area(self, xs: Sequence[float], ys: Sequence[float], colour: str, strength: float) -> None:
        """A filled area within points."""
        from matplotlib.patches import Polygon

        points = list(zip(xs, ys, strict=True))
        self.figure.add_artist(
            Polygon(
                points,
                closed=True,
                facecolor=colour,
                alpha=strength,
                edgecolor="none",
                transform=self.identity,
                zorder=1,
            )
        )

    def mark(self, x: float, y: float, kind: str, size: float, face: str, edge: str, over: float = 4) -> None:
        """A marker: "o" a circle, "D" a diamond."""
        from matplotlib.lines import Line2D

        self.figure.add_artist(
            Line2D(
                [x],
                [y],
                marker=kind,
                markersize=size,
                markerfacecolor=face,
                markeredgecolor=edge,
                markeredgewidth=2.6,
                linestyle="none",
                transform=self.identity,
                zorder=over,
            )
        )
