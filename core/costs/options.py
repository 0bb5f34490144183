"""The options compared, each as a ledger: :func:`estimate` is what the costs of a consultation are asked of."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from core.answers import Answers, AssumptionValue
from core.costs import latency
from core.costs.latency import Latency
from core.costs.ledger import Entry, Line, Per, Total, Unknown, plain, total
from core.costs.running import (
    BASELINES,
    ZERO,
    HitRate,
    Running,
    cheaper_of,
    payback_months,
    pays_back,
)
from core.costs.saving import crossover, crossover_within
from core.costs.terms import MILLION, THE_HOUSE, THE_TEAM, Called, Removed, Sourced, Terms, TunedAt
from core.facts import ASSUMPTIONS
from core.policy import Policy
from core.prices.calling import source_of_the_shortest_prefix
from core.wording import counted
from core.wording import money as dollars

if TYPE_CHECKING:
    from core.costs.uncertainty import Band, Uncertainty
    from core.costs.worlds import Shown

OPTIONS = ("prompt", "prompt_cached", "cheaper_model", "hosted", "self_hosted", "self_hosted_prompted")

MAY_NOT_LEAVE = "The data may not leave, and this option would send it to a provider."


@dataclass(frozen=True, slots=True)
class Option:
    """One option at one volume.

    ``model``: what is called, or what is tuned. ``pays_back``: ``None`` when something unknown may turn it either way.
    ``payback_months``, ``crossover_calls``, ``crossover_within_horizon_calls``: ``None`` for never, for a baseline, and
    where part of the cost is unknown.
    ``notes`` say what the figures leave unsaid, the reason of a never among them. ``retires_on``: the day from which a
    tuned base no longer answers, where that is announced. ``latency``: how long a call takes, where that is a reason.
    """

    option: str
    model: str
    entries: tuple[Entry, ...]
    calls: Decimal
    payback_months: Decimal | None
    pays_back: bool | None
    crossover_calls: Decimal | None
    crossover_within_horizon_calls: Decimal | None
    notes: tuple[str, ...] = ()
    retires_on: datetime.date | None = None
    latency: Latency | None = None

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every amount that is known."""
        return tuple(entry for entry in self.entries if isinstance(entry, Line))

    @property
    def unknown(self) -> tuple[Unknown, ...]:
        """Every amount that is not."""
        return tuple(entry for entry in self.entries if isinstance(entry, Unknown))

    @property
    def month(self) -> Total:
        """Dollars a month."""
        return total(self.entries, "month")

    @property
    def up_front(self) -> Total:
        """Dollars once."""
        return total(self.entries, "up front")

    @property
    def first_year(self) -> Total:
        """Dollars: up front and twelve months."""
        month, once = self.month, self.up_front
        return Total(once.amount + 12 * month.amount, month.at_least or once.at_least)

    @property
    def per_1000_calls(self) -> Total | None:
        """Dollars a month for each 1,000 calls; ``None`` without calls."""
        if self.calls == 0:
            return None
        return Total(1000 * self.month.amount / self.calls, self.month.at_least)


@dataclass(frozen=True, slots=True)
class Scenario:
    """The options at a volume that is an example. ``baseline`` is what the others are compared with."""

    calls: Decimal
    options: tuple[Option, ...]
    baseline: str

    def shown(self, *, is_exact: bool) -> Shown:
        """What is drawn for it. ``is_exact``: nobody answered the volume."""
        from core.costs.worlds import Shown

        hosted = next((option.model for option in self.options if option.option == "hosted"), None)
        return Shown(self.calls, tuple(option.option for option in self.options), hosted, is_exact)


@dataclass(frozen=True, slots=True)
class Assumed:
    """One assumption as it was used. ``value`` is ``None`` where it is unknown, or differs between scenarios."""

    key: str
    value: AssumptionValue | None
    default: bool
    source: str


