"""Keeping who wants breaking news, and what they know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.alert import Watch


class AlertRows(Protocol):
    """Chats that want breaking news."""

    async def turn_on(self, chat_id: int, now: datetime) -> bool:
        """Alert a chat from now on; False where it was on already. Alerts sent before still count."""
        ...

    async def turn_off(self, chat_id: int) -> bool:
        """Alert it no more; False where it was off."""
        ...

    async def wanted(self, chat_id: int) -> bool:
        """Whether a chat wants breaking news."""
        ...

    async def watching(self, after: int, limit: int) -> Sequence[Watch]:
        """Those of chats that can be written to, by chat id, above ``after``."""
        ...

    async def hold(self, chat_id: int) -> Watch | None:
        """One of them, kept from everyone else until this unit of work ends; None where it was turned off."""
        ...

    async def save(self, watch: Watch) -> None:
        """Write what the chat knows and was sent."""
        ...
