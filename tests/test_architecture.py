"""Who may import whom, and who may look at the outside world."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted((*ROOT.glob("core/**/*.py"), *ROOT.glob("bot/**/*.py")))
CORE_MAY_USE = {"Stemmer", "core", "pydantic", "genai_prices", "numpy", "python_calamine", "rapidfuzz"}

READS_THE_ENVIRONMENT = {"bot/settings.py"}
READS_THE_CLOCK = ("bot/app.py", "bot/command_line/cli.py", "bot/serving/", "bot/sandbox/")
ROOMS_OF = {
    "slack_bolt": ("bot/slack/", "bot/serving/", "bot/app.py"),
    "slack_sdk": ("bot/slack/", "bot/serving/", "bot/app.py"),
    "rich": ("bot/command_line/",),
    "sqlalchemy": ("bot/decision_log/",),
    "alembic": ("bot/decision_log/",),
}
"""Where the libraries are used that nothing else should have to know."""


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def trees() -> list[tuple[str, ast.Module]]:
    return [(name_of(path), ast.parse(path.read_text(encoding="utf-8"))) for path in SOURCES]


@cache
def trees_of_tests() -> list[tuple[str, ast.Module]]:
    paths = sorted(ROOT.glob("tests/**/*.py"))
    return [(name_of(path), ast.parse(path.read_text(encoding="utf-8"))) for path in paths]


@cache
def imported(tree: ast.Module) -> frozenset[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module or "")
    return frozenset(found)


def dotted(node: ast.expr) -> str:
    """``datetime.datetime.now`` of the expression that says so; what is no such chain is ""."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


MOST_IN_THE_ROOT = 8


def test_the_import_contracts_of_pyproject_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    found = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout


def test_every_room_has_its_layer() -> None:
    """A new one would otherwise be allowed everything."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = next(one["layers"] for one in contracts["contracts"] if one["type"] == "layers")
    named = {room.strip() for layer in layers for room in layer.split("|")}
    there = {
        f"bot.{path.stem}"
        for path in (ROOT / "bot").iterdir()
        if path.name != "__init__.py" and (path.suffix == ".py" or (path / "__init__.py").exists())
    }
    assert named == there | {"core"}


def test_few_files_stand_outside_the_rooms() -> None:
    assert len(list((ROOT / "bot").glob("*.py"))) <= MOST_IN_THE_ROOT


@pytest.mark.parametrize("library", ROOMS_OF)
def test_a_library_is_used_in_its_own_room(library: str) -> None:
    users = {file for file, tree in trees() for module in imported(tree) if module.split(".")[0] == library}
    assert [file for file in sorted(users) if not file.startswith(ROOMS_OF[library])] == []


def test_no_view_knows_how_slack_writes_things() -> None:
    """Views return documents: what Slack or a terminal makes of one is a matter of its renderer."""
    slacks = re.compile(r"<[@#!]|<https?:|&(amp|lt|gt);|\u2068|^(mrkdwn|plain_text|block_id|action_id)$")
    found = [
        (file, node.value)
        for file, tree in trees()
        if file.startswith("bot/views/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and slacks.search(node.value)
    ]
    assert found == []


def test_nothing_imports_in_a_circle_at_any_level() -> None:
    """Neither modules nor packages, and not inside a function either: each can be understood after what it uses."""
    graph = grimp.build_graph("bot", "core")
    packages = {module.rpartition(".")[0] for module in graph.modules}
    assert [circle for package in sorted(packages) for circle in circles(graph, package)] == []


def circles(graph: grimp.ImportGraph, package: str) -> list[str]:
    """What of a package's modules and packages cannot be put in an order in which each uses only earlier ones."""
    inside = sorted(module for module in graph.modules if module.rpartition(".")[0] == package)
    home = {each: module for module in inside for each in (module, *graph.find_descendants(module))}
    uses = {
        module: {
            home[used]
            for each, at_home in home.items()
            if at_home == module
            for used in graph.find_modules_directly_imported_by(each)
            if home.get(used, module) != module
        }
        for module in inside
    }
    try:
        tuple(TopologicalSorter(uses).static_order())
    except CycleError as circle:
        return [" -> ".join(circle.args[1])]
    return []


def test_core_uses_the_standard_library_and_six_more() -> None:
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
    assert users == {"bot/language_model/endpoint.py"}


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
        if file.startswith("bot/slack/listeners/") and file != "bot/slack/listeners/incoming.py"
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
    texts = [path.read_text(encoding="utf-8") for path in ROOT.glob("tests/**/test_*.py")]
    reasons = {reason for text in texts for reason in re.findall(r'pytest\.mark\.long\(\s*"([^"]+)"', text)}
    assert reasons
    assert [reason for reason in reasons if f"| {reason} |" not in listed] == []


def test_what_tests_share_is_in_their_support() -> None:
    """So no test module imports another, and each can be read, moved and run alone."""
    shared = ("tests.support", "tests.benchmarks", "tests.fuzz")
    ours = {path.stem for path in ROOT.glob("tests/**/*.py")} - {"__init__", "__main__"} | {"tests"}
    found = [
        (file, module)
        for file, tree in trees_of_tests()
        for module in imported(tree)
        if module.split(".")[0] in ours - set(sys.stdlib_module_names) and not f"{module}.".startswith(shared)
    ]
    assert found == []
