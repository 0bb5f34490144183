"""A dropped file, from Slack to what it says. Nothing of it is kept, and nothing of it is logged."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Mapping

from bot.conversation.posts import FileToRead
from bot.slack.fetching import NotFetched, Why
from bot.slack.web_api import Slack, Wait
from core.evidence.found import MOST_BYTES, Found, Unreadable
from core.evidence.reader import read_evidence
from core.evidence.text import TOO_LARGE

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
}
BROKEN = Unreadable("Reading it failed, by a mistake of mine.")


def read_file(slack: Slack, about: FileToRead) -> Found:
    """What the file of a note says. Raises :class:`Wait` when Slack cannot be reached, or asks to wait."""
    if (about.size or 0) > MOST_BYTES:
        return WHY["too_large"]
    try:
        content = slack.fetch(about.file, MOST_BYTES)
    except NotFetched as why:
        if why.because == "unreachable":
            raise Wait(2, "a file cannot be fetched") from None
        return WHY[why.because]
    try:
        return read_evidence(content, about.use)
    except Exception as bug:
        # Not with its message, which may quote the file.
        where = traceback.extract_tb(bug.__traceback__)[-1]
        log.error("reading a file failed: %s at %s:%s", type(bug).__name__, where.filename, where.lineno)
        return BROKEN
