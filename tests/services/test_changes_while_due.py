"""Orders that change around the very moment a briefing is due: it is neither skipped nor sent twice."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, time

import pytest

from bot.adapters.console import ConsoleRenderer
from bot.adapters.sql.store import SqlStore
from bot.adapters.writers.extractive import ExtractiveWriter
from bot.domain.chat import Chat
from bot.domain.language import ReaderLanguage
from bot.domain.rescheduling import rescheduled
from bot.domain.story import Digest, Story
from bot.domain.subscription import EVERY_DAY, Schedule, Subscription
from bot.ports import READER_WAITS, Patience, Store
from bot.services.brief import Briefer
from bot.services.editions import Editions
from bot.services.orders import change_order, end_order, order_at
from bot.services.subscribe import drop_times, move_to_zone, only_at, subscribe
from tests.fakes.clock import FakeClock
from tests.services.editions import SWAP, Paper

Change = Callable[[Store, Chat, datetime], Awaitable[object]]
DAKAR = "Africa/Dakar"


def at(*hours: int, days: frozenset[int] = EVERY_DAY) -> Schedule:
    return Schedule(tuple(time(hour) for hour in hours), DAKAR, days)


async def the_order(store: Store, chat: Chat) -> Subscription:
    async with store.read() as unit:
        return (await unit.subscriptions.of(chat.id))[0]


async def hour_later(store: Store, chat: Chat, now: datetime) -> None:
    await only_at(store, chat, [time(14)], now)


async def hour_earlier(store: Store, chat: Chat, now: datetime) -> None:
    await only_at(store, chat, [time(12)], now)


async def one_more(store: Store, chat: Chat, now: datetime) -> None:
    await subscribe(store, chat, at(19), "fr", now)


async def other_days(store: Store, chat: Chat, now: datetime) -> None:
    order = await the_order(store, chat)

    def on_sundays(one: Subscription) -> Subscription:
        return rescheduled(one, replace(one.schedule, days=frozenset({6})), now)

    await change_order(store, chat, order.id, on_sundays, now)


async def another_zone(store: Store, chat: Chat, now: datetime) -> None:
    await move_to_zone(store, chat, "Asia/Tokyo", now)


async def another_order(store: Store, chat: Chat, now: datetime) -> None:
    """The time goes to an order of other days."""
    await subscribe(store, chat, at(13, days=frozenset(range(5))), "fr", now)


async def apart(store: Store, chat: Chat, now: datetime) -> None:
    await order_at(store, chat, time(13), now, said="13h", apart=True)


CHANGES: tuple[Change, ...] = (hour_later, hour_earlier, one_more, other_days, another_zone, another_order, apart)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("times", [(13,), (13, 20)])
async def test_what_is_due_and_not_yet_written_comes_once_whatever_changes(
    store: SqlStore, clock: FakeClock, change: Change, times: tuple[int, ...]
) -> None:
    paper = Paper(store, clock)
    await paper.appear(SWAP)
    chat = await paper.reader(*times)
    clock.time = clock.time.replace(hour=13, minute=0, second=5)
    await change(store, chat, clock.now())
    assert len(await paper.at(0)) == 1
    assert await paper.at(0.1) == []


@pytest.mark.parametrize("change", CHANGES)
async def test_what_is_being_written_comes_once_whatever_changes_meanwhile(
    store: SqlStore, clock: FakeClock, change: Change
) -> None:
    paper = Paper(store, clock)
    await paper.appear(SWAP)
    chat = await paper.reader(13)
    clock.time = clock.time.replace(hour=13, minute=0, second=5)
    writer = Interrupted(lambda: change(store, chat, clock.now()))
    await Editions(store, clock, Briefer(store, writer), {"console": ConsoleRenderer()}, "me").turn()
    assert writer.asked
    arrived = await paper.deliver()
    clock.pass_by(minutes=1)
    await paper.editions.turn()
    assert len(arrived + await paper.deliver()) == 1


@dataclass
class Interrupted(ExtractiveWriter):
    """A writer during whose work something happens, once."""

    meanwhile: Callable[[], Awaitable[object]]
    asked: bool = False

    async def condense(
        self, story: Story, language: ReaderLanguage, *, since: datetime | None, patience: Patience = READER_WAITS
    ) -> Digest:
        if not self.asked:
            self.asked = True
            await self.meanwhile()
        return await super().condense(story, language, since=since, patience=patience)


async def test_the_rest_of_the_day_follows_the_new_order(store: SqlStore, clock: FakeClock) -> None:
    """13 h is due and moves to 20 h: it is told now, and not again at 20 h."""
    paper = Paper(store, clock)
    chat = await paper.reader(13)
    clock.time = clock.time.replace(hour=13, minute=0, second=5)
    await only_at(store, chat, [time(20)], clock.now())
    assert [len(await paper.at(hours)) for hours in (0, 7, 24)] == [1, 0, 1]


@pytest.mark.parametrize("minute", [0, 30])
async def test_a_time_that_is_dropped_leaves_the_others_of_its_day(
    store: SqlStore, clock: FakeClock, minute: int
) -> None:
    """13 h of three was dropped, before or after it was told: 16 h and 20 h come all the same."""
    paper = Paper(store, clock)
    chat = await paper.reader(13, 16, 20)
    clock.time = clock.time.replace(hour=13, minute=minute, second=5)
    told = [] if minute == 0 else await paper.at(0)
    await drop_times(store, chat, [time(13)], clock.now())
    assert len(told) == (minute > 0)
    clock.time = clock.time.replace(minute=59)
    assert [len(await paper.at(hours)) for hours in (0, 2, 1, 4, 17, 3)] == [0, 0, 1, 1, 0, 1]


async def test_what_was_stopped_while_it_was_written_does_not_come(store: SqlStore, clock: FakeClock) -> None:
    paper = Paper(store, clock)
    await paper.appear(SWAP)
    chat = await paper.reader(13)
    order = await the_order(store, chat)
    clock.time = clock.time.replace(hour=13, minute=0, second=5)
    writer = Interrupted(lambda: end_order(store, chat, order.id))
    await Editions(store, clock, Briefer(store, writer), {"console": ConsoleRenderer()}, "me").turn()
    assert writer.asked
    assert await paper.deliver() == []


async def test_the_time_set_apart_takes_what_is_due_with_it_and_leaves_the_rest_of_the_day(
    store: SqlStore, clock: FakeClock
) -> None:
    paper = Paper(store, clock)
    chat = await paper.reader(13, 20)
    clock.time = clock.time.replace(hour=13, minute=0, second=5)
    await apart(store, chat, clock.now())
    assert [len(await paper.at(hours)) for hours in (0, 7, 17, 7)] == [1, 1, 1, 1]
