"""Costs as people see them: a table, the same as sentences, the finding in one line, and what it all rests on.

What is not known is said so, and is never a zero.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from bot.views.document import Said, Strong, Table, Words
from bot.views.phrases import listed, source
from core import inputs
from core.costs.estimate import WINDOW
from core.costs.ledger import Unknown
from core.costs.lines import AT_A_PROVIDER, ON_SERVERS
from core.costs.sources import THE_HOUSE, Removed
from core.prices.names import model_name
from core.told.ledger import PROMPTED, Ledger, Line, Option, Scenario
from core.wording import OPTION_NAMES, band, count, counted, from_calls, money, months

OLD_PRICE_MONTHS = 6
MANY_MONTHS = 120
DAYS_A_MONTH = 30.4375
FALLS_SHORT, BASELINE = "misses target", "baseline"
FIGURES = re.compile(r"(at least )?\$[\d,.]*\d[kMB]?|[\d,.]*\d[kMB]? calls a month")


def label(option: Option) -> str:
    """An option as people see it, with its model: "Cheaper model: GPT-6 Luna", "Fine-tune: Nova Micro on AWS"."""
    kind, model = OPTION_NAMES.get(option.name, option.name), model_of(option)
    if not model:
        return kind
    return f"{'Fine-tune' if option.name == 'hosted' else kind}: {model}"


def model_of(option: Option) -> str:
    """What is called, tuned or served: "Nova Micro on AWS", "8B on H100"; "" in a ledger of old."""
    if option.name in ON_SERVERS:
        return option.model.removeprefix("open-weight ")
    return model_name(option.model)


def a_month(option: Option) -> str:
    """Dollars a month: "at least $118" when a part of it is not known."""
    return _at_least(option, option.month, "month")


def a_month_or_so(option: Option) -> str:
    """The likely month and between which dollars it lies: "$606 ($520 to $760)", where that was worked out."""
    low, high = option.month_p10, option.month_p90
    if low is None or high is None or low == high:
        return a_month(option)
    return f"{a_month(option)} ({band(low, high)})"


def took(option: Option) -> str:
    """How long a call takes: "1,290 ms, 320 ms of it to the first token"; "" where nobody measured it."""
    told = option.latency
    if told is None or told.total_ms is None:
        return ""
    first = told.first_token_ms
    start = f", {count(first)} ms of it to the first token" if first is not None else ""
    return f"{_in_all(option)}{start}"


def _in_all(option: Option) -> str:
    told = option.latency
    return "" if told is None or told.total_ms is None else f"{count(told.total_ms)} ms"


def once(option: Option) -> str:
    """Dollars up front."""
    return _at_least(option, option.up_front, "up front")


def a_year(option: Option) -> str:
    """Dollars in the first year."""
    return _at_least(option, option.first_year, "month", "up front")


def a_thousand(option: Option) -> str:
    """Dollars for 1,000 calls; "-" without calls."""
    return "-" if option.per_1000_calls is None else _at_least(option, option.per_1000_calls, "month")


def _at_least(option: Option, value: Decimal | None, *per: str) -> str:
    if value is None:
        return "unknown"
    short = any(part.per in per for part in option.unknown)
    return f"at least {money(value)}" if short else money(value)


def in_words(note: str) -> str:
    """A note with the options called as people see them."""
    return re.sub(r"\b(prompt_cached|cheaper_model|self_hosted_prompted|self_hosted)\b", _option_name, note)


def _option_name(key: re.Match[str]) -> str:
    return f"“{OPTION_NAMES[key[0]]}”"


class Row(NamedTuple):
    """What the table says of an option at a volume: its figures, and when it pays back."""

    option: str
    month: str
    up_front: str
    year: str
    paid: str

    @property
    def sentence(self) -> str:
        figures = f"{self.month} a month, {self.up_front} up front, {self.year} in the first year"
        return f"{', '.join((f'{self.option}: {figures}', *_paid_in_words(self.paid)))}."


def cost_table(
    ledger: Ledger, calls: Decimal | None = None, *, brief: bool = False, falls_short: bool = False
) -> Table | None:
    """The table of the options; ``None`` when the ledger holds none.

    ``falls_short``: whether the cheaper model is known to miss the target: that stands in place of when it pays back.

    ``brief``: without the prompt at full price where the cached one is the baseline, and of several volumes only the
    largest with when it pays back. Read aloud it is whole.
    """
    shown = [(scenario, _rows(scenario, falls_short=falls_short)) for scenario in ledger.scenarios(calls)]
    if not any(rows for _, rows in shown):
        return None
    aloud: list[str] = []
    for scenario, rows in shown:
        if scenario.example:
            aloud.append(f"At {counted(scenario.calls or 0, 'calls a month')}, an example:")
        aloud += [row.sentence for row in rows]
    if brief:
        shown = [(scenario, _in_brief(scenario, rows)) for scenario, rows in shown]
    several = _at_several_in_brief if brief else _at_several
    columns, cells = _at_one(shown[0][1]) if len(shown) == 1 else several(shown)
    return Table(("Option", *columns), tuple(cells), tuple(aloud))


Cells = tuple[list[str], list[tuple[str, ...]]]
"""The titles of the columns after the option's, and the rows."""


