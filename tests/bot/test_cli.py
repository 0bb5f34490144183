"""The command line, run as people and scripts run it: in this process, but for what needs one of its own."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.command_line.json_lines import BadInput, answer_lines, read_object
from bot.decision_log.tables import SCHEMA
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-m", "bot"]
CASE = {
    "task": "classify support tickets",
    "data_may_leave": True,
    "prompt_examples": 12,
    "calls_per_month": 80_000,
}


def clean(**variables: str) -> dict[str, str]:
    """The environment without any setting of ours, and with those given."""
    kept = {name: value for name, value in os.environ.items() if name.lower() not in Settings.model_fields}
    return {**kept, "PYTHONPATH": str(ROOT), **variables}


@dataclass
class Done:
    """What a command ended with, and what it said."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., Done]:
    """Run the command line here, in an empty directory, as a process of its own would."""

    def run(*arguments: str, given: str | bytes = "", **variables: str) -> Done:
        raw = given.encode() if isinstance(given, str) else given
        with monkeypatch.context() as there:
            there.chdir(tmp_path)
            for name in set(os.environ) - set(clean()):
                there.delenv(name)
            for name, value in {"COLUMNS": "80", **variables}.items():
                there.setenv(name, value)
            there.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))
            code = exit_code(arguments)
        said, complained = capsysbinary.readouterr()
        return Done(code, said.decode(), complained.decode())

    return run


def exit_code(arguments: Sequence[str]) -> int:
    try:
        return main(arguments)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_advise_answers_each_line_in_order_and_goes_on_after_a_bad_one(run: Any) -> None:
    given = [
        json.dumps(CASE),
        "not json",
        "[1]",
        "",
        '{"quality_target": NaN}',
        '{"calls_per_month": -1}',
        '{"task": "a", "task": "b"}',
        '{"colour": "red"}',
        '{"assumptions": {"model": "nobody:nothing"}}',
        '{"calls_per_month": ' + "9" * 5000 + "}",
        "[" * 100_000,
        '{"task": "\\ud800"}',
        json.dumps({"data_may_leave": False}),
    ]
    done = run("advise", "--jsonl", given="\n".join(given) + "\n")
    assert done.returncode == 0
    answers = lines(done.stdout)
    assert len(answers) == len(given)
    good = [number for number, answer in enumerate(answers) if "error" not in answer]
    assert good == [0, 11, 12]
    assert answers[0]["next_question"] is not None
    assert answers[12]["verdict"] == "self_host"
    assert all(list(answer) == ["error"] for number, answer in enumerate(answers) if number not in good)
    assert "Traceback" not in done.stderr


def test_bytes_that_are_no_text_are_a_bad_line_and_no_more(run: Any) -> None:
    done = run("read", "--jsonl", given=b'\xff\xfe\n\xef\xbb\xbf{"text": "yes", "question": "can_wait"}\r\n')
    first, second = lines(done.stdout)
    assert "UTF-8" in first["error"]
    assert "intent" in second


def test_a_line_is_answered_before_the_next_one_is_read() -> None:
    """Whoever sits at the other end of a pipe may ask only once it has been answered."""
    here, there = os.pipe()
    os.set_blocking(here, False)
    heard: list[bytes] = []

    def asked() -> Iterator[bytes]:
        for line in (b'{"first": 1}', b'{"second": 2}'):
            yield line
            heard.append(os.read(here, 100))

    with open(there, "w", encoding="utf-8") as out:
        answer_lines(asked(), out, lambda one: one, KeyError)
    os.close(here)
    assert heard == [b'{"first": 1}\n', b'{"second": 2}\n']


def test_estimate_prints_the_ledger(run: Any) -> None:
    (ledger,) = lines(run("estimate", "--jsonl", given=json.dumps(CASE) + "\n").stdout)
    assert {"options", "removed", "assumptions", "as_of"} <= ledger.keys()
    (without,) = lines(run("estimate", "--jsonl", given="{}\n").stdout)
    assert [one["calls_per_month"] for one in without["scenarios"]] == [100_000, 1_000_000]


def test_a_reply_of_millions_of_characters_is_refused_by_the_reader_and_is_no_error(run: Any) -> None:
    [answer] = lines(run("read", "--jsonl", given=json.dumps({"text": "a " * 1_000_000})).stdout)
    assert answer["intent"] == "invalid"


