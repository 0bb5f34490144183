"""What is added in one place and forgotten in another fails here: docs/tasks names these tests."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import yaml

from bot.conversation.grammar import NotYet, Unclear, understand_command
from bot.conversation.second_reading import SUBJECTS
from bot.views import pictures, plan
from bot.views.usage import WAYS
from core import inputs
from core.case import BOOLEANS
from core.costs.options import OPTIONS
from core.flips import IN_ORDER
from core.questions import BY_NAME, LATENCY, QUESTIONS
from core.reading.echo import say_value
from core.tree import LEANING_ORDER, Verdict
from core.wording import OPTION_NAMES

ROOT = Path(__file__).parents[1]
FORMATS = ROOT / "core" / "evidence"


# Questions


def test_every_answer_is_searched_for_a_change_of_the_verdict() -> None:
    every = {key for question in (*QUESTIONS, LATENCY) for key in question.keys}
    assert set(IN_ORDER) == every - {"eval_total"}  # what changes of an evaluation is how many were right


@pytest.mark.parametrize("value", [True, False])
@pytest.mark.parametrize("key", sorted({*BOOLEANS}))
def test_each_yes_and_no_has_words_of_its_own(key: str, value: bool) -> None:
    assert (key, value) in inputs.CHOICES
    assert not say_value(key, value).startswith(f"{key}:")


def test_every_question_may_be_pointed_at_by_a_language_model() -> None:
    assert {*BY_NAME, LATENCY.name} <= set(SUBJECTS)


def test_every_question_says_how_to_find_out() -> None:
    worked_out = {"quality", "cheaper_model_enough"}  # with the figures of the case
    assert {*plan.FIND_OUT} | worked_out == {*BY_NAME}


# Verdicts


def test_every_verdict_has_next_steps() -> None:
    assert set(plan.STEPS) == set(Verdict)


def test_every_leaf_has_its_place_among_those_leaned_to() -> None:
    assert sorted(LEANING_ORDER) == sorted(set(Verdict) - {Verdict.MEASURE_FIRST})


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
    return {word for word in words if not isinstance(understand_command(word), NotYet | Unclear)}


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
    forgotten = [
        (path.stem, name)
        for path in sorted(FORMATS.glob("*.py"))
        for name in re.findall(r"^def (is_\w+|read_\w+)\(", path.read_text(encoding="utf-8"), re.MULTILINE)
        if path.stem != "reader" and not re.search(rf"\b{name}\(", reader)
    ]
    assert forgotten == []
