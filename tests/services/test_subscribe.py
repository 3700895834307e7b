"""Whatever is ordered in whatever order, nobody is told twice at once."""

from __future__ import annotations

import contextlib
import random
from collections import Counter
from datetime import time

import pytest

from bot.adapters.sql.store import SqlStore
from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.errors import InvalidOption
from bot.domain.subscription import EVERY_DAY, Schedule
from bot.services.subscribe import MOST_TIMES, drop_times, move_to_zone, only_at, subscribe
from tests.fakes.clock import FakeClock

DAYS = (EVERY_DAY, frozenset(range(5)), frozenset({5, 6}), frozenset({6}), frozenset({0, 6}))
ZONES = ("Africa/Dakar", "Asia/Tokyo")
TIMES = tuple(time(hour) for hour in (7, 8, 12, 19))


@pytest.mark.parametrize("seed", range(4))
async def test_no_two_briefings_are_ever_due_at_the_same_minute(store: SqlStore, clock: FakeClock, seed: int) -> None:
    chance = random.Random(seed)
    async with store.write() as unit:
        chat = await unit.chats.meet(ChatAddress("console", "1"), ChatKind.PRIVATE)
    for _ in range(25):
        times = tuple(sorted(chance.sample(TIMES, chance.randint(1, 3))))
        change = chance.random()
        with contextlib.suppress(InvalidOption):
            if change < 0.7:
                schedule = Schedule(times, chance.choice(ZONES), chance.choice(DAYS))
                await subscribe(store, chat, schedule, "fr", clock.now())
            elif change < 0.8:
                await move_to_zone(store, chat, chance.choice(ZONES), clock.now())
            elif change < 0.9:
                await drop_times(store, chat, times, clock.now())
            else:
                await only_at(store, chat, times, clock.now())
        clock.pass_by(hours=chance.randint(0, 30))
        async with store.read() as unit:
            orders = await unit.subscriptions.of(chat.id)
        schedules = [one.schedule for one in orders]
        due = Counter((one.zone, day, wall) for one in schedules for day in one.days for wall in one.times)
        assert all(count == 1 for count in due.values())
        assert sum(len(one.schedule.times) for one in orders) <= MOST_TIMES
        assert all(one.schedule.times == tuple(sorted(set(one.schedule.times))) for one in orders)


async def test_who_moves_is_told_at_the_same_time_of_the_new_place(store: SqlStore, clock: FakeClock) -> None:
    async with store.write() as unit:
        chat = await unit.chats.meet(ChatAddress("console", "1"), ChatKind.PRIVATE)
    ordered = await subscribe(store, chat, Schedule((time(8),), "Africa/Dakar"), "fr", clock.now())
    await move_to_zone(store, chat, "Asia/Tokyo", clock.now())
    async with store.read() as unit:
        (moved,) = await unit.subscriptions.of(chat.id)
        known = await unit.chats.get(chat.id)
    assert moved.id == ordered.subscription.id
    assert known is not None
    assert known.zone == "Asia/Tokyo"
    assert (moved.next_slot.at - ordered.subscription.next_slot.at).total_seconds() == -9 * 3600
