"""A channel's decisions in the order of their days; in SQLite's index of words a channel's are at hand in that order.

Likeness compares the words that say what a task is about, and no others, so that what decisions are compared by is
worked out anew after this, with their words.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0007"
branch_labels = None
depends_on = None

KINDS = ("by_id", "chosen", "status")
DAY = {"sqlite": "substr(at, 1, 10)", "postgresql": "CAST(timezone('UTC', at) AS DATE)"}
ASKED = "replace(outcome, 'reached', 'missed')"
WORDS = (
    "CREATE VIRTUAL TABLE decision_words_index USING fts5({}, workspace_id UNINDEXED, channel_id UNINDEXED,"
    " number UNINDEXED,{} tokenize = 'unicode61 remove_diacritics 0')"
)
CHANNEL = ["workspace_id", "channel_id"]


def upgrade() -> None:
    day = sa.text(DAY[op.get_bind().dialect.name])
    op.create_index("ix_decisions_day", "decisions", [*CHANNEL, day, "number"])
    for column in KINDS:
        _replace(f"ix_decisions_channel_{column}", [*CHANNEL, column, day, "number"])
    _replace("ix_decisions_channel_outcome", [*CHANNEL, sa.text(ASKED), day, "number"])
    op.drop_index("ix_decisions_when", "decisions")
    _forget_words(WORDS.format("search_text", " columnsize = 0,"))


def downgrade() -> None:
    op.create_index("ix_decisions_when", "decisions", [*CHANNEL, "number", "at"])
    for column in (*KINDS, "outcome"):
        _replace(f"ix_decisions_channel_{column}", [*CHANNEL, column, "number"])
    op.drop_index("ix_decisions_day", "decisions")
    _forget_words(WORDS.format("whose, search_text", ""))


def _replace(name: str, columns: list[str | sa.TextClause]) -> None:
    op.drop_index(name, "decisions")
    op.create_index(name, "decisions", columns)


def _forget_words(made_anew: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE decision_words_index")
        op.execute(made_anew)
    op.execute("DELETE FROM decision_words")
