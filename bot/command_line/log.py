"""``tune-or-prompt log``: the decision log asked, written out and read in, for whoever runs the app."""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.cannot_start import CannotStart, on_one_line
from core.nouns import with_nouns

if TYPE_CHECKING:
    from bot.decision_log import Log, Place, Reading, Scope, Wanted
    from bot.decision_log.engine import Engine
    from bot.settings import Settings

MOST = 10
"""So many decisions are listed unless more are asked for."""
NAME_ANOTHER = (
    "Name another in DATABASE_URL, such as sqlite:////home/me/decisions.db; the sandbox keeps its log in"
    " sqlite:///tune-or-prompt-sandbox.db."
)

ReadSettings = Callable[[], "Settings"]
Arguments = argparse.Namespace


def add_log(
    commands: Any, settings: ReadSettings, now: Callable[[], datetime.datetime], named: str = ""
) -> None:
    """Add the command to those of the command line; ``settings`` and ``now`` are called when one of it is run.

    ``named``: the part that is run, if it is known: all take longer.
    """
    log = commands.add_parser("log", help="ask the decision log, write it out and read it in")
    log.set_defaults(now=now)
    parts = log.add_subparsers(metavar="COMMAND", required=True)
    for add in [_PARTS[named]] if named in _PARTS else _PARTS.values():
        add(parts, settings)


def _add_list(parts: Any, settings: ReadSettings) -> None:
    listing = _part(parts, "list", "the decisions, newest first", _list, settings)
    _add_scope(listing, is_needed=True)
    _add_filters(listing)
    listing.add_argument("--limit", type=_count, default=MOST, metavar="N", help=f"at most so many ({MOST})")
    before = "the page after this decision: a channel's number, or CHANNEL/NUMBER"
    listing.add_argument("--before", metavar="NUMBER", help=before)


def _add_show(parts: Any, settings: ReadSettings) -> None:
    show = _part(parts, "show", "one decision whole", _show, settings)
    show.add_argument("number", type=_count, metavar="NUMBER")
    _add_scope(show, is_needed=True)


def _add_stats(parts: Any, settings: ReadSettings) -> None:
    help_text = "how many decisions, of which kinds, and how they turned out"
    stats = _part(parts, "stats", help_text, _stats, settings)
    _add_scope(stats)
    _add_filters(stats)


def _add_similar(parts: Any, settings: ReadSettings) -> None:
    similar = _part(parts, "similar", "past decisions that are like a case", _similar, settings)
    _add_scope(similar, is_needed=True)
    similar.add_argument(
        "--case", required=True, metavar="FILE", help="the case as JSON; - for standard input"
    )


def _add_export(parts: Any, settings: ReadSettings) -> None:
    export = _part(parts, "export", "write the log out", _export, settings, is_json=False)
    _add_scope(export)
    _add_filters(export)
    export.add_argument("--format", choices=("json", "csv", "md"), default="json")
    export.add_argument(
        "--to", type=Path, metavar="PATH", help="a file; for md a directory, a file a decision"
    )


def _add_import(parts: Any, settings: ReadSettings) -> None:
    help_text = "read decisions in: all of a file, or none"
    reading = _part(parts, "import", help_text, _import, settings, is_json=False)
    reading.add_argument("file", metavar="FILE.json", help="an export; - for standard input")
    reading.add_argument("--dry-run", action="store_true", help="say what would be read in, and keep nothing")


_PARTS: Mapping[str, Callable[[Any, ReadSettings], None]] = {
    "list": _add_list,
    "show": _add_show,
    "stats": _add_stats,
    "similar": _add_similar,
    "export": _add_export,
    "import": _add_import,
}


