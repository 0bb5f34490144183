from __future__ import annotations

import itertools
import re

import pytest

from core.facts import ANSWERS
from core.policy import Policy
from core.questions import BY_NAME
from core.tree import (
    AT_THE_TARGET,
    LEANING_ORDER,
    TREE,
    Above,
    AtLeast,
    Below,
    Branch,
    CheaperModelNeedNotBeAsked,
    Is,
    NoReasonLeft,
    NothingPaysBack,
    OnlyCost,
    Otherwise,
    Verdict,
)

BRANCHES = [(name, branch) for name, node in TREE.items() for branch in node.branches]


@pytest.mark.parametrize(
    ("node", "branch"), BRANCHES, ids=lambda value: value if isinstance(value, str) else value.to
)
def test_every_branch_goes_on_or_ends_in_a_verdict(node: str, branch: Branch) -> None:
    if branch.to in TREE:
        assert list(TREE).index(branch.to) > list(TREE).index(node), "the tree only goes forward"
    else:
        assert Verdict(branch.to) is not Verdict.MEASURE_FIRST


def test_every_node_is_reached_from_the_first() -> None:
    reached, waiting = set(), ["1"]
    while waiting:
        name = waiting.pop()
        reached.add(name)
        waiting += [branch.to for branch in TREE[name].branches if branch.to in TREE]
    assert reached == set(TREE)


def test_every_verdict_but_measure_first_is_a_leaf() -> None:
    leaves = {branch.to for _, branch in BRANCHES if branch.to not in TREE}
    assert leaves == set(Verdict) - {Verdict.MEASURE_FIRST} == set(LEANING_ORDER)
    assert LEANING_ORDER[0] is Verdict.KEEP_PROMPTING


def paths(name: str) -> list[list[str]]:
    """Every way from a node to a leaf, by the names of the nodes."""
    ways = []
    for branch in TREE[name].branches:
        ways += [[name, *rest] for rest in paths(branch.to)] if branch.to in TREE else [[name]]
    return ways


def test_no_path_asks_the_same_twice() -> None:
    for path in paths("1"):
        asked = [TREE[name].asks for name in path]
        assert len(asked) == len(set(asked))


@pytest.mark.parametrize("name", TREE)
def test_every_answer_takes_exactly_one_branch_or_the_first_that_fits(name: str) -> None:
    branches = [branch.when for branch in TREE[name].branches]
    if all(isinstance(when, Is) for when in branches):
        values = list(itertools.chain.from_iterable(when.values for when in branches))  # type: ignore[union-attr]
        assert sorted(map(str, values)) == sorted(map(str, ANSWERS[TREE[name].asks].choices))
    else:
        assert [isinstance(when, Otherwise) for when in branches] == [False] * (len(branches) - 1) + [True]


@pytest.mark.parametrize("name", TREE)
def test_every_node_asks_a_question_and_names_its_source(name: str) -> None:
    node = TREE[name]
    assert node.asks in BY_NAME
    assert len(node.source) > 20
    assert re.search(r"\(https://\S+\)$", node.source) or node.source == "The ledger of this consultation"


@pytest.mark.parametrize(
    ("node", "branch"), BRANCHES, ids=lambda value: value if isinstance(value, str) else value.to
)
def test_every_branch_says_what_it_means_in_one_sentence(node: str, branch: Branch) -> None:
    assert branch.says.endswith(".")
    assert "!" not in branch.says
    assert 20 < len(branch.says) < 100
    assert branch.says[0].isupper()
    assert not re.search(r"\d", branch.says), "numbers live in the policy"
    assert set(branch.struck) <= set(ANSWERS["reasons"].choices)
    if isinstance(branch.when, Below | AtLeast | Above):
        assert branch.when.threshold == AT_THE_TARGET or branch.when.threshold in Policy.model_fields


ROWS = {
    "1": [(Is((False,)), "self_host"), (Is((True,)), "2"), (Is(("answers_only",)), "2")],
    "2": [(Below("enough_examples"), "prompt_first"), (Otherwise(), "3")],
    "3": [
        (AtLeast(AT_THE_TARGET), "4"),
        (AtLeast("closable_gap"), "3a"),
        (Above("redefine_at"), "3b"),
        (Otherwise(), "3c"),
    ],
    "3a": [
        (Is(("facts",)), "add_retrieval"),
        (Is(("disagreement",)), "redefine_task"),
        (Is(("behaviour", "labels")), "4"),
    ],
    "3b": [
        (Is(("facts",)), "add_retrieval"),
        (Is(("disagreement",)), "redefine_task"),
        (Is(("labels",)), "4"),
        (Is(("behaviour",)), "4"),
    ],
    "3c": [
        (Is(("facts",)), "add_retrieval"),
        (Is(("labels",)), "4"),
        (Is(("behaviour", "disagreement")), "redefine_task"),
    ],
    "4": [(NoReasonLeft(), "keep_prompting"), (OnlyCost(), "5"), (Otherwise(), "6")],
    "5": [(NothingPaysBack(), "keep_prompting"), (CheaperModelNeedNotBeAsked(), "6"), (Otherwise(), "5a")],
    "5a": [(Is((True,)), "keep_prompting"), (Is((False,)), "6")],
    "6": [(Is((False,)), "keep_prompting"), (Is((True,)), "7")],
    "7": [(Below("enough_labels"), "collect_examples"), (Otherwise(), "8")],
    "8": [(Is((True,)), "hybrid"), (Is((False,)), "fine_tune")],
}


def test_the_tree_is_the_agreed_one() -> None:
    assert {name: [(b.when, b.to) for b in node.branches] for name, node in TREE.items()} == ROWS
    struck = {(name, str(b.when)): b.struck for name, b in BRANCHES if b.struck}
    assert struck == {
        ("3", str(AtLeast(AT_THE_TARGET))): ("quality", "format", "voice"),
        ("3b", str(Is(("behaviour",)))): ("quality",),
    }
