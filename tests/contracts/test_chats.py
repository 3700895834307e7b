"""Chats: met, moved, gone and back."""

from __future__ import annotations

import asyncio

from bot.adapters.sql.store import SqlStore
from bot.domain.chat import Chat, ChatAddress, ChatKind, ChatState
from bot.ports import Scope
from tests.contracts.examples import (
    EVERYTHING,
    LEASE,
    NOON,
    at,
    delivery,
    follow,
    keep_private,
    meet,
    subscription,
)

OLD = ChatAddress("telegram", "-100")
NEW = ChatAddress("telegram", "-100200")


async def get(store: SqlStore, chat: Chat) -> Chat | None:
    async with store.read() as unit:
        return await unit.chats.get(chat.id)


async def mark(store: SqlStore, chat: Chat, state: ChatState) -> None:
    async with store.write() as unit:
        await unit.chats.mark(chat.id, state)


async def due_chats(store: SqlStore, hours: float = 0) -> list[int]:
    async with store.write() as unit:
        due = await unit.subscriptions.lease_due("us", at(hours), at(hours) + LEASE, 10)
    return [one.chat_id for one in due]


async def claimable(store: SqlStore) -> list[str]:
    """The addresses of parts that could be sent now."""
    async with store.write() as unit:
        parts = await unit.deliveries.claim("us", ["telegram"], NOON, NOON + LEASE, 10)
    return [part.address.chat for part in parts]


async def test_a_chat_is_met_once_an_address(store: SqlStore) -> None:
    async with store.write() as unit:
        first = await unit.chats.meet(OLD, ChatKind.GROUP)
        again = await unit.chats.meet(OLD, ChatKind.GROUP)
        thread = await unit.chats.meet(ChatAddress("telegram", "-100", "7"), ChatKind.GROUP)
        elsewhere = await unit.chats.meet(ChatAddress("discord", "-100"), ChatKind.CHANNEL)
    assert first == again
    assert len({first.id, thread.id, elsewhere.id}) == 3
    assert (first.language, first.zone, first.state) == (None, None, ChatState.ACTIVE)
    async with store.read() as unit:
        assert await unit.chats.find(OLD) == await unit.chats.get(first.id) == first
        assert await unit.chats.find(NEW) is None
        assert await unit.chats.get(10**6) is None


async def test_a_chat_that_became_another_kind_is_met_as_that(store: SqlStore) -> None:
    chat = await meet(store)
    async with store.write() as unit:
        again = await unit.chats.meet(chat.address, ChatKind.CHANNEL)
    assert (again.id, again.kind) == (chat.id, ChatKind.CHANNEL)
    assert await get(store, chat) == again


async def test_what_a_chat_chooses_is_kept_and_the_rest_stays(store: SqlStore) -> None:
    chat = await meet(store)
    for language, zone in (("en", None), (None, "Africa/Dakar"), (None, None)):
        async with store.write() as unit:
            await unit.chats.choose(chat.id, language=language, zone=zone)  # type: ignore[arg-type]  # mypy widens it
    found = await get(store, chat)
    assert found is not None
    assert (found.language, found.zone) == ("en", "Africa/Dakar")


async def test_subscriptions_follow_their_chats_language(store: SqlStore) -> None:
    chat, other = await meet(store, "1"), await meet(store, "2")
    async with store.write() as unit:
        await unit.subscriptions.add(subscription(chat))
        await unit.subscriptions.add(subscription(other))
        await unit.chats.choose(chat.id, language="en")
        assert [one.language for one in await unit.subscriptions.of(chat.id)] == ["en"]
        assert [one.language for one in await unit.subscriptions.of(other.id)] == ["fr"]


async def test_a_chat_that_is_gone_is_sent_nothing_and_loses_nothing(store: SqlStore) -> None:
    chat = await meet(store)
    async with store.write() as unit:
        await unit.chats.choose(chat.id, language="en", zone="Africa/Dakar")
        await unit.subscriptions.add(subscription(chat))
        await unit.deliveries.enqueue(delivery(chat), NOON)
    await mark(store, chat, ChatState.GONE)
    assert (await due_chats(store), await claimable(store)) == ([], [])
    async with store.read() as unit:
        assert len(await unit.subscriptions.of(chat.id)) == 1
    found = await get(store, chat)
    assert found is not None
    assert (found.state, found.language, found.zone) == (ChatState.GONE, "en", "Africa/Dakar")


async def test_a_chat_that_returns_is_due_again_but_old_parts_do_not_flood_it(store: SqlStore) -> None:
    for back in ("met", "marked"):
        chat = await meet(store, back)
        async with store.write() as unit:
            await unit.subscriptions.add(subscription(chat))
            await unit.deliveries.enqueue(delivery(chat, back), NOON)
        await mark(store, chat, ChatState.GONE)
        if back == "met":
            assert (await meet(store, back)).state is ChatState.ACTIVE
        else:
            await mark(store, chat, ChatState.ACTIVE)
        assert (await due_chats(store), await claimable(store)) == ([chat.id], [])