def _part(
    parts: Any,
    name: str,
    help_text: str,
    command: Callable[[Arguments, Settings], int],
    settings: ReadSettings,
    *,
    is_json: bool = True,
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = parts.add_parser(
        name, help=help_text, description=help_text.capitalize()
    )
    parser.set_defaults(command=lambda arguments: command(arguments, settings()))
    if is_json:
        parser.add_argument("--json", action="store_true", help="print JSON, an object a line")
    return parser


def _add_scope(parser: argparse.ArgumentParser, *, is_needed: bool = False) -> None:
    parser.add_argument("--workspace", required=True, metavar="W", help="Slack's id of the workspace")
    whose = parser.add_mutually_exclusive_group(required=is_needed)
    whose.add_argument("--channel", metavar="C", help="the decisions of this channel")
    whose.add_argument("--person", metavar="U", help="the decisions in which this person took part")


def _add_filters(parser: argparse.ArgumentParser) -> None:
    help_text = (
        "words and filters, such as 'tickets verdict:fine_tune since:2026-06'; after -- if the first is -word"
    )
    parser.add_argument("words", nargs="*", metavar="WORDS", help=help_text)


def _list(arguments: Arguments, settings: Settings) -> int:
    from bot.decision_log.export import every, listed

    with _read_only(arguments, settings) as tx:
        found = every(tx, _scope(arguments), _wanted(arguments), _before(arguments), arguments.limit)
        page = list(found)
    if arguments.json:
        _lines(map(listed, page))
    else:
        from bot.command_line.log_tables import listed as as_table
        from bot.command_line.printed import print_document

        print_document(as_table(page))
    return 0


def _show(arguments: Arguments, settings: Settings) -> int:
    from bot.decision_log import Place
    from bot.decision_log.export import written

    with _read_only(arguments, settings) as tx:
        scope = _scope(arguments)
        here = [Place(scope.channel, arguments.number)] if scope.channel else None
        places = here or [one.place for one in tx.numbered(scope, arguments.number)]
        records = tx.whole(scope, places)
    if not records:
        raise CannotStart(f"There is no decision #{arguments.number} here.")
    if arguments.json:
        _lines(written(one) | {"outcome": one.decision.outcome} for one in records)
        return 0
    from bot.command_line.log_tables import shown
    from bot.command_line.printed import print_document

    for one in records:
        print_document(shown(one))
    return 0


def _stats(arguments: Arguments, settings: Settings) -> int:
    from bot.decision_log.forecasting import against
    from bot.decision_log.stats import stats

    with _read_only(arguments, settings) as tx:
        found = stats(tx, _scope(arguments), _wanted(arguments), arguments.now())
        forecast = None if arguments.words else against(tx, _scope(arguments), arguments.now())
    if arguments.json:
        _lines([found.to_json() | {"forecasts": None if forecast is None else forecast.to_json()}])
        return 0
    from bot.command_line.log_tables import counted
    from bot.command_line.printed import print_document

    print_document(counted(found, forecast))
    return 0


def _similar(arguments: Arguments, settings: Settings) -> int:
    from bot.command_line.json_lines import BadInput, read_object
    from bot.decision_log.alike import alike
    from core.answers import CaseError
    from core.case import read_case

    try:
        answers = read_case(read_object(_read(arguments.case)))
    except (BadInput, CaseError) as wrong:
        raise CannotStart(f"{arguments.case}: {wrong}") from None
    with _read_only(arguments, settings) as tx:
        found = alike(tx, _scope(arguments), answers, on=arguments.now().date())
    if arguments.json:
        _lines(one.to_json() for one in found)
        return 0
    from bot.command_line.log_tables import likenesses
    from bot.command_line.printed import print_document

    print_document(likenesses(found))
    return 0


def _export(arguments: Arguments, settings: Settings) -> int:
    from bot.decision_log.export import every_record, written_log

    with _read_only(arguments, settings) as tx:
        records = every_record(tx, _scope(arguments), _wanted(arguments))
    if arguments.format == "md":
        from bot.decision_log.adr import adr, file_name

        names = [(one.decision.channel, file_name(one.decision), adr(one)) for one in records]
        return _write_each(arguments.to, names)
    if arguments.format == "csv":
        from bot.decision_log.csv_text import csv_text

        return _write(arguments.to, csv_text(records))
    told = written_log(arguments.workspace, records)
    return _write(arguments.to, json.dumps(told, ensure_ascii=False, indent=2) + "\n")


def _import(arguments: Arguments, settings: Settings) -> int:
    from bot.command_line.json_lines import BadInput, read_object
    from bot.decision_log.importing import DoesNotFit, read_log
    from bot.decision_log.keeping import keep_log

    try:
        told = read_log(_plain(read_object(_read(arguments.file), longest=1_000_000_000)))
        with opened(settings, makes_one=True) as log, log.writing(told.workspace) as tx:
            decisions = with_nouns(f"{keep_log(tx, told)}", "decisions")
            if arguments.dry_run:
                raise _NotKept
    except (BadInput, DoesNotFit) as wrong:
        raise CannotStart(f"{arguments.file}: {wrong} Nothing was read in.") from None
    except _NotKept:
        print(f"{decisions} of workspace {told.workspace} can be read in. Nothing was: this was a dry run.")
        return 0
    print(f"Read in: {decisions} of workspace {told.workspace}.")
    return 0


class _NotKept(Exception):
    """It would all fit; the transaction is undone."""


@contextmanager
def _read_only(arguments: Arguments, settings: Settings) -> Iterator[Reading]:
    """A transaction of reading the workspace's log, in which its tables are looked at first: each more takes longer."""
    from bot.decision_log import Log

    with _engine(settings) as engine, Log(engine).reading(arguments.workspace) as tx:
        if not tx.finds_its_tables():
            _check_tables(engine, makes_them=False)
        yield tx


@contextmanager
def opened(settings: Settings, *, makes_one: bool = False) -> Iterator[Log]:
    """The log of DATABASE_URL. ``makes_one``: a database that is not there, or has no tables, is made."""
    from bot.decision_log import Log

    with _engine(settings, makes_one=makes_one) as engine:
        _check_tables(engine, makes_one)
        yield Log(engine)


@contextmanager
def _engine(settings: Settings, *, makes_one: bool = False) -> Iterator[Engine]:
    from bot.decision_log import CannotOpen, CouldNotRead, CouldNotSave, open_engine
    from bot.decision_log.engine import missing_file
    from bot.decision_log.failures import IN_WORDS

    try:
        missing = None if makes_one else missing_file(settings.database_url)
        if missing is not None:
            raise CannotStart(f"There is no file {missing}, where the log is looked for. {NAME_ANOTHER}")
        engine = open_engine(settings.database_url)
        try:
            yield engine
        finally:
            engine.dispose()
    except CannotOpen as wrong:
        raise CannotStart(f"DATABASE_URL cannot be used: {wrong}") from None
    except (CouldNotRead, CouldNotSave) as wrong:
        raise CannotStart(f"DATABASE_URL: {IN_WORDS[wrong.why]} ({on_one_line(wrong)}).") from None


def _check_tables(engine: Engine, makes_them: bool) -> None:
    from bot.decision_log import schema_serves
    from bot.decision_log.create import create
    from bot.decision_log.engine import schema_trouble, schema_version

    if schema_serves(engine) or (makes_them and create(engine)):
        return
    if schema_version(engine) is None and not makes_them:
        raise CannotStart(f"The database of DATABASE_URL holds no log yet. {NAME_ANOTHER}")
    trouble = schema_trouble(engine) or "the database has no tables"
    raise CannotStart(f"{trouble[0].upper()}{trouble[1:]}.")


def _scope(arguments: Arguments) -> Scope:
    from bot.decision_log import Scope

    try:
        return Scope(arguments.workspace, arguments.channel, arguments.person)
    except ValueError as wrong:
        raise CannotStart(f"{wrong}.") from None


def _wanted(arguments: Arguments) -> Wanted:
    from bot.conversation.filters import BadFilter, understand_filters

    found = understand_filters(" ".join(arguments.words), arguments.now())
    if isinstance(found, BadFilter):
        raise CannotStart(found.sentence)
    return found


def _before(arguments: Arguments) -> Place | None:
    from bot.decision_log import Place

    if arguments.before is None:
        return None
    channel, _, number = arguments.before.replace("#", "").rpartition("/")
    channel = channel or arguments.channel or ""
    if not channel or not (number.isascii() and number.isdigit()):
        raise CannotStart("--before takes a channel's number such as 42; with --person CHANNEL/NUMBER.")
    return Place(channel, int(number))


def _lines(objects: Any) -> None:
    for one in objects:
        print(json.dumps(one, ensure_ascii=False))


def _read(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise CannotStart(f"{name} cannot be read: {error.strerror}.") from None


def _plain(value: Any) -> Any:
    """Decimals, as lines of cases have them, as JSON's own numbers."""
    from core.case import plain

    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, str | bool | int) else plain(value)


def _write(to: Path | None, text: str) -> int:
    if to is None:
        sys.stdout.write(text)
        return 0
    try:
        to.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise CannotStart(f"{to} cannot be written: {error.strerror}.") from None
    return 0


def _write_each(to: Path | None, records: list[tuple[str, str, str]]) -> int:
    """A file a decision; those of several channels in a directory each."""
    if to is None:
        return _write(None, "\n".join(text for _, _, text in records))
    several = len({channel for channel, _, _ in records}) > 1
    for channel, name, text in records:
        directory = to / channel if several else to
        try:
            directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotStart(f"{directory} cannot be made: {error.strerror}.") from None
        _write(directory / name, text)
    return 0


def _count(text: str) -> int:
    number = text.removeprefix("#")
    if not (number.isascii() and number.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of 0 or more")
    return int(number)
