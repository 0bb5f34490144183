"""The pages that open from an advice, and the choice of an option on the page of the costs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.views import ids
from tests.support.deliveries import ANA, TEAM, button, unique
from tests.support.office import Office, Talk
from tests.support.settled import advice_of, settled_talk


@pytest.fixture
def advised(office: Office) -> tuple[Talk, dict[str, Any]]:
    """A consultation whose verdict stands, and the message of its advice."""
    talk = settled_talk(office)
    return talk, advice_of(talk)


def opened(office: Office) -> dict[str, Any]:
    """The page that was opened last."""
    return dict(office.sandbox.calls("views.open")[-1]["args"]["view"])


@pytest.mark.parametrize(
    ("label", "says"),
    [
        ("The case against", "wrong answers too many a month"),
        ("What would change it", "*Calls a month*, now 250k"),
        ("Why", "threshold: "),
        ("Costs", "Engineering for the first tuned model"),
    ],
)
def test_a_button_opens_its_page(advised: tuple[Talk, dict[str, Any]], label: str, says: str) -> None:
    talk, message = advised
    assert talk.office.slack.click(message, button(message, label))[0] == 200
    view = opened(talk.office)
    assert view["title"]["text"] == label
    assert says in json.dumps(view, ensure_ascii=False)


def test_another_option_turns_the_page(advised: tuple[Talk, dict[str, Any]]) -> None:
    talk, message = advised
    talk.office.slack.click(message, button(message, "Costs"))
    page = opened(talk.office)
    assert _choose(talk.office, page, "self_hosted@0")[0] == 200
    turned = talk.office.sandbox.calls("views.update")[-1]["args"]
    assert turned["view_id"] == "VPAGE"
    assert "*Fine-tune, self-hosted: 8B on H100*" in json.dumps(turned["view"])


def test_a_page_of_a_decision_can_still_be_read(advised: tuple[Talk, dict[str, Any]]) -> None:
    talk, message = advised
    before = len(talk.office.sandbox.calls("views.open"))
    talk.office.slack.click(message, button(message, "Accept"))
    talk.office.quiet()
    talk.office.slack.click(message, button(message, "The case against"))
    assert len(talk.office.sandbox.calls("views.open")) == before + 1


def test_nobody_reads_a_page_of_another_channel(advised: tuple[Talk, dict[str, Any]]) -> None:
    talk, message = advised
    before = len(talk.office.sandbox.calls("views.open"))
    assert talk.office.slack.click(message, button(message, "The case against"), channel="CGENERAL")[0] == 200
    assert len(talk.office.sandbox.calls("views.open")) == before


def _choose(office: Office, page: dict[str, Any], value: str) -> tuple[int, str]:
    """Choose an option on a page that is open, as Slack reports it."""
    return office.slack.interaction(
        {
            "type": "block_actions",
            "user": {"id": ANA, "team_id": TEAM},
            "team": {"id": TEAM},
            "container": {"type": "view", "view_id": "VPAGE"},
            "trigger_id": unique("trigger."),
            "view": {"id": "VPAGE", "private_metadata": page["private_metadata"], "state": {"values": {}}},
            "actions": [
                {
                    "type": "static_select",
                    "action_id": ids.COSTS_OF,
                    "action_ts": "1",
                    "selected_option": {"value": value},
                }
            ],
        }
    )
