"""Which policy and prices are in force on a day, in a few words: advice on the same answers moves only with them."""

from __future__ import annotations

import datetime
import hashlib
import re
from functools import cache
from importlib.metadata import version
from importlib.resources import files

FILES = (
    ("core", "policy.toml"),
    ("core.prices", "tuning.toml"),
    ("core.prices", "gpus.toml"),
    ("core.prices", "calling.toml"),
    ("core.costs", "spreads.toml"),
)
"""Every file whose values decide what is advised."""

_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def in_force(day: datetime.date) -> str:
    """What is in force: another word after an upgrade, and from a day on from which a file has another value."""
    content, dates = _read()
    begun = sum(date <= day for date in dates)
    return f"{content}, genai-prices {version('genai-prices')}, {begun} dates"


@cache
def _read() -> tuple[str, tuple[datetime.date, ...]]:
    texts = [files(package).joinpath(name).read_text(encoding="utf-8") for package, name in FILES]
    found = {date for text in texts for date in _DATE.findall(text)}
    digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:12]
    return digest, tuple(sorted(map(datetime.date.fromisoformat, found)))
