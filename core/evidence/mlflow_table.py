"""Tables as MLflow logs them, and pandas with ``orient="split"``: names of columns, and rows of cells.

``eval_results_table.json`` of ``mlflow.evaluate``, https://mlflow.org/docs/latest/llms/llm-evaluate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from core.evidence.found import Found, Use, short
from core.evidence.table import read_table


def is_split(document: Mapping[str, Any]) -> bool:
    """Whether the columns' names and the rows stand apart."""
    names, rows = document.get("columns"), document.get("data")
    return (
        isinstance(names, list)
        and isinstance(rows, list)
        and bool(names)
        and all(isinstance(name, str) for name in names)
        and all(isinstance(row, list) for row in rows)
    )


def read_split(document: Mapping[str, Any], use: Use) -> Found:
    """Read it as a table."""
    return read_table(_rows(document), use)


def _rows(document: Mapping[str, Any]) -> Callable[[], Iterator[Mapping[str, Any]]]:
    names = [short(name) for name in document["columns"]]

    def rows() -> Iterator[Mapping[str, Any]]:
        for row in document["data"]:
            cells = zip(names, row, strict=False)
            yield {name: cell for name, cell in cells if not isinstance(cell, dict | list)}

    return rows