@dataclass(frozen=True)
class Estimate:
    """The ledger of a consultation: its options, or scenarios where the calls a month are not known.

    ``volume_is_given``: the calls stand in for an answer, so that they have no spread.
    """

    calls: Decimal | None
    options: tuple[Option, ...]
    baseline: str | None
    scenarios: tuple[Scenario, ...]
    removed: tuple[Removed, ...]
    assumptions: Mapping[str, Assumed]
    as_of: datetime.date
    terms: Terms = field(repr=False, compare=False)
    prompt_is_built: bool = False
    volume_is_given: bool = False

    @cached_property
    def uncertainty(self) -> Uncertainty:
        """How far each month may be off, how likely each option is to pay back, and what drives it.

        Computed when it is first looked at; at each volume that is shown, in their order.
        """
        from core.costs.uncertainty import uncertainty

        is_exact = self.volume_is_given or self.calls is None
        shown = [volume.shown(is_exact=is_exact) for volume in self.volumes]
        return uncertainty(self.terms, shown, built=self.prompt_is_built)

    @property
    def volumes(self) -> tuple[Scenario, ...]:
        """The volumes that are shown: the scenarios, or the one that is known."""
        return self.scenarios or (Scenario(self.calls or ZERO, self.options, self.baseline or ""),)

    def bands_at(self, calls: Decimal) -> Mapping[str, tuple[Decimal, Decimal]]:
        """The ends of each option's band, p10 and p90 in dollars a month, at another volume that is taken as exact.

        The options and the base that is tuned are those of the first volume that is shown.
        """
        from core.costs.uncertainty import bands_at

        return bands_at(self.terms, replace(self.volumes[0], calls=calls).shown(is_exact=True))

    def band(self, name: str) -> Band | None:
        """The band of one option by its name; ``None`` when it was removed, and for scenarios."""
        return None if self.scenarios else self.uncertainty.bands[0].get(name)

    def formulas(self, calls: Decimal) -> Mapping[str, Running]:
        """The formula behind each option, with the base that is picked at this volume."""
        offered = _Offered.of(self.terms, built=self.prompt_is_built)
        return {draft.option: draft.running for draft in offered._drafts(calls)}

    def option(self, name: str) -> Option | None:
        """One option by its name; ``None`` when it was removed."""
        return next((option for option in self.options if option.option == name), None)


def estimate(
    answers: Answers,
    *,
    on: datetime.date,
    policy: Policy,
    calls: Decimal | None = None,
    prompt_is_built: bool | None = None,
) -> Estimate:
    """What each option costs, with the prices of ``on``.

    ``calls`` a month stand in for those of the answers; without either, the policy's low and high volume are shown side
    by side. ``prompt_is_built`` stands in for what the answers say of the prompt. Raises
    :class:`core.answers.CaseError` when a model, base or provider is unknown and was given no prices.
    """
    terms = Terms(answers, on, policy)
    built = terms.prompt_is_built if prompt_is_built is None else prompt_is_built
    wanted = answers.number("calls_per_month") if calls is None else calls
    offered = _Offered.of(terms, built=built)
    if wanted is not None:
        scenario = offered.at(wanted)
        scenarios: tuple[Scenario, ...] = ()
        options, baseline = scenario.options, scenario.baseline
        shown: tuple[Scenario, ...] = (scenario,)
    else:
        scenarios = tuple(offered.at(volume) for volume in (policy.low_volume, policy.high_volume))
        options, baseline, shown = (), None, scenarios
    return Estimate(
        calls=wanted,
        options=options,
        baseline=baseline,
        scenarios=scenarios,
        removed=offered.removed,
        assumptions=_assumed(terms, shown),
        as_of=on,
        terms=terms,
        prompt_is_built=built,
        volume_is_given=calls is not None,
    )


