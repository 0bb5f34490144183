"""Costs as people see them: a table, the same as sentences, the finding in one line, and what it all rests on.

Everything is read from the JSON form of a ledger (``estimate --jsonl``), so that a decision of last year is shown by
the same code as today's advice. What is not known is said so, and is never a zero.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from bot.views import mrkdwn
from bot.views.blocks import Column, table
from bot.views.message import Block
from bot.views.mrkdwn import bold
from bot.views.phrases import listed
from core import inputs
from core.costs.terms import THE_HOUSE
from core.wording import OPTION_NAMES, band, count, counted, from_calls, money, months

Ledger = Mapping[str, Any]

PROMPTED = ("prompt", "prompt_cached")
TUNED = ("hosted", "self_hosted")
OLD_PRICE_MONTHS = 6
DAYS_A_MONTH = 30.4375
FIGURES = re.compile(r"(at least )?\$[\d,.]*\d[kMB]?|[\d,.]*\d[kMB]? calls a month")


@dataclass(frozen=True)
class Option:
    """One option's figures. ``None``: never. ``pays_back`` None: something unknown may turn it either way.

    month_low, month_high: between them the month lies in 8 cases of 10, where that was worked out. chance: of paying
    back, from 0 to 1. lines: the amounts. notes: what they leave unsaid. unknown: the parts that nobody could say, with
    the reason.
    """

    name: str
    up_front: Decimal | None
    month: Decimal | None
    first_year: Decimal | None
    per_1000: Decimal | None
    payback: Decimal | None
    pays_back: bool | None
    crossover: Decimal | None
    within_horizon: Decimal | None
    lines: tuple[Mapping[str, Any], ...]
    notes: tuple[str, ...]
    unknown: tuple[Mapping[str, Any], ...]
    month_low: Decimal | None = None
    month_high: Decimal | None = None
    chance: Decimal | None = None
    latency: Mapping[str, Any] | None = None

    @property
    def label(self) -> str:
        return OPTION_NAMES.get(self.name, self.name)

    @property
    def a_month(self) -> str:
        """Dollars a month, for people: "at least $118" when a part of it is not known."""
        return self._at_least(self.month, "month")

    @property
    def band(self) -> str:
        """Between which dollars a month is likely to lie: "$520 to $760"; "" where nobody worked that out."""
        if self.month_low is None or self.month_high is None:
            return ""
        return "" if self.month_low == self.month_high else band(self.month_low, self.month_high)

    @property
    def a_month_or_so(self) -> str:
        """The likely month and its band: "$606 ($520 to $760)"."""
        return f"{self.a_month} ({self.band})" if self.band else self.a_month

    @property
    def took(self) -> str:
        """How long a call takes: "1,290 ms, 320 ms of it to the first token"; "" where nobody measured it."""
        told = self.latency or {}
        total, first = (_decimal(told.get(key)) for key in ("total_ms", "first_token_ms"))
        if total is None:
            return ""
        start = f", {count(first)} ms of it to the first token" if first is not None else ""
        return f"{count(total)} ms{start}"

    @property
    def once(self) -> str:
        """Dollars up front."""
        return self._at_least(self.up_front, "up front")

    @property
    def a_year(self) -> str:
        """Dollars in the first year."""
        return self._at_least(self.first_year, "month", "up front")

    @property
    def a_thousand(self) -> str:
        """Dollars for 1,000 calls; "-" without calls."""
        return "-" if self.per_1000 is None else self._at_least(self.per_1000, "month")

    def _at_least(self, value: Decimal | None, *per: str) -> str:
        if value is None:
            return "unknown"
        short = any(part.get("per") in per for part in self.unknown)
        return f"at least {money(value)}" if short else money(value)


@dataclass(frozen=True)
class Scenario:
    """The options at one volume. ``calls`` None: the ledger does not say; ``example``: nobody stated the volume."""

    calls: Decimal | None
    options: tuple[Option, ...]
    example: bool

    @property
    def baseline(self) -> Option | None:
        """What tuning is compared with: the cheaper of prompting with and without the cache."""
        found = [o for o in self.options if o.name in PROMPTED and o.month is not None]
        if not found:
            found = [o for o in self.options if o.name == "self_hosted_prompted"]
        return min(found, key=lambda option: option.month or Decimal(0), default=None)

    @property
    def best_tuned(self) -> Option | None:
        """The tuned option with the lowest first year."""
        found = [option for option in self.options if option.name in TUNED]
        return min(found, key=lambda o: (o.first_year is None, o.first_year or Decimal(0)), default=None)


def scenarios(ledger: Ledger, calls: Decimal | None = None) -> tuple[Scenario, ...]:
    """The volumes that a ledger was worked out for: the team's own, or two examples. ``calls``: the team's own."""
    if ledger.get("scenarios"):
        return tuple(
            Scenario(_decimal(one["calls_per_month"]), _options(one["options"]), example=True)
            for one in ledger["scenarios"]
        )
    own = _decimal(ledger.get("calls_per_month"))
    return (Scenario(calls if own is None else own, _options(ledger.get("options", ())), example=False),)


def _options(found: Sequence[Mapping[str, Any]]) -> tuple[Option, ...]:
    return tuple(
        Option(
            name=str(one["option"]),
            up_front=_decimal(one.get("up_front")),
            month=_decimal(one.get("month")),
            first_year=_decimal(one.get("first_year")),
            per_1000=_decimal(one.get("per_1000_calls")),
            payback=_decimal(one.get("payback_months")),
            pays_back=one.get("pays_back"),
            crossover=_decimal(one.get("crossover_calls")),
            within_horizon=_decimal(one.get("crossover_within_horizon_calls")),
            lines=tuple(line for line in one.get("lines") or () if line.get("amount") is not None),
            notes=tuple(
                _named_options(line["label"]) for line in one.get("lines") or () if line.get("amount") is None
            ),
            unknown=tuple(one.get("unknown") or ()),
            month_low=_decimal(one.get("month_p10")),
            month_high=_decimal(one.get("month_p90")),
            chance=_decimal(one.get("probability_pays_back")),
            latency=one.get("latency"),
        )
        for one in found
    )


def _named_options(note: str) -> str:
    """A note with the options called as people see them."""
    return re.sub(r"\b(prompt_cached|cheaper_model|self_hosted_prompted|self_hosted)\b", _option_name, note)


def _option_name(key: re.Match[str]) -> str:
    return f"“{OPTION_NAMES[key[0]]}”"


def _decimal(value: Any) -> Decimal | None:
    if value is None or isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def cost_table(ledger: Ledger, calls: Decimal | None = None) -> tuple[Block, tuple[str, ...]] | None:
    """The table block, and the same as sentences, an option each; ``None`` when the ledger holds no option."""
    shown = scenarios(ledger, calls)
    if not any(scenario.options for scenario in shown):
        return None
    block = _one_volume(shown[0]) if len(shown) == 1 else _several_volumes(shown)
    sentences: list[str] = []
    for scenario in shown:
        if scenario.example:
            sentences.append(f"At {counted(scenario.calls or 0, 'calls a month')}, an example:")
        sentences += [_sentence(option, scenario) for option in scenario.options]
    return block, tuple(sentences)


def _one_volume(scenario: Scenario) -> Block:
    columns = [
        Column("Option", "left"), Column("A month"), Column("Up front"), Column("First year"), Column("Pays back"),
    ]  # fmt: skip
    rows = [
        [
            option.label,
            option.a_month_or_so,
            option.once,
            option.a_year,
            _pays_back(option, scenario),
        ]
        for option in scenario.options
    ]
    return table(columns, rows)


def _several_volumes(shown: Sequence[Scenario]) -> Block:
    columns = [Column("Option", "left"), Column("Up front")]
    for scenario in shown:
        volume = count(scenario.calls or 0)
        columns += [Column(f"Month at {volume}"), Column(f"Pays back at {volume}")]
    rows = []
    for option in shown[0].options:
        row = [option.label, option.once]
        for scenario in shown:
            there = next((one for one in scenario.options if one.name == option.name), None)
            row += [there.a_month_or_so, _pays_back(there, scenario)] if there else ["-", "-"]
        rows.append(row)
    return table(columns, rows)


def _pays_back(option: Option, scenario: Scenario) -> str:
    """When it pays back, and how likely that is in time: "14 months (62% likely in time)"."""
    paid = _paid(option, scenario)
    likely = _likely(option, paid)
    return f"{paid} ({likely})" if likely else paid


def _likely(option: Option, paid: str) -> str:
    """How likely it is that it pays back in time, also where the likely figures say never; "" where that is plain.

    Two thousand samples know no more than whole percents; what rounds to all or nothing goes without saying.
    """
    if option.chance is None or paid in ("baseline", "-", "unknown", "at once"):
        return ""
    whole = (option.chance * 100).quantize(Decimal(1), ROUND_HALF_UP)
    return f"{whole}% likely in time" if whole not in (0, 100) else ""


def _paid(option: Option, scenario: Scenario) -> str:
    baseline = scenario.baseline
    if baseline is not None and option.name == baseline.name:
        return "baseline"
    if option.payback is not None:
        return "at once" if option.payback == 0 else _long(option.payback)
    if option.name in PROMPTED:
        return "-"
    return "unknown" if option.pays_back is None else "never"


def _long(payback: Decimal) -> str:
    """Months, or years where that says more."""
    return months(payback) if payback < 48 else counted(round(payback / 12), "years")


def _sentence(option: Option, scenario: Scenario) -> str:
    figures = [
        f"{option.a_month_or_so} a month",
        f"{option.once} up front",
        f"{option.a_year} in the first year",
    ]
    paid = _paid_in_words(_paid(option, scenario))
    likely = _likely(option, _paid(option, scenario))
    return f"{option.label}: {', '.join([*figures, *paid])}{f' ({likely})' if likely else ''}."


def _paid_in_words(paid: str) -> tuple[str, ...]:
    match paid:
        case "-":
            return ()
        case "baseline":
            return ("the baseline",)
        case "never" | "at once":
            return (f"{'never pays back' if paid == 'never' else 'pays back at once'}",)
        case "unknown":
            return ("whether it pays back is unknown",)
        case _:
            return (f"pays back after {paid}",)


def times(ledger: Ledger, calls: Decimal | None = None) -> tuple[str, ...]:
    """How long a call takes with each option, where that is a reason: "Prompt: 1,800 ms.", "Not known for ..."."""
    shown = [option for option in scenarios(ledger, calls)[0].options if option.latency is not None]
    known = [option for option in shown if option.took]
    unknown = [f"“{option.label}”" for option in shown if not option.took]
    said = [f"{option.label}: {option.took}." for option in known]
    return (*said, *([f"Not known for {listed(unknown)}."] if unknown else []))


def driver_line(ledger: Ledger) -> str:
    """Most of the uncertainty comes from calls a month. "" where no bands were worked out."""
    driver = ledger.get("driver")
    return f"Most of the uncertainty comes from {inputs.name(str(driver))}." if driver else ""


def finding(ledger: Ledger, calls: Decimal | None = None, volume: str | None = None) -> str:
    """What the figures say, in one or two sentences; "" when there are none.

    ``volume``: the volume in the team's own words, when it is a range.
    """
    return " ".join(filter(None, (_finding(scenario, volume) for scenario in scenarios(ledger, calls))))


def _finding(scenario: Scenario, volume: str | None) -> str:
    baseline, tuned = scenario.baseline, scenario.best_tuned
    if baseline is None and tuned is None:
        return ""
    calls = scenario.calls
    said = f"At {counted(volume or calls, 'calls a month')}" if calls is not None else "A month"
    if scenario.example:
        said += " (an example)"
    said += ","
    first, *second = [one for one in (baseline, tuned) if one is not None]
    parts = [f"{_named(first)} costs {first.a_month}", *(f"{_named(one)} {one.a_month}" for one in second)]
    return f"{said} {', '.join(parts)}.{_crossing(tuned) if baseline and not scenario.example else ''}"


def figures(said: str) -> str:
    """A finding with its figures in bold."""
    return FIGURES.sub(lambda found: bold(found[0]), said)


def _named(option: Option) -> str:
    return {
        "prompt": "prompting",
        "prompt_cached": "prompting with the cache on",
        "hosted": "a tuned model at a provider",
        "self_hosted": "a tuned model of your own",
        "self_hosted_prompted": "prompting an open model of your own",
    }.get(option.name, option.label)


def _crossing(tuned: Option | None) -> str:
    if tuned is None:
        return ""
    if tuned.crossover is None:
        return "" if tuned.unknown else " The tuned model costs more at any volume."
    crossing = f" They cost the same at {counted(from_calls(tuned.crossover), 'calls a month')}"
    if tuned.within_horizon is None:
        return (
            f"{crossing}; tuning does not pay back in time at any volume."
            if not tuned.unknown
            else f"{crossing}."
        )
    if from_calls(tuned.within_horizon) == from_calls(tuned.crossover):
        return f"{crossing}, and from there tuning pays back."
    return f"{crossing}; tuning pays back in time from {from_calls(tuned.within_horizon)} on."


def unknowns(ledger: Ledger) -> tuple[str, ...]:
    """What is not known, a sentence each: "Fine-tune, self-hosted: more replicas are unknown because ..."."""
    found: dict[str, None] = {}
    for scenario in scenarios(ledger):
        for option in scenario.options:
            for part in option.unknown:
                found[f"{option.label}: {unknown_words(part)}."] = None
    return tuple(found)


def unknown_words(part: Mapping[str, Any]) -> str:
    """One part that nobody could say: "Storage: unknown because no price was found"."""
    return f"{part.get('label')}: unknown because {_lower(str(part.get('because') or 'nobody said it').rstrip('.'))}"


SAID_BY_THE_TABLE = ("This is what", "Never pays back", "Pays back after", "No number of calls")


def notes(ledger: Ledger) -> tuple[str, ...]:
    """What the figures leave unsaid, and the table does not say: that a base retires, that a server has no failover.

    Options with the same note are named together.
    """
    found: dict[str, dict[str, None]] = {}
    for scenario in scenarios(ledger):
        for option in scenario.options:
            for note in option.notes:
                if note and not note.startswith(SAID_BY_THE_TABLE):
                    found.setdefault(note, {})[option.label] = None
    return tuple(f"{listed(labels)}: {_lower(note.rstrip('.'))}." for note, labels in found.items())


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


@dataclass(frozen=True)
class Out:
    """What is not compared, and why: “Prompt” and “Cheaper model”: the data may not leave. source: "" for none."""

    says: str
    source: str


def removed(out: Sequence[Mapping[str, Any]] | None) -> tuple[Out, ...]:
    """The options that are out, those with the same reason together. ``out``: as an advice or a ledger lists them."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in out or ():
        named = f"“{OPTION_NAMES.get(one['option'], one['option'])}”"
        found.setdefault((str(one["because"]), str(one.get("source") or "")), []).append(named)
    return tuple(
        Out(f"{listed(dict.fromkeys(names))}: {_lower(because.rstrip('.'))}.", source)
        for (because, source), names in found.items()
    )


