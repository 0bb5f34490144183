"""Each channel numbers its own decisions; how they turned out, what came of them, and the words they are found by.

Decisions keep the numbers that people know them by: those of a channel go on from its highest.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
KINDS = ["workspace_id", "channel_id", "recommended", "chosen", "status", "outcome", "due_at"]
OF_A_DECISION = ["workspace_id", "channel_id", "number"]
SEARCHED = {
    "sqlite": "CREATE VIRTUAL TABLE decision_words_index USING fts5(whose, search_text, workspace_id UNINDEXED,"
    " channel_id UNINDEXED, number UNINDEXED, tokenize = 'unicode61 remove_diacritics 0')",
    "postgresql": "CREATE INDEX decision_words_index ON decision_words"
    " USING gin (to_tsvector('simple', search_text), (ARRAY[workspace_id, workspace_id || '/' || channel_id]))",
}


def upgrade() -> None:
    op.drop_index("ix_decisions_channel", "decisions")
    with op.batch_alter_table("decisions") as decisions:
        decisions.add_column(sa.Column("outcome", sa.Text(), nullable=True))
        decisions.add_column(sa.Column("due_at", MOMENT, nullable=True))
        decisions.add_column(sa.Column("cost", sa.Double(), nullable=True))
        decisions.drop_constraint("pk_decisions", type_="primary")
        decisions.create_primary_key("pk_decisions", OF_A_DECISION)
    op.create_index("ix_decisions_at", "decisions", ["workspace_id", "at", "channel_id", "number"])
    op.create_index("ix_decisions_kinds", "decisions", KINDS)
    _number_by("channel_id")
    _outcomes()
    _links()
    _words()


def downgrade() -> None:
    """The key of old refuses it where two channels of a workspace have the same number: nothing is then changed."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE decision_words_index")
    for table in ("decision_words", "links", "outcomes"):
        op.drop_table(table)
    op.drop_index("ix_decisions_at", "decisions")
    op.drop_index("ix_decisions_kinds", "decisions")
    with op.batch_alter_table("decisions") as decisions:
        decisions.drop_constraint("pk_decisions", type_="primary")
        decisions.create_primary_key("pk_decisions", ["workspace_id", "number"])
        for column in ("cost", "due_at", "outcome"):
            decisions.drop_column(column)
    op.create_index("ix_decisions_channel", "decisions", OF_A_DECISION)
    _number_by()


def _number_by(*parts: str) -> None:
    """Numbers are given out by workspace and these columns, and go on from the highest there is."""
    op.drop_table("numbering")
    keys = ["workspace_id", *parts]
    op.create_table(
        "numbering",
        *(sa.Column(key, sa.Text(), nullable=False) for key in keys),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(*keys, name="pk_numbering"),
    )
    named: list[sa.ColumnClause[str]] = [sa.column(key) for key in keys]
    highest = sa.select(*named, sa.func.max(sa.column("number"))).select_from(sa.table("decisions"))
    numbering = sa.table("numbering", *(sa.column(key) for key in (*keys, "last")))
    op.execute(sa.insert(numbering).from_select([*keys, "last"], highest.group_by(*named)))


def _of_a_decision(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        OF_A_DECISION,
        [f"decisions.{column}" for column in OF_A_DECISION],
        name=f"fk_{table}_decisions",
        onupdate="CASCADE",
    )


def _outcomes() -> None:
    op.create_table(
        "outcomes",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("shipped", sa.Boolean()),
        sa.Column("eval_correct", sa.Integer()),
        sa.Column("eval_total", sa.Integer()),
        sa.Column("bill_per_month", sa.Double()),
        sa.Column("hours", sa.Double()),
        sa.Column("again", sa.Boolean()),
        sa.Column("cannot_tell", sa.Boolean()),
        sa.Column("taken_back", sa.Boolean()),
        sa.PrimaryKeyConstraint(*OF_A_DECISION, "seq", name="pk_outcomes"),
        _of_a_decision("outcomes"),
    )


def _links() -> None:
    op.create_table(
        "links",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("by_id", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint(*OF_A_DECISION, "seq", name="pk_links"),
        _of_a_decision("links"),
    )


def _words() -> None:
    op.create_table(
        "decision_words",
        sa.Column("workspace_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("traits", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint(*OF_A_DECISION, name="pk_decision_words"),
        _of_a_decision("decision_words"),
    )
    op.execute(SEARCHED[op.get_bind().dialect.name])
