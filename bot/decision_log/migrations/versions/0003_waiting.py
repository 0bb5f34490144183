"""Why something waits for Slack, which message it refused, and whose channel it is for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("posts", sa.Column("refused", sa.Text(), nullable=True))
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("channel_id", sa.Text(), nullable=True))
        outbox.add_column(sa.Column("because", sa.Text(), nullable=True))
    op.execute(
        "UPDATE outbox SET channel_id = (SELECT channel_id FROM consultations"
        " WHERE consultations.workspace_id = outbox.workspace_id AND consultations.id = outbox.consultation_id)"
    )
    with op.batch_alter_table("outbox") as outbox:
        outbox.alter_column("channel_id", existing_type=sa.Text(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("because")
        outbox.drop_column("channel_id")
    with op.batch_alter_table("posts") as posts:
        posts.drop_column("refused")
