"""Answers about subscriptions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.language import ReaderLanguage
from bot.domain.message import Message
from bot.domain.subscription import Subscription
from bot.i18n import Translator, translator
from bot.views.parts import button, say


def subscribed_message(subscription: Subscription, *, new: bool, language: ReaderLanguage, now: datetime) -> Message:
    """The order as understood: time, city, and when the first one comes."""
    reader = translator(language)
    zone = subscription.schedule.zone
    words = reader.text(
        "subscribe.done" if new else "subscribe.already",
        clock=reader.clock(subscription.next_slot.at, zone),
        city=reader.city(zone),
        next=_next(subscription, reader, now),
    )
    buttons = ((button(reader, "brief", "brief"), button(reader, "unsubscribe", "unsubscribe")),)
    return Message(language, (say(words),), buttons=buttons, private=True)


def current_message(existing: Sequence[Subscription], language: ReaderLanguage) -> Message:
    """What there is, and how to ask for one."""
    reader = translator(language)
    if not existing:
        return Message(language, (say(reader.text("subscribe.how")),), private=True)
    times = [
        reader.text(
            "subscribe.time-in-city",
            clock=reader.clock(subscription.next_slot.at, subscription.schedule.zone),
            city=reader.city(subscription.schedule.zone),
        )
        for subscription in existing
    ]
    words = reader.text("subscribe.current", times=reader.both(times))
    return Message(
        language,
        (say(words), say(reader.text("subscribe.how"))),
        buttons=((button(reader, "unsubscribe", "unsubscribe"),),),
        private=True,
    )


def unsubscribed_message(stopped: int, language: ReaderLanguage) -> Message:
    """Done, or there was nothing to stop."""
    key = "unsubscribe.done" if stopped else "unsubscribe.none"
    return Message(language, (say(translator(language).text(key)),), private=True)


def _next(subscription: Subscription, reader: Translator, now: datetime) -> str:
    """``20 h 55`` today, ``demain, 8 h``, else with its date."""
    zone = ZoneInfo(subscription.schedule.zone)
    at = subscription.next_slot.at
    if at.astimezone(zone).date() - now.astimezone(zone).date() == timedelta(days=1):
        return reader.text("subscribe.tomorrow", clock=reader.clock(at, zone.key))
    return reader.when(at, now, zone.key)
