"""How well similar decisions are found: ``uv run python -m tests.similar``. What is labelled: tests/vectors/similar."""

from __future__ import annotations

from tests.benchmarks.table import show
from tests.support.likened import Ranking, all_words, any_word, by_likeness, halves, score, tasks, without

RANKINGS: dict[str, Ranking] = {
    "as the app does": by_likeness(),
    "text alone": by_likeness(without("path", "numbers", "categories")),
    "without numbers": by_likeness(without("numbers")),
    "without path": by_likeness(without("path")),
    "without categories": by_likeness(without("categories")),
    "without text": by_likeness(without("text")),
    "full-text search, any word (BM25)": any_word(),
    "full-text search, all words, newest first": all_words(),
}


def main() -> None:
    for half, queries in zip(("tuned on", "reported on"), halves(), strict=True):
        rows = []
        for name, ranking in RANKINGS.items():
            found = score(ranking, queries)
            rows.append([name, f"{found.recall:.3f}", f"{found.precision:.3f}", f"{found.silent:.2f}"])
        alone = sum(1 for query in queries if not query.wanted)
        show(
            f"The half of the queries that the weights are {half}: {len(queries)}, {alone} without any match,"
            f" over {len(tasks())} decisions",
            ["", "recall@3", "precision", "nothing shown without a match"],
            rows,
        )


if __name__ == "__main__":
    main()
