"""What some other values would change."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.posts.values import Values, fields_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """What some values would change, worked out once.

    because: why its reading is doubtful, if it is. version: the consultation's. says: each sentence of the difference,
    after what it is about. pointed: the words that a language model pointed at, if one was asked.
    """

    echo: str
    values: Values
    because: str | None
    version: int
    says: tuple[tuple[str, str], ...]
    pointed: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf(Supposed):
    """Nothing can come of it: it is decided, or ``same`` as what is known already."""

    same: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfOffered(Supposed):
    """It can be adopted."""

    def adopted(self, by: str) -> WhatIfAdopted:
        """The same once somebody adopted it."""
        return WhatIfAdopted(**fields_of(self), adopted_by=by)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfAdopted(Supposed):
    """It was adopted."""

    adopted_by: str


@dataclass(frozen=True, slots=True)
class WhatIfUnread:
    """A what-if that could not be read, and why."""

    because: str | None
