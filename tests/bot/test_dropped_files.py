"""A file of results dropped in the thread: read, asked about, or refused; and never kept."""

from __future__ import annotations

import json
import logging
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.read_later import evidence_read
from bot.decision_log.records import PostRecord
from bot.slack.apart import TOO_MUCH
from bot.slack.evidence import Reader
from bot.slack.fetching import NotFetched, download, is_of_slack
from bot.slack.web_api import Wait
from core.evidence.found import MOST_BYTES, Evidence, Use
from core.evidence.reader import read_evidence
from tests.support.deliveries import ANA, BEN, CHANNEL, TEAM, Answer, button, buttons_of
from tests.support.office import Ear, Office, Talk, office_with
from tests.support.sandbox_client import SandboxClient

PUBLIC = Path(__file__).parents[1] / "vectors" / "public_evaluation_files"
SECRET = "Frau Schmidt mit Konto 4711"
HEADER = "id,question,correct,prompt_tokens,output_tokens\n"
PLAIN = HEADER + "".join(
    f"{n},{SECRET} fragt {n},{'yes' if n <= 43 else 'no'},1900,140\n" for n in range(1, 51)
)
SCORES = "id,score\n" + "".join(f"{n},{n / 50}\n" for n in range(1, 51))


def event_of(message: dict[str, Any], kind: str = "message") -> dict[str, Any]:
    """The event that Slack sends about a message."""
    return message | {"type": kind, "channel": CHANNEL, "channel_type": "channel"}


def drop(
    talk: Talk, content: str | bytes, name: str = "results.csv", *, text: str = "", user: str = BEN
) -> Answer:
    """Drop a file in the thread, and tell the app of it."""
    talk.office.quiet()
    raw = content.encode() if isinstance(content, str) else content
    message = talk.office.sandbox.drop(user, CHANNEL, name, raw, talk.root, text)
    kind = "app_mention" if "<@UTUNE>" in message["text"] else "message"
    return talk.office.slack.event(event_of(message, kind))


def note(talk: Talk) -> dict[str, Any]:
    """The app's message about the file, once everything has been shown."""
    talk.office.quiet()
    return next(m for m in talk.messages() if "results." in m["text"] and m.get("bot_id"))


def post(talk: Talk) -> PostRecord:
    return next(p for p in talk.consultation.posts if p.about.get("note") == "evidence")


@pytest.fixture
def without_files(sandbox: SandboxClient) -> Iterator[None]:
    """The app may not read files."""
    granted = sandbox.scopes()
    sandbox.scopes(*(scope for scope in granted if scope != "files:read"))
    yield
    sandbox.scopes(*granted)


def test_a_dropped_file_is_an_answer_of_whoever_dropped_it(office: Office) -> None:
    talk = office.start("tag tickets from a file")
    assert drop(talk, PLAIN) == (200, "")
    said = note(talk)
    assert "43 of 50 right, 86% [74%, 93%]; about 1,900 prompt and 140 output tokens a call" in said["text"]
    assert "column “correct”, 50 rows" in said["text"].replace("\u2068", "").replace("\u2069", "")
    assert "since nobody had stated any" in said["text"]
    records = {r.key: (r.value, r.author, r.how) for r in talk.consultation.answers}
    assert records == {
        "eval_correct": (43, BEN, "file"),
        "eval_total": (50, BEN, "file"),
        "assumptions.prompt_tokens": (1900, BEN, "file"),
        "assumptions.output_tokens": (140, BEN, "file"),
    }
    assert "from a file of" in talk.messages()[0]["text"]


def test_change_opens_the_form_for_quality(office: Office) -> None:
    talk = office.start("tag tickets and change it")
    drop(talk, PLAIN)
    said = note(talk)
    assert office.slack.click(said, button(said, "Change"))[0] == 200


def test_tokens_that_the_team_stated_stay(office: Office) -> None:
    talk = office.start("tag tickets with stated tokens")
    talk.say("the prompt is 1200 tokens")
    office.quiet()
    assert talk.answers("assumptions.prompt_tokens") == [1200]
    drop(talk, PLAIN)
    assert "For prompt tokens the costs keep what was stated" in note(talk)["text"]
    assert talk.answers("assumptions.prompt_tokens") == [1200]
    assert talk.answers("assumptions.output_tokens") == [140]


