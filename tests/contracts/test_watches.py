"""Who wants breaking news and what they know, on every store."""

from __future__ import annotations

from datetime import time

from bot.adapters.sql.store import SqlStore
from bot.domain.alert import Sounded, Watch
from bot.domain.chat import ChatAddress, ChatState
from bot.domain.claim import Phase
from bot.domain.quiet import QuietHours
from tests.contracts.examples import NOON, at, meet

KNOWN = {"ceasefire": Phase.TALKS, "prisoners": Phase.AGREED}


async def watching(store: SqlStore) -> list[Watch]:
    async with store.read() as unit:
        return list(await unit.alerts.watching(0, 10))


async def test_nobody_is_alerted_before_they_ask_nor_after_they_stop(store: SqlStore) -> None:
    chat = await meet(store)
    assert await watching(store) == []
    async with store.write() as unit:
        assert [await unit.alerts.turn_on(chat.id, at(hours)) for hours in (0, 1)] == [True, False]
        assert await unit.alerts.wanted(chat.id)
    assert await watching(store) == [Watch(chat.id, NOON)]
    async with store.write() as unit:
        assert [await unit.alerts.turn_off(chat.id) for _ in range(2)] == [True, False]
        assert not await unit.alerts.wanted(chat.id)
        assert await unit.alerts.hold(chat.id) is None
    assert await watching(store) == []


async def test_what_is_saved_comes_back(store: SqlStore) -> None:
    chat = await meet(store)
    sounded = (
        Sounded(at(1), frozenset({"phase:ceasefire", "topic:ceasefire"})),
        Sounded(at(2), frozenset({"story:s"})),
    )
    saved = Watch(chat.id, NOON, KNOWN, sounded)
    async with store.write() as unit:
        await unit.alerts.turn_on(chat.id, NOON)
        await unit.alerts.save(saved)
        assert await unit.alerts.hold(chat.id) == saved
    assert await watching(store) == [saved]


async def test_turning_it_off_and_on_forgets_what_was_known_and_not_what_was_sent(store: SqlStore) -> None:
    chat = await meet(store)
    sounded = (Sounded(at(1), frozenset({"story:s"})),)
    async with store.write() as unit:
        await unit.alerts.turn_on(chat.id, NOON)
        await unit.alerts.save(Watch(chat.id, NOON, KNOWN, sounded))
        await unit.alerts.turn_off(chat.id)
        await unit.alerts.turn_on(chat.id, at(2))
    assert await watching(store) == [Watch(chat.id, at(2), {}, sounded)]


async def test_chats_that_are_gone_are_left_out_and_all_are_reached_in_steps(store: SqlStore) -> None:
    chats = [await meet(store, str(number)) for number in range(5)]
    async with store.write() as unit:
        for chat in chats:
            await unit.alerts.turn_on(chat.id, NOON)
        await unit.chats.mark(chats[2].id, ChatState.GONE)
    found: list[int] = []
    async with store.read() as unit:
        while step := await unit.alerts.watching(found[-1] if found else 0, 2):
            found += [watch.chat_id for watch in step]
    assert found == [chat.id for chat in chats if chat is not chats[2]]


async def test_a_chat_that_moves_keeps_its_alerts_and_its_quiet_hours(store: SqlStore) -> None:
    chat, met = await meet(store, "old"), await meet(store, "new")
    night = QuietHours(time(22, 30), time(7))
    async with store.write() as unit:
        for one in (chat, met):
            await unit.alerts.turn_on(one.id, NOON)
        await unit.chats.keep_quiet(chat.id, night)
        await unit.chats.move(ChatAddress("telegram", "old"), ChatAddress("telegram", "new"))
    assert [watch.chat_id for watch in await watching(store)] == [chat.id]
    async with store.write() as unit:
        moved = await unit.chats.find(ChatAddress("telegram", "new"))
        assert moved is not None
        assert (moved.id, moved.quiet) == (chat.id, night)
        await unit.chats.keep_quiet(chat.id, None)
        assert (await unit.chats.get(chat.id) or moved).quiet is None
