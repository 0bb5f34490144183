"""What is added in one place and forgotten in another fails here: docs/tasks names these tests."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import yaml

from bot.conversation.grammar import Unclear, understand_command
from bot.views import pictures
from bot.views.usage import WAYS
from core.costs.lines import OPTIONS
from core.wording import OPTION_NAMES

ROOT = Path(__file__).parents[1]
FORMATS = ROOT / "core" / "evidence"


# Options


def test_every_option_has_a_name_and_a_line_in_the_picture() -> None:
    assert set(OPTION_NAMES) == set(OPTIONS)
    assert set(pictures.STYLES) == set(OPTIONS)


# Commands


def subcommands() -> set[str]:
    """The words that the grammar knows as the first of a command."""
    tree = ast.parse((ROOT / "bot/conversation/grammar.py").read_text(encoding="utf-8"))
    words = {
        value.value.value
        for case in ast.walk(tree)
        if isinstance(case, ast.match_case)
        for value in ast.walk(case.pattern)
        if isinstance(value, ast.MatchValue) and isinstance(value.value, ast.Constant)
    }
    return {word for word in words if not isinstance(understand_command(word), Unclear)}


def test_every_subcommand_is_offered_where_the_command_is_typed_and_in_the_help() -> None:
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    (command,) = manifest["features"]["slash_commands"]
    hinted = {part.split()[0] for part in command["usage_hint"].split("]", 1)[1].split("|") if part.strip()}
    told = {typed.split()[1] for typed, _ in WAYS if " " in typed}
    assert subcommands() == hinted
    assert subcommands() <= told


# Formats of evaluation results


def test_every_format_of_results_is_tried_by_the_reader() -> None:
    reader = (FORMATS / "reader.py").read_text(encoding="utf-8")
    asked = {
        path.stem: re.findall(r"^def (is_\w+|read_\w+)\(", path.read_text(encoding="utf-8"), re.MULTILINE)
        for path in sorted(FORMATS.glob("*.py"))
    }
    formats = {
        stem: names
        for stem, names in asked.items()
        if {name.partition("_")[0] for name in names} == {"is", "read"}
    }
    assert len(formats) > 5
    forgotten = [
        (stem, name)
        for stem, names in formats.items()
        for name in names
        if not re.search(rf"\b{stem}\.{name}\b", reader)
    ]
    assert forgotten == []
