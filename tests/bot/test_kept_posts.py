"""Posts as databases of today hold them, every kind in every state: each is still read, and shows what it showed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.standing import Standing
from bot.decision_log.records import Post
from bot.slack.showing import digest
from bot.views.message import Message
from bot.views.thread import draw
from tests.support.consulted import CASES, EVERY, decision, standing

VECTORS = Path(__file__).parents[1] / "vectors" / "kept_posts.jsonl"
KEPT = [json.loads(line) for line in VECTORS.read_text().splitlines()]
"""``drawn``: text and looks where the figures of the costs have no part in it; ``None`` elsewhere."""


def name(kept: dict[str, Any]) -> str:
    about = kept["about"]
    return " ".join(str(about[key]) for key in ("note", "state", "way") if key in about) or kept["what"]


every_kept = pytest.mark.parametrize("kept", KEPT, ids=name)


def standings() -> dict[str, Standing]:
    decided = decision(why="no reason")
    return {
        "open": standing(EVERY["in the middle"]),
        "decided": standing(CASES["fine_tune"], status="decided", decision=decided),
    }


def drawn(stands: Standing, what: Any, about: Any) -> Message | None:
    """What a thread shows of this post alone."""
    post = Post(7, what, about, ts="1763899300.000100", shown=None, nonce="n", tried=True, closed=False)
    alone = replace(stands, consultation=replace(stands.consultation, posts=(post,)))
    return draw(alone, post)


@every_kept
def test_what_is_kept_of_a_post_shows_what_it_showed(kept: dict[str, Any]) -> None:
    for stands, looked in (kept["drawn"] or {}).items():
        if looked is not None:
            found = drawn(standings()[stands], kept["what"], kept["about"])
            assert found is not None
            assert {"text": found.text, "looks": digest(found)} == looked
