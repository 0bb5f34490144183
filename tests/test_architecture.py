"""Who may import whom, and who may look at the outside world."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted((*ROOT.glob("core/**/*.py"), *ROOT.glob("bot/**/*.py")))
CORE_MAY_USE = {"core", "pydantic", "genai_prices", "numpy", "rapidfuzz"}

READS_THE_ENVIRONMENT = {"bot/settings.py"}
READS_THE_CLOCK = ("bot/app.py", "bot/cli.py", "bot/serving/", "bot/sandbox/")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def trees() -> list[tuple[str, ast.Module]]:
    return [(name_of(path), ast.parse(path.read_text(encoding="utf-8"))) for path in SOURCES]


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module or ""


def dotted(node: ast.expr) -> str:
    """``datetime.datetime.now`` of the expression that says so; what is no such chain is ""."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


def test_the_import_contracts_of_pyproject_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    found = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout


def test_core_uses_the_standard_library_and_four_more() -> None:
    allowed = CORE_MAY_USE | set(sys.stdlib_module_names)
    others = [
        (file, module)
        for file, tree in trees()
        if file.startswith("core/")
        for module in imported(tree)
        if module.split(".")[0] not in allowed
    ]
    assert others == []


def test_one_module_alone_uses_what_the_extra_installs() -> None:
    optional = {"pydantic_ai", "openai", "httpx2"}
    users = {file for file, tree in trees() for module in imported(tree) if module.split(".")[0] in optional}
    assert users == {"bot/endpoint.py"}


def test_core_never_looks_outside() -> None:
    outside = {"os", "socket", "subprocess", "threading", "urllib", "http", "time", "logging", "random"}
    found = [
        (file, module)
        for file, tree in trees()
        if file.startswith("core/")
        for module in imported(tree)
        if module.split(".")[0] in outside
    ]
    assert found == []


def test_only_the_settings_read_the_environment() -> None:
    ways = {
        "os.environ",
        "os.getenv",
        "os.environb",
        "EnvSettingsSource",
        "DotEnvSettingsSource",
        "load_dotenv",
    }
    readers = {
        file
        for file, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute | ast.Name) and dotted(node) in ways
    }
    assert readers == READS_THE_ENVIRONMENT


def test_only_the_edge_reads_the_clock() -> None:
    ways = (
        ".datetime.now",
        ".datetime.utcnow",
        ".datetime.today",
        ".date.today",
        ".time.time",
        ".time.time_ns",
    )
    readers = {
        file
        for file, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and f".{dotted(node)}".endswith(ways)
    }
    assert [file for file in readers if not file.startswith(READS_THE_CLOCK)] == []


def test_only_one_file_of_the_listeners_indexes_what_slack_sent() -> None:
    """Everything else is given values: a change of Slack's payloads is a change of one file."""
    indexed = [
        (file, ast.unparse(node))
        for file, tree in trees()
        if file.startswith("bot/listeners/") and file != "bot/listeners/incoming.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript)
        and dotted(node.value) in ("body", "event", "command", "action", "shortcut", "view", "payload")
    ]
    assert indexed == []


@pytest.mark.parametrize("word", ["utils", "helpers", "manager", "info", "misc", "common"])
def test_no_module_is_named_for_nothing(word: str) -> None:
    assert [name_of(path) for path in SOURCES if word in path.stem.split("_")] == []


def test_the_readme_of_the_tests_lists_what_is_left_to_the_long_run() -> None:
    listed = (ROOT / "tests" / "README.md").read_text(encoding="utf-8")
    reasons = {
        node.args[0].value
        for path in ROOT.glob("tests/**/*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and dotted(node.func) == "pytest.mark.long"
        if isinstance(node.args[0], ast.Constant)
    }
    assert reasons
    assert [reason for reason in reasons if f"| {reason} |" not in listed] == []


def test_what_tests_share_is_in_their_support() -> None:
    """So no test module imports another, and each can be read, moved and run alone."""
    shared = ("tests.support", "tests.benchmarks")
    ours = {path.stem for path in ROOT.glob("tests/**/*.py")} - {"__init__", "__main__"} | {"tests"}
    found = [
        (name_of(path), module)
        for path in sorted(ROOT.glob("tests/**/*.py"))
        for module in imported(ast.parse(path.read_text(encoding="utf-8")))
        if module.split(".")[0] in ours - set(sys.stdlib_module_names) and not f"{module}.".startswith(shared)
    ]
    assert found == []
