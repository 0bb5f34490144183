"""Options of the test run, and what is left to the long one: tests/README.md says what and why."""

from __future__ import annotations

import gc
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import is_hypothesis_test

from bot.logs import LIBRARIES, SAID_BY_US
from tests.support.examples import choose_profile
from tests.support.killing.figures import FIGURES

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
"""Where compiled modules may not be kept, each of the many processes that tests start would compile them all again."""

MEMORY, ENOUGH_BYTES = Path("/dev/shm"), 4 * 1024**3
if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH_BYTES:
    os.environ["TMPDIR"] = str(MEMORY)
    tempfile.tempdir = None
"""Where files may be kept in memory, tests keep theirs there: a disk takes milliseconds for each commit."""

FEW_FILES = 3
"""So many files or fewer are tried in one process: another costs more than it saves."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--long", action="store_true", help="run what the ordinary run leaves out: see tests/README.md"
    )
    parser.addoption(
        "--kills", type=int, default=None, help="how often tests/bot/test_kill.py kills the app (4, or 24)"
    )
    parser.addoption("--kill-seed", type=int, default=1, help="what its random moments are drawn from (1)")
    parser.addoption(
        "--postgres", action="store_true", help="try the app on PostgreSQL, as a role that owns nothing"
    )
    parser.addoption(
        "--readme-picture",
        action="store_true",
        help="take docs/sandbox.png anew in tests/test_browser.py, with --long",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """A few files chosen by name are tried in one process, unless -n says otherwise."""
    chosen = {argument.partition("::")[0] for argument in config.args}
    said = any(argument.startswith(("-n", "--numprocesses")) for argument in config.invocation_params.args)
    if not said and len(chosen) <= FEW_FILES and all(name.endswith(".py") for name in chosen):
        config.option.numprocesses = 0


def pytest_configure(config: pytest.Config) -> None:
    choose_profile(long=config.getoption("--long"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The ordinary run takes what is not long; the long one what is, and every property once more.

    What waits longest comes first, browsers and the sandbox: begun last, one process would be at it while the others
    are done.
    """
    is_long = config.getoption("--long")
    mine = [item for item in items if belongs(item, is_long=is_long)]
    left = [item for item in items if not belongs(item, is_long=is_long)]
    config.hook.pytest_deselected(items=left)
    items[:] = sorted(
        mine,
        key=lambda item: (item.get_closest_marker("browser") is None, "tests/sandbox/" not in item.nodeid),
    )


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Tests, and what they import, stay to the end: no look for garbage goes through them, now or later."""
    gc.disable()
    yield
    gc.freeze()
    gc.enable()


@pytest.fixture(autouse=True)
def logging_is_left_as_it_was() -> Iterator[None]:
    """A command logs to the standard error of its own test, which is closed when the next one logs something."""
    root, quieted = logging.getLogger(), [logging.getLogger(name) for name in (None, *LIBRARIES, *SAID_BY_US)]
    handlers, levels = [*root.handlers], [logger.level for logger in quieted]
    yield
    for handler in [*root.handlers]:
        if handler not in handlers:
            root.removeHandler(handler)
    for logger, level in zip(quieted, levels, strict=True):
        logger.setLevel(level)


def belongs(item: pytest.Item, *, is_long: bool) -> bool:
    """Whether a test is one of this run."""
    marked = item.get_closest_marker("long") is not None
    return marked or is_hypothesis_test(getattr(item, "obj", None)) if is_long else not marked


def pytest_sessionfinish(session: pytest.Session) -> None:
    """What one of several processes found goes to the one that tells it."""
    told = getattr(session.config, "workeroutput", None)
    if told is not None:
        told["kills"] = FIGURES.noted()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    FIGURES.take_in(getattr(node, "workeroutput", {}).get("kills", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in FIGURES.lines():
        terminalreporter.write_line(line)
