"""Make the weights that tell questions about an advice apart, the same bits every time: ``python -m training.asked``.

The probabilities are calibrated on texts that the model in question was not trained on.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.reading.asks.weights import HERE, NONE, SIZE, beginnings, seen_in
from training.fitting import calibration, fitted, matrix_of

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

TEXTS = Path(__file__).parent
ASKED = ("questions_1.txt", "questions_2.txt", "questions_3.txt", "questions_4.txt", "questions_5.txt",
         "questions_6.txt", "questions_7.txt", "questions_8.txt", "questions_9.txt")  # fmt: skip
TALK = ("talk.txt", "beside.txt", "beside_2.txt", "beside_3.txt", "beside_4.txt", "beside_5.txt",
        "beside_9.txt", "beside_11.txt")  # fmt: skip
STRENGTH, TALK_STRENGTH = 20.0, 20.0
"""The inverse of the regularisation: of 1, 5, 20 and 100 the least with which most kinds were told apart."""
EVEN = 5.0
"""The same of the calibration."""
FOLDS = 10


@dataclass(frozen=True, slots=True)
class Measured:
    """What models that had not seen a text said of it: whether it was right, and how sure it was, for each text.

    kinds: what each is; best: what it was taken for.
    """

    kinds: np.ndarray
    best: np.ndarray
    chance: np.ndarray

    def right_from(self, limit: float) -> tuple[int, int]:
        """Of how many texts it says a kind with at least this probability, and of how many of them the right one."""
        said = (self.best != NONE) & (self.chance >= limit)
        return int(said.sum()), int((said & (self.best == self.kinds)).sum())

    def talk_from(self, limit: float) -> int:
        """Of how many texts that ask nothing it says a kind."""
        return int(((self.kinds == NONE) & (self.best != NONE) & (self.chance >= limit)).sum())


def texts() -> list[tuple[str, str]]:
    """Every kind with a text of it."""
    found: list[tuple[str, str]] = []
    for name in ASKED:
        kind = ""
        for line in _lines(name):
            if line.startswith("# "):
                kind = line[2:]
            else:
                found.append((kind, line))
    return found + [(NONE, line) for name in TALK for line in _lines(name)]


def _lines(name: str) -> list[str]:
    return [line for line in (TEXTS / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def _known(rows: list[tuple[str, str]]) -> Counter[str]:
    """In how many questions each word stands, by its beginning."""
    return Counter(word for kind, text in rows if kind != NONE for word in beginnings(text))


def _matrix(rows: list[tuple[str, str]]) -> csr_matrix:
    """What is seen of each text. To itself a question is new: a word that stands in no other is not known there."""
    known = _known(rows)
    everywhere, often = set(known), {word for word, times in known.items() if times > 1}
    found = [seen_in(text, everywhere if kind == NONE else often) for kind, text in rows]
    return matrix_of(found, SIZE)


def _models(matrix: csr_matrix, kind_of: np.ndarray, names: list[str]) -> list[LogisticRegression]:
    """One model for each kind, trained on questions alone; that of talk is trained on everything."""
    asks = kind_of != NONE
    return [
        fitted(matrix, kind_of == name, TALK_STRENGTH, even=True)
        if name == NONE
        else fitted(matrix[asks], kind_of[asks] == name, STRENGTH, even=True)
        for name in names
    ]


def _held_out(matrix: csr_matrix, kind_of: np.ndarray, names: list[str]) -> np.ndarray:
    fold = np.random.RandomState(0).randint(0, FOLDS, len(kind_of))
    scores = np.zeros((len(kind_of), len(names)))
    for number in range(FOLDS):
        unseen = fold == number
        for at, model in enumerate(_models(matrix[~unseen], kind_of[~unseen], names)):
            scores[unseen, at] = model.decision_function(matrix[unseen])
    return scores


def _rounded(line: tuple[float, float]) -> tuple[float, float]:
    return round(line[0], 4), round(line[1], 4)


def trained() -> tuple[np.ndarray, dict[str, object], Measured]:
    """The weights, what has to be known to read them, and how they do on texts that they were not trained on."""
    rows = texts()
    kind_of = np.array([kind for kind, _ in rows])
    names = sorted(set(kind_of.tolist()))
    matrix = _matrix(rows)
    scores = _held_out(matrix, kind_of, names)
    asks, at = kind_of != NONE, names.index(NONE)
    others = [number for number in range(len(names)) if number != at]
    truth = np.array([[kind == names[number] for number in others] for kind in kind_of])
    asked = _rounded(calibration(scores[asks][:, others], truth[asks], EVEN))
    talk = _rounded(calibration(scores[:, at], kind_of == NONE, EVEN))
    likely = _chances(scores[:, others], asked)
    none = _chances(scores[:, at], talk)
    likely *= ((1 - none) / likely.sum(axis=1))[:, None]
    best = np.where(none > likely.max(axis=1), NONE, np.array(names)[others][likely.argmax(axis=1)])
    measured = Measured(kind_of, best, likely.max(axis=1))
    models = _models(matrix, kind_of, names)
    small, scales = _as_small_integers(np.vstack([model.coef_[0] for model in models]))
    kept: dict[str, object] = {
        "names": names, "scales": scales, "biases": [round(float(m.intercept_[0]), 4) for m in models],
        "asked": asked, "talk": talk,
    }  # fmt: skip
    return small, kept, measured


def _chances(scores: np.ndarray, line: tuple[float, float]) -> np.ndarray:
    chances: np.ndarray = 1 / (1 + np.exp(-(line[0] * scores + line[1])))
    return chances


def _as_small_integers(weights: np.ndarray) -> tuple[np.ndarray, list[float]]:
    scales = [float(f"{scale:.6g}") for scale in np.abs(weights).max(axis=1) / 127]
    return np.rint(weights / np.array(scales)[:, None]).clip(-127, 127).astype(np.int8), scales


def fingerprint() -> str:
    """What the weights were trained on: it changes with every text, and with what is seen of one."""
    seen = hashlib.sha256()
    read_by = [HERE / "weights.py", HERE / "concepts.py"]
    for path in [*(TEXTS / name for name in (*ASKED, *TALK)), *read_by]:
        seen.update(path.read_bytes())
    return seen.hexdigest()


def made(folder: Path) -> Measured:
    """Train, and write ``weights.npy``, ``weights.json`` and ``known.txt`` into a folder."""
    weights, kept, measured = trained()
    np.save(folder / "weights.npy", weights)
    text = json.dumps({"trained_on": fingerprint(), **kept}, indent=1)
    (folder / "weights.json").write_text(f"{text}\n", encoding="utf-8")
    (folder / "known.txt").write_text("\n".join(sorted(_known(texts()))) + "\n", encoding="utf-8")
    return measured


if __name__ == "__main__":
    made(HERE)
