"""What a benchmark prints."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table


def machine() -> str:
    """Where the figures were taken."""
    load = os.getloadavg()[0]
    return (
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}, load {load:.1f}"
    )


def show(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], note: str = "") -> None:
    """Print one table; all columns but the first are numbers."""
    table = Table(title=title, title_justify="left", caption=note or None, caption_justify="left")
    for place, column in enumerate(columns):
        table.add_column(column, justify="left" if place == 0 else "right")
    for row in rows:
        table.add_row(*row)
    Console(width=132).print(table)


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


def percentile(sorted_values: Sequence[float], share: float) -> float:
    """The value below which ``share`` of the sorted values lie."""
    return sorted_values[min(len(sorted_values) - 1, int(len(sorted_values) * share))]
