"""The policies bind the owner of the tables too, and an index goes that nothing uses any more.

What a release before 0008 added meanwhile is noted for the rounds first.
"""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

FORCED = (
    *("consultations", "answers", "posts", "advice", "decisions", "outcomes", "links", "withdrawals"),
    *("check_in_dates", "reviews", "numbering", "settings", "outbox", "check_ins", "nudges"),
)


def upgrade() -> None:
    op.execute(
        "INSERT INTO nudges (workspace_id, consultation_id, since) SELECT workspace_id, id, touched_at"
        " FROM consultations WHERE status NOT IN ('decided', 'void') AND NOT nudged AND NOT EXISTS (SELECT 1"
        " FROM nudges WHERE nudges.workspace_id = consultations.workspace_id"
        " AND nudges.consultation_id = consultations.id)"
    )
    op.execute(
        "INSERT INTO reviewed (workspace_id, versions, at) SELECT workspace_id, '', max(at) FROM decisions"
        " WHERE workspace_id NOT IN (SELECT workspace_id FROM reviewed) GROUP BY workspace_id"
    )
    op.drop_index("ix_consultations_silent", "consultations")
    if op.get_bind().dialect.name == "postgresql":
        for table in FORCED:
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in FORCED:
            op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.create_index("ix_consultations_silent", "consultations", ["status", "nudged", "touched_at"])
