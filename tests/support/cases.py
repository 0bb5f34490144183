"""Cases that the tests of the core share: one that walks to the end, and strategies that draw others."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

# What stands in the rows that a test does not vary: a case that walks to the end.
TO_THE_END: dict[str, Any] = {
    "data_may_leave": True,
    "prompt_examples": 12,
    "quality_now": 0.8,
    "quality_target": 0.9,
    "misses": "behaviour",
    "reasons": ["quality"],
    "calls_per_month": 30_000,
    "cheaper_model_enough": False,
    "can_wait": True,
    "labelled_examples": 400,
    "per_request_instructions": False,
}
STATED = {"model": "openai:gpt-4o", "prompt_tokens": 3000, "output_tokens": 200}


def number(values: list[Any]) -> st.SearchStrategy[Any]:
    """A number, a range, "not sure" - the two ends in order."""
    one = st.sampled_from(values)
    both = st.tuples(one, one).map(sorted)
    opened = st.one_of(both.map(lambda pair: [pair[0], None]), both.map(lambda pair: [None, pair[1]]))
    return st.one_of(one, one, st.none(), both, opened)


CHOICES = {
    "data_may_leave": st.sampled_from([True, True, True, None]),
    "prompt_examples": st.one_of(st.just(9), number([0, 4, 5, 6, 40])),
    "quality_now": number([0.2, 0.36, 0.5, 0.7649, 0.765, 0.8, 0.9, 0.95, 1]),
    "quality_target": number([0.8, 0.9, 0.95, 1]),
    "misses": st.sampled_from(["facts", "behaviour", "labels", "disagreement", None]),
    "reasons": st.one_of(
        st.none(),
        st.just(["cost"]),
        st.lists(st.sampled_from(["quality", "cost", "latency", "format", "voice"]), unique=True),
    ),
    "calls_per_month": number([0, 99_999, 100_000, 1_000_000, 5_000_000, 40_000_000, 10**9]),
    "cheaper_model_enough": st.sampled_from([True, False, None]),
    "can_wait": st.sampled_from([True, True, False, None]),
    "labelled_examples": number([0, 49, 50, 51, 500, 2000, 5000, 20_000]),
    "per_request_instructions": st.sampled_from([True, False, None]),
}
EVALUATIONS = st.sampled_from(
    [(43, 50), (40, 50), (9, 10), (17, 20), (450, 500), (0, 3), (5, 5), (990, 1000)]
)


@st.composite
def partial_cases(draw: st.DrawFn) -> dict[str, Any]:
    """Cases of which a part is known, a part is a range, a part is "not sure", and a part was not asked."""
    asked = draw(st.lists(st.sampled_from(list(CHOICES)), unique=True))
    case = {key: draw(CHOICES[key]) for key in asked}
    if draw(st.integers(0, 3)) == 0:
        case["eval_correct"], case["eval_total"] = draw(EVALUATIONS)
    if draw(st.booleans()):
        case |= {"data_may_leave": True, "prompt_examples": 9}
    if draw(st.integers(0, 3)) == 0:
        case |= {
            "latency_now_ms": draw(st.sampled_from([500, 800])),
            "latency_ms": draw(st.sampled_from([500, [400, 900]])),
        }
    if draw(st.integers(0, 3)) == 0:
        case["assumptions"] = STATED
    return case


KNOWN = {
    "data_may_leave": st.sampled_from([True, True, True, True, False]),
    "prompt_examples": st.sampled_from([12, 12, 12, 5, 4]),
    "quality_now": st.sampled_from([0.2, 0.36, 0.5, 0.765, 0.8, 0.9, 0.95, 1]),
    "quality_target": st.sampled_from([0.8, 0.9, 0.93, 1]),
    "misses": st.sampled_from(["facts", "behaviour", "labels", "labels", "disagreement"]),
    "reasons": st.sampled_from(
        [["cost"], ["cost"], ["cost"], ["quality"], [], ["latency"], ["cost", "voice"]]
    ),
    "calls_per_month": st.sampled_from(
        [0, 30_000, 100_000, 700_000, 1_500_000, 3_000_000, 60_000_000, 10**9]
    ),
    "cheaper_model_enough": st.booleans(),
    "can_wait": st.sampled_from([True, True, False]),
    "labelled_examples": st.sampled_from([0, 49, 50, 400, 3000, 20_000]),
    "per_request_instructions": st.booleans(),
}
ASSUMED = st.one_of(
    st.just({}),
    st.just(STATED),
    st.fixed_dictionaries(
        {},
        optional={
            "model": st.sampled_from(["openai:gpt-4o", "anthropic:claude-sonnet-4-5", "openai:gpt-6-luna"]),
            "prompt_tokens": st.sampled_from([500, 1300, 8000]),
            "output_tokens": st.sampled_from([20, 900]),
            "engineer_per_hour": st.sampled_from([0, 60, 180]),
            "minimum_training_fee": st.sampled_from([0, 40, 400]),
            "decode_tokens_per_second": st.sampled_from([462, 3000]),
            "base_life_months": st.sampled_from([0, 7, 30]),
            "hosting_per_hour": st.sampled_from([0, 2.5]),
            "training_examples": st.sampled_from([100, 2000]),
            "retry_rate": st.sampled_from([0, 0.2]),
        },
    ),
)


@st.composite
def known_cases(draw: st.DrawFn) -> dict[str, Any]:
    """Cases of which everything is known."""
    case = {key: draw(values) for key, values in KNOWN.items()}
    if draw(st.integers(0, 3)) == 0:
        case["eval_total"] = draw(st.sampled_from([10, 50, 400]))
        case["eval_correct"] = draw(st.integers(0, case["eval_total"]))
    if "latency" in case["reasons"]:
        case |= {"latency_now_ms": draw(st.sampled_from([500, 900])), "latency_ms": 800}
    return case | {"assumptions": draw(ASSUMED)}