@dataclass(frozen=True, slots=True)
class _Offered:
    """The options that nothing removes, before a volume is known."""

    terms: Terms
    built: bool
    leaves: bool
    removed: tuple[Removed, ...]

    @staticmethod
    def of(terms: Terms, *, built: bool) -> _Offered:
        leaves = terms.answers.of("data_may_leave") is not False
        if not leaves:
            return _Offered(
                terms, built, leaves, tuple(Removed(o, MAY_NOT_LEAVE, "your own answer") for o in OPTIONS[:4])
            )
        removed = []
        why_not = terms.why_not_cached(terms.model)
        if why_not is not None:
            model = terms.model
            source = (
                model.price_in.source if model.cached is None else source_of_the_shortest_prefix(model.model)
            )
            removed.append(Removed("prompt_cached", why_not, source))
        removed += [found for found in (terms.cheaper_model, terms.tuned_at) if isinstance(found, Removed)]
        return _Offered(terms, built, leaves, tuple(removed))

    def at(self, calls: Decimal) -> Scenario:
        drafts = self._drafts(calls)
        if latency.is_asked_for(self.terms):
            drafts = [_timed(self.terms, draft, calls) for draft in drafts]
        baselines = [d for d in drafts if d.option in BASELINES]
        chosen = cheaper_of(tuple(d.running for d in baselines), calls)
        baseline = next(d for d in baselines if d.running is chosen)
        every = tuple(d.running for d in baselines)
        options = tuple(_compared(draft, baseline, every, calls) for draft in drafts)
        return Scenario(calls, options, baseline.option)

    def _drafts(self, calls: Decimal) -> list[_Draft]:
        terms = self.terms
        if not self.leaves:
            return [_self_hosted(terms, calls), _self_hosted_prompted(terms, calls, built=self.built)]
        drafts = [_prompted("prompt", terms, terms.model, None, calls, built=self.built)]
        hits = terms.hits(terms.model)
        if hits is not None:
            drafts.append(_prompted("prompt_cached", terms, terms.model, hits, calls, built=self.built))
        cheaper = terms.cheaper_model
        if not isinstance(cheaper, Removed):
            drafts.append(
                _prompted("cheaper_model", terms, cheaper, terms.hits(cheaper), calls, built=self.built)
            )
        if not isinstance(terms.tuned_at, Removed):
            drafts.append(_hosted(terms, terms.pick(terms.labelled, calls), calls))
        return [*drafts, _self_hosted(terms, calls)]


@dataclass(frozen=True, slots=True)
class _Draft:
    """One option with its entries, before it is compared."""

    option: str
    model: str
    running: Running
    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()
    retires_on: datetime.date | None = None
    latency: Latency | None = None


def _compared(draft: _Draft, baseline: _Draft, baselines: tuple[Running, ...], calls: Decimal) -> Option:
    own, other = draft.running, baseline.running
    back, months = pays_back(own, other, calls), payback_months(own, other, calls)
    crossing = within = None
    is_known = not (own.open_ended or other.open_ended)
    if draft.option not in BASELINES and is_known:
        crossing, within = crossover(own, baselines), crossover_within(own, baselines)
    if not is_known:
        months = None
    notes = [*draft.notes]
    if draft is baseline:
        notes.append("This is what the other options are compared with")
    elif back is None:
        notes.append("Whether it pays back is not known, as part of its cost is not")
    else:
        notes += _why_not(draft, baseline, calls, months)
    if draft.option not in BASELINES and is_known and crossing is None:
        notes.append("No number of calls makes its month as cheap and keeps it so")
    return Option(
        option=draft.option,
        model=draft.model,
        entries=draft.entries,
        calls=calls,
        payback_months=months,
        pays_back=back,
        crossover_calls=crossing,
        crossover_within_horizon_calls=within,
        notes=tuple(notes),
        retires_on=draft.retires_on,
        latency=draft.latency,
    )


def _timed(terms: Terms, draft: _Draft, calls: Decimal) -> _Draft:
    """An option with how long a call takes."""
    match draft.option:
        case "prompt":
            return replace(draft, latency=latency.of_the_prompt(terms))
        case "prompt_cached":
            return replace(draft, latency=latency.of_the_cached_prompt(terms))
        case "cheaper_model":
            return replace(draft, latency=latency.of_another_model(draft.model))
        case "hosted":
            found = latency.of_a_tuned_model(terms, terms.pick(terms.labelled, calls))
        case _:
            found = latency.of_own_servers(terms, tuned=draft.option == "self_hosted")
            if draft.option == "self_hosted_prompted":
                return replace(draft, latency=found)
    return replace(draft, latency=found, notes=(*draft.notes, latency.not_assumed_faster(terms.on)))


