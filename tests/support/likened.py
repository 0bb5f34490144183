"""How well past decisions that are like a case are found, by decisions and queries that were labelled by hand."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot.conversation.filters import sought
from core.advice import advise
from core.case import read_case
from core.policy import Similar, similar
from core.similar import Traits, likenesses, most, traits
from core.words import Texts, words

VECTORS = Path(__file__).parents[1] / "vectors" / "similar"
MOST = 3
"""So many decisions are shown at most."""
ON = datetime.date(2026, 11, 23)
_THOUSANDS = {"k": 1_000, "M": 1_000_000}
_MISSES = {"f": "facts", "b": "behaviour", "l": "labels", "d": "disagreement"}
_LEAVE: Mapping[str, Any] = {"y": True, "a": "answers_only", "n": False}
_REASONS = {reason[0]: reason for reason in ("quality", "cost", "latency", "format", "voice")}

Ranking = Callable[["Query"], Sequence[str]]
"""The names of what is shown for a query, best first."""


@dataclass(frozen=True, slots=True)
class Query:
    """A case, and the decisions that somebody who has it would want to see."""

    task: str
    traits: Traits
    wanted: frozenset[str]


@dataclass(frozen=True, slots=True)
class Score:
    """``recall``: of what was wanted, as far as :data:`MOST` can hold it, the share that was shown, 0 to 1.

    ``precision``: of what was shown for these queries, the share that was wanted. ``silent``: of the queries that
    nothing is like, the share for which nothing was shown.
    """

    recall: float
    precision: float
    silent: float


def decisions() -> Mapping[str, Traits]:
    """All decisions by name, such as ``tic.1``, oldest first."""
    return {name: _traits(line) for name, line in _named()}


def tasks() -> Mapping[str, str]:
    """What each decision is about."""
    return {name: line.partition("|")[0] for name, line in _named()}


KINDS = ("queries", "sparse_queries")
"""Of which all is known; and of which little more than the task is, in other words."""


@cache
def halves(kind: str = KINDS[0]) -> tuple[Sequence[Query], Sequence[Query]]:
    """The queries for tuning and those for the report."""
    lines = (VECTORS / f"{kind}.txt").read_text(encoding="utf-8").splitlines()
    split = [line.rpartition(" =") for line in lines]
    found = [
        Query(told.partition("|")[0], _traits(told), frozenset(wanted.split())) for told, _, wanted in split
    ]
    return found[::2], found[1::2]


@cache
def _named() -> Sequence[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    trade, place = "", 0
    for line in (VECTORS / "decisions.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            trade, place = line[1:], 0
        else:
            place += 1
            found.append((f"{trade}.{place}", line))
    return found


@cache
def _traits(line: str) -> Traits:
    answers = read_case(_case(line))
    advice = advise(answers, on=ON)
    return traits(answers, str(advice.verdict or advice.leaning))


def _case(line: str) -> dict[str, Any]:
    task, calls, tokens, examples, quality, misses, leave, wait, reasons = line.split("|")
    now, _, target = quality.partition(">")
    case: dict[str, Any] = {
        "task": task,
        "calls_per_month": _number(calls),
        "labelled_examples": _number(examples),
        "quality_now": None if now == "-" else int(now) / 100,
        "quality_target": int(target) / 100 if target else None,
        "misses": _MISSES.get(misses),
        "data_may_leave": _LEAVE.get(leave),
        "can_wait": _LEAVE.get(wait),
        "reasons": [_REASONS[letter] for letter in reasons.strip("-")] or None,
    }
    known = {key: value for key, value in case.items() if value is not None}
    return known | ({} if tokens == "-" else {"assumptions": {"prompt_tokens": _number(tokens)}})


def _number(told: str) -> int | None:
    if told == "-":
        return None
    return int(float(told.rstrip("kM")) * _THOUSANDS.get(told[-1], 1))


def score(ranking: Ranking, queries: Sequence[Query]) -> Score:
    """How well a ranking does with these queries."""
    recalls, shown, right, silent, alone = [], 0, 0, 0, 0
    for query in queries:
        found = list(ranking(query))[:MOST]
        if not query.wanted:
            alone, silent = alone + 1, silent + (not found)
            continue
        hits = len(query.wanted.intersection(found))
        recalls.append(hits / min(MOST, len(query.wanted)))
        shown, right = shown + len(found), right + hits
    return Score(sum(recalls) / len(recalls), right / shown if shown else 1.0, silent / alone)


def by_likeness(rules: Similar | None = None, among: Mapping[str, Traits] | None = None) -> Ranking:
    """As the app ranks, by these rules."""
    known = among or decisions()
    names = list(known)

    def ranking(query: Query) -> Sequence[str]:
        found = zip(names, likenesses(query.traits, list(known.values()), rules), strict=True)
        ranked = [(one.similarity, name) for name, one in found if one is not None]
        return [name for _, name in sorted(ranked, key=lambda one: -one[0])]

    return ranking


def any_word() -> Ranking:
    """Plain full-text search: whatever has any of the words, those that say it best first (BM25)."""
    names, texts = list(tasks()), Texts([words(task) for task in tasks().values()])

    def ranking(query: Query) -> Sequence[str]:
        scores = dict(zip(names, texts.scores(words(query.task)), strict=True))
        return sorted((name for name in names if scores[name]), key=lambda name: -scores[name])

    return ranking


def all_words() -> Ranking:
    """Plain full-text search as the log has it: whatever has all of the words, newest first."""
    found = {name: words(task) for name, task in tasks().items()}

    def ranking(query: Query) -> Sequence[str]:
        wanted = sought(query.task)
        assert wanted is not None
        return [name for name in reversed(found) if _has(found[name], wanted.phrases, wanted.prefix)]

    return ranking


def _has(text: Sequence[str], phrases: Sequence[tuple[str, ...]], prefix: str) -> bool:
    return all(word in text for (word,) in phrases) and any(word.startswith(prefix) for word in text)


def without(*parts: str) -> Similar:
    """The rules with some parts left out, and the bar as high for what is left."""
    rules = similar()
    weights = rules.weights | dict.fromkeys(parts, 0.0)
    left = rules.model_copy(update={"weights": weights})
    return left.model_copy(update={"shown_from": rules.shown_from * most(rules) / most(left)})


def without_bar() -> Similar:
    """The rules by which whatever shares a word is shown, as full-text search does."""
    return similar().model_copy(update={"shown_from": -9.0, "least_text": 1e-9})