def test_what_is_doubtful_is_asked_and_stored_only_then(office: Office) -> None:
    talk = office.start("tag tickets by score")
    drop(talk, SCORES)
    asked = note(talk)
    assert "From which score on" in asked["text"]
    assert talk.consultation.answers == ()
    assert office.slack.click(asked, button(asked, "0.7 or more"), user=ANA) == (200, "")
    assert "16 of 50 right" in note(talk)["text"]
    assert (talk.answers("eval_correct"), talk.answers("eval_total")) == ([16], [50])
    assert {r.author for r in talk.consultation.answers} == {BEN}
    office.slack.click(asked, button(asked, "0.9 or more"))
    office.quiet()
    assert talk.answers("eval_correct") == [16]


def test_one_doubt_leads_to_the_next(office: Office) -> None:
    talk = office.start("tag tickets with two models")
    rows = "".join(f"{n % 25},{'alpha' if n < 25 else 'beta'},{0.9 if n % 5 else 0.2}\n" for n in range(50))
    drop(talk, "id,model,score\n" + rows)
    asked = note(talk)
    office.slack.click(asked, button(asked, "0.5 or more"))
    asked = note(talk)
    assert "Which one do you use" in asked["text"]
    office.slack.click(asked, button(asked, "beta"))
    assert "20 of 25 right" in note(talk)["text"]


def test_a_file_that_is_not_wanted_after_all_is_not_used(office: Office) -> None:
    talk = office.start("tag tickets or not")
    drop(talk, SCORES)
    asked = note(talk)
    office.slack.click(asked, button(asked, "Don’t use it"))
    said = note(talk)
    assert "is not used" in said["text"]
    assert buttons_of(said) == []
    assert talk.consultation.answers == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a,b\nx,y\n", "I found no column that says which answers were right"),
        (b"PK\x03\x04" + bytes(50), "It is an archive without results"),
        (
            "<!DOCTYPE html><html>login</html>",
            "Slack handed over its login page instead of the file, so I could not read it. Drop it once more, or "
            "paste the figures.",
        ),
    ],
    ids=["no column", "an archive", "a login page"],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(
    office: Office, content: str | bytes, said: str
) -> None:
    talk = office.start(f"tag tickets badly, {said}")
    drop(talk, content)
    text = note(talk)["text"]
    assert said in text
    assert "43 of 50" in text
    assert talk.consultation.answers == ()


@pytest.mark.usefixtures("without_files")
def test_without_the_permission_it_says_so_and_how_to_go_on(office: Office) -> None:
    talk = office.start("tag tickets unseen")
    drop(talk, PLAIN)
    text = note(talk)["text"]
    assert "files:read" in text.replace("\u200a", "")
    assert "type it instead: “43 of 50”" in text


def test_what_is_too_large_is_not_even_fetched(office: Office) -> None:
    talk = office.start("tag too many tickets")
    message = office.sandbox.drop(BEN, CHANNEL, "results.csv", b"correct\n1\n", talk.root)
    message["files"][0]["size"] = MOST_BYTES + 1
    before = len(office.sandbox.calls("files.info"))
    office.slack.event(event_of(message))
    assert "larger than 20 MB" in note(talk)["text"]
    assert len(office.sandbox.calls("files.info")) == before


def test_the_same_event_twice_and_a_mention_beside_it_count_once(office: Office) -> None:
    talk = office.start("tag tickets twice")
    drop(talk, PLAIN)
    office.slack.again(X_Slack_Retry_Num="1")
    message = next(m for m in talk.messages() if m.get("files"))
    office.slack.event(event_of(message, "app_mention"))
    office.quiet()
    assert talk.answers("eval_correct") == [43]
    assert len([p for p in talk.consultation.posts if p.about.get("note") == "evidence"]) == 1


def test_a_picture_is_left_alone_unless_the_app_is_mentioned(office: Office) -> None:
    talk = office.start("tag pictures")
    drop(talk, b"\x89PNG\r\n\x1a\n" + bytes(range(60)), "results.png")
    office.quiet()
    assert [p for p in talk.consultation.posts if p.what == "note"] == []
    drop(talk, b"\x89PNG\r\n\x1a\n" + bytes(range(60)), "results.png", text="@Tune or Prompt")
    assert "It is not text" in note(talk)["text"]


