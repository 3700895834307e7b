"""Answers about subscriptions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.language import ReaderLanguage
from bot.domain.message import Block, Message
from bot.domain.subscription import Subscription
from bot.i18n import Translator, translator
from bot.i18n.weekdays import days_in_words
from bot.views.parts import button, say
from bot.views.schedule import MORNING, city_rows, clocks, in_words, time_rows, typed, wall


def subscribed_message(
    subscription: Subscription,
    others: Sequence[Subscription],
    *,
    new: bool,
    language: ReaderLanguage,
    now: datetime,
    zones: Sequence[str] = (),
) -> Message:
    """The order as understood: times, city, and when the first one comes.

    ``zones``: the city was our guess; these are one tap away.
    """
    reader = translator(language)
    blocks = [*confirmation(subscription, others, new=new, reader=reader, now=now)]
    if zones:
        blocks.append(say(reader.text("subscribe.elsewhere")))
    return Message(
        language,
        tuple(blocks),
        buttons=(
            *city_rows(reader, zones, now, lambda zone: f"settings zone {zone}"),
            (button(reader, "brief", "brief"), button(reader, "settings", "settings")),
        ),
        private=True,
    )


def confirmation(
    subscription: Subscription, others: Sequence[Subscription], *, new: bool, reader: Translator, now: datetime
) -> tuple[Block, ...]:
    """What was ordered, and what else comes here."""
    schedule = subscription.schedule
    words = reader.text(
        "subscribe.done" if new else "subscribe.already",
        days=days_in_words(schedule.days, reader),
        clock=clocks(schedule, reader),
        city=reader.city(schedule.zone),
        next=next_one(subscription, reader, now),
    )
    if not others:
        return (say(words),)
    return (say(words), say(reader.text("subscribe.also", times=_all(others, reader))))


def current_message(existing: Sequence[Subscription], zone: str | None, language: ReaderLanguage) -> Message:
    """What there is, and how to ask for one; ``zone``: the chat's, None where it has chosen none."""
    reader = translator(language)
    how = say(reader.text("subscribe.how"))
    if not existing:
        return Message(language, (how,), buttons=time_rows(reader, first_order(zone)), private=True)
    words = reader.text("subscribe.current", times=_all(existing, reader))
    return Message(
        language,
        (say(words), how),
        buttons=(
            (button(reader, "orders", "settings orders"),),
            (button(reader, "settings", "settings"), button(reader, "unsubscribe", "unsubscribe")),
        ),
        private=True,
    )


def which_time_message(zone: str, language: ReaderLanguage) -> Message:
    """A city was given, and no time."""
    reader = translator(language)
    words = reader.text("subscribe.which-time", city=reader.city(zone))
    return Message(
        language, (say(words),), buttons=time_rows(reader, lambda clock: f"subscribe {clock} {zone}"), private=True
    )


def unsubscribed_message(stopped: int, language: ReaderLanguage) -> Message:
    """Done, or there was nothing to stop."""
    reader = translator(language)
    key = "unsubscribe.done" if stopped else "unsubscribe.none"
    again = ((button(reader, "subscribe-morning", f"start {typed(MORNING)}"),),)
    return Message(language, (say(reader.text(key)),), buttons=again, private=True)


def dropped_message(times: Sequence[time], left: Sequence[Subscription] | None, language: ReaderLanguage) -> Message:
    """Some times were stopped; ``left``: what still comes, None where there was nothing at these times."""
    reader = translator(language)
    if left is None:
        words = reader.text("unsubscribe.none-then", clock=reader.both([wall(clock, reader) for clock in times]))
    elif left:
        words = reader.text("unsubscribe.some", times=_all(left, reader))
    else:
        words = reader.text("unsubscribe.done")
    return Message(language, (say(words),), buttons=((button(reader, "settings", "settings"),),), private=True)


def first_order(zone: str | None) -> Callable[[str], str]:
    """The action of a time: the order itself where the zone is known, else the question for it."""
    return (lambda clock: f"start {clock} {zone}") if zone else (lambda clock: f"start {clock}")


def next_one(subscription: Subscription, reader: Translator, now: datetime) -> str:
    """``20 h 55`` today, ``demain, 8 h``, else with its date."""
    zone = ZoneInfo(subscription.schedule.zone)
    at = subscription.next_slot.at
    if at.astimezone(zone).date() - now.astimezone(zone).date() == timedelta(days=1):
        return reader.text("subscribe.tomorrow", clock=reader.clock(at, zone.key))
    return reader.when(at, now, zone.key)


def _all(subscriptions: Sequence[Subscription], reader: Translator) -> str:
    return reader.text("format.separator").join(in_words(one.schedule, reader) for one in subscriptions)
