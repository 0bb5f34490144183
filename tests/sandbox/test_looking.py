"""What somebody sees of the page: no channel in which they are not."""

from __future__ import annotations

import pytest

from bot.sandbox import companies
from bot.sandbox.page.looking import led_by
from bot.sandbox.page.panes import HOME
from bot.sandbox.workspace import Workspace


@pytest.fixture
def workspace() -> Workspace:
    found = Workspace()
    companies.share(found)
    return found


@pytest.mark.parametrize("place", ["ml-platform", "general", "", "nowhere"])
def test_somebody_of_another_company_is_led_to_a_channel_that_is_shared_with_them(
    workspace: Workspace, place: str
) -> None:
    looking = led_by(workspace, "pia", place, "1.000001")
    assert looking.person == "UPIA"
    assert workspace.channels[looking.place].is_shared
    assert looking.thread is None


@pytest.mark.parametrize(
    ("name", "place", "channel"),
    [("pia", "globex-acme", "CGLOBEX"), ("ana", "globex-acme", "CGLOBEX"), ("ben", "general", "CGENERAL"),
     ("ana", "nowhere", "CMLPLAT"), ("nobody", "", "CMLPLAT"), ("pia", HOME, HOME)],
)  # fmt: skip
def test_an_address_leads_where_it_says(workspace: Workspace, name: str, place: str, channel: str) -> None:
    assert led_by(workspace, name, place, "").place == channel


def test_whoever_becomes_somebody_else_sees_only_what_that_one_may(workspace: Workspace) -> None:
    looking = led_by(workspace, "ana", "ml-platform", "1.000001")
    looking.person = "UPIA"
    looking.stay()
    assert workspace.channels[looking.place].is_shared
    assert not looking.may_see("CMLPLAT")
