"""The tables of corrections: what sources changed, what readers reported, and what chats are still to be told of it."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, UniqueConstraint

from bot.adapters.sql.columns import UtcDateTime, Words
from bot.adapters.sql.schema.base import metadata, of, of_article, own_id

revisions = Table(
    "revisions",
    metadata,
    own_id(),
    of_article(),
    Column("story_id", Words),
    Column("language", Words, nullable=False),
    Column("before", Words, nullable=False),  # a Wording as JSON
    Column("after", Words, nullable=False),
    Column("noticed_at", UtcDateTime, nullable=False),
    Index(None, "article_id"),
    sqlite_autoincrement=True,
)

corrections = Table(
    "corrections",
    metadata,
    own_id(),
    of("chat_id", "chats"),
    Column("key", Words, nullable=False),
    Column("correction", Words, nullable=False),  # a Correction as JSON
    Column("told_by", Integer),  # the delivery that opened with it; no foreign key: the ledger forgets earlier
    UniqueConstraint("chat_id", "key"),
    Index(None, "key"),
    sqlite_autoincrement=True,
)

reports = Table(
    "reports",
    metadata,
    own_id(),
    Column("story_id", Words, nullable=False),
    of("chat_id", "chats", optional=True),
    Column("headline", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("state", Words, nullable=False),
    Column("words", Words, nullable=False),
    Column("language", Words, nullable=False),
    Column("decided_by", Words),
    Column("decided_at", UtcDateTime),
    Column("telling", Integer),
    Index(None, "story_id", "state"),
    Index(None, "state", "chat_id"),
    sqlite_autoincrement=True,
)

report_voices = Table(
    "report_voices",
    metadata,
    of("report_id", "reports", key=True),
    Column("actor", Words, primary_key=True),
    of("chat_id", "chats"),
    Column("made_at", UtcDateTime, nullable=False),
    Index(None, "actor", "made_at"),
)

hidden_stories = Table(
    "hidden_stories",
    metadata,
    of("report_id", "reports", key=True),
    Column("story_id", Words, nullable=False),  # follows merges, so that what joined it stays hidden too
    of("chat_id", "chats", optional=True),  # empty: hidden from everyone
    Index(None, "story_id"),
)
