"""What models wrote and what they cost; which articles their publishers keep from them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the tables, and the mark of articles; those stored so far came without a reservation."""
    op.add_column("articles", sa.Column("reserved", sa.Boolean, server_default=sa.false(), nullable=False))
    op.create_table(
        "writings",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("story_id", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("writer", sa.Text, nullable=False),
        sa.Column("articles", sa.JSON, nullable=False),
        sa.Column("independent_sources", sa.Integer, nullable=False),
        sa.Column("progress", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_writings_story_id_language", "writings", ["story_id", "language"])
    op.create_index("ix_writings_at", "writings", ["at"])
    op.create_table(
        "model_days",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("tokens", sa.BigInteger, nullable=False),
        sa.Column("calls", sa.Integer, nullable=False),
    )
