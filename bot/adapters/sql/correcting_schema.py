"""The tables of corrections: what sources changed, what readers reported, and what chats are still to be told of it."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, UniqueConstraint

from bot.adapters.sql.columns import UtcDateTime, Words
from bot.adapters.sql.schema import metadata

revisions = Table(
    "revisions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("article_id", Words, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
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
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("chat_id", Integer, ForeignKey("chats.id", ondelete="CASCADE"), nullable=False),
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
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("story_id", Words, nullable=False),
    Column("chat_id", Integer, ForeignKey("chats.id", ondelete="CASCADE")),
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
    Column("report_id", Integer, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("actor", Words, primary_key=True),
    Column("chat_id", Integer, ForeignKey("chats.id", ondelete="CASCADE"), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Index(None, "actor", "made_at"),
)

hidden_stories = Table(
    "hidden_stories",
    metadata,
    Column("report_id", Integer, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("story_id", Words, nullable=False),  # follows merges, so that what joined it stays hidden too
    Column("chat_id", Integer, ForeignKey("chats.id", ondelete="CASCADE")),  # empty: hidden from everyone
    Index(None, "story_id"),
)
