"""One of a chat's orders for briefings: looked at, changed and set apart from the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time

from bot.domain.chat import Chat
from bot.domain.errors import CommandError, InvalidOption
from bot.domain.rescheduling import rescheduled, taking_over
from bot.domain.schedule import next_slot
from bot.domain.subscription import Schedule, Slot, Subscription
from bot.ports import Store, UnitOfWork
from bot.services.subscribe import MOST_TIMES, keep_times, share_days


async def change_order(
    store: Store, chat: Chat, order_id: int, change: Callable[[Subscription], Subscription], now: datetime
) -> Subscription:
    """Change one of a chat's orders; what it is now. Raises CommandError where the chat has no such one.

    A time that another order has on the same days is this order's from now on: nobody wants two at eight.
    """
    async with store.write() as unit:
        order = await _of(unit, chat, order_id)
        changed = change(order)
        if changed.schedule != order.schedule:
            changed = rescheduled(
                replace(changed, schedule=order.schedule, next_slot=order.next_slot), changed.schedule, now
            )
            changed = taking_over(changed, await _make_room(unit, chat, changed, now), now)
        await unit.subscriptions.replace(changed)
        await _require_few(unit, chat)
    return changed


async def end_order(store: Store, chat: Chat, order_id: int) -> None:
    """No more briefings of one order. Raises CommandError where the chat has no such one."""
    async with store.write() as unit:
        await unit.subscriptions.remove((await _of(unit, chat, order_id)).id)


async def order_at(store: Store, chat: Chat, wall: time, now: datetime, *, said: str, apart: bool) -> Subscription:
    """The order for one time of day; ``apart``: first set apart from the times it shares with others. ``said``: the
    time as it was typed.

    Raises CommandError where no order, or more than one, has this time.
    """
    async with store.write() as unit:
        found = [one for one in await unit.subscriptions.hold(chat.id) if wall in one.schedule.times]
        if len(found) != 1:
            raise CommandError("no-order-then" if not found else "several-orders-then", value=said)
        (order,) = found
        if not apart or len(order.schedule.times) == 1:
            return order
        due = await keep_times(unit, order, [one for one in order.schedule.times if one != wall], now)
        return await unit.subscriptions.add(taking_over(_alone(order, wall, now), due, now))


def _alone(order: Subscription, wall: time, now: datetime) -> Subscription:
    """One time of an order as an order of its own, next due when it would have been."""
    schedule = replace(order.schedule, times=(wall,))
    return replace(order, schedule=schedule, next_slot=next_slot(schedule, now), last_slot=None)


async def _of(unit: UnitOfWork, chat: Chat, order_id: int) -> Subscription:
    for order in await unit.subscriptions.hold(chat.id):
        if order.id == order_id:
            return order
    raise CommandError("order-gone")


async def _make_room(unit: UnitOfWork, chat: Chat, order: Subscription, now: datetime) -> Slot | None:
    """No other order keeps this one's times; what was due at one of them."""
    taken, due = order.schedule.times, None
    for other in await unit.subscriptions.of(chat.id):
        if other.id != order.id and share_days(other.schedule, order.schedule):
            left = [wall for wall in other.schedule.times if wall not in taken]
            due = await keep_times(unit, other, left, now) or due
    return due


async def _require_few(unit: UnitOfWork, chat: Chat) -> None:
    if sum(len(one.schedule.times) for one in await unit.subscriptions.of(chat.id)) > MOST_TIMES:
        raise InvalidOption("too-many-times", option="change", limit=MOST_TIMES)


def at_times(schedule: Schedule, times: tuple[time, ...]) -> Schedule:
    """The same days and place at other times."""
    return replace(schedule, times=tuple(sorted(set(times))))
