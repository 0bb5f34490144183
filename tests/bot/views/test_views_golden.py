"""What people see changes only on purpose; ``python -m tests.support.golden`` keeps it anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import golden


@pytest.mark.parametrize(
    ("draw", "file"),
    [(golden.kept, golden.GOLDEN), (golden.printed, golden.PRINTED)],
    ids=["in Slack", "in a terminal"],
)
def test_every_message_is_as_it_was_last_looked_at(draw: Callable[[], golden.Kept], file: Path) -> None:
    now, before = draw(), golden.read(file)
    assert list(now) == list(before)
    assert [name for name in before if now[name] != before[name]] == []
