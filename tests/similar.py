"""How well similar decisions are found: ``uv run python -m tests.similar``. What is labelled: tests/vectors/similar."""

from __future__ import annotations

from itertools import product

from tests.benchmarks.table import show
from tests.support.likened import (
    KINDS,
    Ranking,
    all_words,
    any_word,
    by_likeness,
    halves,
    score,
    tasks,
    without,
    without_bar,
)

RANKINGS: dict[str, Ranking] = {
    "as the app does": by_likeness(),
    "text alone": by_likeness(without("numbers", "categories")),
    "without numbers": by_likeness(without("numbers")),
    "without categories": by_likeness(without("categories")),
    "as the app ranks, whatever shares a word": by_likeness(without_bar()),
    "full-text search, any word (BM25)": any_word(),
    "full-text search, all words, newest first": all_words(),
}


def main() -> None:
    for kind, (half, told) in product(KINDS, enumerate(("tuned on", "reported on"))):
        asked = halves(kind)[half]
        rows = []
        for name, ranking in RANKINGS.items():
            found = score(ranking, asked)
            rows.append([name, f"{found.recall:.3f}", f"{found.precision:.3f}", f"{found.silent:.2f}"])
        alone = sum(1 for query in asked if not query.wanted)
        show(
            f"The half of the {kind.replace('_', ' ')} that the weights are {told}: {len(asked)}, {alone} without"
            f" any match, over {len(tasks())} decisions",
            ["", "recall@3", "precision", "nothing shown without a match"],
            rows,
        )


if __name__ == "__main__":
    main()
