"""What somebody looked up: why, the costs line by line, what the advice says to a question, past decisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Why:
    """What the advice rests on. ``question``, in this and the next four: the one that was asked at the time."""

    question: str | None


@dataclass(frozen=True, slots=True)
class WhyQuestion:
    """Why the present question is asked."""

    question: str | None


@dataclass(frozen=True, slots=True)
class Explain:
    """The costs line by line."""

    question: str | None


@dataclass(frozen=True, slots=True)
class Summary:
    """Where things stand."""

    question: str | None


@dataclass(frozen=True, slots=True)
class HelpHere:
    """What can be said in the thread."""

    question: str | None


AboutAdvice = Literal[
    "flips", "against", "compare", "confidence", "chart", "similar", "verdict", "why", "short", "weighed", "unknowns",
    "challenge",
    "steps", "payback", "extremes", "question", "retrieval", "risk", "both", "quality", "parts", "prices", "upkeep",
    "monthly", "elsewhere", "disagreement", "data", "suppose", "correction", "which", "matter", "counted", "skipped",
    "off", "enough", "removed", "waiting", "first_year", "options", "stuck", "split", "fair_try", "measuring",
    "on_chart", "turns", "reason", "holds", "figure", "word",
    "at_hand",
]  # fmt: skip
"""What can be asked about an advice; "challenge": what is called in question;
"verdict": what a verdict means; "question": what one answer has to do with it;
"which": it may be one of two, and which one is asked back; "counted": whether something is in the costs; "skipped":
what each answer to a question that was left open would do; "off": how far a figure may be wrong; "enough": whether so
many examples are; "removed": which answer took options away; "waiting": what doing nothing costs; "first_year": why it
is dearer though a call is cheaper; "options": all of them in plain words; "stuck": the quality rises no more; "split":
what is trained and what stays in the prompt; "fair_try": what a thorough prompt is; "measuring": how it is measured;
"on_chart": what the chart shows, of what is named; "turns": where the verdict turns by one number;
"reason": why, and why not something else; "holds": whether it is one thing that decides; "figure": what figures of the
advice are; "word": what a word of it means; "at_hand": what is named with it of this thread."""


@dataclass(frozen=True, slots=True)
class OfAdvice:
    """An answer out of the advice to a question about it. of: the verdict, option or question that it names, or ""."""

    asked: AboutAdvice
    of: str = ""


@dataclass(frozen=True, slots=True)
class AlikeThen:
    """A past decision of the channel as it stood when it was shown. because: what is alike, in a few words each."""

    number: int
    channel: str
    task: str
    chosen: str
    status: str
    because: tuple[str, ...]
    root_ts: str | None = None
    outcome: str | None = None
    is_reached: bool = False
    day: str = ""
    """On which day it was decided, 2026-04-12; "" where it was shown before that was kept."""
    by: str = ""
    why: str = ""
    """Who decided and the reason that was given, where somebody asked for this decision; "" where nobody did."""
    parts: tuple[str, str, str] = ("", "", "")
    """The question at which its way and that of the thread part, and the answers there and here; where they do not
    part, the last one. The second answer is "" where it was not asked here."""


@dataclass(frozen=True, slots=True)
class Similar:
    """Past decisions that are like this one, shown before the verdict."""

    found: tuple[AlikeThen, ...]


@dataclass(frozen=True, slots=True)
class OnRecord:
    """Past decisions in which the words stand that somebody asked for, as they stood then; perhaps none.

    asks: "same" whether one that is named came out like this thread, "beside" what it was beside it, "verdict" which
    came out alike, "log" which there are; "" for those in which the words stand. others: what there is besides, out of
    so ``many``.
    """

    words: str
    found: tuple[AlikeThen, ...]
    asks: Literal["", "same", "beside", "verdict", "log"] = ""
    others: tuple[AlikeThen, ...] = ()
    many: int = 0
