"""`tune-or-prompt log`, as the operator and their scripts run it, on both databases."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.settings import Settings
from tests.benchmarks.advices import an_advice

HERE = ("--workspace", "T1", "--channel", "C1")
RECORDS: list[dict[str, Any]] = [
    {
        "number": 1, "channel": "C1", "task": "classify support tickets", "chosen": "fine_tune", "status": "superseded",
        "recommended": "fine_tune", "by": "U1", "at": "2026-06-15T12:00:00Z", "superseded_by": 2,
        "answers": [{"key": "quality_target", "value": 0.9}, {"key": "calls_per_month", "value": 80_000}],
        "outcomes": [{"by": "U1", "at": "2026-09-15T12:00:00Z", "shipped": True, "eval_correct": 47, "eval_total": 50}],
    },
    {
        "number": 2, "channel": "C1", "task": "classify support tickets by product", "chosen": "keep_prompting",
        "status": "overridden", "recommended": "fine_tune", "by": "U2", "at": "2026-07-01T00:00:00Z",
        "why": "No GPU until March", "supersedes": 1,
        "answers": [{"key": "calls_per_month", "value": 90_000}, {"key": "misses", "value": "labels"}],
    },
    {
        "number": 1, "channel": "C2", "task": "secret merger", "chosen": "hybrid", "status": "accepted", "by": "U2",
        "at": "2026-08-01T00:00:00Z",
    },
]  # fmt: skip
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    empty_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run a command of the log on a database of its own: the exit code, and what it said."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("DATABASE_URL", empty_database)
    monkeypatch.chdir(tmp_path)
    Path("log.json").write_text(json.dumps({"version": 1, "workspace": "T1", "decisions": RECORDS}))

    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            code = main(["log", *arguments])
        except SystemExit as ended:
            code = int(ended.code or 0)
        return code, *capsys.readouterr()

    return run


def objects(done: tuple[int, str, str]) -> list[dict[str, Any]]:
    assert (done[0], done[2]) == (0, "")
    return [json.loads(line) for line in done[1].splitlines()]


def test_a_log_is_read_in_asked_and_written_out_as_it_was(run: Run) -> None:
    assert "3 decisions" in run("import", "log.json", "--dry-run")[1]
    assert objects(run("list", *HERE, "--json")) == []
    assert "3 decisions" in run("import", "log.json")[1]
    newest, first = objects(run("list", *HERE, "--json"))
    assert list(newest) == [
        *("number", "channel", "thread", "task", "recommended", "chosen", "status", "by", "at", "why"),
        *("supersedes", "superseded_by", "outcome"),
    ]
    assert (newest["number"], first["number"], first["outcome"]) == (2, 1, "met")
    assert objects(run("list", *HERE, "--json", "--limit", "1")) == [newest]
    assert objects(run("list", *HERE, "--json", "--before", "2")) == [first]
    told = run("export", "--workspace", "T1")[1]
    Path("again.json").write_text(told)
    again = json.loads(told)
    assert [one["number"] for one in again["decisions"]] == [1, 2, 1]
    Path("elsewhere.json").write_text(json.dumps(again | {"workspace": "T9"}))
    assert run("import", "elsewhere.json")[0] == 0
    assert json.loads(run("export", "--workspace", "T9")[1])["decisions"] == again["decisions"]
    assert json.loads(run("export", *HERE)[1])["decisions"] == again["decisions"][:2]


def test_words_and_filters_narrow_it(run: Run) -> None:
    run("import", "log.json")

    def numbers(*typed: str, whose: tuple[str, ...] = HERE) -> list[int]:
        return [one["number"] for one in objects(run("list", *typed, *whose, "--json"))]

    assert numbers("tickets") == [2, 1]
    assert numbers("tickets -product") == [1]
    assert numbers("gpu status:decided") == [2]
    assert numbers("verdict:Fine-tune", "outcome:met") == [1]
    assert numbers("since:2026-07") == [2]
    assert numbers("until:2026-06 sort:cost") == [1]
    assert numbers("by:U2") == [2]
    assert numbers("merger") == []
    everywhere = objects(run("list", "--workspace", "T1", "--person", "U2", "--json"))
    assert [(one["channel"], one["number"]) for one in everywhere] == [("C2", 1), ("C1", 2)]
    after = ("--workspace", "T1", "--person", "U2", "--before", "C2/1")
    assert numbers(whose=after) == [2]


def test_show_stats_and_similar(run: Run) -> None:
    run("import", "log.json")
    [shown] = objects(run("show", "1", *HERE, "--json"))
    assert [answer["key"] for answer in shown["answers"]] == ["quality_target", "calls_per_month"]
    assert shown["outcomes"][0]["eval_correct"] == 47
    assert run("show", "9", *HERE)[0] == 2
    [stats] = objects(run("stats", *HERE, "--json"))
    assert (stats["decisions"], stats["overridden"], stats["recorded"]) == (2, 1, 1)
    assert stats["by_verdict"] == {"fine_tune": 1, "keep_prompting": 1}
    Path("case.json").write_text('{"task": "classify tickets", "calls_per_month": 80000, "misses": "labels"}')
    [like] = objects(run("similar", *HERE, "--case", "case.json", "--json"))
    assert list(like) == ["number", "similarity", "because", "outcome"]
    assert like["number"] == 2  # the first was superseded: it is shown through what superseded it
    assert 0.35 <= like["similarity"] <= 1
    Path("other.json").write_text('{"task": "translate menus"}')
    assert objects(run("similar", *HERE, "--case", "other.json", "--json")) == []


@pytest.mark.parametrize("command", [("list",), ("list", "tickets"), ("show", "2"), ("stats",)])
def test_people_get_words(run: Run, command: tuple[str, ...]) -> None:
    run("import", "log.json")
    code, said, _ = run(*command, *HERE)
    assert code == 0
    assert "Keep prompting" in said
    assert "{" not in said


def test_show_tells_the_whole_record_with_the_ids_of_people(run: Run) -> None:
    """What Slack shows of a decision, the advice with its reasons and costs included."""
    more = {
        "advice": an_advice(),
        "links": [
            {"url": "https://example.com/pull/7", "note": "it", "by": "U3", "at": "2026-08-01T00:00:00Z"}
        ],
        "withdrawn": {"by": "U4", "at": "2026-09-01T00:00:00Z", "why": "the vendor folded"},
        "check_ins": [{"by": "U5", "at": "2026-08-02T00:00:00Z", "ask_at": "2027-01-15T00:00:00Z"}],
    }
    record = RECORDS[2] | more | {"status": "withdrawn"}
    Path("log.json").write_text(json.dumps({"version": 1, "workspace": "T1", "decisions": [record]}))
    run("import", "log.json")
    said = run("show", "1", "--workspace", "T1", "--channel", "C2")[1]
    for told in (
        *("#1 ", "Task: secret merger", "Decided by U2", "Withdrawn because: the vendor folded", "U4"),
        *("The reasons then", "a month", "https://example.com/pull/7", "U3", "2027-01-15 (U5"),
    ):
        assert told in said, told
    assert "somebody" not in said
    assert "Only you can see" not in said


def test_files_are_written(run: Run) -> None:
    run("import", "log.json")
    assert run("export", "--workspace", "T1", "--format", "md", "--to", "adrs")[0] == 0
    files = sorted(str(file.relative_to("adrs")) for file in Path("adrs").rglob("*.md"))
    assert files == [
        "C1/0001-classify-support-tickets.md",
        "C1/0002-classify-support-tickets-by-product.md",
        "C2/0001-secret-merger.md",
    ]
    assert run("export", *HERE, "--format", "csv", "--to", "log.csv")[0] == 0
    assert Path("log.csv").read_bytes().startswith(b'\xef\xbb\xbf"number"')


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("list", "colour:red", *HERE), "There is no filter colour"),
        (("list", *HERE, "--", "-tickets"), "I need a word to look for."),
        (("list", "since:soon", *HERE), "since: takes a year"),
        (("list", "--workspace", "T1"), "--channel"),
        (("list", *HERE, "--person", "U1"), "not allowed with"),
        (("list", *HERE, "--before", "x"), "--before takes"),
        (("show", "7", *HERE), "There is no decision #7 here."),
        (("import", "nowhere.json"), "cannot be read"),
        (("import", "broken.json"), "not JSON"),
        (("import", "wrong.json"), "Record 1 (#1 in C1): chosen: it is none of"),
        (("similar", *HERE, "--case", "wrong.json"), "a known key"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(run: Run, arguments: tuple[str, ...], said: str) -> None:
    Path("broken.json").write_text("{")
    wrong = RECORDS[0] | {"chosen": "buy"}
    Path("wrong.json").write_text(json.dumps({"version": 1, "workspace": "T1", "decisions": [wrong]}))
    run("import", "log.json")
    code, out, error = run(*arguments)
    assert (code, out) == (2, "")
    assert said in error
    assert "Traceback" not in error


@pytest.mark.parametrize(
    "command",
    [
        ("list", *HERE),
        ("show", "1", *HERE),
        ("stats", "--workspace", "T1"),
        ("similar", *HERE, "--case", "case.json"),
        ("export", "--workspace", "T1"),
    ],
)
def test_asking_makes_no_database_and_says_where_it_looked(
    run: Run, monkeypatch: pytest.MonkeyPatch, dialect: str, command: tuple[str, ...]
) -> None:
    Path("case.json").write_text('{"task": "classify tickets"}')
    if dialect == "sqlite":
        monkeypatch.delenv("DATABASE_URL")
    before = sorted(Path().iterdir())
    code, out, error = run(*command)
    assert (code, out) == (2, "")
    looked_for = Path("tune-or-prompt.db").absolute() if dialect == "sqlite" else "holds no log yet"
    assert str(looked_for) in error
    assert "DATABASE_URL" in error
    assert sorted(Path().iterdir()) == before


def test_what_was_reached_and_not_said_to_be_in_use_is_called_so_and_counts_as_missed(run: Run) -> None:
    counted = {"by": "U1", "at": "2026-09-15T12:00:00Z", "eval_correct": 47, "eval_total": 50}
    given = {"version": 1, "workspace": "T1", "decisions": [RECORDS[0] | {"outcomes": [counted]}, RECORDS[1]]}
    Path("log.json").write_text(json.dumps(given))
    run("import", "log.json")
    assert "reached, not" in run("list", *HERE)[1]
    assert "outcome: reached, not said to be in use" in run("show", "1", *HERE)[1]
    for typed in ("outcome:missed", "outcome:missed sort:cost"):
        assert 1 in [one["number"] for one in objects(run("list", typed, *HERE, "--json"))]
    assert objects(run("list", "outcome:met", *HERE, "--json")) == []
    assert objects(run("show", "1", *HERE, "--json"))[0]["outcome"] == "missed"
    [stats] = objects(run("stats", *HERE, "--json"))
    assert stats["outcomes"] == {"fine_tune": {"missed": 1}}
