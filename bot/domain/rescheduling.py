"""Orders that change: what was told is not told again, and what is due is not skipped. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.schedule import instant, next_slot
from bot.domain.subscription import Schedule, Slot, Subscription


def rescheduled(subscription: Subscription, schedule: Schedule, now: datetime) -> Subscription:
    """The subscription on another schedule. A briefing that was told today does not come again at its new time, and one
    that is due and not yet written comes first, unless its very time was dropped from among others.
    """
    if _only_drops(subscription.schedule, schedule):
        return _without(subscription, schedule, now)
    if is_due(subscription, now):
        return replace(subscription, schedule=schedule)
    following = next_slot(schedule, now, last=subscription.last_slot)
    return replace(subscription, schedule=schedule, next_slot=following)


def is_due(subscription: Subscription, now: datetime) -> bool:
    """Its next briefing should be written, and is not."""
    return subscription.next_slot.at <= now


def given_up(before: Subscription, after: Schedule | None, now: datetime) -> Slot | None:
    """What was due of an order that has lost the time it was due at, or has ended (None): another order may take it."""
    if not is_due(before, now) or (after is not None and _place(after, before.next_slot) is not None):
        return None
    return before.next_slot if after is None or _only_drops(before.schedule, after) else None


def taking_over(subscription: Subscription, due: Slot | None, now: datetime) -> Subscription:
    """The subscription, with a briefing that was due of an order it takes the place of."""
    if due is None or is_due(subscription, now):
        return subscription
    place = _place(subscription.schedule, due)
    return replace(subscription, next_slot=due if place is None else replace(due, ordinal=place))


def _without(subscription: Subscription, schedule: Schedule, now: datetime) -> Subscription:
    """Fewer times, the others unchanged: places in the day move up, and so does what is remembered by them."""
    last = subscription.last_slot
    if last is not None:
        told = sum(_at_or_before(schedule, last, place) for place in range(len(schedule.times)))
        last = replace(last, ordinal=told - 1)
    changed = replace(subscription, schedule=schedule, last_slot=last)
    place = _place(schedule, subscription.next_slot)
    if is_due(subscription, now) and place is not None:
        return replace(changed, next_slot=replace(subscription.next_slot, ordinal=place))
    return replace(changed, next_slot=next_slot(schedule, now, last=last))


def _only_drops(before: Schedule, after: Schedule) -> bool:
    same = (before.zone, before.days) == (after.zone, after.days)
    return same and set(after.times) < set(before.times)


def _place(schedule: Schedule, slot: Slot) -> int | None:
    """The ordinal a slot has in a schedule; None: there is none at its moment."""
    moments = [instant(slot.local_date, wall, schedule.zone) for wall in schedule.times]
    return moments.index(slot.at) if slot.at in moments else None


def _at_or_before(schedule: Schedule, last: Slot, place: int) -> bool:
    moment = instant(last.local_date, schedule.times[place], schedule.zone)
    return moment is not None and moment <= last.at
