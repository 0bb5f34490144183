"""Singular and plural: the one place that knows them apart. It needs nothing else: the reader has to start quickly."""

from __future__ import annotations

import re


def with_nouns(shown: str, nouns: str) -> str:
    """A number in words with what it counts, given in the plural: "2 calls a month", "1 call a month"."""
    is_one = shown.rpartition(" ")[2] == "1" and " to " not in shown and " and " not in shown
    return f"{shown} {singular(nouns) if is_one else nouns}"


def singular(nouns: str) -> str:
    """The same of one: the first noun loses its plural, "right answers in the evaluation" their s."""
    return re.sub(r"(?<=\w)(?:(?<=ss)es|s)\b", "", nouns, count=1)
