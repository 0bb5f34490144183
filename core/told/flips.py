"""What would change a verdict, as it is shown and kept: each flip, and those of one input together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core import inputs
from core.answers import Answer, AssumptionValue, Between, Missing
from core.case import write_answer
from core.facts import ASSUMPTIONS
from core.flips import Flip as Found
from core.told.numbers import read_number, told_number, write_number

Value = Decimal | Between | bool | str | frozenset[str] | None
"""An answer or an assumption; ``None`` for one that is not known."""


@dataclass(frozen=True, slots=True)
class Flip:
    """One finding about one input. ``to``: the value with which the verdict is ``verdict``; ``None`` for none.

    A ``verdict`` of ``None`` beside a value: a further question is open then, ``asks``. ``side``: "below" or "above"
    for a number, ``None`` for a choice.
    """

    input: str
    present: Value
    to: Value
    verdict: str | None
    side: str | None = None
    asks: str | None = None

    @staticmethod
    def of(flip: Found) -> Flip:
        """A flip of core."""
        return Flip(flip.input, _told(flip.present), _told(flip.to), flip.verdict, flip.side, flip.asks)

    @staticmethod
    def from_json(told: Mapping[str, Any]) -> Flip:
        """A flip that was kept. One of old does not say on which side of the present number it lies."""
        key = str(told["input"])
        present, to = (_read(key, told[end]) for end in ("from", "to"))
        side = told["side"] if "side" in told else _side(key, present, to)
        return Flip(key, present, to, told["verdict"], side, told.get("asks"))

    def to_json(self, *, kept: bool = False) -> dict[str, Any]:
        """The shape in the output of ``advise``; ``kept``: with what the log keeps beside it."""
        return {
            "input": self.input,
            "from": _write(self.present),
            "to": _write(self.to),
            "verdict": self.verdict,
            "side": self.side,
            **({"asks": self.asks} if kept and self.asks is not None else {}),
        }

    @property
    def number(self) -> Decimal:
        """The value that changes the verdict, of a number."""
        assert isinstance(self.to, Decimal)
        return self.to

    @property
    def times(self) -> Decimal | None:
        """The value as a multiple of the present one, or of that end of a range; ``None`` where either is 0 or open."""
        start = _ends(self.present)[0 if self.side == "below" else 1]
        return self.number / start if start and self.to else None


@dataclass(frozen=True, slots=True)
class Input:
    """What would change the verdict in one input: of a number a flip below and one above, of a choice others."""

    key: str
    present: Value
    below: Flip | None = None
    above: Flip | None = None
    others: tuple[Flip, ...] = ()

    @staticmethod
    def of(key: str, flips: Sequence[Flip]) -> Input:
        """All flips of an input. The first of a side: an advice of old may have two for one."""
        turns = [flip for flip in flips if flip.to is not None]
        present = flips[0].present
        if not inputs.is_measured(key):
            return Input(key, present, others=tuple(turns))
        sides = {flip.side: flip for flip in reversed(turns)}
        return Input(key, present, sides.get("below"), sides.get("above"))

    @property
    def is_number(self) -> bool:
        return inputs.is_measured(self.key)

    @property
    def is_assumed(self) -> bool:
        return self.key in ASSUMPTIONS

    @property
    def lies_inside(self) -> bool:
        """Whether the range that was given holds a value that changes the verdict: it is too wide."""
        if not self.is_number or not isinstance(self.present, Between):
            return False
        low, high = self.present.low, self.present.high
        below = self.below is not None and (low is None or self.below.number > low)
        above = self.above is not None and (high is None or self.above.number < high)
        return below or above

    @property
    def changes(self) -> bool:
        """Whether any value changes the verdict."""
        return bool(self.below or self.above or self.others)

    @property
    def factor(self) -> Decimal | None:
        """How many times larger or smaller it must be, from 1; ``None`` where that cannot be said."""
        found = [flip.times for flip in (self.below, self.above) if flip is not None]
        return min((max(times, 1 / times) for times in found if times), default=None)

    @property
    def distance(self) -> Decimal:
        """The factor, for sorting: what has none comes last."""
        return self.factor or Decimal("Infinity")


def inputs_of(flips: Iterable[Flip]) -> tuple[Input, ...]:
    """The inputs of flips, each once, in their order."""
    found: dict[str, list[Flip]] = {}
    for flip in flips:
        found.setdefault(flip.input, []).append(flip)
    return tuple(Input.of(key, of_it) for key, of_it in found.items())


def _side(key: str, present: Value, to: Value) -> str | None:
    if not inputs.is_measured(key) or not isinstance(to, Decimal):
        return None
    low, high = _ends(present)
    if low is not None and to <= low:
        return "below"
    return "above" if high is not None and to >= high else None


def _ends(present: Value) -> tuple[Decimal | None, Decimal | None]:
    """Both ends of a present number; ``None`` for an end that is open."""
    if isinstance(present, Between):
        return present.low, present.high
    number = read_number(present)
    return number, number


def _told(value: Answer | AssumptionValue | None) -> Value:
    match value:
        case Decimal():
            return told_number(value)
        case Between():
            return Between(told_number(value.low), told_number(value.high))
        case Missing():
            return None
    return value


def _read(key: str, told: Any) -> Value:
    match told:
        case None | bool() | str():
            return told
        case [low, high] if inputs.is_measured(key):
            return Between(read_number(low), read_number(high))
        case list():
            return frozenset(map(str, told))
    return read_number(told)


def _write(value: Value) -> Any:
    match value:
        case None:
            return None
        case Decimal():
            return write_number(value)
        case Between():
            return [write_number(value.low), write_number(value.high)]
    return write_answer(value)
