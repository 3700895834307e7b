"""A unit of work is written whole or not at all, whoever else writes."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from bot.adapters.sql.store import SqlStore
from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.errors import StoreUnavailable
from bot.ports import Store
from tests.contracts.examples import EVERYTHING, LAST_DAY, NOON, article, follow, meet, subscription


def test_the_store_fulfils_the_port(store: SqlStore) -> None:
    fulfilled: Store = store  # mypy proves it; this keeps the assignment alive
    assert fulfilled is store


async def test_a_unit_that_raises_writes_nothing(store: SqlStore) -> None:
    async def fail() -> None:
        async with store.write() as unit:
            await unit.chats.meet(ChatAddress("telegram", "1"), ChatKind.GROUP)
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    async with store.read() as unit:
        assert await unit.chats.find(ChatAddress("telegram", "1")) is None


async def test_a_closed_store_refuses_instead_of_connecting_again(store: SqlStore) -> None:
    await store.close()
    with pytest.raises(StoreUnavailable):
        async with store.write():
            pass
    with pytest.raises(StoreUnavailable):
        async with store.read():
            pass


async def test_a_refused_value_takes_the_whole_unit_with_it(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    unknown = replace(article("b", feed), feed_ids=(feed.id + 1,))
    with pytest.raises(ValueError, match=r"(?i)foreign key"):
        async with store.write() as unit:
            await unit.articles.add([article("a", feed), unknown])
    async with store.read() as unit:
        assert await unit.articles.unread(1, 10) == ()


async def test_naive_datetimes_are_refused(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    chat = await meet(store)
    naive = datetime(2026, 3, 10, 12)  # noqa: DTZ001 - what is tested
    with pytest.raises(ValueError, match="time zone"):
        async with store.write() as unit:
            await unit.articles.add([article("a", feed, naive)])
    with pytest.raises(ValueError, match="time zone"):
        async with store.write() as unit:
            await unit.subscriptions.add(subscription(chat, naive))
    with pytest.raises(ValueError, match="time zone"):
        async with store.read() as unit:
            await unit.stories.open(naive)


async def test_moments_come_back_in_utc_to_the_microsecond(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    kathmandu = datetime(2026, 3, 10, 17, 30, 0, 123456, timezone(timedelta(hours=5, minutes=45)))
    async with store.write() as unit:
        await unit.articles.add([article("a", feed, kathmandu)])
    async with store.read() as unit:
        (found,) = await unit.articles.unread(1, 10)
    assert found.published == kathmandu
    assert found.published.utcoffset() == timedelta(0)


async def test_text_no_database_can_hold_is_stored_without_it(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    hostile = replace(article("a\x00b", feed), title="Kyiv\x00 \ud800 ❤ Киïв")
    async with store.write() as unit:
        assert await unit.articles.add([hostile]) == ("ab",)
        assert await unit.articles.add([hostile]) == ()
    async with store.read() as unit:
        (found,) = await unit.articles.unread(1, 10)
    assert found.title == "Kyiv ? ❤ Киïв"
    assert found.feed_ids == (feed.id,)


async def test_a_reading_unit_refuses_to_write(store: SqlStore) -> None:
    with pytest.raises(RuntimeError, match="reading"):
        async with store.read() as unit:
            await unit.chats.meet(ChatAddress("telegram", "1"), ChatKind.GROUP)


async def test_a_reading_unit_sees_one_moment_while_others_write(store: SqlStore, other_store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    async with store.read() as unit:
        before = await unit.articles.tally(EVERYTHING, LAST_DAY)
        async with other_store.write() as elsewhere:
            await elsewhere.articles.add([article("a", feed)])
        after = await unit.articles.tally(EVERYTHING, LAST_DAY)
    async with store.read() as unit:
        later = await unit.articles.tally(EVERYTHING, LAST_DAY)
    assert (before.articles_read, after.articles_read, later.articles_read) == (0, 0, 1)


async def test_tasks_that_write_together_lose_nothing(store: SqlStore, other_store: SqlStore) -> None:
    async def write(number: int) -> None:
        async with (store, other_store)[number % 2].write() as unit:
            await unit.chats.meet(ChatAddress("telegram", str(number)), ChatKind.PRIVATE)
            await asyncio.sleep(0)
            if number % 5 == 0:
                raise LookupError
            await unit.chats.meet(ChatAddress("discord", str(number)), ChatKind.PRIVATE)

    results = await asyncio.gather(*(write(number) for number in range(40)), return_exceptions=True)
    assert sum(isinstance(result, LookupError) for result in results) == 8
    async with store.read() as unit:
        for number in range(40):
            for platform in ("telegram", "discord"):
                found = await unit.chats.find(ChatAddress(platform, str(number)))
                assert (found is None) == (number % 5 == 0)


async def test_a_cancelled_writer_leaves_nothing_behind_and_nobody_waits_for_it(store: SqlStore) -> None:
    async def write(number: int) -> None:
        async with store.write() as unit:
            for step in range(20):
                await unit.chats.meet(ChatAddress("telegram", f"{number}-{step}"), ChatKind.PRIVATE)

    for number in range(12):
        task = asyncio.create_task(write(number))
        await asyncio.sleep(0.001 * number)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    async with asyncio.timeout(5), store.write() as unit:
        await unit.chats.meet(ChatAddress("telegram", "last"), ChatKind.PRIVATE)
    async with store.read() as unit:
        for number in range(12):
            met = [await unit.chats.find(ChatAddress("telegram", f"{number}-{step}")) for step in range(20)]
            assert all(met) or not any(met)


async def test_what_is_written_outlives_the_store(store_url: str) -> None:
    first = await SqlStore.open(store_url)
    async with first.write() as unit:
        lease = await unit.leases.acquire("newsroom", "a", NOON, NOON + timedelta(seconds=15))
    await first.close()
    second = await SqlStore.open(store_url)
    async with second.write() as unit:
        assert lease is not None
        assert await unit.leases.acquire("newsroom", "b", NOON, NOON + timedelta(seconds=15)) is None
    await second.close()
