"""Settings of the workspace, from App Home to the advice: who may change them, and what that changes."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest

from bot.conversation.standing import policy_in, standing_of
from bot.decision_log.records import Advice, Setting
from bot.decision_log.said import answers_of
from bot.decision_log.scope import Scope
from bot.views import ids
from core.advice import advise
from core.told import told
from tests.support.deliveries import (
    ANA,
    BEN,
    CHANNEL,
    TEAM,
    Answer,
    button,
    buttons_of,
    carried_by,
    of_ours,
    unique,
)
from tests.support.office import Office, Talk

FAIR_TRY = ("Yes", "Yes, with 5 or more")


def open_home(office: Office, user: str = ANA) -> dict[str, Any]:
    assert office.slack.event({"type": "app_home_opened", "user": user, "tab": "home"})[0] == 200
    return home_of(office, user)


def home_of(office: Office, user: str = ANA) -> dict[str, Any]:
    shown = office.sandbox.home("Ana" if user == ANA else "Ben")
    assert shown is not None
    return shown


def press_on_home(office: Office, action: str, value: str = "{}", user: str = ANA) -> Answer:
    return office.slack.interaction(
        {
            "type": "block_actions",
            "user": {"id": user, "team_id": TEAM},
            "team": {"id": TEAM},
            "container": {"type": "view", "view_id": "VHOME"},
            "trigger_id": unique("trigger."),
            "view": {"id": "VHOME", "type": "home", "private_metadata": ""},
            "actions": [{"type": "button", "action_id": action, "value": value, "action_ts": unique("")}],
        }
    )


def send(
    office: Office, group: str, user: str = ANA, seen: int | None = None, form: str = "", **typed: str
) -> dict[str, Any]:
    """Send the form of a group; what it is answered ({}: it is closed). ``form``: one that was sent before."""
    last = office.application.record
    with last.reading(TEAM) as tx:
        newest = max((s.seq for s in tx.settings(Scope.of_workspace(TEAM))), default=0)
    view = {
        "id": form or unique("V"),
        "hash": form or unique("h"),
        "type": "modal",
        "callback_id": ids.SETTINGS_FORM,
        "private_metadata": of_ours({"g": group, "s": newest if seen is None else seen}),
        "state": {"values": {ids.setting_block(k): {ids.VALUE: {"value": v}} for k, v in typed.items()}},
        "blocks": [],
    }
    status, body = office.slack.interaction(
        {"type": "view_submission", "team": {"id": TEAM}, "user": {"id": user, "team_id": TEAM}, "view": view}
    )
    assert status == 200
    answer: dict[str, Any] = json.loads(body) if body else {}
    return answer


def settings_of(office: Office) -> dict[str, Any]:
    return {setting.key: setting.value for setting in in_force(office)}


def in_force(office: Office) -> tuple[Setting, ...]:
    with office.application.record.reading(TEAM) as tx:
        return tx.settings(Scope.of_workspace(TEAM))


def shown(talk: Talk) -> str:
    talk.office.quiet()
    return "\n".join(message["text"] for message in talk.messages())


def kept(talk: Talk) -> Advice:
    with talk.office.application.record.reading(TEAM) as tx:
        found = tx.kept_advice(Scope.of_channel(TEAM, CHANNEL), talk.consultation.id)
    assert found is not None
    return found


def test_an_admin_sets_a_threshold_and_sees_it_on_home(office: Office) -> None:
    assert "Nothing is set" in str(open_home(office))
    assert send(office, "thresholds", enough_examples="8", closable_gap="90%") == {}
    assert settings_of(office) == {"enough_examples": 8, "closable_gap": 0.9}
    assert {setting.by for setting in in_force(office)} == {ANA}
    assert "8 examples in the prompt" in str(home_of(office))


def test_the_form_opens_with_what_is_set(office: Office) -> None:
    send(office, "work", engineer_per_hour="$150")
    press_on_home(office, "settings:work")
    opened = office.sandbox.calls("views.open")[-1]["args"]["view"]
    fields = {b["block_id"]: b for b in opened["blocks"] if b["type"] == "input"}
    assert fields["setting:engineer_per_hour"]["element"]["initial_value"] == "150"
    assert carried_by(opened) == {"g": "work", "s": 1}


def test_an_emptied_field_goes_back_to_the_default_and_so_does_the_button(office: Office) -> None:
    send(office, "work", engineer_per_hour="150", prompt_hours="10", upkeep_hours="5")
    assert send(office, "work", engineer_per_hour="", prompt_hours="10", upkeep_hours="5") == {}
    assert settings_of(office) == {"prompt_hours": 10, "upkeep_hours": 5}
    seq = next(s.seq for s in in_force(office) if s.key == "prompt_hours")
    press_on_home(office, "setting_default:prompt_hours", json.dumps({"s": seq}))
    assert settings_of(office) == {"upkeep_hours": 5}
    assert "Hours for the prompt" not in str(home_of(office)["blocks"])


def test_what_is_as_asked_already_is_not_recorded_again(office: Office) -> None:
    send(office, "work", engineer_per_hour="150")
    send(office, "work", engineer_per_hour="150.0")
    assert [setting.seq for setting in in_force(office)] == [1]


def test_others_see_the_settings_and_can_change_none(office: Office) -> None:
    send(office, "work", engineer_per_hour="150")
    home = str(open_home(office, BEN))
    assert "$150 an hour" in home
    assert f"Who can change these: <@{ANA}>" in home
    assert "setting_default" not in home


def test_a_form_or_a_click_that_somebody_else_forged_is_refused(office: Office) -> None:
    send(office, "work", engineer_per_hour="150")
    forged = send(office, "work", user=BEN, engineer_per_hour="1")
    assert "Only admins can change the settings" in str(forged["errors"])
    press_on_home(office, "setting_default:engineer_per_hour", '{"s": 1}', user=BEN)
    press_on_home(office, "settings:work", user=BEN)
    told = [call["args"]["view"] for call in office.sandbox.calls("views.open")[-2:]]
    assert all("Only admins" in str(view) and "submit" not in view for view in told)
    assert settings_of(office) == {"engineer_per_hour": 150}


@pytest.mark.parametrize(
    ("group", "typed", "block", "says"),
    [
        ("thresholds", {"closable_gap": "30%"}, "setting:closable_gap", "over 40% of the target"),
        ("thresholds", {"low_volume": "2M"}, "setting:low_volume", "at most 1,000,000 calls a month"),
        ("model", {"model": "openai:gpt-nonesuch"}, "setting:model", "a model with a known price"),
        ("tuning", {"provider": "nobody"}, "setting:provider", "a provider that we know"),
        ("work", {"engineer_per_hour": "dear"}, "setting:engineer_per_hour", "one number"),
    ],
)
def test_settings_that_cannot_be_are_refused_beside_the_field(
    office: Office, group: str, typed: dict[str, str], block: str, says: str
) -> None:
    answer = send(office, group, **typed)
    assert answer["response_action"] == "errors"
    assert says in answer["errors"][block]
    assert settings_of(office) == {}


def test_a_form_that_was_refused_can_be_mended_and_sent_again(office: Office) -> None:
    assert "errors" in send(office, "thresholds", form="V1", low_volume="2M", closable_gap="90%")
    assert send(office, "thresholds", form="V1", low_volume="50k", closable_gap="90%") == {}
    assert settings_of(office) == {"closable_gap": 0.9, "low_volume": 50_000}


def test_prices_that_the_workspace_s_own_model_needs_are_not_taken_away(office: Office) -> None:
    send(office, "prices", price_in="1", price_out="2")
    send(office, "model", model="acme:own-1")
    seq = next(s.seq for s in in_force(office) if s.key == "price_in")
    press_on_home(office, "setting_default:price_in", json.dumps({"s": seq}))
    told = office.sandbox.calls("views.open")[-1]["args"]["view"]
    assert "must then be a model with a known price" in str(told)
    assert settings_of(office)["price_in"] == 1


def test_of_two_admins_at_once_the_second_is_told(office: Office) -> None:
    send(office, "work", engineer_per_hour="150")
    late = send(office, "work", seen=0, engineer_per_hour="90")
    assert "changed meanwhile" in late["errors"]["setting:engineer_per_hour"]
    assert send(office, "work", seen=0, engineer_per_hour="150", prompt_hours="30") == {}
    assert settings_of(office) == {"engineer_per_hour": 150, "prompt_hours": 30}


def test_a_form_that_is_delivered_twice_counts_once(office: Office) -> None:
    send(office, "work", engineer_per_hour="150")
    send(office, "work", engineer_per_hour="")
    office.slack.again()
    assert settings_of(office) == {}
    with office.application.record.reading(TEAM) as tx:
        assert tx.last_set(Scope.of_workspace(TEAM), ["engineer_per_hour"]) == 2


def test_an_open_consultation_is_worked_out_anew_when_a_threshold_changes(office: Office) -> None:
    talk = office.start("tidy addresses")
    talk.press("Yes")
    talk.say("12 examples")
    talk.question()
    assert "How good is it now" in talk.question()["text"]
    send(office, "thresholds", enough_examples="20")
    office.quiet()
    assert "Prompt first" in shown(talk)
    standing = standing_of(talk.consultation, office.application.outbox.clock())
    assert standing.advice.verdict == "prompt_first"
    assert standing.advice.reasons[-1].threshold == "below 20 examples in the prompt, your team's setting"
    send(office, "thresholds", enough_examples="")
    assert "How good is it now" in talk.question()["text"]


def test_the_costs_of_an_advice_follow_the_workspace_s_figures_and_say_so(office: Office) -> None:
    talk = office.start("read meters")
    talk.press("No")
    talk.say("1M a month")
    office.quiet()
    before = shown(talk)
    assert "Your workspace's settings" not in before
    send(office, "work", engineer_per_hour="250")
    office.quiet()
    after = shown(talk)
    assert "Your workspace's settings: the price of an hour of engineering" in after
    assert before != after


def test_a_decided_consultation_stays_and_can_be_worked_out_again_as_it_was(office: Office) -> None:
    send(office, "thresholds", enough_examples="20")
    send(office, "work", engineer_per_hour="250")
    talk = office.start("name colours")
    talk.press("Yes")
    talk.say("12 examples")
    office.quiet()
    talk.say("80k a month")
    office.quiet()
    advice = next(m for m in talk.messages() if "accept" in str(m["blocks"]))
    accept = {"type": "button", "action_id": "accept", "value": json.dumps({"c": talk.consultation.id})}
    office.slack.click(advice, accept)
    office.quiet()
    assert talk.consultation.status == "decided"
    before, record = shown(talk), kept(talk)
    assert record.advice["settings"] == {"enough_examples": 20, "engineer_per_hour": 250}
    day = record.policy_version.partition(",")[0]
    assert record.policy_version == f"{day}, settings up to 2"

    send(office, "thresholds", enough_examples="")
    send(office, "work", engineer_per_hour="10")
    office.quiet()
    assert shown(talk) == before
    assert kept(talk) == record

    on = datetime.date.fromisoformat(day)
    decided = talk.consultation
    again = told(advise(answers_of(decided), on=on, policy=policy_in(decided, on)), record.advice["settings"])
    assert json.loads(json.dumps(again.kept())) == record.advice


def choices_of(question: dict[str, Any]) -> list[str]:
    return [b["text"]["text"] for b in buttons_of(question) if b["action_id"].startswith("answer:")]


def test_the_usual_answers_end_where_the_workspace_s_thresholds_divide(office: Office) -> None:
    send(office, "thresholds", enough_examples="8")
    talk = office.start("grade apples")
    talk.press("Yes")
    assert choices_of(talk.question()) == ["No", "Yes, with 1 to 7", "Yes, with 8 or more"]
    assert "“Yes, with 8 or more”" in talk.question()["text"]
    talk.press("Yes, with 8 or more")
    assert talk.answers("prompt_examples") == [[8, None]]
    assert "How good is it now" in talk.question()["text"]


def test_a_click_on_an_old_message_means_what_its_label_said(office: Office) -> None:
    talk = office.start("grade pears")
    talk.press("Yes")
    old = talk.question()
    send(office, "thresholds", enough_examples="8")
    assert "Yes, with 8 or more" in choices_of(talk.question())
    office.slack.click(old, button(old, "Yes, with 5 or more"))
    office.quiet()
    assert talk.answers("prompt_examples") == [[5, None]]


def test_a_button_that_carries_no_values_means_what_the_defaults_say(office: Office) -> None:
    talk = office.start("grade plums")
    talk.press("Yes")
    asked = talk.question()
    send(office, "thresholds", enough_examples="8")
    before = button(asked, "Yes, with 1 to 4")
    value = {key: carried for key, carried in json.loads(before["value"]).items() if key != "v"}
    office.slack.click(asked, before | {"value": json.dumps(value)})
    office.quiet()
    assert talk.answers("prompt_examples") == [[1, 4]]


def chosen_in(office: Office, view: dict[str, Any], **chosen: str) -> None:
    """Send a form that was opened earlier, with these usual answers by their labels."""
    values: dict[str, Any] = {ids.TASK: {ids.VALUE: {"value": "grade cherries"}}}
    for question, label in chosen.items():
        block = ids.choice_block(question)
        element = next(b["element"] for b in view["blocks"] if b.get("block_id") == block)
        option = next(one for one in element["options"] if one["text"]["text"] == label)
        values[block] = {ids.VALUE: {"selected_option": option}}
    sent = {
        "id": unique("V"),
        "hash": unique("h"),
        "type": "modal",
        "state": {"values": values},
        "blocks": [],
    }
    sent |= {key: view[key] for key in ("callback_id", "private_metadata")}
    body = {
        "type": "view_submission",
        "team": {"id": TEAM},
        "user": {"id": ANA, "team_id": TEAM},
        "view": sent,
    }
    assert office.slack.interaction(body) == (200, "")
    office.quiet()


def test_a_form_means_what_it_said_when_it_was_opened(office: Office) -> None:
    send(office, "thresholds", enough_examples="8", enough_labels="200", low_volume="20000")
    office.slack.command("")
    view = office.sandbox.calls("views.open")[-1]["args"]["view"]
    send(office, "thresholds", enough_examples="30", enough_labels="")
    chosen_in(
        office,
        view,
        prompt_examples="Yes, with 8 or more",
        labelled_examples="Fewer than 200",
        calls_per_month="20,000 to 1 million",
    )
    card = office.card("grade cherries")
    assert card is not None
    talk = Talk(office, card["ts"])
    assert talk.answers("prompt_examples") == [[8, None]]
    assert talk.answers("labelled_examples") == [[0, 199]]
    assert talk.answers("calls_per_month") == [[20_000, 1_000_000]]


def test_the_form_of_a_question_offers_the_workspace_s_own_answers_too(office: Office) -> None:
    send(office, "thresholds", enough_examples="8")
    talk = office.start("grade quinces")
    talk.press("Yes")
    talk.press("Enter a number…")
    view = office.sandbox.calls("views.open")[-1]["args"]["view"]
    send(office, "thresholds", enough_examples="")
    chosen_in(office, view, prompt_examples="Yes, with 8 or more")
    assert talk.answers("prompt_examples") == [[8, None]]