def _at_one(rows: list[Row]) -> Cells:
    return ["A month", "Up front", "First year", "Pays back"], [tuple(row) for row in rows]


def in_thread(scenario: Scenario) -> tuple[Option, ...]:
    """The options of the table in the thread, in the order of its rows: first what all others are compared with."""
    baseline = scenario.baseline
    is_cached = baseline is not None and baseline.name == "prompt_cached"
    shown = [one for one in scenario.options if not (is_cached and one.name == "prompt")]
    return tuple(sorted(shown, key=lambda one: baseline is None or one.name != baseline.name))


def row_named(scenario: Scenario, named: str) -> Option | None:
    """The option in a row of that table, by its place: "row1" is the first; ``None`` where there is no such row."""
    place = int(named.removeprefix("row"))
    return next(iter(in_thread(scenario)[place - 1 : place]), None) if place else None


def examples_only(ledger: Ledger, calls: Decimal | None = None) -> str:
    """That the volumes of a brief table are examples, and what is told at each; "" where there is one volume."""
    volumes = [count(one.calls or 0) for one in ledger.scenarios(calls)]
    if len(volumes) < 2:
        return ""
    return (
        f"Costs of a month. {listed(volumes)} calls a month are examples: nobody has said how many there are."
    )


def _in_brief(scenario: Scenario, rows: list[Row]) -> list[Row]:
    """The rows of the thread, in their order; what all others are compared with has nothing to pay back."""
    by_option = {one.name: row for one, row in zip(scenario.options, rows, strict=True)}
    shown = [by_option[one.name] for one in in_thread(scenario)]
    return [row._replace(paid="-") if row.paid == BASELINE else row for row in shown]


def _at_several(shown: Sequence[tuple[Scenario, list[Row]]]) -> Cells:
    """Two columns for each volume."""
    volumes = [count(scenario.calls or 0) for scenario, _ in shown]
    columns = ["Up front", *(f"{what} at {at}" for at in volumes for what in ("Month", "Pays back"))]
    there = [{row.option: (row.month, row.paid) for row in rows} for _, rows in shown]
    return columns, [
        (row.option, row.up_front, *(cell for rows in there for cell in rows.get(row.option, ("-", "-"))))
        for row in shown[0][1]
    ]


def _at_several_in_brief(shown: Sequence[tuple[Scenario, list[Row]]]) -> Cells:
    """A month at each volume, and when it pays back at the largest."""
    volumes = [count(scenario.calls or 0) for scenario, _ in shown]
    columns = ["Up front", *(f"At {at} calls" for at in volumes), f"Pays back at {volumes[-1]}"]
    there = [{row.option: row for row in rows} for _, rows in shown]
    return columns, [
        (
            row.option,
            row.up_front,
            *(rows[row.option].month if row.option in rows else "-" for rows in there),
            there[-1][row.option].paid if row.option in there[-1] else "-",
        )
        for row in shown[0][1]
    ]


def _rows(scenario: Scenario, *, falls_short: bool) -> list[Row]:
    return [
        Row(
            label(one),
            a_month(one),
            once(one),
            a_year(one),
            FALLS_SHORT if falls_short and one.name == "cheaper_model" else _paid(one, scenario),
        )
        for one in scenario.options
    ]


