"""Looking after the database: its tables, and a copy of it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.cannot_start import CannotStart, on_one_line
from bot.command_line.terminal import visible

if TYPE_CHECKING:
    from bot.settings import Settings


def add_database(commands: Any, settings_from_outside: Callable[[], Settings]) -> None:
    """Add the command and its parts."""
    database = commands.add_parser("db", help="look after the database")
    parts = database.add_subparsers(metavar="COMMAND", required=True)
    upgrade = parts.add_parser(
        "upgrade", help="bring the tables up to date, as DATABASE_OWNER_URL, and let DATABASE_URL use them"
    )
    upgrade.add_argument(
        "--to",
        default="head",
        metavar="NUMBER",
        help="no further than this migration, such as 0010 (the newest)",
    )
    upgrade.set_defaults(command=lambda arguments: _upgrade(settings_from_outside(), arguments.to))
    backup = parts.add_parser("backup", help="copy the database to a file, while the bot goes on")
    backup.add_argument("file", type=Path, metavar="FILE", help="the copy; it must not be there yet")
    backup.set_defaults(command=lambda arguments: _backup(settings_from_outside(), arguments))


def _upgrade(settings: Settings, revision: str) -> int:
    from bot.decision_log import CannotOpen, CouldNotRead, CouldNotSave
    from bot.decision_log.roles import let_in, not_bound_at
    from bot.decision_log.upgrade import upgrade

    owner = settings.database_owner_url
    named = "DATABASE_URL" if owner is None else "DATABASE_OWNER_URL"
    try:
        upgrade(owner or settings.database_url, revision)
        made = owner is not None and let_in(owner, settings.database_url)
        left = None if owner is not None else not_bound_at(settings.database_url)
    except CannotOpen as wrong:
        raise CannotStart(f"{named} cannot be used: {wrong}") from None
    except (CouldNotRead, CouldNotSave) as error:
        raise CannotStart(f"{named}: the database cannot be opened ({on_one_line(error)}).") from None
    where = "up to date" if revision == "head" else f"at {revision}"
    print(f"The database is {where}." + (" The role of DATABASE_URL was made." if made else ""))
    if left is not None:
        print(f"With one role for all, {left}: see docs/operating.md, “Two roles”.")
    return 0


def _backup(settings: Settings, arguments: argparse.Namespace) -> int:
    from bot.decision_log.backup import NotOurs, back_up
    from bot.decision_log.failures import CannotOpen, CouldNotSave

    file: Path = arguments.file
    try:
        size = back_up(settings.database_owner_url or settings.database_url, file)
    except NotOurs as command:
        print("PostgreSQL is backed up with its own program, as a superuser or a role with BYPASSRLS:")
        print(visible(f"  {command}"))
        return 0
    except CannotOpen as wrong:
        raise CannotStart(f"DATABASE_URL cannot be used: {wrong}") from None
    except (CouldNotSave, OSError) as error:
        raise CannotStart(visible(f"{file} cannot be written: {on_one_line(error)}.")) from None
    print(visible(f"The database is in {file} ({size:,} bytes)."))
    return 0
