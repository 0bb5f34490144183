"""What the command line shows of what came from outside can do nothing to the terminal that shows it."""

from __future__ import annotations

import contextlib
import io
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.__main__ import main
from bot.command_line.json_lines import answer_lines
from bot.command_line.terminal import visible

EVIL = "a\x1b]0;owned\x07\x1b[2Jb\x9b31mc\u202ed\u2066e\r\x7f\x85\u2028f"
"""Sets the window's title, clears the screen, colours in C1, turns the text around, overwrites the line."""


def case(tmp_path: Path, content: dict[str, Any], name: str = "case.json") -> list[str]:
    file = tmp_path / name
    file.write_text(json.dumps(content), encoding="utf-8")
    return ["advise", str(file)]


CALLS: dict[str, Callable[[Path], list[str]]] = {
    "an unknown key of a case": lambda at: case(at, {EVIL: 1}),
    "a key of a case with a line in it": lambda at: case(at, {"a\nThe database is up to date.": 1}),
    "an unknown assumption": lambda at: case(at, {"assumptions": {EVIL: 1}}),
    "an unknown model": lambda at: case(at, {"assumptions": {"model": EVIL}}),
    "a value that cannot be": lambda at: case(at, {"misses": EVIL}),
    "a file that is not there": lambda at: ["advise", EVIL.replace("/", "")],
    "a file of results that is not there": lambda at: ["advise", "--evals", EVIL],
    "a picture with another ending": lambda at: ["estimate", "--chart", EVIL],
    "a picture in no directory": lambda at: [
        "estimate",
        "--calls-per-month",
        "80k",
        "--chart",
        f"{EVIL}/a.png",
    ],
    "a day": lambda at: ["advise", "--on", EVIL],
    "a port": lambda at: ["run", "--http", "--port", EVIL],
    "an assumption in a flag": lambda at: ["advise", "--assume", EVIL],
    "an assumption's value in a flag": lambda at: ["advise", "--assume", f"model={EVIL}"],
    "an unknown command": lambda at: [EVIL],
    "an unknown flag": lambda at: ["advise", f"--{EVIL}"],
    "words too many": lambda at: ["read", "80k", EVIL],
    "a choice of few": lambda at: ["advise", "--evals-repeats", EVIL],
    "the question of a reply": lambda at: ["read", "80k", "--question", EVIL],
    "a reply": lambda at: ["read", EVIL],
    "a reply about a model": lambda at: ["read", f"use the model {EVIL}", "--question", "model"],
}


def acting(text: str) -> list[str]:
    """The characters of a text, but for its lines' ends, that act on a terminal or reorder what it shows."""
    reordering = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029"
    return [c for c in text if c != "\n" and (unicodedata.category(c) == "Cc" or c in reordering)]


@pytest.mark.parametrize("called", CALLS.values(), ids=CALLS.keys())
def test_nothing_from_outside_acts_on_the_terminal(
    called: Callable[[Path], list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with contextlib.suppress(SystemExit):  # argparse ends the process by itself
        main(called(tmp_path))
    shown = capsys.readouterr()
    assert acting(shown.out + shown.err) == []
    assert "\nThe database" not in shown.err


def test_what_would_act_is_written_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(case(tmp_path, {"\x1b[2Jcolour\u202e": 1})) == 2
    assert r"\x1b[2Jcolour\u202e" in capsys.readouterr().err


def test_a_bug_on_a_line_shows_its_traceback_without_acting(capsys: pytest.CaptureFixture[str]) -> None:
    def trip(line: dict[str, Any]) -> dict[str, Any]:
        raise RuntimeError(line["text"])

    answer_lines([json.dumps({"text": EVIL}).encode()], io.StringIO(), trip, ValueError)
    shown = capsys.readouterr().err
    assert "RuntimeError" in shown
    assert acting(shown) == []


@given(st.text())
def test_no_text_acts_and_what_is_plain_stays_as_it_is(text: str) -> None:
    shown = visible(text)
    assert acting(shown) == []
    assert "\n" not in shown
    shown.encode()
    assert visible(shown) == shown
    if text.isprintable():
        assert shown == text


@pytest.mark.parametrize("text", ["größer", "日本語", "نص عربي", "👩‍💻", "don’t — “quote”"])
def test_the_words_of_any_language_are_shown_as_they_are(text: str) -> None:
    assert visible(text) == text
