"""Telegram chats that block, remove, silence, delete or move us, and take us back: through a server that acts it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress

import pytest

from bot.adapters.sql.store import SqlStore
from bot.adapters.telegram.platform import TelegramPlatform
from bot.domain.chat import ChatAddress, ChatKind, ChatState
from bot.services.chats import ChatBook
from tests.fakes import suggest
from tests.fakes.clock import FakeClock
from tests.fakes.telegram import FakeTelegram
from tests.services.absence import Desk

TOPIC = 17
Sign = Callable[[FakeTelegram, int], Awaitable[object]]


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server
        assert server.violations == []


@pytest.fixture
async def desk(store: SqlStore, clock: FakeClock, fake: FakeTelegram) -> AsyncIterator[Desk]:
    platform = TelegramPlatform(
        fake.token, commands=(), suggest=suggest.nothing, api_url=fake.url, clock=clock, events=ChatBook(store).note
    )
    desk = Desk(store, clock, platform)
    serving = asyncio.create_task(platform.serve(desk.answer))
    await fake.until_called("getUpdates")
    yield desk
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving


def address(chat: int, thread: str = "") -> ChatAddress:
    return ChatAddress("telegram", str(chat), thread)


async def the_chat(fake: FakeTelegram, desk: Desk, kind: ChatKind) -> int:
    """One of a kind, with orders."""
    person = fake.person()
    await fake.private("/start")
    await fake.next_message(person.chat)
    chat = {
        ChatKind.PRIVATE: lambda: person.chat,
        ChatKind.GROUP: lambda: fake.group(admins=[person]),
        ChatKind.CHANNEL: lambda: fake.channel(admins=[person]),
    }[kind]()
    await desk.order(address(chat), kind)
    return chat


def membership(status: str, *, posts: bool = True) -> Sign:
    async def tell(fake: FakeTelegram, chat: int) -> object:
        return await fake.membership(chat, status, fake.person(), posts=posts)

    return tell


async def start(fake: FakeTelegram, _chat: int) -> object:
    """Telegram tells that we are unblocked; the person then presses Start."""
    await fake.membership(fake.person().chat, "member", fake.person())
    return await fake.private("/start")


CASES: dict[str, tuple[ChatKind, Sign, Sign]] = {
    "blocked": (ChatKind.PRIVATE, membership("kicked"), start),
    "kicked": (ChatKind.GROUP, membership("kicked"), membership("member")),
    "left": (ChatKind.GROUP, membership("left"), membership("administrator")),
    "thrown out of a channel": (ChatKind.CHANNEL, membership("kicked"), membership("administrator")),
    "no right to post": (ChatKind.CHANNEL, membership("administrator", posts=False), membership("administrator")),
}


@pytest.mark.parametrize("case", CASES)
async def test_a_chat_that_tells_us_is_left_alone_and_resumes_without_a_flood(
    fake: FakeTelegram, desk: Desk, case: str
) -> None:
    kind, lose, regain = CASES[case]
    chat = await the_chat(fake, desk, kind)
    await lose(fake, chat)
    await desk.is_known_gone(address(chat))
    await regain(fake, chat)
    await fake.until_all_taken()
    await desk.resumes(address(chat))


@pytest.mark.parametrize("case", CASES)
async def test_a_chat_that_was_lost_while_we_were_not_listening_is_found_out_by_one_call(
    fake: FakeTelegram, desk: Desk, case: str
) -> None:
    kind, lose, regain = CASES[case]
    chat = await the_chat(fake, desk, kind)
    await unheard(fake, lose, chat)
    await desk.is_found_gone(address(chat))
    await regain(fake, chat)
    await fake.until_all_taken()
    await desk.resumes(address(chat))


async def unheard(fake: FakeTelegram, lose: Sign, chat: int) -> None:
    """Telegram keeps updates for a day only: nobody is told."""
    allowed, fake.api.allowed_updates = fake.api.allowed_updates, []
    await lose(fake, chat)
    fake.api.allowed_updates = allowed


@pytest.mark.parametrize("why", ["user is deactivated", "the group chat was deleted"])
async def test_what_was_deleted_is_found_out_by_one_call(fake: FakeTelegram, desk: Desk, why: str) -> None:
    chat = await the_chat(fake, desk, ChatKind.PRIVATE if "user" in why else ChatKind.GROUP)
    fake.api.chats[chat].closed = why
    await desk.is_found_gone(address(chat))


async def test_a_topic_that_was_closed_is_left_alone_and_its_forum_is_not(fake: FakeTelegram, desk: Desk) -> None:
    forum = fake.group(admins=[fake.person()], forum=True, topics=[TOPIC])
    topic, whole = address(forum, str(TOPIC)), address(forum)
    await desk.order(topic)
    async with desk.store.write() as unit:
        await unit.chats.meet(whole, ChatKind.GROUP)
    fake.api.chats[forum].topics.clear()
    await desk.is_found_gone(topic)
    assert await desk.state(whole) is ChatState.ACTIVE
    await fake.reopen_topic(forum, TOPIC)
    await desk.resumes(topic)


async def test_an_answer_that_may_not_be_written_is_the_first_sign(fake: FakeTelegram, desk: Desk) -> None:
    """A restricted bot still hears commands; asking does not bring the chat back."""
    chat = await the_chat(fake, desk, ChatKind.GROUP)
    fake.api.chats[chat].closed = "not enough rights to send text messages to the chat"
    await fake.group_message(chat, f"/status@{fake.username}", fake.person())
    await desk.is_known_gone(address(chat))


@pytest.mark.parametrize("announced", [True, False])
async def test_a_group_that_moved_gets_its_editions_at_its_new_address(
    fake: FakeTelegram, desk: Desk, *, announced: bool
) -> None:
    group = fake.group(admins=[fake.person()], basic=True)
    await desk.order(address(group))
    new = await fake.migrate(group, announce=announced)
    if announced:
        await fake.until_all_taken()
    _, arrived = await desk.day()
    assert (arrived, len(fake.sent(new)), fake.sent(group)) == (1, 1, [])
    assert await desk.state(address(new)) is ChatState.ACTIVE
