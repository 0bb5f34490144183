"""Two files of results on the same cases, whatever their order, and what cannot be held beside each other."""

from __future__ import annotations

import json
import random

import pytest

from core.evidence.beside import beside
from core.evidence.found import Use
from core.paired import Paired

ANY = Use()
BOTH, BEFORE, AFTER, NEITHER = range(0, 40), range(40, 43), range(43, 55), range(55, 60)
EXPECTED = Paired(40, 3, 12, 5)


def table(right: set[int], cases: list[int], key: str = "id") -> bytes:
    return "\n".join(
        [f"{key},correct", *(f"case {n},{'yes' if n in right else 'no'}" for n in cases)]
    ).encode()


def lines(right: set[int], cases: list[int]) -> bytes:
    return "\n".join(json.dumps({"question": f"case {n}", "correct": n in right}) for n in cases).encode()


BEFORE_RIGHT, AFTER_RIGHT = {*BOTH, *BEFORE}, {*BOTH, *AFTER}


def test_cases_are_the_same_by_their_id_in_whatever_order() -> None:
    cases = list(range(60))
    shuffled = random.Random(1).sample(cases, 60)
    assert beside(table(BEFORE_RIGHT, cases), ANY, table(AFTER_RIGHT, shuffled), ANY) == EXPECTED


def test_cases_are_the_same_by_their_input_in_files_of_two_formats() -> None:
    cases = list(range(60))
    found = beside(table(BEFORE_RIGHT, cases, "question"), ANY, lines(AFTER_RIGHT, cases[::-1]), ANY)
    assert found == EXPECTED


def test_cases_of_one_file_alone_are_left_out() -> None:
    more = list(range(50, 99))
    found = beside(table(BEFORE_RIGHT, list(range(60))), ANY, table(AFTER_RIGHT, more), ANY)
    assert found is not None
    assert (found.cases, found.only_after, found.neither) == (10, 5, 5)


def test_cases_without_a_key_are_the_same_by_their_place_in_files_as_long() -> None:
    def bare(right: set[int], of: int = 60) -> bytes:
        return "\n".join(["correct", *("yes" if n in right else "no" for n in range(of))]).encode()

    assert beside(bare(BEFORE_RIGHT), ANY, bare(AFTER_RIGHT), ANY) == EXPECTED
    shorter = beside(bare(BEFORE_RIGHT), ANY, bare(AFTER_RIGHT, 59), ANY)
    assert shorter == Paired(0, 0, 0, 0)


def test_a_case_that_comes_again_is_compared_with_the_same_time_of_the_other() -> None:
    use = Use(repeats="all")
    first, second = table({1}, [1, 1, 2]), table({1, 2}, [1, 2, 1])
    assert beside(first, use, second, use) == Paired(2, 0, 1, 0)


@pytest.mark.parametrize(
    "other", [b"", b"name,city\nana,rome\n", json.dumps({"passed": 7, "failed": 3}).encode()]
)
def test_what_does_not_tell_its_cases_cannot_be_compared(other: bytes) -> None:
    assert beside(table({1}, [1, 2, 3]), ANY, other, ANY) is None
