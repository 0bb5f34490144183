"""SQLite files with the tables of today, copied: to make the tables anew for each test takes longer than many tests."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

from bot.decision_log import open_engine
from bot.decision_log.create import create


@lru_cache(maxsize=1)
def _template() -> Path:
    home = Path(tempfile.mkdtemp(prefix="tables-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    engine = open_engine(f"sqlite:///{home / 'log.db'}")
    create(engine)
    engine.dispose()
    return home / "log.db"


def with_tables(address: str) -> str:
    """The same address; where it is a file that is not there yet, one with tables and nothing in them is there then."""
    if address.startswith("sqlite:///") and not (path := Path(address.removeprefix("sqlite:///"))).exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(_template(), path)
    return address
