"""Every message, form and page as it was last looked at; ``python -m tests.support.golden`` keeps it anew.

Kept is what Slack is sent in all the states of a few consultations: a message's text, its lines after a bar, and its
blocks, one a line; a block that came up before is only its number. ``git diff`` then shows what a change does to what
people see.
"""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.command_line.printed import print_document
from bot.conversation.posts import Chart
from bot.slack.blocks import Message, message
from bot.views.case import advice, estimate
from bot.views.chart import chart
from core.advice import advise
from core.case import read_case
from core.told import told
from tests.support.consulted import A_FEW, NOW, standing
from tests.support.drawn import Cases, messages, views

GOLDEN = Path(__file__).parents[1] / "vectors" / "golden_messages.txt"
PRINTED = Path(__file__).parents[1] / "vectors" / "golden_printed.txt"
PLAIN = "classify support tickets"

Kept = dict[str, list[str]]
"""Lines by the name of a message."""


def of_charts(cases: Cases) -> Iterator[tuple[str, Message]]:
    """The message of the chart in each of its states."""
    for name, case in cases.items():
        stands = standing(case)
        for way in ("picture", "native", "table"):
            about = Chart(way=way, file="F1" if way == "picture" else None)
            yield f"chart, {way}: {name}", message(chart(stands, about, stands.curves))
        yield f"chart, superseded: {name}", message(chart(stands, Chart(), None))


def everything(text: str, cases: Cases) -> Iterator[tuple[str, str, list[Any], Mapping[str, Any]]]:
    """Name, text, blocks, and what else a form or page has."""
    for name, drawn in [*messages(text, cases), *of_charts(cases)]:
        yield name, drawn.text, list(drawn.blocks), {}
    for name, shown in views(text, cases):
        yield name, "", list(shown["blocks"]), {k: v for k, v in shown.items() if k != "blocks"}


def kept(cases: Cases = A_FEW) -> Kept:
    """Everything in these consultations, as it is kept."""
    numbers: dict[str, int] = {}
    found: Kept = {}
    for label, text, blocks, more in everything(PLAIN, cases):
        name = f"{label}, again" if label in found else label
        found[name] = [f"| {line}" for line in text.splitlines()]
        for part in [*([more] if more else []), *blocks]:
            shown = json.dumps(_without_version(part), ensure_ascii=False, separators=(",", ":"))
            found[name].append(f"= {numbers[shown]}" if shown in numbers else shown)
            numbers.setdefault(shown, len(numbers))
    return found


def _without_version(block: Mapping[str, Any]) -> Mapping[str, Any]:
    """A block without an id that only says its place."""
    return {key: value for key, value in block.items() if key != "block_id" or block["type"] == "input"}


def printed(cases: Cases = A_FEW) -> Kept:
    """What the command line prints of these consultations."""
    found: Kept = {}
    for name, case in cases.items():
        answers = read_case(case)
        worked_out = told(advise(answers, on=NOW.date()))
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            print_document(advice(worked_out, NOW.date(), answers))
            print_document(estimate(worked_out.ledger, NOW.date(), answers))
        found[name] = [f"| {line.rstrip()}".rstrip() for line in out.getvalue().splitlines()]
    return found


def read(file: Path) -> Kept:
    """What was kept in a file."""
    found: Kept = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            lines = found[line[2:]] = []
        else:
            lines.append(line)
    return found


def write(file: Path, found: Kept) -> None:
    lines = [line for name, said in found.items() for line in (f"# {name}", *said)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(GOLDEN, kept())
    write(PRINTED, printed())
