"""The options compared, each as a ledger: :func:`estimate` is what the costs of a consultation are asked of."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from core.answers import Answers
from core.costs import latency
from core.costs.arithmetic import EXACT
from core.costs.assumed import assumed
from core.costs.bases import Tunable
from core.costs.cost import Cost, Savings, baseline_of, cost, costs
from core.costs.figures import Figures
from core.costs.kinds import Kind
from core.costs.latency import Latency
from core.costs.ledger import Entry, Estimate, Line, Option, Scenario, Unknown
from core.costs.lines import (
    AT_A_PROVIDER,
    BASELINES,
    ON_SERVERS,
    OPTIONS,
    TUNED,
    Base,
    Part,
    lines_of,
    servers,
    with_base,
)
from core.costs.sources import THE_TEAM, Removed, at_tokens
from core.costs.world import World
from core.once import once
from core.policy import Policy
from core.prices.calling import source_of_the_shortest_prefix
from core.prices.names import model_name
from core.wording import count
from core.wording import money as dollars

if TYPE_CHECKING:  # numpy
    from core.costs.crossing import Crossings

MAY_NOT_LEAVE = "The data may not leave, and a provider would see it."
MUCH_SMALLER = "is much smaller than today's model: whether it reaches the target shows only when it is tried"
WINDOW = "also pays back between"
A_CLASS_APART = 10
"""Times: two classes. Within a family each costs four or five times the one below (genai-prices: GPT-4.1 $2, mini
$0.40, nano $0.10 per 1M prompt tokens)."""
IN_WORDS = {
    "prompt": "the prompt",
    "prompt_cached": "the cached prompt",
    "self_hosted_prompted": "the open model, prompted",
}


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
    figures = Figures(answers, on, policy)
    built = figures.prompt_is_built if prompt_is_built is None else prompt_is_built
    wanted = answers.number("calls_per_month") if calls is None else calls
    removed = tuple(_removed(figures))
    volumes = (policy.low_volume, policy.high_volume) if wanted is None else (wanted,)
    crossings: dict[str | None, Crossings] = {}
    made = tuple(_Volume(figures, volume, removed, built, crossings).scenario() for volume in volumes)
    return Estimate(
        calls=wanted,
        volumes=made,
        removed=removed,
        assumptions=assumed(figures, volumes),
        as_of=on,
        figures=figures,
        prompt_is_built=built,
        volume_is_given=calls is not None,
    )


def _removed(figures: Figures) -> Iterator[Removed]:
    """The options that are not there."""
    if not figures.data_may_leave:
        yield from (Removed(option, MAY_NOT_LEAVE, "your own answer") for option in AT_A_PROVIDER)
        return
    why_not = figures.why_not_cached("")
    if why_not is not None:
        is_priced = "price_cached" in figures.calling
        source = (
            source_of_the_shortest_prefix(figures.model) if is_priced else figures.calling["price_in"].source
        )
        yield Removed("prompt_cached", why_not, source)
    yield from (found for found in (figures.cheaper, figures.tunable) if isinstance(found, Removed))


@dataclass(frozen=True)
class _Volume:
    """The options at one volume."""

    figures: Figures
    calls: Decimal
    removed: tuple[Removed, ...]
    built: bool
    known_crossings: dict[str | None, Crossings]
    """By the base that is tuned: volumes with the same one have the same."""

    @once
    def world(self) -> World:
        return self.figures.exact(self.calls, built=self.built)

    @once
    def base(self) -> Tunable | None:
        """What is tuned at a provider."""
        return self.figures.pick(self.calls)

    @once
    def options(self) -> Mapping[str, Base | None]:
        """Those that are there, each with its base."""
        gone = {one.option for one in self.removed}
        gone |= {"self_hosted_prompted"} if self.figures.data_may_leave else set()
        base = None if self.base is None else self.base.exact
        return with_base((name for name in OPTIONS if name not in gone), base)

    def scenario(self) -> Scenario:
        found = costs(self.world, self.options)
        lowest = baseline_of(EXACT, [found[name] for name in BASELINES if name in found])
        baseline = next(name for name in BASELINES if name in found and found[name] == lowest)
        options = tuple(self._option(name, found[name], baseline, lowest) for name in found)
        return Scenario(self.calls, options, baseline, self.base)

    def _option(self, name: str, own: Cost, baseline: str, other: Cost) -> Option:
        savings = Savings.of(EXACT, own, other.month, other.once)
        is_known = not (own.is_open or other.is_open)
        months = savings.months if is_known and savings.a_month > 0 else None
        back: bool | None = not other.is_open and savings.pays_back(savings.earned)
        if other.is_open or (back and own.is_open):
            back = None
        crossing = within = None
        if name not in BASELINES and is_known:
            crossing, within = self._crossings.crossover(name), self._crossings.within(name)
        time = self._latency(name)
        notes = [*self._notes(name, time)]
        if name == baseline:
            notes.append("This is what the other options are compared with")
        elif back is None:
            notes.append("Whether it pays back is not known, as part of its cost is not")
        else:
            notes += _why_not(savings, IN_WORDS[baseline], is_known=is_known)
        if name in TUNED and is_known and ON_SERVERS[0] in (name, baseline):
            notes += self._window(name)
        if name not in BASELINES and is_known and crossing is None:
            notes.append("No number of calls makes its month as cheap and keeps it so")
        return Option(
            option=name,
            model=self._model(name),
            entries=tuple(self._entries(name)),
            cost=own,
            calls=self.calls,
            payback_months=months,
            pays_back=back,
            crossover_calls=crossing,
            crossover_within_horizon_calls=within,
            notes=tuple(notes),
            retires_on=self.base.retires_on if name == "hosted" and self.base else None,
            latency=time,
        )

    def _window(self, name: str) -> list[str]:
        """Where it pays back as well, below the calls from which it does for good."""
        window = self._crossings.window(name)
        if window is None:
            return []
        low, high = count(window[0], ROUND_CEILING), count(window[1], ROUND_FLOOR)
        return [f"It {WINDOW} {low} and {high} calls a month, where the other needs a server more"]

    @property
    def _crossings(self) -> Crossings:
        from core.costs.crossing import Crossings

        name = None if self.base is None else self.base.name
        if name not in self.known_crossings:
            base = None if self.base is None else self.base.floats
            tuned = with_base(self.options, base)
            self.known_crossings[name] = Crossings(self.figures, tuned, self.built)
        return self.known_crossings[name]

    def _model(self, name: str) -> str:
        figures = self.figures
        match OPTIONS[name].runs_on:
            case "today's model":
                return figures.model
            case "the cheaper model":
                return str(figures.cheaper)
            case "a tuned base":
                return self.base.name if self.base else ""
            case "own servers":
                return f"open-weight {figures.name('model_size')} on {figures.name('gpu')}"

    # Lines

    def _entries(self, name: str) -> Iterator[Entry]:
        base = self.options[name]
        for part in lines_of(self.world, name, base):
            yield self._entry(part, self.base if name == "hosted" else None)
        if name in TUNED:
            yield from self._worth()

    def _entry(self, part: Part, base: Tunable | None) -> Entry:
        """A part with where it is from."""
        figures = self.figures
        known = [figures.sourced(key, base) for key in part.keys]
        if part.price is None:
            missing = known[0]
            assert missing is not None
            return Unknown(part.label, missing.source, part.per)
        sources = [
            self._stated(key) if found is None else found.source
            for key, found in zip(part.keys, known, strict=True)
        ]
        if part.keys[-1] == "train_tokens_per_second":
            sources[-1] = f"throughput: {sources[-1]}"
        as_of = None if known[0] is None else known[0].as_of
        return Line(
            kind=part.kind,
            label=part.label,
            quantity=Decimal(part.quantity),
            unit=part.unit,
            unit_price=part.price,
            per=part.per,
            source="; ".join(sources),
            as_of=as_of,
            servers=part.servers,
        )

    def _stated(self, key: str) -> str:
        return self.figures.whose(key) if key in self.figures.stated else f"our default for {key}"

    def _worth(self) -> Iterator[Entry]:
        """What the accuracy of a tuned option is worth: on a line of its own, in no total."""
        figures = self.figures
        worth = [figures.given(key) for key in ("value_per_correct", "cost_per_error")]
        if worth == [None, None]:
            return
        label = "Worth of the accuracy gained, in no total"
        tuned, now = _qualities(figures)
        if tuned is None or now is None:
            missing = "how good it is now" if now is None else "tuned_quality and the quality target"
            yield Unknown(label, f"nobody said {missing}", "call")
            return
        each = sum((w or Decimal(0) for w in worth), Decimal(0))
        yield Line(Kind.WORTH, label, tuned - now, "right answers more a call", each, "call", THE_TEAM)

    # Notes

    def _notes(self, name: str, time: Latency | None) -> Iterator[str]:
        figures = self.figures
        if name == "cheaper_model":
            why_not = figures.why_not_cached("cheaper_")
            yield from () if why_not is None else (why_not,)
        if name == "hosted" and self.base is not None:
            yield from self._beside_other_bases(self.base)
            if self.base.retires_on is not None:
                yield f"The base retires on {self.base.retires_on}, and what was tuned on it with it"
            if figures.own_provider_is_closed is not None:
                yield figures.own_provider_is_closed
        if name in ON_SERVERS and servers(self.world, tuned=name in TUNED) == 1:
            yield "One replica, so no failover"
        if name in TUNED:
            for line in self._worth():
                if isinstance(line, Line):
                    month = dollars(line.amount * self.calls)
                    yield f"Beside its costs: {line.quantity:+.1%} right answers, worth {month} a month"
            if time is not None:
                yield latency.not_assumed_faster(figures.on)

    def _beside_other_bases(self, base: Tunable) -> Iterator[str]:
        """The base with its prices beside today's model, and what the others that can be tuned would cost."""
        tuned = [self._price(f"tuned_price_{way}", self.world.tuned_prompt, base) for way in ("in", "out")]
        now = [self._price(f"price_{way}", self.world.of("prompt_tokens"), None) for way in ("in", "out")]
        if None not in (*tuned, *now):
            here, there = f"{tuned[0]} and {tuned[1]} per 1M tokens in and out", f"{now[0]} and {now[1]}"
            yield f"Tuned on {model_name(base.name)} at {here}; today's {model_name(self.figures.model)} is at {there}"
        if self._is_much_smaller(base):
            yield f"{model_name(base.name)} {MUCH_SMALLER}"
        if "hosting_per_hour" in base.prices and self.world.price("hosting_per_hour", 0, base.exact.listed):
            hours = self.world.of("hours_per_month")
            yield f"A month has {hours:f} hours here; a sum that was published for 720 is {1 - 720 / hours:.1%} lower"
        bases = () if isinstance(self.figures.tunable, Removed) else self.figures.tunable
        months = [cost(self.world, "hosted", one.exact).month for one in bases if not one.is_open_ended]
        if len(months) > 1:
            least, most = dollars(min(months)), dollars(max(months))
            yield f"Over the {len(months)} bases that can be tuned, a month costs {least} to {most}"

    def _is_much_smaller(self, base: Tunable) -> bool:
        """Whether a base is of a much smaller class than today's model, as far as its price says so."""
        tuned, now = base.prices["tuned_price_in"], self.figures.sourced("price_in")
        own = at_tokens(tuned, self.world.tuned_prompt)
        theirs = None if now is None else at_tokens(now, self.world.of("prompt_tokens"))
        return own is not None and theirs is not None and own * A_CLASS_APART <= theirs

    def _price(self, key: str, tokens: Decimal, base: Tunable | None) -> str | None:
        """A price as people read it."""
        found = self.figures.sourced(key, base)
        price = None if found is None else at_tokens(found, tokens)
        return None if price is None else f"${price.normalize():f}"

    def _latency(self, name: str) -> Latency | None:
        """How long a call takes, where that is a reason."""
        figures = self.figures
        if not latency.is_asked_for(figures):
            return None
        match OPTIONS[name].runs_on:
            case "today's model" if name == "prompt":
                return latency.of_the_prompt(figures)
            case "today's model":
                return latency.of_the_cached_prompt(figures)
            case "the cheaper model":
                return latency.of_another_model(str(figures.cheaper))
            case "a tuned base":
                return latency.of_a_tuned_model(figures, self.base.name if self.base else "")
            case "own servers":
                return latency.of_own_servers(figures, tuned=name in TUNED)


def _qualities(figures: Figures) -> tuple[Decimal | None, Decimal | None]:
    """How good the tuned model would be, and how good the prompt is."""
    answers, tuned = figures.answers, figures.given("tuned_quality")
    correct, out_of = answers.of("eval_correct"), answers.of("eval_total")
    now = answers.number("quality_now")
    if isinstance(correct, Decimal) and isinstance(out_of, Decimal):
        now = correct / out_of
    return answers.number("quality_target") if tuned is None else tuned, now


def _why_not(savings: Savings, baseline: str, *, is_known: bool) -> list[str]:
    """Why an option does not pay back, if it does not."""
    more = -savings.a_month
    if more >= 0:
        amount = "as much as" if more == 0 else f"{dollars(more)} more than" if more >= 1 else "more than"
        return [f"Never pays back: a month costs {amount} {baseline}"]
    if is_known and savings.months > savings.limit:
        return [f"Pays back after {savings.months:,.1f} months; it has {savings.limit:.1f} months to do so"]
    return []
