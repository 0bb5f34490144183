"""``python -m bot`` and the ``tune-or-prompt`` command."""

from __future__ import annotations

from collections.abc import Sequence

from bot import running
from bot.command_line import cli


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code."""
    return cli.main(cli.WholeApp(running.start, running.run, running.sandbox), argv)


if __name__ == "__main__":
    raise SystemExit(main())
