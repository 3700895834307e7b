"""What sources change after readers were told, and the corrections chats are owed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables. Articles stored before have no fingerprint: the next poll of their feed gives them one."""
    op.add_column("articles", sa.Column("fingerprint", sa.Text))
    op.create_index("ix_delivery_told_story_id", "delivery_told", ["story_id"])
    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("article_id", sa.Text, nullable=False),
        sa.Column("story_id", sa.Text),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
        sa.Column("noticed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_revisions_article_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_revisions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_revisions_article_id", "revisions", ["article_id"])
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("chat_id", sa.Integer, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("correction", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_corrections_chat_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_corrections"),
        sa.UniqueConstraint("chat_id", "key", name="uq_corrections_chat_id_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_corrections_key", "corrections", ["key"])
