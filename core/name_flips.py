"""Which other model, or other base to tune, would change the verdict: names are inputs like any other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from core.answers import AssumptionValue, CaseError
from core.bits import verdicts_of
from core.costs import bases
from core.costs.figures import Figures
from core.costs.sources import Removed
from core.facts import MODEL
from core.prices.calling import beside_the_library, smaller_model
from core.prices.names import model_name
from core.tree import Verdict
from core.turns import Turns
from core.walk import Walk

NAMES = ("model", "base")
"""The assumptions whose other values are tried; a provider is that of its base, and a cheaper model is asked about."""


def changed_by_name(
    turns: Turns, present: Mapping[str, AssumptionValue | None]
) -> Iterator[tuple[str, str, Verdict | None]]:
    """Each name that gives another verdict than the present one: its key, the name, and the verdict with it.

    Of models those that our dated tables name: today's usual one and each provider's smaller current one. Of bases all
    that can be tuned on the day and have every price.
    """
    walk, facts = turns.walk, turns.facts
    now = walk.verdict(facts)
    for key in NAMES:
        for name in _others(key, turns.figures, present.get(key)):
            payback = turns.payback.naming(key, name)
            other = Walk(payback.figures.answers, walk.policy, walk.on, payback=payback)
            try:
                possible = verdicts_of(turns.bits_with(other, facts))
                verdict = next(iter(possible)) if len(possible) == 1 else other.verdict(facts)
            except CaseError:  # it has no price for what was stated beside it
                continue
            if verdict != now:
                yield key, name, verdict


def _others(key: str, figures: Figures, present: AssumptionValue | None) -> Iterator[str]:
    """The other names, each model once under whatever provider comes first."""
    said = {model_name(str(present))} if present is not None else set[str]()
    for name in _models(figures) if key == "model" else _bases(figures):
        if model_name(name) not in said:
            said.add(model_name(name))
            yield name


def _models(figures: Figures) -> Iterator[str]:
    if figures.given("price_in") is not None:
        return  # the model's price is the team's own, whatever it is called
    yield MODEL
    providers = dict.fromkeys(entry.provider for entry in beside_the_library().smaller)
    smaller = (smaller_model(f"{provider}:", on=figures.on) for provider in providers)
    yield from (entry.model for entry in smaller if entry is not None)


def _bases(figures: Figures) -> Iterator[str]:
    if figures.may_not_train or not figures.data_may_leave or figures.given("tuned_price_in") is not None:
        return
    found = bases.tunable({}, figures.whose, figures.on)
    if not isinstance(found, Removed):
        yield from (base.name for base in found if not base.is_open_ended)
