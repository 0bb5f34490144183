"""How alike two decisions are, and why: by the words of their tasks, and by what else is known of both.

What is known of one alone speaks neither for nor against it, so that a case of which little is known finds what
full-text search would, and one of which more is known finds better.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from core import policy
from core.answers import Answers
from core.facts import ANSWERS
from core.tree import Verdict
from core.wording import HEADLINES
from core.words import Texts, content, stems, words

CATEGORIES = ("misses", "data_may_leave", "can_wait")
"""The answers that say what kind of task it is."""

SAME_WORDS = "the task in the same words: "
"""How it is told which words two tasks have in common: they follow."""
CLOSE_NUMBER, MOST_WORDS = 0.5, 3
FEW_WORDS = 2
"""Where nothing else speaks for two decisions, so many words have to be in both: one is in many tasks."""
NAMES = {
    "volume": "volume",
    "tokens": "tokens a call",
    "labels": "reviewed examples",
    "quality": "quality now",
}


@dataclass(frozen=True, slots=True)
class Traits:
    """What a decision is compared by. ``numbers``: on the scale on which they are compared, log10 or logit.

    ``task``: the stems of the words that say what it is about. ``spelled``: a word for each stem as it was written; not
    kept.
    """

    task: tuple[str, ...] = ()
    verdict: str = ""
    numbers: Mapping[str, float] | None = None
    categories: Mapping[str, Any] | None = None
    spelled: Mapping[str, str] = field(default_factory=dict, compare=False)

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "task": list(self.task),
            "verdict": self.verdict,
            "reasons": [],  # a release that compares them may read this while an update rolls
            "numbers": dict(self.numbers or {}),
            "categories": dict(self.categories or {}),
        }

    @staticmethod
    def from_json(told: Mapping[str, Any]) -> Traits:
        """The inverse."""
        return Traits(tuple(told["task"]), told["verdict"], told["numbers"], told["categories"])


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike, 0 to 1, and what of it is, in a few words each."""

    similarity: float
    because: tuple[str, ...]


class _Part(NamedTuple):
    """One thing that both have: how much it speaks for them, or against, and how that is told."""

    speaks: float
    says: str


def traits(answers: Answers, verdict: str) -> Traits:
    """What is known of a case, and its verdict."""
    task = content(words(answers.task))
    stemmed = tuple(stems(task))
    return Traits(
        task=stemmed,
        verdict=verdict,
        numbers=dict(_numbers(answers)),
        categories={key: answers.given[key] for key in CATEGORIES if isinstance(answers.of(key), bool | str)},
        spelled=dict(zip(stemmed, task, strict=True)),
    )


def likenesses(
    one: Traits, others: Sequence[Traits], rules: policy.Similar | None = None
) -> list[Likeness | None]:
    """How alike each of the others is to this one; ``None``: not enough to be shown. ``rules``: else policy.toml's."""
    texts = Texts([other.task for other in others])
    alike = texts.likeness(one.task)
    mine = rules or policy.similar()
    return [_likeness(one, other, text, texts, mine) for other, text in zip(others, alike, strict=True)]


def _likeness(
    one: Traits, other: Traits, text: float, texts: Texts, rules: policy.Similar
) -> Likeness | None:
    if text < rules.least_text:
        return None
    parts = [*_close(one, other, rules), *_kinds(one, other, rules)]
    shared, speaks = set(one.task) & set(other.task), sum(part.speaks for part in parts)
    if speaks <= 0 and len(shared) < min(FEW_WORDS, len(set(one.task))):
        return None
    found = (text + speaks) / most(rules)
    if found < rules.shown_from:
        return None
    says = (_words(one, shared, texts), _verdict(one, other), *(part.says for part in parts))
    return Likeness(round(found, 4), tuple(filter(None, says)))


def most(rules: policy.Similar) -> float:
    """What speaks for two in the same words of which all is known and alike: more than that cannot."""
    numbers, categories = _speaks(rules, "numbers", 1), _speaks(rules, "categories", 1)
    return 1 + len(rules.widths) * numbers + len(CATEGORIES) * categories


def _speaks(rules: policy.Similar, kind: Literal["numbers", "categories"], alike: float) -> float:
    return rules.weights[kind] * (alike - rules.even[kind])


def _words(one: Traits, shared: Collection[str], texts: Texts) -> str:
    rarest = sorted(shared, key=lambda word: (-texts.weight(word), word))
    said = ", ".join(one.spelled.get(word, word) for word in rarest[:MOST_WORDS])
    return f"{SAME_WORDS}{said}" if shared else ""


def _verdict(one: Traits, other: Traits) -> str:
    is_same = one.verdict == other.verdict and one.verdict in set(Verdict)
    return f"the same verdict: {HEADLINES[Verdict(one.verdict)]}" if is_same else ""


def _close(one: Traits, other: Traits, rules: policy.Similar) -> Iterator[_Part]:
    mine, theirs = one.numbers or {}, other.numbers or {}
    for name, width in rules.widths.items():
        if name in mine and name in theirs:
            apart = mine[name] - theirs[name]
            alike = math.exp(-0.5 * (apart / width) ** 2)
            says = _within(name, apart) if alike >= CLOSE_NUMBER else ""
            yield _Part(_speaks(rules, "numbers", alike), says)


def _within(name: str, apart: float) -> str:
    if name == "quality":
        return "about the same quality now"
    times = 10 ** abs(apart)
    return f"{NAMES[name]} within {next(n for n in (1.1, 1.5, 2, 3, 4) if times <= n or n == 4):g}x"


def _kinds(one: Traits, other: Traits, rules: policy.Similar) -> Iterator[_Part]:
    mine, theirs = one.categories or {}, other.categories or {}
    for key in CATEGORIES:
        if key in mine and key in theirs:
            is_same = mine[key] == theirs[key]
            says = f"in both {ANSWERS[key].choices[mine[key]]}" if is_same else ""
            yield _Part(_speaks(rules, "categories", is_same), says)


def _numbers(answers: Answers) -> Iterator[tuple[str, float]]:
    volume, labels = answers.number("calls_per_month"), answers.number("labelled_examples")
    tokens = answers.assumptions.get("prompt_tokens")
    for name, number in (("volume", volume), ("tokens", tokens), ("labels", labels)):
        if number is not None and not isinstance(number, str):
            yield name, math.log10(max(1.0, float(number)))
    quality = _quality(answers)
    if quality is not None:
        inside = min(0.995, max(0.005, quality))
        yield "quality", math.log(inside / (1 - inside))


def _quality(answers: Answers) -> float | None:
    correct, total = answers.number("eval_correct"), answers.number("eval_total")
    if correct is not None and total:
        return float(correct / total)
    now = answers.number("quality_now")
    return None if now is None else float(now)
