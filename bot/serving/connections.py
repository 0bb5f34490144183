"""The connections under the doors: a request is given to a thread once it is there whole, and never before.

One loop reads and writes for everybody (waitress), so that whoever sends or reads slowly holds up nobody else.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import resource
import socket
import threading
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher, WSGITask

from bot.settings import CannotStart

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 20.0
"""For how long somebody may take to send a request, or to read its answer."""
KEEP_ALIVE_SECONDS = 75.0
"""For how long a connection may rest between requests; load balancers rely on more than their own 60."""
HURRIED_SECONDS = 1.0
"""The patience with everybody when the places become scarce, and with the last ones at the end."""
MOST_CONNECTIONS = 1_000
SCARCE = 0.8
"""The share of the places from which on they are scarce."""
LARGEST_HEADERS = 65_536
BYTES_IN_MEMORY = 131_072
"""What of a body is kept in memory while it comes in; the rest goes to a file."""
FILES_OF_OTHERS = 250
"""Open files left to the database and to calls of Slack."""
DEEP = 4
"""From so many waiting requests a thread on it is said that they wait."""
MOST_WAITING = 50
STUMBLE_SECONDS = 0.5


def listen(host: str, port: int, *, seconds: float = 3.0) -> socket.socket:
    """A listening socket. After a crash the process before may hold the port a moment longer: that is waited for.

    Raises :class:`CannotStart` when it stays taken for so many seconds, or when the host is not of this machine.
    """
    deadline = time.monotonic() + seconds
    while True:
        try:
            return _listening(host, port)
        except OSError as error:
            if error.errno != errno.EADDRINUSE or time.monotonic() > deadline:
                raise CannotStart(
                    f"Cannot listen on {host} port {port}: {error.strerror or error}."
                ) from None
            time.sleep(0.1)


def _listening(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    door = socket.socket(family, kind, protocol)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(address)
        door.listen(1024)
    except BaseException:
        door.close()
        raise
    return door


class Answer(WSGITask):
    """An answer; the last one on its connection when the server is about to end."""

    def start(self) -> None:
        super().start()
        server = self.channel.server
        if isinstance(server, Server) and server.is_ending:
            self.set_close_on_finish()


class Connection(HTTPChannel):
    """One connection, which knows for how long the other side has kept us waiting."""

    task_class = Answer

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._since = time.monotonic()
        """When it was opened, a request began, or an answer was written, whichever came last."""
        self._is_new = True
        self._half: object = None
        super().__init__(*arguments, **named)

    @property
    def asks(self) -> str | None:
        """The path of the request that is worked on or comes next; ``None`` when there is none."""
        request = next(iter(self.requests), None)  # a thread may take it away at any moment
        return None if request is None else str(getattr(request, "path", ""))

    @property
    def owes(self) -> bool:
        """Whether the other side must do something now: send a request, or the rest of it, or read an answer."""
        return self._is_new or self.request is not None or bool(self.total_outbufs_len)

    def waited(self) -> float:
        """For how many seconds it has been the other side's turn; 0 while it is ours."""
        return 0.0 if self.requests else time.monotonic() - self._since

    def received(self, data: bytes) -> bool:
        taken = super().received(data)
        if self.request is not self._half:
            self._half, self._since = self.request, time.monotonic()
        return taken

    def write_soon(self, data: bytes) -> int:
        self._is_new, self._since = False, time.monotonic()
        return super().write_soon(data)

    def service(self) -> None:
        try:
            super().service()
        except BaseException:  # the thread that called us logs it; nobody else would close the connection
            self.cancel()
            self.server.pull_trigger()
            raise


class Threads(ThreadedTaskDispatcher):
    """Threads that answer one request after another."""

    # It has a word for every single request that waits. Server says once a second how many do, if they are many.
    queue_logger = logging.Logger("waitress.queue", logging.ERROR)

    def __init__(self, count: int) -> None:
        super().__init__()
        self.set_thread_count(count)


class OneThread(Threads):
    """One thread for one path. If it hangs, whoever asked first gives way to whoever asks last."""

    def __init__(self) -> None:
        super().__init__(1)

    def add_task(self, task: Any) -> None:
        super().add_task(task)
        with self.lock:
            given_up: Any = self.queue.popleft() if len(self.queue) > MOST_WAITING else None
        if given_up is not None:
            given_up.cancel()


class ThreadsApart(Threads):
    """The threads of a server: many for its work, and one for each path of ``apart``, which no work holds up."""

    def __init__(self, count: int, apart: Sequence[str]) -> None:
        super().__init__(count)
        self._apart = {path: OneThread() for path in apart}

    def add_task(self, task: Any) -> None:
        if task.asks in self._apart:
            self._apart[task.asks].add_task(task)
        else:
            super().add_task(task)

    def shutdown(self, cancel_pending: bool = True, timeout: int = 5) -> bool:
        """End all threads; whether they did end within ``timeout`` seconds. Some may be at work for ever."""
        for one in self._apart.values():
            one.shutdown(cancel_pending, timeout)
        super().shutdown(cancel_pending, timeout)
        return not self.threads and not any(one.threads for one in self._apart.values())


