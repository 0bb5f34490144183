"""Consultations to draw: one for each verdict, and some that are as long as can be."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from bot.conversation.standing import Standing, given_in, standing_of
from bot.decision_log.records import AnswerRecord, Consultation, ConsultationStatus, Decision, Withdrawal

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ANA, BEN = "UANA", "UBEN"

TRIED = {"data_may_leave": True, "prompt_examples": [5, None]}
AT_TARGET = TRIED | {"quality_now": 0.9, "quality_target": 0.9}
CLOSE = TRIED | {"quality_now": 0.8, "quality_target": 0.9, "reasons": ["quality", "voice"]}
TUNABLE = TRIED | {
    "eval_correct": 900, "eval_total": 1000, "quality_target": 0.98, "misses": "labels",
    "reasons": ["quality", "cost", "latency", "format", "voice"], "can_wait": True, "labelled_examples": 900,
    "latency_now_ms": 1800, "latency_ms": 800,
}  # fmt: skip

EVERYTHING = (
    "data_may_leave", "prompt_examples", "quality_now", "quality_target", "misses", "reasons", "calls_per_month",
    "cheaper_model_enough", "can_wait", "labelled_examples", "per_request_instructions",
)  # fmt: skip

CASES: dict[str, Mapping[str, Any]] = {
    "self_host": {"data_may_leave": False, "calls_per_month": 250_000},
    "prompt_first": {"data_may_leave": True, "prompt_examples": [0, 4], "calls_per_month": 250_000},
    "keep_prompting": AT_TARGET | {"reasons": ["quality"], "calls_per_month": [100_000, 1_000_000]},
    "redefine_task": CLOSE | {"misses": "disagreement", "calls_per_month": 250_000},
    "add_retrieval": CLOSE | {"misses": "facts", "calls_per_month": None},
    "collect_examples": CLOSE
    | {"misses": "behaviour", "can_wait": True, "labelled_examples": 20, "calls_per_month": 30_000},
    "fine_tune": TUNABLE | {"per_request_instructions": False, "calls_per_month": 7_600_000},
    "hybrid": TUNABLE | {"per_request_instructions": True, "calls_per_month": 30_000},
    "measure_first": dict.fromkeys(EVERYTHING),
}  # fmt: skip
"""Answers that lead to each verdict."""

TO_THE_END = {"can_wait": True, "labelled_examples": 200, "per_request_instructions": False}
COST = TRIED | TO_THE_END | {"quality_now": 0.95, "quality_target": 0.9, "reasons": ["cost"]}
FEW = COST | {"calls_per_month": 250_000, "cheaper_model_enough": False}
MANY = FEW | {"calls_per_month": 2_500_000}
EVALUATED = (
    TRIED
    | TO_THE_END
    | {"eval_correct": 40, "eval_total": 50, "quality_target": 0.85, "misses": "behaviour"}
    | {"reasons": ["quality"], "calls_per_month": 80_000}
)
"""Advice that cost decides, at few and at many calls; and advice that waits for an evaluation."""

OPEN: dict[str, Mapping[str, Any]] = {
    "nothing answered": {},
    "in the middle": TRIED,
    "only the price is missing": {"data_may_leave": False},
}

EVERY = CASES | OPEN
A_FEW = {name: EVERY[name] for name in ("keep_prompting", "fine_tune", "measure_first", "in the middle")}
"""The longest of them, and one with questions open."""

NASTY = (
    "*" * 300,
    "`" * 300,
    "_~*`:smile:>&<" * 21,
    "&" * 300,
    "<!channel> <@UANA> <#CGENERAL|general> <https://evil.example|your bank>" * 4,
    "👩‍👩‍👧‍👦" * 42,
    "\u202eright to left\u2066 and \u2067 never closed" * 7,
    "\u2069" * 300,
    "مرحبا بالعالم " * 21,
    "a" * 300,
    "Z̸͎̈́a̵͇̓l̶̰̀g̴̲̈o̷ " * 18,
    "> quoted\n```code```\n• item\n1. one\n" * 8,
    "\x00\ud800\ufffe",
    " ",
)
"""Tasks of up to 300 characters that could break something."""

LONG_ID = "U" + "0" * 20


def consultation(
    case: Mapping[str, Any],
    *,
    task: str = "classify support tickets",
    status: ConsultationStatus = "open",
    decision: Decision | None = None,
    by: str = ANA,
) -> Consultation:
    """A consultation in which ``by`` gave these answers."""
    answers = tuple(
        AnswerRecord(seq, key, value, by, "button", NOW) for seq, (key, value) in enumerate(case.items(), 1)
    )
    return Consultation(
        workspace="TACME",
        id="c0nsu1tat10n",
        channel="CSUPPORT",
        root_ts="1763899200.000100",
        in_thread=False,
        task=task[:300],
        asker=by,
        status=status,
        version=12,
        created_at=NOW,
        touched_at=NOW,
        nudged=False,
        prefilled=False,
        reopened_from=None,
        answers=answers,
        posts=(),
        decision=decision,
    )


def standing(case: Mapping[str, Any], **about: Any) -> Standing:
    """Where such a consultation stands."""
    of = consultation(case, **about)
    worked_out = _worked_out(json.dumps(case))
    return replace(worked_out, consultation=of, given=given_in(of))


@cache
def _worked_out(case: str) -> Standing:
    """What follows from the answers alone; worked out once, since it is the slow part."""
    return standing_of(consultation(json.loads(case)), NOW)


def decision(**changes: Any) -> Decision:
    """A decision, accepted unless said otherwise."""
    facts: dict[str, Any] = {
        "workspace": "TACME",
        "number": 42,
        "consultation": "c0nsu1tat10n",
        "channel": "CSUPPORT",
        "root_ts": "1763899200.000100",
        "task": "classify support tickets",
        "recommended": "keep_prompting",
        "chosen": "keep_prompting",
        "status": "accepted",
        "by": BEN,
        "at": NOW,
        "why": None,
        "supersedes": None,
        "superseded_by": None,
        "withdrawn": None,
    }
    return Decision(**(facts | changes))


def decisions_of_every_kind(text: str) -> Iterator[Decision]:
    """Decisions whose every text is ``text``."""
    yield decision(task=text)
    yield decision(task=text, status="overridden", chosen="fine_tune", why=text * 3, supersedes=7)
    yield decision(task=text, status="withdrawn", withdrawn=Withdrawal(BEN, NOW, text * 3))
    yield decision(task=text, status="superseded", superseded_by=43)
