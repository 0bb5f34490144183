"""The only place that wires things together."""

from __future__ import annotations

import datetime
import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Semaphore

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.cannot_start import CannotStart, on_one_line
from bot.conversation.conversation import Conversation
from bot.decision_log.alone import Alone, only_process
from bot.decision_log.create import create
from bot.decision_log.departures import note_departure, note_return
from bot.decision_log.engine import (
    CannotOpen,
    Engine,
    open_engine,
    schema_is_current,
    schema_trouble,
    schema_version,
)
from bot.decision_log.failures import IN_WORDS
from bot.decision_log.installations import InstallationStore
from bot.decision_log.keys import Keys
from bot.decision_log.log import CouldNotRead, CouldNotSave, Log
from bot.decision_log.roles import what_is_not_bound
from bot.language_model.asking import asking
from bot.serving.health import Health
from bot.serving.oauth import INSTALL, Installing
from bot.settings import Settings
from bot.slack.installation import Installation
from bot.slack.installations import Installations
from bot.slack.listeners import (
    buttons,
    commands,
    errors,
    forms,
    home,
    lifecycle,
    mentions,
    shortcuts,
    threads,
)
from bot.slack.listeners.desk import Desk
from bot.slack.listeners.door import door
from bot.slack.outbox import WORKERS, Outbox
from bot.slack.rotation import Rotation, ask_to_reinstall
from bot.slack.web_api import SECONDS_A_CALL, Slack, ssl_context

log = logging.getLogger(__name__)

Clock = Callable[[], datetime.datetime]


def utc_now() -> datetime.datetime:
    """The time, in UTC."""
    return datetime.datetime.now(datetime.UTC)


@dataclass
class Application:
    """The app, wired. ``bolt`` takes Slack's requests; ``outbox`` tells Slack what changed."""

    settings: Settings
    bolt: App
    outbox: Outbox
    record: Log
    installed: Installation | Installations
    installing: Installing | None
    health: Health
    _engine: Engine
    _alone: Alone | None

    @property
    def installation(self) -> Installation:
        """The one installation, where there is a token for it in the settings."""
        assert isinstance(self.installed, Installation)
        return self.installed

    def ready(self) -> tuple[bool, str]:
        """Whether requests can be taken, and if not, why not."""
        return self.health.ready()

    def described(self) -> str:
        """What runs here, in a line for whoever runs it: the database with its tables, and where it is used."""
        url = self._engine.url
        place = url.database if self._engine.dialect.name == "sqlite" else f"{url.host}/{url.database}"
        one = isinstance(self.installed, Installation)
        used = "one workspace, by its token" if one else f"{len(self.installed.serves() or ())} installations"
        tables = schema_version(self._engine)
        return f"{self._engine.dialect.name} {place}, tables {tables}; {used}"

    def close(self) -> None:
        """Let go of the database, and of asking Slack who we are."""
        if isinstance(self.installed, Installation):
            self.installed.stop()
        self.record.close()
        if self._alone is not None:
            self._alone.release()


def build_app(settings: Settings, *, clock: Clock = utc_now) -> Application:
    """Everything but the transport. Raises :class:`CannotStart` with one sentence when it cannot work."""
    settings.for_any()
    with _database(settings) as (engine, alone):
        record = Log(engine)
        record.probe(clock())  # better not to start than to take what cannot be kept
        return _wired(settings, clock, record, engine, alone)


