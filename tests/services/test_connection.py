"""One process at a time is a token's connection; another goes on when it ends, stands still or is killed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from structlog.testing import capture_logs

from bot.adapters.sql.store import SqlStore
from bot.ports import Store
from bot.services.connection import LEASE, Connection
from bot.services.deliver import Deliverer
from tests.contracts.examples import delivery, meet
from tests.fakes.clock import FakeClock
from tests.fakes.platform import FakePlatform
from tests.services.test_deliver import FlakyStore

OFTEN = 0.01


class Process:
    """One that wants to be connected."""

    def __init__(self, store: Store | FlakyStore, clock: FakeClock, owner: str) -> None:
        self.connection = Connection(store, clock, "pigeon", owner, OFTEN, OFTEN)  # type: ignore[arg-type]
        self.connected = False
        self.times = 0

    async def work(self) -> None:
        """Listen until told to stop."""
        self.connected = True
        self.times += 1
        try:
            await asyncio.Event().wait()
        finally:
            self.connected = False

    @asynccontextmanager
    async def running(self) -> AsyncIterator[asyncio.Task[None]]:
        task = asyncio.create_task(self.connection.serve(self.work))
        try:
            yield task
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(OFTEN)


async def renewals(clock: FakeClock) -> None:
    """Time in which many leases end, and are renewed."""
    for _ in range(10):
        clock.pass_by(seconds=LEASE.total_seconds() / 3)
        await asyncio.sleep(10 * OFTEN)


async def test_one_is_connected_and_the_other_goes_on_when_it_ends(
    store: SqlStore, other_store: SqlStore, clock: FakeClock
) -> None:
    one, two = Process(store, clock, "one"), Process(other_store, clock, "two")
    async with one.running():
        await until(lambda: one.connected)
        async with two.running() as second:
            await renewals(clock)
            assert (one.connected, two.connected) == (True, False)
            assert (one.connection.held, two.connection.held) == (True, False)
            await until(lambda: two.connection.standing_by)
            assert not one.connection.standing_by
            assert one.times == 1
            second.cancel()
    async with two.running():
        await until(lambda: two.connected)  # it was given back: no lease has to end
        assert not two.connection.standing_by


async def test_one_that_stood_still_stops_when_it_finds_another_connected(
    store: SqlStore, other_store: SqlStore, clock: FakeClock
) -> None:
    one, two = Process(store, clock, "one"), Process(other_store, clock, "two")
    one.connection.renewal_seconds = 0.5
    async with one.running():
        await until(lambda: one.connected)
        clock.pass_by(seconds=LEASE.total_seconds())
        assert not one.connection.held
        async with two.running():
            await until(lambda: two.connected)
            await until(lambda: not one.connected)
            await renewals(clock)
            assert (one.times, two.times) == (1, 1)
            assert not one.connection.held
        await until(lambda: one.connected)


async def test_while_the_database_is_away_people_are_still_heard(store: SqlStore, clock: FakeClock) -> None:
    flaky = FlakyStore(store)
    one = Process(flaky, clock, "one")
    async with one.running():
        await until(lambda: one.connected)
        flaky.away = True
        await renewals(clock)
        assert one.connected
        assert not one.connection.held
        flaky.away = False
        await until(lambda: one.connection.held)
        assert one.times == 1


async def test_what_it_does_ends_it_and_the_connection_is_free(store: SqlStore, clock: FakeClock) -> None:
    async def fails() -> None:
        raise ConnectionResetError

    one = Process(store, clock, "one")
    with pytest.raises(ConnectionResetError):
        await one.connection.serve(fails)
    async with Process(store, clock, "two").running() as task:
        with capture_logs() as said:
            await asyncio.wait({task}, timeout=10 * OFTEN)
        assert said == []


async def test_only_who_is_connected_sends(store: SqlStore, clock: FakeClock) -> None:
    platform = FakePlatform("pigeon")
    chat = await meet(store, "42", "pigeon")
    async with store.write() as unit:
        await unit.deliveries.enqueue(delivery(chat, "daily:1", 2), clock.now())
    connection = Process(store, clock, "me").connection
    sender = Deliverer(store, clock, {"pigeon": platform}, "me", connected=lambda _: connection.held)
    assert await sender.turn() == 0
    await connection._ask(otherwise=False)
    assert await sender.turn() == 2
