"""Indexes by which decisions are read in their order however they are filtered, and counted without being read.

Likeness compares the stems of words, so that what decisions are compared by is worked out anew after this.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

FILTERED = ("by_id", "chosen", "status", "outcome")
COUNTED = ["workspace_id", "recommended", "chosen", "status", "outcome", "due_at"]


def upgrade() -> None:
    for column in FILTERED:
        name = f"ix_decisions_channel_{column}"
        op.create_index(name, "decisions", ["workspace_id", "channel_id", column, "number"])
    op.create_index("ix_decisions_when", "decisions", ["workspace_id", "channel_id", "number", "at"])
    cost = sa.text("coalesce(cost, -1.0)")
    op.create_index("ix_decisions_cost", "decisions", ["workspace_id", "channel_id", cost, "at", "number"])
    op.create_index("ix_decisions_counted", "decisions", COUNTED)
    op.drop_index("ix_decisions_by", "decisions")
    op.create_index("ix_decisions_by", "decisions", ["workspace_id", "by_id", "consultation_id"])
    op.drop_index("ix_consultations_asker", "consultations")
    op.create_index("ix_consultations_asker", "consultations", ["workspace_id", "asker_id", "id"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DELETE FROM decision_words_index")
    op.execute("DELETE FROM decision_words")


def downgrade() -> None:
    op.drop_index("ix_consultations_asker", "consultations")
    op.create_index("ix_consultations_asker", "consultations", ["workspace_id", "asker_id"])
    op.drop_index("ix_decisions_by", "decisions")
    op.create_index("ix_decisions_by", "decisions", ["workspace_id", "by_id"])
    op.drop_index("ix_decisions_counted", "decisions")
    op.drop_index("ix_decisions_cost", "decisions")
    op.drop_index("ix_decisions_when", "decisions")
    for column in FILTERED:
        op.drop_index(f"ix_decisions_channel_{column}", "decisions")
