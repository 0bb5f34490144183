"""What is like a case is found, and nothing where nothing is, by the labelled half that nothing was tuned on."""

from __future__ import annotations

import pytest

from tests.support.likened import (
    KINDS,
    any_word,
    by_likeness,
    decisions,
    halves,
    score,
    without,
    without_bar,
)

LEAST_DECISIONS, LEAST_QUERIES, LEAST_ALONE = 400, 50, 12
TEXT_ALONE = ("numbers", "categories")


@pytest.mark.parametrize("kind", KINDS)
def test_there_are_enough_labels_and_all_of_them_are_of_decisions(kind: str) -> None:
    queries = [query for half in halves(kind) for query in half]
    assert len(decisions()) >= LEAST_DECISIONS
    assert len(queries) >= LEAST_QUERIES
    assert sum(1 for query in queries if not query.wanted) >= LEAST_ALONE
    assert all(query.wanted <= decisions().keys() for query in queries)


@pytest.mark.parametrize(("kind", "least"), list(zip(KINDS, (0.85, 0.25), strict=True)))
def test_no_less_is_found_than_by_full_text_search(kind: str, least: float) -> None:
    """Where both show whatever shares a word, and where both are silent unless it is enough."""
    _, reported = halves(kind)
    assert score(by_likeness(without_bar()), reported).recall >= score(any_word(), reported).recall
    found, text = (score(by_likeness(rules), reported) for rules in (None, without(*TEXT_ALONE)))
    assert found.recall >= max(least, text.recall)
    assert found.precision >= 0.8


def test_nothing_is_shown_where_nothing_is_like_it() -> None:
    alone = [query for kind in KINDS for half in halves(kind) for query in half if not query.wanted]
    ranking = by_likeness()
    assert sum(not ranking(query) for query in alone) >= 0.9 * len(alone)


def test_every_part_helps() -> None:
    queries = [query for half in halves() for query in half]
    whole = score(by_likeness(), queries).recall
    for parts in (TEXT_ALONE, ("numbers",), ("categories",)):
        assert score(by_likeness(without(*parts)), queries).recall < whole, parts
