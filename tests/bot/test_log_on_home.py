"""App Home: the decisions in which a person took part, page by page, searched and shown."""

from __future__ import annotations

from bot.views import ids
from tests.support import logged
from tests.support.deliveries import BEN, CHANNEL, TEAM, button, buttons_of
from tests.support.logged import decide, pressed_in_view, words
from tests.support.office import Office
from tests.support.sandbox_client import labels


def test_home_lists_what_this_person_took_part_in_page_by_page(office: Office) -> None:
    for n in range(1, 13):
        decide(office, f"sort mail {n}", channel=CHANNEL if n % 2 else "CSUPPORT")
    decide(office, "Ben's alone", by=BEN)
    first = logged.home(office)
    assert "sort mail 12" in words(first)
    assert len([label for label in labels(first) if label.startswith("Show #")]) == 10
    assert "Ben's alone" not in words(first)
    older = button(first, "Older")
    pressed_in_view(office, older["action_id"], older["value"])
    second = logged.shown_home(office)
    assert "sort mail 1" in words(second)
    assert "sort mail 12" not in words(second)
    newer = button(second, "Newer")
    pressed_in_view(office, newer["action_id"], newer["value"])
    assert "sort mail 12" in words(logged.shown_home(office))


def test_home_is_searched(office: Office) -> None:
    decide(office, "sort mail")
    decide(office, "route parcels", channel="CSUPPORT")
    decide(office, "route Ben's parcels", by=BEN)
    logged.home(office)
    pressed_in_view(office, ids.HOME_SEARCH)
    form = logged.opened(office)
    assert "There is no filter colour" in logged.sent(office, form, {"query": "colour:red"})["query"]
    assert logged.sent(office, form, {"query": "parcels"}) == {}
    found = logged.shown_home(office)
    assert "route parcels" in words(found)
    assert "Ben's" not in words(found)
    assert "sort mail" not in words(found)
    every = button(found, "All decisions")
    pressed_in_view(office, every["action_id"], every["value"])
    assert "sort mail" in words(logged.shown_home(office))


def test_a_decision_is_shown_from_home_on_a_page(office: Office) -> None:
    decide(office, "sort mail", channel="CSUPPORT")
    decide(office, "sort Ben's mail", by=BEN)
    show = button(logged.home(office), "Show #1")
    pressed_in_view(office, show["action_id"], show["value"])
    page = logged.opened(office)
    assert "sort mail" in words(page)
    assert {one["action_id"] for one in buttons_of(page)} >= {"reopen:1:CSUPPORT", "share:1:CSUPPORT"}
    pressed_in_view(office, f"show:1:{CHANNEL}")
    assert "You took part in no decision #1" in words(logged.opened(office))
    assert TEAM not in words(page)
