"""Whether tuning pays back: every outcome that a range of calls and of labelled examples can have."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
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
    from core.costs.ranges import Swept


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

    @once
    def _known(self) -> dict[tuple[Any, ...], Cost]:
        return {}

    @once
    def steps(self) -> Steps:
        """Where own servers are added, tuned."""
        return Steps.of(self.figures)

    def outcomes(self, calls: Range, labels: Sequence[Range]) -> list[frozenset[Outcome]]:
        """Every outcome that a number of calls a month in a range gives, for each range of labelled examples."""
        closed = [self.closed(part) for part in labels]
        if calls[0] == calls[1] and all(low == high for low, high in closed):
            return [OF_CODE[self.code_at(calls[0], low)] for low, _ in closed]
        return [OF_CODE[swept.code] for swept in self._swept(calls, labels)]

    def telling_calls(self, calls: Range, labels: Range) -> tuple[Decimal, ...]:
        """Numbers of calls inside a range, one for every set of outcomes that the labelled examples then leave."""
        return self._swept(calls, [labels])[0].telling_calls()

    def telling_labels(self, calls: Range, labels: Range) -> tuple[Decimal, ...]:
        """Numbers of labelled examples in a range, one for every set of outcomes that the calls then leave."""
        return self._swept(calls, [labels])[0].telling_labels()

    def closed(self, labels: Range) -> tuple[Decimal, Decimal]:
        """A range of labelled examples; beyond the most that make a difference nothing changes."""
        low, high = labels
        return low, max(low, self.figures.most_examples) if high is None else high

    def _swept(self, calls: Range, labels: Sequence[Range]) -> list[Swept]:
        """The outcomes by the calls and each range of labelled examples; those that are new are looked at together."""
        new = [part for part in labels if (calls, part) not in self._sweeps]
        if new:
            from core.costs.ranges import swept

            closed = [self.closed(part) for part in new]
            found = swept(self.figures, calls, closed, self.code_at, self.cost)
            self._sweeps.update(zip(((calls, part) for part in new), found, strict=True))
        return [self._sweeps[calls, part] for part in labels]

    @once
    def _sweeps(self) -> dict[tuple[Range, Range], Swept]:
        return {}


def _hashed(value: Any) -> Any:
    """A number, or the bytes of many, to be looked up by."""
    return value if isinstance(value, float) else value.tobytes()