def test_a_snippet_without_a_name_that_says_so_is_read_too(office: Office) -> None:
    talk = office.start("tag a snippet")
    message = office.sandbox.drop(BEN, CHANNEL, "results.", PLAIN.encode(), talk.root)
    message["files"][0]["filetype"] = "csv"
    office.slack.event(event_of(message))
    assert "43 of 50 right" in note(talk)["text"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("results.yaml", b"results: []", "It is YAML"),
        ("results.html", b"<!DOCTYPE html>", "It is a web page"),
        ("results.parquet", b"PAR1" + bytes(9), "It is a Parquet file"),
        ("results.xml", b"<?xml version='1.0'?><testsuites/>", "It is XML"),
        ("results.zip", b"PK\x03\x04" + bytes(50), "It is an archive"),
        ("results.gz", b"\x1f\x8b\x08" + bytes(9), "It is compressed"),
    ],
)
def test_what_people_export_otherwise_gets_a_sentence(
    office: Office, name: str, content: bytes, said: str
) -> None:
    talk = office.start(f"tag what ends in {name[8:]}")
    drop(talk, content, name)
    assert said in note(talk)["text"]


@pytest.mark.parametrize(
    ("file", "counts"), [("inspect_two_epochs.eval", "repeat a case"), ("reviewed.xlsx", "3 of 5 right")]
)
def test_archives_and_workbooks_are_read(office: Office, file: str, counts: str) -> None:
    talk = office.start(f"tag with {file[:7]}")
    drop(talk, (PUBLIC / file).read_bytes(), f"results.{file.rpartition('.')[2]}")
    assert counts in note(talk)["text"]


def test_a_file_of_which_slack_tells_only_the_id_is_looked_at(office: Office) -> None:
    """As in a channel that is shared with another company."""
    talk = office.start("tag a stub")
    message = office.sandbox.drop(BEN, CHANNEL, "results.csv", PLAIN.encode(), talk.root)
    stub = {"id": message["files"][0]["id"], "created": 1, "file_access": "check_file_info"}
    office.slack.event(event_of(message | {"files": [stub]}))
    office.quiet()
    assert talk.answers("eval_correct") == [43]
    said = [m["text"] for m in talk.messages() if "43 of 50 right" in m["text"]]
    assert any("the file\u2069: 43" in text for text in said), said


def test_a_deleted_file_is_left_alone(office: Office) -> None:
    talk = office.start("tag what is gone")
    message = office.sandbox.drop(BEN, CHANNEL, "results.csv", PLAIN.encode(), talk.root)
    office.slack.event(event_of(message | {"files": [{"id": "F0123456", "mode": "tombstone"}]}))
    office.quiet()
    assert [p for p in talk.consultation.posts if p.what == "note"] == []


def test_a_file_that_takes_too_long_or_too_much_is_refused() -> None:
    content = b'{"a": [' + b"[]," * 3_000_000 + b"1]}"
    assert Reader(seconds=0.05).read(content, Use()) == TOO_MUCH
    assert Reader(memory=200 * 2**20).read(content, Use()) == TOO_MUCH
    assert Reader().read(PLAIN.encode(), Use()) == read_evidence(PLAIN.encode())
    assert Reader().read(SCORES.encode(), Use()) == read_evidence(SCORES.encode())


def test_a_file_that_is_being_read_when_the_app_stops_is_read_later() -> None:
    reader = Reader()
    content = b'{"a": [' + b"[]," * 6_000_000 + b"1]}"
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(reader.read, content, Use())
        while not reader.is_reading:
            time.sleep(0.005)
        began = time.monotonic()
        reader.stop()
        with pytest.raises(Wait):
            reading.result()
    assert time.monotonic() - began < 1


def test_a_picture_beside_an_answer_does_not_hide_it(office: Office) -> None:
    talk = office.start("tag pictures with words")
    drop(talk, b"\x89PNG\r\n", "results.png", text="@Tune or Prompt 43 of 50, we need 95%")
    office.quiet()
    assert talk.answers("eval_correct") == [43]
    assert all(p.about.get("note") != "evidence" for p in talk.consultation.posts)


def test_a_text_beside_the_file_is_an_answer_too(office: Office) -> None:
    talk = office.start("tag tickets with a target")
    drop(talk, PLAIN, text="here are the results, we need 95%")
    office.quiet()
    assert talk.answers("eval_correct") == [43]


