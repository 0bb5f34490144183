"""Options compared: when one pays back, and every outcome that a range of calls and of labelled examples can have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Any, NamedTuple

from core.costs.arithmetic import QUICK, Arithmetic, Number
from core.costs.cost import Pricing, Savings, base_of, baseline_of, cost
from core.costs.figures import Figures
from core.costs.lines import ON_SERVERS, TUNED, Base, servers_per_call
from core.costs.world import World


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the ledger says at one volume.

    ``pays_back``: whether tuning pays back, hosted or self-hosted. ``cheaper_costs_less``: whether the first year of
    the cheaper model costs less than that of the best tuned option that pays back; false where none does.
    """

    pays_back: bool
    cheaper_costs_less: bool


Range = tuple[Decimal, Decimal | None]
"""The two ends of what a number may be, both included; a high end of ``None`` is open."""

EVERY_OUTCOME = (Outcome(False, False), Outcome(True, False), Outcome(True, True))
NOT_BACK, BACK, CHEAPER = 1, 2, 4
"""The same as bits of a code: what a code holds may be so."""
EVERYTHING = NOT_BACK | BACK | CHEAPER
OF_CODE = tuple(
    frozenset(outcome for bit, outcome in enumerate(EVERY_OUTCOME) if code >> bit & 1) for code in range(8)
)
A_CLOSE_CALL = 1e-10
"""Two amounts in floats that differ by so small a share of themselves are compared in decimals."""


class Judged(NamedTuple):
    """The outcomes of a world, or of each of many.

    ``code``: the bits of all that may be; several only where something is unknown. ``compared``: the amounts that were
    compared, in pairs: where the larger one of a pair becomes the smaller, the outcome may change.
    """

    code: Any
    compared: tuple[tuple[Number, Number], ...]


def is_close(one: Number, other: Number) -> Any:
    """Whether two amounts in floats are too close to say which is larger."""
    return abs(one - other) <= A_CLOSE_CALL * (abs(one) + abs(other))


@dataclass(frozen=True)
class Steps:
    """Where own servers are added: each takes ``1 / per_call`` calls a month, and ``fewest`` always run."""

    per_call: float
    fewest: float

    @staticmethod
    def of(figures: Figures, *, tuned: bool = True) -> Steps:
        per_call = servers_per_call(figures.world(QUICK, 0.0, 0.0), tuned=tuned)
        return Steps(float(per_call), float(figures.fewest_replicas))

    def is_next_to(self, volume: float) -> bool:
        """Whether so many calls are all that some number of servers can serve, or as good as all."""
        return self.at(volume, 2 * A_CLOSE_CALL) is not None

    def at(self, volume: float, part: float) -> int | None:
        """The number of servers that so many calls use up, but for so small a part of it; ``None`` for none."""
        needed = volume * self.per_call
        count = round(needed)
        return count if count >= self.fewest and abs(needed - count) <= part * count else None

    def between(self, low: float, high: float) -> range:
        """The numbers of servers that are all in use somewhere between two volumes: after each follows one more."""
        first, last = steps_between(QUICK, low * self.per_call, high * self.per_call, self.fewest)
        return range(ceil(first), int(last) + 1)


def steps_between(m: Arithmetic, low: Number, high: Number, fewest: Number = 0.0) -> tuple[Number, Number]:
    """The first and the last number of servers that are all in use between two needs, after which one more is needed.

    There is none where the first is larger. A need is in servers, in parts of one too; ``fewest`` always run.
    """
    return m.most(low // 1 + 1, fewest), -(-high // 1) - 1


def judged(
    w: World,
    figures: Figures,
    bases: Sequence[Base],
    cost: Pricing = cost,
    *,
    is_cheaper_asked: bool = True,
) -> Judged:
    """What node 5 of the tree asks of the ledger. The prompt is taken as built. ``cost``: how an option is priced.

    ``is_cheaper_asked``: without it the cheaper model is left out, as if it never cost less.
    """
    m = w.m
    month = baseline_of(m, [cost(w, name) for name in figures.baselines]).month
    is_cheaper_asked = is_cheaper_asked and figures.has_cheaper
    cheaper = cost(w, "cheaper_model").first_year if is_cheaper_asked else m.infinity
    pairs: list[tuple[Number, Number]] = []
    surely, perhaps = m.infinity, []
    tuned = [base_of(m, [cost(w, "hosted", base) for base in bases], pairs)] if bases else []
    own = [cost(w, name) for name in TUNED if name in ON_SERVERS]
    for option in (*tuned, *own):
        savings, year = Savings.of(m, option, month, m.number(0)), option.first_year
        earned = savings.earned
        pairs += [(month, option.month), (earned, option.once)]
        pairs += [(cheaper, year)] if is_cheaper_asked else []
        year = m.where(savings.pays_back(earned), year, m.infinity)
        if option.is_open:
            perhaps.append(year)
        else:
            surely = m.least(surely, year)
    return Judged(_code(m, cheaper, surely, perhaps), tuple(pairs))


def _code(m: Arithmetic, cheaper: Number, surely: Number, perhaps: Sequence[Number]) -> Any:
    """An infinite first year stands for an option that does not pay back."""
    less = cheaper < surely
    code = m.where(surely < m.infinity, m.where(less, CHEAPER, BACK), NOT_BACK)
    for least in perhaps:
        may_be, need_not = least < m.infinity, (cheaper >= least) | (cheaper >= surely)
        code = code | m.where(may_be & need_not, BACK, 0) | m.where(may_be & less, CHEAPER, 0)
    return code
