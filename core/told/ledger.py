"""A ledger as it is shown and kept: options with their lines, or examples of them where the volume is not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from core.costs.kinds import FOLLOWS_CALLS
from core.costs.latency import Latency
from core.costs.ledger import Assumed as Used
from core.costs.ledger import Estimate, Unknown, best_tuned
from core.costs.ledger import Line as Reckoned
from core.costs.ledger import Option as Priced
from core.costs.lines import BASELINES, TUNED
from core.costs.sources import THE_HOUSE, Removed
from core.told.labels import kind_of, servers_of
from core.told.numbers import (
    read_number,
    told_money,
    told_number,
    write_money,
    write_number,
)

if TYPE_CHECKING:  # numpy, which nobody needs who shows what was kept
    from core.costs.worlds import Band

Json = Mapping[str, Any]

PROMPTED = ("prompt", "prompt_cached")
NO_LESS = Decimal("Infinity")
"""In place of what is not known, where the lowest is looked for."""
DOLLARS = (
    *("up_front", "month", "first_year", "per_1000_calls"),
    *("month_p10", "month_p50", "month_p90"),
)
NUMBERS = ("payback_months", "crossover_calls", "crossover_within_horizon_calls")
OF_A_LINE = ("label", "quantity", "unit", "unit_price", "amount", "per", "source", "as_of")


@dataclass(frozen=True, slots=True)
class Line:
    """One amount in dollars. ``per``: "month", "up front" or "call". ``as_of``: 2026, 2026-08 or 2026-08-27.

    ``kind``: of :class:`core.costs.kinds.Kind`, or of a later program; "" where nobody can say. ``servers``: how many
    it is the price of, where it is of servers.
    """

    kind: str
    label: str
    quantity: Decimal | None
    unit: str
    unit_price: Decimal | None
    amount: Decimal
    per: str
    source: str
    as_of: str | None
    servers: Decimal | None

    @staticmethod
    def of(line: Reckoned) -> Line:
        """A line of core."""
        return Line(
            line.kind.value,
            line.label,
            told_number(line.quantity),
            line.unit,
            told_money(line.unit_price),
            told_money(line.amount),
            line.per,
            line.source,
            None if line.as_of is None else line.as_of.isoformat(),
            told_number(line.servers),
        )

    @staticmethod
    def from_json(told: Json) -> Line:
        """A line that was kept; of one of old its label says what it is for."""
        label, per = str(told.get("label")), str(told.get("per"))
        return Line(
            kind=str(told["kind"]) if "kind" in told else kind_of(label, per),
            label=label,
            quantity=read_number(told.get("quantity")),
            unit=str(told.get("unit") or ""),
            unit_price=read_number(told.get("unit_price")),
            amount=read_number(told["amount"]) or Decimal(0),
            per=per,
            source=str(told.get("source") or ""),
            as_of=told.get("as_of"),
            servers=read_number(told["servers"]) if "servers" in told else servers_of(label),
        )

    def to_json(self, *, kept: bool = False) -> dict[str, Any]:
        """Money as decimal strings. ``kept``: with what the log keeps beside it."""
        shown = {key: getattr(self, key) for key in OF_A_LINE} | {
            "quantity": write_number(self.quantity),
            "unit_price": write_money(self.unit_price),
            "amount": write_money(self.amount),
        }
        servers = {} if self.servers is None else {"servers": write_number(self.servers)}
        return shown | ({"kind": self.kind} | servers if kept else {})

    @property
    def follows_calls(self) -> bool:
        """Whether it grows with the calls; the others of a month are the same at any number of them."""
        return self.kind in FOLLOWS_CALLS


@dataclass(frozen=True, slots=True)
class Option:
    """One option at one volume: dollars, months, and calls a month.

    What is unknown, was never worked out, or comes never, is ``None``; ``pays_back`` where something unknown may turn
    it either way. ``model``: what is called, tuned or served; "" in a ledger of old. Between ``month_p10`` and
    ``month_p90`` the month lies in 8 cases of 10. ``probability_pays_back``: 0
    to 1. ``notes``: what the figures leave unsaid. ``unknown``: the parts that nobody could say, and why.
    """

    name: str
    model: str
    up_front: Decimal | None
    month: Decimal | None
    first_year: Decimal | None
    per_1000_calls: Decimal | None
    payback_months: Decimal | None
    pays_back: bool | None
    crossover_calls: Decimal | None
    crossover_within_horizon_calls: Decimal | None
    month_p10: Decimal | None
    month_p50: Decimal | None
    month_p90: Decimal | None
    probability_pays_back: float | None
    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    unknown: tuple[Unknown, ...]
    latency: Latency | None

    @staticmethod
    def of(option: Priced, band: Band) -> Option:
        """An option of core."""
        per_1000 = option.per_1000_calls
        return Option(
            name=option.option,
            model=option.model,
            up_front=told_money(option.up_front.amount),
            month=told_money(option.month.amount),
            first_year=told_money(option.first_year.amount),
            per_1000_calls=None if per_1000 is None else told_money(per_1000.amount),
            payback_months=told_number(option.payback_months, 12),
            pays_back=option.pays_back,
            crossover_calls=told_number(option.crossover_calls, 6),
            crossover_within_horizon_calls=told_number(option.crossover_within_horizon_calls, 6),
            month_p10=told_money(band.month_p10),
            month_p50=told_money(band.month_p50),
            month_p90=told_money(band.month_p90),
            probability_pays_back=band.probability_pays_back,
            lines=tuple(map(Line.of, option.lines)),
            notes=option.notes,
            unknown=option.unknown,
            latency=_told_latency(option.latency),
        )

    @staticmethod
    def from_json(told: Json) -> Option:
        """An option that was kept. A line without an amount is a note."""
        lines = told.get("lines") or ()
        return Option(
            name=str(told["option"]),
            model=str(told.get("model") or ""),
            **{key: read_number(told.get(key)) for key in (*DOLLARS, *NUMBERS)},
            pays_back=told.get("pays_back"),
            probability_pays_back=told.get("probability_pays_back"),
            lines=tuple(Line.from_json(line) for line in lines if line.get("amount") is not None),
            notes=tuple(str(line["label"]) for line in lines if line.get("amount") is None),
            unknown=tuple(map(_read_unknown, told.get("unknown") or ())),
            latency=_read_latency(told.get("latency")),
        )

    def to_json(self, *, kept: bool = False) -> dict[str, Any]:
        """One option of the output of ``estimate``; money as decimal strings. ``kept``: with what the log keeps too."""
        notes = [dict.fromkeys(OF_A_LINE) | {"label": note} for note in self.notes]
        return {
            "option": self.name,
            **({"model": self.model} if self.model else {}),
            **{key: write_money(getattr(self, key)) for key in DOLLARS[:4]},
            "payback_months": write_number(self.payback_months),
            "pays_back": self.pays_back,
            **{key: write_number(getattr(self, key)) for key in NUMBERS[1:]},
            **{key: write_money(getattr(self, key)) for key in DOLLARS[4:]},
            "probability_pays_back": self.probability_pays_back,
            "lines": [line.to_json(kept=kept) for line in self.lines] + notes,
            "unknown": [asdict(part) for part in self.unknown],
            **({} if self.latency is None else {"latency": _write_latency(self.latency)}),
        }

    @property
    def for_calls(self) -> Decimal:
        """Dollars a month that grow with the calls, as far as they are known."""
        found = (line.amount for line in self.lines if line.per == "month" and line.follows_calls)
        return sum(found, Decimal(0))

    @property
    def beside_calls(self) -> Decimal | None:
        """Dollars a month that are the same at any number of calls: the rest of it."""
        return None if self.month is None else self.month - self.for_calls


@dataclass(frozen=True, slots=True)
class Scenario:
    """The options at one volume. ``calls`` None: the ledger does not say; ``example``: nobody stated the volume."""

    calls: Decimal | None
    options: tuple[Option, ...]
    example: bool

    def option(self, name: str) -> Option | None:
        """One option by its name; ``None`` when it was removed."""
        return next((option for option in self.options if option.name == name), None)

    @property
    def baseline(self) -> Option | None:
        """What tuning is compared with: the baseline with the lowest month."""
        found = [option for option in self.options if option.name in BASELINES]
        return min(found, key=lambda o: NO_LESS if o.month is None else o.month, default=None)

    @property
    def best_tuned(self) -> Option | None:
        """The tuned option that counts."""
        tuned = [option for option in self.options if option.name in TUNED]
        return best_tuned(tuned, lambda o: NO_LESS if o.first_year is None else o.first_year)


@dataclass(frozen=True, slots=True)
class Assumed:
    """One assumption as it was used; ``None`` where it is unknown. ``setting``: the workspace's own default."""

    value: Decimal | str | None
    default: bool
    setting: bool = False

    @property
    def number(self) -> Decimal | None:
        """The value where it is a number."""
        return read_number(self.value)

    @property
    def in_json(self) -> int | float | str | None:
        """The value as JSON has it."""
        return self.value if isinstance(self.value, str) else write_number(self.value)