def likely(option: Option, scenario: Scenario) -> str:
    """How likely it is that it pays back in time, also where the likely figures say never; "" where that is plain.

    Two thousand samples know no more than whole percents; what rounds to all or nothing goes without saying.
    """
    paid = _paid(option, scenario)
    if option.probability_pays_back is None or paid in (BASELINE, "-", "unknown", "at once"):
        return ""
    whole = (Decimal(str(option.probability_pays_back)) * 100).quantize(Decimal(1), ROUND_HALF_UP)
    return f"{whole}% likely to pay back in time" if whole not in (0, 100) else ""


def _paid(option: Option, scenario: Scenario) -> str:
    baseline = scenario.baseline
    if baseline is not None and option.name == baseline.name:
        return BASELINE
    if option.payback_months is not None:
        return "at once" if option.payback_months == 0 else _long(option.payback_months)
    if option.name in PROMPTED:
        return "-"
    return "unknown" if option.pays_back is None else "never"


def _long(payback: Decimal) -> str:
    """Months, or years where that says more."""
    if payback >= MANY_MONTHS:
        return "over 10 years"
    return months(payback) if payback < 48 else counted(round(payback / 12), "years")


def _paid_in_words(paid: str) -> tuple[str, ...]:
    match paid:
        case "-":
            return ()
        case _ if paid == BASELINE:
            return ("the baseline",)
        case _ if paid == FALLS_SHORT:
            return ("which misses the target",)
        case "never" | "at once":
            return (f"{'never pays back' if paid == 'never' else 'pays back at once'}",)
        case "unknown":
            return ("whether it pays back is unknown",)
        case _:
            return (f"pays back after {paid}",)


def times(ledger: Ledger, calls: Decimal | None = None) -> tuple[str, ...]:
    """How long a call takes with each option, where that is a reason: "Prompt: 1,800 ms.", "Not known for ..."."""
    shown = [option for option in ledger.scenarios(calls)[0].options if option.latency is not None]
    known = [option for option in shown if took(option)]
    unknown = [f"“{label(option)}”" for option in shown if not took(option)]
    said = [f"{label(option)}: {took(option)}." for option in known]
    return (*said, *([f"Not known for {listed(unknown)}."] if unknown else []))


def took_in_all(ledger: Ledger, calls: Decimal | None = None) -> str:
    """The same in a line, of those of which it is known; "" where it is no reason."""
    known = [
        f"{_in_all(one)} with {_named(one)}" for one in ledger.scenarios(calls)[0].options if _in_all(one)
    ]
    return f"A call takes {listed(known)}." if known else ""


def driver_line(ledger: Ledger) -> str:
    """Most of the uncertainty comes from calls a month. "" where no bands were worked out."""
    driver = ledger.driver
    return f"Most of the uncertainty comes from {inputs.name(driver)}." if driver else ""


def finding(ledger: Ledger, calls: Decimal | None = None, volume: str | None = None, bought: str = "") -> str:
    """What the figures say, in one or two sentences; "" when there are none.

    ``volume``: in the team's own words, when it is a range. ``bought``: what else tuning is for than savings.
    """
    return " ".join(
        filter(None, (_finding(scenario, volume, bought) for scenario in ledger.scenarios(calls)))
    )


def _finding(scenario: Scenario, volume: str | None, bought: str) -> str:
    baseline, tuned = scenario.baseline, scenario.best_tuned
    calls = scenario.calls
    at = f"At {counted(volume or calls, 'calls a month')}" if calls is not None else "A month of"
    at += " (an example)" if scenario.example else ""
    if baseline is None or tuned is None:
        only = baseline or tuned
        return "" if only is None else f"{at} {_named(only)} costs {a_month(only)} a month."
    against = f"against {a_month(baseline)} for {_named(baseline, beside=tuned)}"
    said = f"{at} {_named(tuned)} costs {a_month_or_so(tuned)} {against}."
    return f"{said}{_paid_back(tuned, bought)}"


def _paid_back(tuned: Option, bought: str) -> str:
    """When what tuning takes is back, in a sentence; or what it is the price of."""
    took = once(tuned)
    if tuned.pays_back is None:
        return " Whether it pays back is not known, since a part of its cost is not."
    if tuned.payback_months is None:
        if tuned.up_front and bought:
            return f" No saving pays back the {took} up front: it is the price of {bought}."
        if tuned.up_front:
            return f" The {took} up front is never paid back."
        return f" It saves nothing; what you pay for is {bought}." if bought else " It saves nothing."
    if tuned.payback_months == 0:
        return " It pays back at once."
    after = _long(tuned.payback_months)
    return (
        f" The {took} up front is paid back in {after}."
        if tuned.pays_back
        else f" The {took} up front would be paid back in {after}, which is too late."
    )


