"""How many typed replies a second are read, and how long the reader takes to import; beside it one that is a regex."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path

from core.reading import read
from tests.benchmarks.starting import imports
from tests.benchmarks.table import milliseconds, percentile, show

SENTENCES = Path(__file__).parents[1] / "core" / "reading" / "minimal_pairs.txt"
"""Replies for which the classifier is heard, nearly all of them."""
REPLIES = Path(__file__).parents[1] / "vectors" / "utterances_dev.jsonl"
_NUMBER = re.compile(
    r"(\d+(?:[.,]\d+)*)\s*([kmb%]?)(?:\s*(?:/|per|an?)\s*(second|minute|hour|day|week|month|year))?",
    re.IGNORECASE,
)
_YES_OR_NO = re.compile(r"\s*(yes|yep|sure|no|nope)\b", re.IGNORECASE)


def by_regex(text: str, question: str | None) -> object:
    """The least that could be called reading: the first number with its unit, else a yes or no."""
    found = _NUMBER.search(text) or _YES_OR_NO.match(text)
    return json.dumps({"text": text, "question": question, "found": found and found.groups()})


def run(times: int) -> None:
    """Every reply of the development set so many times, in turn by both readers, so that a busy machine hurts both."""
    rows = [json.loads(line) for line in REPLIES.open(encoding="utf-8")]
    replies = [(row["text"], row["question"]) for row in rows if not row["text"].startswith("{{")]
    readers: dict[str, Callable[[str, str | None], object]] = {
        "core.reading": read,
        "a regex and json": by_regex,
    }
    took: dict[str, list[float]] = {name: [] for name in readers}
    for reader in readers.values():
        for text, question in replies:
            reader(text, question)
    for _ in range(times):
        for name, reader in readers.items():
            for text, question in replies:
                begun = time.perf_counter()
                reader(text, question)
                took[name].append(time.perf_counter() - begun)
    table = [[name, f"{len(all_) / sum(all_):,.0f}", *_percentiles(all_)] for name, all_ in took.items()]
    show("Typed replies in one process", ["", "a second", "p50", "p99", "longest"], table)
    show(
        "The same for sentences that the classifier is asked about",
        ["", "a second", "p50", "p99", "longest"],
        [_sentences(times)],
    )
    bare, whole = min(imports("sys", times)), min(imports("core.reading", times))
    rows_of_import = [["core.reading, beyond the start of the interpreter", milliseconds(whole - bare)]]
    show("Import (the least of several)", ["", "time"], rows_of_import)


def _sentences(times: int) -> list[str]:
    """How long the halves of the minimal pairs take."""
    question, sentences = "", []
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            question = line.removeprefix("# ")
        else:
            sentences += [(half.split(" | ")[1], question) for half in line.split(" || ")]
    took: list[float] = []
    for text, question in sentences * times:
        begun = time.perf_counter()
        read(text, question)
        took.append(time.perf_counter() - begun)
    return ["core.reading", f"{len(took) / sum(took):,.0f}", *_percentiles(took)]


def _percentiles(took: list[float]) -> list[str]:
    ordered = sorted(took)
    return [milliseconds(percentile(ordered, share)) for share in (0.5, 0.99, 1.0)]
