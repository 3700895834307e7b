"""Whether the bot does its job, and what there is to count."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.adapters.metrics import Snapshot, exposition
from bot.adapters.sql.store import SqlStore
from bot.domain.chat import ChatState
from bot.domain.delivery import SendOutcome, SendResult
from bot.domain.errors import StoreUnavailable
from bot.domain.feed import FeedReading
from bot.ports import Figures, UnitOfWork
from bot.services import watch as module
from bot.services.connection import Connection
from bot.services.watch import STALE_SECONDS, Watch
from tests.contracts.examples import HOUR, LEASE, article, delivery, follow, judged, meet, subscription
from tests.fakes.clock import FakeClock


class MoodyStore:
    """A store that fails or hangs when told to, and counts what is asked of it."""

    def __init__(self, store: SqlStore) -> None:
        self.store = store
        self.fails = self.hangs = False
        self.asked = 0

    @asynccontextmanager
    async def write(self) -> AsyncIterator[UnitOfWork]:
        self.asked += 1
        if self.hangs:
            await asyncio.Event().wait()
        async with self.store.write() as unit:
            yield unit
            if self.fails:
                raise StoreUnavailable(database="here", reason="database or disk is full")

    @asynccontextmanager
    async def read(self) -> AsyncIterator[UnitOfWork]:
        async with self.store.read() as unit:
            yield unit


def watching(store: MoodyStore, clock: FakeClock, ages: dict[str, float] | None = None) -> Watch:
    return Watch(store, clock, "me", lambda: ages or {}, {}, {})  # type: ignore[arg-type]  # it closes nothing


async def test_it_is_ready_until_a_tick_stands_still(store: SqlStore, clock: FakeClock) -> None:
    ages = {"brief": 3.0, "deliver": STALE_SECONDS}
    watch = watching(MoodyStore(store), clock, ages)
    assert (await watch.readiness()).ready
    ages["deliver"] += 1
    assert not (await watch.readiness()).ready
    assert (await watch.readiness()).stale == ("deliver",)


async def test_it_is_not_ready_while_nothing_can_be_written_and_heals(store: SqlStore, clock: FakeClock) -> None:
    moody = MoodyStore(store)
    watch = watching(moody, clock)
    moody.fails = True
    found = await watch.readiness()
    assert (found.ready, found.store and found.store.arguments["reason"]) == (False, "database or disk is full")
    moody.fails = False
    clock.pass_by(seconds=10)
    assert (await watch.readiness()).ready


async def test_a_database_that_does_not_answer_is_not_waited_for(
    store: SqlStore, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PROBE_SECONDS", 0.01)
    moody = MoodyStore(store)
    moody.hangs = True
    found = await watching(moody, clock).readiness()
    assert found.store is not None
    assert found.store.arguments["reason"] == "reason.store-busy"


async def test_asking_every_moment_does_not_keep_the_disk_busy(store: SqlStore, clock: FakeClock) -> None:
    moody = MoodyStore(store)
    watch = watching(moody, clock)
    for _ in range(20):
        await watch.readiness()
        clock.pass_by(seconds=0.1)
    assert moody.asked == 1


async def test_it_counts_feeds_articles_chats_parts_and_what_is_late(store: SqlStore, clock: FakeClock) -> None:
    now = clock.now()
    good, bad = await follow(store, "good", "bad")
    chat, gone = await meet(store, "1"), await meet(store, "2", "discord")
    async with store.write() as unit:
        await unit.feeds.save_readings([FeedReading(bad.id, failing_since=now)])
        await unit.articles.add([article("a", good), article("b", good)])
        await unit.articles.record([judged("a", version=10**6)])
        await unit.subscriptions.add(subscription(chat, now - HOUR))
        for number in range(3):
            await unit.deliveries.enqueue(delivery(chat, f"daily:{number}"), now - HOUR * (3 - number))
        (part,) = await unit.deliveries.claim("me", ["telegram"], now, now + LEASE, 1)
        await unit.deliveries.settle(part, SendResult(SendOutcome.SENT, "1"), now, None)
        await unit.deliveries.enqueue(delivery(gone, "daily:9", parts=2), now)
        await unit.chats.mark(gone.id, ChatState.GONE)
    figures = await watching(MoodyStore(store), clock).figures()
    assert figures == Figures(
        feeds={"active": 1, "failing": 1},
        articles=2,
        unread=1,
        chats={("telegram", "active"): 1, ("discord", "gone"): 1},
        parts={("telegram", "sent"): 1, ("telegram", "pending"): 2, ("discord", "gone"): 2},
        part_waits_since=now - 2 * HOUR,
        edition_waits_since=now - HOUR,
    )
    told = Snapshot(now, {"poll": 3.5}, {"poll": 2}, {("telegram", "flood"): 4}, writable=True, figures=figures)
    page = exposition(told).decode()
    for line in (
        'depeche_tick_age_seconds{tick="poll"} 3.5',
        'depeche_tick_failures_total{tick="poll"} 2.0',
        'depeche_calls_total{outcome="flood",platform="telegram"} 4.0',
        'depeche_feeds{state="failing"} 1.0',
        'depeche_delivery_parts{platform="telegram",state="pending"} 2.0',
        'depeche_delivery_parts{platform="discord",state="gone"} 2.0',
        'depeche_lag_seconds{of="delivery"} 7200.0',
        'depeche_lag_seconds{of="edition"} 3600.0',
    ):
        assert line in page.splitlines()


async def test_a_platform_that_is_lost_makes_it_unready_by_name(store: SqlStore, clock: FakeClock) -> None:
    watch = watching(MoodyStore(store), clock)
    watch.lost = lambda: ("discord",)
    found = await watch.readiness()
    assert not found.ready
    assert found.disconnected == ("discord",)
    told = Snapshot(clock.now(), {}, {}, {}, writable=True, figures=None, disconnected=found.disconnected)
    assert 'depeche_platform_lost{platform="discord"} 1.0' in exposition(told).decode()


async def test_it_says_whether_this_process_is_connected_or_stands_by(store: SqlStore, clock: FakeClock) -> None:
    """Another process has Discord. That is no fault, and must not be taken for one."""
    async with store.write() as unit:
        await unit.leases.acquire("connection:discord", "another", clock.now(), clock.now() + HOUR)
    watch = watching(MoodyStore(store), clock)
    watch.connections = {name: Connection(store, clock, name, "me") for name in ("discord", "telegram")}
    assert (await watch.readiness()).standing_by == ()  # it has not asked yet
    for connection in watch.connections.values():
        await connection._ask(otherwise=False)
    found = await watch.readiness()
    assert (found.ready, found.standing_by) == (True, ("discord",))
    told = Snapshot(clock.now(), {}, {}, {}, writable=True, figures=None, connections=watch.held())
    page = exposition(told).decode().splitlines()
    assert 'depeche_connection_held{platform="discord"} 0.0' in page
    assert 'depeche_connection_held{platform="telegram"} 1.0' in page


async def test_without_a_database_the_rest_is_told(clock: FakeClock) -> None:
    told = Snapshot(clock.now(), {"poll": 90.0}, {}, {}, writable=False, figures=None)
    page = exposition(replace(told, now=clock.now() + timedelta(1))).decode()
    assert "depeche_store_writable 0.0" in page.splitlines()
    assert "depeche_feeds" not in page
