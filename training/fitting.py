"""What both classifiers are fitted with: logistic regression on features that are there or not.

scikit-learn and scipy are loaded when something is fitted: tests read the texts without them.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression


def matrix_of(features: Sequence[Sequence[int]], size: int) -> csr_matrix:
    """A row for each text, of length 1: the same for each of its features, out of ``size``."""
    from scipy.sparse import csr_matrix, diags

    ends = np.cumsum([0, *map(len, features)])
    matrix = csr_matrix((np.ones(ends[-1]), np.concatenate(features), ends), shape=(len(features), size))
    return (diags(1 / np.sqrt(np.maximum(1, np.diff(ends)))) @ matrix).tocsr()


def fitted(
    matrix: csr_matrix | np.ndarray, truth: np.ndarray, strength: float, *, even: bool = False
) -> LogisticRegression:
    """The same model every time. ``even``: what is rare counts as much in all as what is common."""
    from sklearn.linear_model import LogisticRegression

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        weighed = "balanced" if even else None
        return LogisticRegression(solver="liblinear", C=strength, random_state=0, class_weight=weighed).fit(
            matrix, truth
        )


def calibration(scores: np.ndarray, truth: np.ndarray, strength: float) -> tuple[float, float]:
    """Slope and offset of what turns a score into a probability, fitted on held-out scores of all options together."""
    from scipy.sparse import csr_matrix

    model = fitted(csr_matrix(scores.reshape(-1, 1)), truth.reshape(-1), strength)
    return float(model.coef_[0, 0]), float(model.intercept_[0])