IN_WORDS = {
    "prompt": "the prompt",
    "prompt_cached": "the cached prompt",
    "self_hosted_prompted": "the open model, prompted",
}


def _why_not(draft: _Draft, baseline: _Draft, calls: Decimal, months: Decimal | None) -> list[str]:
    """Why an option does not pay back, if it does not."""
    more = draft.running.month(calls) - baseline.running.month(calls)
    if more >= 0:
        amount = "as much as" if more == 0 else f"{dollars(more)} more than" if more >= 1 else "more than"
        return [f"Never pays back: a month costs {amount} {IN_WORDS[baseline.option]}"]
    limit = draft.running.limit
    if months is not None and months > limit:
        return [f"Pays back after {months:,.1f} months; it has {limit:.1f} months to do so"]
    return []


# Lines


@dataclass(frozen=True, slots=True)
class _Lines:
    """Makes the entries of one option."""

    terms: Terms

    def stated(self, key: str) -> str:
        return self.terms.whose(key) if key in self.terms.stated else f"our default for {key}"

    def engineering(self, label: str, hours: Decimal, key: str, per: Per) -> Line:
        return Line(
            label,
            hours,
            "hours",
            self.terms.per_hour,
            per,
            f"{self.stated(key)}; {self.stated('engineer_per_hour')}",
        )

    def tokens(self, label: str, calls: Decimal, each: Decimal, price: Sourced) -> Entry:
        if price.value is None:
            return Unknown(label, price.source, "month")
        return Line(
            label, calls * each / MILLION, "1M tokens", price.value, "month", price.source, price.as_of
        )

    def calls(
        self, called: Called, calls: Decimal, *, fixed: Decimal, output: Decimal, hits: HitRate | None
    ) -> tuple[Entry, ...]:
        """What the calls of a month cost."""
        terms = self.terms
        made = calls * terms.repeats
        often = f", {plain(terms.repeats)} times each" if terms.repeats != 1 else ""
        entries: list[Entry] = []
        if hits is None or hits.stated == 0:
            entries.append(self.tokens(f"Fixed prompt tokens{often}", made, fixed, called.price_in))
        else:
            rate = hits.at(calls)
            assert called.cached is not None
            read, written = (
                f"Fixed prompt tokens read from the cache{often}",
                f"Fixed prompt tokens not in the cache{often}",
            )
            entries.append(self.tokens(read, made * rate, fixed, called.cached))
            entries.append(self.tokens(written, made * (1 - rate), fixed, called.write or called.price_in))
        entries.append(
            self.tokens(f"Changing prompt tokens{often}", made, terms.dynamic_tokens, called.price_in)
        )
        entries.append(self.tokens(f"Output tokens{often}", made, output, called.price_out))
        if terms.batched_off:
            known = total(entries, "month").amount
            source = f"{self.stated('batch_share')}; {self.stated('batch_discount')}"
            batched = -known * terms.number("batch_share")
            entries.append(
                Line(
                    "Discount on calls in a batch",
                    batched,
                    "$ of calls in a batch",
                    terms.number("batch_discount"),
                    "month",
                    source,
                )
            )
        return tuple(entries)

    def tuning(self, runs: Entry, once_more: Entry) -> tuple[Entry, ...]:
        """The training with its labels and engineering, up front and again when it is trained anew."""
        terms = self.terms
        return (
            runs,
            Line(
                "Examples to make",
                terms.labels_to_buy(terms.labelled),
                "examples",
                terms.number("price_per_label"),
                "up front",
                f"{self.stated('labels_to_buy')}; {self.stated('price_per_label')}",
            ),
            self.engineering(
                "Engineering for the first tuned model",
                terms.number("tuning_hours"),
                "tuning_hours",
                "up front",
            ),
            once_more,
            self.engineering(
                "Engineering for training anew",
                terms.number("retrain_hours") * terms.number("retrains_per_year") / 12,
                "retrain_hours",
                "month",
            ),
        )

    def replicas(self, calls: Decimal, *, tuned: bool) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
        """The servers of a month, and what must be said of them."""
        terms = self.terms
        servers = terms.replicas(tuned=tuned)
        count = servers.at(calls)
        noted = ("One replica, so no failover",) if count == 1 else ()
        if terms.gpu.value is None:
            return (Unknown("GPUs for serving", terms.gpu.source, "month"),), noted
        label = f"GPUs for {counted(str(plain(count)), 'replicas')}, overhead included"
        line = Line(
            label,
            count * terms.replica_hours,
            "GPU hours",
            terms.gpu.value,
            "month",
            terms.gpu.source,
            terms.gpu.as_of,
        )
        if terms.throughput.value is None:
            return (line, Unknown("More replicas", terms.throughput.source, "month")), noted
        return (line,), noted


