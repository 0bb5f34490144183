"""The form of everything that the costs assume, opened and sent as people do."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.views import ids
from core.facts import ASSUMPTIONS
from tests.support.deliveries import ANA, BEN, TEAM, button, unique
from tests.support.office import Office, Talk
from tests.support.settled import advice_of, last, settled_talk

View = dict[str, Any]


@pytest.fixture
def talk(office: Office) -> Talk:
    return settled_talk(office)


def opened(talk: Talk, user: str = ANA) -> View:
    """The form as somebody opens it now."""
    advice = advice_of(talk)
    assert talk.office.slack.click(advice, button(advice, "Assumptions…"), user=user)[0] == 200
    view = talk.office.sandbox.calls("views.open")[-1]["args"]["view"]
    return dict(view) | {"id": unique("V"), "hash": unique("h")}


def field(view: View, key: str) -> dict[str, Any]:
    return next(b for b in view["blocks"] if b.get("block_id") == ids.assumption_block(key))


def sent(talk: Talk, view: View, user: str = ANA, **typed: str) -> dict[str, str]:
    """Send the form with these fields typed anew; returns the sentences beside fields."""
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    texts = {block["block_id"]: block["element"].get("initial_value") for block in inputs}
    texts |= {ids.assumption_block(key): text or None for key, text in typed.items()}
    body = {
        "type": "view_submission",
        "team": {"id": TEAM},
        "user": {"id": user, "team_id": TEAM},
        "view": view
        | {"state": {"values": {block: {ids.VALUE: {"value": text}} for block, text in texts.items()}}},
    }
    status, answer = talk.office.slack.interaction(body)
    assert status == 200
    return dict(json.loads(answer)["errors"]) if answer else {}


def explained(talk: Talk) -> str:
    """How the costs are made up, as it is told in the thread."""
    assert talk.say("explain the cost")[0] == 200
    talk.office.quiet()
    return str(last(talk)["text"])


def test_it_shows_every_assumption_with_its_default(talk: Talk) -> None:
    view = opened(talk)
    for key in ASSUMPTIONS:
        shown = field(view, key)
        assert "initial_value" not in shown["element"]
        assert ". Default: " in shown["hint"]["text"]
    tokens = field(view, "prompt_tokens")
    assert tokens["element"]["placeholder"]["text"] == "2,000"
    assert tokens["label"]["text"] == "Prompt tokens a call"
    assert "Source: genai-prices" in field(view, "price_in")["hint"]["text"]


def test_where_the_data_may_not_leave_what_concerns_providers_is_left_out(office: Office) -> None:
    view = opened(settled_talk(office, data_may_leave=False))
    shown = {block.get("block_id") for block in view["blocks"]}
    assert ids.assumption_block("price_in") not in shown
    assert ids.assumption_block("gpu_per_hour") in shown


def test_what_is_changed_is_the_sender_s_and_the_advice_is_worked_out_anew(talk: Talk) -> None:
    assert (
        sent(talk, opened(talk), BEN, prompt_tokens="5k", batch_share="20%", engineer_per_hour="$150") == {}
    )
    said = last(talk)["text"]
    assert f"<@{BEN}> changed 3 assumptions:" in said
    assert "Prompt tokens a call: \u20682,000\u2069 → \u20685,000\u2069" in said or "2,000 → 5,000" in said
    assert talk.answers("assumptions.prompt_tokens") == [5000]
    assert talk.answers("assumptions.batch_share") == [0.2]
    assert talk.answers("assumptions.engineer_per_hour") == [150]
    assert "costs $916" in advice_of(talk)["text"]
    assert "Stated by you: prompt tokens a call" in explained(talk)


def test_the_team_s_own_stand_in_their_fields_and_say_who_said_them(talk: Talk) -> None:
    sent(talk, opened(talk), BEN, prompt_tokens="5000")
    view = opened(talk)
    shown = field(view, "prompt_tokens")
    assert shown["element"]["initial_value"] == "5,000"
    assert shown["label"]["text"].endswith("· yours")
    assert shown["hint"]["text"] == "The length of the prompt. Default: 2,000 tokens a call."
    assert any(f"said by <@{BEN}>" in json.dumps(block) for block in view["blocks"])


def test_a_field_that_is_emptied_goes_back_to_its_default(talk: Talk) -> None:
    sent(talk, opened(talk), prompt_tokens="5000")
    sent(talk, opened(talk), BEN, prompt_tokens="")
    assert "5,000 → 2,000, the default" in last(talk)["text"]
    assert "costs $612" in advice_of(talk)["text"]
    assert "Stated by you" not in explained(talk)
    assert "initial_value" not in field(opened(talk), "prompt_tokens")["element"]


def test_sending_it_unchanged_changes_nothing(talk: Talk) -> None:
    sent(talk, opened(talk), prompt_tokens="5000")
    talk.office.quiet()
    before, posts = talk.consultation.answers, len(talk.messages())
    sent(talk, opened(talk))
    talk.office.quiet()
    assert (talk.consultation.answers, len(talk.messages())) == (before, posts)


def test_only_what_somebody_typed_is_written_when_two_send_it(talk: Talk) -> None:
    of_ana, of_ben = opened(talk), opened(talk, BEN)
    sent(talk, of_ana, ANA, prompt_tokens="5000")
    sent(talk, of_ben, BEN, engineer_per_hour="150")
    given = {
        r.key: (r.value, r.author) for r in talk.consultation.answers if r.key.startswith("assumptions.")
    }
    assert given == {"assumptions.prompt_tokens": (5000, ANA), "assumptions.engineer_per_hour": (150, BEN)}


@pytest.mark.parametrize(
    ("key", "text", "told"),
    [
        ("prompt_tokens", "many", "Please write one number"),
        ("prompt_tokens", "-5", "Please"),
        ("runs", "2.5", "a whole number"),
        ("batch_share", "150%", "a share from 0% to 100%"),
        ("batch_share", "1", "Is that 1% or 100%?"),
        ("model", "gpt-99", "a model"),
        ("model", "openai:gpt-99", "the nearest are"),
        ("model_size", "big", "a model size such as 8B"),
        ("base", "nobody:none", ""),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_kept(
    talk: Talk, key: str, text: str, told: str
) -> None:
    errors = sent(talk, opened(talk), **{key: text, "upkeep_hours": "3"})
    assert list(errors) == [ids.assumption_block(key)]
    assert told in errors[ids.assumption_block(key)]
    assert talk.answers("assumptions.upkeep_hours") == []


def test_a_form_that_was_refused_can_be_mended_and_sent_again(talk: Talk) -> None:
    view = opened(talk)
    assert sent(talk, view, base="nobody:none", upkeep_hours="3")
    assert sent(talk, view, upkeep_hours="3") == {}
    assert talk.answers("assumptions.upkeep_hours") == [3]


def test_a_model_s_name_alone_is_enough(talk: Talk) -> None:
    assert sent(talk, opened(talk), model="Claude Haiku 4.5") == {}
    assert talk.answers("assumptions.model") == ["anthropic:claude-haiku-4-5"]


def test_after_the_decision_nothing_is_assumed_any_more(talk: Talk) -> None:
    view, advice = opened(talk), advice_of(talk)
    talk.office.slack.click(advice, button(advice, "Accept"))
    errors = sent(talk, view, prompt_tokens="5000")
    assert any("Decision #" in sentence for sentence in errors.values())
    assert talk.answers("assumptions.prompt_tokens") == []
