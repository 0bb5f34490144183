"""What is like a case is found, and nothing where nothing is, by the labelled half that nothing was tuned on."""

from __future__ import annotations

from tests.support.likened import all_words, any_word, by_likeness, decisions, halves, score, without

LEAST_DECISIONS, LEAST_QUERIES, LEAST_ALONE = 400, 60, 12


def test_there_are_enough_labels_and_all_of_them_are_of_decisions() -> None:
    queries = [query for half in halves() for query in half]
    assert len(decisions()) >= LEAST_DECISIONS
    assert len(queries) >= LEAST_QUERIES
    assert sum(1 for query in queries if not query.wanted) >= LEAST_ALONE
    assert all(query.wanted <= decisions().keys() for query in queries)


def test_more_is_found_than_by_full_text_search_and_less_that_is_not_wanted() -> None:
    _, reported = halves()
    found = score(by_likeness(), reported)
    assert found.recall >= 0.75
    assert found.precision >= 0.9
    for plain in (score(any_word(), reported), score(all_words(), reported)):
        assert found.recall > plain.recall


def test_nothing_is_shown_where_nothing_is_like_it() -> None:
    for queries in halves():
        assert score(by_likeness(), queries).silent >= 0.85  # all but one of seven


def test_every_part_helps() -> None:
    queries = [query for half in halves() for query in half]
    whole = score(by_likeness(), queries).recall
    for parts in (("path", "numbers", "categories"), ("numbers",), ("path",), ("categories",)):
        assert score(by_likeness(without(*parts)), queries).recall < whole, parts
    assert score(by_likeness(without("text")), queries).precision < score(by_likeness(), queries).precision