def _wired(settings: Settings, clock: Clock, record: Log, engine: Engine, alone: Alone | None) -> Application:
    ask = asking(settings)
    installed, installing = _installed(settings, record, clock)
    slack = Slack(
        installed.client_at_hand,
        Semaphore(max(1, settings.threads // 2)),
        Semaphore(max(1, settings.threads // 4)),
    )

    def admins(_workspace: str) -> tuple[str, ...]:
        installer = installed.installer
        return tuple(dict.fromkeys((*([installer] if installer else []), *settings.admin_users)))

    # The outbox comes next.
    conversation = Conversation(
        record,
        wake=lambda: outbox.wake(),  # noqa: PLW0108
        admins=admins,
        asks_model=ask is not None,
    )
    outbox = Outbox(
        record,
        conversation,
        slack,
        clock,
        hears_in=installed.hears_in,
        ask=ask,
        serves=installed.serves,
        working_for=installed.working_for,
        refused_token=installed.refused,
    )
    desk = Desk(
        conversation,
        slack,
        clock,
        bot_user=lambda: installed.bot_user,
        bot=lambda: installed.bot,
        waiting=outbox.waiting,
        hears_in=installed.hears_in,
        takes_files=lambda: installed.takes_files,
        departed=installed.taken_away,
    )
    bolt = _listening(settings, installed, desk)
    not_bound = what_is_not_bound(engine)
    if not_bound is not None:
        log.warning("%s: docs/operating.md says how to set two roles up", not_bound)
    health = Health(record, outbox, installed, lambda: schema_trouble(engine), clock, not_bound)
    if isinstance(installed, Installation):
        installed.keep_asking()
    return Application(settings, bolt, outbox, record, installed, installing, health, engine, alone)


def _installed(
    settings: Settings, record: Log, clock: Clock
) -> tuple[Installation, None] | tuple[Installations, Installing]:
    """Where the app is installed: where a token of the settings says, or wherever it will be."""
    if settings.slack_bot_token is not None:
        token = settings.slack_bot_token.get_secret_value()

        def came(workspace: str) -> None:
            with record.writing(workspace) as tx:
                note_return(tx, workspace)

        def left(workspace: str) -> None:
            with record.writing(workspace) as tx:
                note_departure(tx, workspace, clock())

        installation = Installation(_client(settings, token), token, came, left)
        installation.look_up()
        return installation, None
    assert settings.slack_client_id is not None
    assert settings.slack_client_secret is not None
    keys = Keys([key.get_secret_value() for key in settings.token_keys])
    store, client = InstallationStore(record, keys), _client(settings, None)
    rotation = Rotation(
        store,
        client,
        settings.slack_client_id,
        settings.slack_client_secret.get_secret_value(),
        clock,
        tell=lambda lost: ask_to_reinstall(
            _client(settings, lost.tokens.access), lost.installer, f"{settings.public_url}{INSTALL}"
        ),
    )
    installations = Installations(store, rotation, lambda token: _client(settings, token), clock)
    return installations, Installing(settings, installations, record, keys, client, clock)


def _listening(settings: Settings, installed: Installation | Installations, desk: Desk) -> App:
    """What takes Slack's requests, with every listener at its place."""
    secret = settings.slack_signing_secret

    def authorize() -> AuthorizeResult:
        return installed.authorize()  # Bolt calls nothing but plain functions

    # It warns that it will not use a token that it finds in the environment, as it is meant to, and writes at length of
    # each request that nobody listens for.
    logging.getLogger("slack_bolt.App").addFilter(
        lambda record: (
            not any(said in record.getMessage() for said in ("will be unused", "Unhandled request"))
        )
    )
    bolt = App(
        name="tune-or-prompt",  # else it looks through the stack of calls for one
        client=_client(settings, None),
        before_authorize=door(installed, desk),
        authorize=authorize,
        signing_secret=secret.get_secret_value() if secret else None,
        # Without a secret nothing can be verified, and only Socket Mode, whose connection is authenticated, may run.
        request_verification_enabled=secret is not None,
        process_before_response=True,
        listener_executor=ThreadPoolExecutor(settings.threads, "listener"),
        raise_error_for_unhandled_request=False,
    )
    for listener in (commands, mentions, threads, shortcuts, buttons, forms, home, lifecycle, errors):
        listener.register(bolt, desk)
    return bolt


def _client(settings: Settings, token: str | None) -> WebClient:
    """A client of Slack's Web API. It never repeats a call by itself: the outbox knows which ones may be."""
    return WebClient(
        token=token,
        base_url=settings.slack_api_url,
        timeout=SECONDS_A_CALL,
        ssl=ssl_context() if settings.slack_api_url.startswith("https:") else None,
        retry_handlers=[],
    )


@contextmanager
def _database(settings: Settings) -> Iterator[tuple[Engine, Alone | None]]:
    """The database with its tables, for this process. If the block fails, it is let go of."""
    engine, alone = None, None
    try:
        engine = open_engine(settings.database_url, connections=settings.threads + WORKERS + 8)
        alone = only_process(settings.database_url)
        _have_tables(engine, settings.database_url)
        yield engine, alone
    except BaseException as error:
        if engine is not None:
            engine.dispose()
        if alone is not None:
            alone.release()
        if isinstance(error, CannotOpen):
            raise CannotStart(f"DATABASE_URL cannot be used: {error}") from None
        if isinstance(error, CouldNotRead | CouldNotSave):
            raise CannotStart(f"DATABASE_URL: {IN_WORDS[error.why]} ({on_one_line(error)}).") from None
        raise


def _have_tables(engine: Engine, address: str) -> None:
    """A file of our own is brought up to date; a server is its operator's to change."""
    if engine.dialect.name != "sqlite":
        if (trouble := schema_trouble(engine)) is not None:
            raise CannotStart(f"{trouble[0].upper()}{trouble[1:]}.")
        return
    if schema_is_current(engine):
        return
    if not create(engine):
        _bring_up_to_date(address)


def _bring_up_to_date(database_url: str) -> None:
    """Change the tables of an SQLite file: in a process of its own, since Alembic takes 40 MB and stays."""
    code = "import sys; from bot.decision_log.upgrade import upgrade; upgrade(sys.argv[1])"
    done = subprocess.run(  # noqa: S603 - our own code; the address of a file holds no secret
        [sys.executable, "-c", code, database_url], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        why = done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"code {done.returncode}"
        raise CannotStart(
            f"DATABASE_URL: the database's tables could not be changed ({why.split(': ', 1)[-1]})."
        )
