"""How long the verdict and the next question take in every state that a consultation may be in."""

from __future__ import annotations

import datetime
import json
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.serving import keep_what_is_loaded
from core.advice import advise
from core.case import read_case
from core.questions import BY_NAME
from tests.benchmarks.advising import CASES, decided
from tests.benchmarks.table import milliseconds, percentile, show

ON = datetime.date(2026, 11, 23)
AIM = 0.002
SEED = 20_261_123
ANSWERS_AT_MOST = 14
TRIES = 3
"""Of which the shortest counts: a pause of the machine is no time of the advice."""
TO_BE_LARGE = 200
"""A figure from which on one more makes no other case of it."""

NUMBERS: Mapping[str, Sequence[int]] = {
    "prompt_examples": (0, 4, 5, 6, 12, 12, 40),
    "calls_per_month": (0, 30_000, 99_999, 100_000, 700_000, 3_000_000, 40_000_000, 10**9),
    "labelled_examples": (0, 49, 50, 51, 400, 3_000, 20_000),
}
CHOICES: Mapping[str, Sequence[Any]] = {
    "data_may_leave": (True, True, True, "answers_only", False, None),
    "misses": ("facts", "behaviour", "behaviour", "labels", "disagreement", None),
    "reasons": (
        ["cost"],
        ["cost"],
        ["cost", "latency"],
        ["latency"],
        ["quality"],
        ["quality", "cost"],
        [],
        None,
    ),
    "cheaper_model_enough": (True, False, None),
    "can_wait": (True, False, None),
    "per_request_instructions": (True, False, None),
}
NOW = (0.2, 0.5, 0.765, 0.86, 0.96, 0.97, [0.8, 0.9], [0.9, 0.99], [None, 0.9], [0.5, None], None)
TARGETS = (0.9, 0.93, 0.95, 1, [0.9, 0.95], None)
EVALUATIONS = ((9, 10), (43, 50), (48, 50), (388, 400), (1720, 2000))
MODELS = ("openai:gpt-4o", "anthropic:claude-sonnet-4-5", "openai:gpt-6-luna", "google:gemini-2.5-pro")
ASSUMED: Mapping[str, Sequence[float]] = {
    "horizon_months": (6, 18),
    "tuned_price_in": (0.23, 1.5, 4.7),
    "engineer_per_hour": (50, 180),
    "gpu_per_hour": (2.5,),
    "min_replicas": (2,),
    "decode_tokens_per_second": (3_000,),
    "retry_rate": (0.1,),
    "price_per_label": (2,),
}


def run(states: int) -> None:
    """So many different states of random consultations."""
    keep_what_is_loaded()  # as the app does when it starts
    for case in CASES.values():
        _took(case)
    took = _times(states)
    every = sorted(took.values())
    over = sum(one > AIM for one in every)
    show(
        "Verdict and next question in every state of a consultation",
        ["", "p50", "p99", "worst", f"over {milliseconds(AIM)}"],
        [
            [
                f"{len(every):,} states",
                milliseconds(percentile(every, 0.5)),
                milliseconds(percentile(every, 0.99)),
                milliseconds(every[-1]),
                f"{over:,}",
            ]
        ],
        f"Aim: 2 ms in each. The worst: {max(took, key=lambda state: took[state])}. Each state with {TRIES} sets of "
        "figures, so that nothing is remembered, of which the quickest counts. Times of the processor.",
    )


def _times(states: int) -> dict[str, float]:
    """Seconds by state, as JSON."""
    chance, took = random.Random(SEED), dict[str, float]()
    while len(took) < states:
        for case in _consultation(chance):
            state = json.dumps(case, sort_keys=True)
            if state not in took:
                took[state] = min(_took(_like(case, len(took) % 97 + 97 * n)) for n in range(TRIES))
    return took


def _took(case: dict[str, Any]) -> float:
    answers = read_case(case)
    begun = time.process_time()
    decided(advise(answers, on=ON))
    return time.process_time() - begun


def _consultation(chance: random.Random) -> Iterator[dict[str, Any]]:
    """The states of a consultation that answers what is asked next, or now and then something else."""
    case: dict[str, Any] = {"assumptions": _assumed(chance)} if chance.random() < 0.5 else {}
    for _ in range(ANSWERS_AT_MOST):
        yield case
        asked = advise(read_case(case), on=ON).next_question
        if asked is None and chance.random() < 0.6:
            return
        if asked is None or chance.random() < 0.2:
            asked = chance.choice(list(BY_NAME))
        answered = _answered(asked, chance)
        kept = {
            key: value for key, value in case.items() if key != "quality_now" or "eval_total" not in answered
        }
        case = kept | answered
        if chance.random() < 0.12:
            case["assumptions"] = case.get("assumptions", {}) | _assumed(chance)


def _answered(question: str, chance: random.Random) -> dict[str, Any]:
    if question in NUMBERS:
        return {question: _number(NUMBERS[question], chance)}
    if question in CHOICES:
        chosen = chance.choice(CHOICES[question])
        is_slow = question == "reasons" and "latency" in (chosen or ())
        times = {"latency_now_ms": chance.choice([500, 1_800, [400, 900]]), "latency_ms": 800}
        return {question: chosen} | (times if is_slow else {})
    target = {"quality_target": chance.choice(TARGETS)}
    if chance.random() < 0.3:
        return target | dict(zip(("eval_correct", "eval_total"), chance.choice(EVALUATIONS), strict=True))
    return target | {"quality_now": chance.choice(NOW)}


def _number(values: Sequence[int], chance: random.Random) -> Any:
    """One of some numbers, a range of them with perhaps an open end, or not sure."""
    low, high = sorted(chance.sample(values, 2))
    return chance.choice([low, high, high, low, [low, high], [low, None], [None, high], None])


def _assumed(chance: random.Random) -> dict[str, Any]:
    """The model and its tokens, a part of them, the team's own prices, or other assumptions."""
    tokens = {"prompt_tokens": chance.randint(300, 20_000), "output_tokens": chance.randint(5, 2_000)}
    model = {"model": chance.choice(MODELS)}
    others = {key: chance.choice(values) for key, values in ASSUMED.items() if chance.random() < 0.35}
    priced = {"price_in": chance.randint(1, 100) / 10, "price_out": chance.randint(4, 300) / 10}
    return chance.choice([model | tokens, model | tokens, model, priced, model | tokens | others, others])


def _like(case: Mapping[str, Any], more: int) -> dict[str, Any]:
    """The same state with other figures: large ones are a little larger, and an hour costs a little more."""
    found = {key: _more(value, more) for key, value in case.items()}
    return found | {"assumptions": {"upkeep_hours": 2 + more / 1000} | case.get("assumptions", {})}


def _more(value: Any, more: int) -> Any:
    if isinstance(value, list):
        return [_more(one, more) for one in value]
    is_large = isinstance(value, int) and value > TO_BE_LARGE
    return value + more if is_large and not isinstance(value, bool) else value
