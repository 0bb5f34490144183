"""What a verdict depends on, as people name it: an answer or an assumption, and its values.

Values come in the JSON form of a case, so that what was kept a year ago is said in the same words as today's.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

from bot.views.mrkdwn import escape
from bot.views.phrases import listed, short
from core.costs.assumptions import ASSUMPTIONS
from core.questions import question_of
from core.wording import count

SHARES = ("quality_now", "quality_target")
TIMES = ("latency_now_ms", "latency_ms")

ANSWERS: Mapping[str, tuple[str, str]] = {
    "prompt_examples": ("examples in the prompt", "{} examples in the prompt"),
    "quality_now": ("the quality now", "a quality of {} now"),
    "quality_target": ("the quality target", "a target of {}"),
    "eval_correct": ("right answers in the evaluation", "{} right answers in the evaluation"),
    "calls_per_month": ("calls a month", "{} calls a month"),
    "labelled_examples": ("reviewed examples", "{} reviewed examples"),
    "latency_now_ms": ("the time that a call takes", "{} for a call now"),
    "latency_ms": ("the time that a call may take", "{} allowed for a call"),
}
"""The answers that are numbers: their name, and a value of them amid a sentence."""

ASSUMED: Mapping[str, tuple[str, str]] = {
    "prompt_tokens": ("prompt tokens a call", "{} prompt tokens a call"),
    "fixed_share": ("the fixed share of the prompt", "{} of the prompt being fixed"),
    "output_tokens": ("output tokens a call", "{} output tokens a call"),
    "cache_hit_rate": ("the cache's hit rate", "{} of calls found in the cache"),
    "batch_share": ("the share of calls in batches", "{} of calls in batches"),
    "batch_discount": ("the discount on batches", "{} off for batches"),
    "retry_rate": ("repeats of each call", "{} repeats of each call"),
    "prompt_hours": ("hours for the prompt", "{} hours for the prompt"),
    "upkeep_hours": ("hours of upkeep a month", "{} hours of upkeep a month"),
    "engineer_per_hour": ("the price of an hour of engineering", "{} for an hour of engineering"),
    "horizon_months": ("months to pay back in", "{} months to pay back in"),
    "tuned_fixed_tokens": ("fixed tokens of the tuned prompt", "{} fixed tokens left when tuned"),
    "tuned_output_tokens": ("output tokens when tuned", "{} output tokens a call when tuned"),
    "training_examples": ("training examples", "{} training examples"),
    "tokens_per_example": ("tokens an example", "{} tokens an example"),
    "epochs": ("passes over the examples", "{} passes over the examples"),
    "runs": ("training runs", "{} training runs"),
    "price_per_label": ("the price of a label", "{} a label"),
    "labels_to_buy": ("labels to buy", "{} labels to buy"),
    "tuning_hours": ("hours for the first tuned model", "{} hours for the first tuned model"),
    "retrain_hours": ("hours for each retraining", "{} hours for each retraining"),
    "retrains_per_year": ("retrainings a year", "{} retrainings a year"),
    "gpu_per_hour": ("the price of an hour of a GPU", "{} for an hour of a GPU"),
    "gpus_per_replica": ("GPUs a replica", "{} GPUs a replica"),
    "decode_tokens_per_second": ("tokens a second from a replica", "{} tokens a second from a replica"),
    "prefill_weight": ("what reading a token costs of writing one", "{} of writing a token for reading one"),
    "utilisation": ("the use of a replica", "{} of a replica's throughput in use"),
    "peak_factor": ("the busiest hours, times the average", "{} times the average in the busiest hours"),
    "min_replicas": ("replicas that always run", "{} replicas that always run"),
    "serving_overhead": ("the overhead of serving", "{} of the GPU price for disks and network"),
    "on_call_hours": ("hours on call a month", "{} hours on call a month"),
    "price_in": ("the price of 1M prompt tokens", "{} per 1M prompt tokens"),
    "price_cached": ("the price of 1M cached tokens", "{} per 1M cached tokens"),
    "price_write": ("the price of 1M tokens written to the cache", "{} per 1M tokens written to the cache"),
    "price_out": ("the price of 1M output tokens", "{} per 1M output tokens"),
    "cheaper_price_in": ("the cheaper model's price of 1M prompt tokens", "{} per 1M of its prompt tokens"),
    "cheaper_price_cached": (
        "the cheaper model's price of 1M cached tokens",
        "{} per 1M of its cached tokens",
    ),
    "cheaper_price_write": ("the cheaper model's price of 1M cache writes", "{} per 1M of its cache writes"),
    "cheaper_price_out": ("the cheaper model's price of 1M output tokens", "{} per 1M of its output tokens"),
    "tuned_price_in": ("the tuned model's price of 1M prompt tokens", "{} per 1M prompt tokens when tuned"),
    "tuned_price_cached": (
        "the tuned model's price of 1M cached tokens",
        "{} per 1M cached tokens when tuned",
    ),
    "tuned_price_out": ("the tuned model's price of 1M output tokens", "{} per 1M output tokens when tuned"),
    "train_price": ("the price of training on 1M tokens", "{} per 1M tokens of training"),
    "minimum_training_fee": ("the least fee for a run", "a fee of {} a run"),
    "hosting_per_hour": ("the price of an hour of hosting", "{} for an hour of hosting"),
    "storage_per_month": ("the price of a month of storage", "{} a month for storage"),
    "hours_per_month": ("billed hours a month", "{} billed hours a month"),
    "base_life_months": ("months of life left in the base", "{} months of life left in the base"),
    "train_tokens_per_second": ("tokens a second in training", "{} tokens a second in training"),
    "train_derate": ("what padding leaves of training", "{} of the training throughput left"),
    "value_per_correct": ("what a right answer is worth", "{} for a right answer"),
    "cost_per_error": ("what a wrong answer costs", "{} for a wrong answer"),
    "tuned_quality": ("how good the tuned model would be", "a tuned quality of {}"),
}
"""The same of the assumptions."""

CHOOSING: Mapping[str, str] = {
    "data_may_leave": "whether the data may leave",
    "misses": "the kind of misses",
    "reasons": "the reasons to tune",
    "cheaper_model_enough": "whether a cheaper model is enough",
    "can_wait": "whether you can wait",
    "per_request_instructions": "whether the instructions change with each request",
}
"""The answers that are chosen among a few."""

MISSES: Mapping[str, str] = {
    "facts": "the misses lack facts",
    "behaviour": "the misses have the facts and get it wrong",
    "labels": "the misses are about your own labels or format",
    "disagreement": "people disagree about what is right",
}
CHOICES: Mapping[tuple[str, bool], str] = {
    ("data_may_leave", True): "the data may leave",
    ("data_may_leave", False): "the data may not leave",
    ("cheaper_model_enough", True): "a cheaper model is enough",
    ("cheaper_model_enough", False): "no cheaper model is enough",
    ("can_wait", True): "you can wait weeks for a change",
    ("can_wait", False): "you cannot wait weeks for a change",
    ("per_request_instructions", True): "the instructions change with each request",
    ("per_request_instructions", False): "the instructions are always the same",
}


def is_number(key: str) -> bool:
    """Whether an input is a number, and no choice among a few answers."""
    return key in ANSWERS or key in ASSUMPTIONS


def name(key: str) -> str:
    """An input amid a sentence: "calls a month", "the price of engineering"."""
    found = ANSWERS.get(key) or ASSUMED.get(key)
    if found is not None:
        return found[0]
    if key in ASSUMPTIONS:
        return _lower(ASSUMPTIONS[key].description)
    return CHOOSING.get(key, key.replace("_", " "))


def title(key: str) -> str:
    """The same at the head of a line: "Calls a month", "Price of an hour of engineering"."""
    question = None if is_number(key) else question_of(key)
    named = short(question.name) if question is not None else name(key).removeprefix("the ")
    return named[:1].upper() + named[1:]


def near(key: str, number: Decimal, *, up: bool) -> str:
    """A number that changes a verdict, amid a sentence: "1.74M calls a month", "at most $136 for an hour of ...".

    Large counts are rounded away from the present value, so that the verdict has changed at what is said.
    """
    value = shown(key, number, ROUND_CEILING if up else ROUND_FLOOR)
    return phrase(key, value if up else f"at most {value}")


def between(key: str, low: Decimal, high: Decimal) -> str:
    """Two such numbers: "between 310k and 1.74M calls a month", "with a target of between 80% and 90%"."""
    said = phrase(key, f"between {shown(key, low, ROUND_FLOOR)} and {shown(key, high, ROUND_CEILING)}")
    return said if said.startswith("between") else f"with {said}"


def phrase(key: str, value: str) -> str:
    """A value with what it is a value of: "250k calls a month"."""
    found = ANSWERS.get(key) or ASSUMED.get(key)
    return found[1].format(value) if found is not None else f"{name(key)}: {value}"


def shown(key: str, number: Decimal, rounding: str = ROUND_HALF_UP) -> str:
    """A number of an input for people: 250k, $0.035, 89.9%, 800 ms."""
    return count(number, rounding) if _is_count(key) and number >= 1_000 else exact(key, number)


def exact(key: str, number: Decimal) -> str:
    """The same to its last digit: 1,351,076."""
    if _kind(key) == "share":
        return f"{_plain(number * 100)}%"
    if _kind(key) == "money":
        digits = _plain(number)
        cents = len(digits.partition(".")[2])
        return f"${number:,.2f}" if cents == 1 else f"${digits}"
    return f"{_plain(number)} ms" if key in TIMES else _plain(number)


def present(key: str, value: Any) -> str:
    """A present value, as the case has it: a number, a range, a choice, or nothing known."""
    if value is None:
        return "not sure"
    if isinstance(value, list) and is_number(key):
        low, high = (None if end is None else shown(key, Decimal(str(end))) for end in value)
        if low is None or high is None:
            return f"at most {high}" if low is None else f"at least {low}"
        return f"{low} to {high}"
    if is_number(key) and not isinstance(value, str):
        return shown(key, Decimal(str(value)))
    return _choice(key, value)


def chosen(key: str, value: Any) -> str:
    """A choice amid a sentence that begins with "if": "the data may not leave"."""
    if key == "reasons":
        return _reasons(value)
    if key == "misses":
        return MISSES.get(str(value), str(value))
    return CHOICES.get((key, bool(value)), f"{name(key)}: {'yes' if value else 'no'}")


def _choice(key: str, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if key == "reasons" and isinstance(value, list):
        return listed(_named_reasons(value)) if value else "none"
    if key == "misses":
        question = question_of(key)
        labels = {choice.values[key]: choice.label for choice in question.choices} if question else {}
        return _lower(str(labels.get(value, value)))
    return escape(str(value), 120)


REASONS = ("quality", "cost", "latency", "format", "voice")


def _named_reasons(reasons: Any) -> list[str]:
    return [reason for reason in REASONS if reason in reasons]


def _reasons(reasons: Any) -> str:
    named = _named_reasons(reasons)
    if not named:
        return "there is no reason to tune"
    return f"the reasons are {listed(named)}" if len(named) > 1 else f"the one reason is {named[0]}"


def _kind(key: str) -> str:
    if key in SHARES:
        return "share"
    return ASSUMPTIONS[key].kind if key in ASSUMPTIONS else ""


def _is_count(key: str) -> bool:
    return _kind(key) not in ("share", "money") and key not in TIMES


def _plain(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
