"""What may never turn a verdict for tuning away from it: more calls, a dearer prompt, cheaper training, a longer life.

Tuned is a verdict that ends in a tuned model: *fine-tune* or *hybrid*. Where the page itself has an exception, a test
shows it.
"""

from __future__ import annotations

from decimal import Decimal
from math import ceil
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from core.case import read_case
from core.costs.figures import Figures
from core.costs.lines import servers, servers_per_call
from core.costs.ranges import SATURATED as NO_MORE_HITS
from core.known import facts_of
from core.policy import policy_on
from core.tree import Verdict
from core.walk import Walk
from tests.support import by_the_page as page
from tests.support.cases import TO_THE_END
from tests.support.examples import examples

DAY = page.DAY
POLICY = policy_on(DAY)
COST = TO_THE_END | {"reasons": ["cost"]}
NO_OWN_SERVERS = {"gpu_per_hour": 10**6}
THREE_STATED = {"model": "openai:gpt-4o", "prompt_tokens": 3000, "output_tokens": 200}
SATURATED = ceil(NO_MORE_HITS)
"""From 20,185 calls a month on, more of them are not found in the cache any more often."""


def verdict_on(case: dict[str, Any]) -> Verdict | None:
    answers = read_case(case)
    return Walk(answers, POLICY, DAY).verdict(facts_of(answers))


def is_tuned(case: dict[str, Any]) -> bool:
    return verdict_on(case) in (Verdict.FINE_TUNE, Verdict.HYBRID)


def stating(case: dict[str, Any], **assumptions: Any) -> dict[str, Any]:
    return case | {"assumptions": case["assumptions"] | assumptions}


def spread(low: float, high: float) -> st.SearchStrategy[float]:
    """Spread over the orders of magnitude."""
    return st.floats(0, 1).map(lambda share: float(f"{low * (high / low) ** share:.5g}"))


PRICES: dict[str, Any] = {
    "price_in": spread(0.1, 20),
    "price_cached": spread(0.01, 2),
    "price_write": spread(0.1, 25),
    "price_out": spread(0.2, 80),
}
STATED: dict[str, st.SearchStrategy[Any]] = {
    "prompt_tokens": spread(100, 30_000).map(int),
    "output_tokens": spread(10, 2000).map(int),
    "fixed_share": st.sampled_from([0, 0.3, 0.8, 0.99]),
    "cache_hit_rate": st.sampled_from([0, 0.5, 0.9]),
    "batch_share": st.sampled_from([0, 0.5]),
    "retry_rate": st.sampled_from([0, 0.2]),
    "tuning_hours": st.integers(0, 300),
    "retrain_hours": st.integers(0, 60),
    "upkeep_hours": st.integers(0, 20),
    "on_call_hours": st.integers(0, 20),
    "engineer_per_hour": st.sampled_from([0, 60, 150]),
    "price_per_label": spread(0.1, 100),
    "epochs": st.integers(1, 9),
    "runs": st.integers(1, 9),
    "training_examples": st.sampled_from([100, 500, 3000]),
    "minimum_training_fee": spread(1, 5000),
    "train_price": spread(0.1, 200),
    "hosting_per_hour": spread(0.01, 3),
    "base_life_months": st.integers(1, 40),
    "horizon_months": st.integers(1, 36),
    "decode_tokens_per_second": spread(100, 30_000),
    "provider": st.sampled_from(["azure", "aws", "google"]),
    "cheaper_price_in": spread(0.01, 2),
    "cheaper_price_out": spread(0.05, 5),
}


