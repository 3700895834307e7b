"""The tables of what servers and their chats have chosen."""

from __future__ import annotations

from sqlalchemy import Column, Table

from bot.adapters.sql.columns import UtcDateTime, Words
from bot.adapters.sql.schema.base import metadata, of

servers = Table(
    "servers",
    metadata,
    Column("platform", Words, primary_key=True),
    Column("server", Words, primary_key=True),
    Column("moderator_role", Words),
    Column("language", Words),
    Column("zone", Words),
    Column("alone_since", UtcDateTime),  # noted by the upkeep where none of its chats is known
)

chat_postings = Table(
    "chat_postings",
    metadata,
    of("chat_id", "chats", key=True),
    Column("alert_role", Words),
    Column("tag", Words),
)
