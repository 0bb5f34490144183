"""The first tables: consultations with answers, posts and advice; decisions; the outbox; the keys seen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _consultations()
    _answers()
    _posts()
    _advice()
    _decisions()
    _outbox_and_seen()


def downgrade() -> None:
    for table in ("seen", "outbox", "numbering", "decisions", "advice", "posts", "answers", "consultations"):
        op.drop_table(table)


def _of_a_consultation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", "consultation_id"],
        ["consultations.workspace_id", "consultations.id"],
        name=f"fk_{table}_consultations",
    )


def _consultations() -> None:
    op.create_table(
        "consultations",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("root_ts", sa.Text()),
        sa.Column("in_thread", sa.Boolean(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("asker_id", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("touched_at", MOMENT, nullable=False),
        sa.Column("nudged", sa.Boolean(), nullable=False),
        sa.Column("prefilled", sa.Boolean(), nullable=False),
        sa.Column("reopened_from", sa.Integer()),
        sa.Column("answers_given", sa.Integer(), nullable=False),
        sa.Column("posts_wanted", sa.Integer(), nullable=False),
        sa.Column("advice_given", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_consultations"),
    )
    op.create_index("ix_consultations_thread", "consultations", ["workspace_id", "channel_id", "root_ts"])
    op.create_index("ix_consultations_asker", "consultations", ["workspace_id", "asker_id"])
    op.create_index("ix_consultations_silent", "consultations", ["status", "nudged", "touched_at"])


def _answers() -> None:
    op.create_table(
        "answers",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("consultation_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("author_id", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "consultation_id", "seq", name="pk_answers"),
        _of_a_consultation("answers"),
    )
    op.create_index("ix_answers_author", "answers", ["workspace_id", "author_id", "consultation_id"])


def _posts() -> None:
    op.create_table(
        "posts",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("consultation_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("ts", sa.Text()),
        sa.Column("shown", sa.Text()),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("tried", sa.Boolean(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "consultation_id", "id", name="pk_posts"),
        _of_a_consultation("posts"),
    )


def _advice() -> None:
    op.create_table(
        "advice",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("consultation_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("advice", sa.JSON(), nullable=False),
        sa.Column("policy_version", sa.Text(), nullable=False),
        sa.Column("prices_version", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "consultation_id", "seq", name="pk_advice"),
        _of_a_consultation("advice"),
    )


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("root_ts", sa.Text()),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("recommended", sa.Text(), nullable=False),
        sa.Column("chosen", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("why", sa.Text()),
        sa.Column("supersedes", sa.Integer()),
        sa.Column("superseded_by", sa.Integer()),
        sa.Column("withdrawn_by_id", sa.Text()),
        sa.Column("withdrawn_at", MOMENT),
        sa.Column("withdrawn_why", sa.Text()),
        sa.PrimaryKeyConstraint("workspace_id", "number", name="pk_decisions"),
        sa.UniqueConstraint(
            "workspace_id", "consultation_id", name="uq_decisions_workspace_id_consultation_id"
        ),
        _of_a_consultation("decisions"),
    )
    op.create_index("ix_decisions_channel", "decisions", ["workspace_id", "channel_id", "number"])
    op.create_index("ix_decisions_by", "decisions", ["workspace_id", "by_id"])
    op.create_table(
        "numbering",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", name="pk_numbering"),
    )


def _outbox_and_seen() -> None:
    op.create_table(
        "outbox",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("consultation_id", sa.Text(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", MOMENT),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "consultation_id", name="pk_outbox"),
        _of_a_consultation("outbox"),
    )
    op.create_index("ix_outbox_due", "outbox", ["due_at"])
    op.create_table(
        "seen",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "key", name="pk_seen"),
    )
    op.create_index("ix_seen_at", "seen", ["at"])
