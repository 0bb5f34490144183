"""The messages by which a thread goes on: its card, its questions, the advice and the chart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Card:
    """The first message: the task, and how far it is.

    tell: an address at which the asker can be told when it cannot be posted; forgotten once it is. alone: the
    consultation of a direct message that this one is to go on with; forgotten with it. heard: the ``ts`` of the
    message that it began with, if somebody typed one.
    """

    tell: str | None = None
    alone: str | None = None
    heard: str = ""

    def posted(self) -> Card:
        """The same once it stands, or never will."""
        return Card(heard=self.heard)


@dataclass(frozen=True, slots=True)
class Question:
    """A question, or its answer once it has one."""

    question: str


@dataclass(frozen=True, slots=True)
class Advised:
    """The advice."""


@dataclass(frozen=True, slots=True)
class Chart:
    """The picture of the costs, which goes with the advice before it.

    way: how it goes to Slack, ``None`` before the first try. file: that of the picture. files: of every picture that
    was uploaded, by its digest. tries: how often it failed this way.
    """

    way: Literal["picture", "native", "table"] | None = None
    file: str | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    tries: int | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """A message that came twice, because of a crash between sending it and noting that; it only says so."""
