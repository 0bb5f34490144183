"""Every fact that a verdict or its costs rest on, ONE row a key: what each field says is told in :mod:`core.fact`.

The rows are the answers, the thresholds of the policy and the assumptions of the ledger, each in the order in which the
outside sees them. A threshold's dated values stand in policy.toml with their sources, spreads in costs/spreads.toml.
A fact that is forgotten somewhere fails tests/test_forgotten.py with its key.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from core.fact import LARGEST_ANSWER, LARGEST_ASSUMED, Fact, Kind, Role, Things

MODEL = "openai:gpt-6.1-terra"
MINUTES_PER_LABEL = Decimal("2.5")
"""What a reviewed example takes; the default of ``price_per_label`` rests on it."""

PER_MILLION = "$ per 1M tokens"
_LIBRARY = "the price of the day in genai-prices"
_TUNING = "the tuning catalogue's price for the base"

_OF_THE_DAY = "Prices are those of the day, with their age beside them"
ANSWERS_ONLY = "answers_only"
"""Of the data: it may be sent to be answered, but not to train a provider's model."""

_FOLLOWS = "The team chooses these, or they follow from what it chose and has"
_IN_NO_TOTAL = "They are in no total"
_NO_FACTOR = "No figure of the ledger is a multiple of it"

_IN_FORMS = "Too rare in a thread to be worth misreading others for it: the form of the assumptions takes it"
_ONLY_WORDS = "It stands in texts alone"

_OF_THE_MODEL: Mapping[str, Any] = {
    "group": "prices", "holds_for": ("model",), "catalogued": "always", "at_a_provider": True, "exact": _OF_THE_DAY,
}  # fmt: skip
_OF_THE_CHEAPER: Mapping[str, Any] = {**_OF_THE_MODEL, "holds_for": ("model", "cheaper_model")}
_OF_A_BASE: Mapping[str, Any] = {
    **_OF_THE_MODEL, "group": "tuning", "holds_for": ("base", "provider"), "catalogued": "named base",
}  # fmt: skip


def _yes_no(key: str, name: str, yes: str, no: str, said: str, said_back: tuple[str, str]) -> Fact:
    choices: dict[bool | str, str] = {True: yes, False: no}
    return Fact(
        key=key,
        roles=("answer",),
        kind="yes or no",
        name=name,
        choices=choices,
        said=said,
        said_back=dict(zip((True, False), said_back, strict=True)),
    )


def _answer(key: str, kind: Kind, name: str, unit: str = "", **more: Any) -> Fact:
    high = Decimal(1) if kind == "share" else LARGEST_ANSWER
    return Fact(key=key, roles=("answer",), kind=kind, name=name, unit=unit, high=high, **more)


def _things(noun: str, words: str, about: str, where_asked: str = "", taken: tuple[str, ...] = ()) -> Things:
    return Things(
        noun=noun,
        words=frozenset(words.split()),
        where_asked=frozenset(where_asked.split()),
        taken=taken or (noun,),
        about=frozenset(about.split()),
    )


def _threshold(key: str, kind: Kind, name: str, low: str, high: int, **more: Any) -> Fact:
    more = {"group": "thresholds", "low": Decimal(low), "high": Decimal(high), **more}
    return Fact(key=key, roles=("threshold",), kind=kind, name=name, **more)


def _assumption(
    kind: Kind, key: str, name: str, unit: str, description: str, default: str | float,
    *, low: float = 0, high: float | None = None, roles: tuple[Role, ...] = ("assumption",), **more: Any,
) -> Fact:  # fmt: skip
    """A row whose default is a number, or the words for it."""
    most = LARGEST_ASSUMED if high is None else Decimal(high)
    said = str(default)
    fixed = None if isinstance(default, str) else Decimal(said)
    more = {"fixed": fixed, **more}
    return Fact(
        key=key, roles=roles, kind=kind, name=name, unit=unit, description=description, default=said,
        low=Decimal(low), high=most, **more,
    )  # fmt: skip


def _name(key: str, kind: Kind, name: str, description: str, default: str, **more: Any) -> Fact:
    return _assumption(kind, key, name, "", description, default, **more)


def _number(key: str, name: str, unit: str, description: str, default: str | float, **more: Any) -> Fact:
    return _assumption("number", key, name, unit, description, default, **more)