NOT_USED = Assumed(None, default=True)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The options at the team's own volume, or ``examples`` of two; never both.

    ``driver``: the figure that most of the uncertainty comes from. ``as_of``: the day of the prices.
    """

    options: tuple[Option, ...] = ()
    examples: tuple[Scenario, ...] = ()
    removed: tuple[Removed, ...] = ()
    assumptions: Mapping[str, Assumed] = field(default_factory=dict)
    driver: str | None = None
    as_of: str | None = None

    @staticmethod
    def from_json(told: Json) -> Ledger:
        """A ledger that was kept, by this program or by one before it."""
        return Ledger(
            options=_read_options(told.get("options")),
            examples=tuple(
                Scenario(read_number(one["calls_per_month"]), _read_options(one["options"]), example=True)
                for one in told.get("scenarios") or ()
            ),
            removed=read_removed(told.get("removed")),
            assumptions={key: _read_assumed(one) for key, one in (told.get("assumptions") or {}).items()},
            driver=told.get("driver"),
            as_of=told.get("as_of"),
        )

    def to_json(self, *, kept: bool = False) -> dict[str, Any]:
        """The shape of ``estimate --jsonl``. ``kept``: with what the log keeps beside it."""
        if self.examples:
            shown: dict[str, Any] = {"scenarios": [_write_example(one, kept=kept) for one in self.examples]}
        else:
            shown = {"options": [option.to_json(kept=kept) for option in self.options]}
        return shown | {
            "removed": write_removed(self.removed),
            "assumptions": {key: _write_assumed(one) for key, one in self.assumptions.items()},
            "driver": self.driver,
            "as_of": self.as_of,
        }

    def scenarios(self, calls: Decimal | None = None) -> tuple[Scenario, ...]:
        """The volumes that it was worked out for: two examples, or the team's own, which is ``calls``."""
        return self.examples or (Scenario(calls, self.options, example=False),)

    def assumed(self, key: str) -> Assumed:
        """An assumption, also one that is not used."""
        return self.assumptions.get(key, NOT_USED)