def assumed(ledger: Ledger, key: str) -> Any:
    """The value of an assumption; ``None`` when the ledger does not use it."""
    return (ledger.get("assumptions") or {}).get(key, {}).get("value")


def assumptions_line(ledger: Ledger, on: date, volume: str | None) -> str:
    """On what the figures rest: volume, model, tokens, prices and their age, and what the team stated itself."""
    parts = [counted(volume, "calls a month") if volume else "two example volumes, since yours is not known"]
    if assumed(ledger, "model"):
        parts.append(f"model {mrkdwn.escape(str(assumed(ledger, 'model')), 120)}")
    tokens = [_decimal(assumed(ledger, key)) for key in ("prompt_tokens", "output_tokens")]
    if None not in tokens:
        prompt, output = (count(number or 0) for number in tokens)
        parts.append(f"{prompt} prompt tokens and {output} output tokens a call")
    age = prices_age(ledger, on)
    oldest = f" The oldest price is {age}." if age else ""
    given = {
        key: one for key, one in (ledger.get("assumptions") or {}).items() if one.get("default") is False
    }
    own = ""
    for whose, by_setting in (("Stated by you", False), ("Your workspace's settings", True)):
        keys = [key for key, one in given.items() if bool(one.get("setting")) is by_setting]
        own += f" {whose}: {', '.join(inputs.name(key) for key in keys[:12])}." if keys else ""
    rest = own or " Everything else is a default; you can change it."
    return f"Worked out for {', '.join(parts)}.{oldest}{rest}"


