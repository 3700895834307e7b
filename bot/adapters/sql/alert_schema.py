"""The table of chats that want breaking news."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, Table

from bot.adapters.sql.columns import UtcDateTime
from bot.adapters.sql.schema import metadata

watches = Table(
    "watches",
    metadata,
    Column("chat_id", Integer, ForeignKey("chats.id", ondelete="CASCADE"), nullable=False, primary_key=True),
    Column("active", Boolean, nullable=False),  # off keeps what was sent: to turn it on again gives no third alert
    Column("since", UtcDateTime, nullable=False),
    Column("phases", JSON, nullable=False),  # topic → the phase the chat knows
    Column("sounded", JSON, nullable=False),  # [moment, subjects] of the last days' alerts
)
