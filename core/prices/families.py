"""Which model somebody means who names a family: "Claude Haiku" is the newest one that has a price.

Only names are compared: the library of prices does not say when a model came out, but its makers count upwards.
"""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache

from core.prices.calling import MAKERS, models_of

MOST_CANDIDATES = 4

NO_CHAT = frozenset(
    """
    audio banana computer cyber deep embed embedding extended fast free ft image it live maas moderation multi nano-banana non
    ocr omni preview reasoning realtime research robotics safeguard search speech transcribe translate tts use vision voice whisper
    """.split()
)
"""Words in the names of models that are not called with a prompt for a text, or are a trial."""
NO_MATTER = frozenset(("latest", "instruct", "chat", "model", "models"))
_VERSION = re.compile(r"v?(\d{1,2})(?:\.(\d{1,3}))?o?")

Stem = frozenset[str]


def newest_of(family: str) -> tuple[str, ...]:
    """The model that a family's name stands for, as ``provider:model``.

    Several when the name fits several kinds of model, the newest first and at most :data:`MOST_CANDIDATES`; none when
    no maker is known to have it.
    """
    words = frozenset(_words(family)) - NO_MATTER
    for maker in sorted(MAKERS, key=lambda maker: maker not in words) if words else ():
        newest = {stem: found for stem, found in _newest(maker).items() if words <= stem}
        if newest:
            return _chosen(words, newest)
    return ()


def _chosen(words: Stem, newest: dict[Stem, tuple[Decimal, str]]) -> tuple[str, ...]:
    """The one of exactly these words, unless a single word is all there is and others of its kind are newer."""
    own = newest.get(words)
    if own is not None and (len(words) > 1 or own[0] >= max(version for version, _ in newest.values())):
        return (own[1],)
    ranked = sorted(newest.values(), key=lambda found: (-found[0], found[1]))
    return tuple(name for _, name in ranked[:MOST_CANDIDATES])


@cache
def _newest(maker: str) -> dict[Stem, tuple[Decimal, str]]:
    """For each kind of model of a maker its highest version, and the name of that."""
    found: dict[Stem, tuple[Decimal, str]] = {}
    for name in models_of(maker):
        parts = list(_words(name))
        stem = frozenset(p for p in parts if not p[0].isdigit() and not _VERSION.fullmatch(p)) - NO_MATTER
        version = _version(parts)
        if version is None or stem & NO_CHAT:
            continue
        if stem not in found or version > found[stem][0]:
            found[stem] = version, f"{maker}:{name}"
    return found


def _version(parts: Iterable[str]) -> Decimal | None:
    """4.5 of 4-5, 4.5 and 4.5-2025-11-01; ``None`` where nothing counts upwards."""
    numbers = [match for part in parts if (match := _VERSION.fullmatch(part))]
    if not numbers:
        return None
    first = numbers[0]
    minor = first[2] or (numbers[1][1] if len(numbers) > 1 and len(numbers[1][1]) == 1 else "0")
    return Decimal(f"{first[1]}.{minor}")


def _words(name: str) -> Iterator[str]:
    return (part for part in re.split(r"[-\s:/@]+|(?<=[a-z])\.(?=[a-z])", name.lower()) if part)
