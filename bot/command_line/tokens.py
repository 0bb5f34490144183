"""The keys that encrypt tokens: a new one, and all tokens put under it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bot.cannot_start import CannotStart, on_one_line

if TYPE_CHECKING:
    from bot.settings import Settings


def add_tokens(commands: Any, settings_from_outside: Callable[[], Settings]) -> None:
    """Add the command and its two parts."""
    tokens = commands.add_parser("tokens", help="look after the keys that encrypt the tokens of workspaces")
    parts = tokens.add_subparsers(metavar="COMMAND", required=True)
    new_key = parts.add_parser("new-key", help="print a new key for TOKEN_KEYS")
    new_key.set_defaults(command=_new_key)
    rotate = parts.add_parser("rotate", help="put all tokens under the first key of TOKEN_KEYS")
    rotate.set_defaults(command=lambda _: _rotate(settings_from_outside()))


def _new_key(_: argparse.Namespace) -> int:
    from bot.decision_log.keys import new_key

    print(new_key())
    return 0


def _rotate(settings: Settings) -> int:
    if not settings.token_keys:
        raise CannotStart("TOKEN_KEYS is not set: it must hold the new key, and after it the ones before.")
    from bot.decision_log.engine import CannotOpen, open_engine
    from bot.decision_log.installations import InstallationStore
    from bot.decision_log.keys import Keys
    from bot.decision_log.log import CouldNotRead, CouldNotSave, Log

    keys = Keys([key.get_secret_value() for key in settings.token_keys])
    try:
        log = Log(open_engine(settings.database_url, connections=1))
        done, closed = InstallationStore(log, keys).seal_anew()
        log.close()
    except (CannotOpen, CouldNotRead, CouldNotSave) as error:
        raise CannotStart(f"DATABASE_URL cannot be used: {on_one_line(error)}") from None
    print(f"{done} put under the newest key.")
    if closed:
        print(
            f"None of the keys opens the tokens of {', '.join(closed)}: add the key that they are under, or have the "
            "app installed there again.",
            file=sys.stderr,
        )
        return 1
    return 0