def test_read_takes_a_text_and_a_question(run: Any) -> None:
    given = [
        '{"text": "80k a month", "question": "calls_per_month"}',
        '{"text": "80k a month"}',
        '{"question": "calls_per_month"}',
        '{"text": 5}',
        '{"text": "yes", "question": 5}',
        '{"text": "yes", "thread": "t"}',
        '{"text": ""}',
    ]
    answers = lines(run("read", "--jsonl", given="\n".join(given)).stdout)
    assert [sorted(answer) for answer in answers] == [
        *[["doubtful", "echo", "intent", "suggestions", "values"]] * 2,
        *[["error"]] * 4,
        ["doubtful", "echo", "intent", "suggestions", "values"],
    ]


def test_the_program_ends_with_the_code_and_says_what_is_wrong_where_scripts_look_for_it(
    tmp_path: Path,
) -> None:
    def ended(*arguments: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [*PROGRAM, *arguments], check=False, capture_output=True, text=True, cwd=tmp_path, env=clean()
        )
        return done.returncode, done.stdout, done.stderr

    assert ended("manifest") == (0, (ROOT / "manifest.yml").read_text(encoding="utf-8"), "")
    code, said, complained = ended("run")
    assert (code, said) == (2, "")
    assert complained.startswith("SLACK_BOT_TOKEN is not set")


