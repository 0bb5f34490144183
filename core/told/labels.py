"""What the lines of old are for, by the labels that they were kept with before a line said it itself."""

from __future__ import annotations

import re
from decimal import Decimal

from core.costs.kinds import Kind

_BEGINNINGS: tuple[tuple[str, Kind, Kind], ...] = (
    ("Fixed prompt tokens read from the cache", Kind.CACHED_TOKENS, Kind.CACHED_TOKENS),
    ("Fixed prompt tokens not in the cache", Kind.UNCACHED_TOKENS, Kind.UNCACHED_TOKENS),
    ("Fixed prompt tokens", Kind.FIXED_TOKENS, Kind.FIXED_TOKENS),
    ("Changing prompt tokens", Kind.CHANGING_TOKENS, Kind.CHANGING_TOKENS),
    ("Output tokens", Kind.OUTPUT_TOKENS, Kind.OUTPUT_TOKENS),
    ("Discount on calls in a batch", Kind.BATCH_DISCOUNT, Kind.BATCH_DISCOUNT),
    ("Training ", Kind.TRAINING, Kind.TRAINING_ANEW),
    ("GPUs for training", Kind.GPU_TRAINING, Kind.GPU_TRAINING_ANEW),
    ("GPUs for ", Kind.SERVERS, Kind.SERVERS),
    ("Examples to make", Kind.LABELS, Kind.LABELS),
    ("Engineering for the prompt", Kind.PROMPT_HOURS, Kind.PROMPT_HOURS),
    ("Engineering for the first tuned model", Kind.TUNING_HOURS, Kind.TUNING_HOURS),
    ("Engineering for training anew", Kind.RETRAIN_HOURS, Kind.RETRAIN_HOURS),
    ("Upkeep", Kind.UPKEEP_HOURS, Kind.UPKEEP_HOURS),
    ("On call", Kind.ON_CALL_HOURS, Kind.ON_CALL_HOURS),
    ("Hosting", Kind.HOSTING, Kind.HOSTING),
    ("Storage", Kind.STORAGE, Kind.STORAGE),
    ("Worth of the accuracy gained", Kind.WORTH, Kind.WORTH),
)
"""How a label begins, and what it is for: up front or a call, and a month."""
_SERVERS = re.compile(r"GPUs for (\d[\d.e+]*) replicas?,")


def kind_of(label: str, per: str) -> str:
    """What a line is for; "" where nobody can say."""
    for beginning, once, monthly in _BEGINNINGS:
        if label.startswith(beginning):
            return (monthly if per == "month" else once).value
    return ""


def servers_of(label: str) -> Decimal | None:
    """How many servers a line is the price of; ``None`` for any other line."""
    found = _SERVERS.match(label)
    return Decimal(found[1]) if found else None
