"""The commands of whoever runs the app: review, forget a person, delete a workspace."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.decision_log import Log, Scope, open_engine
from bot.decision_log.create import create
from core.advice import advise
from core.case import read_case
from core.in_force import in_force
from core.told import told
from tests.support.consulted import CASES
from tests.support.decided import decide

TEAM = Scope.of_channel("T1", "C1")
NOW = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'log.db'}")
    engine = open_engine(f"sqlite:///{tmp_path / 'log.db'}")
    create(engine)
    log = Log(engine)
    case: dict[str, Any] = dict(CASES["keep_prompting"])
    found = told(advise(read_case(case), on=NOW.date()))
    decide(log, TEAM, NOW, answers=case, advice=found.kept(), by="U0ZEBRA", task="sort the okapis")
    with log.writing() as tx:
        tx.add_settings(TEAM, {"enough_examples": 50}, "U2", NOW + datetime.timedelta(seconds=1))
    decide(log, Scope.of_channel("T2", "C1"), NOW, by="U0ZEBRA", task="sort the tapirs")
    log.close()
    return tmp_path


def run(*arguments: str) -> int:
    return main(list(arguments))


def unreviewed(path: Path) -> list[str]:
    log = Log(open_engine(f"sqlite:///{path / 'log.db'}"))
    found = log.unreviewed(in_force(datetime.datetime.now(datetime.UTC).date()))
    log.close()
    return found


def in_files(path: Path, word: str) -> bool:
    return any(word.encode() in one.read_bytes() for one in path.glob("log.db*"))


def test_a_review_says_what_moved_and_tells_it_once(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("review", "--dry-run") == 0
    said = capsys.readouterr().out
    assert "T1 C1/1: Keep prompting → Measure first" in said
    assert "2 decisions looked at, 1 moved. Nobody was told: this was a dry run." in said
    assert unreviewed(path) == ["T1", "T2"], "the app still looks for itself"
    assert run("review", "--workspace", "T1") == 0
    assert "1 decision looked at, 1 moved. Their threads are told." in capsys.readouterr().out
    assert unreviewed(path) == ["T2"]
    assert run("review") == 0
    assert "2 decisions looked at, 0 moved." in capsys.readouterr().out


def test_a_person_is_forgotten_in_one_workspace(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("forget", "U0NOBODY", "--workspace", "T1") == 0
    assert "U0NOBODY is nowhere in the records of T1." in capsys.readouterr().out
    assert run("forget", "U0ZEBRA", "--workspace", "T1") == 0
    assert "forgotten, in 1 consultation of T1" in capsys.readouterr().out
    assert not in_files(path, "okapis")
    assert in_files(path, "tapirs")
    assert run("forget", "U0ZEBRA", "--workspace", "T2") == 0
    assert not in_files(path, "U0ZEBRA")


def test_a_workspace_is_deleted_only_on_a_yes(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("workspace", "delete", "T1") == 2
    assert "This deletes 1 decision of T1" in capsys.readouterr().err
    assert in_files(path, "okapis")
    assert run("workspace", "delete", "T1", "--yes") == 0
    assert "Deleted: 1 decision of T1" in capsys.readouterr().out
    assert not in_files(path, "okapis")
    assert in_files(path, "tapirs")
