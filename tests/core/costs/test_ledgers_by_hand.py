"""Whole ledgers worked out by hand, to the cent: up front, a month, and the first year of an option.

What a ledger does not name costs nothing in it (see :mod:`worked`). Prices are dollars per 1M tokens.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from core.case import read_case
from core.costs.estimate import estimate
from core.costs.ledger import Estimate
from tests.support.worked import DAY, NOTHING, POLICY, option

D = Decimal


def ledger(calls: Any, answers: dict[str, Any] | None = None, **stated: Any) -> Estimate:
    """The estimate of a case in which only what is stated costs anything; the prompt as the answers have it."""
    case = {"calls_per_month": calls, **(answers or {}), "assumptions": {**NOTHING, **stated}}
    return estimate(read_case(case), on=DAY, policy=POLICY)


def cents(made: Estimate, name: str) -> tuple[str, str, str]:
    """Up front, a month, the first year."""
    found = option(made, name)
    return tuple(f"{part.amount:.2f}" for part in (found.up_front, found.month, found.first_year))  # type: ignore[return-value]


BUILT = {"prompt_examples": 12}
PROMPT = {"model": "our:own", "price_in": 2, "price_out": 8, "prompt_tokens": 1200, "output_tokens": 300}
PAID = {"engineer_per_hour": 100, "prompt_hours": 40, "upkeep_hours": 2}


def test_a_prompt_that_is_to_be_built() -> None:
    """250,000 x (1,200 x $2 + 300 x $8) / 1M = 250,000 x $0.0048 = $1,200; upkeep 2 h x $100 = $200 -> $1,400 a month.
    40 h x $100 = $4,000 up front; 4,000 + 12 x 1,400 = $20,800."""
    assert cents(ledger(250_000, **PROMPT | PAID), "prompt") == ("4000.00", "1400.00", "20800.00")


def test_a_prompt_that_is_built() -> None:
    """The same without its $4,000: 12 x 1,400 = $16,800."""
    assert cents(ledger(250_000, BUILT, **PROMPT | PAID), "prompt") == ("0.00", "1400.00", "16800.00")


def test_no_calls_cost_no_tokens_but_upkeep_and_hosting() -> None:
    """Upkeep $200; a tuned model that stays deployed costs 730 h x $1.70 = $1,241 more, called or not."""
    made = ledger(0, BUILT, hosting_per_hour=1.7, tuning_hours=0, **PROMPT | PAID)
    assert cents(made, "prompt") == ("0.00", "200.00", "2400.00")
    assert cents(made, "hosted") == ("0.00", "1441.00", "17292.00")
    assert option(made, "hosted").per_1000_calls is None


CACHED = {"model": "our:own", "price_in": 2, "price_cached": 0.2, "price_out": 8}
CACHED |= {"prompt_tokens": 5000, "fixed_share": 0.6, "output_tokens": 100, "cache_hit_rate": 0.8}


def test_a_cache_whose_writes_are_billed() -> None:
    """Of 3,000 fixed tokens 2,400 are read: x $0.20 = $480 per 1M calls; 600 written: x $2.50 = $1,500; 2,000 change:
    x $2 = $4,000; 100 out: x $8 = $800. $6,780 per 1M calls, 400,000 of them $2,712; uncached 10,800 x 0.4 = $4,320."""
    made = ledger(400_000, BUILT, **CACHED, price_write=2.5)
    assert cents(made, "prompt_cached") == ("0.00", "2712.00", "32544.00")
    assert cents(made, "prompt") == ("0.00", "4320.00", "51840.00")
    assert made.baseline == "prompt_cached"


def test_a_cache_whose_writes_cost_what_a_prompt_does() -> None:
    """600 x $2 = $1,200 in place of $1,500: $6,480 per 1M calls, 400,000 of them $2,592."""
    made = ledger(400_000, BUILT, **CACHED)
    assert cents(made, "prompt_cached") == ("0.00", "2592.00", "31104.00")


def test_a_cache_that_costs_more_to_write_than_it_saves() -> None:
    """A hit rate of 0.1: 300 x $0.20 + 2,700 x $2.50 = $6,810, and 4,000 + 800: $11,610 per 1M calls, 400,000 of them
    $4,644, against $4,320 uncached."""
    made = ledger(400_000, BUILT, **CACHED | {"cache_hit_rate": 0.1}, price_write=2.5)
    assert cents(made, "prompt_cached") == ("0.00", "4644.00", "55728.00")
    assert made.baseline == "prompt"


def test_a_cache_at_8766_calls_is_hit_by_all_but_one_in_e() -> None:
    """One call in each 5 minutes: 1 - 1/e = 0.6321206 are hits. 2,000 fixed tokens: 1,264.2411 x $0.10 + 735.7589 x $1
    = $862.1830 per 1M calls; 8,766 of them $7.56."""
    stated = {"model": "our:own", "price_in": 1, "price_cached": 0.1, "prompt_tokens": 2000, "fixed_share": 1}
    made = ledger(8766, BUILT, output_tokens=0, **stated)
    assert cents(made, "prompt_cached") == ("0.00", "7.56", "90.69")


def test_a_prefix_that_is_too_short_to_be_cached() -> None:
    """800 fixed tokens are under 1,024: no cached prompt, and the cheaper model reads none either.
    100,000 x (1,000 x $2 + 100 x $8) / 1M = $280; the cheaper model (1,000 x $0.50 + 100 x $2) = $70."""
    stated = {"price_cached": 0.2, "cheaper_price_cached": 0.05, "cheaper_price_in": 0.5}
    stated |= PROMPT | {"prompt_tokens": 1000, "fixed_share": 0.8, "output_tokens": 100}
    made = ledger(100_000, BUILT, cache_hit_rate=0.9, cheaper_price_out=2, **stated)
    assert made.option("prompt_cached") is None
    assert cents(made, "prompt") == ("0.00", "280.00", "3360.00")
    assert cents(made, "cheaper_model") == ("0.00", "70.00", "840.00")


def test_a_cheaper_model_with_its_cache() -> None:
    """1,600 fixed: 1,440 x $0.05 + 160 x $0.50 = $152; 400 x $0.50 = $200; 100 x $2 = $200: $552 for 1M calls."""
    stated = {"cheaper_price_in": 0.5, "cheaper_price_cached": 0.05, "cheaper_price_write": 0.5}
    stated |= PROMPT | {"prompt_tokens": 2000, "fixed_share": 0.8, "output_tokens": 100}
    made = ledger(1_000_000, BUILT, cache_hit_rate=0.9, cheaper_price_out=2, **stated)
    assert cents(made, "cheaper_model") == ("0.00", "552.00", "6624.00")


@pytest.mark.parametrize(
    ("stated", "month"),
    [
        ({"batch_share": 0.6}, "840.00"),  # 60% at half price: 0.7 x $1,200
        ({"batch_share": 1, "batch_discount": 0.25}, "900.00"),  # 0.75 x $1,200
        ({"retry_rate": 0.1}, "1320.00"),  # 1.1 x $1,200
        ({"retry_rate": 0.5, "batch_share": 0.4}, "1440.00"),  # 1.5 x (1 - 0.4 x 0.5) = 1.2, x $1,200
    ],
)
def test_batches_take_off_and_retries_add(stated: dict[str, Any], month: str) -> None:
    """250,000 calls at $0.0048 are $1,200."""
    assert cents(ledger(250_000, BUILT, **PROMPT | stated), "prompt")[1] == month


TUNED = {"tuned_price_in": 0.4, "tuned_price_out": 1.6, "train_price": 25}
TUNED |= {"training_examples": 800, "tokens_per_example": 1500, "epochs": 2, "runs": 3}


def test_a_tuned_model_billed_by_its_tokens_alone() -> None:
    """A run: 800 x 1,500 x 2 = 2.4M tokens x $25 = $60; three: $180.
    250,000 x (1,200 x $0.40 + 300 x $1.60) / 1M = 250,000 x $0.00096 = $240 a month; 180 + 12 x 240 = $3,060.
    Against $1,200: saves $960 a month, so 180 / 960 = 0.1875 months. Cheaper from the first call on: 0 / 0.00384."""
    made = ledger(250_000, BUILT | {"labelled_examples": 800}, **PROMPT | TUNED)
    assert cents(made, "hosted") == ("180.00", "240.00", "3060.00")
    hosted = option(made, "hosted")
    assert (hosted.payback_months, hosted.pays_back, hosted.crossover_calls) == (D("0.1875"), True, 0)


def test_a_tuned_model_hosted_by_the_hour() -> None:
    """730 h x $1.70 = $1,241 on top: $1,481 a month, $281 more than the prompt. It saves $0.00384 a call, so
    1,241 / 0.00384 = 323,177.0833 calls a month carry the hosting."""
    made = ledger(250_000, BUILT | {"labelled_examples": 800}, hosting_per_hour=1.7, **PROMPT | TUNED)
    assert cents(made, "hosted") == ("180.00", "1481.00", "17952.00")
    hosted = option(made, "hosted")
    assert hosted.payback_months is None
    assert hosted.crossover_calls == pytest.approx(D("323177.0833"), abs=D("0.0001"))
    there = ledger(
        D("323177.0833"), BUILT | {"labelled_examples": 800}, hosting_per_hour=1.7, **PROMPT | TUNED
    )
    assert cents(there, "hosted")[1] == cents(there, "prompt")[1] == "1551.25"


def test_a_month_of_720_hours_and_storage() -> None:
    """720 h x $1.70 = $1,224, storage $12.50, calls $240: $1,476.50; 180 + 12 x 1,476.50 = $17,898."""
    stated = {"hosting_per_hour": 1.7, "hours_per_month": 720, "storage_per_month": 12.5}
    made = ledger(250_000, BUILT | {"labelled_examples": 800}, **PROMPT | TUNED | stated)
    assert cents(made, "hosted") == ("180.00", "1476.50", "17898.00")


def test_retraining_four_times_a_year() -> None:
    """A third of a retraining a month: ($60 for a run + 24 h x $100 = $2,400) / 3 = $820; upkeep 2 h: $200; calls $240.
    120 h of tuning: $12,000 + $180 up front; 12,180 + 12 x 1,260 = $27,300."""
    stated = {"retrains_per_year": 4, "retrain_hours": 24, "tuning_hours": 120}
    made = ledger(250_000, BUILT | {"labelled_examples": 800}, **PROMPT | TUNED | PAID | stated)
    assert cents(made, "hosted") == ("12180.00", "1260.00", "27300.00")


def test_tuning_saves_and_pays_back_too_late() -> None:
    """The same with two retrainings: $410 + $200 + $240 = $850, $550 less than the prompt's $1,400.
    12,180 / 550 = 22.1454 months, longer than 12 and than half of 18. (410 + 200 - 200) / 0.00384 = 106,770.8333 calls
    cost the same; 12,180 / 9 + 410 = $1,763.3333 a month to save take 459,201.3889 calls."""
    stated = {"retrains_per_year": 2, "retrain_hours": 24, "tuning_hours": 120}
    hosted = option(
        ledger(250_000, BUILT | {"labelled_examples": 800}, **PROMPT | TUNED | PAID | stated), "hosted"
    )
    assert hosted.payback_months == pytest.approx(D("22.145455"), abs=D("0.000001"))
    assert hosted.pays_back is False
    assert hosted.crossover_calls == pytest.approx(D("106770.8333"), abs=D("0.0001"))
    assert hosted.crossover_within_horizon_calls == pytest.approx(D("459201.3889"), abs=D("0.0001"))


def test_labels_to_buy() -> None:
    """120 of 500 are there: 380 x $4 = $1,520. A run: 500 x 1,500 x 2 = 1.5M x $25 = $37.50, three $112.50.
    1,632.50 + 12 x 240 = $4,512.50."""
    stated = {key: value for key, value in TUNED.items() if key != "training_examples"}
    made = ledger(250_000, BUILT | {"labelled_examples": 120}, price_per_label=4, **PROMPT | stated)
    assert cents(made, "hosted") == ("1632.50", "240.00", "4512.50")


def test_a_minimum_fee_that_a_run_does_not_reach() -> None:
    """$60 of tokens, billed as $250: three runs $750; one retraining a year 250 / 12 = $20.83; calls $240.
    750 + 12 x 240 + 250 = $3,880."""
    stated = {"minimum_training_fee": 250, "retrains_per_year": 1, "retrain_hours": 0}
    made = ledger(250_000, BUILT | {"labelled_examples": 800}, **PROMPT | TUNED | stated)
    assert cents(made, "hosted") == ("750.00", "260.83", "3880.00")


def test_a_minimum_fee_that_a_run_exceeds() -> None:
    """$60 of tokens against a fee of $59.99: three runs $180."""
    made = ledger(250_000, BUILT | {"labelled_examples": 800}, minimum_training_fee=59.99, **PROMPT | TUNED)
    assert cents(made, "hosted") == ("180.00", "240.00", "3060.00")


def test_a_tuned_model_that_keeps_some_instructions_and_says_less() -> None:
    """Of 1,200 tokens 1,000 are fixed and 100 stay: 100 + 200 = 300 x $0.40 = $120; 80 out x $1.60 = $128: $248 per 1M
    calls, 250,000 of them $62. Three runs $180; 180 + 12 x 62 = $924."""
    stated = {"fixed_share": D(1000) / D(1200), "tuned_fixed_tokens": 100, "tuned_output_tokens": 80}
    made = ledger(250_000, BUILT | {"labelled_examples": 800}, **PROMPT | TUNED | stated)
    assert cents(made, "hosted") == ("180.00", "62.00", "924.00")


def test_a_tuned_model_that_is_dearer_to_call_never_pays_back() -> None:
    """250,000 x (1,200 x $2.50 + 300 x $10) / 1M = $1,500, $300 more than the prompt, at any volume."""
    made = ledger(
        250_000,
        BUILT | {"labelled_examples": 800},
        **PROMPT | TUNED | {"tuned_price_in": 2.5, "tuned_price_out": 10},
    )
    assert cents(made, "hosted") == ("180.00", "1500.00", "18180.00")
    hosted = option(made, "hosted")
    assert (hosted.payback_months, hosted.crossover_calls, hosted.crossover_within_horizon_calls) == (
        None,
    ) * 3
    assert "Never pays back: a month costs $300 more than the prompt" in hosted.notes


OWN = {"prompt_tokens": 2000, "output_tokens": 400, "prefill_weight": 0.1, "peak_factor": 3}
OWN |= {"utilisation": 0.4, "decode_tokens_per_second": 2500, "gpu_per_hour": 3.6, "serving_overhead": 0.4}
OWN |= {"training_examples": 900, "tokens_per_example": 2000, "train_tokens_per_second": 5000}
OWN |= {"train_derate": 0.6, "epochs": 3, "runs": 5, "engineer_per_hour": 100, "tuning_hours": 120}
OWN |= {"on_call_hours": 10, "upkeep_hours": 2, "model": "our:own", "price_in": 2, "price_out": 8}


def test_own_servers_are_rounded_up() -> None:
    """A call: 400 + 0.1 x 2,000 = 600 tokens, at peak 1,800. 4M calls: x 1,800 / (730 x 3,600 s) = 2,739.73 a second;
    a replica does 2,500 x 0.4 = 1,000: 2.74, so 3. 3 x 730 h x 1.4 x $3.60 = $11,037.60; 12 h x $100 = $1,200.
    Training: 900 x 2,000 x 3 x 5 = 27M tokens at 3,000 a second are 9,000 s = 2.5 h x $3.60 = $9; 120 h: $12,000.
    12,009 + 12 x 12,237.60 = $158,860.20."""
    made = ledger(4_000_000, BUILT | {"labelled_examples": 900}, **OWN)
    assert cents(made, "self_hosted") == ("12009.00", "12237.60", "158860.20")


def test_own_servers_where_they_just_suffice() -> None:
    """1.46M calls are 1,000 tokens a second at peak, one replica: 730 x 1.4 x $3.60 = $3,679.20 + $1,200. One call more
    takes two: $7,358.40 + $1,200."""
    for calls, month in ((1_460_000, "4879.20"), (1_460_001, "8558.40")):
        assert cents(ledger(calls, BUILT | {"labelled_examples": 900}, **OWN), "self_hosted")[1] == month


def test_own_servers_where_latency_is_a_reason() -> None:
    """Two at least: 2 x $3,679.20 + $1,200 = $8,558.40, though one would do for 10,000 calls."""
    answers = BUILT | {"labelled_examples": 900, "reasons": ["latency"]}
    assert cents(ledger(10_000, answers, **OWN), "self_hosted")[1] == "8558.40"


def test_own_servers_of_two_gpus_with_retraining() -> None:
    """One replica of 2 GPUs: 2 x $3,679.20 = $7,358.40; $1,200; twice a year 0.5 h x $3.60 = $1.80 for a run + 24 h x
    $100: 2,401.80 / 6 = $400.30. $8,958.70 a month; 12,009 + 12 x 8,958.70 = $119,513.40."""
    stated = {"gpus_per_replica": 2, "retrains_per_year": 2, "retrain_hours": 24}
    made = ledger(10_000, BUILT | {"labelled_examples": 900}, **OWN | stated)
    assert cents(made, "self_hosted") == ("12009.00", "8958.70", "119513.40")


def test_data_that_may_not_leave_is_prompted_or_tuned_in_the_house() -> None:
    """Prompted, 4M calls take 3 replicas: $11,037.60 + $1,200 = $12,237.60; 40 h of prompting $4,000 up front.
    Tuned, 1,500 of 2,000 tokens are in the weights: 400 + 0.1 x 500 = 450, at peak 1,350: 4M x 1,350 / 2.628M =
    2,054.79 a second, 3 replicas as well: nothing saved, never paid back.
    5M calls: 3,424.66 a second and 4 replicas ($14,716.80) prompted, 2,568.49 and 3 tuned. It saves $3,679.20 a month
    for 12,009 - 4,000 = $8,009 more: 2.1768 months."""
    answers = {"data_may_leave": False, "labelled_examples": 900}
    stated = OWN | {"fixed_share": 0.75, "prompt_hours": 40}
    few, many = ledger(4_000_000, answers, **stated), ledger(5_000_000, answers, **stated)
    assert cents(few, "self_hosted_prompted") == ("4000.00", "12237.60", "150851.20")
    assert cents(few, "self_hosted") == ("12009.00", "12237.60", "158860.20")
    assert option(few, "self_hosted").payback_months is None
    assert cents(many, "self_hosted_prompted")[1] == "15916.80"
    assert cents(many, "self_hosted")[1] == "12237.60"
    assert option(many, "self_hosted").payback_months == pytest.approx(D("2.1768"), abs=D("0.0001"))
    assert {removed.option for removed in many.removed} == {
        "prompt",
        "prompt_cached",
        "cheaper_model",
        "hosted",
    }


def test_what_a_team_that_states_nothing_is_shown() -> None:
    """1M calls of 1,600 fixed, 400 changing and 150 output tokens, at the prices of the day.
    prompt          1,600 + 400 = 2,000 x $1 + 150 x $5 = $2,750, upkeep $200
    prompt_cached   1,440 x $0.05 + 160 x $1.25 + 400 x $1 + 150 x $5 = 72 + 200 + 400 + 750 = $1,422, upkeep $200
    cheaper_model   1,440 x $0.01 + 160 x $0.125 + 400 x $0.10 + 150 x $0.50 = 14.40 + 20 + 40 + 75 = $149.40, $200
    hosted          (100 + 400) x $0.035 + 150 x $0.14 = 17.50 + 21 = $38.50, storage $1.95, upkeep $200,
                    a sixth of ($0.825 a run + 24 h x $100): $400.1375; up front five runs of 500 x 550 x 3 = 825,000
                    tokens x $1 = $4.125, 100 labels $400, 120 h $12,000
    self_hosted     730 h x 1.4 x $3.59 = $3,668.98, 12 h $1,200, a sixth of (0.0306217 h x $3.59 + $2,400) = $400.0183;
                    up front 4.125M tokens / (12,473 x 0.6 a second) = 0.1531085 h x $3.59 = $0.5497, $400, $12,000"""
    answers = {"calls_per_month": 1_000_000, "prompt_examples": 12, "labelled_examples": 400}
    made = estimate(read_case(answers), on=DAY, policy=POLICY)
    assert {name: cents(made, name) for name in (found.option for found in made.options)} == {
        "prompt": ("0.00", "2950.00", "35400.00"),
        "prompt_cached": ("0.00", "1622.00", "19464.00"),
        "cheaper_model": ("0.00", "349.40", "4192.80"),
        "hosted": ("12404.12", "640.59", "20091.18"),
        "self_hosted": ("12400.55", "5269.00", "75628.53"),
    }


def test_one_adapter_for_each_of_many_clients_is_trained_as_often() -> None:
    """800 examples x 1,500 tokens x 2 passes = 2.4M tokens a run; 3 runs for each of 20 clients = 144M tokens."""
    one, many = (
        option(
            estimate(
                read_case({"calls_per_month": 100_000, "assumptions": TUNED | {"adapters": n}}),
                on=DAY,
                policy=POLICY,
            ),
            "hosted",
        )
        for n in (1, 20)
    )
    first = [line for line in many.lines if line.label.startswith("Training") and line.per == "up front"]
    assert [line.quantity for line in first] == [Decimal(144)]
    assert many.up_front.amount - one.up_front.amount == 19 * Decimal("7.2") * first[0].unit_price


def test_the_adapters_of_many_clients_are_trained_anew_in_the_same_hours() -> None:
    """Trained anew once a month, in 10 h of $100 = $1,000, for 5 clients: 5 runs of 500 examples x 1,000 tokens x $2
    per 1M = $5 with them. Up front the same $5."""
    again = {"retrains_per_year": 12, "retrain_hours": 10, "tuning_hours": 0, "upkeep_hours": 0}
    tuned = {"adapters": 5, "tokens_per_example": 1000, "train_price": 2, "hosting_per_hour": 0}
    made = ledger(1_000, BUILT, **PAID | again | tuned)
    assert cents(made, "hosted") == ("5.00", "1005.00", "12065.00")


def test_gpus_that_are_owned_cost_what_is_stated_zero_included() -> None:
    own = {
        "gpu_per_hour": 0,
        "on_call_hours": 0,
        "upkeep_hours": 0,
        "retrains_per_year": 0,
        "retrain_hours": 0,
    }
    made = estimate(read_case({"calls_per_month": 100_000, "assumptions": own}), on=DAY, policy=POLICY)
    assert option(made, "self_hosted").month.amount == 0
    assert not option(made, "self_hosted").unknown
