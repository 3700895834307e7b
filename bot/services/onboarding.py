"""Onboarding: a first subscription, and today's edition with its confirmation."""

from __future__ import annotations

from datetime import datetime

from bot.domain.briefing import Briefing
from bot.domain.delivery import DeliveryKind, NewDelivery
from bot.domain.subscription import Subscription
from bot.ports import Renderer, Scope, Store
from bot.services import kept
from bot.services.brief import Briefer, Wanted, last_hours
from bot.services.editions import edition_delivery, told_by

FIRST_HOURS = 24


async def first_edition(
    store: Store, briefer: Briefer, subscription: Subscription, renderer: Renderer | None, now: datetime
) -> Briefing | None:
    """Today's edition for a new subscription. It counts as told: the next one starts where it ends.

    None: the first reading still goes on, so the edition comes by itself as a message that is completed in place,
    written for this ``renderer``.
    """
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
    reading = not briefing.coverage.first_reading_done and briefing.coverage.feeds_total > 0
    if reading and renderer is not None:
        delivery = edition_delivery(_key(subscription), subscription, briefing, renderer, reading=True)
        async with store.write() as unit:
            await unit.deliveries.enqueue(delivery, now)
        return None
    if briefing.points:
        async with store.write() as unit:
            await unit.deliveries.answered(_told(subscription, briefing), now)
    return briefing


def _told(subscription: Subscription, briefing: Briefing) -> NewDelivery:
    return NewDelivery(
        key=_key(subscription),
        chat_id=subscription.chat_id,
        kind=DeliveryKind.DAILY,
        parts=(),
        subscription_id=subscription.id,
        briefing=kept.written(briefing),
        told=told_by(briefing),
        window_end=briefing.window.end,
    )


def _key(subscription: Subscription) -> str:
    return f"first:{subscription.id}"
