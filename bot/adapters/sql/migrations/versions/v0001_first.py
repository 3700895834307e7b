"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

WORDS = sa.Text
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create every table, and the full-text index in each database's own way."""
    _feeds()
    _articles()
    _stories()
    _claims()
    _chats()
    _subscriptions()
    _outbox()
    _parts()
    _leases()
    _full_text()


def _feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("url", WORDS, nullable=False),
        sa.Column("listed_url", WORDS),
        sa.Column("name", WORDS),
        sa.Column("title", WORDS),
        sa.Column("language", WORDS),
        sa.Column("country", WORDS),
        sa.Column("ownership", WORDS),
        sa.Column("dedicated", sa.Boolean, nullable=False),
        sa.Column("full_text", sa.Boolean, nullable=False),
        sa.Column("origin", WORDS, nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("public", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feeds"),
        sa.UniqueConstraint("listed_url", name="uq_feeds_listed_url"),
        sa.UniqueConstraint("url", name="uq_feeds_url"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "feed_readings",
        sa.Column("feed_id", sa.Integer, nullable=False),
        sa.Column("etag", WORDS),
        sa.Column("last_modified", WORDS),
        sa.Column("body_hash", WORDS),
        sa.Column("next_poll", MOMENT),
        sa.Column("last_attempt", MOMENT),
        sa.Column("last_success", MOMENT),
        sa.Column("failing_since", MOMENT),
        sa.Column("failures", sa.Integer, server_default="0", nullable=False),
        sa.Column("error_key", WORDS),
        sa.Column("error_arguments", sa.JSON),
        sa.Column("skipped_entries", sa.Integer, server_default="0", nullable=False),
        sa.Column("lease_owner", WORDS),
        sa.Column("lease_until", MOMENT),
        sa.Column("lease_fence", sa.Integer, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name="fk_feed_readings_feed_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("feed_id", name="pk_feed_readings"),
    )
    op.create_index("ix_feed_readings_next_poll", "feed_readings", ["next_poll"])


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("number", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("url", WORDS),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("summary", WORDS, nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("language", WORDS, nullable=False),
        sa.Column("published", MOMENT, nullable=False),
        sa.Column("known_at", MOMENT, nullable=False),
        sa.Column("imported", sa.Boolean, nullable=False),
        sa.Column("newsroom_version", sa.Integer, server_default="-1", nullable=False),
        sa.Column("verdict", WORDS),
        sa.Column("score", sa.Float),
        sa.Column("reasons", WORDS),
        sa.Column("story_id", WORDS),
        sa.Column("search", WORDS, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_articles"),
        sa.UniqueConstraint("id", name="uq_articles_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_articles_known_at", "articles", ["known_at"])
    op.create_index("ix_articles_newsroom_version_published_id", "articles", ["newsroom_version", "published", "id"])
    op.create_index("ix_articles_published", "articles", ["published"])
    op.create_index("ix_articles_story_id_published", "articles", ["story_id", "published"])
    op.create_table(
        "article_feeds",
        sa.Column("article_id", WORDS, nullable=False),
        sa.Column("feed_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_article_feeds_article_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name="fk_article_feeds_feed_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "feed_id", name="pk_article_feeds"),
    )
    op.create_index("ix_article_feeds_feed_id_article_id", "article_feeds", ["feed_id", "article_id"])
    op.create_table(
        "article_topics",
        sa.Column("article_id", WORDS, nullable=False),
        sa.Column("topic", WORDS, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("published", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_article_topics_article_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "topic", name="pk_article_topics"),
    )
    op.create_index("ix_article_topics_topic_published", "article_topics", ["topic", "published"])


def _stories() -> None:
    op.create_table(
        "stories",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("last_published", MOMENT, nullable=False),
        sa.Column("memory", sa.LargeBinary, nullable=False),
        sa.Column("merged_into", WORDS),
        sa.PrimaryKeyConstraint("id", name="pk_stories"),
    )
    op.create_index("ix_stories_last_published", "stories", ["last_published"])
    op.create_index("ix_stories_merged_into", "stories", ["merged_into"])


def _claims() -> None:
    op.create_table(
        "claims",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("article_id", WORDS, nullable=False),
        sa.Column("topic", WORDS, nullable=False),
        sa.Column("proposition", WORDS, nullable=False),
        sa.Column("polarity", WORDS, nullable=False),
        sa.Column("phase", WORDS, nullable=False),
        sa.Column("modality", WORDS, nullable=False),
        sa.Column("claimant", WORDS, nullable=False),
        sa.Column("claimant_id", WORDS),
        sa.Column("via", WORDS),
        sa.Column("sentence", WORDS, nullable=False),
        sa.Column("event_date", sa.Date),
        sa.Column("published", MOMENT, nullable=False),
        sa.Column("language", WORDS, nullable=False),
        sa.Column("scope", WORDS),
        sa.Column("role", WORDS),
        sa.Column("own_voice", sa.Boolean, nullable=False),
        sa.Column("direct_speech", sa.Boolean, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_claims_article_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_claims"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_claims_article_id", "claims", ["article_id"])
    op.create_index("ix_claims_topic_published", "claims", ["topic", "published"])


def _chats() -> None:
    op.create_table(
        "chats",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("platform", WORDS, nullable=False),
        sa.Column("chat", WORDS, nullable=False),
        sa.Column("thread", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("language", WORDS),
        sa.Column("zone", WORDS),
        sa.Column("state", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_chats"),
        sa.UniqueConstraint("platform", "chat", "thread", name="uq_chats_platform_chat_thread"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "chat_feeds",
        sa.Column("chat_id", sa.Integer, nullable=False),
        sa.Column("feed_id", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_chat_feeds_chat_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name="fk_chat_feeds_feed_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("chat_id", "feed_id", name="pk_chat_feeds"),
    )
    op.create_index("ix_chat_feeds_feed_id", "chat_feeds", ["feed_id"])
    op.create_table(
        "inbound",
        sa.Column("platform", WORDS, nullable=False),
        sa.Column("update_id", WORDS, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("platform", "update_id", name="pk_inbound"),
    )
    op.create_index("ix_inbound_seen_at", "inbound", ["seen_at"])


def _subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("chat_id", sa.Integer, nullable=False),
        sa.Column("times", WORDS, nullable=False),
        sa.Column("zone", WORDS, nullable=False),
        sa.Column("days", WORDS, nullable=False),
        sa.Column("language", WORDS, nullable=False),
        sa.Column("length", WORDS, nullable=False),
        sa.Column("topics", WORDS, nullable=False),
        sa.Column("silent", sa.Boolean, nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("next_date", sa.Date, nullable=False),
        sa.Column("next_ordinal", sa.Integer, nullable=False),
        sa.Column("last_at", MOMENT),
        sa.Column("last_date", sa.Date),
        sa.Column("last_ordinal", sa.Integer),
        sa.Column("chat_active", sa.Boolean, nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_subscriptions_chat_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_subscriptions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_subscriptions_chat_active_next_at", "subscriptions", ["chat_active", "next_at"])
    op.create_index("ix_subscriptions_chat_id", "subscriptions", ["chat_id"])
    op.create_table(
        "subscription_leases",
        sa.Column("subscription_id", sa.Integer, nullable=False),
        sa.Column("owner", WORDS, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["subscriptions.id"],
            name="fk_subscription_leases_subscription_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("subscription_id", name="pk_subscription_leases"),
    )


def _outbox() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("key", WORDS, nullable=False),
        sa.Column("chat_id", sa.Integer, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("subscription_id", sa.Integer),
        sa.Column("briefing", WORDS),
        sa.Column("window_end", MOMENT),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_deliveries_chat_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("key", name="uq_deliveries_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deliveries_chat_id", "deliveries", ["chat_id"])
    op.create_index("ix_deliveries_subscription_id", "deliveries", ["subscription_id"])
    op.create_table(
        "delivery_told",
        sa.Column("delivery_id", sa.Integer, nullable=False),
        sa.Column("story_id", WORDS, nullable=False),
        sa.Column("article_ids", WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name="fk_delivery_told_delivery_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("delivery_id", "story_id", name="pk_delivery_told"),
    )


def _parts() -> None:
    op.create_table(
        "parts",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("delivery_id", sa.Integer, nullable=False),
        sa.Column("chat_id", sa.Integer, nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("picture", sa.LargeBinary),
        sa.Column("picture_description", WORDS),
        sa.Column("picture_filename", WORDS),
        sa.Column("nonce", WORDS, nullable=False),
        sa.Column("attempts", sa.Integer, server_default="0", nullable=False),
        sa.Column("not_before", MOMENT),
        sa.Column("message_id", WORDS),
        sa.Column("detail", WORDS),
        sa.Column("settled_at", MOMENT),
        sa.Column("lease_owner", WORDS),
        sa.Column("lease_until", MOMENT),
        sa.Column("lease_fence", sa.Integer, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_parts_chat_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["delivery_id"], ["deliveries.id"], name="fk_parts_delivery_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_parts"),
        sa.UniqueConstraint("delivery_id", "ordinal", name="uq_parts_delivery_id_ordinal"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_parts_chat_id_state_delivery_id_ordinal", "parts", ["chat_id", "state", "delivery_id", "ordinal"]
    )
    op.create_index("ix_parts_state_delivery_id_ordinal", "parts", ["state", "delivery_id", "ordinal"])


def _leases() -> None:
    op.create_table(
        "leases",
        sa.Column("name", WORDS, nullable=False),
        sa.Column("owner", WORDS, nullable=False),
        sa.Column("fence", sa.Integer, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )


def _full_text() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for statement in (_SQLITE_INDEX, _SQLITE_ADDED, _SQLITE_CHANGED, _SQLITE_REMOVED):
            op.execute(sa.text(statement))
    else:
        op.execute(sa.text(_POSTGRES_INDEX))


_SQLITE_INDEX = """
CREATE VIRTUAL TABLE article_search USING fts5(
    search, content='articles', content_rowid='number', detail=none, tokenize='ascii'
)
"""
_SQLITE_ADDED = """
CREATE TRIGGER article_search_added AFTER INSERT ON articles WHEN new.search <> '' BEGIN
    INSERT INTO article_search(rowid, search) VALUES (new.number, new.search);
END
"""
_SQLITE_CHANGED = """
CREATE TRIGGER article_search_changed AFTER UPDATE OF search ON articles WHEN new.search <> old.search BEGIN
    INSERT INTO article_search(article_search, rowid, search) SELECT 'delete', old.number, old.search
        WHERE old.search <> '';
    INSERT INTO article_search(rowid, search) SELECT new.number, new.search WHERE new.search <> '';
END
"""
_SQLITE_REMOVED = """
CREATE TRIGGER article_search_removed AFTER DELETE ON articles WHEN old.search <> '' BEGIN
    INSERT INTO article_search(article_search, rowid, search) VALUES ('delete', old.number, old.search);
END
"""
_POSTGRES_INDEX = "CREATE INDEX ix_articles_search ON articles USING gin (string_to_array(search, ' '))"
