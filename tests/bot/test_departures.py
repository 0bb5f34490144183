"""The app is taken away: its token goes at once, the records after thirty days, unless it comes back before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.decision_log import Scope
from bot.decision_log.departures import departed_by
from tests.support.deliveries import ANA, TEAM
from tests.support.later import Later, decided_talk
from tests.support.office import Ear, Office, office_with
from tests.support.sandbox_client import SandboxClient

UNINSTALLED = {"type": "app_uninstalled"}
REVOKED: dict[str, Any] = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["UTUNE"]}}


@pytest.fixture
def later() -> Later:
    return Later()


@pytest.fixture
def office(sandbox: SandboxClient, ear: Ear, tmp_path: Path, later: Later) -> Iterator[Office]:
    at_work = office_with(sandbox, ear, f"sqlite:///{tmp_path / 'log.db'}", clock=later)
    at_work.application.outbox.start()
    yield at_work
    at_work.application.outbox.stop()
    at_work.application.close()


def decisions(office: Office) -> int:
    with office.application.record.reading(TEAM) as tx:
        return len(tx.decisions(Scope.of_workspace(TEAM)))


def departed(office: Office, later: Later) -> list[str]:
    with office.application.record.reading(TEAM) as tx:
        return departed_by(tx, later())


@pytest.mark.parametrize("event", [UNINSTALLED, REVOKED], ids=lambda event: str(event["type"]))
def test_the_token_goes_at_once_and_the_records_after_thirty_days(
    office: Office, later: Later, event: dict[str, Any]
) -> None:
    decided_talk(office)
    assert office.slack.event(event) == (200, "")
    installation = office.application.installation
    assert (installation.token, installation.client.token, installation.tenant) == ("", None, None)
    assert office.application.ready() == (False, "the app was taken away from its workspace")
    before = len(office.sandbox.calls("chat.postMessage"))
    assert office.slack.command("sort parcels")[0] == 200
    assert len(office.sandbox.calls("chat.postMessage")) == before
    rounds = office.application.outbox._rounds
    later.weeks(4.2)
    rounds.go(later())
    assert (decisions(office), departed(office, later)) == (1, [TEAM])
    later.weeks(0.2)
    rounds.go(later())
    assert (decisions(office), departed(office, later)) == (0, [])


def test_a_person_who_takes_their_own_token_back_takes_nothing_away(office: Office, later: Later) -> None:
    decided_talk(office)
    office.slack.event({"type": "tokens_revoked", "tokens": {"oauth": [ANA], "bot": []}})
    assert office.application.ready() == (True, "ready")
    assert departed(office, later) == []


def test_an_app_that_comes_back_in_time_keeps_its_records(
    office: Office, sandbox: SandboxClient, ear: Ear, later: Later
) -> None:
    decided_talk(office)
    office.slack.event(UNINSTALLED)
    office.application.outbox.stop()
    office.application.close()
    again = office_with(sandbox, ear, office.application.settings.database_url, clock=later)
    assert departed(again, later) == []
    later.weeks(9)
    again.application.outbox._rounds.go(later())
    assert decisions(again) == 1
    again.application.close()
