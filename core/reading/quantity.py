"""One typed number, or a range: what it counts, per what, in which currency, and what makes it doubtful."""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Kind = Literal[
    "bare", "share", "calls", "duration", "tokens", "money", "count", "factor", "relative", "other"
]


QUALITY = frozenset(("quality", "quality_now", "quality_target", "cheaper_model_enough"))


HEDGES_BEFORE = frozenset(
    "about around like maybe probably nearly almost ~ some say roughly = : is was of ca just only another exactly good".split()
)


SEPARATORS = frozenset(("-", "to", "or", "→", "bis", "through", "..."))


@dataclass(slots=True)
class Quantity:
    """A typed number, or a range, from token ``start`` up to ``end``.

    number_end: where its digits end. bound: which end a word such as "at least" leaves closed. strict: "more than" rather
    than "at least". noun: what is counted. period: per what. side: tokens in or out. notes: what makes it doubtful.
    """

    kind: Kind
    low: Decimal
    high: Decimal
    start: int
    end: int
    bound: Literal["", "low", "high"] = ""
    strict: bool = False
    noun: str = ""
    period: str = ""
    side: str = ""
    currency: str = ""
    scaled: bool = False
    suffix: str = ""
    k_of_n: tuple[int, int] | None = None
    in_words: bool = False
    notes: set[str] = field(default_factory=set)

    def times(self, factor: Decimal) -> None:
        """Make it ``factor`` times as much."""
        self.low, self.high = self.low * factor, self.high * factor
