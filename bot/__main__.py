"""``python -m bot`` and the ``tune-or-prompt`` command."""

from __future__ import annotations

from bot.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
