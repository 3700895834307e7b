"""A number for whatever becomes of a topic's article, so that kept answers are dropped with it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Articles we have already have no number, until they change."""
    op.create_table(
        "article_changes",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column(
            "article_id",
            sa.Text,
            sa.ForeignKey("articles.id", name="fk_article_changes_article_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("topic", sa.Text, nullable=False),
        sa.UniqueConstraint("article_id", "topic", name="uq_article_changes_article_id_topic"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_article_changes_topic_number", "article_changes", ["topic", "number"])