def prices_age(ledger: Ledger, on: date) -> str:
    """How old the oldest price is: "as of 2026-08, 3 months ago"; "" when no line has a date."""
    return age(oldest_price(ledger), on)


def oldest_price(ledger: Ledger) -> str:
    """The day of the oldest price, as the ledger has it; "" when no line has one."""
    lines = [line for scenario in scenarios(ledger) for option in scenario.options for line in option.lines]
    return min((str(line["as_of"]) for line in lines if line.get("as_of")), default="")


def age(as_of: str, on: date) -> str:
    """A price's month and age. ``as_of`` is 2026, 2026-08 or 2026-08-27; anything else is shown as it is."""
    try:
        year, month, day = (*[int(part) for part in as_of.split("-")], 1, 1)[:3]
        old = int((on - date(year, month, day)).days / DAYS_A_MONTH)
    except ValueError:
        return f"as of {as_of}" if as_of else ""
    said = f"as of {as_of[:7]}"
    if old < 1:
        return said
    marked = ", which is old" if old > OLD_PRICE_MONTHS else ""
    return f"{said}, {counted(old, 'months')} ago{marked}"


PER = {"month": " a month", "up front": " up front", "call": " a call"}


def line_words(line: Mapping[str, Any], *, per: bool = True) -> str:
    """One line of the ledger: "Output tokens: 37.5M at $8.00 per 1M = $300 a month". ``per``: whether to end so."""
    amount, quantity, price = (_decimal(line.get(key)) for key in ("amount", "quantity", "unit_price"))
    unit = str(line.get("unit") or "")
    shown = f"{money(amount or Decimal(0))}{PER.get(str(line.get('per')), '') if per else ''}"
    if quantity is None or price is None or unit.startswith("$"):
        return f"{line.get('label')}: {shown}"
    if unit == "1M tokens":
        tokens = "" if "tokens" in str(line.get("label")) else " tokens"
        much = f"{count(quantity * 1_000_000)}{tokens}"
        return f"{line.get('label')}: {much} at {_price(price)} per 1M = {shown}"
    return f"{line.get('label')}: {counted(quantity, unit)} at {_price(price)} = {shown}"


def _price(price: Decimal) -> str:
    """A unit price, to three significant digits where it is under a dollar: $0.035, $0.50, $3.59."""
    if price == 0 or price >= 1:
        return money(price)
    digits = f"{price.quantize(Decimal(1).scaleb(price.adjusted() - 2)):f}".rstrip("0")
    return f"${digits}" if len(digits) >= 4 else f"${price:.2f}"


def own_source(line: Mapping[str, Any]) -> str | None:
    """How a line is marked whose figures are the team's own, or our defaults; ``None`` when it has a real source."""
    parts = str(line.get("source") or "").split("; ")
    if any(part == "the team's own figure" for part in parts):
        return "your figure"
    if any(part == THE_HOUSE for part in parts):
        return THE_HOUSE
    return "default" if all(part.startswith("our default") for part in parts) else None
