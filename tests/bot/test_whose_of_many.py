"""Which of several installations a payload is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.decision_log import Log, open_engine
from bot.decision_log.create import create
from bot.decision_log.installations import InstallationRecord, InstallationStore, Tokens
from bot.decision_log.keys import Keys, new_key
from bot.slack.installations import Installations
from bot.slack.listeners import incoming
from bot.slack.listeners.whose import whose
from bot.slack.rotation import Rotation
from tests.support.from_afar import (
    ORG,
    PARTNER,
    SISTER,
    STRANGER,
    At,
    Sent,
    click_at_home,
    click_to_start,
    command,
    event,
    home_opened,
    mention,
    start_form,
)

US = "TSANDBOX"
OURS = At(US)
OURS_IN_ORG = At(US, ORG)
SISTERS = At(SISTER, ORG)
PARTNERS = At(PARTNER)
NOW = datetime(2026, 11, 28, tzinfo=UTC)


def made(workspace: str, enterprise: str = "") -> InstallationRecord:
    """An installation, whose bot has ids of its own."""
    return InstallationRecord(
        workspace, enterprise, "ATUNE", f"B{workspace}", f"U{workspace}", frozenset(), "UANA", NOW,
        Tokens(f"xoxb-{workspace}"),
    )  # fmt: skip


@pytest.fixture
def installed(tmp_path: Path) -> Installations:
    engine = open_engine(f"sqlite:///{tmp_path / 'log.db'}")
    create(engine)
    store = InstallationStore(Log(engine), Keys([new_key()]))
    rotation = Rotation(store, WebClient(), "1.2", "secret", lambda: NOW)
    return Installations(store, rotation, WebClient, lambda: NOW)


@dataclass(frozen=True)
class Case:
    name: str
    installed: tuple[InstallationRecord, ...]
    sent: Sent
    owner: str | None


def under(sent: Sent, poster: str) -> Sent:
    """The same, in a thread that somebody's message heads."""
    about = {**sent.payload["event"], "thread_ts": "1.000001", "parent_user_id": poster}
    return Sent({**sent.payload, "event": about}, sent.way)


def on_message_of(sent: Sent, bot: str) -> Sent:
    """The same click, on a message of a bot's."""
    return Sent({**sent.payload, "message": {"bot_id": bot, "ts": "1.000001"}}, sent.way)


def in_form_of(sent: Sent, bot: str) -> Sent:
    """The same, in a form that a bot opened."""
    return Sent({**sent.payload, "view": {**sent.payload["view"], "bot_id": bot}}, sent.way)


def org_wide(sent: Sent) -> Sent:
    """The same, of which Slack says that the app is installed in the organisation."""
    flag: Any = "true" if sent.way == "command" else True
    return Sent({**sent.payload, "is_enterprise_install": flag}, sent.way)


ONE, PARTNERS_ONE = made(US), made(PARTNER)
MEMBER, SISTERS_ONE, WHOLE = made(US, ORG), made(SISTER, ORG), made(ORG, ORG)
BOTH = (ONE, PARTNERS_ONE)

CASES = [
    Case("a command", BOTH, command(OURS, "a"), US),
    Case("the partner's command", BOTH, command(PARTNERS, "a"), PARTNER),
    Case("a stranger's command", BOTH, command(At(STRANGER), "a"), None),
    Case("a mention for us in a channel of the partner's", BOTH,
         event(PARTNERS, mention("a"), [OURS.authorization()]), US),
    Case("a mention for the partner in a channel of ours", BOTH,
         event(OURS, mention("a"), [PARTNERS.authorization()]), PARTNER),
    Case("a reply under our card, told for the partner", BOTH,
         under(event(OURS, mention("a"), [PARTNERS.authorization()]), f"U{US}"), US),
    Case("a reply under the partner's card, told for us", BOTH,
         under(event(OURS, mention("a"), [OURS.authorization()]), f"U{PARTNER}"), PARTNER),
    Case("our bot named in a text that is told for the partner", BOTH,
         event(OURS, mention(f"<@U{US}>"), [PARTNERS.authorization()]), PARTNER),
    Case("the partner's click on our card", BOTH, on_message_of(click_to_start(PARTNERS, "a"), f"B{US}"), US),
    Case("our click on the partner's card", BOTH,
         on_message_of(click_to_start(OURS, "a"), f"B{PARTNER}"), PARTNER),
    Case("a click of somebody without the app, on our card", (ONE,),
         on_message_of(click_to_start(At(STRANGER), "a"), f"B{US}"), US),
    Case("the partner's form, opened by us", BOTH, in_form_of(start_form(PARTNERS, US, "a"), f"B{US}"), US),
    Case("a click at home that names another team", (MEMBER, SISTERS_ONE),
         in_form_of(click_at_home(SISTERS, US), f"B{SISTER}"), SISTER),
    Case("a home that was opened", BOTH, event(PARTNERS, home_opened("U1"), [OURS.authorization()]), US),
    Case("a command anywhere in an organisation", (WHOLE,), org_wide(command(SISTERS, "a")), ORG),
    Case("a command where both are installed, for the workspace", (MEMBER, WHOLE), command(OURS_IN_ORG, "a"), US),
    Case("a command where both are installed, for the organisation", (MEMBER, WHOLE),
         org_wide(command(OURS_IN_ORG, "a")), ORG),
    Case("an event where both are installed, for the organisation", (MEMBER, WHOLE),
         event(OURS_IN_ORG, mention("a"), [OURS_IN_ORG.authorization(org_wide=True)]), ORG),
    Case("a sister's command, without an installation of its own", (MEMBER,), command(SISTERS, "a"), None),
    Case("another app's", BOTH, command(OURS, "a", app="AOTHER"), None),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_payload_belongs_to_one_installation_or_to_none(installed: Installations, case: Case) -> None:
    for record in case.installed:
        installed.install(record)
    assert owner_of(case.sent.payload, installed) == case.owner


def owner_of(payload: Mapping[str, Any], installed: Installations) -> str | None:
    found = whose(incoming.origin(payload), installed)
    return None if found is None else found.tenant.id


def test_when_the_workspace_takes_it_away_the_organisation_still_has_it(installed: Installations) -> None:
    installed.install(MEMBER)
    installed.install(WHOLE)
    sent = command(OURS_IN_ORG, "a").payload
    assert owner_of(sent, installed) == US
    installed.taken_away(US, datetime(2026, 11, 29, tzinfo=UTC))
    assert owner_of(sent, installed) == ORG
    installed.taken_away(ORG, datetime(2026, 11, 29, tzinfo=UTC))
    assert owner_of(sent, installed) is None


def test_when_the_organisation_takes_it_away_the_workspace_still_has_it(installed: Installations) -> None:
    installed.install(WHOLE)
    installed.install(MEMBER)
    installed.taken_away(ORG, datetime(2026, 11, 29, tzinfo=UTC))
    assert owner_of(org_wide(command(OURS_IN_ORG, "a")).payload, installed) == US


def test_while_the_log_cannot_be_read_nobody_is_taken_for_a_stranger(
    installed: Installations, tmp_path: Path
) -> None:
    installed.install(ONE)
    (tmp_path / "log.db").rename(tmp_path / "elsewhere.db")
    with pytest.raises(Exception, match="unable to open"):
        owner_of(command(OURS, "a").payload, installed)