def test_a_line_is_answered_before_the_next_one_is_there() -> None:
    program = subprocess.Popen(
        [*PROGRAM, "read", "--jsonl"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert program.stdin is not None
        assert program.stdout is not None
        for text in ("yes", "no"):
            program.stdin.write(json.dumps({"text": text, "question": "can_wait"}) + "\n")
            program.stdin.flush()
            assert "intent" in json.loads(program.stdout.readline())
        program.stdin.close()
        assert program.wait(10) == 0
    finally:
        program.kill()


def test_a_reader_who_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text('{"text": "yes"}\n' * 20_000)
    command = f"{sys.executable} -m bot read --jsonl {cases} | head -n 1"
    done = subprocess.run(
        ["bash", "-c", command], check=False, cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert len(lines(done.stdout)) == 1
    assert done.stderr == ""


def test_flags_make_the_case_and_outrank_the_file(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text(json.dumps({**CASE, "data_may_leave": False}))
    assert json.loads(run("advise", "--json", str(file)).stdout)["verdict"] == "self_host"
    changed = json.loads(run("advise", "--json", str(file), "--data-may-leave", "yes").stdout)
    assert changed["verdict"] != "self_host"
    piped = run("advise", "--json", given=json.dumps({"data_may_leave": False}))
    assert json.loads(piped.stdout)["verdict"] == "self_host"


def test_flags_take_numbers_as_people_write_them(run: Any) -> None:
    flags = [
        "--calls-per-month",
        "100k..1M",
        "--quality-now",
        "86%",
        "--quality-target",
        "0.95",
        "--reasons",
        "cost",
    ]
    flags += ["--prompt-examples", "5..", "--labelled-examples", "unsure", "--assume", "prompt_tokens=1,500"]
    flags += ["--assume", "model_size=8B"]
    advice = json.loads(run("advise", "--json", *flags).stdout)
    assert advice["ledger"]["assumptions"]["prompt_tokens"] == {"value": "1500", "default": False} or (
        float(advice["ledger"]["assumptions"]["prompt_tokens"]["value"]) == 1500
    )


RESULTS = "id,correct,prompt_tokens,output_tokens\n" + "".join(
    f"{n},{'yes' if n <= 43 else 'no'},1900,140\n" for n in range(1, 51)
)


def test_a_file_of_results_says_how_good_it_is_and_what_a_call_takes(run: Any, tmp_path: Path) -> None:
    (tmp_path / "results.csv").write_text(RESULTS)
    done = run("advise", "--evals", "results.csv", "--quality-target", "95%", "--json")
    assert done.stderr == (
        "results.csv: 43 of 50 right, 86% [74%, 93%]; about 1,900 prompt and 140 output tokens a call. "
        "Column `correct`, 50 rows.\n"
    )
    advice = json.loads(done.stdout)
    assert round(advice["quality"]["point"], 2) == 0.86
    assumed = {key: one["value"] for key, one in advice["ledger"]["assumptions"].items()}
    assert (assumed["prompt_tokens"], assumed["output_tokens"]) == (1900, 140)


def test_tokens_of_a_flag_outrank_those_of_the_file(run: Any, tmp_path: Path) -> None:
    (tmp_path / "results.csv").write_text(RESULTS)
    done = run("estimate", "--evals", "results.csv", "--assume", "prompt_tokens=500", "--json")
    assumed = {key: one["value"] for key, one in json.loads(done.stdout)["assumptions"].items()}
    assert (assumed["prompt_tokens"], assumed["output_tokens"]) == (500, 140)


def test_a_doubtful_file_is_refused_with_the_flags_that_settle_it(run: Any, tmp_path: Path) -> None:
    (tmp_path / "scores.csv").write_text("id,score\n1,0.5\n2,0.9\n")
    done = run("advise", "--evals", "scores.csv")
    assert (done.returncode, done.stdout) == (2, "")
    assert "From which score on is an answer right? Say which:\n  --evals-pass-mark 0.5\n" in done.stderr
    done = run("advise", "--evals", "scores.csv", "--evals-pass-mark", "0.7")
    assert done.returncode == 0
    assert "1 of 2 right" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["advise", "--evals", "nowhere.csv"], "nowhere.csv cannot be read: No such file or directory."),
        (
            ["advise", "--evals", "prose.txt"],
            "prose.txt: I found no column that says which answers were right.",
        ),
        (["advise", "--evals", "prose.txt", "--jsonl"], "--evals goes with a single case."),
        (["advise", "--evals", "prose.txt", "--eval-correct", "3"], "leave --eval-correct out."),
        (["advise", "--evals-column", "ok"], "name it with --evals FILE."),
        (["advise", "--evals", "x", "--evals-pass-mark", "high"], "'high' is not a score such as 0.7"),
    ],
)
def test_results_that_cannot_be_used_are_refused_with_a_sentence(
    run: Any, tmp_path: Path, arguments: list[str], said: str
) -> None:
    (tmp_path / "prose.txt").write_text("It went well, mostly.\n")
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_for_people_the_advice_says_what_it_is_and_what_comes_next(run: Any) -> None:
    done = run("advise", "--data-may-leave", "yes", "--prompt-examples", "2")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Prompt first: it has not had a fair try\n")
    assert "Why" in done.stdout
    assert "Next question: May this data be sent" in run("advise").stdout


def test_for_people_the_costs_are_a_table_and_its_lines(run: Any) -> None:
    done = run("estimate", "--calls-per-month", "250k", "--labelled-examples", "400")
    assert done.returncode == 0, done.stderr
    assert "A month" in done.stdout
    assert "$" in done.stdout
    assert "Assumed" in done.stdout


EVALUATED = {
    "task": "classify support tickets", "data_may_leave": True, "prompt_examples": 12, "eval_correct": 40,
    "eval_total": 50, "quality_target": 0.85, "misses": "behaviour", "reasons": ["quality"], "can_wait": True,
    "calls_per_month": 80_000, "labelled_examples": 200, "per_request_instructions": False,
}  # fmt: skip


@pytest.mark.parametrize("columns", ["80", "120"])
def test_for_people_the_advice_says_how_sure_it_is_and_what_would_change_it(run: Any, columns: str) -> None:
    done = run("advise", given=json.dumps(EVALUATED), COLUMNS=columns)
    assert done.returncode == 0, done.stderr
    for said in (
        "Confidence: medium. The nearest change: 48 right answers; now it is 40.",
        "At 29 right answers or fewer (now 40): Keep prompting, too far off for training to close.",
        "The target is 85%. Measure 146 more first: about 6 hours of work, $584",
        "The case against it",
        "What would change it",
        "Right answers in the evaluation, now 40. 29 or less: Keep prompting. 48 or more: Keep prompting.",
        "None of these alone changes it: ",
        "Most of the uncertainty comes from",
    ):
        assert said in done.stdout
    assert "*" not in done.stdout
    table = [line for line in done.stdout.splitlines() if line[:1] in "┏┡│└"]
    assert len(table) > 5
    assert max(map(len, table)) <= max(100, int(columns))


def test_for_people_the_lines_of_a_ledger_have_sources_and_ages(run: Any) -> None:
    done = run("estimate", "--calls-per-month", "250k", "--labelled-examples", "400", "--on", "2026-11-23")
    assert "Output tokens: 37.5M at " in done.stdout
    assert "as of 2026-03, 8 months ago, which is old" in done.stdout
    assert "Most of the uncertainty comes from" in done.stdout


def test_for_people_a_reading_is_named(run: Any) -> None:
    assert run("read", "80k a month", "--question", "calls_per_month").stdout.startswith("Read as: ")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["advise", "--calls-per-month", "lots"], "'lots' is not a number"),
        (
            ["advise", "--data-may-leave", "perhaps"],
            "'perhaps' is not one of yes, answers_only, no, nor unsure",
        ),
        (["advise", "--misses", "typos"], "'typos' is not one of"),
        (["advise", "--quality-now", "150%"], "quality_now"),
        (["advise", "--assume", "colour=red"], "colour"),
        (["advise", "--assume", "prompt_tokens"], "is not KEY=VALUE"),
        (["advise", "--on", "tomorrow"], "is not a date such as 2026-08-31"),
        (["advise", "--jsonl", "--can-wait", "yes"], "--jsonl takes its cases from the lines"),
        (["advise", "nowhere.json"], "nowhere.json cannot be read: No such file or directory."),
        (["read"], "Say which reply to read"),
        (["run", "--port", "3000"], "--host and --port go with --http"),
        (["run", "--http", "--port", "99999"], "is not a port number"),
        (["dance"], "invalid choice: 'dance'"),
        (["run"], "SLACK_BOT_TOKEN is not set"),
        (["run", "--http"], "SLACK_BOT_TOKEN is not set"),
    ],
)
def test_what_cannot_work_is_said_in_a_sentence_and_ends_with_2(
    run: Any, arguments: list[str], sentence: str
) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("variables", "arguments", "named"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, [], "SLACK_APP_TOKEN is not set"),
        ({"SLACK_APP_TOKEN": "xapp-1"}, [], "SLACK_BOT_TOKEN is not set"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, ["run", "--http"], "SLACK_SIGNING_SECRET is not set"),
        ({"SLACK_BOT_TOKEN": "nonsense"}, [], "SLACK_BOT_TOKEN must be"),
        ({"DATABASE_URL": "mysql://h/n"}, [], "DATABASE_URL must be"),
        ({"DATABASE_URL": "mysql://h/n"}, ["db", "upgrade"], "DATABASE_URL must be"),
        ({"PORT": "many"}, ["run", "--http"], "PORT is 'many'"),
    ],
)
def test_a_setting_that_cannot_be_used_stops_the_start_with_one_sentence_that_names_it(
    run: Any, variables: dict[str, str], arguments: list[str], named: str
) -> None:
    done = run(*arguments, **variables)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert done.stderr.startswith(named)