def _upkeep(lines: _Lines) -> Line:
    return lines.engineering("Upkeep", lines.terms.number("upkeep_hours"), "upkeep_hours", "month")


def _prompt_work(lines: _Lines, *, built: bool) -> tuple[Entry, ...]:
    if built:
        return ()
    return (
        lines.engineering(
            "Engineering for the prompt", lines.terms.number("prompt_hours"), "prompt_hours", "up front"
        ),
    )


def _prompted(
    option: str, terms: Terms, called: Called, hits: HitRate | None, calls: Decimal, *, built: bool
) -> _Draft:
    lines = _Lines(terms)
    entries = (
        *_prompt_work(lines, built=built),
        *lines.calls(called, calls, fixed=terms.fixed_tokens, output=terms.output_tokens, hits=hits),
        _upkeep(lines),
    )
    uncached = option == "cheaper_model" and hits is None
    notes = (terms.why_not_cached(called) or "",) if uncached else ()
    return _Draft(option, called.model, terms.prompted(called, hits, built=built), entries, notes)


def _hosted(terms: Terms, tuned: TunedAt, calls: Decimal) -> _Draft:
    lines = _Lines(terms)
    runs, again = _training_runs(terms, tuned)
    entries: list[Entry] = [
        *lines.tuning(runs, again),
        *lines.calls(
            tuned.called, calls, fixed=terms.tuned_fixed_tokens, output=terms.tuned_output_tokens, hits=None
        ),
        _upkeep(lines),
    ]
    for label, price, quantity, unit in (
        ("Hosting", tuned.hosting, terms.number("hours_per_month"), "hours"),
        ("Storage", tuned.storage, Decimal(1), "months"),
    ):
        if price.value is None:
            entries.append(Unknown(label, price.source, "month"))
        elif price.value:
            entries.append(Line(label, quantity, unit, price.value, "month", price.source, price.as_of))
    notes: tuple[str, ...] = ()
    if tuned.retires_on is not None:
        notes = (f"The base retires on {tuned.retires_on}, and what was tuned on it with it",)
    if terms.own_provider_is_closed is not None:
        notes = (*notes, terms.own_provider_is_closed)
    running = terms.hosted(tuned, terms.labelled)
    draft = _Draft("hosted", tuned.base, running, tuple(entries), notes, tuned.retires_on)
    return _with_accuracy(terms, draft, calls)


def _with_accuracy(terms: Terms, draft: _Draft, calls: Decimal) -> _Draft:
    """A tuned option with what its accuracy is worth: on a line of its own, in no total."""
    worth = [terms.given(key) for key in ("value_per_correct", "cost_per_error")]
    if worth == [None, None]:
        return draft
    label = "Worth of the accuracy gained, in no total"
    target, now = terms.answers.number("quality_target"), _quality_now(terms.answers)
    tuned = target if terms.given("tuned_quality") is None else terms.given("tuned_quality")
    if tuned is None or now is None:
        missing = "how good it is now" if now is None else "tuned_quality and the quality target"
        return replace(draft, entries=(*draft.entries, Unknown(label, f"nobody said {missing}", "call")))
    line = Line(
        label,
        tuned - now,
        "right answers more a call",
        sum((w or ZERO for w in worth), ZERO),
        "call",
        THE_TEAM,
    )
    a_month = (
        f"Beside its costs: {tuned - now:+.1%} right answers, worth {dollars(line.amount * calls)} a month"
    )
    return replace(draft, entries=(*draft.entries, line), notes=(*draft.notes, a_month))


