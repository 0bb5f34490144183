"""Whether tuning pays back: every outcome that a range of calls and of labelled examples can have."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from core.answers import Answers
from core.costs.arithmetic import QUICK
from core.costs.compare import (
    OF_CODE,
    Outcome,
    Range,
    Steps,
    is_close,
    judged,
)
from core.costs.cost import Cost, Pricing, cost
from core.costs.figures import Figures
from core.costs.lines import TUNED, Base
from core.costs.world import World
from core.once import once
from core.policy import Policy

if TYPE_CHECKING:  # numpy, which a single volume does not need
    from core.costs.ranges import Sweep


@dataclass(frozen=True)
class Payback:
    """Does a tuned option pay back, and does the cheaper model cost less: asked of one set of figures.

    The prompt is taken as built. Every method raises :class:`core.answers.CaseError` when a model, base or provider is
    unknown and was given no prices. ``cost``: how an option is priced in floats.
    """

    figures: Figures
    cost: Pricing = cost

    @staticmethod
    def of(answers: Answers, on: datetime.date, policy: Policy) -> Payback:
        return Payback(Figures(answers, on, policy))

    def code_at(self, calls: Decimal, labelled: Decimal) -> int:
        """The code of one volume and one number of labelled examples: in decimals where floats are a close call."""
        figures = self.figures
        world = figures.world(QUICK, float(calls), float(labelled))
        quick = judged(world, figures, figures.float_bases, self.cost)
        if not any(is_close(*pair) for pair in quick.compared) and not self.steps.is_next_to(float(calls)):
            return int(quick.code)
        return int(judged(figures.exact(calls, labelled), figures, figures.exact_bases).code)

    def naming(self, key: str, name: str) -> Payback:
        """The same with another model, or another base: what that is no part of is priced once for all of them."""
        known = self._known

        def priced(w: World, option: str, base: Base | None = None) -> Cost:
            is_tuned = option in TUNED
            if (option == "hosted") if key == "base" else not is_tuned:
                return cost(w, option, base)
            place = (option, base and base.name, _hashed(w.calls), _hashed(w.labelled) if is_tuned else None)
            if place not in known:
                known[place] = cost(w, option, base)
            return known[place]

        return Payback(self.figures.naming(key, name), priced)

    def without_training(self) -> Payback:
        """The same where the data may not train a provider's model."""
        return Payback(self.figures.without_training(), self.cost)

    @once
    def _known(self) -> dict[tuple[Any, ...], Cost]:
        return {}

    @once
    def steps(self) -> Steps:
        """Where own servers are added, tuned."""
        return Steps.of(self.figures)

    def outcomes(self, calls: Range, labels: Sequence[Range]) -> list[frozenset[Outcome]]:
        """Every outcome that a number of calls a month in a range gives, for each range of labelled examples."""
        said = zip(*self.said(calls, labels), strict=True)
        return [frozenset[Outcome]().union(*of_a_range) for of_a_range in said]

    def said(self, calls: Range, labels: Sequence[Range]) -> Iterator[Sequence[frozenset[Outcome]]]:
        """The same, some of it after the other: who knows enough asks no further."""
        closed = [self.closed(part) for part in labels]
        if calls[0] == calls[1] and all(low == high for low, high in closed):
            yield [OF_CODE[self._code_at(calls[0], low)] for low, _ in closed]
            return
        for codes in self._sweep(calls, closed).codes():
            yield [OF_CODE[code] for code in codes]

    def _code_at(self, calls: Decimal, labelled: Decimal) -> int:
        if (calls, labelled) not in self._codes:
            self._codes[calls, labelled] = self.code_at(calls, labelled)
        return self._codes[calls, labelled]

    @once
    def _codes(self) -> dict[tuple[Decimal, Decimal], int]:
        return {}

    def telling_calls(self, calls: Range, labels: Sequence[Range]) -> Iterator[Decimal]:
        """Numbers of calls in a range, one for every set of outcomes that each range of labelled examples leaves."""
        for swept in self._sweep(calls, [self.closed(part) for part in labels]).all():
            yield from swept.telling_calls()

    def telling_labels(self, calls: Range, labels: Sequence[Range]) -> Iterator[Decimal]:
        """Numbers of labelled examples in each range, one for every set of outcomes that the calls then leave."""
        for swept in self._sweep(calls, [self.closed(part) for part in labels]).all():
            yield from swept.telling_labels()

    def closed(self, labels: Range) -> tuple[Decimal, Decimal]:
        """A range of labelled examples; beyond the most that make a difference nothing changes."""
        low, high = labels
        return low, max(low, self.figures.most_examples) if high is None else high

    def _sweep(self, calls: Range, parts: Sequence[tuple[Decimal, Decimal]]) -> Sweep:
        place = (calls, tuple(parts))
        if place not in self._sweeps:
            from core.costs.ranges import Sweep

            self._sweeps[place] = Sweep(self.figures, calls, parts, self.steps, self.code_at, self.cost)
        return self._sweeps[place]

    @once
    def _sweeps(self) -> dict[tuple[Range, tuple[tuple[Decimal, Decimal], ...]], Sweep]:
        return {}


def _hashed(value: Any) -> Any:
    """A number, or the bytes of many, to be looked up by."""
    return value if isinstance(value, float) else value.tobytes()
