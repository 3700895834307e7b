"""The tables of the outbox and ledger, and of rights that one process holds at a time."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Index, Integer, LargeBinary, Table, UniqueConstraint, false

from bot.adapters.sql.columns import UtcDateTime, Values, Words
from bot.adapters.sql.schema.base import lease, metadata, of, own_id, some

deliveries = Table(
    "deliveries",
    metadata,
    own_id(),
    Column("key", Words, nullable=False, unique=True),
    of("chat_id", "chats"),
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
    some("ix_deliveries_edits", "edits", where="edits IS NOT NULL"),
    some("ix_deliveries_unfinished", "id", where="unfinished"),
    sqlite_autoincrement=True,
)

delivery_told = Table(
    "delivery_told",
    metadata,
    of("delivery_id", "deliveries", key=True),
    Column("story_id", Words, primary_key=True),
    Column("article_ids", Values, nullable=False),
    Index(None, "story_id"),
)

parts = Table(
    "parts",
    metadata,
    own_id(),
    of("delivery_id", "deliveries"),
    of("chat_id", "chats"),  # the delivery's, so that "one in flight a chat" is one index look-up
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
    *lease(),
    UniqueConstraint("delivery_id", "ordinal"),
    Index(None, "state", "delivery_id", "ordinal"),
    Index(None, "chat_id", "state", "delivery_id", "ordinal"),
    sqlite_autoincrement=True,
)

leases = Table(
    "leases",
    metadata,
    Column("name", Words, primary_key=True),
    Column("owner", Words, nullable=False),
    Column("fence", Integer, nullable=False),
    Column("until", UtcDateTime, nullable=False),
)
