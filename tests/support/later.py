"""A clock that can be put forward, and an app that goes by it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from bot.app import utc_now
from tests.support.deliveries import ANA, TEAM, button
from tests.support.office import Office, Talk
from tests.support.settled import advice_of, settled_talk


@dataclass
class Later:
    """The time, and as much as was let pass."""

    passed: datetime.timedelta = field(default_factory=datetime.timedelta)

    def __call__(self) -> datetime.datetime:
        return utc_now() + self.passed

    def weeks(self, number: float) -> None:
        """Let so many weeks pass."""
        self.passed += datetime.timedelta(weeks=number)


def decided_talk(office: Office, **answers: Any) -> Talk:
    """A consultation that was advised, and decided as advised."""
    talk = settled_talk(office, **answers)
    advice = advice_of(talk)
    assert office.slack.click(advice, button(advice, "Accept"))[0] == 200
    office.quiet()
    return talk


def go_round(office: Office) -> None:
    """Let the app do its own round, and send what comes of it."""
    office.application.outbox._rounds.go(office.application.outbox.clock())
    office.quiet()


def send_form(office: Office, values: dict[str, Any], *, user: str = ANA) -> tuple[int, str]:
    """Send the form that was opened last, filled in: a text, or the value of a choice, by block."""
    view = office.sandbox.calls("views.open")[-1]["args"]["view"]
    state = {
        block: {"value": {"type": "plain_text_input", "value": said}}
        if not said.startswith("=")
        else {"value": {"type": "radio_buttons", "selected_option": {"value": said[1:]}}}
        for block, said in values.items()
    }
    sent = {
        "id": "V1",
        "team_id": TEAM,
        "callback_id": view["callback_id"],
        "private_metadata": view["private_metadata"],
        "state": {"values": state},
        "blocks": view["blocks"],
        "hash": str(len(office.slack.sent)),
        "type": "modal",
    }
    return office.slack.interaction(
        {"type": "view_submission", "team": {"id": TEAM}, "user": {"id": user, "team_id": TEAM}, "view": sent}
    )
