"""The tables of feeds, and which chats have which of their own."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Index, Integer, Table

from bot.adapters.sql.columns import UtcDateTime, Values, Words
from bot.adapters.sql.schema.base import lease, metadata, of, own_id

feeds = Table(
    "feeds",
    metadata,
    own_id(),
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
    of("feed_id", "feeds", key=True),
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
    *lease(),
    Index(None, "next_poll"),
)

chat_feeds = Table(
    "chat_feeds",
    metadata,
    of("chat_id", "chats", key=True),
    of("feed_id", "feeds", key=True),
    Index(None, "feed_id"),
)
