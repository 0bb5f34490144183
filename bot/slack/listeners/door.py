"""The door: what is for no installation of ours goes no further, and nothing does while nobody knows whose it is."""

from __future__ import annotations

import datetime
import logging
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from slack_bolt import BoltResponse

from bot.decision_log.failures import CouldNotRead, CouldNotSave
from bot.slack.blocks import text
from bot.slack.installation import AtHand, NotYetKnown
from bot.slack.listeners import incoming
from bot.slack.listeners.desk import Desk
from bot.slack.listeners.errors import beside_the_form, tell
from bot.slack.listeners.incoming import Kind
from bot.slack.listeners.whose import foreign_id, whose
from bot.slack.refusals import SlackRefuses
from bot.slack.web_api import Wait
from bot.telemetry import traces
from bot.views import usage
from bot.views.document import Document

log = logging.getLogger(__name__)

SAID_EVERY = datetime.timedelta(hours=1)
NAMES_KEPT = 1_000
"""How many foreign places the log names in that time; more than these there are only if somebody means to fill it."""


def door(installed: AtHand, desk: Desk) -> Callable[..., BoltResponse]:
    """For Bolt, before it authorizes. Listeners are told under whose id to keep things, as ``workspace``."""
    seldom = Seldom()

    def decide(
        body: dict[str, Any], context: dict[str, Any], next_: Callable[[], BoltResponse]
    ) -> BoltResponse:
        origin = incoming.origin(body)
        traces.tell(kind=origin.kind.value)
        if origin.kind is Kind.GREETING:
            return next_()
        try:
            found = whose(origin, installed)
            if found is not None:
                installed.work_for(found)
        except NotYetKnown:
            return _turned_away(desk, body, origin.kind, usage.NOT_YET_REACHED, status_of_event=503)
        except (CouldNotRead, CouldNotSave, Wait):
            return _turned_away(desk, body, origin.kind, usage.COULD_NOT_SAVE, status_of_event=503)
        except SlackRefuses:
            return _turned_away(desk, body, origin.kind, usage.INSTALL_AGAIN, status_of_event=200)
        if found is None:
            where = _safe(foreign_id(origin, installed.tenant))
            if seldom.may_say(where, desk.clock()):
                log.warning("turned away: %s of %s, where the app is not installed", origin.kind, where)
            return _turned_away(desk, body, origin.kind, usage.NOT_INSTALLED, status_of_event=200)
        context["workspace"] = found.tenant.id
        return next_()

    return decide


def _turned_away(
    desk: Desk, body: dict[str, Any], kind: Kind, told: Document, *, status_of_event: int
) -> BoltResponse:
    """Tell the person, wherever this kind of request can be answered."""
    match kind:
        case Kind.EVENT:
            return BoltResponse(status=status_of_event, body="")
        case Kind.COMMAND:
            return BoltResponse(status=200, body={"response_type": "ephemeral", "text": text(told)})
        case Kind.FORM if incoming.first_field_of(body):
            return beside_the_form(body, told)
        case _:
            tell(desk, body, told)
            return BoltResponse(status=200, body="")


@dataclass
class Seldom:
    """Lets each name be said once an hour, so that nobody else's requests fill our log."""

    _said: dict[str, datetime.datetime] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def may_say(self, name: str, now: datetime.datetime) -> bool:
        """Whether it has not been said for an hour; from now on it has."""
        with self._lock:
            if len(self._said) >= NAMES_KEPT:
                self._said = {one: at for one, at in self._said.items() if now - at < SAID_EVERY}
            said = self._said.get(name)
            if len(self._said) >= NAMES_KEPT or (said is not None and now - said < SAID_EVERY):
                return False
            self._said[name] = now
            return True


def _safe(name: str) -> str:
    """The name as it may stand in our log: whatever is no id of Slack's is not repeated."""
    return name if re.fullmatch(r"[A-Z0-9]{1,30}", name) else "a place without a name"
