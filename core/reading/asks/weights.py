"""The trained weights that tell apart what is asked about an advice, and talk that asks nothing of it.

``weights.npy`` holds one row of small integers for each kind; ``weights.json`` says whose, and what their sum means as
a probability. ``python -m training.asked`` makes both anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
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
"""How many features there are: with more of them the weights of all kinds would be larger than 80 KB."""
_OPENING = frozenset(
    "why how what which when where who is are can could do does did will would suppose if should".split()  # noqa: SIM905
)
NONE = "none"
"""The kind of a text that asks nothing of an advice: talk between people, or a plain answer."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """What is known of the kinds, in the order of their rows.

    asked, talk: slope and offset that turn the score of a kind, and of :data:`NONE`, into a probability. sure: that
    from which on a text that nobody said to the app is taken to be of a kind; told: the same of one said to it.
    """

    names: tuple[str, ...]
    scales: tuple[float, ...]
    biases: tuple[float, ...]
    asked: tuple[float, float]
    talk: tuple[float, float]
    sure: float
    told: float


@lru_cache(maxsize=1)
def kinds() -> Kinds:
    """All kinds, as they were trained."""
    kept = json.loads((HERE / "weights.json").read_text(encoding="utf-8"))
    return Kinds(
        tuple(kept["names"]), tuple(kept["scales"]), tuple(kept["biases"]), tuple(kept["asked"]),
        tuple(kept["talk"]), kept["sure"], kept["told"],
    )  # fmt: skip


@lru_cache(maxsize=1)
def _rows() -> np.ndarray:
    import numpy as np  # noqa: PLC0415  a tenth of a second that only a question is worth

    rows: np.ndarray = np.load(HERE / "weights.npy")
    return rows


def seen_in(text: str) -> list[int]:
    """The features of a question, each once, in rising order: its words, two in a row, and the concepts in it."""
    words = words_of(re.sub(r"['’`]", "", text.lower()))
    begun = [word[:5] for word in words]
    concepts = sorted({concept for word in words for concept in CONCEPT_OF.get(word, ())})
    opens = next((f"opens {word}" for word in words if word in _OPENING), "opens")
    found = {*begun, opens, *(f"{opens} {concept}" for concept in concepts)}
    found |= {f"{one} {other}" for one, other in zip(("^", *begun), (*begun, "$"), strict=True)}
    found |= {f"{times}{concept}" for times in "=!?" for concept in concepts}
    found |= {f"{one}&{other}" for at, one in enumerate(concepts) for other in concepts[at + 1 :]}
    return sorted({crc32(name.encode()) % SIZE for name in found})


def likelihoods(text: str) -> Mapping[str, float]:
    """How likely a text is of each kind, from 0 to 1, together 1."""
    known, features = kinds(), seen_in(text)
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
