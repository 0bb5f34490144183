"""Every question, in the words that people read, and the usual answers to it.

A question's ``name`` is what `advise` calls it; its ``keys`` are the keys of a case that it fills. Where a threshold
divides the usual answers, they are made from the policy in force: see :meth:`Question.under`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_CEILING, Decimal
from typing import Any

from core.facts import ANSWERS, ANSWERS_ONLY
from core.policy import Policy


@dataclass(frozen=True, slots=True)
class Choice:
    """A usual answer: its label on a button, and the case values (JSON form) that it stands for."""

    label: str
    values: Mapping[str, Any]
    id: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number that can be entered in a form, in ``unit``; a percentage is stored as a fraction."""

    key: str
    label: str
    hint: str

    @property
    def unit(self) -> str:
        return "%" if self.percent else ANSWERS[self.key].unit

    @property
    def percent(self) -> bool:
        return ANSWERS[self.key].kind == "share"

    @property
    def whole(self) -> bool:
        return ANSWERS[self.key].is_counted


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    asks: the question itself; amid: the same amid a sentence. why: what the answer can change, in one line.
    choices: the usual answers, as far as they are the same under every policy. divided: makes those that are not.
    numbers: what can be entered instead. several: any number of the choices may be picked together.
    example: an answer as somebody would type it. find_out: what to do where nobody knows and it decides.
    """

    name: str
    keys: tuple[str, ...]
    short: str
    asks: str
    amid: str
    why: str
    example: str
    choices: tuple[Choice, ...] = ()
    numbers: tuple[Number, ...] = ()
    several: bool = False
    also: str = field(default="")
    find_out: str = ""
    divided: Callable[[Policy], tuple[Choice, ...]] | None = None

    def under(self, policy: Policy) -> Question:
        """The same question with its usual answers under a policy: they end where its thresholds divide."""
        return self if self.divided is None else replace(self, choices=self.divided(policy))


def _yes_no(key: str, yes: str = "Yes", no: str = "No") -> tuple[Choice, ...]:
    return (Choice(yes, {key: True}, "yes"), Choice(no, {key: False}, "no"))


def _choices(key: str, *options: tuple[str, str, Any]) -> tuple[Choice, ...]:
    return tuple(Choice(label, {key: value}, name) for name, label, value in options)


def _fair_tries(policy: Policy) -> tuple[Choice, ...]:
    """No thorough prompt, one with too few examples, and a fair try."""
    enough = _from(policy.enough_examples)
    most = enough - 1
    few = [("few", f"Yes, with {_to(1, most)}", _range(1, most))] if most >= 1 else []
    return _choices(
        "prompt_examples",
        ("no", "No", _range(0, most)),
        *few,
        ("yes", f"Yes, with {enough:,} or more", [enough, None]),
    )


def _volumes(policy: Policy) -> tuple[Choice, ...]:
    """Below the low volume, from there to the high one, and beyond."""
    low, high = _from(policy.low_volume), _from(policy.high_volume)
    under = [("low", f"Under {_short(low)}", [0, low - 1])] if low > 1 else []
    if low == high:
        return _choices("calls_per_month", *under, ("high", f"{_short(high)} or more", [high, None]))
    middle = ("middle", f"{_short(low)} to {_short(high)}", [low, high])
    return _choices("calls_per_month", *under, middle, ("high", f"Over {_short(high)}", [high, None]))


def _labels(policy: Policy) -> tuple[Choice, ...]:
    """None, too few to tune on, enough, and so many that none have to be bought."""
    enough = _from(policy.enough_labels)
    few = [("few", f"Fewer than {enough:,}", [0, enough - 1])] if enough > 1 else []
    if enough >= MANY_LABELS:
        more = [("many", f"{enough:,} or more", [enough, None])]
    else:
        more = [
            ("some", f"{enough:,} to {MANY_LABELS:,}", [enough, MANY_LABELS]),
            ("many", f"More than {MANY_LABELS:,}", [MANY_LABELS, None]),
        ]
    return _choices("labelled_examples", ("none", "None yet", 0), *few, *more)


MANY_LABELS = 500
"""Reviewed examples from which on the costs buy no further ones to train on."""


def _from(threshold: Decimal) -> int:
    """The first whole number that reaches a threshold; at least 1, so that there is something below it."""
    return max(1, int(threshold.to_integral_value(ROUND_CEILING)))


def _range(low: int, high: int) -> int | list[int]:
    return low if low == high else [low, high]


def _to(low: int, high: int) -> str:
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _short(calls: int) -> str:
    """250,000, 1 million, 2.5 million."""
    millions = Decimal(calls) / 1_000_000
    return (
        f"{millions.normalize():,f} million" if calls >= 1_000_000 and calls % 10_000 == 0 else f"{calls:,}"
    )


DATA_MAY_LEAVE = Question(
    "data_may_leave",
    ("data_may_leave",),
    short="Data may leave",
    asks="May this data be sent to an external API?",
    amid="whether the data may go to an outside provider",
    why="If it may not, every hosted model is out and the choice is between open models of your own.",
    also="Your own cloud tenant, or a contract such as a BAA, counts as yes. Data that may be answered but not trained "
    "on rules out tuning at a provider.",
    example="yes, we have a BAA",
    find_out="Ask whoever is in charge of data protection whether this data may go to a provider.",
    choices=(
        Choice("Yes", {"data_may_leave": True}, "yes"),
        Choice("Yes, but not to train on", {"data_may_leave": ANSWERS_ONLY}, ANSWERS_ONLY),
        Choice("No", {"data_may_leave": False}, "no"),
    ),
)

PROMPT_EXAMPLES = Question(
    "prompt_examples",
    ("prompt_examples",),
    short="Thorough prompt",
    asks="Have you tried a thorough prompt, and with how many examples?",
    amid="how thorough the prompt is",
    why="A prompt that had no fair try is the cheapest thing to fix.",
    also="Thorough means clear instructions, examples, a fixed format and a check of each answer.",
    example="yes, a dozen examples",
    find_out="Find out what the present prompt holds: its instructions, its examples, its checks.",
    divided=_fair_tries,
    numbers=(Number("prompt_examples", "Examples in the prompt", "For instance 12"),),
)

QUALITY = Question(
    "quality",
    ("eval_correct", "eval_total", "quality_now", "quality_target"),
    short="Quality",
    asks="How good is it now, and how good must it be?",
    amid="how good the prompt is",
    why="The gap decides whether tuning can close it, or whether the task itself is the problem.",
    also="A wrong format or tone counts as a miss.",
    example="43 of 50, we need 95%",
    numbers=(
        Number("eval_correct", "Right answers in your evaluation", "For instance 43"),
        Number("eval_total", "Cases in your evaluation", "For instance 50"),
        Number("quality_now", "Or: share that is right today", "In percent, for instance 86"),
        Number("quality_target", "Share that must be right", "In percent, for instance 95"),
    ),
)

MISSES = Question(
    "misses",
    ("misses",),
    short="Misses",
    asks="What do the misses look like?",
    amid="what the misses look like",
    why="Missing facts call for retrieval, disagreement for a clearer task; training cures neither.",
    also="If retrieval is already in place, the first answer means that it still lacks them.",
    example="it does not know our labels",
    find_out="Read the misses one by one, and sort them: missing facts, wrong behaviour, own labels, disagreement.",
    choices=_choices(
        "misses",
        ("facts", "It lacks facts it was not given", "facts"),
        ("behaviour", "It has them but gets it wrong", "behaviour"),
        ("labels", "It does not know our labels or format", "labels"),
        ("disagreement", "People disagree about what is right", "disagreement"),
    ),
)

REASONS = Question(
    "reasons",
    ("reasons",),
    short="Reasons to tune",
    asks="What would fine-tuning be for?",
    amid="what training would be for",
    why="Without a reason that tuning can serve, prompting stays the answer.",
    example="cost and latency",
    find_out="Agree on what fine-tuning would be for: quality, cost, speed, format or voice.",
    several=True,
    choices=(
        Choice("Better quality", {"reasons": ["quality"]}, "quality"),
        Choice("Lower cost", {"reasons": ["cost"]}, "cost"),
        Choice("Faster answers", {"reasons": ["latency"]}, "latency"),
        Choice("A format of our own", {"reasons": ["format"]}, "format"),
        Choice("Our voice or style", {"reasons": ["voice"]}, "voice"),
    ),
)

CALLS_PER_MONTH = Question(
    "calls_per_month",
    ("calls_per_month",),
    short="Calls a month",
    asks="How many calls a month?",
    amid="how many calls a month there are",
    why="Tuning has fixed costs; they are worth it only where calls are many.",
    example="80k a month, or 3 per second",
    find_out="Count the calls of a usual month.",
    divided=_volumes,
    numbers=(Number("calls_per_month", "Calls a month", "For instance 80000"),),
)

CHEAPER_MODEL_ENOUGH = Question(
    "cheaper_model_enough",
    ("cheaper_model_enough",),
    short="Cheaper model",
    asks="Does a cheaper model with the same prompt reach the target?",
    amid="whether a cheaper model is enough",
    why="If it does, it saves more than tuning would, and takes an afternoon.",
    example="no, it drops to 70%",
    choices=_yes_no("cheaper_model_enough"),
)

CAN_WAIT = Question(
    "can_wait",
    ("can_wait",),
    short="Can wait 2 to 4 weeks",
    asks="Can you live with two to four weeks for each iteration?",
    amid="whether you can wait weeks for a change",
    why="A tuned model changes in weeks, a prompt in minutes.",
    also="Say no if what is right changes about monthly, unless each request can carry the change.",
    example="yes, the categories are stable",
    find_out="Find out how often what is right changes, and whether you can wait weeks for each change.",
    choices=_yes_no("can_wait"),
)

LABELLED_EXAMPLES = Question(
    "labelled_examples",
    ("labelled_examples",),
    short="Reviewed examples",
    asks="How many reviewed input/output examples do you have?",
    amid="how many reviewed examples there are",
    why="With too few there is nothing to tune on, and nothing to measure with.",
    also="Records, or a stronger model's outputs, count once somebody has spot-checked them.",
    example="about 400",
    find_out="Count the examples that somebody has reviewed.",
    divided=_labels,
    numbers=(Number("labelled_examples", "Reviewed examples", "For instance 400"),),
)

PER_REQUEST_INSTRUCTIONS = Question(
    "per_request_instructions",
    ("per_request_instructions",),
    short="Instructions per request",
    asks="Do the instructions change from request to request?",
    amid="whether the instructions change with each request",
    why="What changes each time must stay in the prompt; only the stable part can go into the weights.",
    example="no, always the same",
    find_out="Look at whether the instructions change from request to request.",
    choices=_yes_no("per_request_instructions", "Yes, they change", "No, always the same"),
)

LATENCY = Question(
    "latency",
    ("latency_now_ms", "latency_ms"),
    short="Latency",
    asks="How long does a call take, and how long may it take?",
    amid="how fast a call must be",
    why="If it is fast enough already, latency is no reason to tune.",
    example="1.8 s now, under 800 ms",
    numbers=(
        Number("latency_now_ms", "A call takes", "In milliseconds, for instance 1800"),
        Number("latency_ms", "A call may take", "In milliseconds, for instance 800"),
    ),
)
"""Asked by the conversation where latency is a reason and the answer can strike it; no question of the tree."""

QUESTIONS: tuple[Question, ...] = (
    DATA_MAY_LEAVE,
    PROMPT_EXAMPLES,
    QUALITY,
    MISSES,
    REASONS,
    CALLS_PER_MONTH,
    CHEAPER_MODEL_ENOUGH,
    CAN_WAIT,
    LABELLED_EXAMPLES,
    PER_REQUEST_INSTRUCTIONS,
)
"""All questions, in the order of the tree."""

BY_NAME: Mapping[str, Question] = {question.name: question for question in QUESTIONS}

EVERY_QUESTION = tuple(
    each for question in QUESTIONS for each in ((question, LATENCY) if question is REASONS else (question,))
)
"""The same with the one about latency, which stands behind the reasons."""


def question_of(key: str) -> Question | None:
    """The question that a case key belongs to; ``None`` for a key that no question fills."""
    return next((question for question in EVERY_QUESTION if key in question.keys), None)
