"""The log counted, with a picture, and written out: as a file for a channel, or as a text for one person."""

from __future__ import annotations

import io
import json
import urllib.request
import zipfile
from typing import Any

from tests.support import logged
from tests.support.deliveries import CHANNEL
from tests.support.logged import answered, decide, mentioned, press, words
from tests.support.office import Office


def test_counts_come_with_a_picture_where_there_are_several_months(office: Office) -> None:
    decide(office, "classify tickets")
    one = answered(office, "stats")
    assert "1 decision of this channel" in words(one)
    assert not [b for b in one["blocks"] if b["type"] == "data_visualization"]
    decide(office, "route mail", chosen="fine_tune", days_ago=70, outcome=False)
    message = answered(office, "stats")
    said = words(message)
    assert "2 decisions of this channel" in said
    [chart] = [b for b in message["blocks"] if b["type"] == "data_visualization"]
    assert chart["chart"]["type"] == "bar"
    assert {one["name"] for one in chart["chart"]["series"]} == {"Keep prompting", "Fine-tune"}
    assert "2 decisions" in words(mentioned(office, "stats"))
    assert "1 decision" in words(answered(office, "stats verdict:fine_tune"))


def test_counts_say_what_is_not_shown_and_how_many_it_takes(office: Office) -> None:
    decide(office, "classify tickets", outcome=True)
    said = words(answered(office, "stats"))
    assert "A picture by month takes two months with decisions" in said
    assert "held against what came from 5 such outcomes on; so far there are none with a monthly bill" in said
    assert "none whose time to pay back has passed" in said
    decide(office, "route mail", days_ago=70)
    assert "A picture by month" not in words(answered(office, "stats"))


def test_counts_come_without_their_picture_where_slack_takes_none(office: Office) -> None:
    decide(office, "classify tickets")
    decide(office, "route mail", chosen="fine_tune", days_ago=70)
    office.ear.answer = (400, "invalid_blocks")
    status, body = office.slack.command("stats")
    assert status == 200
    assert "2 decisions" in words(json.loads(body))
    assert "data_visualization" not in body
    office.sandbox.settings(refused_blocks=["data_visualization"])
    said = mentioned(office, "stats")
    assert "2 decisions" in words(said)
    assert not [b for b in said["blocks"] if b["type"] == "data_visualization"]


def test_a_file_is_posted_after_it_was_asked_whether_to(office: Office) -> None:
    decide(office, "=classify tickets")
    decide(office, "route mail")
    decide(office, "secret", channel="CSUPPORT")
    offered = answered(office, "export csv")
    assert "2 decisions of this channel, as a spreadsheet (CSV). Post it here?" in words(offered)
    assert not office.sandbox.calls("files.completeUploadExternal")
    press(office, offered, "Post it here")
    office.eventually(lambda: "Posted." in [told["text"] for told in office.ear.told], "that it is posted")
    [file] = [m for m in office.sandbox.messages(CHANNEL) if m["files"]]
    content = uploaded(office, file)
    assert "'=classify tickets" in content.decode("utf-8-sig")
    assert b"secret" not in content


def uploaded(office: Office, message: dict[str, Any]) -> bytes:
    [file] = message["files"]
    name = file if isinstance(file, str) else file["id"]
    request = urllib.request.Request(f"{office.sandbox.address}/files/{name}/x")
    request.add_header("Authorization", "Bearer xoxb-sandbox")
    with urllib.request.urlopen(request) as answer:
        return bytes(answer.read())


def test_records_to_read_are_a_file_each(office: Office) -> None:
    decide(office, "classify tickets")
    decide(office, "route mail")
    press(office, answered(office, "export md"), "Post it here")
    message = office.eventually(
        lambda: next((m for m in office.sandbox.messages(CHANNEL) if m["files"]), None), "it"
    )
    with zipfile.ZipFile(io.BytesIO(uploaded(office, message))) as packed:
        assert packed.namelist() == ["0001-classify-tickets.md", "0002-route-mail.md"]
        assert "## Decision Outcome" in packed.read("0002-route-mail.md").decode()


def test_the_text_is_shown_to_one_person_alone(office: Office) -> None:
    decide(office, "classify tickets")
    press(office, answered(office, "export json tickets"), "Show me the text")
    page = logged.opened(office)
    text = "".join(
        e["text"] for b in page["blocks"] if b["type"] == "rich_text" for e in b["elements"][0]["elements"]
    )
    assert json.loads(text)["decisions"][0]["task"] == "classify tickets"
    press(office, answered(office, "show 1"), "Export as an ADR")
    press(office, office.ear.told[-1], "Show me the text")
    assert "# classify tickets" in str(logged.opened(office))


def test_a_file_that_slack_does_not_take_is_told(office: Office) -> None:
    decide(office, "classify tickets")
    offered = answered(office, "export csv")
    office.sandbox.scopes("commands", "chat:write", "app_mentions:read")
    press(office, offered, "Post it here")
    office.eventually(lambda: [told for told in office.ear.told if "missing_scope" in words(told)], "why not")


def test_an_export_without_a_format_says_which_there_are(office: Office) -> None:
    decide(office, "classify tickets")
    said = words(answered(office, "export"))
    assert "export csv" in said
    assert "export md" in said
    assert "no decisions yet" in words(answered(office, "export csv", channel_id="CSUPPORT"))