def _quality_now(answers: Answers) -> Decimal | None:
    correct, out_of = answers.of("eval_correct"), answers.of("eval_total")
    if isinstance(correct, Decimal) and isinstance(out_of, Decimal):
        return correct / out_of
    return answers.number("quality_now")


def _training_runs(terms: Terms, tuned: TunedAt) -> tuple[Entry, Entry]:
    first, again = f"Training {tuned.base}", f"Training {tuned.base} anew"
    if tuned.train.value is None:
        return Unknown(first, tuned.train.source, "up front"), Unknown(again, tuned.train.source, "month")
    runs, a_year = terms.number("runs"), terms.number("retrains_per_year")
    tokens = terms.examples(terms.labelled) * terms.tokens_per_example * terms.number("epochs") / MILLION
    fee = tuned.minimum_fee.value or ZERO
    if tokens * tuned.train.value < fee:
        source, as_of = tuned.minimum_fee.source, tuned.minimum_fee.as_of
        return (
            Line(f"{first}, at the minimum fee", runs, "runs", fee, "up front", source, as_of),
            Line(f"{again}, at the minimum fee", a_year / 12, "runs", fee, "month", source, as_of),
        )
    source, as_of = tuned.train.source, tuned.train.as_of
    return (
        Line(first, tokens * runs, "1M tokens", tuned.train.value, "up front", source, as_of),
        Line(again, tokens * a_year / 12, "1M tokens", tuned.train.value, "month", source, as_of),
    )


def _self_hosted(terms: Terms, calls: Decimal) -> _Draft:
    lines = _Lines(terms)
    runs, again = _own_training_runs(terms)
    servers, notes = lines.replicas(calls, tuned=True)
    entries = (*lines.tuning(runs, again), *servers, *_own_upkeep(lines))
    draft = _Draft("self_hosted", _own_model(terms), terms.self_hosted(terms.labelled), entries, notes)
    return _with_accuracy(terms, draft, calls)


def _own_training_runs(terms: Terms) -> tuple[Entry, Entry]:
    first, again = "GPUs for training", "GPUs for training anew"
    for needed in (terms.training_throughput, terms.gpu):
        if needed.value is None:
            return Unknown(first, needed.source, "up front"), Unknown(again, needed.source, "month")
    assert terms.gpu.value is not None
    hours = terms.own_run_hours(terms.labelled)
    source = f"{terms.gpu.source}; throughput: {terms.training_throughput.source}"
    return (
        Line(
            first,
            hours * terms.number("runs"),
            "GPU hours",
            terms.gpu.value,
            "up front",
            source,
            terms.gpu.as_of,
        ),
        Line(
            again,
            hours * terms.number("retrains_per_year") / 12,
            "GPU hours",
            terms.gpu.value,
            "month",
            source,
            terms.gpu.as_of,
        ),
    )


def _self_hosted_prompted(terms: Terms, calls: Decimal, *, built: bool) -> _Draft:
    lines = _Lines(terms)
    servers, notes = lines.replicas(calls, tuned=False)
    entries = (*_prompt_work(lines, built=built), *servers, *_own_upkeep(lines))
    running = terms.self_hosted_prompted(built=built)
    return _Draft("self_hosted_prompted", _own_model(terms), running, entries, notes)


def _own_upkeep(lines: _Lines) -> tuple[Entry, ...]:
    on_call = lines.engineering("On call", lines.terms.number("on_call_hours"), "on_call_hours", "month")
    return (on_call, _upkeep(lines))


def _own_model(terms: Terms) -> str:
    return f"open-weight {terms.name('model_size')} on {terms.name('gpu')}"


