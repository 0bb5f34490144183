"""How long one call takes with each option, where somebody measured it; nothing is assumed to be faster.

    total = time to the first token + output tokens x time between two tokens

Rates come from the catalogue alone (gpus.toml by size and GPU, tuning.toml by base). For most models nobody we know
published any, and then the ledger says so.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.costs.arithmetic import plain
from core.costs.figures import ZERO, Figures
from core.costs.sources import THE_TEAM
from core.prices import catalogue
from core.prices.names import model_name


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds of one call, to its first token and in all; ``None`` where not known, as ``because`` says."""

    first_token_ms: Decimal | None
    total_ms: Decimal | None
    because: str


def is_asked_for(figures: Figures) -> bool:
    """Whether latency is among the reasons."""
    reasons = figures.answers.of("reasons")
    return isinstance(reasons, frozenset) and "latency" in reasons


def not_assumed_faster(on: datetime.date) -> str:
    """What must be said of a tuned option where latency is a reason."""
    entries = catalogue.tuning().latency
    if not entries:
        return "Tuning is not assumed to make a call faster"
    return f"Tuning is not assumed to make a call faster: {catalogue.newest(entries, on).against_its_base}"


def of_the_prompt(figures: Figures) -> Latency:
    """Today's model with today's prompt: as long as the team says that it takes."""
    now = figures.answers.number("latency_now_ms")
    if now is None:
        return Latency(None, None, f"Nobody said how long a call takes now. {_no_rate(figures.model)}")
    return Latency(
        None, now, f"The total is {THE_TEAM}; how much of it passes until the first token is not known."
    )


def of_the_cached_prompt(figures: Figures) -> Latency:
    """A cached prefix need not be read again, but nobody publishes how much sooner the first token comes."""
    shorter = "Reading the fixed part from the cache can only shorten the time to the first token."
    return Latency(None, None, f"{_no_rate(figures.model)} {shorter}")


def of_another_model(model: str) -> Latency:
    """A model that nobody measured."""
    return Latency(None, None, _no_rate(model))


def of_a_tuned_model(figures: Figures, base: str) -> Latency:
    """A tuned model at a provider, where it was measured."""
    entries = [entry for entry in catalogue.tuning().latency if entry.base == base]
    if not entries:
        return of_another_model(f"a tuned {model_name(base)}")
    seen = catalogue.newest(entries, figures.on)
    total = seen.first_token_ms + figures.exact(ZERO).tuned_output * 1000 / seen.tokens_per_second
    because = (
        f"Measured: {plain(seen.first_token_ms)} ms to the first token, then {plain(seen.tokens_per_second)} tokens "
        f"a second ({seen.source}). The prompts were others than yours."
    )
    return Latency(seen.first_token_ms, total, because)


def of_own_servers(figures: Figures, *, tuned: bool) -> Latency:
    """An open-weight model on own GPUs: the prompt read at the measured pace, then the output."""
    size, gpu = figures.name("model_size") or "", figures.name("gpu") or ""
    each = int(figures.number("gpus_per_replica"))
    world = figures.exact(ZERO)
    prompt = world.tuned_prompt if tuned else world.of("prompt_tokens")
    output = world.tuned_output if tuned else world.of("output_tokens")
    measured = catalogue.latencies(size, gpu, each, on=figures.on)
    if len(measured) < 2:
        return Latency(None, None, f"Nobody we know measured how long {size} takes on {each} x {gpu}.")
    first = _first_token(measured, prompt)
    next_token = max(entry.next_token_ms for entry in measured)
    low, high = measured[0].tokens_in, measured[-1].tokens_in
    because = (
        f"Measured on {size} on {each} x {gpu} with prompts of {low:,} and {high:,} tokens ({measured[0].source}), "
        "one call at a time; network and waiting behind other calls come on top."
    )
    return Latency(first, first + output * next_token, because)


def _first_token(measured: Sequence[catalogue.MeasuredLatency], prompt: Decimal) -> Decimal:
    """On the line through the shortest and the longest prompt measured; a shorter one by its share of the shortest."""
    short, long = measured[0], measured[-1]
    pace = (long.first_token_ms - short.first_token_ms) / (long.tokens_in - short.tokens_in)
    if prompt < short.tokens_in and pace * short.tokens_in > short.first_token_ms:
        return short.first_token_ms * prompt / short.tokens_in
    return short.first_token_ms + (prompt - short.tokens_in) * pace


def _no_rate(model: str) -> str:
    return f"No rates of {model_name(model)} are in our catalogue."
