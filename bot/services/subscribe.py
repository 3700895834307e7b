"""Subscribe: turn "8h Dakar" into a standing order, change it, and back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from bot.domain.chat import Chat
from bot.domain.errors import InvalidOption
from bot.domain.language import ReaderLanguage
from bot.domain.rescheduling import given_up, rescheduled, taking_over
from bot.domain.schedule import next_slot
from bot.domain.subscription import Schedule, Slot, Subscription
from bot.ports import Store, UnitOfWork

MOST_TIMES = 6
"""Briefings a chat may order a day: that is one every four hours."""


@dataclass(frozen=True, slots=True)
class Subscribed:
    """What came of it."""

    subscription: Subscription
    new: bool
    """False: the chat had these very times already."""
    every: tuple[Subscription, ...]
    """All the chat has now, this one included."""


async def subscribe(
    store: Store, chat: Chat, schedule: Schedule, language: ReaderLanguage, now: datetime, *, silent: bool = False
) -> Subscribed:
    """Send this chat briefings at these times; its zone becomes the chat's. Raises InvalidOption for too many.

    ``silent``: how a chat's first ones arrive; later ones come as those it has.

    Times of one zone and the same days are one subscription, so that each briefing starts where the last one ended.
    A time that other days of the chat had before, and share, is this order's from now on: nobody wants two at eight.
    """
    async with store.write() as unit:
        await unit.chats.choose(chat.id, zone=schedule.zone)
        existing = await unit.subscriptions.hold(chat.id)
        had = next((one for one in existing if _covers(one.schedule, schedule)), None)
        if had is not None:
            return Subscribed(had, new=False, every=existing)
        wanted = Subscription(0, chat.id, schedule, language, next_slot(schedule, now), silent=silent)
        written = await _write(unit, existing, wanted, now)
        every = await unit.subscriptions.of(chat.id)
        if sum(len(one.schedule.times) for one in every) > MOST_TIMES:
            raise InvalidOption("too-many-times", option="time", limit=MOST_TIMES)
    return Subscribed(next(one for one in every if one.id == written), new=True, every=every)


def as_ordered(existing: Sequence[Subscription], wanted: Subscription) -> Subscription | None:
    """An order as it will be among a chat's others: as long, as loud and about the same; None: they have its times."""
    if any(_covers(one.schedule, wanted.schedule) for one in existing):
        return None
    taste = next((one for one in existing if _alike(one.schedule, wanted.schedule)), next(iter(existing), wanted))
    return replace(wanted, length=taste.length, topics=taste.topics, silent=taste.silent)


async def unsubscribe(store: Store, chat: Chat) -> int:
    """Stop every briefing of a chat; how many subscriptions there were."""
    async with store.write() as unit:
        existing = await unit.subscriptions.of(chat.id)
        for subscription in existing:
            await unit.subscriptions.remove(subscription.id)
    return len(existing)


async def drop_times(store: Store, chat: Chat, times: Sequence[time], now: datetime) -> tuple[Subscription, ...] | None:
    """Stop a chat's briefings at these times only; what is left, None where there were none at these times."""
    async with store.write() as unit:
        existing = await unit.subscriptions.hold(chat.id)
        for subscription in existing:
            await keep_times(
                unit, subscription, [wall for wall in subscription.schedule.times if wall not in times], now
            )
        left = await unit.subscriptions.of(chat.id)
    return None if left == existing else left


async def adjust(store: Store, chat: Chat, change: Callable[[Subscription], Subscription]) -> tuple[Subscription, ...]:
    """Change every subscription of a chat; what it has now."""
    async with store.write() as unit:
        changed = tuple(change(subscription) for subscription in await unit.subscriptions.hold(chat.id))
        for subscription in changed:
            await unit.subscriptions.replace(subscription)
    return changed


async def move_to_zone(store: Store, chat: Chat, zone: str, now: datetime) -> None:
    """A chat lives by another clock: its briefings come at the same wall times there, each once."""
    async with store.write() as unit:
        await unit.chats.choose(chat.id, zone=zone)
        moved: list[Schedule] = []
        for subscription in await unit.subscriptions.hold(chat.id):
            there = replace(subscription.schedule, zone=zone)
            taken = {wall for other in moved if share_days(other, there) for wall in other.times}
            moved.append(replace(there, times=tuple(wall for wall in there.times if wall not in taken)))
            if moved[-1].times:
                await unit.subscriptions.replace(rescheduled(subscription, moved[-1], now))
            else:
                await unit.subscriptions.remove(subscription.id)


async def only_at(store: Store, chat: Chat, times: Sequence[time], now: datetime) -> bool:
    """All of a chat's briefings come at these times instead, in one subscription; False where it has none."""
    async with store.write() as unit:
        existing = await unit.subscriptions.hold(chat.id)
        due: Slot | None = None
        for subscription in existing[1:]:
            due = due or given_up(subscription, None, now)
            await unit.subscriptions.remove(subscription.id)
        for subscription in existing[:1]:
            schedule = replace(subscription.schedule, times=tuple(sorted(set(times))))
            await unit.subscriptions.replace(taking_over(rescheduled(subscription, schedule, now), due, now))
    return bool(existing)


async def answer_in(store: Store, chat: Chat, language: ReaderLanguage) -> None:
    """Change a chat's language; its briefings follow."""
    async with store.write() as unit:
        await unit.chats.choose(chat.id, language=language)


async def _write(unit: UnitOfWork, existing: Sequence[Subscription], wanted: Subscription, now: datetime) -> int:
    """Write an order that is new; the id of its subscription."""
    schedule = wanted.schedule
    alike = next((one for one in existing if _alike(one.schedule, schedule)), None)
    due: Slot | None = None
    for other in existing:
        if other is not alike and share_days(other.schedule, schedule):
            left = [wall for wall in other.schedule.times if wall not in schedule.times]
            due = await keep_times(unit, other, left, now) or due
    if alike is not None:
        times = tuple(sorted({*alike.schedule.times, *schedule.times}))
        changed = rescheduled(alike, replace(schedule, times=times), now)
        await unit.subscriptions.replace(taking_over(changed, due, now))
        return alike.id
    new = as_ordered(existing, wanted) or wanted
    return (await unit.subscriptions.add(taking_over(new, due, now))).id


async def keep_times(unit: UnitOfWork, subscription: Subscription, times: Sequence[time], now: datetime) -> Slot | None:
    """Leave a subscription these of its times; none: it ends. What was due at a time it loses, for who takes that."""
    if not times:
        await unit.subscriptions.remove(subscription.id)
        return given_up(subscription, None, now)
    schedule = replace(subscription.schedule, times=tuple(times))
    if schedule == subscription.schedule:
        return None
    await unit.subscriptions.replace(rescheduled(subscription, schedule, now))
    return given_up(subscription, schedule, now)


def _alike(one: Schedule, other: Schedule) -> bool:
    return (one.zone, one.days) == (other.zone, other.days)


def share_days(one: Schedule, other: Schedule) -> bool:
    """Is there a day on which both come, by the same clock?"""
    return one.zone == other.zone and not one.days.isdisjoint(other.days)


def _covers(one: Schedule, other: Schedule) -> bool:
    return _alike(one, other) and set(other.times) <= set(one.times)
