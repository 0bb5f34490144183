"""The decision tree, as one literal value. Start reading here.

A node asks one question; its branches are tried from the top, and the first that fits the answer is taken. ``to`` names
the next node or the verdict. ``struck`` are reasons for tuning that a branch takes away. Thresholds are named, never
written here: their values, dates and sources are in policy.toml. How the tree is walked with answers that are unknown
or only known as a range is in :mod:`core.walk`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """The short answer. Nine of them; ``MEASURE_FIRST`` is no leaf: it is given when what is unknown would decide."""

    PROMPT_FIRST = "prompt_first"
    MEASURE_FIRST = "measure_first"
    REDEFINE_TASK = "redefine_task"
    COLLECT_EXAMPLES = "collect_examples"
    KEEP_PROMPTING = "keep_prompting"
    ADD_RETRIEVAL = "add_retrieval"
    FINE_TUNE = "fine_tune"
    HYBRID = "hybrid"
    SELF_HOST = "self_host"


LEANING_ORDER = (
    Verdict.KEEP_PROMPTING,
    Verdict.PROMPT_FIRST,
    Verdict.COLLECT_EXAMPLES,
    Verdict.REDEFINE_TASK,
    Verdict.ADD_RETRIEVAL,
    Verdict.HYBRID,
    Verdict.FINE_TUNE,
    Verdict.SELF_HOST,
)
"""Which verdict is leaned to while several are possible: prompting is the default."""
TUNING = (Verdict.FINE_TUNE, Verdict.HYBRID)
"""The verdicts that tune at a provider: each has the same case against it, and the cost of the best tuned option."""
TOO_WIDE = "The gap is too wide for tuning alone: quality is no reason for it."


@dataclass(frozen=True, slots=True)
class Is:
    """The answer is one of these."""

    values: tuple[bool | str, ...]


@dataclass(frozen=True, slots=True)
class Below:
    """A number under the threshold."""

    threshold: str


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A number that reaches the threshold."""

    threshold: str


