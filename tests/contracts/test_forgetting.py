"""Answers that count as told, and chats that are forgotten."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from bot.adapters.sql.schema import metadata
from bot.adapters.sql.store import SqlStore
from bot.domain.chat import Chat
from bot.domain.delivery import SendOutcome, SendResult
from tests.contracts.examples import LEASE, NOON, at, delivery, follow, keep_private, meet, subscription


async def rows_of(store: SqlStore, chat: Chat) -> dict[str, int]:
    """Table → how many of its rows name a chat, in every table that can."""
    found = {}
    async with store._database.reading() as connection:
        for table in metadata.sorted_tables:
            column = table.c.id if table.name == "chats" else table.c.get("chat_id")
            if column is not None:
                rows = (await connection.execute(select(column).where(column == chat.id))).all()
                found[table.name] = len(rows)
    return {name: count for name, count in found.items() if count}


async def fill(store: SqlStore, chat: Chat) -> None:
    """Give a chat a subscription, a feed of its own, a delivery that is waiting and an answer that was told."""
    feed, *_ = await follow(store, f"own-{chat.id}", "other")
    await keep_private(store, feed, chat)
    async with store.write() as unit:
        made = await unit.subscriptions.add(subscription(chat))
        await unit.deliveries.enqueue(replace(delivery(chat, f"daily:{chat.id}"), subscription_id=made.id), NOON)
        told = (("story", ("a",)),)
        await unit.deliveries.answered(replace(delivery(chat, f"first:{chat.id}"), told=told, window_end=NOON), NOON)


async def test_a_briefing_given_as_an_answer_is_known_and_never_sent(store: SqlStore) -> None:
    chat = await meet(store)
    answer = replace(delivery(chat, "first:1"), subscription_id=7, told=(("story", ("a", "b")),), window_end=NOON)
    async with store.write() as unit:
        assert await unit.deliveries.answered(answer, NOON)
        assert not await unit.deliveries.answered(answer, at(1))
    async with store.write() as unit:
        assert await unit.deliveries.claim("us", ["telegram"], at(1), at(1) + LEASE, 10) == ()
        assert await unit.deliveries.told(chat.id, at(-1)) == {"story": (NOON, frozenset({"a", "b"}))}
        assert await unit.deliveries.last_window_end(7) == NOON


async def test_nothing_is_left_of_a_forgotten_chat_and_others_lose_nothing(store: SqlStore) -> None:
    chat, other = await meet(store, "1"), await meet(store, "2")
    for one in (chat, other):
        await fill(store, one)
    before = await rows_of(store, other)
    assert {"chats", "subscriptions", "chat_feeds", "deliveries", "parts"} <= set(before)
    async with store.write() as unit:
        await unit.chats.forget(chat.id)
    assert await rows_of(store, chat) == {}
    assert await rows_of(store, other) == before
    async with store.read() as unit:
        assert await unit.deliveries.told(chat.id, at(-1)) == {}
        assert await unit.chats.find(chat.address) is None


async def test_a_forgotten_chat_that_writes_again_is_a_new_one(store: SqlStore) -> None:
    chat = await meet(store)
    async with store.write() as unit:
        await unit.chats.choose(chat.id, language="en", zone="Africa/Dakar")
        await unit.chats.forget(chat.id)
    again = await meet(store)
    assert again.id != chat.id
    assert (again.language, again.zone) == (None, None)


async def test_what_is_under_way_to_a_forgotten_chat_settles_nothing(store: SqlStore) -> None:
    chat = await meet(store)
    async with store.write() as unit:
        await unit.deliveries.enqueue(delivery(chat), NOON)
    async with store.write() as unit:
        (part,) = await unit.deliveries.claim("us", ["telegram"], NOON, NOON + LEASE, 10)
    async with store.write() as unit:
        await unit.chats.forget(chat.id)
    async with store.write() as unit:
        await unit.deliveries.settle(part, SendResult(SendOutcome.SENT, "1"), at(1), None)
    assert await rows_of(store, chat) == {}
