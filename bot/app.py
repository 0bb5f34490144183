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
from bot.decision_log.engine import CannotOpen, Engine, open_engine, schema_is_current
from bot.decision_log.log import CouldNotRead, CouldNotSave, Log
from bot.language_model.asking import asking
from bot.serving.health import DATABASE, Health
from bot.settings import Settings
from bot.slack.installation import Installation
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
from bot.slack.web_api import SECONDS_A_CALL, Slack, ssl_context

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
    installation: Installation
    health: Health
    _engine: Engine
    _alone: Alone | None

    def ready(self) -> tuple[bool, str]:
        """Whether requests can be taken, and if not, why not."""
        return self.health.ready()

    def close(self) -> None:
        """Let go of the database, and of asking Slack who we are."""
        self.installation.stop()
        self.record.close()
        if self._alone is not None:
            self._alone.release()


def build_app(settings: Settings, *, clock: Clock = utc_now) -> Application:
    """Everything but the transport. Raises :class:`CannotStart` with one sentence when it cannot work."""
    if settings.slack_bot_token is None:
        raise CannotStart(
            "SLACK_BOT_TOKEN is not set: it must hold the bot token of the app, which starts with xoxb-."
        )
    token = settings.slack_bot_token.get_secret_value()
    with _database(settings) as (engine, alone):
        record = Log(engine)
        record.probe(clock())  # better not to start than to take what cannot be kept
        return _wired(settings, clock, token, record, engine, alone)


def _wired(
    settings: Settings, clock: Clock, token: str, record: Log, engine: Engine, alone: Alone | None
) -> Application:
    ask = asking(settings)

    def came(workspace: str) -> None:
        with record.writing() as tx:
            note_return(tx, workspace)

    def departed(workspace: str) -> None:
        with record.writing() as tx:  # first: once the token is gone, nothing would say whose it was
            note_departure(tx, workspace, clock())
        installation.end()

    installation = Installation(_client(settings, token), token, came)
    installation.look_up()
    slack = Slack(
        installation.client,
        Semaphore(max(1, settings.threads // 2)),
        Semaphore(max(1, settings.threads // 4)),
    )

    def admins(_workspace: str) -> tuple[str, ...]:
        installer = installation.installer
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
        hears_threads=lambda: installation.hears_threads,
        ask=ask,
        serves=lambda: () if installation.tenant is None else (installation.tenant.id,),
    )
    desk = Desk(
        conversation,
        slack,
        clock,
        bot_user=lambda: installation.bot_user,
        bot=lambda: installation.bot,
        waiting=outbox.waiting,
        takes_files=lambda: installation.takes_files,
        departed=departed,
    )
    bolt = _listening(settings, installation, desk)
    health = Health(record, outbox, installation, lambda: schema_is_current(engine), clock)
    installation.keep_asking()
    return Application(settings, bolt, outbox, record, installation, health, engine, alone)


def _listening(settings: Settings, installation: Installation, desk: Desk) -> App:
    """What takes Slack's requests, with every listener at its place."""
    secret = settings.slack_signing_secret

    def authorize() -> AuthorizeResult:
        return installation.authorize()  # Bolt calls nothing but plain functions

    # It warns that it will not use a token that it finds in the environment, as it is meant to, and writes at length of
    # each request that nobody listens for.
    logging.getLogger("slack_bolt.App").addFilter(
        lambda record: (
            not any(said in record.getMessage() for said in ("will be unused", "Unhandled request"))
        )
    )
    bolt = App(
        client=_client(settings, None),
        before_authorize=door(installation, desk),
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
            raise CannotStart(f"DATABASE_URL: {DATABASE[error.why]} ({on_one_line(error)}).") from None
        raise


def _have_tables(engine: Engine, address: str) -> None:
    """A file of our own is brought up to date; a server is its operator's to change."""
    if schema_is_current(engine):
        return
    if engine.dialect.name != "sqlite":
        raise CannotStart("The database's tables are not up to date: run `tune-or-prompt db upgrade` first.")
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
