"""Posts as databases of today hold them, every kind in every state: each is still read, and shows what it showed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest

from bot.conversation.posts import KINDS, About, Card, Unknown, WhatIfUnread, from_json, to_json, what
from bot.conversation.standing import Standing
from bot.decision_log.records import PostRecord
from bot.slack.blocks import Message, message
from bot.slack.drawn import digest
from bot.views.thread import draw
from tests.support.consulted import CASES, EVERY, decision, standing

VECTORS = Path(__file__).parents[1] / "vectors" / "kept_posts.jsonl"
KEPT = [json.loads(line) for line in VECTORS.read_text().splitlines()]
"""``drawn``: text and looks where the figures of the costs have no part in it; ``None`` elsewhere."""


def name(kept: dict[str, Any]) -> str:
    about = kept["about"]
    return " ".join(str(about[key]) for key in ("note", "state", "way") if key in about) or kept["what"]


def standings() -> dict[str, Standing]:
    decided = decision(why="no reason")
    return {
        "open": standing(EVERY["in the middle"]),
        "decided": standing(CASES["fine_tune"], status="decided", decision=decided),
    }


def drawn(stands: Standing, kind: Any, about: Any) -> Message | None:
    """What a thread shows of this post alone."""
    post = PostRecord(7, kind, about, ts="1763899300.000100", shown=None, nonce="n", tried=True, closed=False)
    alone = replace(stands, consultation=replace(stands.consultation, posts=(post,)))
    document = draw(alone, alone.posts[0])
    return message(document) if document is not None else None


def test_what_is_kept_of_a_post_shows_what_it_showed() -> None:
    stand = standings()
    for kept in KEPT:
        for stands, looked in (kept["drawn"] or {}).items():
            if looked is not None:
                found = drawn(stand[stands], kept["what"], kept["about"])
                assert found is not None, name(kept)
                assert {"text": found.text, "looks": digest(found)} == looked, name(kept)


def test_what_is_kept_of_a_post_is_kept_alike() -> None:
    for kept in KEPT:
        about = from_json(kept["what"], kept["about"])
        assert not isinstance(about, Unknown), name(kept)
        again = dict(kept["about"])
        if isinstance(about, WhatIfUnread):
            again.pop("question", None)  # some rows have one, which never was more than null
        assert (what(about), to_json(about)) == (kept["what"], again), name(kept)


def test_every_kind_is_among_those_that_are_kept() -> None:
    found = {type(from_json(kept["what"], kept["about"])) for kept in KEPT}
    assert found == set(KINDS.values())


def test_every_kind_that_a_post_can_be_about_can_be_kept() -> None:
    assert {kind for kind in get_args(About) if kind is not Unknown} == set(KINDS.values())


@pytest.mark.parametrize(
    ("kind", "about"),
    [
        ("poem", {}),
        ("question", {}),
        ("question", {"question": 3}),
        ("question", []),
        ("question", None),
        ("chart", {"way": "by pigeon"}),
        ("chart", {"files": "F1"}),
        ("note", {}),
        ("note", []),
        ("note", {"note": "sung"}),
        ("note", {"note": ["why"], "question": None}),
        ("note", {"note": "echo", "state": "sung"}),
        ("note", {"note": "assumed", "by": "UANA", "changes": [["tokens", "1"]]}),
        (
            "note",
            {"note": "evidence", "state": "read", "file": "F1", "name": "a.csv", "by": "UANA", "step": 0},
        ),
        (
            "note",
            {
                "note": "evidence",
                "state": "unread",
                "file": "F1",
                "name": "a",
                "by": "U",
                "step": 0,
                "use": 7,
            },
        ),
        ("note", {"note": "second_reading", "state": "unread", "text": "", "instead": {"note": "sung"}}),
    ],
)
def test_what_cannot_be_read_shows_nothing_and_is_kept_as_it_is(kind: Any, about: Any) -> None:
    found = from_json(kind, about)
    assert found == Unknown(kind, about)
    assert what(found) == kind
    assert drawn(standings()["open"], kind, about) is None


def test_of_a_broken_card_only_whom_it_tells_is_lost() -> None:
    assert from_json("card", {"tell": 7}) == from_json("card", None) == Card()
