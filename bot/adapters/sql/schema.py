"""The tables. Migrations create them; a test keeps both the same.

Ids that others hold for long (buttons, delivery keys) are never used twice: SQLite's AUTOINCREMENT.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
    false,
    text,
    true,
)

from bot.adapters.sql.columns import UtcDateTime, Values, Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

UNREAD = -1
"""``newsroom_version`` of an article that was never judged: lower than every version."""


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=True)


def _of(name: str, target: str, *, key: bool = False) -> Column[int]:
    """A reference to a row whose end is the end of this one too."""
    return Column(name, Integer, ForeignKey(f"{target}.id", ondelete="CASCADE"), nullable=False, primary_key=key)


def _of_article(*, key: bool = False) -> Column[str]:
    reference = ForeignKey("articles.id", ondelete="CASCADE")
    return Column("article_id", Words, reference, nullable=False, primary_key=key)


def _some(name: str, *columns: str, where: str) -> Index:
    """An index of the few rows for which a condition holds."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


def _lease() -> tuple[Column[str], Column[object], Column[int]]:
    """Who holds a row, until when, and how often it has changed hands."""
    return (
        Column("lease_owner", Words),
        Column("lease_until", UtcDateTime),
        Column("lease_fence", Integer, nullable=False, server_default="0"),
    )


# --- Feeds ---

