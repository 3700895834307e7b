"""What models wrote and what they cost: kept by what it was written from, and never more spent than allowed."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta

from bot.adapters.sql.store import SqlStore
from bot.ports import Spent, Written
from tests.contracts.examples import EVERYTHING, NOON, article, at, follow, judged, keep

DAY = date(2026, 3, 10)
EXAMPLE = Written("k1", "story", "fr", "v1 model", {"a": "1"}, 2, "ceasefire:talks", "{}", NOON)
LONG_AGO = NOON - timedelta(days=30)


async def test_writings_are_found_by_story_language_and_writer_newest_first(store: SqlStore) -> None:
    later = replace(EXAMPLE, key="k2", articles={"a": "1", "b": "2"}, at=at(1))
    others = [replace(EXAMPLE, key="k3", language="en"), replace(EXAMPLE, key="k4", writer="v2 model")]
    async with store.write() as unit:
        for written in (EXAMPLE, later, *others):
            await unit.writings.keep(written, forget_before=LONG_AGO)
    async with store.read() as unit:
        assert await unit.writings.written("story", "fr", "v1 model") == (later, EXAMPLE)
        assert await unit.writings.written("another", "fr", "v1 model") == ()


async def test_what_has_the_same_key_takes_its_place_and_what_is_old_goes(store: SqlStore) -> None:
    again = replace(EXAMPLE, text='{"headline": "x"}', at=at(2))
    async with store.write() as unit:
        await unit.writings.keep(EXAMPLE, forget_before=LONG_AGO)
        await unit.writings.keep(again, forget_before=LONG_AGO)
        assert await unit.writings.written("story", "fr", "v1 model") == (again,)
        await unit.writings.keep(replace(EXAMPLE, key="k2", at=at(5)), forget_before=at(3))
        assert [written.key for written in await unit.writings.written("story", "fr", "v1 model")] == ["k2"]


async def test_tokens_are_set_aside_up_to_the_days_limit_and_settled(store: SqlStore) -> None:
    async with store.write() as unit:
        assert await unit.writings.reserve(DAY, 600, 1_000)
        assert not await unit.writings.reserve(DAY, 600, 1_000)
        assert await unit.writings.reserve(DAY, 400, 1_000)
        await unit.writings.settle(DAY, -250)
        assert await unit.writings.spent(DAY) == (Spent(DAY, 750, 2),)
        assert await unit.writings.reserve(DAY + timedelta(days=1), 900, 1_000)
        assert [spent.tokens for spent in await unit.writings.spent(DAY)] == [750, 900]
        assert not await unit.writings.reserve(DAY - timedelta(days=1), 2_000, 1_000)
        assert await unit.writings.spent(DAY - timedelta(days=1)) == await unit.writings.spent(DAY)


async def test_processes_that_reserve_together_do_not_pass_the_limit(store: SqlStore) -> None:
    async def reserve() -> bool:
        async with store.write() as unit:
            return await unit.writings.reserve(DAY, 300, 1_000)

    assert sum(await asyncio.gather(*(reserve() for _ in range(8)))) == 3


async def test_an_article_remembers_that_its_publisher_keeps_it_from_mining(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    await keep(
        store, (replace(article("kept", feed), reserved=True), judged("kept")), (article("free", feed), judged("free"))
    )
    async with store.read() as unit:
        story = await unit.articles.story("story", EVERYTHING)
    assert story is not None
    assert {one.article.id: one.article.reserved for one in story.articles} == {"kept": True, "free": False}
