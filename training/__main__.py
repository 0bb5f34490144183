"""Make the classifier's weights anew, the same bits every time: ``uv run python -m training``.

Nothing here runs in the app. The probabilities are calibrated, and the limits from which on a doubt is taken away are
set, on replies that the model in question was not trained on.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.reading.reply import Reply
from core.reading.suggest.alone import may_stand_alone, said_alone
from core.reading.suggest.cues import closing, named, says_not_known
from core.reading.suggest.features import SIZE, features_of
from core.reading.suggest.weights import HERE, NOTHING, UNSURE
from core.reading.wavering import wavers
from training.fitting import calibration, fitted, matrix_of
from training.replies import ODD, REMARKS, REPLIES, STRANGERS, Labelled, labelled, questions

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

STRENGTH = 5.0
"""The inverse of the regularisation; of 1, 5 and 20 the one whose sure answers were right most often."""
FOLDS = 5
PRECISION = 0.99
"""How often rules and classifier together must be right where a doubt is taken away."""
ENOUGH = 60
"""How many replies by strangers, variants counted, are enough to set a limit by."""
LOWEST = 0.5
"""No limit is lower, however well the training set is read: other people write otherwise."""
LOWEST_ALONE = 0.75
"""The same where no rule agrees."""


@dataclass(frozen=True, slots=True)
class Trained:
    """One question's options with their weights, and how its probabilities are read."""

    options: tuple[str, ...]
    weights: np.ndarray
    kept: dict[str, object]


def train(question: str) -> Trained:
    """The weights of one question."""
    rows = labelled(question)
    several = any(" " in row.means for row in rows)
    options = tuple(sorted({part for row in rows for part in row.means.split()}))
    matrix = matrix_of([features_of(row.words) for row in rows], SIZE)
    truth = np.array([[option in row.means.split() for option in options] for row in rows])
    models = [fitted(matrix, truth[:, at], STRENGTH) for at in range(len(options))]
    scores, measured = _held_out(matrix, truth, rows)
    slope, offset = calibration(scores[measured], truth[measured], STRENGTH)
    likely = 1 / (1 + np.exp(-(slope * scores + offset)))
    if not several:
        likely /= likely.sum(axis=1, keepdims=True)
    agree, mixed, weak = _limits(question, rows, options, likely, several=several)
    alone = _alone(question, rows, options, likely, several=several)
    weights, scales = _as_small_integers(np.vstack([model.coef_[0] for model in models]))
    kept = {
        "options": options, "several": several, "slope": round(slope, 4), "offset": round(offset, 4),
        "agree": agree, "mixed": mixed, "weak": weak, "alone": alone, "scales": scales,
        "biases": [round(float(model.intercept_[0]), 4) for model in models],
    }  # fmt: skip
    return Trained(options, weights, kept)


def _held_out(matrix: csr_matrix, truth: np.ndarray, rows: list[Labelled]) -> tuple[np.ndarray, np.ndarray]:
    """The score of each reply by models that saw neither it nor a variant of it, nor anything by who wrote it.

    With it which replies have one: those that were not put together.
    """
    fold_of_line = np.random.RandomState(0).randint(0, FOLDS, max(max(row.lines) for row in rows) + 1)
    writers = sorted({row.writer for row in rows} - {""})
    folds = [
        {FOLDS + writers.index(row.writer)} if row.writer else {int(fold_of_line[line]) for line in row.lines}
        for row in rows
    ]
    measured = np.array([not row.made_up for row in rows])
    scores = np.zeros(truth.shape)
    for number in range(FOLDS + len(writers)):
        touched = np.array([number in fold for fold in folds])
        unseen = touched & measured
        for at in range(truth.shape[1]):
            scores[unseen, at] = fitted(matrix[~touched], truth[~touched, at], STRENGTH).decision_function(
                matrix[unseen]
            )
    return scores, measured


