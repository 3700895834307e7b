"""What moderators do: the audit log, mutes, previews, suggestions, alarms, and who moderates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

WORDS = sa.Text
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables; find articles by address; tell the stories that chats' own feeds began."""
    _feeds()
    _audit()
    _waiting()
    _moderators()
    op.create_index("ix_articles_url", "articles", ["url"])
    op.add_column("stories", sa.Column("apart", sa.Boolean, nullable=False, server_default=sa.false()))


def _feeds() -> None:
    op.create_table(
        "muted_feeds",
        sa.Column("chat_id", sa.Integer, nullable=False),
        sa.Column("feed_id", sa.Integer, nullable=False),
        _refers("muted_feeds", "chat_id", "chats", "CASCADE"),
        _refers("muted_feeds", "feed_id", "feeds", "CASCADE"),
        sa.PrimaryKeyConstraint("chat_id", "feed_id", name="pk_muted_feeds"),
    )
    op.create_index("ix_muted_feeds_feed_id", "muted_feeds", ["feed_id"])
    op.create_table(
        "feed_alarms",
        sa.Column("feed_id", sa.Integer, nullable=False),
        sa.Column("news", WORDS, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _refers("feed_alarms", "feed_id", "feeds", "CASCADE"),
        sa.PrimaryKeyConstraint("feed_id", name="pk_feed_alarms"),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", WORDS, nullable=False),
        sa.Column("chat_id", sa.Integer),
        sa.Column("feed_id", sa.Integer),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("verb", WORDS, nullable=False),
        sa.Column("before", WORDS, nullable=False),
        sa.Column("after", WORDS, nullable=False),
        sa.Column("public", sa.Boolean, nullable=False),
        sa.Column("undoes", sa.Integer),
        sa.Column("undone", sa.Boolean, nullable=False),
        _refers("audit", "chat_id", "chats", "SET NULL"),
        _refers("audit", "feed_id", "feeds", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_chat_id_id", "audit", ["chat_id", "id"])


def _waiting() -> None:
    op.create_table(
        "feed_previews",
        sa.Column("token", WORDS, nullable=False),
        sa.Column("chat_id", sa.Integer, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("offer", WORDS, nullable=False),
        sa.Column("state", WORDS, nullable=False),
        _refers("feed_previews", "chat_id", "chats", "CASCADE"),
        sa.PrimaryKeyConstraint("token", name="pk_feed_previews"),
    )
    op.create_index("ix_feed_previews_chat_id_made_at", "feed_previews", ["chat_id", "made_at"])
    op.create_table(
        "suggestions",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("chat_id", sa.Integer, nullable=False),
        sa.Column("actor", WORDS, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("candidate", WORDS, nullable=False),
        sa.Column("for_everyone", sa.Boolean, nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("decided_by", WORDS),
        sa.Column("decided_at", MOMENT),
        _refers("suggestions", "chat_id", "chats", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_suggestions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_suggestions_actor_made_at", "suggestions", ["actor", "made_at"])
    op.create_index("ix_suggestions_state_chat_id", "suggestions", ["state", "chat_id"])


def _moderators() -> None:
    op.create_table(
        "moderators",
        sa.Column("actor", WORDS, nullable=False),
        sa.Column("chat_id", sa.Integer),
        sa.Column("claimed_at", MOMENT),
        _refers("moderators", "chat_id", "chats", "SET NULL"),
        sa.PrimaryKeyConstraint("actor", name="pk_moderators"),
    )
    op.create_table(
        "claim_codes",
        sa.Column("hash", WORDS, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_claim_codes"),
    )


def _refers(table: str, column: str, target: str, at_its_end: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=at_its_end)
