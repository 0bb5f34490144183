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


PAGES = (ROOT / "README.md", ROOT / "tests" / "README.md", *sorted(ROOT.glob("docs/**/*.md")))


def test_every_file_that_is_linked_is_there() -> None:
    broken = [
        (page.name, link)
        for page in PAGES
        for link in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
        if "://" not in link and not (page.parent / link).exists()
    ]
    assert broken == []


def test_every_path_that_the_pages_name_is_there() -> None:
    named = re.compile(r"\b(?:bot|core|tests|docs)/[\w/]*(?:\.\w+)?")
    broken = [
        (page.name, path)
        for page in PAGES
        if page.parent != ROOT / "tests"  # there they are links, relative to it
        for path in named.findall(page.read_text(encoding="utf-8"))
        if not (ROOT / path).exists()
    ]
    assert broken == []


def test_the_words_stand_in_the_order_of_the_alphabet() -> None:
    lines = (ROOT / "docs" / "words.md").read_text(encoding="utf-8").splitlines()
    words = [line.split("|")[1].strip() for line in lines if line.startswith("| ")][1:]
    assert len(words) > 50
    assert words == sorted(words)


def drawn() -> list[str]:
    """Every path of the drawn tree, and every file named beside one of them."""
    (tree,) = re.findall(r"^core/ .*?(?=^```)", README, flags=re.MULTILINE | re.DOTALL)
    paths, top = [], ""
    for line in tree.splitlines():
        name, about = line.split(maxsplit=1)
        top = top if line.startswith(" ") else name
        here = name if name == top else top + name
        paths.append(here)
        folder = here if here.endswith("/") else here.rpartition("/")[0] + "/"
        paths += [folder + other for other in re.findall(r"\b\w+\.(?:py|toml|md)\b|\b\w+/(?= )", about)]
    return paths


def test_everything_in_the_drawn_tree_is_there() -> None:
    assert [path for path in drawn() if not (ROOT / path).exists()] == []


def test_every_room_is_in_the_drawn_tree() -> None:
    rooms = {
        f"{top}/{path.name}/"
        for top in ("bot", "core")
        for path in (ROOT / top).iterdir()
        if path.is_dir() and path.name != "__pycache__"
    }
    assert rooms - set(drawn()) == set()
