"""Where things are on a picture, in pixels from the lower left: boxes, and how they keep out of each other's way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, cos, hypot, radians, sin

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels, from the lower left."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def meets(self, other: Box, apart: float = 0.0) -> bool:
        """Whether they overlap, or come closer than ``apart``."""
        beside = self.right + apart <= other.left or other.right + apart <= self.left
        above = self.top + apart <= other.bottom or other.top + apart <= self.bottom
        return not (beside or above)

    def is_inside(self, other: Box) -> bool:
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.bottom >= other.bottom
            and self.top <= other.top
        )

    def holds(self, x: float, y: float, more: float = 0.0) -> bool:
        return self.left - more <= x <= self.right + more and self.bottom - more <= y <= self.top + more

    def nearest(self, x: float, y: float) -> tuple[float, float]:
        """The point of it that is nearest to another."""
        return min(max(x, self.left), self.right), min(max(y, self.bottom), self.top)


NOWHERE = Box(0, 0, 0, 0)


def pushed_apart(
    wanted: Sequence[float], heights: Sequence[float], low: float, high: float, *, apart: float
) -> list[float]:
    """Middles of boxes, in rising order, near where they are wanted but ``apart`` from each other.

    They stay between ``low`` and ``high`` where there is room for all; else they go beyond both by the same.
    """
    middles: list[float] = []
    floor_ = low
    for want, height in zip(wanted, heights, strict=True):
        middle = max(want, floor_ + height / 2)
        middles.append(middle)
        floor_ = middle + height / 2 + apart
    ceiling = max(high, low + sum(heights) + apart * (len(heights) - 1))
    for place in range(len(middles) - 1, -1, -1):
        middles[place] = min(middles[place], ceiling - heights[place] / 2)
        ceiling = middles[place] - heights[place] / 2 - apart
    return middles


def beside(x: float, y: float, width: float, height: float, far: float, angle: float) -> Box:
    """A box in a direction from a point, its nearest edge about ``far`` away."""
    across, upright = cos(radians(angle)), sin(radians(angle))
    middle_x = x + across * (far + width / 2 * abs(across))
    middle_y = y + upright * (far + height / 2 * abs(upright))
    return Box(middle_x - width / 2, middle_y - height / 2, middle_x + width / 2, middle_y + height / 2)


def close_together(xs: Sequence[float], ys: Sequence[float]) -> Iterator[Point]:
    """Points on a line, no more than some pixels from one to the next."""
    for (x, y), (next_x, next_y) in zip(
        zip(xs, ys, strict=True), zip(xs[1:], ys[1:], strict=True), strict=False
    ):
        parts = max(1, ceil(hypot(next_x - x, next_y - y) / 8))
        for part in range(parts):
            yield x + (next_x - x) * part / parts, y + (next_y - y) * part / parts


def steps(low: float, high: float, parts: int) -> Iterator[float]:
    yield from (low + (high - low) * part / parts for part in range(parts + 1))