def _whole(key: str, name: str, unit: str, description: str, default: str | int, **more: Any) -> Fact:
    return _assumption("whole number", key, name, unit, description, default, low=1, high=10**9, **more)


def _share(key: str, name: str, unit: str, description: str, default: str | float, **more: Any) -> Fact:
    return _assumption("share", key, name, unit, description, default, high=1, **more)


def _money(key: str, name: str, unit: str, description: str, default: str | float, **more: Any) -> Fact:
    return _assumption("money", key, name, unit, description, default, **more)


_ROWS: tuple[Fact, ...] = (
    # Answers: what is asked.
    _answer("data_may_leave", "choice", "whether the data may leave", said="yes, we have a BAA", choices={
        True: "the data may go to an outside provider",
        ANSWERS_ONLY: "the data may be sent to be answered, but not to train a provider's model",
        False: "the data may not go to an outside provider",
    }, said_back={
        True: "yes, the data may leave",
        ANSWERS_ONLY: "yes, to be answered, but not to train a provider's model",
        False: "no, the data may not leave",
    }),
    _yes_no("cheaper_model_enough", "whether a cheaper model is enough", "a cheaper model is enough",
        "no cheaper model is enough", said="no, it drops to 70%",
        said_back=("yes, a cheaper model is good enough", "no, a cheaper model is not good enough")),
    _yes_no("can_wait", "whether you can wait", "you can wait weeks for a change",
        "you cannot wait weeks for a change", said="yes, the categories are stable",
        said_back=("yes, we can wait", "no, we cannot wait")),
    _yes_no("per_request_instructions", "whether the instructions change with each request",
        "the instructions change with each request", "the instructions are always the same",
        said="no, always the same",
        said_back=("yes, the instructions change", "no, the instructions are always the same")),
    _answer("prompt_examples", "whole number", "examples in the prompt", "examples", exact=_NO_FACTOR,
        said="yes, a dozen examples", things=_things("examples", taken=("examples", "thing", "handled"), words="""
            example examples shot shots demo demos demonstration demonstrations exemplar exemplars sample samples
            few-shots
            """, about="""
            example examples shot shots fewshot few zero one few-shot prompt prompts prompting prompted thorough
            proper decent good solid simple basic short long paragraph system instruction instructions schema
            validation output chain thought cot iterated iterating iteration iterations tuned tweaked engineered
            many was were com tried try trying tested spent weeks months days last sprint month week handpicked hand
            picked curated demonstrations demos samples bothered around done did include included including includes
            inside contains containing there clear detailed json engineering liner few-shots structured few got
            handful dozen wrote written version versions through couple two after
            """)),
    _answer("eval_correct", "whole number", "right answers in the evaluation", "cases", single=True,
        phrase="{} right answers", exact=_NO_FACTOR, said="43 of 50"),
    _answer("eval_total", "whole number", "cases in the evaluation", "cases", single=True, exact=_NO_FACTOR,
        said="43 of 50"),
    _answer("labelled_examples", "whole number", "reviewed examples", "examples", said="about 400",
        things=_things("labelled", taken=("examples", "labelled", "handled", "thing", "calls"),
            words="annotations datapoints", where_asked="labels", about="""
            labelled annotated reviewed checked verified curated gold golden examples example samples sample records
            record rows row pairs pair data dataset datapoints tickets ticket emails documents docs input output
            outputs human spot spot-checked hand historical set items cases answers have collected logged logs items
            entries so far already yet conversations
            """)),
    _answer("quality_now", "share", "the quality now", phrase="a quality of {}", exact=_NO_FACTOR,
        said="86% now"),
    _answer("quality_target", "share", "the quality target", phrase="a target of {}", exact=_NO_FACTOR,
        said="we need 95%"),
    _answer("calls_per_month", "number", "calls a month", "calls", said="80k a month"),
    _answer("latency_now_ms", "time", "the time that a call takes", "ms", phrase="{} for a call now",
        exact=_NO_FACTOR, said="1.8 s now, under 800 ms"),
    _answer("latency_ms", "time", "the time that a call may take", "ms", phrase="{} allowed for a call",
        exact=_NO_FACTOR, said="under 800 ms"),
    _answer("misses", "choice", "the kind of misses", said="it does not know our labels", choices={
        "facts": "it lacks facts that it was not given",
        "behaviour": "the facts were there and it got them wrong",
        "labels": "the misses are about your own labels or format",
        "disagreement": "people disagree about what is right",
    }),
    _answer("reasons", "choices", "the reasons to tune", said="cost and latency", choices={
        reason: f"the one reason is {reason}" for reason in ("quality", "cost", "latency", "format", "voice")
    }),
    # Thresholds: what the policy holds. The horizon, which is assumed as well, stands among the assumptions.
    _threshold("enough_examples", "whole number", "Examples of a fair try", "1", 1000),
    _threshold("closable_gap", "share", "A gap that tuning can close, from", "0", 1),
    _threshold("redefine_at", "share", "The task itself is in question, up to", "0", 1),
    _threshold("low_volume", "number", "Low volume, below", "0", 10**12),
    _threshold("high_volume", "number", "High volume, as an example", "0", 10**12),
    _threshold("iteration_weeks_low", "number", "Shortest cycle of tuning", "0.1", 520, idle=_ONLY_WORDS),
    _threshold("iteration_weeks_high", "number", "Longest cycle of tuning", "0.1", 520, idle=_ONLY_WORDS),
    _threshold("prompt_week", "number", "Time for a fair try at a prompt", "0.1", 520, idle=_ONLY_WORDS),
    _threshold("enough_labels", "whole number", "Reviewed examples that are enough", "1", 10**6),
    # Assumptions: what the ledger takes where nobody says it.
    _name("model", "model", "the model", "The model of today", MODEL, fixed=MODEL, phrase="{} as the model",
        group="model", at_a_provider=True, said="we use gpt-5"),
    _name("cheaper_model", "model", "the cheaper model", "A smaller model",
        "the provider's smaller current model, from our dated table", phrase="{} as the cheaper model",
        group="model", holds_for=("model",), catalogued="always", at_a_provider=True, unsaid=_IN_FORMS),
    _name("base", "name", "the model to tune", "The model that would be tuned at a provider",
        "the base with the lowest first year", phrase="{} as the model to tune", group="tuning", place=1,
        holds_for=("provider",), at_a_provider=True, unsaid=_IN_FORMS),
    _name("provider", "name", "the provider to tune at", "Where a model would be tuned",
        "any provider in our tuning catalogue", phrase="{} as the provider to tune at", group="tuning", place=2,
        holds_for=("base",), at_a_provider=True, unsaid=_IN_FORMS),
    _number("prompt_tokens", "prompt tokens a call", "tokens a call", "The length of the prompt", 2000,
        group="model", said="prompts have 1500 tokens"),
    _share("fixed_share", "the fixed share of the prompt", "of the prompt",
        "The share of the prompt that is the same on every call", 0.8, phrase="{} of the prompt the same in every call",
        group="model", said="80% of the prompt is always the same"),
    _number("output_tokens", "output tokens a call", "tokens a call", "The length of the answer, reasoning included",
        150, group="model", said="200 output tokens"),
    _share("cache_hit_rate", "the cache's hit rate", "of calls",
        "How often the fixed part is found in the provider's cache",
        "min(0.9, 1 - exp(-5 N / 43,830)): another call came in the last 5 minutes",
        phrase="{} of calls found in the cache",
        in_forms="by the calls a month: how often another call came in the last 5 minutes, at most 90%",
        group="model", at_a_provider=True, said="the cache hit rate is 70%"),
    _share("batch_share", "the share of calls in batches", "of calls",
        "The share of calls that can wait for a batch", 0, phrase="{} of calls in batches", group="model",
        at_a_provider=True, said="half of it could be batched"),
    _share("batch_discount", "the discount on batches", "of the price", "The discount on a batched call", 0.5,
        phrase="{} off for batches", group="model", at_a_provider=True, exact=_OF_THE_DAY, unsaid=_IN_FORMS),
    _number("retry_rate", "repeats of each call", "of calls", "Calls repeated after failed validation", 0, high=10,
        group="model", said="5% are retried"),
    _number("prompt_hours", "hours for the prompt", "hours", "Engineering for a prompt", 40, high=1_000_000,
        group="work", place=2, unsaid=_IN_FORMS),
    _number("upkeep_hours", "hours of upkeep a month", "hours a month", "Engineering to keep it working", 2,
        high=1_000_000, group="work", place=3, unsaid=_IN_FORMS),
    _money("engineer_per_hour", "the price of an hour of engineering", "$ an hour", "An hour of engineering", 100,
        phrase="{} for an hour of engineering", group="work", place=1, said="an engineer costs $120 an hour"),
    _number("horizon_months", "months to pay back in", "months", "Tuning must pay back within this time",
        "the policy's horizon", above_low=True, high=600, group="thresholds", exact=_FOLLOWS,
        said="it must pay back within 18 months", roles=("assumption", "threshold"), least_set=Decimal("0.1")),
    _number("tuned_fixed_tokens", "fixed tokens of the tuned prompt", "tokens a call",
        "What is left of the fixed part once it is in the weights", 100, phrase="{} fixed tokens left when tuned",
        group="tuning", place=14, unsaid=_IN_FORMS),
    _number("tuned_output_tokens", "output tokens when tuned", "tokens a call",
        "The length of the tuned model's answer", "as output_tokens", phrase="{} output tokens a call when tuned",
        in_forms="as long as today's answers", group="tuning", place=15, unsaid=_IN_FORMS),
    _number("training_examples", "training examples", "examples", "Examples to train on",
        "max(500, min(labelled_examples, 5,000))", in_forms="as many as you have reviewed, from 500 to 5,000",
        group="work", place=9, exact=_FOLLOWS, unsaid=_IN_FORMS),
    _number("tokens_per_example", "tokens an example", "tokens", "The length of one example",
        "dynamic prompt tokens + output tokens", in_forms="the changing part of the prompt, and the answer",
        group="tuning", place=13, unsaid=_IN_FORMS),
    _number("epochs", "passes over the examples", "passes", "Passes over the examples in one run", 3, above_low=True,
        high=1_000, group="tuning", place=11, unsaid=_IN_FORMS),
    _whole("runs", "training runs", "runs", "Runs until one is good enough", 5, group="tuning", place=12,
        unsaid=_IN_FORMS),
    _whole("adapters", "models to train", "models", "Models that are trained alike, such as one for each client", 1,
        group="tuning", place=17, exact=_FOLLOWS, unsaid=_IN_FORMS),
    _money("price_per_label", "the price of a label", "$ an example",
        "One reviewed example: 2.5 minutes of an engineer", 4, phrase="{} a label", group="work", place=8,
        said="$2 per label"),
    _number("labels_to_buy", "labels to buy", "examples", "Examples that still have to be made",
        "training_examples - labelled_examples", in_forms="what you lack of the examples to train on", group="work",
        place=10, exact=_FOLLOWS, unsaid=_IN_FORMS),
    _number("tuning_hours", "hours for the first tuned model", "hours", "Engineering for the first tuned model", 120,
        high=1_000_000, group="work", place=4, unsaid=_IN_FORMS),
    _number("retrain_hours", "hours for each retraining", "hours", "Engineering for each retraining", 24,
        high=1_000_000, group="work", place=5, unsaid=_IN_FORMS),
    _number("retrains_per_year", "retrainings a year", "a year", "How often it is trained anew", 2, high=1_000,
        group="work", place=6, said="we retrain every 3 months"),
    _name("gpu", "name", "the GPU to serve on", "The GPU to serve on", "H100", fixed="H100",
        phrase="{} as the GPU to serve on", group="servers", unsaid=_IN_FORMS),
    _money("gpu_per_hour", "the price of an hour of a GPU", "$ an hour", "One GPU for an hour",
        "the GPU catalogue's price", phrase="{} for an hour of a GPU", group="servers", holds_for=("gpu",),
        catalogued="always", exact=_OF_THE_DAY, said="a GPU costs us $2.50 an hour"),
    _whole("gpus_per_replica", "GPUs a replica", "GPUs", "GPUs that one copy of the model needs", 1, group="servers",
        exact=_FOLLOWS, unsaid=_IN_FORMS),
    _name("model_size", "size", "the size of the open model", "The size of the open-weight model", "8B", fixed="8B",
        phrase="{} as the size of the open model", group="servers", unsaid=_IN_FORMS),
    _number("decode_tokens_per_second", "tokens a second from a replica", "tokens a second",
        "What one replica writes, batched", "the catalogue's measurement for the size and the GPU", above_low=True,
        group="servers", holds_for=("model_size", "gpu", "gpus_per_replica"), catalogued="always",
        unsaid=_IN_FORMS),
    _number("prefill_weight", "what reading a token costs of writing one", "output tokens",
        "What reading a prompt token costs of writing one", 0.1, phrase="{} of writing a token for reading one",
        high=100, group="servers", unsaid=_IN_FORMS),
    _share("utilisation", "the use of a replica", "of the throughput",
        "How much of a replica's throughput can be used", 0.4, phrase="{} of a replica's throughput in use",
        above_low=True, group="servers", unsaid=_IN_FORMS),
    _number("peak_factor", "the busiest hours, times the average", "times the average",
        "The busiest hours against the average", 3, phrase="busiest hours of {} times the average", low=1,
        high=10_000, group="servers", unsaid=_IN_FORMS),
    _whole("min_replicas", "replicas that always run", "replicas", "Replicas that always run",
        "1, or 2 when latency is a reason", phrase="{} replicas always running", group="servers",
        exact=_FOLLOWS, unsaid=_IN_FORMS),
    _number("serving_overhead", "the overhead of serving", "of the GPU price",
        "Disks, network and monitoring beyond the GPU", 0.4, phrase="{} of the GPU price for disks and network",
        high=100, group="servers", unsaid=_IN_FORMS),
    _number("on_call_hours", "hours on call a month", "hours a month", "Engineering on call for own servers", 10,
        high=1_000_000, group="work", place=7, unsaid=_IN_FORMS),
    _money("price_in", "the price of 1M prompt tokens", PER_MILLION, "Prompt tokens of the model", _LIBRARY,
        phrase="{} per 1M prompt tokens", said="$3 per million input tokens", **_OF_THE_MODEL),
    _money("price_cached", "the price of 1M cached tokens", PER_MILLION, "Prompt tokens read from the cache",
        _LIBRARY, phrase="{} per 1M cached tokens", unsaid=_IN_FORMS, **_OF_THE_MODEL),
    _money("price_write", "the price of 1M tokens written to the cache", PER_MILLION,
        "Prompt tokens written to the cache", _LIBRARY, phrase="{} per 1M tokens written to the cache",
        unsaid=_IN_FORMS, **_OF_THE_MODEL),
    _money("price_out", "the price of 1M output tokens", PER_MILLION, "Output tokens of the model", _LIBRARY,
        phrase="{} per 1M output tokens", said="$15 per million output tokens", **_OF_THE_MODEL),
    _money("cheaper_price_in", "the cheaper model's price of 1M prompt tokens", PER_MILLION,
        "Prompt tokens of the cheaper model", _LIBRARY, phrase="{} per 1M of its prompt tokens",
        unsaid=_IN_FORMS, **_OF_THE_CHEAPER),
    _money("cheaper_price_cached", "the cheaper model's price of 1M cached tokens", PER_MILLION,
        "Prompt tokens of the cheaper model, read from the cache", _LIBRARY, phrase="{} per 1M of its cached tokens",
        unsaid=_IN_FORMS, **_OF_THE_CHEAPER),
    _money("cheaper_price_write", "the cheaper model's price of 1M cache writes", PER_MILLION,
        "Prompt tokens of the cheaper model, written to the cache", _LIBRARY, phrase="{} per 1M of its cache writes",
        unsaid=_IN_FORMS, **_OF_THE_CHEAPER),
    _money("cheaper_price_out", "the cheaper model's price of 1M output tokens", PER_MILLION,
        "Output tokens of the cheaper model", _LIBRARY, phrase="{} per 1M of its output tokens",
        unsaid=_IN_FORMS, **_OF_THE_CHEAPER),
    _money("tuned_price_in", "the tuned model's price of 1M prompt tokens", PER_MILLION,
        "Prompt tokens of the tuned model", _TUNING, phrase="{} per 1M prompt tokens when tuned", place=5,
        said="$3 per million input tokens for the tuned model", **_OF_A_BASE),
    _money("tuned_price_cached", "the tuned model's price of 1M cached tokens", PER_MILLION,
        "Prompt tokens of the tuned model, read from the cache", _TUNING,
        phrase="{} per 1M cached tokens when tuned", place=6, idle="A tuned model is taken to have no cache",
        unsaid=_IN_FORMS, **_OF_A_BASE),
    _money("tuned_price_out", "the tuned model's price of 1M output tokens", PER_MILLION,
        "Output tokens of the tuned model", _TUNING, phrase="{} per 1M output tokens when tuned", place=7,
        said="$12 per million output tokens for the tuned model", **_OF_A_BASE),
    _money("train_price", "the price of training on 1M tokens", PER_MILLION, "Tokens to train on", _TUNING,
        phrase="{} per 1M tokens of training", place=3, said="training costs $25 per million tokens", **_OF_A_BASE),
    _money("minimum_training_fee", "the least fee for a run", "$ a run", "The least that one run is billed", _TUNING,
        phrase="a fee of {} a run", place=4, unsaid=_IN_FORMS, **_OF_A_BASE),
    _money("hosting_per_hour", "the price of an hour of hosting", "$ an hour", "Keeping the tuned model deployed",
        _TUNING, phrase="{} for an hour of hosting", place=8, unsaid=_IN_FORMS, **_OF_A_BASE),
    _money("storage_per_month", "the price of a month of storage", "$ a month", "Keeping the tuned model stored",
        _TUNING, phrase="{} a month for storage", place=9, unsaid=_IN_FORMS, **_OF_A_BASE),
    _number("hours_per_month", "billed hours a month", "hours", "Hours that a month is billed as", 730,
        above_low=True, high=744, group="servers", exact="It is how a month is billed", unsaid=_IN_FORMS),
    _number("base_life_months", "months of life left in the base", "months",
        "How long the base can still be used; 0 or less: it no longer can",
        "until it retires; 18 where no date is announced", low=-1200, high=1_200, group="tuning", place=10,
        holds_for=("base", "provider"), at_a_provider=True, unsaid=_IN_FORMS),
    _number("train_tokens_per_second", "tokens a second in training", "tokens a second", "What one GPU trains on",
        "the catalogue's measurement for the size and the GPU", above_low=True, group="servers",
        holds_for=("model_size", "gpu"), catalogued="always",
        exact="What is left of the benchmark is the spread of train_derate", unsaid=_IN_FORMS),
    _share("train_derate", "what padding leaves of training", "of the throughput",
        "What padding and evaluation leave of it", 0.6, phrase="{} of the training throughput left", above_low=True,
        group="servers", unsaid=_IN_FORMS),
    _share("tuned_quality", "how good the tuned model would be", "of answers", "How good the tuned model would be",
        "the quality target", phrase="a tuned quality of {}", group="tuning", place=16, exact=_IN_NO_TOTAL,
        unsaid=_IN_FORMS),
    _money("value_per_correct", "what a right answer is worth", "$ an answer", "What a right answer is worth",
        "unknown", phrase="{} for a right answer", in_forms="none: it is not counted", group="work", place=11,
        exact=_IN_NO_TOTAL, unsaid=_IN_FORMS),
    _money("cost_per_error", "what a wrong answer costs", "$ an answer", "What a wrong answer costs", "unknown",
        phrase="{} for a wrong answer", in_forms="none: it is not counted", group="work", place=12,
        exact=_IN_NO_TOTAL, unsaid=_IN_FORMS),
)  # fmt: skip