def crossing(ledger: Ledger, calls: Decimal | None = None) -> str:
    """At which volume prompting and tuning cost the same, and from which on it pays back; "" where nobody knows."""
    scenario = ledger.scenarios(calls)[-1]
    tuned = scenario.best_tuned
    if scenario.baseline is None or tuned is None:
        return ""
    window = next((f" {note}." for note in tuned.notes if WINDOW in note), "")
    return f"{_crossing(tuned)}{window}"


def figures(said: str) -> Words:
    """A finding with its figures standing out."""
    marked: list[Words] = []
    end = 0
    for found in FIGURES.finditer(said):
        marked += [said[end : found.start()], Strong(found[0])]
        end = found.end()
    return (*marked, said[end:])


def _named(option: Option, beside: Option | None = None) -> str:
    """An option amid a sentence: "a tuned Nova Micro on AWS". ``beside``: what it is held against."""
    model = model_of(option)
    lower = model[:1].lower() + model[1:] if model.startswith("Open ") else model
    size = model.partition(" ")[0]
    match option.name:
        case "prompt":
            return "today's prompt"
        case "prompt_cached":
            return "today's prompt with the cache on"
        case "hosted":
            return f"a tuned {lower or 'model at a provider'}"
        case "self_hosted":
            return f"a tuned {size} model on your own servers" if size else "a tuned model of your own"
        case "self_hosted_prompted" if beside is not None and beside.name == "self_hosted":
            return "the same model, only prompted"
        case "self_hosted_prompted":
            return (
                f"prompting an open {size} model on your own servers" if size else "an open model of your own"
            )
    return label(option)


def _crossing(tuned: Option) -> str:
    if tuned.crossover_calls is None:
        return "" if tuned.unknown else "The tuned model costs more at any volume."
    crossing = f"They cost the same at {counted(from_calls(tuned.crossover_calls), 'calls a month')}"
    if tuned.crossover_within_horizon_calls is None:
        late = "" if tuned.unknown else "; tuning does not pay back in time at any volume"
        return f"{crossing}{late}."
    if from_calls(tuned.crossover_within_horizon_calls) == from_calls(tuned.crossover_calls):
        return f"{crossing}, and from there tuning pays back."
    return f"{crossing}; tuning pays back in time from {from_calls(tuned.crossover_within_horizon_calls)} on."


def unknowns(ledger: Ledger) -> tuple[str, ...]:
    """What is not known, a sentence each: "Fine-tune, self-hosted: more replicas are unknown because ..."."""
    found: dict[str, None] = {}
    for scenario in ledger.scenarios():
        for option in scenario.options:
            for part in option.unknown:
                found[f"{label(option)}: {unknown_words(part)}."] = None
    return tuple(found)


def unknown_words(part: Unknown) -> str:
    """One part that nobody could say: "Storage: unknown because no price was found"."""
    return f"{part.label}: unknown because {_lower((part.because or 'nobody said it').rstrip('.'))}"


SAID_BY_THE_TABLE = ("This is what", "Never pays back", "Pays back after", "No number of calls")


def notes(ledger: Ledger) -> tuple[str, ...]:
    """What the figures leave unsaid, and the table does not say: that a base retires, that a server has no failover.

    Options with the same note are named together.
    """
    found: dict[str, dict[str, None]] = {}
    for scenario in ledger.scenarios():
        for option in scenario.options:
            for note in option.notes:
                if note and not note.startswith(SAID_BY_THE_TABLE):
                    found.setdefault(in_words(note), {})[label(option)] = None
    return tuple(f"{listed(labels)}: {_lower(note.rstrip('.'))}." for note, labels in found.items())


def _lower(text: str) -> str:
    """A sentence after a colon. A name of two words, "Nova Micro", stays as it is."""
    _, _, second = text.partition(" ")
    is_name = second[:1].isupper() or not text[1:2].islower()
    return text if is_name else text[:1].lower() + text[1:]


