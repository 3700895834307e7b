"""Notices: what the bot tells a chat unasked, through the outbox, so that it arrives once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.chat import Chat
from bot.domain.delivery import DeliveryKind, NewDelivery
from bot.domain.language import ReaderLanguage
from bot.domain.message import Message
from bot.ports import Renderer, UnitOfWork


@dataclass(frozen=True, slots=True)
class Notices:
    """Writes notices to the outbox."""

    renderers: Mapping[str, Renderer]
    """By platform name."""
    default_language: ReaderLanguage
    default_zone: str

    def language(self, chat: Chat) -> ReaderLanguage:
        """What a chat is told things in."""
        return chat.language or self.default_language

    def zone(self, chat: Chat) -> str:
        """The clock a chat goes by."""
        return chat.zone or self.default_zone

    async def send(
        self, unit: UnitOfWork, key: str, chat: Chat, message: Message, now: datetime, *, edits: int | None = None
    ) -> bool:
        """Enqueue a notice in the caller's transaction; ``key`` makes it happen once. False: it has happened.

        ``edits``: the delivery whose message it takes the place of.
        """
        renderer = self.renderers.get(chat.address.platform)
        if renderer is None:
            return False
        parts = renderer.render(message)
        return await unit.deliveries.enqueue(NewDelivery(key, chat.id, DeliveryKind.NOTICE, parts, edits=edits), now)