feeds = Table(
    "feeds",
    metadata,
    _id(),
    Column("url", Words, nullable=False, unique=True),
    Column("listed_url", Words, unique=True),  # as feeds.yaml has it: ``url`` follows permanent redirects
    Column("name", Words),
    Column("title", Words),  # the feed's own, for where nobody named it
    Column("language", Words),
    Column("country", Words),
    Column("ownership", Words),
    Column("dedicated", Boolean, nullable=False),
    Column("full_text", Boolean, nullable=False),
    Column("origin", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("public", Boolean, nullable=False),
    sqlite_autoincrement=True,
)

feed_readings = Table(
    "feed_readings",
    metadata,
    _of("feed_id", "feeds", key=True),
    Column("etag", Words),
    Column("last_modified", Words),
    Column("body_hash", Words),
    Column("next_poll", UtcDateTime),
    Column("last_attempt", UtcDateTime),
    Column("last_success", UtcDateTime),
    Column("failing_since", UtcDateTime),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("error_key", Words),
    Column("error_arguments", JSON(none_as_null=True)),
    Column("skipped_entries", Integer, nullable=False, server_default="0"),
    Column("rhythm", Values),  # in the order of the fields of ``Rhythm``
    *_lease(),
    Index(None, "next_poll"),
)

chat_feeds = Table(
    "chat_feeds",
    metadata,
    _of("chat_id", "chats", key=True),
    _of("feed_id", "feeds", key=True),
    Index(None, "feed_id"),
)

# --- Articles and stories ---

articles = Table(
    "articles",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),  # what the full-text index points to
    Column("id", Words, nullable=False, unique=True),
    Column("url", Words),
    Column("title", Words, nullable=False),
    Column("summary", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("language", Words, nullable=False),
    Column("published", UtcDateTime, nullable=False),
    Column("known_at", UtcDateTime, nullable=False),
    Column("imported", Boolean, nullable=False),
    Column("newsroom_version", Integer, nullable=False, server_default=str(UNREAD)),
    Column("verdict", Words),
    Column("score", Float),
    Column("reasons", Values),
    Column("story_id", Words),  # no foreign key: a judgement may be written before its story's memory
    Column("search", Words, nullable=False, server_default=""),  # folded stems, one space between two
    Column("reserved", Boolean, nullable=False, server_default=false()),  # kept from text mining by its publisher
    Column("fingerprint", Words),  # of the words as the feed gave them; empty for what no feed gave
    Index(None, "url"),
    Index(None, "published"),
    Index(None, "known_at"),
    Index(None, "story_id", "published"),
    Index(None, "newsroom_version", "published", "id"),
    _some("ix_articles_told", "language", "published", where="verdict = 'yes'"),
    _some("ix_articles_own", "published", where="NOT imported"),
    _some("ix_articles_full", "published", where="text <> '' AND NOT imported"),
    sqlite_autoincrement=True,
)

article_feeds = Table(
    "article_feeds",
    metadata,
    _of_article(key=True),
    _of("feed_id", "feeds", key=True),
    Column("position", Integer, nullable=False),
    Index(None, "feed_id", "article_id"),
)

article_topics = Table(
    "article_topics",
    metadata,
    _of_article(key=True),
    Column("topic", Words, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("published", UtcDateTime, nullable=False),  # the article's, so that one index answers "newest on a topic"
    Index(None, "topic", "published"),
)

article_changes = Table(
    "article_changes",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    _of_article(),
    Column("topic", Words, nullable=False),  # on which it changed something: one it has, or had
    UniqueConstraint("article_id", "topic"),
    Index(None, "topic", "number"),
    sqlite_autoincrement=True,  # a number that was there once never means another change
)

stories = Table(
    "stories",
    metadata,
    Column("id", Words, primary_key=True),
    Column("last_published", UtcDateTime, nullable=False),
    Column("memory", LargeBinary, nullable=False),
    Column("merged_into", Words),
    Column("apart", Boolean, nullable=False, server_default=false()),  # begun by chats' own feeds
    Index(None, "last_published"),
    Index(None, "merged_into"),
)

claims = Table(
    "claims",
    metadata,
    _id(),
    _of_article(),
    Column("topic", Words, nullable=False),
    Column("proposition", Words, nullable=False),
    Column("polarity", Words, nullable=False),
    Column("phase", Words, nullable=False),
    Column("modality", Words, nullable=False),
    Column("claimant", Words, nullable=False),
    Column("claimant_id", Words),
    Column("via", Words),
    Column("sentence", Words, nullable=False),
    Column("event_date", Date),
    Column("published", UtcDateTime, nullable=False),
    Column("language", Words, nullable=False),
    Column("scope", Words),
    Column("role", Words),
    Column("own_voice", Boolean, nullable=False),
    Column("direct_speech", Boolean, nullable=False),
    Index(None, "article_id"),
    Index(None, "topic", "published"),
    sqlite_autoincrement=True,
)

# --- Chats and subscriptions ---

chats = Table(
    "chats",
    metadata,
    _id(),
    Column("platform", Words, nullable=False),
    Column("chat", Words, nullable=False),
    Column("thread", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("language", Words),
    Column("zone", Words),
    Column("quiet_start", Words),  # wall-clock times, both or none
    Column("quiet_end", Words),
    Column("state", Words, nullable=False),
    Column("server", Words),  # the platform's id of the server it belongs to, where that is known
    Column("gone_since", UtcDateTime),  # noted by the upkeep, so that a chat that stays away is forgotten one day
    UniqueConstraint("platform", "chat", "thread"),
    _some("ix_chats_gone", "gone_since", where="state <> 'active'"),
    _some("ix_chats_server", "server", where="server IS NOT NULL"),
    sqlite_autoincrement=True,
)

inbound = Table(
    "inbound",
    metadata,
    Column("platform", Words, primary_key=True),
    Column("update_id", Words, primary_key=True),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("done", Boolean, nullable=False, server_default=true()),
    Column("tries", Integer, nullable=False, server_default="1"),
    Index(None, "seen_at"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    _id(),
    _of("chat_id", "chats"),
    Column("times", Values, nullable=False),
    Column("zone", Words, nullable=False),
    Column("days", Values, nullable=False),
    Column("language", Words, nullable=False),
    Column("length", Words, nullable=False),
    Column("topics", Values, nullable=False),
    Column("silent", Boolean, nullable=False),
    Column("next_at", UtcDateTime, nullable=False),
    Column("next_date", Date, nullable=False),
    Column("next_ordinal", Integer, nullable=False),
    Column("last_at", UtcDateTime),
    Column("last_date", Date),
    Column("last_ordinal", Integer),
    Column("chat_active", Boolean, nullable=False),  # the chat's state, so that gone chats cost a tick nothing
    Index(None, "chat_id"),
    Index(None, "chat_active", "next_at"),
    sqlite_autoincrement=True,
)

subscription_leases = Table(  # apart, since what is due is strewn over a large table: a lease would write a page each
    "subscription_leases",
    metadata,
    _of("subscription_id", "subscriptions", key=True),
    Column("owner", Words, nullable=False),
    Column("until", UtcDateTime, nullable=False),
)

# --- The outbox and ledger ---

deliveries = Table(
    "deliveries",
    metadata,
    _id(),
    Column("key", Words, nullable=False, unique=True),
    _of("chat_id", "chats"),
    Column("kind", Words, nullable=False),
    Column("subscription_id", Integer),  # no foreign key: the ledger outlives a cancelled subscription
    Column("briefing", Words),
    Column("window_end", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    Column("edits", Integer),  # no foreign key: an edit may outlive the ledger's memory of what it replaced
    Column("unfinished", Boolean, nullable=False, server_default=false()),
    Index(None, "chat_id"),
    Index(None, "subscription_id"),
    Index(None, "created_at"),
    _some("ix_deliveries_edits", "edits", where="edits IS NOT NULL"),
    _some("ix_deliveries_unfinished", "id", where="unfinished"),
    sqlite_autoincrement=True,
)

delivery_told = Table(
    "delivery_told",
    metadata,
    _of("delivery_id", "deliveries", key=True),
    Column("story_id", Words, primary_key=True),
    Column("article_ids", Values, nullable=False),
    Index(None, "story_id"),
)

parts = Table(
    "parts",
    metadata,
    _id(),
    _of("delivery_id", "deliveries"),
    _of("chat_id", "chats"),  # the delivery's, so that "one in flight a chat" is one index look-up
    Column("ordinal", Integer, nullable=False),
    Column("state", Words, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("picture", LargeBinary),
    Column("picture_description", Words),
    Column("picture_filename", Words),
    Column("nonce", Words, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", UtcDateTime),
    Column("message_id", Words),
    Column("detail", Words),
    Column("settled_at", UtcDateTime),
    Column("doubtful_since", UtcDateTime),
    *_lease(),
    UniqueConstraint("delivery_id", "ordinal"),
    Index(None, "state", "delivery_id", "ordinal"),
    Index(None, "chat_id", "state", "delivery_id", "ordinal"),
    sqlite_autoincrement=True,
)

# --- Named rights ---

leases = Table(
    "leases",
    metadata,
    Column("name", Words, primary_key=True),
    Column("owner", Words, nullable=False),
    Column("fence", Integer, nullable=False),
    Column("until", UtcDateTime, nullable=False),
)

# --- Models ---

writings = Table(
    "writings",
    metadata,
    Column("key", Words, primary_key=True),
    Column("story_id", Words, nullable=False),
    Column("language", Words, nullable=False),
    Column("writer", Words, nullable=False),
    Column("articles", JSON, nullable=False),
    Column("independent_sources", Integer, nullable=False),
    Column("progress", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "story_id", "language"),
    Index(None, "at"),
)

model_days = Table(
    "model_days",
    metadata,
    Column("day", Date, primary_key=True),  # UTC
    Column("tokens", BigInteger, nullable=False),
    Column("calls", Integer, nullable=False),
)
