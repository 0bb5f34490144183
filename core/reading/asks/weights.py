"""The trained weights that tell apart what is asked about an advice, and talk that asks nothing of it.

``weights.npy`` holds one row of small integers for each kind; ``weights.json`` says whose, and what their sum means as
a probability; ``known.txt`` holds the beginnings of the words of such questions. ``python -m training.asked`` makes
all of them anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import exp, sqrt
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from core.reading.asks.concepts import CONCEPT_OF
from core.reading.suggest.features import words_of

if TYPE_CHECKING:
    import numpy as np

HERE = Path(__file__).parent
SIZE = 2368
"""How many features there are: with more of them the weights of all kinds would be larger than 90 KB."""
BEGINNING, MOST_NEW = 5, 4
"""Letters of a word that are looked at, and so many new words are many."""
_OPENING = frozenset(
    "why how what which when where who is are can could do does did will would suppose if should".split()  # noqa: SIM905
)
NONE = "none"
"""The kind of a text that asks nothing of an advice: talk between people, or a plain answer."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """What is known of the kinds, in the order of their rows.

    asked, talk: slope and offset that turn the score of a kind, and of :data:`NONE`, into a probability.
    """

    names: tuple[str, ...]
    scales: tuple[float, ...]
    biases: tuple[float, ...]
    asked: tuple[float, float]
    talk: tuple[float, float]


@lru_cache(maxsize=1)
def kinds() -> Kinds:
    """All kinds, as they were trained."""
    kept = json.loads((HERE / "weights.json").read_text(encoding="utf-8"))
    return Kinds(
        tuple(kept["names"]), tuple(kept["scales"]), tuple(kept["biases"]), tuple(kept["asked"]),
        tuple(kept["talk"]),
    )  # fmt: skip


@lru_cache(maxsize=1)
def _rows() -> np.ndarray:
    import numpy as np  # noqa: PLC0415  a tenth of a second that only a question is worth

    rows: np.ndarray = np.load(HERE / "weights.npy")
    return rows


def seen_in(text: str, known: Collection[str]) -> list[int]:
    """The features of a question, each once, in rising order: its words, two in a row, and the concepts in it.

    known: the beginnings of the words of questions about an advice. How many others there are tells talk apart.
    """
    words = words_of(re.sub(r"['’`]", "", text.lower()))
    begun = [word[:BEGINNING] for word in words]
    concepts = sorted({concept for word in words for concept in CONCEPT_OF.get(word, ())})
    opens = next((f"opens {word}" for word in words if word in _OPENING), "opens")
    found = {*begun, opens, *(f"{opens} {concept}" for concept in concepts)}
    found |= {f"{one} {other}" for one, other in zip(("^", *begun), (*begun, "$"), strict=True)}
    found |= {f"{times}{concept}" for times in "=!?" for concept in concepts}
    found |= {f"{one}&{other}" for at, one in enumerate(concepts) for other in concepts[at + 1 :]}
    new = [word for word in beginnings(text) if word not in known]
    found |= {
        f"new {min(len(new), MOST_NEW)}",
        *(f"new in {part}" for part in (2, 3, 5) if len(new) * part >= len(begun)),
    }
    return sorted({crc32(name.encode()) % SIZE for name in found})


def beginnings(text: str) -> set[str]:
    """The beginnings of the words of a text, without its numbers."""
    return {word[:BEGINNING] for word in words_of(re.sub(r"['’`]", "", text.lower())) if word.isalpha()}


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """The beginnings of all words that stand in the questions that were learned from."""
    return frozenset((HERE / "known.txt").read_text(encoding="utf-8").split())


def likelihoods(text: str, task: str = "") -> Mapping[str, float]:
    """How likely a text is of each kind, from 0 to 1, together 1. task: what it is about, whose words are known."""
    known = kinds()
    features = seen_in(text, known_words() | beginnings(task) if task else known_words())
    sums = _rows()[:, features].sum(axis=1, dtype="int64").tolist()
    size = sqrt(max(1, len(features)))
    scores = {
        name: total * scale / size + bias
        for name, total, scale, bias in zip(known.names, sums, known.scales, known.biases, strict=True)
    }
    talk = _chance(scores.pop(NONE), known.talk)
    likely = {name: _chance(score, known.asked) for name, score in scores.items()}
    whole = sum(likely.values())
    return {name: (1 - talk) * one / whole for name, one in likely.items()} | {NONE: talk}


def _chance(score: float, line: tuple[float, float]) -> float:
    return 1 / (1 + exp(-(line[0] * score + line[1])))