def cost_cases(*always: str) -> st.SearchStrategy[dict[str, Any]]:
    """Cases that cost decides. ``always``: assumptions that are stated in each of them."""
    required = {key: {**STATED, **PRICES}[key] for key in always}
    optional = {key: values for key, values in STATED.items() if key not in required}
    return st.fixed_dictionaries(
        {
            "calls_per_month": spread(1e5, 1e9).map(int),
            "labelled_examples": st.sampled_from([50, 200, 499, 500, 4000]),
            "cheaper_model_enough": st.booleans(),
            "per_request_instructions": st.booleans(),
            "assumptions": st.fixed_dictionaries(required, optional=optional),
        }
    ).map(lambda case: COST | case)


@examples(30, 300)
@given(cost_cases(), spread(1, 1e4), spread(SATURATED, 1e6))
def test_with_hosted_tuning_alone_more_calls_never_turn_away_from_it(
    case: dict[str, Any], factor: float, few: float
) -> None:
    case = stating(case, **NO_OWN_SERVERS)
    if few < 100_000:  # then the ledger counts only with a model and its tokens given
        case = stating({**case, "calls_per_month": int(few)}, **THREE_STATED)
    if is_tuned(case):
        assert is_tuned(case | {"calls_per_month": int(case["calls_per_month"] * factor)})


def test_that_rests_on_bases_which_all_last_equally_long() -> None:
    """With more calls another base is picked; one that lasted less long might not pay back where the first did."""
    bases = Figures(read_case({}), DAY, POLICY).tunable
    assert isinstance(bases, tuple)
    assert len({base.life_months for base in bases}) == 1


def test_below_that_more_calls_are_found_in_the_cache_more_often_and_can_turn_away_from_tuning() -> None:
    """The one exception: 10,189 calls find the fixed part in 69% of calls, 20,721 in 90%; that
    leaves less to save."""
    stated = {"model": "anthropic:claude-opus-5-5", "prompt_tokens": 20_000, "output_tokens": 20}
    stated |= {"fixed_share": 0.99, "labels_to_buy": 0, "tuning_hours": 30, "retrain_hours": 0, "runs": 1}
    case = COST | {"assumptions": stated | NO_OWN_SERVERS}
    assert is_tuned(case | {"calls_per_month": 10_189})
    assert verdict_on(case | {"calls_per_month": 20_721}) == Verdict.KEEP_PROMPTING
    assert SATURATED == 20_185  # 8,766 x ln 10


def test_own_servers_step_so_one_call_more_can_turn_away_from_them() -> None:
    """Where only own servers are left, the call that needs one more of them can cost more than it saves; some calls
    later it pays again."""
    stated = {"provider": "google", "model": "openai:gpt-4o", "decode_tokens_per_second": 1000}
    case = COST | {"assumptions": stated}
    figures = Figures(read_case(case), DAY, POLICY)
    last_of_one = int(1 / servers_per_call(figures.exact(Decimal(0)), tuned=True))
    running = [servers(figures.exact(Decimal(last_of_one + more)), tuned=True) for more in (0, 1)]
    assert running == [1, 2]
    verdicts = [
        verdict_on(case | {"calls_per_month": calls})
        for calls in (last_of_one, last_of_one + 1, 2 * last_of_one)
    ]
    assert verdicts == [Verdict.FINE_TUNE, Verdict.KEEP_PROMPTING, Verdict.FINE_TUNE]


@examples(30, 300)
@given(cost_cases(*PRICES), st.sampled_from(list(PRICES)), spread(1, 100))
def test_a_dearer_prompt_never_turns_away_from_tuning(case: dict[str, Any], key: str, times: float) -> None:
    if is_tuned(case):
        assert is_tuned(stating(case, **{key: case["assumptions"][key] * times}))


@examples(30, 300)
@given(cost_cases("output_tokens"), spread(1, 100))
def test_a_longer_answer_of_the_prompt_alone_never_turns_away_from_tuning(
    case: dict[str, Any], times: float
) -> None:
    """Alone: what the tuned model writes and what it is trained on stay as they are."""
    case = stating(case, tuned_output_tokens=100, tokens_per_example=600)
    if is_tuned(case):
        assert is_tuned(stating(case, output_tokens=case["assumptions"]["output_tokens"] * times))


