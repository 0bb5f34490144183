"""The app at work: in Slack, in a sandbox, or the sandbox alone. What is heavy is imported where it is used."""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import signal
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.cannot_start import CannotStart
from bot.command_line.cli import LOCAL, refuse, settings_from_outside
from bot.command_line.terminal import visible

if TYPE_CHECKING:
    from bot.settings import Settings

log = logging.getLogger(__name__)

BOT_ENDS_WITHIN = 2.0
"""Seconds for which the sandbox goes on answering, so that the bot can finish what it is doing."""


def start(arguments: argparse.Namespace) -> int:
    """The bot in Slack where tokens are set, else a sandbox with the bot in it."""
    settings = settings_from_outside()
    if settings.is_connected:
        return _run_socket_mode(settings, argparse.Namespace(host=None, port=None))
    return _try_in_sandbox(settings, arguments)


def run(arguments: argparse.Namespace) -> int:
    """The bot in Slack, over Socket Mode or HTTP."""
    settings = settings_from_outside()
    if not arguments.http:
        if (arguments.host or arguments.port is not None) and not settings.is_installable:
            return refuse("--host and --port go with --http; Socket Mode listens nowhere.")
        return _run_socket_mode(settings, arguments)
    return _run_http(settings.for_http(), arguments)


def _run_socket_mode(settings: Settings, arguments: argparse.Namespace) -> int:
    settings.for_socket_mode()
    from bot.app import build_app, utc_now
    from bot.serving.http import pages_at
    from bot.serving.metrics import shown_at
    from bot.serving.sandbox_clock import clock_for
    from bot.serving.socket_mode import run_socket_mode
    from bot.serving.tracing import sent_to

    host, port = _listens_on(settings, arguments)
    application = build_app(settings, clock=clock_for(settings, utc_now))
    log.info("Socket Mode; %s", application.described())
    with (
        sent_to(settings.traces_url),
        shown_at(host, settings.metrics_port, application.record, application.outbox.clock),
        pages_at(application, settings, host, port),
    ):
        run_socket_mode(
            application, settings, lambda: print("Connected to Slack. Stop with Ctrl+C.", flush=True)
        )
    return 0


def _run_http(settings: Settings, arguments: argparse.Namespace) -> int:
    from bot.app import Application, build_app, utc_now
    from bot.serving.http import run_http
    from bot.serving.metrics import shown_at
    from bot.serving.sandbox_clock import clock_for
    from bot.serving.tracing import sent_to

    host, port = _listens_on(settings, arguments)
    clock = clock_for(settings, utc_now)
    with sent_to(settings.traces_url), contextlib.ExitStack() as figures:

        def build() -> Application:
            application = build_app(settings, clock=clock)
            log.info("HTTP; %s", application.described())
            shown = shown_at(host, settings.metrics_port, application.record, application.outbox.clock)
            figures.enter_context(shown)
            return application

        run_http(build, settings, host, port)
    return 0


def _listens_on(settings: Settings, arguments: argparse.Namespace) -> tuple[str, int]:
    port: int = settings.port if arguments.port is None else arguments.port
    return arguments.host or LOCAL, port


def sandbox(arguments: argparse.Namespace) -> int:
    """The sandbox alone."""

    def say(address: str) -> None:
        said = f"The sandbox is at {address}, its Web API at {address}/api/. Stop with Ctrl+C."
        print(visible(said), flush=True)

    _serve_sandbox(settings_from_outside(), arguments, say, arguments.request_url)
    return 0


class _Stopped(Exception):
    """Somebody pressed Ctrl+C, or the process was told to stop."""


def _stop(_signal: int, _frame: object) -> None:
    raise _Stopped


def _serve_sandbox(
    settings: Settings,
    arguments: argparse.Namespace,
    announce: Callable[[str], None],
    request_url: str | None = None,
    before_stop: Callable[[], None] = lambda: None,
) -> None:
    from bot.sandbox.server import Sandbox

    # The server raises the signal that ended it once more, which would end us before the bot has.
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, _stop)
    port = settings.sandbox_port if arguments.port is None else arguments.port
    try:
        Sandbox(
            host=arguments.host,
            port=port,
            state_file=arguments.state,
            request_url=request_url,
            shared=arguments.shared,
            org=arguments.org,
            workspaces=arguments.workspaces,
        ).run(announce, before_stop)
    except _Stopped:
        pass
    except OSError as error:
        raise CannotStart(f"The sandbox cannot start: {error}") from None
    finally:
        for each in (signal.SIGTERM, signal.SIGINT):  # a second one ends the process at once
            signal.signal(each, signal.SIG_DFL)


def _try_in_sandbox(settings: Settings, arguments: argparse.Namespace) -> int:
    """The sandbox in this thread, and the bot in another, connected to it as it would be to Slack."""
    stop = threading.Event()
    threads: list[threading.Thread] = []
    failures: list[Exception] = []

    def run_bot(address: str) -> None:
        try:
            _run_sandbox_bot(settings, address, stop)
        except Exception as reason:
            failures.append(reason)
            os.kill(os.getpid(), signal.SIGINT)  # without the bot the sandbox is of no use

    def announce(address: str) -> None:
        threads.append(threading.Thread(target=run_bot, args=(address,), name="bot"))
        threads[0].start()

    def end_bot() -> None:
        stop.set()
        for thread in threads:
            thread.join(BOT_ENDS_WITHIN)

    try:
        _serve_sandbox(settings, arguments, announce, before_stop=end_bot)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    if failures:
        raise failures[0]
    return 0


def _run_sandbox_bot(settings: Settings, address: str, stop: threading.Event) -> None:
    from bot.app import build_app, utc_now
    from bot.sandbox.tokens import APP_TOKEN, BOT_TOKEN, OWNER, SIGNING_SECRET
    from bot.serving.sandbox_clock import clock_for
    from bot.serving.socket_mode import serve
    from bot.serving.tracing import sent_to

    inside = settings.for_sandbox(
        api_url=f"{address}/api/",
        bot_token=BOT_TOKEN,
        app_token=APP_TOKEN,
        signing_secret=SIGNING_SECRET,
        owner=OWNER,
    )

    def ready() -> None:
        print(visible(f"Tune or Prompt is running in a sandbox. Open {address} in your browser and type:"))
        print("  /tune-or-prompt classify support tickets")
        print("Stop with Ctrl+C.", flush=True)

    with sent_to(inside.traces_url):
        serve(build_app(inside, clock=clock_for(inside, utc_now)), inside, stop, ready, drain_seconds=1.0)
