"""Advice as it was kept on some day, and what was shown of it then; ``python -m tests.support.kept`` draws it anew.

``kept_advice.jsonl`` holds advice as the log has it, also from programs of old that knew no flips, no bands or no
sides yet. It is never written again. ``kept_advice_shown.json`` holds the words in which it is shown.
"""

from __future__ import annotations

import contextlib
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.command_line.printed import print_document
from bot.decision_log.records import Recorded
from bot.slack.blocks import message
from bot.slack.checks import texts
from bot.views import case, record
from core.case import read_case
from core.told import Told
from tests.support.consulted import NOW, consultation, decision

VECTORS = Path(__file__).parents[1] / "vectors"
SHOWN = VECTORS / "kept_advice_shown.json"


@dataclass(frozen=True)
class Kept:
    """One piece of advice: the case that it is on, and its JSON in the log."""

    name: str
    case: dict[str, Any]
    advice: dict[str, Any]


def kept() -> list[Kept]:
    """All of them."""
    lines = (VECTORS / "kept_advice.jsonl").read_text(encoding="utf-8").splitlines()
    return [Kept(**json.loads(line)) for line in lines]


def shown(one: Kept) -> dict[str, list[str]]:
    """What the log and the command line show of it, text by text and line by line."""
    given = {key: value for key, value in one.case.items() if key != "assumptions"}
    given |= {f"assumptions.{key}": value for key, value in one.case.get("assumptions", {}).items()}
    told = Told.from_json(one.advice)
    drawn = message(record.shown(Recorded(decision(), consultation(given), one.advice), told))
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        print_document(case.advice(told, NOW.date(), read_case(one.case)))
        print_document(case.estimate(told.ledger, NOW.date(), read_case(one.case)))
    return {
        "text": drawn.text.splitlines(),
        "blocks": list(texts(drawn.blocks)),
        "printed": [line.rstrip() for line in printed.getvalue().splitlines()],
    }


if __name__ == "__main__":
    drawn = {one.name: shown(one) for one in kept()}
    SHOWN.write_text(json.dumps(drawn, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