def _limits(
    question: str, rows: list[Labelled], options: tuple[str, ...], likely: np.ndarray, *, several: bool
) -> tuple[float, float, float]:
    """The lowest probabilities from which on rules and classifier are right often enough where they agree.

    Strangers are asked first: their replies are what it is for. Where they say too little the house's own lines are.
    """
    judged: dict[str, list[tuple[float, bool, bool]]] = {"alone": [], "beside": [], "spoken": []}
    for row, chances in zip(rows, likely, strict=True):
        line = " ".join(row.words)
        if row.made_up or says_not_known(line) or wavers(_reply(question, line), None):
            continue
        found = named(question, line)
        cues = found.options or tuple(filter(None, [closing(line)]))
        if several:
            means = {option for option, chance in zip(options, chances, strict=True) if chance > 0.5}
            sure = float(np.maximum(chances, 1 - chances).min())
            if means and means == set(cues):
                judged["alone"].append((sure, set(row.means.split()) == means, bool(row.writer)))
            continue
        best = options[int(chances.argmax())]
        if best in cues:
            kind = "beside" if len(cues) > 1 else "spoken" if found.weak and found.options else "alone"
            judged[kind].append((float(chances.max()), row.means == best, bool(row.writer)))
    return _limit_of(judged["alone"]), _limit_of(judged["beside"]), _limit_of(judged["spoken"])


def _limit_of(judged: list[tuple[float, bool, bool]]) -> float:
    strangers = [(chance, right) for chance, right, by_a_stranger in judged if by_a_stranger]
    enough = len(strangers) >= ENOUGH
    return _limit(strangers if enough else [(chance, right) for chance, right, _ in judged], PRECISION)


def _alone(
    question: str, rows: list[Labelled], options: tuple[str, ...], likely: np.ndarray, *, several: bool
) -> float:
    """The lowest probability from which on the classifier by itself is right often enough about whole sentences."""
    judged: list[tuple[float, bool]] = []
    for row, chances in zip(rows, likely, strict=True):
        said, sure = said_alone(dict(zip(options, chances.tolist(), strict=True)), several=several)
        reply = _reply(question, " ".join(row.words))
        if row.writer and said and may_stand_alone(question, reply, row.words, said):
            judged.append((sure, set(row.means.split()) == {*said}))
    return max(LOWEST_ALONE, _limit(judged, PRECISION))


def _reply(question: str, line: str) -> Reply:
    return Reply((), line, question, question, "answer", [], [])


def _limit(judged: list[tuple[float, bool]], precision: float) -> float:
    judged = sorted(judged, reverse=True)
    limit, right = 0.99, 0
    for number, (chance, is_right) in enumerate(judged, 1):
        right += is_right
        if right / number >= precision and number >= 20:
            limit = chance
    return round(max(limit, LOWEST), 3)


def _as_small_integers(weights: np.ndarray) -> tuple[np.ndarray, list[float]]:
    scales = [float(f"{scale:.6g}") for scale in np.abs(weights).max(axis=1) / 127]
    return np.rint(weights / np.array(scales)[:, None]).clip(-127, 127).astype(np.int8), scales


def fingerprint() -> str:
    """What the weights were trained on: it changes with every reply, and with what is seen of one."""
    seen = hashlib.sha256()
    read_by = [HERE / "features.py", HERE / "concepts.py"]
    for path in [REMARKS, *sorted(REPLIES.glob("*.txt")), *sorted(STRANGERS.glob("*.jsonl")), *read_by]:
        seen.update(path.read_bytes())
    return seen.hexdigest()


def made(folder: Path) -> None:
    """Train all heads and write ``weights.npy`` and ``weights.json`` into a folder."""
    trained = {question: train(question) for question in questions()}
    np.save(folder / "weights.npy", np.vstack([one.weights for one in trained.values()]))
    kept = {question: one.kept for question, one in trained.items()}
    text = json.dumps({"trained_on": fingerprint(), "heads": kept}, indent=1)
    (folder / "weights.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    assert {UNSURE, NOTHING} <= set(ODD)
    made(HERE)