def test_two_files_at_once_are_sent_back(office: Office) -> None:
    talk = office.start("tag two files")
    first = office.sandbox.drop(BEN, CHANNEL, "results.csv", PLAIN.encode(), talk.root)
    second = office.sandbox.drop(BEN, CHANNEL, "other.csv", PLAIN.encode(), talk.root)
    office.slack.event(event_of(first | {"files": [*first["files"], *second["files"]]}))
    office.quiet()
    assert any("One file at a time" in m["text"] for m in talk.messages())
    assert talk.consultation.answers == ()


def test_where_there_is_no_consultation_nothing_is_said_or_kept(office: Office) -> None:
    root = office.sandbox.say(ANA, CHANNEL, "lunch?")["ts"]
    message = office.sandbox.drop(BEN, CHANNEL, "results.csv", PLAIN.encode(), root)
    assert office.slack.event(event_of(message)) == (200, "")
    office.quiet()
    assert len(office.sandbox.messages(CHANNEL, root)) == 2


def test_a_mention_with_a_file_starts_with_what_the_file_says(office: Office) -> None:
    message = office.sandbox.drop(
        ANA, CHANNEL, "results.csv", PLAIN.encode(), text="@Tune or Prompt tag with a mention"
    )
    assert office.slack.event(event_of(message, "app_mention"))[0] == 200
    talk = Talk(office, message["ts"])
    office.quiet()
    assert talk.answers("eval_correct") == [43]


def test_a_decided_consultation_takes_no_file(office: Office) -> None:
    talk = office.start("tag what is decided")
    advised = talk.until_advised("No", "Skip the rest")
    office.slack.click(advised, button(advised, "Accept"))
    drop(talk, PLAIN)
    office.quiet()
    assert talk.answers("eval_correct") == []


def test_killed_before_the_file_is_read_it_is_read_after_the_restart(
    sandbox: SandboxClient, ear: Ear, tmp_path: Path
) -> None:
    database = f"sqlite:///{tmp_path / 'log.db'}"
    first = office_with(sandbox, ear, database)
    first.application.outbox.start()
    talk = first.start("tag tickets through a crash")
    first.quiet()
    first.application.outbox.stop()
    message = sandbox.drop(BEN, CHANNEL, "results.csv", PLAIN.encode(), talk.root)
    assert first.slack.event(event_of(message)) == (200, "")
    assert post(talk).about["state"] == "unread"
    first.application.close()
    second = office_with(sandbox, ear, database)
    second.application.outbox.start()
    talk = Talk(second, talk.root)
    assert "43 of 50 right" in note(talk)["text"]
    assert talk.answers("eval_correct") == [43]
    second.application.outbox.stop()
    second.application.close()


def test_a_file_that_was_read_is_not_read_again(office: Office) -> None:
    """As after a crash between storing the answers and showing them, or when two senders were at it."""
    talk = office.start("tag tickets once")
    drop(talk, PLAIN)
    office.quiet()
    kept = post(talk)
    now = office.application.outbox.clock()
    other = Evidence(1, 2, None, None, None, "Column `x`, 2 rows.")
    evidence_read(office.application.record, TEAM, talk.consultation.id, kept.id, Use(), other, now)
    assert post(talk).about == kept.about
    assert talk.answers("eval_correct") == [43]


def test_what_was_read_in_a_way_that_nobody_wants_any_more_is_not_taken(office: Office) -> None:
    """As when another sender comes late with what it read before somebody chose."""
    talk = office.start("tag tickets in another way")
    drop(talk, SCORES)
    asked = note(talk)
    office.sandbox.fail("files.info", status=503, times=1)
    office.slack.click(asked, button(asked, "0.7 or more"))
    stale = Evidence(1, 2, None, None, None, "Column `x`, 2 rows.")
    outbox = office.application.outbox
    evidence_read(outbox.record, TEAM, talk.consultation.id, post(talk).id, Use(), stale, outbox.clock())
    assert "16 of 50 right" in note(talk)["text"]
    assert talk.answers("eval_correct") == [16]


def test_while_slack_does_not_hand_it_over_the_note_waits(office: Office) -> None:
    talk = office.start("tag tickets with patience")
    office.sandbox.fail("files.info", status=503, times=1)
    drop(talk, PLAIN)
    assert "43 of 50 right" in note(talk)["text"]