# What was assumed


def _assumed(terms: Terms, scenarios: tuple[Scenario, ...]) -> Mapping[str, Assumed]:
    """Every assumption with the value that was used."""
    return {key: _one_assumed(terms, key, scenarios) for key in ASSUMPTIONS}


def _one_assumed(terms: Terms, key: str, scenarios: tuple[Scenario, ...]) -> Assumed:
    stated = terms.stated.get(key)
    if stated is not None:
        return Assumed(key, stated, False, terms.whose(key))
    if key in terms.policy.overridden:
        return Assumed(key, getattr(terms.policy, key), False, THE_HOUSE)
    fixed = ASSUMPTIONS[key].fixed
    if fixed is not None:
        return Assumed(key, fixed, True, f"Default: {ASSUMPTIONS[key].default}")
    found = _found(terms, key, scenarios)
    if isinstance(found, Sourced):
        return Assumed(key, found.value, True, found.source)
    return Assumed(key, found, True, f"Default: {ASSUMPTIONS[key].default}")


def _found(terms: Terms, key: str, scenarios: tuple[Scenario, ...]) -> AssumptionValue | Sourced | None:
    """The default of an assumption that depends on answers, prices or the volume."""
    simple: Mapping[str, AssumptionValue | Sourced | None] = {
        "horizon_months": terms.horizon,
        "tuned_output_tokens": terms.tuned_output_tokens,
        "training_examples": terms.examples(terms.labelled),
        "tokens_per_example": terms.tokens_per_example,
        "labels_to_buy": terms.labels_to_buy(terms.labelled),
        "gpu_per_hour": terms.gpu,
        "decode_tokens_per_second": terms.throughput,
        "train_tokens_per_second": terms.training_throughput,
        "min_replicas": terms.fewest_replicas,
        "tuned_quality": terms.answers.number("quality_target"),
        "cache_hit_rate": _same([_hit_rate(terms, scenario.calls) for scenario in scenarios]),
    }
    if key in simple:
        return simple[key]
    if key.startswith("price_") and key != "price_per_label":
        return _price_of(terms.model, key.removeprefix("price_"))
    if key == "cheaper_model" or key.startswith("cheaper_price_"):
        cheaper = terms.cheaper_model
        if isinstance(cheaper, Removed):
            return None
        return (
            cheaper.model
            if key == "cheaper_model"
            else _price_of(cheaper, key.removeprefix("cheaper_price_"))
        )
    return _found_of_the_base(terms, key, scenarios)


def _price_of(called: Called, kind: str) -> Sourced | None:
    return {"in": called.price_in, "cached": called.cached, "write": called.write, "out": called.price_out}[
        kind
    ]


def _hit_rate(terms: Terms, calls: Decimal) -> Decimal | None:
    hits = terms.hits(terms.model)
    return None if hits is None else round(hits.at(calls), 6)


def _same(values: list[Decimal | None]) -> Decimal | None:
    """The value that they all have, if they do."""
    return values[0] if len(set(values)) == 1 else None


def _found_of_the_base(
    terms: Terms, key: str, scenarios: tuple[Scenario, ...]
) -> AssumptionValue | Sourced | None:
    if isinstance(terms.tuned_at, Removed) or terms.answers.of("data_may_leave") is False:
        return None
    picked = {terms.pick(terms.labelled, scenario.calls) for scenario in scenarios}
    if len(picked) > 1:
        return None
    base = picked.pop()
    found: Mapping[str, AssumptionValue | Sourced | None] = {
        "base": base.base,
        "provider": base.base.partition(":")[0] if ":" in base.base else None,
        "tuned_price_in": base.called.price_in,
        "tuned_price_cached": base.called.cached,
        "tuned_price_out": base.called.price_out,
        "train_price": base.train,
        "minimum_training_fee": base.minimum_fee,
        "hosting_per_hour": base.hosting,
        "storage_per_month": base.storage,
        "base_life_months": round(base.life_months, 2),
    }
    return found.get(key)
