"""``python -m bot`` and the ``tune-or-prompt`` command."""

from bot.cli import main

if __name__ == "__main__":
    main()
