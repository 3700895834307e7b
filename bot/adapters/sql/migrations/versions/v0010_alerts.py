"""Quiet hours, and who wants breaking news."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Nobody has quiet hours or wants breaking news before they say so."""
    op.add_column("chats", sa.Column("quiet_start", sa.Text))
    op.add_column("chats", sa.Column("quiet_end", sa.Text))
    op.create_table(
        "watches",
        sa.Column("chat_id", sa.Integer, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("phases", sa.JSON, nullable=False),
        sa.Column("sounded", sa.JSON, nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_watches_chat_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("chat_id", name="pk_watches"),
    )
