"""Every assumption of a ledger with the value that was used, and where it is from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from core.answers import AssumptionValue
from core.costs.figures import Figures
from core.costs.ledger import Assumed
from core.costs.sources import THE_HOUSE, Removed, Sourced, at_tokens
from core.facts import ASSUMPTIONS

_Found = AssumptionValue | Sourced | None


def assumed(figures: Figures, volumes: Sequence[Decimal]) -> Mapping[str, Assumed]:
    """Each assumption by its key; ``volumes``: the calls a month that are shown, between which one may differ."""
    followed = {**_following(figures, volumes), **_of_the_base(figures, volumes)}
    return {key: _one(figures, key, followed.get(key)) for key in ASSUMPTIONS}


def _one(figures: Figures, key: str, found: _Found) -> Assumed:
    stated = figures.stated.get(key)
    if stated is not None:
        return Assumed(key, stated, False, figures.whose(key))
    if key in figures.policy.overridden:
        return Assumed(key, getattr(figures.policy, key), False, THE_HOUSE)
    fixed = ASSUMPTIONS[key].fixed
    if fixed is not None:
        return Assumed(key, fixed, True, f"Default: {ASSUMPTIONS[key].default}")
    if isinstance(found, Sourced):
        return Assumed(key, at_tokens(found, _prompt(figures, key)), True, found.source)
    return Assumed(key, found, True, f"Default: {ASSUMPTIONS[key].default}")


def _prompt(figures: Figures, key: str) -> Decimal:
    """The length of the prompt that a price is a price of."""
    world = figures.exact(Decimal(0))
    return Decimal(world.tuned_prompt if key.startswith("tuned_") else world.of("prompt_tokens"))


def _following(figures: Figures, volumes: Sequence[Decimal]) -> Mapping[str, _Found]:
    """The defaults that depend on answers, prices or the volume."""
    world = figures.exact(Decimal(0))
    found: dict[str, _Found] = {
        "horizon_months": figures.horizon,
        "tuned_output_tokens": world.tuned_output,
        "training_examples": world.examples,
        "tokens_per_example": world.tokens_per_example,
        "labels_to_buy": world.labels_to_buy,
        "min_replicas": figures.fewest_replicas,
        "tuned_quality": figures.answers.number("quality_target"),
        **figures.own,
        **figures.calling,
    }
    if figures.why_not_cached("") is None:
        hits = {round(figures.exact(volume).hits, 6) for volume in volumes}
        found["cache_hit_rate"] = hits.pop() if len(hits) == 1 else None
    if not isinstance(figures.cheaper, Removed):
        found["cheaper_model"] = figures.cheaper
    return found


def _of_the_base(figures: Figures, volumes: Sequence[Decimal]) -> Mapping[str, _Found]:
    """The base that is tuned at a provider, where it is the same at every volume."""
    base, *others = {figures.pick(volume) for volume in volumes}
    if base is None or others:
        return {}
    provider = base.name.partition(":")[0] if ":" in base.name else None
    return {
        **base.prices,
        "base": base.name,
        "provider": provider,
        "base_life_months": round(base.life_months, 2),
    }
