"""Onboarding: a first subscription, and today's edition with its confirmation.

The edition is written first, which takes its time; then the order and what its reader was told are one change. A
process that is killed leaves both or neither, so that an update told again is answered whole.
"""

from __future__ import annotations

from datetime import datetime

from bot.domain.briefing import Briefing
from bot.domain.chat import Chat
from bot.domain.delivery import DeliveryKind, NewDelivery
from bot.domain.language import ReaderLanguage
from bot.domain.schedule import next_slot
from bot.domain.subscription import Schedule, Subscription
from bot.ports import Renderer, Scope, Store
from bot.services import kept
from bot.services.brief import Briefer, Wanted, last_hours
from bot.services.editions import edition_delivery, told_by
from bot.services.once import together
from bot.services.subscribe import Subscribed, as_ordered, subscribe

FIRST_HOURS = 24


async def subscribe_at_once(
    store: Store,
    briefer: Briefer,
    chat: Chat,
    schedule: Schedule,
    language: ReaderLanguage,
    renderer: Renderer | None,
    now: datetime,
    *,
    silent: bool,
) -> tuple[Subscribed, Briefing | None]:
    """An order with today's edition, which counts as told: the next one starts where it ends. Raises InvalidOption.

    No edition: the chat has these times already; or the first reading still goes on, so that it comes by itself as a
    message that is completed in place, written for this ``renderer``.
    """
    async with store.read() as unit:
        existing = await unit.subscriptions.of(chat.id)
    asked = Subscription(0, chat.id, schedule, language, next_slot(schedule, now), silent=silent)
    wanted = as_ordered(existing, asked)
    briefing = None if wanted is None else await _first(briefer, wanted, now)
    async with together(store) as one:
        done = await subscribe(one, chat, schedule, language, now, silent=silent)
        if not done.new or briefing is None:
            return done, None
        return done, await _noted(one, done.subscription, briefing, renderer, now)


async def _first(briefer: Briefer, subscription: Subscription, now: datetime) -> Briefing:
    return await briefer.write(
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


async def _noted(
    store: Store, subscription: Subscription, briefing: Briefing, renderer: Renderer | None, now: datetime
) -> Briefing | None:
    """On record as told, if it tells anything; None where it is left to the outbox."""
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