def ruled_out(out: Sequence[Removed], apart: str = " ", *, sources: bool = True) -> tuple[Words, ...]:
    """What is not compared, why, and who says so: “Prompt” and “Cheaper model”: the data may not leave.

    ``apart``: what stands before the source. ``sources``: whether there are any.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for one in out:
        named = f"“{OPTION_NAMES.get(one.option, one.option)}”"
        found.setdefault((one.because, one.source or ""), []).append(named)
    return tuple(
        (
            Said(f"{listed(dict.fromkeys(names))}: {_lower(because.rstrip('.'))}.", 400),
            (apart, source(reference)) if sources and reference and reference != "your own answer" else "",
        )
        for (because, reference), names in found.items()
    )


def assumptions_line(ledger: Ledger, on: date, volume: str | None) -> Words:
    """On what the figures rest: volume, model, tokens, prices and their age, and what the team stated itself."""
    calls = counted(volume, "calls a month") if volume else "two example volumes, since yours is not known"
    model = ledger.assumed("model").value
    may_be_used = any(option.name in AT_A_PROVIDER for one in ledger.scenarios() for option in one.options)
    named: Words = (", ", Said(model_name(str(model)), 120)) if model and may_be_used else ""
    each = ""
    tokens = [ledger.assumed(key).number for key in ("prompt_tokens", "output_tokens")]
    if None not in tokens:
        prompt, output = (count(number or 0) for number in tokens)
        each = f", {prompt} prompt tokens and {output} output tokens a call"
    age = prices_age(ledger, on)
    oldest = f" The oldest price is {age}." if age else ""
    own = own_figures(ledger)
    rest = f" {own}" if own else " Everything else is a default; you can change it."
    return (f"Worked out for {calls}", named, f"{each}.{oldest}{rest}")


def own_figures(ledger: Ledger) -> str:
    """What of the assumptions the team stated, and what its workspace set; "" where all are our defaults."""
    given = {key: one for key, one in ledger.assumptions.items() if not one.default}
    said = []
    for whose, by_setting in (("Stated by you", False), ("Your workspace's settings", True)):
        keys = [key for key, one in given.items() if one.setting is by_setting]
        if keys:
            said.append(f"{whose}: {', '.join(inputs.name(key) for key in keys[:12])}.")
    return " ".join(said)


def prices_age(ledger: Ledger, on: date) -> str:
    """How old the oldest price is: "as of 2026-08, 3 months ago"; "" when no line has a date."""
    return age(oldest_price(ledger), on)


def oldest_price(ledger: Ledger) -> str:
    """The day of the oldest price, as the ledger has it; "" when no line has one."""
    lines = [line for scenario in ledger.scenarios() for option in scenario.options for line in option.lines]
    return min((line.as_of for line in lines if line.as_of), default="")


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


def line_words(line: Line, *, per: bool = True) -> str:
    """One line of the ledger: "Output tokens: 37.5M at $8.00 per 1M = $300 a month". ``per``: whether to end so."""
    quantity, price, unit = line.quantity, line.unit_price, line.unit
    shown = f"{money(line.amount)}{PER.get(line.per, '') if per else ''}"
    if quantity is None or price is None or unit.startswith("$"):
        return f"{line.label}: {shown}"
    if unit == "1M tokens":
        tokens = "" if "tokens" in line.label else " tokens"
        much = f"{count(quantity * 1_000_000)}{tokens}"
        return f"{line.label}: {much} at {_price(price)} per 1M = {shown}"
    return f"{line.label}: {counted(quantity, unit)} at {_price(price)} = {shown}"


def _price(price: Decimal) -> str:
    """A unit price, to three significant digits where it is under a dollar: $0.035, $0.50, $3.59."""
    if price == 0 or price >= 1:
        return money(price)
    digits = f"{price.quantize(Decimal(1).scaleb(price.adjusted() - 2)):f}".rstrip("0")
    return f"${digits}" if len(digits) >= 4 else f"${price:.2f}"


def own_source(line: Line) -> str | None:
    """How a line is marked whose figures are the team's own, or our defaults; ``None`` when it has a real source."""
    parts = line.source.split("; ")
    if any(part == "the team's own figure" for part in parts):
        return "your figure"
    if any(part == THE_HOUSE for part in parts):
        return THE_HOUSE
    return "default" if all(part.startswith("our default") for part in parts) else None
