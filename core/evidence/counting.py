"""Counting cases, whatever file they come from; and the doubts that any of them can raise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from core.evidence.found import MOST_ROWS, CannotRead, Doubt, Evidence, Found, Unreadable, Use, choices, short
from core.evidence.verdicts import Mark, number_of
from core.nouns import with_nouns

MOST_COMPARED = 20
MOST_TOKENS = 10_000_000
"""No call has more tokens; a larger number is something else."""

TOO_MANY = f"It has more than {MOST_ROWS:,} rows. Give me a random sample: a few thousand say as much."
NONE_COUNTED = "None of its rows says whether the answer was right."


class Case(NamedTuple):
    """One case. ``mark`` is ``None`` where only tokens are told. ``group``: what was compared. ``key``: which case."""

    mark: Mark | None
    key: Any = None
    group: str | None = None
    prompt: Any = None
    output: Any = None
    model: Any = None


@dataclass(slots=True)
class Mean:
    """The mean of the positive numbers that it is shown."""

    total: float = 0
    count: int = 0

    def add(self, cell: Any) -> None:
        number = None if cell is None else number_of(cell)
        if number is not None and 0 < number < MOST_TOKENS:
            self.total += float(number)
            self.count += 1

    def rounded(self) -> int | None:
        """The mean as a whole number of at least 1; ``None`` of nothing."""
        return max(1, round(self.total / self.count)) if self.count else None


@dataclass(slots=True)
class Count:
    """What was counted so far."""

    marks: dict[Mark, int] = field(default_factory=lambda: dict.fromkeys(Mark, 0))
    repeats: int = 0
    prompt: Mean = field(default_factory=Mean)
    output: Mean = field(default_factory=Mean)
    groups: dict[str, None] = field(default_factory=dict)
    models: set[str] = field(default_factory=set)
    verdicts: dict[int, bool] = field(default_factory=dict)
    """By a case's key and how often it came before; where cases have no key, by their place."""
    _times: Counter[int] = field(default_factory=Counter)
    _keys: set[int] = field(default_factory=set)

    def add(self, case: Case, use: Use) -> None:
        if case.group is not None and len(self.groups) <= MOST_COMPARED:
            self.groups[case.group] = None
        if use.provider is not None and case.group is not None and case.group != use.provider:
            return
        self.prompt.add(case.prompt)
        self.output.add(case.output)
        if isinstance(case.model, str) and len(self.models) < 2:
            self.models.add(case.model)
        if case.mark is None or (self._is_repeat(case) and use.repeats == "first"):
            return
        self.marks[case.mark] += 1
        self._note_verdict(case, use)

    def _note_verdict(self, case: Case, use: Use) -> None:
        if case.mark is Mark.BLANK or (case.mark is Mark.UNCLEAR and use.unclear != "miss"):
            return
        key = hash(str(case.key)) if case.key is not None else hash(("row", len(self.verdicts)))
        self._times[key] += 1
        self.verdicts[hash((key, self._times[key]))] = case.mark is Mark.RIGHT

    def _is_repeat(self, case: Case) -> bool:
        if case.key is None:
            return False
        key = hash(case.key)
        seen = key in self._keys
        self._keys.add(key)
        self.repeats += seen
        return seen


def count_cases(cases: Iterable[Case], use: Use, what: str) -> Found:
    """Count the cases. ``what`` was read, as a sentence begins: "Column `correct`"."""
    counted = Count()
    for number, case in enumerate(cases):
        if number >= MOST_ROWS:
            raise CannotRead(TOO_MANY)
        counted.add(case, use)
    return _doubt(counted, use) or _evidence(counted, use, what)


def _doubt(counted: Count, use: Use) -> Doubt | Unreadable | None:
    groups = list(counted.groups)
    if use.provider is not None and use.provider not in counted.groups:
        has = f"It has: {', '.join(groups[:MOST_COMPARED])}." if groups else "It names none."
        return Unreadable(f"It has nothing of {short(use.provider)}. {has}")
    if use.provider is None and len(groups) > MOST_COMPARED:
        return Unreadable(
            f"It compares more than {MOST_COMPARED} models or prompts. Export the one that counts."
        )
    if use.provider is None and len(groups) > 1:
        asks = f"It compares {len(groups)}. Which one do you use?"
        return Doubt(asks, "provider", choices(use, "provider", *((name, name) for name in groups)))
    if counted.repeats and use.repeats is None:
        asks = (
            f"{_rows(counted.repeats, 'repeats', 'repeat')} a case that came before. How shall I count those?"
        )
        said = (("Each case once, the first time", "first"), ("Every row", "all"))
        return Doubt(asks, "repeats", choices(use, "repeats", *said))
    unclear = counted.marks[Mark.UNCLEAR]
    if unclear and use.unclear is None and (counted.marks[Mark.RIGHT] or counted.marks[Mark.WRONG]):
        asks = (
            f"{_rows(unclear, 'says', 'say')} neither right nor wrong, or ended in an error. What are they?"
        )
        return Doubt(asks, "unclear", choices(use, "unclear", ("Misses", "miss"), ("Leave them out", "out")))
    return None


def _evidence(counted: Count, use: Use, what: str) -> Found:
    correct, unclear = counted.marks[Mark.RIGHT], counted.marks[Mark.UNCLEAR]
    missed = unclear if use.unclear == "miss" else 0
    total = correct + counted.marks[Mark.WRONG] + missed
    if total == missed:
        return Unreadable(NONE_COUNTED)
    return Evidence(
        correct=correct,
        total=total,
        prompt_tokens=counted.prompt.rounded(),
        output_tokens=counted.output.rounded(),
        model=_model(counted, use),
        read=_read(counted, use, what, total),
        verdicts=counted.verdicts,
    )


def _model(counted: Count, use: Use) -> str | None:
    """The one model that is named, if its price is known: everything else may be anything."""
    names = counted.models or ({use.provider} if use.provider else set(counted.groups))
    name = next(iter(names)) if len(names) == 1 else ""
    if not 0 < len(name) <= 100:
        return None
    from core.prices.calling import with_provider

    # "openai:chat:gpt-5-mini", as promptfoo writes it, has the kind of its interface in the middle.
    first, *_, last = name.split(":") if ":" in name else ("", name)
    return with_provider(name) or (with_provider(f"{first}:{last}") if first else None)


def _read(counted: Count, use: Use, what: str, total: int) -> str:
    said = [f"{what}, {with_nouns(f'{total:,}', 'rows')}"]
    if use.provider is not None and counted.groups:
        said.append(f"of {use.provider} alone")
    if use.pass_mark is not None:
        said.append(f"right from {use.pass_mark.normalize():f}")
    if counted.marks[Mark.BLANK]:
        said.append(f"{counted.marks[Mark.BLANK]:,} without a verdict left out")
    if counted.marks[Mark.UNCLEAR]:
        how = "counted as misses" if use.unclear == "miss" else "left out"
        said.append(f"{counted.marks[Mark.UNCLEAR]:,} unclear ones {how}")
    if counted.repeats:
        how = "counted again" if use.repeats == "all" else "left out"
        said.append(f"{counted.repeats:,} repeated ones {how}")
    return f"{'; '.join(said)}."


def _rows(number: int, one: str, several: str) -> str:
    return f"{with_nouns(f'{number:,}', 'rows')} {one if number == 1 else several}"
