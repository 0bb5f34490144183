from __future__ import annotations

import re
from pathlib import Path

from core.diagram import mermaid
from core.tree import TREE, Verdict

README = Path(__file__).parents[2] / "README.md"


def test_the_readme_shows_the_tree_as_it_is() -> None:
    drawn = re.search(r"```mermaid\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert drawn is not None
    assert drawn[1] == mermaid(), (
        "copy it anew: python3 -m uv run python -c 'from core.diagram import *; print(mermaid())'"
    )


def test_every_branch_is_an_arrow_between_boxes_that_are_drawn() -> None:
    lines = mermaid().splitlines()
    boxes = {found[1] for line in lines if (found := re.match(r" +(\w+)[\[(]", line))}
    arrows = [re.match(r" +(\w+) -->\|\"[^\"]+\"\| (\w+)$", line) for line in lines if "-->" in line]
    assert len(arrows) == sum(len(node.branches) for node in TREE.values())
    assert all(arrow and {arrow[1], arrow[2]} <= boxes for arrow in arrows)


def test_every_verdict_but_measure_first_is_a_leaf() -> None:
    leaves = {found[1] for found in re.finditer(r"^ +(\w+)\(\[", mermaid(), re.MULTILINE)}
    assert leaves == set(Verdict) - {Verdict.MEASURE_FIRST}