def test_manifest_prints_the_file(run: Any) -> None:
    assert run("manifest").stdout == (ROOT / "manifest.yml").read_text(encoding="utf-8")


def test_db_upgrade_makes_the_database_and_may_be_repeated(run: Any, tmp_path: Path) -> None:
    made, again = (run("db", "upgrade", DATABASE_URL="sqlite:///here.db") for _ in range(2))
    every = ", ".join(f"{number:04}" for number in range(1, int(SCHEMA) + 1))
    assert made.stdout == f"The database is up to date.\nApplied: {every}.\n", made.stderr
    assert (again.returncode, again.stdout) == (0, "The database is up to date.\n")
    assert (tmp_path / "here.db").exists()


def test_db_status_says_where_the_database_is_and_what_is_missing(run: Any) -> None:
    before = f"{int(SCHEMA) - 1:04}"
    here = {"DATABASE_URL": "sqlite:///here.db"}
    assert run("db", "upgrade", "--to", before, **here).stdout.startswith(
        f"The database is at {before}.\nApplied: "
    )
    behind = run("db", "status", **here)
    assert behind.returncode == 1
    assert behind.stdout == (
        f"The database is at {before}; this release knows 0001 to {SCHEMA}.\n"
        f"Missing: {SCHEMA}. `tune-or-prompt db upgrade` applies them.\n"
    )
    assert run("db", "upgrade", **here).stdout == f"The database is up to date.\nApplied: {SCHEMA}.\n"
    assert run("db", "status", **here).returncode == 0
    back = run("db", "upgrade", "--to", before, **here)
    assert back.stdout == "The database is up to date.\n"


def test_db_upgrade_names_a_migration_that_there_is_not(run: Any) -> None:
    done = run("db", "upgrade", "--to", "9999", DATABASE_URL="sqlite:///here.db")
    assert done.returncode == 2
    assert done.stderr == f"--to 9999: there is no such migration. There are 0001 to {SCHEMA}.\n"


