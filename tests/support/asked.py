"""Questions about an advice by people who were never shown the app, and the answers of the advice that each is about.

``vectors/questions_about_advice.jsonl`` holds twice sixty of them, by six hands: what was typed, what an answer has
to be about, and after which advice it is asked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.consulted import CASES, COST, EVALUATED, TUNABLE
from tests.support.office import Office, Talk
from tests.support.settled import talk_about

VECTORS = Path(__file__).parents[1] / "vectors" / "questions_about_advice.jsonl"

BELOW = {
    "data_may_leave": True, "prompt_examples": 12, "quality_now": 0.84, "quality_target": 0.93, "misses": "behaviour",
    "reasons": ["quality"], "calls_per_month": 10_000, "can_wait": True, "labelled_examples": 400,
    "per_request_instructions": False,
}  # fmt: skip

AFTER: Mapping[str, Mapping[str, Any]] = {
    "keep": COST | {"calls_per_month": 250_000, "cheaper_model_enough": False},
    "tune": TUNABLE
    | {"reasons": ["quality", "cost"], "per_request_instructions": False, "calls_per_month": 7_600_000},
    "facts": BELOW | {"misses": "facts"},
    "disagree": BELOW | {"misses": "disagreement"},
    "collect": BELOW | {"labelled_examples": 30},
    "wait": BELOW | {"can_wait": False},
    "selfhost": CASES["self_host"],
    "evaluated": EVALUATED,
    "unsure": BELOW | {"can_wait": None, "labelled_examples": None},
}
"""The answers before each advice: one for every verdict that these questions speak of."""


@dataclass(frozen=True)
class Asked:
    """A question: what was typed, what an answer has to be about, and after which advice it is asked.

    has: parts of an answer that was judged to be about that.
    """

    id: str
    text: str
    about: str
    after: str
    has: tuple[str, ...]


def questions() -> list[Asked]:
    """All of them."""
    return [Asked(**json.loads(line)) for line in VECTORS.read_text(encoding="utf-8").splitlines()]


def settled(office: Office, after: str) -> Talk:
    """The thread of this advice, with all its messages."""
    talk = talk_about(office, AFTER[after])
    office.eventually(lambda: all(p.ts or p.closed for p in talk.consultation.posts), "every message")
    return talk


def answer(talk: Talk, text: str) -> str:
    """What the app says to this."""
    known = {m["ts"] for m in talk.messages()}
    assert talk.say(text)[0] == 200
    talk.office.quiet()
    new = [m["text"] for m in talk.messages() if m["ts"] not in known and m.get("bot_id")]
    return "\n".join(new).replace("\u2068", "").replace("\u2069", "")