FACTS: Mapping[str, Fact] = MappingProxyType({fact.key: fact for fact in _ROWS})


def _all(role: Role) -> Mapping[str, Fact]:
    return MappingProxyType({fact.key: fact for fact in _ROWS if role in fact.roles})


ANSWERS, THRESHOLDS, ASSUMPTIONS = _all("answer"), _all("threshold"), _all("assumption")

THINGS: Mapping[str, Things] = MappingProxyType(
    {fact.key: fact.things for fact in _ROWS if fact.things is not None}
)
"""What is counted, by the key of its number."""

Stated = Mapping[str, Decimal | str]
"""Assumptions by key, as somebody stated them."""


def with_house(stated: Stated, house: Stated) -> Stated:
    """What a consultation states, and beneath it the workspace's own assumptions.

    One of these is left out where the consultation states another model, base or GPU than the one it holds for.
    """
    if not house:
        return stated
    meant = {key: value for key, value in house.items() if _is_meant(key, stated, house)}
    return MappingProxyType({**meant, **stated})


def _is_meant(key: str, stated: Stated, house: Stated) -> bool:
    return all(
        _plain_name(stated[other]) == _plain_name(house.get(other, FACTS[other].fixed))
        for other in FACTS[key].holds_for
        if other in stated
    )


def _plain_name(value: Decimal | str | None) -> Decimal | str | None:
    return value.lower() if isinstance(value, str) else value