@dataclass(frozen=True, slots=True)
class Above:
    """A number over the threshold: reaching it is not enough."""

    threshold: str


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Whatever the branches before it left."""


@dataclass(frozen=True, slots=True)
class NoReasonLeft:
    """No reason for tuning is left."""


@dataclass(frozen=True, slots=True)
class OnlyCost:
    """Cost is the only reason left."""


@dataclass(frozen=True, slots=True)
class NothingPaysBack:
    """No tuned option pays back; or the volume is low, and the model and its tokens were not all stated."""


@dataclass(frozen=True, slots=True)
class CheaperModelNeedNotBeAsked:
    """A tuned option pays back, and the cheaper model would not cost less in its first year."""


When = (
    Is
    | Below
    | AtLeast
    | Above
    | Otherwise
    | NoReasonLeft
    | OnlyCost
    | NothingPaysBack
    | CheaperModelNeedNotBeAsked
)


@dataclass(frozen=True, slots=True)
class Branch:
    """Where an answer leads. ``says`` is what it means, in a sentence for people."""

    when: When
    to: str
    says: str
    struck: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """One question of the tree. ``source`` is the title and link of what stands behind its branches."""

    asks: str
    branches: tuple[Branch, ...]
    source: str


AT_THE_TARGET = "at_the_target"
"""A threshold that is 1 by definition: quality now equals the target."""

MODEL_OPTIMIZATION = (
    "OpenAI, Model optimization (https://developers.openai.com/api/docs/guides/model-optimization)"
)
FACTS_NEED_RETRIEVAL = "Ovadia et al., Fine-tuning or retrieval? (https://arxiv.org/abs/2312.05934)"
TUNING_QUALITY = "Checkr, small tuned models for hard records (https://www.zenml.io/llmops-database/streamlining-background-check-classification-with-fine-tuned-small-language-models)"
OWN_LABELS = "Airtrain, 47% to 94% on a proprietary taxonomy (https://www.zenml.io/llmops-database/cost-reduction-through-fine-tuning-healthcare-chatbot-and-e-commerce-product-classification)"
SUPERVISED = (
    "OpenAI, Supervised fine-tuning (https://developers.openai.com/api/docs/guides/supervised-fine-tuning)"
)
FEW_SHOT = "Brown et al., Language Models are Few-Shot Learners (https://arxiv.org/abs/2005.14165)"
RESIDENCY = "Microsoft, Fine-tuning cost management (https://learn.microsoft.com/azure/foundry/openai/how-to/fine-tuning-cost-management)"
LEDGER = "The ledger of this consultation"

TREE: Mapping[str, Node] = {
    "1": Node(
        "data_may_leave",
        (
            Branch(Is((False,)), "self_host", "The data may not leave, so no hosted model can be used."),
            Branch(Is((True,)), "2", "The data may leave, so hosted models are open to you."),
            Branch(
                Is(("answers_only",)),
                "2",
                "The data may be answered by a provider's model but train none: only your own servers can tune.",
            ),
        ),
        RESIDENCY,
    ),
    "2": Node(
        "prompt_examples",
        (
            Branch(Below("enough_examples"), "prompt_first", "The prompt has not had a fair try yet."),
            Branch(Otherwise(), "3", "The prompt has had a fair try."),
        ),
        FEW_SHOT,
    ),
    "3": Node(
        "quality",
        (
            Branch(
                AtLeast(AT_THE_TARGET),
                "4",
                "The prompt reaches the target: quality, format and voice are no reasons to tune.",
                struck=("quality", "format", "voice"),
            ),
            Branch(AtLeast("closable_gap"), "3a", "The gap is one that tuning could close."),
            Branch(Above("redefine_at"), "3b", "The gap is wide: what kind of miss it is decides."),
            Branch(Otherwise(), "3c", "So far from the target, the task itself is in question."),
        ),
        MODEL_OPTIMIZATION,
    ),
    "3a": Node(
        "misses",
        (
            Branch(
                Is(("facts",)), "add_retrieval", "Missing facts belong in the context, not in the weights."
            ),
            Branch(
                Is(("disagreement",)), "redefine_task", "A model cannot learn what people disagree about."
            ),
            Branch(Is(("behaviour", "labels")), "4", "It is how the model answers, which tuning can change."),
        ),
        FACTS_NEED_RETRIEVAL,
    ),
    "3b": Node(
        "misses",
        (
            Branch(
                Is(("facts",)), "add_retrieval", "Missing facts belong in the context, not in the weights."
            ),
            Branch(
                Is(("disagreement",)), "redefine_task", "A model cannot learn what people disagree about."
            ),
            Branch(Is(("labels",)), "4", "Labels of your own can be taught, even across a wide gap."),
            Branch(
                Is(("behaviour",)),
                "4",
                TOO_WIDE,
                struck=("quality",),
            ),
        ),
        OWN_LABELS,
    ),
    "3c": Node(
        "misses",
        (
            Branch(
                Is(("facts",)), "add_retrieval", "Missing facts belong in the context, not in the weights."
            ),
            Branch(Is(("labels",)), "4", "Labels of your own can be taught, even from very low."),
            Branch(
                Is(("behaviour", "disagreement")),
                "redefine_task",
                "So far from the target, agree on the task before anything is built.",
            ),
        ),
        OWN_LABELS,
    ),
    "4": Node(
        "reasons",
        (
            Branch(NoReasonLeft(), "keep_prompting", "Nothing is left that tuning could serve."),
            Branch(OnlyCost(), "5", "Cost is the only reason left, so the figures decide."),
            Branch(Otherwise(), "6", "There is a reason that does not depend on volume."),
        ),
        TUNING_QUALITY,
    ),
    "5": Node(
        "calls_per_month",
        (
            Branch(NothingPaysBack(), "keep_prompting", "Tuning would not pay back in time."),
            Branch(CheaperModelNeedNotBeAsked(), "6", "Tuning pays back, and beats the cheaper model."),
            Branch(Otherwise(), "5a", "Tuning pays back, but a cheaper model would cost less still."),
        ),
        LEDGER,
    ),
    "5a": Node(
        "cheaper_model_enough",
        (
            Branch(Is((True,)), "keep_prompting", "The cheaper model is good enough: prompt that one."),
            Branch(Is((False,)), "6", "The cheaper model falls short."),
        ),
        MODEL_OPTIMIZATION,
    ),
    "6": Node(
        "can_wait",
        (
            Branch(Is((False,)), "keep_prompting", "A tuned model could not follow your changes."),
            Branch(Is((True,)), "7", "You can live with cycles of weeks."),
        ),
        MODEL_OPTIMIZATION,
    ),
    "7": Node(
        "labelled_examples",
        (
            Branch(Below("enough_labels"), "collect_examples", "There are too few examples to tune on."),
            Branch(Otherwise(), "8", "There are enough examples for a first run."),
        ),
        SUPERVISED,
    ),
    "8": Node(
        "per_request_instructions",
        (
            Branch(
                Is((True,)),
                "hybrid",
                "The stable part can go into the weights, the rest stays in the prompt.",
            ),
            Branch(Is((False,)), "fine_tune", "The whole task is stable enough to go into the weights."),
        ),
        SUPERVISED,
    ),
}


def _named_in(asks: str) -> tuple[str, ...]:
    nodes = (node for node in TREE.values() if node.asks == asks)
    whens = [branch.when for node in nodes for branch in node.branches]
    return tuple(when.threshold for when in whens if isinstance(when, Below | AtLeast | Above))


THRESHOLDS_OF: Mapping[str, tuple[str, ...]] = {node.asks: _named_in(node.asks) for node in TREE.values()} | {
    "calls_per_month": ("low_volume",)
}
"""The thresholds that an answer is held against, by question."""