async def test_a_subscription_made_in_a_chat_that_is_gone_waits_for_its_return(store: SqlStore) -> None:
    chat = await meet(store)
    await mark(store, chat, ChatState.GONE)
    async with store.write() as unit:
        await unit.subscriptions.add(subscription(chat))
    assert await due_chats(store) == []
    await meet(store)
    assert await due_chats(store) == [chat.id]


# --- Moving ---


async def test_a_moved_chat_takes_settings_subscriptions_and_pending_parts_along(store: SqlStore) -> None:
    async with store.write() as unit:
        chat = await unit.chats.meet(OLD, ChatKind.GROUP)
        await unit.chats.choose(chat.id, language="en")
        await unit.subscriptions.add(subscription(chat))
        await unit.deliveries.enqueue(delivery(chat), NOON)
        await unit.chats.move(OLD, NEW)
        assert await unit.chats.find(OLD) is None
        moved = await unit.chats.find(NEW)
    assert moved is not None
    assert (moved.id, moved.language) == (chat.id, "en")
    assert (await due_chats(store), await claimable(store)) == ([chat.id], [NEW.chat])


async def test_a_chat_met_at_the_new_address_first_becomes_part_of_the_moved_one(store: SqlStore) -> None:
    shared, only = await follow(store, "shared", "only")
    async with store.write() as unit:
        chat = await unit.chats.meet(OLD, ChatKind.GROUP)
        await unit.chats.choose(chat.id, language="en")
        newer = await unit.chats.meet(NEW, ChatKind.GROUP)
        await unit.subscriptions.add(subscription(chat))
        await unit.subscriptions.add(subscription(newer))
        await unit.deliveries.enqueue(delivery(chat, "first"), NOON)
        await unit.deliveries.enqueue(delivery(newer, "second"), NOON)
    await keep_private(store, shared, chat)
    await keep_private(store, shared, newer)
    await keep_private(store, only, newer)
    async with store.write() as unit:
        await unit.chats.move(OLD, NEW)
    async with store.read() as unit:
        found = await unit.chats.find(NEW)
        assert found is not None
        assert (found.id, found.language) == (chat.id, "en")
        assert await unit.chats.get(newer.id) is None
        assert len(await unit.subscriptions.of(chat.id)) == 2
        assert [feed.name for feed in await unit.feeds.listed(Scope(chat_id=chat.id))] == ["shared", "only"]
        assert await unit.feeds.listed(EVERYTHING) == ()
    assert await claimable(store) == [NEW.chat]


async def test_a_move_is_no_departure_even_where_that_was_reported_first(store: SqlStore) -> None:
    async with store.write() as unit:
        chat = await unit.chats.meet(OLD, ChatKind.GROUP)
        await unit.subscriptions.add(subscription(chat))
        await unit.chats.mark(chat.id, ChatState.GONE)
        await unit.chats.move(OLD, NEW)
    assert await due_chats(store) == [chat.id]


async def test_moving_twice_or_nowhere_or_from_nowhere_changes_nothing_more(store: SqlStore) -> None:
    async with store.write() as unit:
        chat = await unit.chats.meet(OLD, ChatKind.GROUP)
        await unit.chats.move(OLD, OLD)
        await unit.chats.move(OLD, NEW)
        await unit.chats.move(OLD, NEW)
    async with store.read() as unit:
        found = await unit.chats.find(NEW)
        assert found is not None
        assert found.id == chat.id


# --- Inbound ---


async def test_an_update_is_begun_again_until_it_is_carried_out(store: SqlStore) -> None:
    async with store.write() as unit:
        assert [await unit.chats.receive("telegram", "1", NOON) for _ in range(2)] == [1, 2]
        assert await unit.chats.carried_out("telegram", "1", NOON)
        assert await unit.chats.receive("telegram", "1", at(1)) is None
        assert not await unit.chats.carried_out("telegram", "1", at(1))
        assert await unit.chats.receive("discord", "1", NOON) == 1
        assert await unit.chats.receive("telegram", "2", NOON) == 1


async def test_an_update_that_reaches_two_processes_takes_effect_in_one(store: SqlStore, other_store: SqlStore) -> None:
    async def carry_out(where: SqlStore) -> bool:
        async with where.write() as unit:
            return await unit.chats.carried_out("telegram", "1", NOON)

    done = await asyncio.gather(*(carry_out(where) for where in (store, other_store) * 4))
    assert sorted(done) == [False] * 7 + [True]


async def test_an_update_whose_effect_was_not_written_is_begun_again(store: SqlStore) -> None:
    async with store.write() as unit:
        await unit.chats.receive("telegram", "1", NOON)
    try:
        async with store.write() as unit:
            await unit.chats.carried_out("telegram", "1", NOON)
            raise LookupError
    except LookupError:
        pass
    async with store.write() as unit:
        assert await unit.chats.receive("telegram", "1", NOON) == 2
