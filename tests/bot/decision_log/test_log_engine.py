"""How the databases are set up, and what a wrong address is told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.decision_log import CannotOpen, open_engine


def test_sqlite_makes_its_directory_and_keeps_its_promises(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'deep' / 'down' / 'log.db'}")
    with engine.connect() as connection:
        settings = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 2_000}
    engine.dispose()


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
def test_postgresql_gives_up_on_a_statement_that_takes_too_long(database: str) -> None:
    engine = open_engine(database)
    with engine.connect() as connection:
        assert connection.execute(text("SHOW statement_timeout")).scalar() == "5s"
        assert connection.execute(text("SHOW application_name")).scalar() == "tune-or-prompt"
    engine.dispose()


@pytest.mark.parametrize(
    "url", ["postgres://u:p@h/d", "postgresql://u:p@h/d", "postgresql+psycopg://u:p@h/d"]
)
def test_every_way_to_write_a_postgresql_address_is_understood(url: str) -> None:
    assert open_engine(url).url.render_as_string(hide_password=False) == "postgresql+psycopg://u:p@h/d"


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("decisions.db", "not an address"),
        ("", "not an address"),
        ("mysql://u:p@h/d", "mysql"),
        ("postgresql+asyncpg://u:secret@h/d", "asyncpg"),
        ("sqlite://", "no file"),
        ("sqlite:///:memory:", "no file"),
        ("sqlite:////proc/nowhere/log.db", "/proc/nowhere"),
    ],
)
def test_an_address_that_makes_no_sense_is_told_in_one_sentence(url: str, sentence: str) -> None:
    with pytest.raises(CannotOpen, match=sentence) as error:
        open_engine(url)
    assert "secret" not in str(error.value)


def test_using_the_log_does_not_import_alembic() -> None:
    program = "import sys, bot.decision_log, bot.decision_log.upgrade; sys.exit('alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
