"""What README.md promises is there."""

from __future__ import annotations

import os
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TRY = "python3 -m pip install uv && python3 -m uv run tune-or-prompt"
TEST = "python3 -m pip install uv && python3 -m uv run pytest"


def test_the_two_commands_stand_on_a_line_of_their_own() -> None:
    assert {TRY, TEST} <= set(README.splitlines())


def test_continuous_integration_runs_exactly_the_test_command() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert f"({TEST})" in script.read_text(encoding="utf-8")


def test_every_file_that_is_linked_is_there() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in link]
    assert [link for link in links if not (ROOT / link).exists()] == []
