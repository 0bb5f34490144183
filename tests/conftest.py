"""Options of the test run."""

from __future__ import annotations

import pytest

from tests.support.killing.figures import FIGURES


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--kills", type=int, default=12, help="how often tests/bot/test_kill.py kills the app (12)"
    )
    parser.addoption("--kill-seed", type=int, default=1, help="what its random moments are drawn from (1)")
    parser.addoption(
        "--readme-picture", action="store_true", help="take docs/sandbox.png anew in tests/test_browser.py"
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in FIGURES.lines():
        terminalreporter.write_line(line)
