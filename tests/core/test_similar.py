"""Two cases are alike in words, path, numbers and kind; what one of them lacks is no difference."""

from __future__ import annotations

from typing import Any

import pytest

from core import policy
from core.case import read_case
from core.similar import Traits, likenesses, most, traits

SUPPORT = {
    "task": "classify support tickets",
    "calls_per_month": 80_000,
    "misses": "labels",
    "quality_now": 0.86,
}


def of(case: dict[str, Any], verdict: str = "fine_tune") -> Traits:
    return traits(read_case(case), verdict)


def test_the_same_case_is_wholly_alike_but_for_what_nobody_knows() -> None:
    [found] = likenesses(of(SUPPORT), [of(SUPPORT)])
    rules = policy.similar()
    known = {"numbers": 2, "categories": 1}
    speaks = 1 + sum(rules.weights[kind] * (1 - rules.even[kind]) * count for kind, count in known.items())
    assert found is not None
    assert found.similarity == pytest.approx(speaks / most(rules), abs=1e-4)


def test_of_what_only_the_task_is_known_the_task_alone_decides() -> None:
    task = {"task": SUPPORT["task"]}
    for one, other in ((task, task), (task, SUPPORT), (SUPPORT, task)):
        [found] = likenesses(of(one), [of(other)])
        assert found is not None
        assert found.similarity == pytest.approx(1 / most(policy.similar()), abs=1e-4)


def test_what_is_alike_is_said() -> None:
    other = {
        "task": "sort support tickets by team",
        "calls_per_month": 150_000,
        "misses": "labels",
        "quality_now": 0.85,
    }
    [found] = likenesses(of(SUPPORT), [of(other)])
    assert found is not None
    assert found.because == (
        "the task in the same words: support, tickets",
        "the same verdict: Fine-tune",
        "volume within 2x",
        "about the same quality now",
        "in both the misses are about your own labels or format",
    )


def test_what_is_not_alike_is_not_said_to_be() -> None:
    [found] = likenesses(of(SUPPORT), [of(SUPPORT | {"misses": "behaviour"}, "hybrid")])
    assert found is not None
    assert found.because == (
        "the task in the same words: classify, support, tickets",
        "volume within 1.1x",
        "about the same quality now",
    )


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("route the claims for the insurer", "translate the menus for the hotel"),
        ("Anfragen für die Buchhaltung", "Rezepte für die Küche"),
    ],
)
def test_words_that_every_sentence_has_make_nothing_alike(mine: str, theirs: str) -> None:
    facts = {"calls_per_month": 80_000, "misses": "labels", "quality_now": 0.86}
    assert likenesses(of({"task": mine, **facts}), [of({"task": theirs, **facts})]) == [None]


def test_what_is_alike_is_told_without_the_words_that_every_sentence_has() -> None:
    one, other = (
        of(
            {
                "task": f"{verb} the tickets for the team of support",
                "calls_per_month": 80_000,
                "misses": "labels",
            }
        )
        for verb in ("route", "sort")
    )
    [found] = likenesses(one, [other])
    assert found is not None
    assert found.because[0] == "the task in the same words: support, team, tickets"


def test_another_task_with_other_numbers_is_not_shown() -> None:
    others = [
        {
            "task": "summarise legal contracts",
            "calls_per_month": 2_000,
            "misses": "facts",
            "quality_now": 0.4,
        },
        {"task": "translate menus", "data_may_leave": False},
    ]
    assert likenesses(of(SUPPORT), [of(other, "keep_prompting") for other in others]) == [None, None]


def test_one_word_alone_is_not_enough() -> None:
    """In a log of few decisions each word is rare."""
    menus = {"task": "translate menus"}
    assert likenesses(of(menus), [of({"task": "translate contracts"})]) == [None]
    volume = {"calls_per_month": 80_000}
    [found] = likenesses(of(menus | volume), [of({"task": "translate contracts"} | volume)])
    assert found is not None
    [found] = likenesses(of({"task": "translation"}), [of({"task": "translation of menus"})])
    assert found is not None


def test_numbers_alone_are_not_enough() -> None:
    """Two that share nothing but a volume are not alike because they share all that both have."""
    assert likenesses(of({"calls_per_month": 80_000}, ""), [of({"calls_per_month": 80_000}, "")]) == [None]


def test_a_threefold_volume_is_less_alike_than_the_same_and_more_than_a_tenfold() -> None:
    near, far, same = (of(SUPPORT | {"calls_per_month": calls}) for calls in (240_000, 800_000, 80_000))
    found = [one.similarity for one in likenesses(of(SUPPORT), [near, far, same]) if one is not None]
    assert found[2] > found[0] > found[1]


def test_traits_are_kept_as_they_are() -> None:
    mine = of(SUPPORT)
    assert Traits.from_json(mine.to_json()) == mine
