"""What waits too long is given up, visibly, and never sent stale."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.adapters.sql.store import SqlStore
from bot.domain.delivery import LASTING, DeliveryKind
from bot.ports import Figures
from tests.contracts.examples import LEASE, NOON, delivery, meet
from tests.contracts.sending import RETRY, SENT, claim, enqueue, settle

SECOND = timedelta(seconds=1)


async def expire(store: SqlStore, now: datetime) -> int:
    async with store.write() as unit:
        return await unit.deliveries.expire(now)


async def counted(store: SqlStore, now: datetime = NOON) -> Figures:
    async with store.read() as unit:
        return await unit.figures.count(1, now)


@pytest.mark.parametrize("kind", DeliveryKind)
async def test_each_kind_waits_for_its_time_and_no_longer(store: SqlStore, kind: DeliveryKind) -> None:
    """On a platform that nothing is sent to: nobody ever claims it."""
    chat = await meet(store)
    await enqueue(store, replace(delivery(chat, parts=2), kind=kind))
    assert await expire(store, NOON + LASTING[kind] - SECOND) == 0
    assert await expire(store, NOON + LASTING[kind]) == 2
    assert (await counted(store)).parts == {("telegram", "expired"): 2}
    assert await claim(store, NOON + LASTING[kind]) == ()


async def test_the_rest_of_a_delivery_is_given_up_and_what_arrived_stays(store: SqlStore) -> None:
    chat = await meet(store)
    await enqueue(store, delivery(chat, parts=2))
    (first,) = await claim(store)
    await settle(store, first, SENT)
    assert await expire(store, NOON + timedelta(days=30)) == 1
    assert (await counted(store)).parts == {("telegram", "sent"): 1, ("telegram", "expired"): 1}


async def test_what_is_on_its_way_is_left_alone(store: SqlStore) -> None:
    await enqueue(store, delivery(await meet(store)))
    await claim(store)
    assert await expire(store, NOON + timedelta(days=30)) == 0


async def test_what_may_have_arrived_stays_in_doubt(store: SqlStore) -> None:
    await enqueue(store, delivery(await meet(store)))
    (part,) = await claim(store)
    doubtful = replace(RETRY, may_have_arrived=True)
    await settle(store, part, doubtful, retry_at=NOON + LEASE)
    assert await expire(store, NOON + timedelta(days=30)) == 1
    assert (await counted(store)).parts == {("telegram", "unknown"): 1}
