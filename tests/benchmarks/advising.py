"""How many times a second core gives its advice."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from typing import Any

from bot.serving import keep_what_is_loaded
from core.advice import Advice, advise
from core.case import read_case
from core.costs.ledger import Estimate
from core.told import told
from tests.benchmarks.table import milliseconds, percentile, show

ON = datetime.date(2026, 11, 23)
ASKED: dict[str, Any] = {
    "data_may_leave": True,
    "prompt_examples": 12,
    "quality_now": 0.86,
    "quality_target": 0.95,
}
SETTLED = ASKED | {
    "misses": "behaviour",
    "reasons": ["quality"],
    "calls_per_month": 250_000,
    "can_wait": True,
    "labelled_examples": 400,
    "per_request_instructions": False,
}
COST_DECIDES = SETTLED | {"quality_now": 0.96, "reasons": ["cost"], "calls_per_month": 3_000_000}
COST_DECIDES |= {"cheaper_model_enough": False}
OWN_MODEL = {
    "model": "acme:in-house",
    "price_in": 1,
    "price_out": 4,
    "cheaper_price_in": 0.1,
    "cheaper_price_out": 0.4,
}
CASES: dict[str, dict[str, Any]] = {
    "nothing known": {},
    "half way": ASKED,
    "cost decides, volume open": ASKED | {"quality_now": 0.96, "reasons": ["cost"]},
    "settled": SETTLED,
    "cost decides": COST_DECIDES,
    "cost decides, with ranges": COST_DECIDES
    | {"calls_per_month": [2_000_000, 3_000_000], "labelled_examples": [200, 400]},
    "cost decides, a model of one's own": COST_DECIDES | {"assumptions": OWN_MODEL},
}


def decided(advice: Advice) -> None:
    """What a press of a button needs."""
    assert (advice.verdict is None) == (advice.next_question is not None)


def with_its_ledger(advice: Advice) -> None:
    assert advice.ledger.calls is not None or advice.ledger.scenarios


def in_full(advice: Advice) -> None:
    """All that comes with a verdict, but for what needs samples."""
    with_its_ledger(advice)
    assert (advice.verdict is None) >= (not advice.flips)
    assert advice.more_needed is None
    assert all(point.says for point in advice.against)


def with_sampling(advice: Advice) -> None:
    assert told(advice).to_json()


MEASURED: dict[str, Callable[[Advice], None]] = {
    "verdict and next question": decided,
    "and the ledger": with_its_ledger,
    "full advice with flips and ledger": in_full,
    **({"with sampling": with_sampling} if hasattr(Estimate, "uncertainty") else {}),
}


def run(seconds: float) -> None:
    """Each case for its share of the time, with more and more of what comes with a verdict."""
    keep_what_is_loaded()  # as the app does when it starts
    rows = []
    for name, case in CASES.items():
        for what, look in MEASURED.items():
            took = _times(case, look, seconds / len(CASES) / len(MEASURED))
            middle = percentile(took, 0.5)
            rows.append(
                [
                    f"{name}: {what}",
                    f"{1 / middle:,.0f}",
                    milliseconds(middle),
                    milliseconds(percentile(took, 0.99)),
                ]
            )
    show(
        "Advice in one process",
        ["", "a second", "p50", "p99"],
        rows,
        "Aims: verdict and next question 2 ms, full advice with flips and ledger 15 ms, with sampling 25 ms, with "
        "ranges 40 ms. Each figure of a case is another one every time, so that nothing is remembered. Times of the "
        "processor.",
    )


def _times(case: dict[str, Any], look: Callable[[Advice], None], seconds: float) -> list[float]:
    took: list[float] = []
    until = time.process_time() + seconds
    look(advise(read_case(case), on=ON))
    while time.process_time() < until or len(took) < 3:
        assumed = case.get("assumptions", {}) | {"prompt_tokens": 2000 + len(took) % 997}
        answers = read_case(case | {"assumptions": assumed})
        begun = time.process_time()
        look(advise(answers, on=ON))
        took.append(time.process_time() - begun)
    return sorted(took)
