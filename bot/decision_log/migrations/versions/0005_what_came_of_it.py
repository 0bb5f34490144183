"""Withdrawals as records of their own, when to ask how a decision turned out, what a review found, and departures.

The words and figures that follow from decisions are worked out anew after this, with the forecast among them.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
OF_A_DECISION = ["workspace_id", "channel_id", "number"]
STANDING = ("recommended", "accepted", "overridden")


def upgrade() -> None:
    op.add_column("decisions", sa.Column("decided", sa.Text()))
    _record_what_was_decided()
    op.create_index("ix_decisions_supersedes", "decisions", ["workspace_id", "channel_id", "supersedes"])
    _of_decisions("withdrawals", _text("by_id"), _moment("at"), _text("why"))
    _of_decisions("check_in_dates", sa.Column("ask_at", MOMENT), _text("by_id"), _moment("at"))
    because = sa.Column("because", sa.JSON(), nullable=False)
    _of_decisions("reviews", _moment("at"), _text("was"), _text("verdict"), because)
    _move_withdrawals()
    _of_workspaces("reviewed", _text("versions"), _moment("at"))
    _of_workspaces("departures", _moment("at"))
    _check_ins()
    _forecasts()


def downgrade() -> None:
    for table in ("check_ins", "departures", "reviewed", "reviews", "check_in_dates", "withdrawals"):
        op.drop_table(table)
    op.drop_index("ix_decisions_supersedes", "decisions")
    with op.batch_alter_table("decision_words") as words:
        words.drop_column("forecast")
    op.execute("ALTER TABLE decisions DROP COLUMN decided")


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False)


def _moment(name: str) -> sa.Column[Any]:
    return sa.Column(name, MOMENT, nullable=False)


def _of_decisions(table: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        table,
        _text("workspace_id"),
        _text("channel_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint(*OF_A_DECISION, "seq", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(
            OF_A_DECISION,
            [f"decisions.{column}" for column in OF_A_DECISION],
            name=f"fk_{table}_decisions",
            onupdate="CASCADE",
        ),
    )


def _of_workspaces(table: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        table,
        _text("workspace_id"),
        *columns,
        sa.PrimaryKeyConstraint("workspace_id", name=f"pk_{table}"),
    )


def _record_what_was_decided() -> None:
    """The status that a decision had before it fell; of one that only an import tells of, as that told it."""
    names = ("decided", "status", "recommended", "chosen", "withdrawn_at", "superseded_by")
    kept = sa.table("decisions", *map(sa.column, names))
    fell = kept.c
    otherwise = sa.or_(kept.c.recommended == "", kept.c.recommended == kept.c.chosen)
    before = sa.case((otherwise, "accepted"), else_="overridden")
    is_told = sa.or_(fell.withdrawn_at.is_not(None), fell.superseded_by.is_not(None))
    has_fallen = sa.and_(kept.c.status.not_in(STANDING), is_told)
    op.execute(kept.update().values(decided=sa.case((has_fallen, before), else_=kept.c.status)))


def _move_withdrawals() -> None:
    names = [*OF_A_DECISION, "withdrawn_by_id", "withdrawn_at", "withdrawn_why"]
    decisions = sa.table("decisions", *map(sa.column, names))
    withdrawals = sa.table("withdrawals", *map(sa.column, [*OF_A_DECISION, "seq", "by_id", "at", "why"]))
    gone = sa.select(
        *(decisions.c[name] for name in OF_A_DECISION),
        sa.literal(1),
        *(decisions.c[f"withdrawn_{name}"] for name in ("by_id", "at", "why")),
    ).where(decisions.c.withdrawn_at.is_not(None))
    op.execute(sa.insert(withdrawals).from_select([*OF_A_DECISION, "seq", "by_id", "at", "why"], gone))


def _check_ins() -> None:
    """Asked are those that stand, in a thread, and of which nobody has said how they turned out."""
    op.create_table(
        "check_ins",
        _text("workspace_id"),
        _text("consultation_id"),
        _moment("due_at"),
        sa.PrimaryKeyConstraint("workspace_id", "consultation_id", name="pk_check_ins"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "consultation_id"],
            ["consultations.workspace_id", "consultations.id"],
            name="fk_check_ins_consultations",
        ),
    )
    op.create_index("ix_check_ins_due", "check_ins", ["due_at"])
    keys = ["workspace_id", "consultation_id", "due_at"]
    names = [*keys, "status", "outcome", "root_ts"]
    decisions = sa.table("decisions", *map(sa.column, names)).c
    waiting = sa.select(*(decisions[key] for key in keys)).where(
        decisions.status.in_(STANDING),
        decisions.outcome.is_(None),
        decisions.due_at.is_not(None),
        decisions.root_ts.is_not(None),
    )
    op.execute(sa.insert(sa.table("check_ins", *map(sa.column, keys))).from_select(keys, waiting))


def _forecasts() -> None:
    """What follows from decisions is worked out for those that have no words: for all of them, then."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DELETE FROM decision_words_index")
    op.execute("DELETE FROM decision_words")
    with op.batch_alter_table("decision_words") as words:
        words.add_column(sa.Column("forecast", sa.JSON(), nullable=False))
