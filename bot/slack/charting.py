"""Which way a chart goes to Slack: as a picture, as Slack's own chart, or not at all; the table is there in any case.

What worked is kept in the chart's post, with the file of every picture by its digest, so that no picture is uploaded
twice, whatever happens in between.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal

from bot.conversation.posts import Chart
from bot.conversation.standing import Standing
from bot.slack.web_api import CannotUpload, Slack, Wait
from bot.views.pictures import LOOKS, draw
from core.costs.curves import Curves

log = logging.getLogger(__name__)

TRIES = 4
"""How often a picture is tried: Slack may be away, or take a while to process a file before it can be shown."""
FILE_NAME = "costs.png"

Note = Callable[[Chart], None]


@dataclass(frozen=True)
class Charting:
    """Uploads what a chart's message needs."""

    slack: Slack

    def prepared(self, standing: Standing, about: Chart, curves: Curves | None, note: Note) -> Chart:
        """What the chart's post is about, once its picture is in Slack. ``note`` keeps what must not be forgotten.

        ``curves``: its figures, ``None`` where it no longer stands. Raises :class:`Wait` when the upload is to be tried
        again.
        """
        about = replace(about, way=about.way or "picture")
        if curves is None or about.way != "picture":
            return about
        digest = picture_digest(curves)
        files = {**_files(standing), **about.files}
        if digest not in files:
            tries = (about.tries or 0) + 1
            try:
                files[digest] = self._upload(curves)
            except CannotUpload as why:
                log.info("a picture cannot be uploaded (%s); showing the chart of Slack's own", why)
                return _noted(note, replace(about, way="native"))
            except Wait:
                if tries >= TRIES:
                    return _noted(note, replace(about, way="native"))
                note(replace(about, tries=tries))
                raise
        if about.file != files[digest]:
            about = _noted(note, replace(about, file=files[digest], files=files, tries=0))
        return about

    def refused(self, about: Chart, note: Note) -> Chart:
        """What to do after Slack refused the message. Raises :class:`Wait` while its file may still be processed."""
        tries = (about.tries or 0) + 1
        if about.way == "picture" and tries < TRIES:
            note(replace(about, tries=tries))
            raise Wait(1, "Slack may still be processing a picture")
        return _noted(note, replace(about, way="native" if about.way == "picture" else "table", tries=0))

    def _upload(self, curves: Curves) -> str:
        return self.slack.upload(FILE_NAME, draw(curves).png, curves.in_words)


def picture_digest(curves: Curves) -> str:
    """The same for pictures that look the same."""
    figures = json.dumps([LOOKS, curves], default=_in_json)
    return hashlib.sha256(figures.encode()).hexdigest()[:32]


def _in_json(value: object) -> dict[str, object] | str:
    """A record by its fields; 50,000 is the same however it came about."""
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return str(value.normalize() if isinstance(value, Decimal) else value)


def _files(standing: Standing) -> dict[str, str]:
    """What was uploaded for the consultation's charts."""
    found: dict[str, str] = {}
    for post in standing.posts:
        if isinstance(post.about, Chart):
            found |= post.about.files
    return found


def _noted(note: Note, about: Chart) -> Chart:
    note(about)
    return about