def told_ledger(estimate: Estimate) -> Ledger:
    """What is told of the costs."""
    told = tuple(
        Scenario(
            told_number(scenario.calls),
            tuple(Option.of(option, bands[option.option]) for option in scenario.options),
            example=True,
        )
        for scenario, bands in zip(estimate.volumes, estimate.uncertainty.bands, strict=True)
    )
    return Ledger(
        options=() if estimate.scenarios else told[0].options,
        examples=told if estimate.scenarios else (),
        removed=estimate.removed,
        assumptions={key: _told_assumed(one) for key, one in estimate.assumptions.items()},
        driver=estimate.uncertainty.driver,
        as_of=estimate.as_of.isoformat(),
    )


def _told_assumed(one: Used) -> Assumed:
    value = told_number(one.value) if isinstance(one.value, Decimal) else one.value
    return Assumed(value, one.default, one.source == THE_HOUSE)


def _read_assumed(told: Json) -> Assumed:
    value = told.get("value")
    return Assumed(
        value if isinstance(value, str) else read_number(value),
        told.get("default") is not False,
        bool(told.get("setting")),
    )


def _write_assumed(one: Assumed) -> dict[str, Any]:
    return {"value": one.in_json, "default": one.default} | ({"setting": True} if one.setting else {})


def _read_options(told: Iterable[Json] | None) -> tuple[Option, ...]:
    return tuple(map(Option.from_json, told or ()))


def _write_example(example: Scenario, *, kept: bool) -> dict[str, Any]:
    options = [option.to_json(kept=kept) for option in example.options]
    return {"calls_per_month": write_number(example.calls), "options": options}


def read_removed(told: Iterable[Json] | None) -> tuple[Removed, ...]:
    """The options that are out."""
    return tuple(Removed(one["option"], str(one["because"]), one.get("source")) for one in told or ())


def write_removed(removed: Iterable[Removed]) -> list[dict[str, str]]:
    """Each option with the reason in a sentence, and where that is from."""
    return [
        {"option": one.option, "because": one.because}
        | ({} if one.source is None else {"source": one.source})
        for one in removed
    ]


def _read_unknown(told: Json) -> Unknown:
    return Unknown(str(told.get("label")), str(told.get("because") or ""), told["per"])


def _told_latency(one: Latency | None) -> Latency | None:
    """Milliseconds to a tenth."""
    if one is None:
        return None
    return Latency(told_number(one.first_token_ms, 1), told_number(one.total_ms, 1), one.because)


def _read_latency(told: Json | None) -> Latency | None:
    if told is None:
        return None
    first, total = (read_number(told.get(key)) for key in ("first_token_ms", "total_ms"))
    return Latency(first, total, str(told.get("because") or ""))


def _write_latency(one: Latency) -> dict[str, Any]:
    return asdict(one) | {key: write_number(getattr(one, key)) for key in ("first_token_ms", "total_ms")}
