"""The tables of corrections: what sources changed, and what chats are still to be told of it."""

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
    UniqueConstraint("chat_id", "key"),
    Index(None, "key"),
    sqlite_autoincrement=True,
)
