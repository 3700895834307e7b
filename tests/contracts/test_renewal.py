"""Leases on feeds can be held longer by their holder, and by nobody else."""

from __future__ import annotations

from datetime import timedelta

from bot.adapters.sql.store import SqlStore
from bot.domain.feed import FeedReading
from tests.contracts.examples import LEASE, NOON, follow


async def test_a_renewed_lease_keeps_others_away_for_longer(store: SqlStore) -> None:
    (feed,) = await follow(store, "daily")
    late = NOON + LEASE + timedelta(seconds=1)
    async with store.write() as unit:
        await unit.feeds.lease_due("me", NOON, NOON + LEASE, 5)
        assert await unit.feeds.renew("me", [feed.id], NOON + 2 * LEASE) == {feed.id}
        assert await unit.feeds.lease_due("you", late, late + LEASE, 5) == ()


async def test_a_lease_somebody_else_took_is_not_renewed(store: SqlStore) -> None:
    (feed,) = await follow(store, "daily")
    late = NOON + LEASE + timedelta(seconds=1)
    async with store.write() as unit:
        await unit.feeds.lease_due("me", NOON, NOON + LEASE, 5)
        await unit.feeds.lease_due("you", late, late + LEASE, 5)
        assert await unit.feeds.renew("me", [feed.id], late + 3 * LEASE) == frozenset()
        after = late + LEASE + timedelta(seconds=1)
        assert len(await unit.feeds.lease_due("third", after, after + LEASE, 5)) == 1


async def test_a_lease_that_ended_is_still_its_owners_until_somebody_takes_it(store: SqlStore) -> None:
    first, second = await follow(store, "daily", "weekly")
    late = NOON + LEASE + timedelta(seconds=1)
    async with store.write() as unit:
        await unit.feeds.lease_due("me", NOON, NOON + LEASE, 5)
        assert await unit.feeds.held("me", [first.id, second.id]) == {first.id, second.id}
        await unit.feeds.lease_due("you", late, late + LEASE, 1)
        assert await unit.feeds.held("me", [first.id, second.id]) == {second.id}
        await unit.feeds.save_readings([FeedReading(first.id, next_poll=late + LEASE)])
        assert await unit.feeds.held("me", [first.id]) == frozenset()
