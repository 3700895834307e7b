"""Onboarding: a first subscription, and today's edition with its confirmation."""

from __future__ import annotations

from datetime import datetime

from bot.domain.briefing import Briefing
from bot.domain.delivery import DeliveryKind, NewDelivery
from bot.domain.subscription import Subscription
from bot.ports import Scope, Store
from bot.services import kept
from bot.services.brief import Briefer, Wanted, last_hours

FIRST_HOURS = 24


async def first_edition(store: Store, briefer: Briefer, subscription: Subscription, now: datetime) -> Briefing:
    """Today's edition for a new subscription. It counts as told: the next one starts where it ends."""
    briefing = await briefer.write(
        Wanted(
            language=subscription.language,
            zone=subscription.schedule.zone,
            at=now,
            since=last_hours(now, FIRST_HOURS),
            scope=Scope(chat_id=subscription.chat_id, known_by=now),
            length=subscription.length,
            topics=subscription.topics,
        )
    )
    if briefing.points:
        async with store.write() as unit:
            await unit.deliveries.answered(_told(subscription, briefing), now)
    return briefing


def _told(subscription: Subscription, briefing: Briefing) -> NewDelivery:
    return NewDelivery(
        key=f"first:{subscription.id}",
        chat_id=subscription.chat_id,
        kind=DeliveryKind.DAILY,
        parts=(),
        subscription_id=subscription.id,
        briefing=kept.written(briefing),
        told=tuple((point.story_id, point.article_ids) for point in briefing.points),
        window_end=briefing.window.end,
    )
