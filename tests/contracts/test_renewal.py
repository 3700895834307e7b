"""Leases on feeds can be held longer by their holder, and by nobody else."""

from __future__ import annotations

from datetime import timedelta

from bot.adapters.sql.store import SqlStore
from tests.contracts.examples import LEASE, NOON, follow


async def test_a_renewed_lease_keeps_others_away_for_longer(store: SqlStore) -> None:
    (feed,) = await follow(store, "daily")
    late = NOON + LEASE + timedelta(seconds=1)
    async with store.write() as unit:
        await unit.feeds.lease_due("me", NOON, NOON + LEASE, 5)
        await unit.feeds.renew("me", [feed.id], NOON + 2 * LEASE)
        assert await unit.feeds.lease_due("you", late, late + LEASE, 5) == ()


async def test_a_lease_somebody_else_took_is_not_renewed(store: SqlStore) -> None:
    (feed,) = await follow(store, "daily")
    late = NOON + LEASE + timedelta(seconds=1)
    async with store.write() as unit:
        await unit.feeds.lease_due("me", NOON, NOON + LEASE, 5)
        await unit.feeds.lease_due("you", late, late + LEASE, 5)
        await unit.feeds.renew("me", [feed.id], late + 3 * LEASE)
        after = late + LEASE + timedelta(seconds=1)
        assert len(await unit.feeds.lease_due("third", after, after + LEASE, 5)) == 1
