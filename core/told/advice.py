"""An advice as it is shown and kept. Views and the log know only this: one of last year is shown like today's.

:func:`told` makes it of an advice that was just worked out; :meth:`Told.from_json` of one that was kept. The two are
equal, whatever program kept it: keys that came later are missing in advice of old, and what a later program adds is
passed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

from core.advice import Advice, Quality, Reason
from core.costs.sources import Removed
from core.told.flips import Flip, Input, inputs_of
from core.told.ledger import Json, Ledger, read_removed, told_ledger, write_removed

VERSION = 1
"""Of the JSON in the log. Advice that does not say its version is of the first."""


@dataclass(frozen=True)
class Told:
    """What is told of one advice; see :class:`core.advice.Advice`.

    Verdicts and questions are names, also such as this program does not know. ``verdict``, ``confidence``: ``None``
    while questions remain; ``confidence`` and ``quality`` also in advice of old. ``more_needed``: how many more cases
    of the evaluation would settle it. ``against``: the case against it, the strongest point first. ``settings``: the
    workspace's own, by key, in JSON form.
    """

    verdict: str | None
    leaning: str = ""
    possible: tuple[str, ...] = ()
    deciding: tuple[str, ...] = ()
    next_question: str | None = None
    left_out: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    removed: tuple[Removed, ...] = ()
    confidence: str | None = None
    flips: tuple[Flip, ...] = ()
    against: tuple[str, ...] = ()
    quality: Quality | None = None
    more_needed: int | None = None
    ledger: Ledger = field(default_factory=Ledger)
    settings: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """What would change it by input, in the order of the tree, assumptions last; none while questions remain."""
        return inputs_of(self.flips)

    @staticmethod
    def from_json(told: Json) -> Told:
        """An advice that was kept, by this program or by one before it."""
        ledger = Ledger.from_json(told.get("ledger") or {})
        quality = told.get("quality")
        return Told(
            verdict=told.get("verdict"),
            leaning=told.get("leaning") or "",
            possible=tuple(told.get("possible") or ()),
            deciding=tuple(told.get("deciding") or ()),
            next_question=told.get("next_question"),
            left_out=tuple(told.get("questions_left_out") or ()),
            reasons=tuple(map(_read_reason, told.get("reasons") or ())),
            removed=read_removed(told["removed"]) if "removed" in told else ledger.removed,
            confidence=told.get("confidence"),
            flips=tuple(map(Flip.from_json, told.get("flips") or ())),
            against=tuple(map(str, told.get("against") or ())),
            quality=Quality(quality["point"], quality["low"], quality["high"]) if quality else None,
            more_needed=quality.get("more_needed") if quality else None,
            ledger=ledger,
            settings=told.get("settings") or {},
        )

    def to_json(self) -> dict[str, Any]:
        """The shape of ``advise --jsonl``; with the workspace's settings where there are any."""
        return {
            "verdict": self.verdict,
            "possible": list(self.possible),
            "leaning": self.leaning,
            "deciding": list(self.deciding),
            "next_question": self.next_question,
            "questions_left_out": list(self.left_out),
            "reasons": [asdict(reason) for reason in self.reasons],
            "removed": write_removed(self.removed),
            "confidence": self.confidence,
            "flips": [flip.to_json() for flip in self.flips],
            "against": list(self.against),
            "quality": None
            if self.quality is None
            else asdict(self.quality) | {"more_needed": self.more_needed},
            "ledger": self.ledger.to_json(),
            **({"settings": dict(self.settings)} if self.settings else {}),
        }

    def kept(self) -> dict[str, Any]:
        """The same with its version, for the log."""
        flips = [flip.to_json(kept=True) for flip in self.flips]
        return {
            "version": VERSION,
            **self.to_json(),
            "flips": flips,
            "ledger": self.ledger.to_json(kept=True),
        }


def told(advice: Advice, settings: Mapping[str, Any] | None = None) -> Told:
    """What is told of an advice that was just worked out. ``settings``: the workspace's, which it rests on."""
    return Told(
        verdict=advice.verdict,
        leaning=advice.leaning,
        possible=advice.possible,
        deciding=advice.deciding,
        next_question=advice.next_question,
        left_out=advice.left_out,
        reasons=advice.reasons,
        removed=advice.removed,
        confidence=advice.confidence,
        flips=tuple(map(Flip.of, advice.flips)),
        against=tuple(point.says for point in advice.against),
        quality=advice.quality,
        more_needed=None if advice.quality is None else advice.more_needed,
        ledger=told_ledger(advice.ledger),
        settings=settings or {},
    )


def _read_reason(told: Json) -> Reason:
    keys = ("question", "answer", "says", "source")
    return Reason(threshold=told.get("threshold"), **{key: str(told.get(key) or "") for key in keys})
