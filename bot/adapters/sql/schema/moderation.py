"""The tables of what moderators do. Persons are in them as actors only: see ``domain.moderation``."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table

from bot.adapters.sql.columns import UtcDateTime, Words
from bot.adapters.sql.schema.base import metadata, of, outlives, own_id

muted_feeds = Table(
    "muted_feeds",
    metadata,
    of("chat_id", "chats", key=True),
    of("feed_id", "feeds", key=True),
    Index(None, "feed_id"),
)

feed_alarms = Table(
    "feed_alarms",
    metadata,
    of("feed_id", "feeds", key=True),
    Column("news", Words, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    own_id(),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", Words, nullable=False),
    outlives("chat_id", "chats"),
    outlives("feed_id", "feeds"),
    Column("name", Words, nullable=False),
    Column("verb", Words, nullable=False),
    Column("before", Words, nullable=False),  # a Standing as JSON
    Column("after", Words, nullable=False),
    Column("public", Boolean, nullable=False),
    Column("undoes", Integer),
    Column("undone", Boolean, nullable=False),
    Column("report_id", Integer),  # no foreign key: the log outlives reports
    Index(None, "chat_id", "id"),
    sqlite_autoincrement=True,
)

feed_previews = Table(
    "feed_previews",
    metadata,
    Column("token", Words, primary_key=True),
    of("chat_id", "chats"),
    Column("made_at", UtcDateTime, nullable=False),
    Column("offer", Words, nullable=False),  # an Offer as JSON
    Column("state", Words, nullable=False),
    Index(None, "chat_id", "made_at"),
)

suggestions = Table(
    "suggestions",
    metadata,
    own_id(),
    of("chat_id", "chats"),
    Column("actor", Words, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("candidate", Words, nullable=False),  # a Candidate as JSON
    Column("for_everyone", Boolean, nullable=False),
    Column("state", Words, nullable=False),
    Column("decided_by", Words),
    Column("decided_at", UtcDateTime),
    Index(None, "actor", "made_at"),
    Index(None, "state", "chat_id"),
    sqlite_autoincrement=True,
)

moderators = Table(
    "moderators",
    metadata,
    Column("actor", Words, primary_key=True),
    outlives("chat_id", "chats"),  # where they hear from us
    Column("claimed_at", UtcDateTime),  # empty: the operator's settings name them
)

claim_codes = Table(
    "claim_codes",
    metadata,
    Column("hash", Words, primary_key=True),
    Column("made_at", UtcDateTime, nullable=False),
)
