"""The tables of what language models wrote, and cost."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Date, Index, Integer, Table

from bot.adapters.sql.columns import UtcDateTime, Words
from bot.adapters.sql.schema.base import metadata

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
