"""Chats come, go and move, and nothing of theirs is lost."""

from __future__ import annotations

from datetime import time

from bot.adapters.sql.store import SqlStore
from bot.domain.chat import ChatAddress, ChatKind, ChatState
from bot.domain.subscription import Schedule
from bot.ports import ChatChange, ChatEvent
from bot.services.chats import ChatBook
from bot.services.subscribe import subscribe
from tests.fakes.clock import FakeClock

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
