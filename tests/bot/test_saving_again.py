"""A form that was refused stays open, and pressing Save again is told again, or saved if it can be by now."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.views import ids
from tests.support.deliveries import ANA, BEN, CHANNEL, TEAM, button, carried_by, of_ours, unique
from tests.support.office import Office, Talk
from tests.support.settled import advice_of, settled_talk

View = dict[str, Any]


def opened(office: Office) -> View:
    """The form that was opened last, as Slack would send it: its id and hash stay as long as it is open."""
    view = office.sandbox.calls("views.open")[-1]["args"]["view"]
    return dict(view) | {"id": unique("V"), "hash": unique("h")}


def save(office: Office, view: View, values: Mapping[str, Any], user: str = ANA) -> dict[str, str]:
    """Press Save; the sentences beside the fields ({}: the form is closed)."""
    status, body = office.slack.interaction(
        {
            "type": "view_submission",
            "team": {"id": TEAM},
            "user": {"id": user, "team_id": TEAM},
            "view": view | {"state": {"values": dict(values)}},
        }
    )
    assert status == 200
    return dict(json.loads(body)["errors"]) if body else {}


def typed(block: str, text: str) -> dict[str, Any]:
    return {block: {ids.VALUE: {"value": text}}}


def picked(block: str, choice: str) -> dict[str, Any]:
    return {block: {ids.VALUE: {"selected_option": {"value": choice}}}}


def examples_form(office: Office, talk: Talk) -> View:
    """The form of the second question."""
    talk.press("Yes")
    asked = talk.question()
    office.slack.click(asked, button(asked, "Enter a number…"))
    return opened(office)


TWELVE = typed(ids.number_block("prompt_examples"), "12")


def test_a_question_form_that_came_too_late_is_told_so_each_time(office: Office) -> None:
    talk = office.start("count frogs")
    form = examples_form(office, talk)
    talk.press("Yes, with 5 or more", user=BEN)
    first, second = (save(office, form, TWELVE) for _ in range(2))
    assert "answered this" in str(first)
    assert second == first
    assert talk.answers("prompt_examples") == [[5, None]]


def test_a_question_form_is_told_each_time_that_it_is_decided(office: Office) -> None:
    talk = settled_talk(office)
    form = question_form_of(talk)
    advice = advice_of(talk)
    office.slack.click(advice, button(advice, "Accept"), user=BEN)
    first, second = (save(office, form, TWELVE) for _ in range(2))
    assert "Decision #" in str(first)
    assert second == first


def question_form_of(talk: Talk) -> View:
    """The form by which an answer is changed, opened before anything else happens."""
    seen = next(a.seq for a in talk.consultation.answers if a.key == "prompt_examples")
    about = {"channel": CHANNEL, "c": talk.consultation.id, "q": "prompt_examples", "s": seen}
    return {
        "id": unique("V"),
        "hash": unique("h"),
        "type": "modal",
        "callback_id": ids.QUESTION_FORM,
        "private_metadata": of_ours(about),
        "blocks": [],
    }


def test_a_question_form_is_told_each_time_that_its_consultation_is_not_here(office: Office) -> None:
    talk = settled_talk(office)
    form = question_form_of(talk)
    about = {**carried_by(form), "channel": "CSUPPORT"}
    elsewhere = form | {"private_metadata": of_ours(about)}
    first, second = (save(office, elsewhere, TWELVE) for _ in range(2))
    assert "cannot find that" in str(first)
    assert second == first


def test_a_question_form_that_was_saved_and_comes_again_is_one_answer(office: Office) -> None:
    talk = office.start("count toads")
    form = examples_form(office, talk)
    assert save(office, form, TWELVE) == {}
    assert save(office, form, TWELVE) == {}
    assert talk.answers("prompt_examples") == [12]


OTHERWISE = picked(ids.VERDICT, "fine_tune") | typed(ids.WHY, "we want to learn it")


def otherwise_form(talk: Talk) -> View:
    advice = advice_of(talk)
    talk.office.slack.click(advice, button(advice, "We decided otherwise…"))
    return opened(talk.office)


def test_deciding_otherwise_is_told_each_time_that_it_is_decided(office: Office) -> None:
    talk = settled_talk(office)
    form, advice = otherwise_form(talk), advice_of(talk)
    office.slack.click(advice, button(advice, "Accept"), user=BEN)
    first, second = (save(office, form, OTHERWISE) for _ in range(2))
    assert "Decision #" in str(first)
    assert second == first
    decision = talk.consultation.decision
    assert decision is not None
    assert decision.by == BEN


def test_deciding_otherwise_is_saved_as_soon_as_the_advice_stands_again(office: Office) -> None:
    talk = settled_talk(office)
    form = otherwise_form(talk)
    talk.say("start over", user=BEN)
    first, second = (save(office, form, OTHERWISE) for _ in range(2))
    assert "out of date" in str(first)
    assert second == first
    talk.press("Skip the rest", user=BEN)
    assert save(office, form, OTHERWISE) == {}
    decision = talk.consultation.decision
    assert decision is not None
    assert decision.why == "we want to learn it"


def test_the_assumptions_are_told_each_time_that_it_is_decided(office: Office) -> None:
    talk = settled_talk(office)
    advice = advice_of(talk)
    office.slack.click(advice, button(advice, "Assumptions…"))
    form = opened(office)
    office.slack.click(advice, button(advice, "Accept"), user=BEN)
    changed = typed(ids.assumption_block("prompt_tokens"), "5000")
    first, second = (save(office, form, changed) for _ in range(2))
    assert "Decision #" in str(first)
    assert second == first
    assert talk.answers("assumptions.prompt_tokens") == []


def test_a_start_form_without_a_task_can_be_mended_and_starts_one_consultation(office: Office) -> None:
    office.slack.command("")
    form = opened(office)
    unseen = typed(ids.TASK, "\u200b")
    first, second = (save(office, form, unseen) for _ in range(2))
    assert first
    assert second == first
    for _ in range(2):
        assert save(office, form, typed(ids.TASK, "count newts")) == {}
    assert [c.task for c in office.consultations()] == ["count newts"]


def settings_form(seen: int) -> View:
    about = of_ours({"g": "work", "s": seen})
    return {
        "id": unique("V"),
        "hash": unique("h"),
        "type": "modal",
        "callback_id": ids.SETTINGS_FORM,
        "private_metadata": about,
        "blocks": [],
    }


def test_settings_that_somebody_else_changed_meanwhile_are_told_so_each_time(office: Office) -> None:
    block = ids.setting_block("engineer_per_hour")
    mine = settings_form(0)
    assert save(office, settings_form(0), typed(block, "150")) == {}
    first, second = (save(office, mine, typed(block, "120")) for _ in range(2))
    assert first
    assert second == first
