"""Which prices a piece of advice was given with, so that it can be given again."""

from __future__ import annotations

import datetime
from functools import cache
from importlib.metadata import version


@cache
def prices_version(day: datetime.date) -> str:
    """The version of the calling prices, and the day whose entries of the dated tables were in force."""
    return f"genai-prices {version('genai-prices')}, dated tables of {day.isoformat()}"
