"""A channel's decisions in the order of their days; in SQLite's index of words a channel's are at hand in that order.

Likeness compares the words that say what a task is about, and no others, so that what decisions are compared by is
worked out anew after this, with their words.
"""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KINDS = ("by_id", "chosen", "status", "asked")
DAY = {
    "sqlite": "day TEXT GENERATED ALWAYS AS (substr(at, 1, 10)) VIRTUAL",
    "postgresql": "day DATE GENERATED ALWAYS AS (CAST(timezone('UTC', at) AS DATE)) STORED",
}
# On two lines, so that what reads SQLite's tables back takes them for two columns.
ASKED = "asked TEXT\n\tGENERATED ALWAYS AS (replace(outcome, 'reached', 'missed')) "
WORDS = (
    "CREATE VIRTUAL TABLE decision_words_index USING fts5({}, workspace_id UNINDEXED, channel_id UNINDEXED,"
    " number UNINDEXED,{} tokenize = 'unicode61 remove_diacritics 0')"
)
CHANNEL = ["workspace_id", "channel_id"]
COUNTED = [*CHANNEL, "recommended", "chosen", "status", "outcome", "due_at"]


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    op.execute(f"ALTER TABLE decisions ADD COLUMN {DAY[dialect]}")
    op.execute(f"ALTER TABLE decisions ADD COLUMN {ASKED}{'VIRTUAL' if dialect == 'sqlite' else 'STORED'}")
    op.create_index("ix_decisions_day", "decisions", [*CHANNEL, "day", "number"])
    op.drop_index("ix_decisions_channel_outcome", "decisions")
    for column in KINDS[:-1]:
        op.drop_index(f"ix_decisions_channel_{column}", "decisions")
    for column in KINDS:
        op.create_index(f"ix_decisions_channel_{column}", "decisions", [*CHANNEL, column, "day", "number"])
    op.drop_index("ix_decisions_when", "decisions")
    op.drop_index("ix_decisions_kinds", "decisions")
    op.create_index("ix_decisions_kinds", "decisions", [*COUNTED, "at"])
    _forget_words(WORDS.format("search_text", " columnsize = 0,"))


def downgrade() -> None:
    op.drop_index("ix_decisions_kinds", "decisions")
    op.create_index("ix_decisions_kinds", "decisions", COUNTED)
    op.create_index("ix_decisions_when", "decisions", [*CHANNEL, "number", "at"])
    for column in KINDS:
        op.drop_index(f"ix_decisions_channel_{column}", "decisions")
    for column in (*KINDS[:-1], "outcome"):
        op.create_index(f"ix_decisions_channel_{column}", "decisions", [*CHANNEL, column, "number"])
    op.drop_index("ix_decisions_day", "decisions")
    op.execute("ALTER TABLE decisions DROP COLUMN asked")
    op.execute("ALTER TABLE decisions DROP COLUMN day")
    _forget_words(WORDS.format("whose, search_text", ""))


def _forget_words(made_anew: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE decision_words_index")
        op.execute(made_anew)
    op.execute("DELETE FROM decision_words")
