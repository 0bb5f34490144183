"""App Home's section on the workspace's settings, and their forms."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from bot.conversation.inquiry import Page
from bot.conversation.replies import NotASetting, Nothing, Refused, WorkspaceSettings
from bot.decision_log.records import Setting
from bot.slack.blocks import view as drawn
from bot.slack.checks import texts
from bot.views import house, ids
from bot.views.forms import Filled, Mistakes
from bot.views.home import home
from core.house import GROUP, GROUPS
from tests.support.consulted import ANA, BEN, NOW
from tests.support.drawn import ADMIN, SETTINGS

DAY = NOW.date()
SET = WorkspaceSettings(
    (
        Setting(1, "engineer_per_hour", 150, ANA, NOW),
        Setting(2, "closable_gap", 0.9, ANA, NOW),
        Setting(4, "model", "openai:gpt-6.1-sol", ANA, NOW),
    ),
    last=5,
    admins=(ANA,),
)


def words_of(view: dict[str, Any]) -> str:
    return "\n".join(texts(view["blocks"]))


def page_of(person: str, settings: WorkspaceSettings = SET) -> dict[str, Any]:
    return drawn(home(person, [], Page([], of_person=True), settings, DAY))


def action_ids(view: dict[str, Any]) -> list[str]:
    places = [
        e for b in view["blocks"] for e in [*b.get("elements", ()), b.get("accessory"), b.get("element")]
    ]
    return [place["action_id"] for place in places if place and "action_id" in place]


def typed(**fields: str) -> dict[str, str]:
    return {ids.setting_block(key): text for key, text in fields.items()}


def read(group: str, **fields: str) -> Filled | Mistakes:
    return house.read_settings_form(typed(**fields), GROUP[group], DAY)


def test_an_admin_sees_each_setting_with_its_default_by_whom_and_the_way_back() -> None:
    shown = words_of(page_of(ANA))
    assert "*Price of an hour of engineering:* \u2068$150 an hour\u2069" in shown
    assert f"Default: \u2068$100 an hour\u2069 · set by <@{ANA}>" in shown
    assert "90% of the target" in shown
    offered = action_ids(page_of(ANA))
    assert {f"settings:{group.id}" for group in GROUPS} <= set(offered)
    assert "setting_default:closable_gap" in offered


def test_others_see_the_same_settings_and_who_can_change_them_but_no_button() -> None:
    shown = words_of(page_of(BEN))
    assert "\u2068$150 an hour\u2069" in shown
    assert f"Who can change these: <@{ANA}>" in shown
    assert not [one for one in action_ids(page_of(BEN)) if one.startswith("setting")]


def test_a_workspace_without_settings_says_that_all_are_defaults() -> None:
    empty = WorkspaceSettings((), 0, ())
    assert "Nothing is set" in words_of(page_of(BEN, empty))
    assert "ADMIN_USERS" in words_of(page_of(BEN, empty))


def test_a_setting_that_the_program_no_longer_knows_is_passed_over() -> None:
    old = WorkspaceSettings((Setting(1, "phase_of_the_moon", 1, ANA, NOW),), 1, (ANA,))
    assert "Nothing is set" in words_of(page_of(ANA, old))
    house.settings_form(GROUP["thresholds"], old, DAY)


def test_home_lists_so_many_settings_and_says_how_many_more_there_are() -> None:
    page = page_of(ADMIN, SETTINGS["all set"])
    assert len([one for one in action_ids(page) if one.startswith("setting_default")]) == house.MOST
    assert f"And {len(SETTINGS['all set'].present) - house.MOST} more." in words_of(page)


def test_the_form_holds_what_is_set_and_shows_the_default_with_its_unit_and_source() -> None:
    view = drawn(house.settings_form(GROUP["thresholds"], SET, DAY))
    fields = {b["block_id"]: b for b in view["blocks"] if b["type"] == "input"}
    gap, volume = fields["setting:closable_gap"], fields["setting:low_volume"]
    assert gap["element"]["initial_value"] == "90%"
    assert gap["hint"]["text"].startswith("Default: 85% of the target.")
    assert "initial_value" not in volume["element"]
    assert volume["element"]["placeholder"]["text"] == "100,000"
    assert all(field["optional"] for field in fields.values())
    assert "|OpenAI, Model optimization>" in words_of(view)
    assert f"Your team's own, set by <@{ANA}>" in words_of(view)


def test_a_price_s_default_is_the_price_of_the_workspace_s_own_model() -> None:
    view = drawn(house.settings_form(GROUP["prices"], SET, DAY))
    other = drawn(house.settings_form(GROUP["prices"], WorkspaceSettings((), 0, (ANA,)), DAY))
    assert "genai-prices" in words_of(view)
    hints = [[b["hint"]["text"] for b in v["blocks"] if b["type"] == "input"] for v in (view, other)]
    assert hints[0] != hints[1]


@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize("group", GROUP)
def test_a_form_that_is_sent_as_it_was_opened_changes_nothing(group: str, name: str) -> None:
    settings = SETTINGS[name]
    view = drawn(house.settings_form(GROUP[group], settings, DAY))
    state = {
        b["block_id"]: b["element"].get("initial_value", "") for b in view["blocks"] if b["type"] == "input"
    }
    sent = house.read_settings_form(state, GROUP[group], DAY)
    present = {one.key: one.value for one in settings.present if one.key in GROUP[group].keys}
    assert isinstance(sent, Filled)
    assert {key: value for key, value in sent.values.items() if value is not None} == present


@pytest.mark.parametrize(
    ("group", "field", "text", "value"),
    [
        ("thresholds", "low_volume", "80k", 80_000),
        ("thresholds", "low_volume", "1,250,000", 1_250_000),
        ("thresholds", "closable_gap", "90%", 0.9),
        ("thresholds", "closable_gap", "90", 0.9),
        ("thresholds", "closable_gap", "0.9", 0.9),
        ("thresholds", "closable_gap", "100%", 1),
        ("thresholds", "redefine_at", "0", 0),
        ("work", "engineer_per_hour", "$120", 120),
        ("work", "engineer_per_hour", "120.50", 120.5),
        ("prices", "price_in", "1.125", 1.125),
        ("prices", "price_in", "  ", None),
        ("model", "model", "Claude Haiku 4.5", "anthropic:claude-haiku-4-5"),
        ("model", "model", "acme:own-1", "acme:own-1"),
        ("tuning", "base", " our own ", "our own"),
        ("servers", "model_size", "70b", "70B"),
    ],
)
def test_a_setting_can_be_typed_as_people_write_it(group: str, field: str, text: str, value: Any) -> None:
    sent = read(group, **{field: text})
    assert isinstance(sent, Filled)
    assert sent.values[field] == value


@pytest.mark.parametrize(
    ("group", "field", "text", "says"),
    [
        ("thresholds", "low_volume", "a lot", "one number"),
        ("thresholds", "low_volume", "-5", "one number"),
        ("thresholds", "low_volume", "80k to 90k", "one number"),
        ("thresholds", "low_volume", "50%", "without a % sign"),
        ("thresholds", "closable_gap", "1", "1% or 100%"),
        ("thresholds", "closable_gap", "120%", "a share from 0% to 100%"),
        ("thresholds", "enough_labels", "2.5", "a whole number"),
        ("work", "engineer_per_hour", "1e99", "one number"),
        ("work", "engineer_per_hour", "9" * 15, "an amount in dollars"),
        ("model", "model", "gpt", "provider:model"),
        ("servers", "model_size", "large", "a model size"),
    ],
)
def test_what_cannot_be_a_setting_is_said_beside_its_field(
    group: str, field: str, text: str, says: str
) -> None:
    sent = read(group, **{field: text})
    assert isinstance(sent, Mistakes)
    assert list(sent.errors) == [ids.setting_block(field)]
    assert says in sent.errors[ids.setting_block(field)]


@pytest.mark.parametrize(
    ("reply", "block", "says"),
    [
        (NotASetting("low_volume", "at most 9"), "setting:low_volume", "Please enter at most 9."),
        (
            NotASetting("model", "a model with a known price"),
            "setting:enough_examples",
            "“Model” must then be",
        ),
        (Refused("not_admin"), "setting:enough_examples", "Only admins"),
        (Refused("set_meanwhile", "low_volume"), "setting:low_volume", "changed meanwhile"),
    ],
)
def test_why_settings_were_not_saved_stands_beside_a_field(reply: Any, block: str, says: str) -> None:
    errors = house.not_saved(reply, GROUP["thresholds"], SET)
    assert errors is not None
    assert list(errors) == [block]
    assert says in errors[block]


def test_settings_that_were_saved_leave_nothing_to_say() -> None:
    assert house.not_saved(Nothing(), GROUP["thresholds"], SET) is None
    assert house.refusal(Nothing(), SET) is None


def test_the_defaults_shown_are_those_of_the_day() -> None:
    view = drawn(house.settings_form(GROUP["thresholds"], SET, datetime.date(2027, 6, 1)))
    assert "100,000 calls a month" in words_of(view)