def test_nothing_in_the_file_reaches_the_database_or_the_log(
    office: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    talk = office.start("tag secrets")
    doubtful = HEADER.replace("correct", "score") + f"1,{SECRET},0.5,10,5\n2,{SECRET},{SECRET},10,5\n"
    drop(talk, doubtful.replace("correct", "score"))
    asked = note(talk)
    office.slack.click(asked, button(asked, "0.5 or more"))
    asked = note(talk)
    office.slack.click(asked, button(asked, "Leave them out"))
    office.quiet()
    drop(talk, PLAIN, "more.csv")
    office.quiet()
    drop(talk, json.dumps({"question": SECRET})[:-1], "broken.json")
    office.quiet()
    lines = sqlite3.connect(tmp_path / "log.db").iterdump()
    assert "Schmidt" not in "\n".join(lines)
    assert "Schmidt" not in caplog.text
    assert "Schmidt" not in json.dumps([m["text"] for m in talk.messages()])


@pytest.mark.parametrize(
    ("address", "api", "told"),
    [
        ("https://files.slack.com/files-pri/T1-F1/download/a.csv", "https://slack.com/api/", True),
        ("https://slack.com/x", "https://slack.com/api/", True),
        ("https://files.slack.com.evil.example/a", "https://slack.com/api/", False),
        ("https://evilslack.com/a", "https://slack.com/api/", False),
        ("http://files.slack.com/a", "https://slack.com/api/", False),
        ("https://files.slack.com:8443/a", "https://slack.com/api/", False),
        ("https://files.slack.com@evil.example/a", "https://slack.com/api/", False),
        ("http://127.0.0.1:3900/files/F1/a.csv", "http://127.0.0.1:3900/api/", True),
        ("http://127.0.0.1:3901/files/F1/a.csv", "http://127.0.0.1:3900/api/", False),
        ("https://drive.google.com/a", "https://slack.com/api/", False),
        ("", "https://slack.com/api/", False),
        ("https://[", "https://slack.com/api/", False),
    ],
)
def test_the_token_goes_to_slack_and_to_nobody_else(address: str, api: str, told: bool) -> None:
    assert is_of_slack(address, api) is told
    if not told:
        with pytest.raises(NotFetched, match="elsewhere"):
            download(address, token="xoxb-none", api_url=api, most=1, context=None, proxy=None)


def test_a_redirect_is_not_followed(sandbox: SandboxClient) -> None:
    message = sandbox.drop(ANA, CHANNEL, "results.csv", b"correct\n1\n")
    address = message["files"][0]["url_private_download"]
    with pytest.raises(NotFetched, match="no_scope"):
        download(address, token="xoxb-wrong", api_url=sandbox.api_url, most=99, context=None, proxy=None)


def test_no_ack_waits_for_a_file_that_is_being_read(office: Office) -> None:
    rows = [
        {"id": n, "correct": n % 2 == 0, "text": "x" * 45, "usage": {"prompt_tokens": 5}}
        for n in range(40_000)
    ]
    content = json.dumps({"results": rows}).encode()
    talk = office.start("tag while clicking")
    message = office.sandbox.drop(BEN, CHANNEL, "results.json", content, talk.root)
    office.slack.event(event_of(message))
    meanwhile = 0
    while post(talk).about["state"] == "unread":
        assert office.slack.command("log")[0] == 200
        meanwhile += 1
    assert talk.answers("eval_total") == [40_000]
    assert meanwhile > 5


def test_eight_large_files_are_fetched_once_each_and_delay_no_card(office: Office) -> None:
    rows = [{"id": number, "output": "y" * 200, "correct": number % 2 == 0} for number in range(4_000)]
    content = json.dumps({"results": rows}).encode()
    talks = [office.start(f"tag large files {number}") for number in range(8)]
    for talk in talks:
        message = office.sandbox.drop(BEN, CHANNEL, "results.json", content, talk.root)
        office.slack.event(message | {"type": "message", "channel": CHANNEL, "channel_type": "channel"})
    office.slack.command("tag elsewhere", channel_id="CSUPPORT")
    office.eventually(
        lambda: [m for m in office.sandbox.messages("CSUPPORT") if "tag elsewhere" in m["text"]], "its card"
    )
    office.quiet()
    assert [talk.answers("eval_total") for talk in talks] == [[4_000]] * 8
    assert len(office.sandbox.calls("files.info")) == 8
