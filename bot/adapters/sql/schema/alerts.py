"""The table of chats that want breaking news."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Table

from bot.adapters.sql.columns import UtcDateTime
from bot.adapters.sql.schema.base import metadata, of

watches = Table(
    "watches",
    metadata,
    of("chat_id", "chats", key=True),
    Column("active", Boolean, nullable=False),  # off keeps what was sent: to turn it on again gives no third alert
    Column("since", UtcDateTime, nullable=False),
    Column("phases", JSON, nullable=False),  # topic → the phase the chat knows
    Column("sounded", JSON, nullable=False),  # [moment, subjects] of the last days' alerts
)