def test_a_database_that_is_newer_than_the_program_wants_the_newer_program(run: Any, tmp_path: Path) -> None:
    here = {"DATABASE_URL": "sqlite:///here.db"}
    run("db", "upgrade", **here)
    with contextlib.closing(sqlite3.connect(tmp_path / "here.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0099'")
    done = run("log", "list", "--workspace", "T1", "--channel", "C1", **here)
    said = f"The database is at 0099, and this release knows {SCHEMA}: start the newer release.\n"
    assert (done.returncode, done.stderr) == (2, said)
    assert run("db", "status", **here).stdout.endswith(
        "It is newer than this release: start the newer one.\n"
    )


def test_a_backup_of_a_server_copies_nothing_and_says_so_by_its_exit_code(run: Any) -> None:
    done = run("db", "backup", "log.dump", DATABASE_URL="postgresql://bot:s3cret@db.example.com/log")
    assert done.returncode == 1
    assert done.stdout.startswith("Nothing was copied: ")
    assert "pg_dump --format=custom --file=log.dump postgresql://SUPERUSER@db.example.com/log" in done.stdout


def test_db_upgrade_says_when_the_database_cannot_be_opened(run: Any) -> None:
    done = run("db", "upgrade", DATABASE_URL="sqlite:////proc/nowhere/log.db")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert done.stderr.startswith("DATABASE_URL")


def test_a_command_that_needs_no_slack_loads_none_of_it() -> None:
    heavy = ("slack_bolt", "slack_sdk", "sqlalchemy", "nicegui", "waitress", "rich", "pydantic_settings")
    program = f"""
import io, sys
from bot.__main__ import main
sys.stdin = io.TextIOWrapper(io.BytesIO(b'{{"data_may_leave": false}}'))
main(["advise", "--jsonl"])
print([name for name in {heavy} if name in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_without_tokens_one_command_brings_up_the_sandbox_and_the_bot(tmp_path: Path) -> None:
    program = subprocess.Popen(
        [*PROGRAM, "--port", "0"],
        cwd=tmp_path,
        env=clean(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        started = time.monotonic()
        assert program.stdout is not None
        said = program.stdout.readline()
        assert time.monotonic() - started < 30
        address = next(word for word in said.split() if word.startswith("http://"))
        with urllib.request.urlopen(address, timeout=10) as page:
            assert page.status == 200
        program.send_signal(signal.SIGTERM)
        _, err = program.communicate(timeout=20)
    finally:
        program.kill()
    assert (program.returncode, err) == (0, "")
    assert (tmp_path / "tune-or-prompt-sandbox.db").exists()


@pytest.mark.parametrize(
    ("text", "because"),
    [
        (b"x" * 1_000_001, "longer than"),
        (b'{"a": Infinity}', "Infinity is no number"),
        (b"null", "a JSON null"),
        (b'"text"', "a JSON string"),
        (b'{"a": 1', "not JSON"),
        (b'{"a": {"b": 1, "b": 2}}', "b is given twice"),
    ],
)
def test_what_is_no_json_object_is_named(text: bytes, because: str) -> None:
    with pytest.raises(BadInput, match=because):
        read_object(text)


def test_estimate_writes_the_chart_and_says_where(run: Any, tmp_path: Path) -> None:
    done = run("estimate", "--calls-per-month", "80k", "--chart", "costs.png")
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1].startswith("The chart is in costs.png: Below ")
    assert (tmp_path / "costs.png").read_bytes().startswith(b"\x89PNG\r\n")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--chart", "costs.jpg"], "--chart writes a PNG: costs.jpg must end in .png."),
        (["--chart", "nowhere/costs.png"], "nowhere/costs.png cannot be written: No such file or directory."),
        (["--chart", "costs.png", "--json"], "--chart draws one case"),
        (
            ["--chart", "costs.png", "--calls-per-month", "0"],
            "With 0 calls a month there is nothing to draw.",
        ),
    ],
)
def test_a_chart_that_cannot_be_written_is_refused_with_a_sentence(
    run: Any, arguments: list[str], says: str
) -> None:
    done = run("estimate", "--task", "sort", *arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_one_of_a_thing_is_singular_in_every_line_of_an_advice(run: Any) -> None:
    case = {
        **{"data_may_leave": False, "calls_per_month": 1, "prompt_examples": 1, "labelled_examples": 1},
        "assumptions": {"on_call_hours": 1, "horizon_months": 1, "prompt_hours": 1, "labels_to_buy": 1},
    }
    for command in ("advise", "estimate"):
        done = run(command, given=json.dumps(case))
        assert done.returncode == 0, done.stderr
        assert re.findall(r"(?<![\d.,$])\b1 (?:\w+ )?\w+s\b", done.stdout) == []
        assert "1 call a month" in done.stdout
