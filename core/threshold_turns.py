"""Where the verdict turns along an answer that nothing prices: where it meets a threshold, or another answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from math import ceil

from core import lattice
from core.answers import Answer, Answers, Between
from core.evaluation import wilson
from core.facts import ANSWERS
from core.known import Span, quality_now
from core.tree import THRESHOLDS_OF, Verdict
from core.walk import Walk

VerdictWith = Callable[[str, Answer], Verdict | None]
"""The verdict with one answer in place of the present one; ``None`` while a question is open."""


@dataclass(frozen=True)
class ThresholdTurns:
    """The turns along the answers of one walk. ``verdict``: the present one."""

    walk: Walk
    verdict: Verdict | None
    verdict_with: VerdictWith

    @property
    def answers(self) -> Answers:
        return self.walk.answers

    def _changes(self, key: str, value: Decimal) -> bool:
        return self.verdict_with(key, value) != self.verdict

    def beyond(self, key: str, near: Decimal, *, up: bool) -> Decimal | None:
        """The nearest value beyond a number with which the verdict is another one."""
        if key == "eval_correct":
            return self._eval_correct(near, up)
        return self._counted(key, near, up) if ANSWERS[key].is_counted else self._share(key, near, up)

    def inward(self, key: str, near: Decimal, far: Decimal, *, up: bool) -> Decimal:
        """From one end of a range: the last value that has the verdict of that end; the end where all have it."""
        verdict = self.verdict_with(key, near)

        def stays(value: Decimal) -> bool:
            is_inside = value >= far if up else value <= far
            return is_inside and self.verdict_with(key, value) == verdict

        if ANSWERS[key].is_counted:
            first = _whole(near, up=not up)
            last = _farthest(first, stays, up=not up) if stays(first) else near
            return near if last == far else last
        last, start = near, Fraction(near)
        places = (p for p in self._places(key) if min(near, far) < p < max(near, far))
        for place in (*sorted(places, reverse=up), Fraction(far)):
            before = lattice.first_between(place, start, up=up)
            if before is not None:
                if not stays(before):
                    return last
                last = before
            exactly = lattice.rounded(place, lattice.MOST_DIGITS, up=up)
            if Fraction(exactly) == place:
                if not stays(exactly):
                    return last
                last = exactly if lattice.rounded(place, lattice.DIGITS, up=up) == exactly else last
            start = place
        return near

    def _counted(self, key: str, near: Decimal, up: bool) -> Decimal | None:
        (name,) = THRESHOLDS_OF[key]
        value = Decimal(ceil(self.walk.threshold(name))) - (0 if up else 1)
        beyond = value >= near if up else value <= near
        if value < 0 or not beyond or not self._changes(key, value):
            return None
        return value

    def _shares(self) -> list[Fraction]:
        limits = ("closable_gap", "redefine_at")
        return [Fraction(1), *(Fraction(self.walk.threshold(name)) for name in limits)]

    def _places(self, key: str) -> list[Fraction]:
        """Where the verdict can turn along a quality or a latency: where it meets a threshold, or the other figure."""
        match key:
            case "quality_now":
                target = _ends_of(self.answers.of("quality_target"))
                return [share * end for share in self._shares() for end in target]
            case "quality_target":
                span = quality_now(self.answers) or Span(Decimal(0), Decimal(1))
                ends = (Fraction(span.low), Fraction(span.high or 0))
                return [end / share for share in self._shares() if share for end in ends]
            case _:
                other = self.answers.of("latency_ms" if key == "latency_now_ms" else "latency_now_ms")
                return [Fraction(other)] if isinstance(other, Decimal) else []

    def _share(self, key: str, near: Decimal, up: bool) -> Decimal | None:
        """The nearest quality or latency beyond one: on or just beyond a place where the verdict can turn."""
        at, most = Fraction(near), ANSWERS[key].high
        places = {Fraction(0), Fraction(most), at, *self._places(key)}
        ordered = sorted(
            (p for p in places if 0 <= p <= most and (p >= at if up else p <= at)), reverse=not up
        )
        for place, following in zip(ordered, [*ordered[1:], None], strict=True):
            exactly = lattice.rounded(place, lattice.DIGITS, up=up)
            tried = [exactly] if Fraction(exactly) == place and place != at else []
            if following is not None:
                beyond = lattice.first_between(place, following, up=up)
                tried += [] if beyond is None else [beyond]
            for value in tried:
                if value == 0 and key == "quality_target":
                    continue  # any prompt reaches a target of nothing
                if 0 <= value <= most and self._changes(key, value):
                    return value
        return None

    def _eval_correct(self, at: Decimal, up: bool) -> Decimal | None:
        total = self.answers.of("eval_total")
        assert isinstance(total, Decimal)
        near, cases = int(at), int(total)
        target = _ends_of(self.answers.of("quality_target"))
        limits = {share * end for share in self._shares() for end in target}
        turns = {turn for limit in limits for turn in _where_the_interval_meets(cases, limit)}
        values = sorted((v for v in turns if (v > near if up else v < near)), reverse=not up)
        tried = [v for v in values if 0 <= v <= cases]
        return next(
            (Decimal(v) for v in tried if self._changes("eval_correct", Decimal(v))),
            None,
        )


def _farthest(value: Decimal, stays: Callable[[Decimal], bool], *, up: bool) -> Decimal:
    """The last whole number that still does it, on the way from one that does."""
    way = 1 if up else -1
    step, last = 1, value
    while stays(value + way * step):
        last, step = value + way * step, step * 2
    first = value + way * step
    while abs(last - first) > 1:
        middle = ((last + first) / 2).to_integral_value(ROUND_FLOOR)
        first, last = (first, middle) if stays(middle) else (middle, last)
    return last


def _whole(value: Decimal, *, up: bool) -> Decimal:
    return value.to_integral_value(ROUND_CEILING if up else ROUND_FLOOR)


def _where_the_interval_meets(total: int, limit: Fraction) -> Iterator[int]:
    """The numbers of right answers on both sides of where an end of the interval meets a limit."""
    for end in ("low", "high"):
        few, many = -1, total + 1
        while many - few > 1:
            middle = (few + many) // 2
            reached = Fraction(getattr(wilson(middle, total), end)) >= limit
            few, many = (few, middle) if reached else (middle, many)
        yield from (few, many)
        # An end that is the limit itself is over it for some branches and not for others.
        yield many + 1


def _ends_of(answer: Answer) -> tuple[Fraction, Fraction]:
    """The least and the most that a quality may be."""
    if isinstance(answer, Between):
        low = Decimal(0) if answer.low is None else answer.low
        high = Decimal(1) if answer.high is None else answer.high
        return Fraction(low), Fraction(high)
    return (Fraction(answer), Fraction(answer)) if isinstance(answer, Decimal) else (Fraction(0), Fraction(1))
