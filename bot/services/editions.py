"""Editions: at a subscription's slot, write its briefing and freeze it in the outbox, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.domain.briefing import Briefing
from bot.domain.chat import Chat
from bot.domain.delivery import DeliveryKind, NewDelivery, daily_key
from bot.domain.schedule import next_slot
from bot.domain.story import Told
from bot.domain.subscription import Subscription
from bot.ports import Clock, Renderer, Scope, Store
from bot.services import kept
from bot.services.brief import Briefer, Wanted
from bot.views.briefing import briefing_message

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=15)
BATCH = 20
"""Subscriptions taken at once: their briefings must be written within the lease."""
FIRST_WINDOW = timedelta(hours=24)
LONGEST_WINDOW = timedelta(days=7)
"""After long downtime one late briefing covers at most this."""
REMEMBERED = timedelta(days=14)
"""How long a chat is taken to remember what it was told."""


@dataclass(frozen=True, slots=True)
class Editions:
    """Writes what is due."""

    store: Store
    clock: Clock
    briefer: Briefer
    renderers: Mapping[str, Renderer]
    """By platform name, also of platforms this process does not serve: another one may send the parts."""
    owner: str

    async def turn(self) -> int:
        """Write every briefing that is due; how many."""
        written = 0
        while due := await self._lease():
            for subscription in due:
                written += await self._write(subscription)
        return written

    async def _lease(self) -> tuple[Subscription, ...]:
        now = self.clock.now()
        async with self.store.write() as unit:
            return await unit.subscriptions.lease_due(self.owner, now, now + LEASE, BATCH)

    async def _write(self, subscription: Subscription) -> bool:
        now = self.clock.now()
        async with self.store.read() as unit:
            chat = await unit.chats.get(subscription.chat_id)
            last_end = await unit.deliveries.last_window_end(subscription.id)
            told = await unit.deliveries.told(subscription.chat_id, now - REMEMBERED)
            owed = await unit.corrections.owed(subscription.chat_id)
        if chat is None:
            return False
        memory = {story: Told(at, tuple(sorted(articles))) for story, (at, articles) in told.items()}
        briefing = await self.briefer.write(_wanted(subscription, last_end, now), memory)
        briefing = replace(briefing, corrections=tuple(correction for _, correction in owed))
        return await self._enqueue(subscription, chat, briefing, [number for number, _ in owed], now)

    async def _enqueue(
        self, subscription: Subscription, chat: Chat, briefing: Briefing, owed: Sequence[int], now: datetime
    ) -> bool:
        message = briefing_message(briefing, silent=subscription.silent)
        delivery = NewDelivery(
            key=daily_key(subscription),
            chat_id=chat.id,
            kind=DeliveryKind.DAILY,
            parts=self.renderers[chat.address.platform].render(message),
            subscription_id=subscription.id,
            briefing=kept.written(briefing),
            told=tuple((point.story_id, point.article_ids) for point in briefing.points),
            window_end=briefing.window.end,
        )
        following = next_slot(subscription.schedule, now, last=subscription.next_slot)
        async with self.store.write() as unit:
            new = await unit.deliveries.enqueue(delivery, now)
            await unit.corrections.told(owed)
            await unit.subscriptions.advance(subscription.id, subscription.next_slot, following)
        log.info("edition written", subscription=subscription.id, points=len(briefing.points), late=not new)
        return new


def _wanted(subscription: Subscription, last_end: datetime | None, now: datetime) -> Wanted:
    earliest = now - LONGEST_WINDOW
    since = now - FIRST_WINDOW if last_end is None else max(last_end, earliest)
    return Wanted(
        language=subscription.language,
        zone=subscription.schedule.zone,
        at=now,
        since=since,
        scope=Scope(chat_id=subscription.chat_id, known_by=now),
        length=subscription.length,
        topics=subscription.topics,
        since_last=last_end is not None,
    )
