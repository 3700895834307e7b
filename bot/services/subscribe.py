"""Subscribe: turn "8h Dakar" into a standing order, and back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time

from bot.domain.chat import Chat
from bot.domain.language import ReaderLanguage
from bot.domain.schedule import next_slot
from bot.domain.subscription import Schedule, Subscription
from bot.ports import Store


@dataclass(frozen=True, slots=True)
class Subscribed:
    """What came of it."""

    subscription: Subscription
    new: bool
    """False: the chat had this very time already."""


async def subscribe(
    store: Store, chat: Chat, wall: time, zone: str, language: ReaderLanguage, now: datetime
) -> Subscribed:
    """Send this chat a briefing at a wall-clock time every day; its zone becomes the chat's."""
    schedule = Schedule((wall,), zone)
    async with store.write() as unit:
        await unit.chats.choose(chat.id, zone=zone)
        for existing in await unit.subscriptions.of(chat.id):
            if existing.schedule == schedule:
                return Subscribed(existing, new=False)
        wanted = Subscription(
            id=0, chat_id=chat.id, schedule=schedule, language=language, next_slot=next_slot(schedule, now)
        )
        return Subscribed(await unit.subscriptions.add(wanted), new=True)


async def unsubscribe(store: Store, chat: Chat) -> int:
    """Stop every briefing of a chat; how many there were."""
    async with store.write() as unit:
        existing = await unit.subscriptions.of(chat.id)
        for subscription in existing:
            await unit.subscriptions.remove(subscription.id)
    return len(existing)


async def answer_in(store: Store, chat: Chat, language: ReaderLanguage) -> None:
    """Change a chat's language; its briefings follow."""
    async with store.write() as unit:
        await unit.chats.choose(chat.id, language=language)
        for subscription in await unit.subscriptions.of(chat.id):
            await unit.subscriptions.replace(replace(subscription, language=language))
