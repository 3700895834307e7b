"""Chats come, go and move, and nothing of theirs is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from bot.adapters.sql.store import SqlStore
from bot.domain.chat import ChatAddress, ChatKind, ChatState
from bot.domain.subscription import Schedule
from bot.ports import ChatChange, ChatEvent, ServerEvent
from bot.services.chats import ChatBook
from bot.services.subscribe import subscribe
from tests.contracts.examples import NOON, delivery
from tests.fakes.clock import FakeClock
from tests.services.editions import BRIDGE, PORT, SWAP, Paper

FORUM, TOPIC = ChatAddress("telegram", "-5"), ChatAddress("telegram", "-5", "17")


async def states(store: SqlStore) -> list[ChatState]:
    async with store.read() as unit:
        return [chat.state for chat in await unit.chats.with_threads(FORUM)]


async def test_leaving_a_forum_leaves_its_topics_and_coming_back_brings_them_back(
    store: SqlStore, clock: FakeClock
) -> None:
    async with store.write() as unit:
        topic = await unit.chats.meet(TOPIC, ChatKind.GROUP)
        await unit.chats.meet(FORUM, ChatKind.GROUP)
    await subscribe(store, topic, Schedule((time(8),), "Africa/Dakar"), "fr", clock.now())
    book = ChatBook(store)
    await book.note(ChatEvent(FORUM, ChatKind.GROUP, ChatChange.GONE))
    assert set(await states(store)) == {ChatState.GONE}
    await book.note(ChatEvent(FORUM, ChatKind.GROUP, ChatChange.BACK))
    assert set(await states(store)) == {ChatState.ACTIVE}
    async with store.read() as unit:
        assert len(await unit.subscriptions.of(topic.id)) == 1


async def test_a_group_that_became_a_supergroup_keeps_its_settings(store: SqlStore, clock: FakeClock) -> None:
    new = ChatAddress("telegram", "-1005")
    async with store.write() as unit:
        chat = await unit.chats.meet(FORUM, ChatKind.GROUP)
        await unit.chats.choose(chat.id, language="en", zone="Africa/Dakar")
    event = ChatEvent(FORUM, ChatKind.GROUP, ChatChange.MOVED, moved_to=new)
    book = ChatBook(store)
    await book.note(event)
    await book.note(event)
    async with store.read() as unit:
        moved = await unit.chats.find(new)
        assert moved is not None
        assert (moved.id, moved.language, moved.zone) == (chat.id, "en", "Africa/Dakar")
        assert await unit.chats.find(FORUM) is None


async def test_an_event_about_a_chat_we_never_met_is_no_error(store: SqlStore) -> None:
    await ChatBook(store).note(ChatEvent(FORUM, ChatKind.GROUP, ChatChange.GONE))
    assert await states(store) == []


# --- Servers ---


async def test_a_server_that_removed_and_invited_us_unseen_gets_its_chats_back_at_the_next_connection(
    store: SqlStore,
) -> None:
    event = ServerEvent("discord", "100", ("1", "2", "404"))
    async with store.write() as unit:
        lost, other, foreign = [
            await unit.chats.meet(ChatAddress(platform, name), ChatKind.GROUP)
            for platform, name in (("discord", "1"), ("discord", "3"), ("telegram", "2"))
        ]
        for chat in (lost, other, foreign):
            await unit.chats.mark(chat.id, ChatState.GONE)
    book = ChatBook(store)
    await book.find_in(event)
    async with store.read() as unit:
        known = [await unit.chats.get(chat.id) for chat in (lost, other, foreign)]
        assert [chat and chat.state for chat in known] == [ChatState.ACTIVE, ChatState.GONE, ChatState.GONE]
        assert await unit.servers.astray("discord", "100", event.chats) == ()
        assert await unit.chats.find(ChatAddress("discord", "404")) is None


async def test_who_comes_back_gets_one_late_briefing_and_nothing_that_was_waiting(
    store: SqlStore, clock: FakeClock
) -> None:
    paper, book = Paper(store, clock), ChatBook(store)
    reader = await paper.reader(8, 20)
    event = ServerEvent("console", "100", (reader.address.chat,))
    async with store.write() as unit:
        await unit.deliveries.enqueue(replace(delivery(reader, "old"), chat_id=reader.id), NOON)
    await book.note(ChatEvent(reader.address, ChatKind.GROUP, ChatChange.GONE))
    for story in (SWAP, PORT, BRIDGE):
        await paper.appear(story)
        assert await paper.at(24) == []
    await paper.appear(BRIDGE)
    for _ in range(2):
        await book.find_in(event)
    (late,) = await paper.at(0.1)
    assert "Mykolaïv" in late
    await book.find_in(event)
    assert await paper.at(0.1) == []


async def test_a_server_that_removed_us_unseen_is_gone_with_its_chats_and_nobody_else(store: SqlStore) -> None:
    addresses = [ChatAddress(*one) for one in (("discord", "1"), ("discord", "2"), ("discord", "3"), ("other", "1"))]
    async with store.write() as unit:
        left, stays, direct, other = [await unit.chats.meet(address, ChatKind.GROUP) for address in addresses]
        for chat, server in ((left, "100"), (stays, "200"), (other, "100")):
            await unit.servers.own(chat.id, server)
    book = ChatBook(store)
    for _ in range(2):
        await book.find_out("discord", frozenset({"200", "300"}))
    async with store.read() as unit:
        known = [await unit.chats.get(chat.id) for chat in (left, stays, direct, other)]
        assert [chat and chat.state is ChatState.GONE for chat in known] == [True, False, False, False]
    await book.find_out("discord", frozenset())
    async with store.read() as unit:
        found = await unit.chats.get(stays.id)
    assert found is not None
    assert found.state is ChatState.GONE