@examples(30, 300)
@given(cost_cases("cache_hit_rate"), spread(1024, 20_000).map(int), spread(1, 50))
def test_a_longer_fixed_part_never_turns_away_from_tuning_once_it_is_cached(
    case: dict[str, Any], fixed: int, times: float
) -> None:
    """The 500 changing tokens stay as they are; the fixed part is long enough for the cache before and after."""
    case = stating(case, price_in=2, price_cached=0.5, price_write=2.5, price_out=8)

    def with_fixed(tokens: int) -> dict[str, Any]:
        share = tokens / (tokens + 500)
        return stating(
            case, prompt_tokens=tokens + 500, fixed_share=share, tokens_per_example=700, **CHEAP_FREE
        )

    if is_tuned(with_fixed(fixed)):
        assert is_tuned(with_fixed(int(fixed * times)))


CHEAP_FREE = {"cheaper_price_in": 0.4, "cheaper_price_out": 1.6}


def test_the_token_that_makes_a_prompt_long_enough_for_the_cache_can_turn_away_from_tuning() -> None:
    """An exception: 1,024 fixed tokens are read from the cache, 1,023 are not."""
    stated = {"prompt_tokens": 2048, "price_in": 2, "price_cached": 0.02, "price_write": 2, "price_out": 8}
    case = COST | {"calls_per_month": 360_000, "assumptions": stated}
    assert is_tuned(stating(case, fixed_share=1023 / 2048))
    assert verdict_on(stating(case, fixed_share=1024 / 2048)) == Verdict.KEEP_PROMPTING


TRAINING = {
    "train_price": spread(0.1, 200),
    "minimum_training_fee": spread(1, 5000),
    "price_per_label": spread(0.1, 100),
    "tuning_hours": spread(1, 300),
    "retrain_hours": spread(1, 60),
    "epochs": spread(1, 9),
    "runs": spread(1, 9).map(int),
    "retrains_per_year": spread(0.1, 12),
    "labels_to_buy": spread(1, 2000).map(int),
    "tokens_per_example": spread(10, 9000).map(int),
}


@examples(30, 300)
@given(cost_cases(), st.sampled_from(list(TRAINING)), st.data())
def test_cheaper_training_never_turns_away_from_tuning(
    case: dict[str, Any], key: str, data: st.DataObject
) -> None:
    dear, cheap = sorted((data.draw(TRAINING[key]), data.draw(TRAINING[key])), reverse=True)
    if is_tuned(stating(case, **{key: dear})):
        assert is_tuned(stating(case, **{key: cheap}))


@examples(30, 300)
@given(cost_cases(), st.integers(1, 60), st.integers(0, 60))
def test_a_longer_life_of_the_base_never_turns_away_from_tuning(
    case: dict[str, Any], months: int, more: int
) -> None:
    if is_tuned(stating(case, base_life_months=months)):
        assert is_tuned(stating(case, base_life_months=months + more))


@examples(30, 300)
@given(cost_cases(), st.integers(0, 500), st.integers(0, 500))
def test_more_labels_up_to_five_hundred_never_turn_away_from_tuning(
    case: dict[str, Any], one: int, other: int
) -> None:
    few, many = sorted((one, other))
    if is_tuned(case | {"labelled_examples": few}):
        assert is_tuned(case | {"labelled_examples": many})


def test_beyond_five_hundred_labels_are_trained_on_and_can_turn_away_from_tuning() -> None:
    """An exception: 500 examples of 100,000 tokens cost less to train on than 5,000 of them."""
    stated = {"tokens_per_example": 100_000, "train_price": 25}
    case = COST | {"calls_per_month": 3_250_000, "assumptions": stated}
    assert is_tuned(case | {"labelled_examples": 500})
    assert verdict_on(case | {"labelled_examples": 5000}) == Verdict.KEEP_PROMPTING
