"""Moderators show an answer to everyone; members can't."""

from __future__ import annotations

from bot.adapters.discord.sharing import Sharing
from tests.adapters.discord.conftest import Newsroom, Served
from tests.fakes.discord import MANAGE_GUILD, FakeDiscord

SHARING = Sharing({"fr": "Partager", "en": "Share"}, frozenset({"status"}))


async def test_a_moderator_shows_an_answer_to_everyone_in_the_servers_language(
    discord: FakeDiscord, newsroom: Newsroom, served: Served
) -> None:
    guild = discord.add_guild()
    channel = discord.add_channel(guild)
    async with served(SHARING):
        own = await discord.slash(guild, channel, "status", topic="grain", locale="en-GB", permissions=MANAGE_GUILD)
        shown = await discord.press(guild, own.messages[0], "Share", locale="en-GB", permissions=MANAGE_GUILD)
    assert (own.private, shown.private) == (True, False)
    asked = newsroom.requests[-1]
    assert (asked.command, asked.text, asked.options, asked.client_language) == ("status", "grain", None, None)
    assert not asked.for_asker_alone
    assert "Share" not in [button["label"] for button in shown.buttons]


async def test_a_member_is_not_offered_to_share(discord: FakeDiscord, served: Served) -> None:
    guild = discord.add_guild()
    async with served(SHARING):
        answer = await discord.slash(guild, discord.add_channel(guild), "status")
    assert [button["label"] for button in answer.buttons] == ["Détails"]


async def test_a_button_kept_after_losing_the_right_shows_nothing(
    discord: FakeDiscord, newsroom: Newsroom, served: Served
) -> None:
    guild = discord.add_guild()
    channel = discord.add_channel(guild)
    newsroom.answer = None
    async with served(SHARING):
        own = await discord.slash(guild, channel, "status", permissions=MANAGE_GUILD)
        pressed = await discord.press(guild, own.messages[0], "Partager", wait=False)
        await discord.until(lambda: len(newsroom.requests) == 2)
    assert pressed.private
    assert newsroom.requests[-1].command == "discord-share"


async def test_settings_and_private_chats_have_nothing_to_share(discord: FakeDiscord, served: Served) -> None:
    guild = discord.add_guild()
    direct = discord.open_direct()
    async with served(SHARING):
        other = await discord.slash(guild, discord.add_channel(guild), "help", permissions=MANAGE_GUILD)
        private = await discord.slash(None, direct, "status")
    assert "Partager" not in [button["label"] for button in (*other.buttons, *private.buttons)]
