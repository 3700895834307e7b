"""What servers choose for all of their chats, and how our words look in each of these."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "servers",
        sa.Column("platform", sa.Text, nullable=False),
        sa.Column("server", sa.Text, nullable=False),
        sa.Column("moderator_role", sa.Text),
        sa.Column("language", sa.Text),
        sa.Column("zone", sa.Text),
        sa.PrimaryKeyConstraint("platform", "server", name="pk_servers"),
    )
    op.create_table(
        "chat_postings",
        sa.Column("chat_id", sa.Integer, nullable=False),
        sa.Column("alert_role", sa.Text),
        sa.Column("tag", sa.Text),
        sa.PrimaryKeyConstraint("chat_id", name="pk_chat_postings"),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_chat_postings_chat_id", ondelete="CASCADE"),
    )
