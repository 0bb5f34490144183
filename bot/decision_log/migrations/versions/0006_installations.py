"""Where the app is installed, with the tokens of each installation, encrypted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

WORDS = ("workspace_id", "enterprise_id", "app_id", "bot_id", "bot_user_id", "scopes", "installer_id")


def upgrade() -> None:
    op.create_table(
        "installations",
        *(sa.Column(name, sa.Text(), nullable=False) for name in WORDS),
        sa.Column("installed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.Text()),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True)),
        sa.Column("renew_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True)),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", name="pk_installations"),
    )
    op.create_index("ix_installations_bot", "installations", ["bot_id"])
    op.create_index("ix_installations_bot_user", "installations", ["bot_user_id"])


def downgrade() -> None:
    op.drop_table("installations")
