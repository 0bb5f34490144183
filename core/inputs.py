"""What a verdict depends on, as people name it: an answer or an assumption, and its values.

The one place that names them: for the case against, the flips, what-ifs and forms. A value is taken as core has it, or
in the JSON form of a case, so that what was kept a year ago is said in the same words as today's.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from core.answers import Between, Missing
from core.case import REASONS
from core.costs.assumptions import ASSUMPTIONS
from core.questions import question_of
from core.wording import count, counted, listed, money, percent

SHARES = ("quality_now", "quality_target")
TIMES = ("latency_now_ms", "latency_ms")

ANSWERS: Mapping[str, tuple[str, str]] = {
    "prompt_examples": ("examples in the prompt", "{} examples in the prompt"),
    "quality_now": ("the quality now", "a quality of {} now"),
    "quality_target": ("the quality target", "a target of {}"),
    "eval_correct": ("right answers in the evaluation", "{} right answers in the evaluation"),
    "eval_total": ("cases in the evaluation", "{} cases in the evaluation"),
    "calls_per_month": ("calls a month", "{} calls a month"),
    "labelled_examples": ("reviewed examples", "{} reviewed examples"),
    "latency_now_ms": ("the time that a call takes", "{} for a call now"),
    "latency_ms": ("the time that a call may take", "{} allowed for a call"),
}
"""The answers that are numbers: their name, and a value of them amid a sentence."""

ASSUMED: Mapping[str, tuple[str, str]] = {
    "model": ("the model", "{} as the model"),
    "cheaper_model": ("the cheaper model", "{} as the cheaper model"),
    "base": ("the model to tune", "{} as the model to tune"),
    "provider": ("the provider to tune at", "{} as the provider to tune at"),
    "gpu": ("the GPU to serve on", "{} as the GPU to serve on"),
    "model_size": ("the size of the open model", "{} as the size of the open model"),
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
    "peak_factor": ("the busiest hours, times the average", "busiest hours of {} times the average"),
    "min_replicas": ("replicas that always run", "{} replicas always running"),
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


FEW_DIGITS = 4
"""A number of no more digits is said as it is: somebody stated it, or it is short by itself."""


def is_number(key: str) -> bool:
    """Whether an input is a number, and no choice among a few answers."""
    return key in ANSWERS or key in ASSUMPTIONS


def name(key: str) -> str:
    """An input amid a sentence: "calls a month", "the price of an hour of engineering"."""
    found = ANSWERS.get(key) or ASSUMED.get(key)
    if found is not None:
        return found[0]
    return CHOOSING.get(key, key.replace("_", " "))


def title(key: str) -> str:
    """The same at the head of a line: "Calls a month", "Price of an hour of engineering"."""
    question = None if is_number(key) else question_of(key)
    named = question.short if question is not None else name(key).removeprefix("the ")
    return named[:1].upper() + named[1:]


def near(key: str, number: Decimal, *, up: bool) -> str:
    """A number that changes a verdict, amid a sentence: "1.74M calls a month", "at most $136 for an hour of ..."."""
    value = turning(key, number, up=up)
    return phrase(key, value if up else f"at most {value}")


def between(key: str, low: Decimal, high: Decimal) -> str:
    """Two such numbers: "between 310k and 1.74M calls a month", "with a target of between 80% and 90%"."""
    said = phrase(key, f"between {turning(key, low, up=False)} and {turning(key, high, up=True)}")
    return said if said.startswith("between") else f"with {said}"


def phrase(key: str, value: str) -> str:
    """A value with what it is a value of: "250k calls a month"."""
    found = ANSWERS.get(key) or ASSUMED.get(key)
    if found is None:
        return f"{name(key)}: {value}"
    nouns = found[1].removeprefix("{} ")
    return found[1].format(value) if "{}" in nouns else counted(value, nouns)


def turning(key: str, number: Decimal, *, up: bool) -> str:
    """A number that changes a verdict, alone: "1.74M", "$136", "51.1%".

    Large counts are rounded away from the present value, so that the verdict has changed at what is said.
    """
    if _is_count(key) and number >= 1_000:
        return count(number, ROUND_CEILING if up else ROUND_FLOOR)
    return exact(key, number)


def exact(key: str, number: Decimal) -> str:
    """The same to its last digit: 1,351,076."""
    if _kind(key) == "share":
        return f"{_plain(number * 100)}%"
    if _kind(key) == "money":
        digits = _plain(number)
        cents = len(digits.partition(".")[2])
        return f"${number:,.2f}" if cents == 1 else f"${digits}"
    return f"{_plain(number)} ms" if key in TIMES else _plain(number)


def shown(key: str, value: Any) -> str:
    """A value alone: "250k", "$0.035", "86%", "80k to 120k", "yes", "people disagree about what is right"."""
    match value:
        case None:
            return str(Missing.NOT_SURE)
        case Missing():
            return str(value)
        case bool():
            return "yes" if value else "no"
        case Between():
            return _range(key, value.low, value.high)
        case [low, high] if is_number(key):
            return _range(key, low, high)
        case Decimal() | int() | float():
            return _number(key, value)
        case frozenset() | list() | tuple():
            return listed(_named_reasons(value)) if value else "none"
    return _label(key, str(value))


def chosen(key: str, value: Any) -> str:
    """A choice amid a sentence that begins with "if": "the data may not leave"."""
    if key == "reasons":
        return _reasons(value)
    if key == "misses":
        return MISSES.get(str(value), str(value))
    return CHOICES.get((key, bool(value)), f"{name(key)}: {'yes' if value else 'no'}")


def _range(key: str, low: Any, high: Any) -> str:
    ends = [None if end is None else _number(key, end) for end in (low, high)]
    if None in ends:
        return f"at most {ends[1]}" if low is None else f"at least {ends[0]}"
    return f"{ends[0]} to {ends[1]}"


def _number(key: str, value: Decimal | float) -> str:
    """A number as somebody would write it; one that was worked out to many digits, with three of them."""
    number = Decimal(str(value))
    if _is_count(key) and number >= 1_000:
        return count(number)
    kind = _kind(key)
    cents = kind == "money" and number == round(number, 2)
    if cents or key in TIMES or len(number.normalize().as_tuple().digits) <= FEW_DIGITS:
        return exact(key, round(number, 0) if key in TIMES and number >= 100 else number)
    return {"share": percent, "money": money}.get(kind, count)(number)


def _label(key: str, value: str) -> str:
    """The words on the button of a choice; a name as it is."""
    question = question_of(key)
    labels = {choice.values.get(key): choice.label for choice in question.choices} if question else {}
    return _lower(labels[value]) if value in labels else value


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
