"""Standing orders, taken when they are due; and rights that one process holds."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import time

from bot.adapters.sql.store import SqlStore
from bot.domain.briefing import Length
from bot.domain.subscription import Schedule, Subscription
from bot.ports import Lease
from tests.contracts.examples import LEASE, NOON, at, meet, slot, subscription


async def add(store: SqlStore, wanted: Subscription) -> Subscription:
    async with store.write() as unit:
        return await unit.subscriptions.add(wanted)


async def of(store: SqlStore, chat_id: int) -> tuple[Subscription, ...]:
    async with store.read() as unit:
        return await unit.subscriptions.of(chat_id)


async def due(store: SqlStore, hours: float, owner: str = "us", limit: int = 10) -> list[int]:
    async with store.write() as unit:
        return [one.id for one in await unit.subscriptions.lease_due(owner, at(hours), at(hours) + LEASE, limit)]


async def test_a_subscription_comes_back_whole_with_its_id(store: SqlStore) -> None:
    chat = await meet(store)
    schedule = Schedule((time(7, 30), time(19, 0, 5)), "America/St_Johns", frozenset({0, 4}))
    whole = Subscription(
        id=-1,
        chat_id=chat.id,
        schedule=schedule,
        language="en",
        next_slot=slot(at(3), 1),
        length=Length.FULL,
        topics=("ceasefire", "aid"),
        silent=True,
        last_slot=slot(at(-9), 0),
    )
    stored = await add(store, whole)
    assert stored.id > 0
    assert stored == replace(whole, id=stored.id)
    assert await of(store, chat.id) == (stored,)


async def test_a_chat_has_its_subscriptions_in_the_order_they_were_made(store: SqlStore) -> None:
    chat, other = await meet(store, "1"), await meet(store, "2")
    first, _, third = [await add(store, subscription(whose, at(hours))) for whose, hours in
                       ((chat, 9), (other, 0), (chat, 1))]  # fmt: skip
    assert await of(store, chat.id) == (first, third)


async def test_a_replaced_one_is_another_and_a_removed_one_is_no_more(store: SqlStore) -> None:
    chat = await meet(store)
    kept, removed = await add(store, subscription(chat)), await add(store, subscription(chat, at(5)))
    changed = replace(kept, schedule=Schedule((time(6),), "Europe/Paris"), silent=True, next_slot=slot(at(7)))
    async with store.write() as unit:
        await unit.subscriptions.replace(changed)
        await unit.subscriptions.remove(removed.id)
    assert await of(store, chat.id) == (changed,)


async def test_an_id_is_never_given_twice(store: SqlStore) -> None:
    chat = await meet(store)
    removed = await add(store, subscription(chat))
    async with store.write() as unit:
        await unit.subscriptions.remove(removed.id)
    assert (await add(store, subscription(chat))).id != removed.id


# --- Due ---


async def test_those_due_are_taken_oldest_first_up_to_the_limit(store: SqlStore) -> None:
    chat = await meet(store)
    late, early, _future = [await add(store, subscription(chat, at(hours))) for hours in (-1, -2, 0.1)]
    assert await due(store, 0, limit=1) == [early.id]
    assert await due(store, 0) == [late.id]
    assert await due(store, 0) == []


async def test_one_that_is_due_at_this_very_moment_is_taken(store: SqlStore) -> None:
    taken = await add(store, subscription(await meet(store)))
    assert await due(store, 0) == [taken.id]


async def test_a_lease_that_ended_lets_somebody_else_take_it(store: SqlStore) -> None:
    taken = await add(store, subscription(await meet(store)))
    assert await due(store, 0, "us") == [taken.id]
    assert await due(store, LEASE.total_seconds() / 3600 - 0.001, "them") == []
    assert await due(store, LEASE.total_seconds() / 3600, "them") == [taken.id]


async def test_advancing_sets_the_next_slot_and_releases_the_lease(store: SqlStore) -> None:
    chat = await meet(store)
    taken = await add(store, subscription(chat))
    await due(store, 0)
    async with store.write() as unit:
        await unit.subscriptions.advance(taken.id, taken.next_slot, slot(at(0.001)))
    assert await of(store, chat.id) == (replace(taken, next_slot=slot(at(0.001)), last_slot=taken.next_slot),)
    assert await due(store, 0.001) == [taken.id]


async def test_a_schedule_changed_while_its_briefing_was_written_keeps_its_own_next_slot(store: SqlStore) -> None:
    chat = await meet(store)
    taken = await add(store, subscription(chat))
    await due(store, 0)
    changed = replace(taken, schedule=Schedule((time(6),), "Africa/Dakar"), next_slot=slot(at(18)))
    async with store.write() as unit:
        await unit.subscriptions.replace(changed)
        await unit.subscriptions.advance(taken.id, taken.next_slot, slot(at(24)))
    assert await of(store, chat.id) == (replace(changed, last_slot=taken.next_slot),)


async def test_after_downtime_a_later_slot_may_be_told_than_the_one_that_was_due(store: SqlStore) -> None:
    chat = await meet(store)
    taken = await add(store, subscription(chat, at(-72)))
    async with store.write() as unit:
        await unit.subscriptions.advance(taken.id, slot(at(-24)), slot(at(24)))
    assert await of(store, chat.id) == (replace(taken, next_slot=slot(at(24)), last_slot=slot(at(-24))),)


async def test_a_slow_process_does_not_take_a_subscription_back(store: SqlStore) -> None:
    chat = await meet(store)
    taken = await add(store, subscription(chat))
    async with store.write() as unit:
        await unit.subscriptions.advance(taken.id, slot(at(24)), slot(at(48)))
        await unit.subscriptions.advance(taken.id, slot(at(0)), slot(at(24)))
    assert await of(store, chat.id) == (replace(taken, next_slot=slot(at(48)), last_slot=slot(at(24))),)


async def test_two_processes_never_take_the_same_subscription(store: SqlStore, other_store: SqlStore) -> None:
    chat = await meet(store)
    wanted = [(await add(store, subscription(chat, at(-number)))).id for number in range(30)]
    rounds = await asyncio.gather(
        *(due((store, other_store)[number % 2], 0, f"owner{number}", limit=4) for number in range(12))
    )
    assert sorted(taken for some in rounds for taken in some) == wanted


# --- Leases ---


async def acquire(store: SqlStore, owner: str, hours: float = 0) -> Lease | None:
    async with store.write() as unit:
        return await unit.leases.acquire("newsroom", owner, at(hours), at(hours) + LEASE)


async def test_a_right_has_one_holder_until_it_ends(store: SqlStore) -> None:
    first = await acquire(store, "us")
    assert first == Lease("newsroom", "us", 1, NOON + LEASE)
    assert await acquire(store, "them") is None
    assert await acquire(store, "them", 0.001) is None
    assert await acquire(store, "them", 1) is not None
    assert await acquire(store, "us", 1) is None


async def test_renewing_in_time_keeps_the_fence_and_every_new_holding_raises_it(store: SqlStore) -> None:
    fences = []
    for owner, hours in (("us", 0), ("us", 0.001), ("them", 1), ("us", 2), ("us", 3)):
        lease = await acquire(store, owner, hours)
        assert lease is not None
        assert lease.until == at(hours) + LEASE
        fences.append(lease.fence)
    assert fences == [1, 1, 2, 3, 4]


async def test_a_right_given_back_is_free_at_once_and_goes_on_counting(store: SqlStore) -> None:
    first = await acquire(store, "us")
    assert first is not None
    async with store.write() as unit:
        await unit.leases.release(first)
    second = await acquire(store, "them")
    assert second is not None
    assert second.fence > first.fence


async def test_nobody_gives_back_what_somebody_else_holds_by_now(store: SqlStore) -> None:
    first = await acquire(store, "us")
    second = await acquire(store, "them", 1)
    assert first is not None
    assert second is not None
    async with store.write() as unit:
        await unit.leases.release(first)
        await unit.leases.release(replace(second, fence=first.fence))
    assert await acquire(store, "us", 1) is None


async def test_rights_of_different_names_do_not_meet(store: SqlStore) -> None:
    await acquire(store, "us")
    async with store.write() as unit:
        assert await unit.leases.acquire("upkeep", "them", NOON, NOON + LEASE) is not None


async def test_of_many_processes_that_ask_one_gets_the_right(store: SqlStore, other_store: SqlStore) -> None:
    asked = await asyncio.gather(*(acquire((store, other_store)[n % 2], f"owner{n}") for n in range(10)))
    assert len([lease for lease in asked if lease is not None]) == 1


async def test_a_renewed_lease_on_a_subscription_keeps_others_away_for_longer(store: SqlStore) -> None:
    taken, other = [await add(store, subscription(await meet(store, name))) for name in ("1", "2")]
    assert await due(store, 0, "us") == [taken.id, other.id]
    async with store.write() as unit:
        await unit.subscriptions.renew("us", [taken.id], at(0) + 3 * LEASE)
    assert await due(store, 2 * LEASE.total_seconds() / 3600, "them") == [other.id]


async def test_what_somebody_else_took_or_is_written_is_not_renewed(store: SqlStore) -> None:
    chat = await meet(store)
    taken, written = [await add(store, subscription(chat)) for _ in range(2)]
    later = 2 * LEASE.total_seconds() / 3600
    assert await due(store, 0, "us") == [taken.id, written.id]
    async with store.write() as unit:
        await unit.subscriptions.advance(written.id, written.next_slot, slot(at(0.001)))
    assert await due(store, later, "them") == [taken.id, written.id]
    async with store.write() as unit:
        await unit.subscriptions.renew("us", [taken.id, written.id], at(99))
    assert await due(store, 2 * later, "third") == [taken.id, written.id]
