"""A dropped file, from Slack to what it says. Nothing of it is kept, and nothing of it is logged."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import bot
from bot.conversation.dropped import ending
from bot.conversation.posts import FileRead, FileToRead
from bot.slack.apart import TOO_MUCH
from bot.slack.fetching import NotFetched, Why
from bot.slack.web_api import Slack, Wait
from core.evidence.found import MOST_BYTES, Found, Unreadable, Use
from core.evidence.text import TOO_LARGE
from core.evidence.told import found_from_json

log = logging.getLogger(__name__)

UNREACHABLE_FILE = Unreadable("Slack did not hand it over. Drop it once more.")
WHY: Mapping[Why, Unreadable] = {
    "no_scope": Unreadable(
        "I may not open files here: that takes the optional permission `files:read`, which whoever runs me can add."
    ),
    "gone": Unreadable("It is not there any more, or I cannot see it. Drop it in this thread once more."),
    "too_large": Unreadable(TOO_LARGE),
    "elsewhere": Unreadable("It is not kept by Slack, and I open nothing elsewhere. Upload it here."),
    "unreachable": UNREACHABLE_FILE,
    "login_page": Unreadable(
        "Slack handed over its login page instead of the file, so I could not read it. Drop it once more, or paste the "
        "figures."
    ),
}
UNREAD: Mapping[str, Unreadable] = {
    kind: Unreadable(f"It is {what}. Give me the results as CSV, JSON, JSONL or Excel.")
    for kind, what in (("yaml", "YAML"), ("yml", "YAML"), ("html", "a web page"), ("htm", "a web page"))
}
"""What is not fetched, by the ending of its name."""
SMALL = 2 * 2**20
"""Bytes. Twice as many take about half a second."""
ARCHIVES = frozenset("xlsx xlsm xlsb xls ods eval zip".split())  # noqa: SIM905 - read, and mended, more easily on one line
BROKEN = Unreadable("Reading it failed, by a mistake of mine.")

Cells = tuple[int, int, int, int]
"""Cases that were right in both of two files, in the first alone, in the second alone, and in neither."""

WHERE_WE_ARE = str(Path(bot.__file__).parents[1])
CHILD = "import sys; sys.path.append(sys.argv[1]); from bot.slack.apart import main; main()"


@dataclass
class Reader:
    """Reads files in processes of their own: the one that acknowledges clicks has its hands free.

    seconds: how long one file may take by the clock. memory: how many bytes of memory it may take.
    """

    seconds: float = 60.0
    memory: int = 3 * 2**29
    _children: set[subprocess.Popen[bytes]] = field(default_factory=set)
    _is_stopped: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def read(self, content: bytes, use: Use) -> Found:
        """What a file says. Raises :class:`Wait` when it was stopped meanwhile."""
        return _found(self._said({"use": use.to_json()}, content))

    def compare(self, before: bytes, use_before: Use, after: bytes, use: Use) -> Cells | None:
        """What two files say of the cases that are in both; ``None``: nothing. Raises :class:`Wait` as well."""
        how = {"use": use.to_json(), "use_beside": use_before.to_json(), "beside": len(before)}
        said = self._said(how, before + after)
        told = json.loads(said) if said else {}
        cells = told.get("cells")
        return (cells[0], cells[1], cells[2], cells[3]) if cells else None

    def _said(self, how: Mapping[str, Any], content: bytes) -> bytes:
        """What a process of its own says of a file; nothing if it took too long or too much."""
        told = json.dumps({**how, "bytes": self.memory}).encode()
        with self._lock:
            if self._is_stopped:
                raise Wait(1, "files are not read any more", is_told=True)
            command = [sys.executable, "-P", "-c", CHILD, WHERE_WE_ARE]
            child = subprocess.Popen(  # noqa: S603 - our own
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            self._children.add(child)
        try:
            said, _ = child.communicate(told + b"\n" + content, self.seconds)
        except subprocess.TimeoutExpired:
            said = b""
        finally:
            child.kill()
            child.wait()
            with self._lock:
                self._children.discard(child)
        if self._is_stopped:
            raise Wait(1, "reading a file was interrupted", is_told=True)
        return said

    @property
    def is_reading(self) -> bool:
        """Whether a file is being read now."""
        with self._lock:
            return bool(self._children)

    def stop(self) -> None:
        """Leave what is being read. It is read again after the next start."""
        with self._lock:
            self._is_stopped = True
            for child in self._children:
                child.kill()


def _found(said: bytes) -> Found:
    """What the child said; a child that said nothing took too long or too much."""
    if not said:
        return TOO_MUCH
    told = json.loads(said)
    if told["is"] == "broken":
        log.error("reading a file failed: %s", told["because"])
        return BROKEN
    return found_from_json(told)


def is_small(about: FileToRead) -> bool:
    """Whether a file is read within a moment, by its size; an archive may be anything once it is unpacked."""
    return (about.size or 0) <= SMALL and ending(about.name) not in ARCHIVES


def compare_files(slack: Slack, reader: Reader, before: FileRead, after: FileToRead) -> Cells | None:
    """What an earlier file and a later one say of the same cases; ``None`` where that cannot be told any more."""
    try:
        earlier, later = slack.fetch(before.file, MOST_BYTES), slack.fetch(after.file, MOST_BYTES)
    except NotFetched:
        return None
    return reader.compare(earlier, before.use, later, after.use)


def read_file(slack: Slack, reader: Reader, about: FileToRead) -> Found:
    """What the file of a note says. Raises :class:`Wait` when Slack cannot be reached, or asks to wait."""
    if (about.size or 0) > MOST_BYTES:
        return WHY["too_large"]
    if ending(about.name) in UNREAD:
        return UNREAD[ending(about.name)]
    try:
        content = slack.fetch(about.file, MOST_BYTES)
    except NotFetched as why:
        if why.because == "unreachable":
            raise Wait(2, "a file cannot be fetched") from None
        return WHY[why.because]
    return reader.read(content, about.use)
