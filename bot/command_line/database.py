"""Looking after the database: its tables, and a copy of it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
        help="no further than this migration, such as 0011 (the newest)",
    )
    upgrade.set_defaults(command=lambda arguments: _upgrade(settings_from_outside(), arguments.to))
    status = parts.add_parser("status", help="say at which migration the database is, and what is missing")
    status.set_defaults(command=lambda _: _status(settings_from_outside()))
    backup = parts.add_parser("backup", help="copy the database to a file, while the bot goes on")
    backup.add_argument("file", type=Path, metavar="FILE", help="the copy; it must not be there yet")
    backup.set_defaults(command=lambda arguments: _backup(settings_from_outside(), arguments))


def _upgrade(settings: Settings, revision: str) -> int:
    from bot.decision_log.roles import let_in, not_bound_at
    from bot.decision_log.upgrade import migrations, upgrade

    owner, known = settings.database_owner_url, migrations()
    url = owner or settings.database_url
    if revision not in (*known, "head"):
        raise CannotStart(
            f"--to {revision}: there is no such migration. There are {known[0]} to {known[-1]}."
        )
    with _told_of(settings):
        before = _version(url)
        upgrade(url, revision)
        done = "there" if owner is None else let_in(owner, settings.database_url)
        left = None if owner is not None else not_bound_at(settings.database_url)
        print(_moved(known, before, _version(url)))
    if done != "there":
        print(f"The role of DATABASE_URL was {done}.")
    if left is not None:
        print(f"With one role for all, {left}: see docs/operating.md, “Two roles”.")
    return 0


def _status(settings: Settings) -> int:
    from bot.decision_log.upgrade import migrations

    known = migrations()
    with _told_of(settings):
        at = _version(settings.database_owner_url or settings.database_url)
    missing = [number for number in known if at is None or number > at]
    print(f"The database is at {at or 'none yet'}; this release knows {known[0]} to {known[-1]}.")
    if at is not None and at not in known:
        print("It is newer than this release: start the newer one.")
    elif missing:
        print(f"Missing: {', '.join(missing)}. `tune-or-prompt db upgrade` applies them.")
    return 0 if at == known[-1] else 1


@contextmanager
def _told_of(settings: Settings) -> Iterator[None]:
    """What is the matter with the database, in a sentence that names the setting."""
    from bot.decision_log import CannotOpen, CouldNotRead, CouldNotSave
    from bot.decision_log.failures import IN_WORDS

    named = "DATABASE_URL" if settings.database_owner_url is None else "DATABASE_OWNER_URL"
    try:
        yield
    except CannotOpen as wrong:
        raise CannotStart(f"{named} cannot be used: {wrong}") from None
    except (CouldNotRead, CouldNotSave) as error:
        raise CannotStart(f"{named}: {IN_WORDS[error.why]} ({on_one_line(error)}).") from None


def _version(url: str) -> str | None:
    from bot.decision_log.engine import open_engine, schema_version

    engine = open_engine(url, connections=1)
    try:
        return schema_version(engine)
    finally:
        engine.dispose()


def _moved(known: list[str], before: str | None, at: str | None) -> str:
    """What an upgrade did."""
    applied = [number for number in known if (before or "") < number <= (at or "")]
    where = "up to date" if at == known[-1] else f"at {at}"
    if not applied and at != known[-1]:
        return f"The database is {where} already; nothing was changed."
    return f"The database is {where}." + (f"\nApplied: {', '.join(applied)}." if applied else "")


def _backup(settings: Settings, arguments: argparse.Namespace) -> int:
    from bot.decision_log.backup import NotOurs, back_up
    from bot.decision_log.failures import CannotOpen, CouldNotSave

    file: Path = arguments.file
    try:
        size = back_up(settings.database_owner_url or settings.database_url, file)
    except NotOurs as command:
        print(
            "Nothing was copied: PostgreSQL is backed up with its own program. In place of SUPERUSER name a"
        )
        print("superuser or a role with BYPASSRLS; every other one sees a part of the rows at most.")
        print(visible(f"  {command}"))
        return 1
    except CannotOpen as wrong:
        raise CannotStart(visible(f"Nothing was copied: {wrong}.")) from None
    except (CouldNotSave, OSError) as error:
        raise CannotStart(visible(f"{file} cannot be written: {on_one_line(error)}.")) from None
    print(visible(f"The database is in {file} ({size:,} bytes)."))
    return 0
