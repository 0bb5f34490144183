"""The branches of a node that what may be true takes, and the facts with which each goes on."""

from __future__ import annotations

from collections.abc import Iterator

from core.known import Facts, with_answer
from core.tree import Branch, Is, Node, NoReasonLeft, OnlyCost


def choice_branches(
    node: Node, values: frozenset[bool | str], facts: Facts
) -> Iterator[tuple[Branch, Facts]]:
    """Those that some value takes. Where the data may go, which the ledger looks at, is narrowed to what took it."""
    for branch in node.branches:
        assert isinstance(branch.when, Is)
        taken = values & set(branch.when.values)
        if taken:
            narrows = node.asks == "data_may_leave" and taken != values
            yield branch, with_answer(facts, "data_may_leave", taken) if narrows else facts


def reason_branches(
    branches: tuple[Branch, ...], facts: Facts, struck: frozenset[str]
) -> Iterator[tuple[Branch, Facts]]:
    """Those that some of the reasons take, without the ones that were struck."""
    for branch in branches:
        if any(_fits(branch, reasons - struck) for reasons in facts.reasons):
            yield branch, facts


def _fits(branch: Branch, left: frozenset[str]) -> bool:
    match branch.when:
        case NoReasonLeft():
            return not left
        case OnlyCost():
            return left == {"cost"}
        case _:
            return bool(left) and left != {"cost"}
