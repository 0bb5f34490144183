"""Results of promptfoo, as ``promptfoo eval --output results.json`` or ``.jsonl`` writes them.

https://www.promptfoo.dev/docs/configuration/outputs; versions 2 to 4 of its results have these fields of a row alike.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from core.evidence.counting import Case, count_cases
from core.evidence.found import CannotRead, Found, Unreadable, Use, short
from core.evidence.summaries import is_summary, read_summary
from core.evidence.verdicts import Mark

ERRORED = 2
"""``failureReason`` of a call that ended in an error, rather than in a wrong answer."""

Rows = Callable[[], Iterator[Any]]


def is_result(row: Any) -> bool:
    """Whether this is a row of its results."""
    if not isinstance(row, Mapping):
        return False
    about = any(key in row for key in ("provider", "promptIdx", "promptId", "prompt", "testCase"))
    return "gradingResult" in row or ("success" in row and about)


def read_results(rows: Rows, use: Use) -> Found:
    """Count the results."""
    named = _compared(rows)
    cases = (_case(row, named) for row in rows() if isinstance(row, Mapping))
    return count_cases(cases, use, "Promptfoo results")


def is_stats(document: Mapping[str, Any]) -> bool:
    """Whether this is its summary without rows."""
    return isinstance(document.get("stats"), Mapping) and "successes" in document["stats"]


def read_stats(document: Mapping[str, Any], use: Use) -> Found:
    """What a summary without rows says: ``successes``, ``failures`` and ``errors``."""
    if not is_summary(document["stats"]):
        return Unreadable("It has no results in it. Export them with `promptfoo eval --output results.json`.")
    return read_summary(document["stats"], use, "Promptfoo statistics, without rows")


def name_of_prompt(header: str) -> str:
    """What a column is called whose name is a prompt as JSON: its display, which begins with the provider."""
    if not header.startswith("{"):
        return header
    try:
        prompt = json.loads(header)
    except (ValueError, RecursionError):
        return header
    named = prompt.get("display") or prompt.get("label") if isinstance(prompt, Mapping) else None
    return named if isinstance(named, str) else header


def _compared(rows: Rows) -> Callable[[Mapping[str, Any]], str]:
    """How what a row belongs to is named: its provider, and its prompt's number where there are several prompts."""
    prompts: dict[str, int] = {}
    for row in rows():
        if isinstance(row, Mapping):
            prompts.setdefault(_prompt(row), len(prompts) + 1)
        if len(prompts) > 1_000:
            raise CannotRead("It compares more than 1,000 prompts. Export the one that counts.")

    def name(row: Mapping[str, Any]) -> str:
        provider = _provider(row)
        return f"{provider}, prompt {prompts[_prompt(row)]}" if len(prompts) > 1 else provider

    return name


def _provider(row: Mapping[str, Any]) -> str:
    provider = row.get("provider")
    if isinstance(provider, Mapping):
        provider = provider.get("label") or provider.get("id")
    return short(str(provider)) if provider else "no provider named"


def _prompt(row: Mapping[str, Any]) -> str:
    """What tells prompts apart. Not what it says: variables are filled in there."""
    for key in ("promptIdx", "promptId"):
        if isinstance(row.get(key), int | str):
            return f"{key} {row[key]}"
    prompt = row.get("prompt")
    label = prompt.get("label") or prompt.get("display") if isinstance(prompt, Mapping) else None
    return str(hash(label)) if isinstance(label, str) else ""


def _case(row: Mapping[str, Any], named: Callable[[Mapping[str, Any]], str]) -> Case:
    usage = _usage(row)
    return Case(_mark(row), None, named(row), usage.get("prompt"), usage.get("completion"), _model(row))


def _mark(row: Mapping[str, Any]) -> Mark:
    grading = row.get("gradingResult")
    passed = row.get("success")
    if not isinstance(passed, bool) and isinstance(grading, Mapping):
        passed = grading.get("pass")
    if row.get("failureReason") == ERRORED or (passed is not True and row.get("error") and not grading):
        return Mark.UNCLEAR
    if not isinstance(passed, bool):
        return Mark.BLANK
    return Mark.RIGHT if passed else Mark.WRONG


def _usage(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The tokens of the call itself, not those of a model that grades it; a cached call tells none."""
    response = row.get("response")
    for usage in (
        response.get("tokenUsage") if isinstance(response, Mapping) else None,
        row.get("tokenUsage"),
    ):
        if isinstance(usage, Mapping):
            return usage
    return {}


def _model(row: Mapping[str, Any]) -> str | None:
    provider = row.get("provider")
    name = provider.get("id") if isinstance(provider, Mapping) else provider
    return name if isinstance(name, str) else None
