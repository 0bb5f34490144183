"""What Slack never sends: payloads with one thing mangled, and bodies that are none."""

from __future__ import annotations

import json
import time

import pytest

from bot.logs import redact
from bot.slack.payloads import DEEPEST, Malformed, from_body, read
from tests.support.deliveries import ANA, CHANNEL, button
from tests.support.mangled.mangling import WAYS, mangle
from tests.support.mangled.recorded import recorded
from tests.support.office import Office

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


def test_nothing_mangled_breaks_anything(office: Office) -> None:
    found = mangle(office, 400, seed=7)
    assert found.broken == []
    assert set(found.statuses) == {200, 400}


@pytest.mark.long("many mangled payloads find what a few do not")
def test_nothing_mangled_breaks_anything_in_the_long_run(office: Office) -> None:
    assert mangle(office, 3_000, seed=11).broken == []


def test_there_are_many_payloads_and_ways() -> None:
    assert len(recorded("c", "1.000001", "")) >= 36
    assert len(WAYS) >= 12


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("[]", JSON), ("null", JSON), ('"a"', JSON), ("1", JSON), ("{}", JSON), ("", JSON), ("{", JSON),
        ("[" * 100_000, JSON), ('{"type":' * 900 + "1" + "}" * 900, JSON), ('{"type": "event_callback"}', JSON),
        ('{"type": "event_callback", "event": {}}', JSON), ('{"type": "event_callback", "event": []}', JSON),
        ("payload=null", FORM), ("payload=[]", FORM), ("payload=", FORM), ("a=1", FORM),
        ("payload=" + "[" * 100_000, FORM), ("&".join(f"f{n}=1" for n in range(200)), FORM),
    ],
)  # fmt: skip
def test_a_body_that_is_no_payload_is_a_bad_request(office: Office, body: str, kind: str) -> None:
    assert office.slack.deliver(body.encode(), kind)[0] == 400


@pytest.mark.parametrize("kind", ["view_closed", "block_suggestion", "workflow_step_edit", "anything_new"])
def test_what_we_do_not_handle_gets_an_empty_answer(office: Office, kind: str) -> None:
    assert office.slack.interaction({"type": kind, "team": {"id": "T1"}, "view": {"id": 7}}) == (200, "")


def test_events_that_nobody_asked_for_get_an_empty_answer(office: Office) -> None:
    assert office.slack.event({"type": "member_joined_channel", "user": "U1", "channel": "C1"}) == (200, "")


def test_only_what_is_used_is_kept() -> None:
    fields = from_body(
        json.dumps({"type": "url_verification", "challenge": "a", "token": "xoxb-secret"}), JSON
    )
    assert fields == {"type": "url_verification", "challenge": "a"}


def test_brackets_in_a_text_do_not_count() -> None:
    text = '"{[' * 100 + "\\"
    event = {"type": "app_mention", "channel": "C1", "ts": "1.000001", "text": text}
    body = json.dumps({"type": "event_callback", "event": event, "more": [[]] * DEEPEST})
    found = from_body(body, JSON)
    assert found is not None
    assert found["event"]["text"] == text


@pytest.mark.parametrize("value", ["[" * 2_900, '{"v":' * 500, "9" * 2_900, "\x01"])
def test_a_button_that_carries_what_we_did_not_write_does_nothing(office: Office, value: str) -> None:
    talk = office.start("sort nests")
    asked = talk.question()
    assert office.slack.click(asked, button(asked, "Yes") | {"value": value})[0] in (200, 400)
    assert talk.consultation.answers == ()


def test_a_text_with_half_a_character_and_a_file_with_a_broken_size_are_taken_as_far_as_they_fit(
    office: Office,
) -> None:
    talk = office.start("sort halves")
    office.quiet()
    said = {
        "type": "message",
        "user": ANA,
        "channel": CHANNEL,
        "channel_type": "channel",
        "thread_ts": talk.root,
    }
    for size in (12.0, 12.5, -1, "12", None, 1e300, True):
        text = "80k calls a month \ud83d"
        files = [{"id": "F1", "name": "notes.txt", "size": size, "filetype": 7}]
        told = office.slack.event(said | {"ts": f"{time.time():.6f}", "text": text, "files": files})
        assert told[0] == 200, size
    assert talk.answers("calls_per_month")[0] == 80_000


def test_why_a_delivery_was_refused_can_be_read_in_the_log() -> None:
    with pytest.raises(Malformed) as refused:
        read({"command": "/c", "user_id": "U1", "channel_id": "C1", "trigger_id": 7})
    assert redact(str(refused.value)) == "command: trigger_id (string_type)"


def test_what_is_refused_is_named_without_what_stood_there() -> None:
    with pytest.raises(Malformed) as refused:
        read(
            {
                "type": "event_callback",
                "event": {"type": "message", "channel": "C1", "ts": "secret", "text": 7},
            }
        )
    assert "secret" not in str(refused.value)
    assert str(refused.value) == "message: ts (string_pattern_mismatch)"
