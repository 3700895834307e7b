"""Upkeep: hourly, a little at a time, by one process, and nobody waits for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.adapters.sql.store import SqlStore
from bot.ports import UnitOfWork
from bot.services import upkeep
from bot.services.upkeep import EVERY, LEASE, STEP, Upkeep
from tests.contracts.examples import article, follow
from tests.contracts.test_upkeep import ids
from tests.fakes.clock import FakeClock

KEPT = timedelta(days=90)


class CountingStore:
    """A store that counts units of work, and calls back between them."""

    def __init__(self, store: SqlStore) -> None:
        self.store = store
        self.units = 0

    @asynccontextmanager
    async def write(self) -> AsyncIterator[UnitOfWork]:
        async with self.store.write() as unit:
            yield unit
        self.units += 1


def keeper(store: SqlStore, clock: FakeClock, owner: str = "me") -> Upkeep:
    return Upkeep(store, clock, owner, articles=KEPT, chats=KEPT)


async def old_articles(store: SqlStore, clock: FakeClock, number: int) -> None:
    (feed,) = await follow(store, "alpha")
    published = clock.now() - KEPT - timedelta(days=1)
    async with store.write() as unit:
        await unit.articles.add([article(f"{one:05}", feed, published) for one in range(number)])


async def test_it_comes_once_an_hour(store: SqlStore, clock: FakeClock) -> None:
    keeps = keeper(store, clock)
    await old_articles(store, clock, 3)
    assert await keeps.turn() == 6  # texts, then articles
    await old_articles(store, clock, 3)
    assert await keeps.turn() == 0
    clock.pass_by(seconds=EVERY.total_seconds())
    assert await keeps.turn() == 6
    assert await ids(store) == []


async def test_a_clock_that_was_set_back_does_not_keep_it_away(store: SqlStore, clock: FakeClock) -> None:
    keeps = keeper(store, clock)
    await keeps.turn()
    clock.pass_by(days=-10)
    await old_articles(store, clock, 1)
    assert await keeps.turn() == 2


async def test_much_is_removed_in_small_steps_over_several_turns(
    store: SqlStore, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "STEPS", 3)
    await old_articles(store, clock, 3 * STEP + 1)
    counting = CountingStore(store)
    keeps = Upkeep(counting, clock, "me", KEPT, KEPT)  # type: ignore[arg-type]  # it only writes
    removed = [await keeps.turn() for _ in range(4)]
    assert sum(removed) == 2 * (3 * STEP + 1)
    assert max(removed) <= 4 * STEP
    assert counting.units >= sum(removed) / STEP
    assert await ids(store) == []


async def test_where_one_process_keeps_house_another_does_not(store: SqlStore, clock: FakeClock) -> None:
    await old_articles(store, clock, 1)
    mine, yours = keeper(store, clock, "me"), keeper(store, clock, "you")
    async with store.write() as unit:
        await unit.leases.acquire(upkeep.LEASE_NAME, "you", clock.now(), clock.now() + LEASE)
    assert await mine.turn() == 0
    assert await yours.turn() == 2
