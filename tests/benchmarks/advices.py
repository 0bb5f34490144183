"""A piece of advice as it is kept, for benchmarks."""

from __future__ import annotations

import datetime
from typing import Any

from core.advice import advise
from core.case import read_case
from core.told import told
from tests.benchmarks.advising import COST_DECIDES


def an_advice() -> Any:
    """As JSON."""
    return told(advise(read_case(COST_DECIDES), on=datetime.date(2026, 11, 23))).to_json()
