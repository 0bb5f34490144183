"""Which way a chart goes to Slack: as a picture, as Slack's own chart, or not at all; the table is there in any case.

What worked is kept in ``about`` of the chart's post, with the file of every picture by its digest, so that no picture
is uploaded twice, whatever happens in between:

``{"way": "picture" | "native" | "table", "file": "F…", "files": {digest: "F…"}, "tries": 2}``
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from bot.conversation.standing import Standing
from bot.decision_log.records import Post
from bot.slack.web_api import CannotUpload, Slack, Wait
from bot.views.pictures import LOOKS, draw
from core.costs.curves import Curves

log = logging.getLogger(__name__)

PICTURE, NATIVE, TABLE = "picture", "native", "table"
NEXT = {PICTURE: NATIVE, NATIVE: TABLE}

TRIES = 4
"""How often a picture is tried: Slack may be away, or take a while to process a file before it can be shown."""
FILE_NAME = "costs.png"

About = dict[str, Any]
Note = Callable[[About], None]


@dataclass(frozen=True)
class Charting:
    """Uploads what a chart's message needs."""

    slack: Slack

    def prepared(self, standing: Standing, post: Post, note: Note) -> About:
        """What the chart's post is about, once its picture is in Slack. ``note`` keeps what must not be forgotten.

        Raises :class:`Wait` when the upload is to be tried again.
        """
        curves = standing.curves
        about: About = {"way": PICTURE, **post.about}
        if curves is None or not standing.is_latest(post) or about["way"] != PICTURE:
            return about
        digest = picture_digest(curves)
        files = {**_files(standing), **about.get("files", {})}
        if digest not in files:
            try:
                files[digest] = self._upload(curves)
            except CannotUpload as why:
                log.info("a picture cannot be uploaded (%s); showing the chart of Slack's own", why)
                return _noted(note, about | {"way": NATIVE})
            except Wait:
                if about.get("tries", 0) + 1 >= TRIES:
                    return _noted(note, about | {"way": NATIVE})
                note(about | {"tries": about.get("tries", 0) + 1})
                raise
        if about.get("file") != files[digest]:
            about = _noted(note, about | {"file": files[digest], "files": files, "tries": 0})
        return about

    def refused(self, about: About, note: Note) -> About:
        """What to do after Slack refused the message. Raises :class:`Wait` while its file may still be processed."""
        tries = about.get("tries", 0) + 1
        if about["way"] == PICTURE and tries < TRIES:
            note({**about, "tries": tries})
            raise Wait(1, "Slack may still be processing a picture")
        return _noted(note, {**about, "way": NEXT[about["way"]], "tries": 0})

    def _upload(self, curves: Curves) -> str:
        return self.slack.upload(FILE_NAME, draw(curves).png, curves.in_words)


def picture_digest(curves: Curves) -> str:
    """The same for pictures that look the same."""
    figures = json.dumps([LOOKS, asdict(curves)], default=_as_text)
    return hashlib.sha256(figures.encode()).hexdigest()[:32]


def _as_text(value: object) -> str:
    """50,000 is the same however it came about."""
    return str(value.normalize() if isinstance(value, Decimal) else value)


def _files(standing: Standing) -> dict[str, str]:
    """What was uploaded for the consultation's charts."""
    found: dict[str, str] = {}
    for post in standing.consultation.posts:
        if post.what == "chart":
            found |= post.about.get("files", {})
    return found


def _noted(note: Note, about: About) -> About:
    note(about)
    return about
