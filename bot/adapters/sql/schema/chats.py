"""The tables of chats and their standing orders."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, Table, UniqueConstraint, true

from bot.adapters.sql.columns import UtcDateTime, Values, Words
from bot.adapters.sql.schema.base import metadata, of, own_id, some

chats = Table(
    "chats",
    metadata,
    own_id(),
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
    some("ix_chats_gone", "gone_since", where="state <> 'active'"),
    some("ix_chats_server", "server", where="server IS NOT NULL"),
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

unanswered = Table(
    "unanswered",
    metadata,
    Column("platform", Words, primary_key=True),
    Column("update_id", Words, primary_key=True),
    Column("way_back", Words, nullable=False),
    Column("language", Words, nullable=False),
    Column("private", Boolean, nullable=False),
    Column("in_place", Boolean, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "at"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    own_id(),
    of("chat_id", "chats"),
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
    of("subscription_id", "subscriptions", key=True),
    Column("owner", Words, nullable=False),
    Column("until", UtcDateTime, nullable=False),
)
