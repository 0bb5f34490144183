"""Who waits for what a thread is to show: told when Slack does not take it, so that nobody is left with silence."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from bot.decision_log.log import CouldNotRead, Log
from bot.decision_log.records import Consultation
from bot.decision_log.scope import Scope
from bot.slack.refusals import SlackRefuses, kind_of
from bot.slack.web_api import Gone, Slack, Wait
from bot.views.usage import kept_here

log = logging.getLogger(__name__)

KEPT = 1_000
"""Consultations of which it is known who waits; of more than these the oldest are forgotten."""


@dataclass
class Waiting:
    """The people who said something in a consultation, until it is shown. A restart forgets them."""

    slack: Slack
    record: Log
    _people: OrderedDict[tuple[str, str], dict[str, str]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, workspace: str, consultation: str, user: str, response_url: str = "") -> None:
        """Somebody said something. ``response_url``: where they can be told, if there is such an address."""
        with self._lock:
            people = self._people.setdefault((workspace, consultation), {})
            people[user] = response_url or people.get(user, "")
            self._people.move_to_end((workspace, consultation))
            if len(self._people) > KEPT:
                self._people.popitem(last=False)

    def served(self, workspace: str, consultation: str) -> None:
        """Slack shows all of it."""
        with self._lock:
            self._people.pop((workspace, consultation), None)

    def tell(self, workspace: str, consultation: str, word: str) -> None:
        """Slack does not take what they wait for, and ``word`` is why: each of them is told so, once."""
        with self._lock:
            people = self._people.pop((workspace, consultation), {})
        found = self._consultation(workspace, consultation) if people else None
        for user, response_url in people.items():
            try:
                self._tell(found, user, response_url, word)
            except Wait:
                self.add(workspace, consultation, user, response_url)  # told with the next try
            except (SlackRefuses, Gone) as why:
                log.warning("somebody in consultation %s could not be told (%s)", consultation, why)

    def _consultation(self, workspace: str, id_: str) -> Consultation | None:
        try:
            with self.record.reading(workspace) as tx:
                return tx.consultation(Scope.of_workspace(workspace), id_)
        except CouldNotRead:
            return None

    def _tell(self, found: Consultation | None, user: str, response_url: str, word: str) -> None:
        """At their address; in the thread where there is none, or it has expired."""
        told = kept_here(word, kind_of(word))
        if not self.slack.respond(response_url, told) and found is not None:
            self.slack.whisper(found.channel, user, told, thread_ts=found.root_ts)
