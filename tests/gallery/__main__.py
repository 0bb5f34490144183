"""Every message as Slack shows it, to be looked at and read aloud: `python -m tests.gallery` serves it on port 3999.

A channel holds one kind of message each. What is drawn is what tests/support/drawn.py draws, about an ordinary task.
"""

from __future__ import annotations

import sys

import uvicorn
from fastapi import FastAPI

from bot.sandbox import tokens
from bot.sandbox.page.serving import install
from bot.sandbox.people import People
from bot.sandbox.workspace import Channel, Message, Workspace, with_ids
from tests.support.consulted import ANA, CASES, EVALUATED, FEW, MANY, OPEN
from tests.support.drawn import messages

TASK = "classify support tickets by product line"
SHOWN = {
    **CASES,
    "cost decides, few calls": FEW,
    "cost decides, many calls": MANY,
    "an evaluation": EVALUATED,
    "answers only": {**MANY, "data_may_leave": "answers_only"},
    **OPEN,
}
"""One consultation a verdict, and those in which something else is to be seen."""

KINDS = (
    "advice",
    "card",
    "question",
    "answered",
    "explain",
    "why",
    "what if",
    "evidence",
    "shown",
    "log",
    "own log",
)
"""The kinds of messages that have a channel of their own; all others share one."""


def filled() -> Workspace:
    """A workspace with a channel a kind, in which each message follows its name."""
    workspace = Workspace()
    workspace.app_is_connected = True
    workspace.channels = {
        f"C{number}": Channel(f"C{number}", kind.replace(" ", "-"), bot_is_member=True)
        for number, kind in enumerate((*KINDS, "everything else"))
    }
    seen: set[str] = set()
    for name, sent in messages(TASK, SHOWN):
        kind = name.partition(":")[0].partition(",")[0]
        place = next(
            (n for n, one in enumerate(KINDS) if kind.split(" ")[0] == one or kind == one), len(KINDS)
        )
        if str(sent.blocks) in seen:
            continue
        seen.add(str(sent.blocks))
        for user, text, blocks in ((ANA, name, []), (tokens.BOT_USER, sent.text, sent.blocks)):
            bot = tokens.BOT_ID if user == tokens.BOT_USER else None
            message = Message(
                f"C{place}", workspace.next_ts(), user, text, with_ids(list(blocks)), bot_id=bot
            )
            workspace.add(message)
    return workspace


def main(port: int) -> None:
    """Serve it on this machine alone."""
    app, workspace = FastAPI(), filled()
    install(app, {"/": People(workspace, None)})
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3999)
