"""People on the fake Discord, through the real discord.py."""

from __future__ import annotations

import asyncio

from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.message import Message, Paragraph, Text
from bot.ports import Request
from tests.adapters.discord.conftest import Newsroom, Served
from tests.fakes.discord import MANAGE_GUILD, FakeDiscord


async def test_a_member_is_answered_in_private_and_in_the_clients_language(
    discord: FakeDiscord, newsroom: Newsroom, served: Served
) -> None:
    guild = discord.add_guild()
    channel = discord.add_channel(guild)
    async with served():
        french = await discord.slash(guild, channel, "status", topic="ceasefire", locale="fr")
        english = await discord.slash(guild, channel, "status", topic="grain", locale="en-GB")
    assert (french.private, english.private) == (True, True)
    assert "Rien n'est signé" in french.text
    assert "Nothing is signed" in english.text
    assert discord.messages(channel) == []
    assert newsroom.requests[0] == Request(
        chat=ChatAddress("discord", str(channel.id)),
        chat_kind=ChatKind.GROUP,
        person="501",
        is_moderator=False,
        client_language="fr",
        command="status",
        options={"topic": "ceasefire"},
        update_id=f"discord:{french.interaction}",
        for_asker_alone=True,
    )


async def test_a_slow_answer_is_deferred_at_once_and_followed_by_its_parts(
    discord: FakeDiscord, newsroom: Newsroom, served: Served
) -> None:
    async def slowly(request: Request) -> Message:
        await asyncio.sleep(0.3)
        return Message("fr", tuple(Paragraph((Text("phrase " * 400),)) for _ in range(3)))

    newsroom.answer = slowly
    guild = discord.add_guild()
    async with served():
        answer = await discord.slash(guild, discord.add_channel(guild), "help")
        await discord.until(lambda: len(answer.messages) == 3)
    assert answer.deferred_after is not None
    assert answer.deferred_after < 0.25


async def test_what_is_typed_is_completed_in_the_persons_language(discord: FakeDiscord, served: Served) -> None:
    guild = discord.add_guild()
    channel = discord.add_channel(guild)
    async with served():
        assert await discord.typing(guild, channel, "status", "topic", "ce", locale="en-US") == [
            ("Ceasefire", "ceasefire")
        ]
        assert await discord.typing(guild, channel, "status", "topic", "cé", locale="fr") == [("Céréales", "grain")]


async def test_a_button_still_works_after_a_restart(discord: FakeDiscord, newsroom: Newsroom, served: Served) -> None:
    guild = discord.add_guild()
    channel = discord.add_channel(guild)
    async with served():
        old = await discord.slash(guild, channel, "status", topic="grain")
    async with served():
        answer = await discord.press(guild, old.messages[0], "Détails", locale="en-US", permissions=MANAGE_GUILD)
    assert answer.private
    assert "Nothing is signed" in answer.text
    pressed = newsroom.requests[-1]
    assert (pressed.command, pressed.text, pressed.options) == ("status", "grain", None)
    assert pressed.is_moderator


async def test_direct_messages_are_private_chats_where_everyone_decides(
    discord: FakeDiscord, newsroom: Newsroom, served: Served
) -> None:
    direct = discord.open_direct()
    async with served():
        answer = await discord.slash(None, direct, "help")
    assert not answer.private
    assert newsroom.requests[0].chat_kind is ChatKind.PRIVATE
    assert newsroom.requests[0].is_moderator
    assert not newsroom.requests[0].for_asker_alone
