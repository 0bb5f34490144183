"""What whoever runs the app can see of it: figures, lines of JSON, a copy of the log."""

from __future__ import annotations

import io
import json
import logging
import sqlite3
import stat
import urllib.request
from pathlib import Path

import pytest

from bot.cannot_start import CannotStart
from bot.decision_log.backup import NotOurs, back_up
from bot.logs import REQUEST, AsJson
from bot.serving.connections import listen
from bot.serving.metrics import shown_at
from tests.support.deliveries import ANA, BEN, TEAM
from tests.support.later import Later
from tests.support.office import Office


def free_port() -> int:
    with listen("127.0.0.1", 0) as door:
        return int(door.getsockname()[1])


def figures(office: Office) -> str:
    port = free_port()
    with shown_at("127.0.0.1", port, office.application.record, office.application.outbox.clock):
        return urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10).read().decode()


def figure(text: str, name: str) -> float:
    return next(float(line.split()[-1]) for line in text.splitlines() if line.startswith(f"{name} "))


def test_figures_say_how_often_and_how_long_and_never_whose(office: Office) -> None:
    before = figures(office)
    talk = office.start("sort tickets")
    talk.say("hm hm 12 or so", user=BEN)
    office.quiet()
    after = figures(office)
    posted = 'tune_or_prompt_slack_calls_total{method="chat.postMessage",outcome="ok"}'
    count = 'tune_or_prompt_ack_seconds_count{status="200"}'
    known_before = figure(before, count) if count in before else 0.0
    assert figure(after, count) == known_before + 2
    assert figure(after, posted) > (figure(before, posted) if posted in before else 0.0)
    assert figure(after, "tune_or_prompt_outbox_waiting") == 0.0
    assert figure(after, "tune_or_prompt_advice_seconds_count") > 0
    assert "tune_or_prompt_readings_total{" in after
    assert not any(word in after for word in (TEAM, ANA, BEN, "CMLPLAT", "sort tickets"))


def test_what_waits_for_slack_is_seen(office: Office) -> None:
    office.sandbox.fail("chat.postMessage", status=500, times=99)
    office.slack.command("sort letters", response_url=office.ear.url)
    assert figure(figures(office), "tune_or_prompt_outbox_waiting") == 1.0
    office.sandbox.mend()


def test_while_the_database_cannot_be_read_the_other_figures_are_there(
    office: Office, tmp_path: Path
) -> None:
    (tmp_path / "log.db").rename(tmp_path / "away.db")
    shown = figures(office)
    (tmp_path / "away.db").rename(tmp_path / "log.db")
    assert "tune_or_prompt_outbox_waiting " not in shown
    assert "process_cpu_seconds_total" in shown


def test_figures_are_shown_whatever_the_time_is_told_by(office: Office) -> None:
    with shown_at("127.0.0.1", free_port(), office.application.record, Later()):
        pass


def test_a_taken_port_is_said(office: Office) -> None:
    with listen("127.0.0.1", 0) as door, pytest.raises(CannotStart, match="METRICS_PORT"):
        port = int(door.getsockname()[1])
        with shown_at("127.0.0.1", port, office.application.record, office.application.outbox.clock):
            raise AssertionError


def test_a_line_of_json_holds_the_request_and_no_secret() -> None:
    output = io.StringIO()
    handler = logging.StreamHandler(output)
    handler.setFormatter(AsJson(["s3cret"]))
    logger = logging.Logger("bot.try")
    logger.addHandler(handler)
    given = REQUEST.set("abc123")
    try:
        raise ValueError("xoxb-1234 and s3cret\nin two lines")
    except ValueError:
        logger.exception("failed with %s", "xoxb-5678")
    finally:
        REQUEST.reset(given)
    [line] = output.getvalue().splitlines()
    told = json.loads(line)
    assert (told["level"], told["logger"], told["request"]) == ("ERROR", "bot.try", "abc123")
    assert "two lines" in told["trace"]
    assert not any(secret in line for secret in ("xoxb-", "s3cret"))


def test_a_copy_of_the_log_holds_what_was_said_and_only_its_owner_reads_it(
    office: Office, tmp_path: Path
) -> None:
    office.start("sort tickets")
    copy = tmp_path / "copy.db"
    size = back_up(office.application.settings.database_url, copy)
    assert size == copy.stat().st_size > 10_000
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    connection = sqlite3.connect(copy)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("SELECT task FROM consultations").fetchall() == [("sort tickets",)]
    connection.close()
    with pytest.raises(Exception, match="is there already"):
        back_up(office.application.settings.database_url, copy)


def test_for_a_server_its_own_program_is_named_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(NotOurs) as told:
        back_up("postgresql+psycopg://bot:s3cret@db.example.com/log", tmp_path / "a b.dump")
    assert "pg_dump --format=custom" in str(told.value)
    assert "postgresql://SUPERUSER@db.example.com/log" in str(told.value)
    assert "s3cret" not in str(told.value)