class Server(TcpWSGIServer):
    """Answers what comes to a listening socket. ``apart`` are the paths that have a thread of their own.

    ``largest_body`` in bytes; what is larger is refused with a 413 as soon as that is known. Call its methods in
    one thread.
    """

    channel_class = Connection
    active_channels: dict[int, Connection]  # type: ignore[assignment]

    def __init__(
        self,
        application: WSGIApplication,
        door: socket.socket,
        *,
        threads: int,
        apart: Sequence[str],
        largest_body: int,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self.is_ending = False
        self._threads = threads
        self._patience = patience
        self._looked_at = self._deaf_until = 0.0
        self._pool = ThreadsApart(threads, apart)
        self._watched: dict[int, Any] = {}
        super().__init__(
            application,
            self._watched,
            _sock=door,
            dispatcher=self._pool,
            adj=_adjustments(door, threads, largest_body),
            sockinfo=(door.family, door.type, door.proto, door.getsockname()),
            bind_socket=False,
        )

    def serve(self, stop: threading.Event) -> None:
        """Answer until ``stop`` is set."""
        waking = threading.Thread(target=self._wake_at, args=(stop,), name="stop", daemon=True)
        waking.start()
        while not stop.is_set():
            self._turn(1.0)
        waking.join()

    def drain(self, until: float) -> bool:
        """Take no more connections, and answer what was asked; ``False`` when ``until`` (monotonic) came first."""
        self._stop_listening()
        self.is_ending = True
        while self._is_busy() and time.monotonic() < until:
            self._turn(0.05)
        return not self._is_busy()

    def close(self) -> None:
        """End the threads and let go of every connection."""
        # A thread that is still at work would write to whatever file had the number of what was closed.
        if self._pool.shutdown(timeout=1):
            wasyncore.close_all(self._watched, ignore_all=True)

    def _wake_at(self, stop: threading.Event) -> None:
        stop.wait()
        self.pull_trigger()

    def _turn(self, seconds: float) -> None:
        """Wait for something to happen, for so many seconds at most, and see to it."""
        try:
            wasyncore.loop(seconds, use_poll=True, map=self._watched, count=1)
            if time.monotonic() - self._looked_at >= 1.0:
                self._looked_at = time.monotonic()
                self._look_after()
        except Exception:
            log.exception("something went wrong between the connections; going on")
            time.sleep(STUMBLE_SECONDS)

    def _look_after(self) -> None:
        """Close what kept us waiting for too long, and say when too many wait for us."""
        is_scarce = len(self.active_channels) > SCARCE * self.adj.connection_limit
        for connection in list(self.active_channels.values()):
            patience = self._patience if connection.owes else KEEP_ALIVE_SECONDS
            if connection.waited() > (HURRIED_SECONDS if is_scarce else patience):
                connection.handle_close()
        waiting = len(self._pool.queue)
        if waiting > DEEP * self._threads:
            log.warning("%d requests wait for a thread", waiting)

    def _is_busy(self) -> bool:
        """Whether something is under way. What has a thread of its own is not: it may hang, and nothing is lost."""
        return (
            self._pool.active_count > 0
            or bool(self._pool.queue)
            or any(
                connection.owes and not connection.requests and connection.waited() < HURRIED_SECONDS
                for connection in self.active_channels.values()
            )
        )

    def _stop_listening(self) -> None:
        """After taking those whose connection stands already, though nobody has looked at it yet."""
        before = -1
        while before != len(self.active_channels) < self.adj.connection_limit:
            before = len(self.active_channels)
            self.handle_accept()
        self.del_channel()
        assert self.socket is not None
        self.socket.close()

    def maintenance(self, now: float) -> None:
        """Nothing: see :meth:`_look_after`, whose clock nobody sets."""

    def readable(self) -> bool:
        return time.monotonic() >= self._deaf_until and super().readable()

    def accept(self) -> Any:
        try:
            return super().accept()
        except OSError as error:  # such as no file left: whoever stands at the door would wake us without end
            log.warning("cannot take a connection: %s", error.strerror or error)
            self._deaf_until = time.monotonic() + STUMBLE_SECONDS
            return None


def _adjustments(door: socket.socket, threads: int, largest_body: int) -> Adjustments:
    return Adjustments(
        sockets=[door],
        threads=threads,
        connection_limit=_places(),
        max_request_header_size=LARGEST_HEADERS,
        max_request_body_size=largest_body + 1,  # from which on a body is too large
        inbuf_overflow=BYTES_IN_MEMORY,
        expose_tracebacks=False,
        ident=None,
    )


def _places() -> int:
    """How many connections there may be: each can need two files. The limit on open files is raised for them."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * MOST_CONNECTIONS + FILES_OF_OTHERS
    if soft != resource.RLIM_INFINITY and soft < wanted:
        more = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with contextlib.suppress(
            ValueError, OSError
        ):  # some systems have another limit that they do not tell
            resource.setrlimit(resource.RLIMIT_NOFILE, (more, hard))
            soft = more
    if soft == resource.RLIM_INFINITY:
        return MOST_CONNECTIONS
    return max(50, min(MOST_CONNECTIONS, (soft - FILES_OF_OTHERS) // 2))
