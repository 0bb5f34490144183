"""The trained weights, and what they say of a reply.

``weights.npy`` holds one row of small integers for each option of each question; ``weights.json`` says whose, and
what the integers are worth and what their sum means as a probability. ``python -m training`` makes both anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, sqrt
from pathlib import Path
from typing import TYPE_CHECKING

from core.reading.suggest.features import features_of

if TYPE_CHECKING:
    import numpy as np

HERE = Path(__file__).parent
UNSURE, NOTHING, NONE = "unsure", "nothing", "none"
"""Options beside a question's own: that somebody does not know, says nothing about it, or means no reason at all."""


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of one question.

    options: in the order of ``rows``. several: whether any number of them may hold at once. agree: the probability from
    which on an option that the rules name as well is taken without asking; mixed: the same where the rules name others
    too; weak: where their words only speak for it; alone: where they name nothing, in a whole sentence.
    """

    options: tuple[str, ...]
    rows: slice
    scales: tuple[float, ...]
    biases: tuple[float, ...]
    slope: float
    offset: float
    several: bool
    agree: float
    mixed: float
    weak: float
    alone: float


@lru_cache(maxsize=1)
def heads() -> Mapping[str, Head]:
    """The head of each question that has one."""
    found: dict[str, Head] = {}
    first = 0
    for question, kept in json.loads((HERE / "weights.json").read_text(encoding="utf-8"))["heads"].items():
        options = tuple(kept["options"])
        rows = slice(first, first + len(options))
        found[question] = Head(
            options, rows, tuple(kept["scales"]), tuple(kept["biases"]), kept["slope"], kept["offset"],
            kept["several"], kept["agree"], kept["mixed"], kept["weak"], kept["alone"],
        )  # fmt: skip
        first = rows.stop
    return found


@lru_cache(maxsize=1)
def _rows() -> np.ndarray:
    import numpy as np  # noqa: PLC0415  a tenth of a second that only a doubtful reply is worth

    weights: np.ndarray = np.load(HERE / "weights.npy")
    return weights


def probabilities(question: str, words: Sequence[str]) -> dict[str, float]:
    """How likely each option of a question is, from 0 to 1; where only one of them can hold, they add up to 1.

    words: as :func:`core.reading.suggest.features.words_of` cuts them. Raises :class:`KeyError` for a question that has
    no head.
    """
    return _probabilities(heads()[question], features_of(words))


def likely_not_known(words: Sequence[str]) -> float:
    """How likely it is, from 0 to 1, that somebody does not know it: over all heads, for a question without one."""
    features = features_of(words)
    return sum(_probabilities(head, features)[UNSURE] for head in heads().values()) / len(heads())


def _probabilities(head: Head, features: list[int]) -> dict[str, float]:
    sums = _rows()[head.rows][:, features].sum(axis=1, dtype="int64").tolist()
    size = sqrt(max(1, len(features)))
    raw = (
        total * scale / size + bias for total, scale, bias in zip(sums, head.scales, head.biases, strict=True)
    )
    likely = [1 / (1 + exp(-(head.slope * score + head.offset))) for score in raw]
    whole = 1.0 if head.several else sum(likely)
    return {option: value / whole for option, value in zip(head.options, likely, strict=True)}
