"""The decision tree as a Mermaid diagram, drawn from the tree itself. README.md holds a copy; a test keeps it equal."""

from __future__ import annotations

from collections.abc import Mapping

from core.questions import BY_NAME
from core.tree import (
    AT_THE_TARGET,
    TREE,
    Above,
    AtLeast,
    Below,
    Branch,
    CheaperModelNeedNotBeAsked,
    Is,
    Node,
    NoReasonLeft,
    NothingPaysBack,
    OnlyCost,
    Verdict,
    When,
)
from core.wording import HEADLINES

_ELSE = "otherwise"


def mermaid(tree: Mapping[str, Node] = TREE) -> str:
    """A flowchart: a box for each question, a rounded one for each verdict, an arrow for each branch."""
    lines = ["flowchart TD"]
    for name, node in tree.items():
        lines.append(f'    {_box(name)}["{name}: {_text(BY_NAME[node.asks].asks)}"]')
    for verdict in _verdicts(tree):
        lines.append(f'    {verdict}(["{_text(HEADLINES[verdict])}"])')
    for name, node in tree.items():
        for branch in node.branches:
            lines.append(f'    {_box(name)} -->|"{_text(_when(branch, node))}"| {_box(branch.to)}')
    return "\n".join(lines) + "\n"


def _verdicts(tree: Mapping[str, Node]) -> list[Verdict]:
    reached = {branch.to for node in tree.values() for branch in node.branches}
    return [verdict for verdict in Verdict if verdict in reached]


def _box(name: str) -> str:
    return name if name in set(Verdict) else f"q{name}"


def _when(branch: Branch, node: Node) -> str:
    struck = f"; no longer a reason: {', '.join(branch.struck)}" if branch.struck else ""
    return _condition(branch.when, node) + struck


def _condition(when: When, node: Node) -> str:
    match when:
        case Is(values):
            return " or ".join(_label(value, node) for value in values)
        case Below(threshold):
            return f"below {_limit(threshold)}"
        case AtLeast(threshold):
            return f"at least {_limit(threshold)}"
        case Above(threshold):
            return f"above {_limit(threshold)}"
        case NoReasonLeft():
            return "no reason is left"
        case OnlyCost():
            return "only cost is left"
        case NothingPaysBack():
            return "no tuned option pays back"
        case CheaperModelNeedNotBeAsked():
            return "one pays back, and beats the cheaper model"
    return _ELSE


def _limit(threshold: str) -> str:
    """A threshold by its name in policy.toml, since its value depends on the day and on the workspace."""
    return "the target" if threshold == AT_THE_TARGET else threshold


def _label(value: bool | str, node: Node) -> str:
    """The words on the button of an answer."""
    found = [choice.label for choice in BY_NAME[node.asks].choices if value in choice.values.values()]
    return found[0] if found else str(value)


def _text(text: str) -> str:
    return text.replace('"', "#quot;")
