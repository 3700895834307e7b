"""The same conversations on simcord, somebody else's simulated Discord: what our own fake takes for granted."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import discord
import pytest
import simcord

from bot.adapters.discord.client import DiscordClient
from bot.adapters.discord.platform import DiscordPlatform
from bot.adapters.discord.render import DiscordRenderer
from bot.domain.chat import ChatAddress
from bot.domain.delivery import SendOutcome
from bot.domain.message import Message, Paragraph, Picture, Text
from bot.ports import Request
from tests.adapters.discord.conftest import COMMANDS, Newsroom, QuickClock, suggest


@pytest.fixture
def platform(clock: QuickClock) -> DiscordPlatform:
    """A platform without an address: simcord replaces the network."""
    return DiscordPlatform("token", commands=COMMANDS, suggest=suggest, clock=clock)


def connection(platform: DiscordPlatform, newsroom: Newsroom) -> DiscordClient:
    """A client as ``serve`` makes it, which shows its commands once logged in."""
    client = platform.client(newsroom.dispatch)
    client.shard_count = 1

    async def show() -> None:
        await platform._replace_commands(client, "any")

    client.setup_hook = show  # type: ignore[method-assign]  # simcord logs in instead of serve
    return client


@asynccontextmanager
async def simulated(platform: DiscordPlatform, newsroom: Newsroom) -> AsyncIterator[Any]:
    """A simulated Discord with the bot in it."""
    client = connection(platform, newsroom)
    async with simcord.run(client) as env:
        platform._sender.client = client
        yield env


def texts(components: Sequence[dict[str, Any]]) -> list[str]:
    """All texts, nested ones included."""
    found: list[str] = []
    for component in components:
        found += [component["content"]] if component["type"] == 10 else texts(component.get("components", ()))
    return found


async def test_a_command_is_answered_in_private_and_its_button_survives_a_restart(
    platform: DiscordPlatform, newsroom: Newsroom
) -> None:
    async with simulated(platform, newsroom) as env:
        guild = env.create_guild()
        channel = guild.create_text_channel("infos")
        member = guild.add_member(env.create_user("awa"))
        answer = await member.slash(channel, "status", topic="grain")
        assert answer.response.ephemeral
        assert "Nothing is signed." in "\n".join(texts(answer.response.components))

        await env.restart_bot(connection(platform, newsroom))
        pressed = await member.click(answer.response, label="Details")
    assert pressed.response.ephemeral
    assert newsroom.requests[-1].text == "grain"


async def test_what_is_typed_is_completed(platform: DiscordPlatform, newsroom: Newsroom) -> None:
    async with simulated(platform, newsroom) as env:
        guild = env.create_guild()
        member = guild.add_member(env.create_user("awa"))
        found = await member.autocomplete(guild.create_text_channel("infos"), "status", "topic", "gr")
    assert [(choice["name"], choice["value"]) for choice in found] == [("Grain", "grain")]


async def test_who_manages_the_server_is_a_moderator_and_a_member_is_not_shown_moderators_commands(
    platform: DiscordPlatform, newsroom: Newsroom
) -> None:
    async with simulated(platform, newsroom) as env:
        guild = env.create_guild()
        channel = guild.create_text_channel("infos")
        curators = guild.create_role("curators", permissions=discord.Permissions(manage_guild=True))
        curator = guild.add_member(env.create_user("moussa"), roles=[curators])
        member = guild.add_member(env.create_user("awa"))
        assert set(member.available_commands(channel)) == {"status", "help"}
        await member.slash(channel, "help")
        await curator.slash(channel, "addfeed", url="https://gazette.example/feed")
    assert [request.is_moderator for request in newsroom.requests] == [False, True]


async def test_whoever_has_the_chosen_role_is_admitted_with_it_and_no_longer_without(
    clock: QuickClock, newsroom: Newsroom
) -> None:
    chosen: list[str] = []

    async def admit(request: Request) -> Request:
        assert request.server is not None
        return replace(request, is_moderator=bool(request.server.asker_roles & set(chosen)))

    platform = DiscordPlatform("token", commands=COMMANDS, suggest=suggest, clock=clock, admit=admit)
    async with simulated(platform, newsroom) as env:
        guild = env.create_guild()
        channel = guild.create_text_channel("infos")
        role = guild.create_role("rédaction")
        editor = guild.add_member(env.create_user("moussa"), roles=[role])
        await editor.slash(channel, "help")
        chosen.append(str(role.id))
        await editor.slash(channel, "help")
    assert [request.is_moderator for request in newsroom.requests] == [False, True]
    view = newsroom.requests[-1].server
    assert view is not None
    place = view.place(str(channel.id))
    assert place is not None
    assert (place.name, place.writable, place.tags) == ("infos", True, None)


async def test_a_picture_is_taken_nobody_is_pinged_and_a_closed_channel_is_told(
    platform: DiscordPlatform, newsroom: Newsroom
) -> None:
    hostile = Paragraph((Text("@everyone <t:1:R>"),))
    picture = Picture(b"\x89PNG\r\n\x1a\n", "Une courbe.")
    message = DiscordRenderer().render(Message("fr", (hostile,), picture=picture))
    async with simulated(platform, newsroom) as env:
        guild = env.create_guild()
        channel = guild.create_text_channel("infos")
        address = ChatAddress("discord", str(channel.id))
        first = await platform.send(address, message[0], "nonce-1")
        sent = channel.last_message
        assert [attachment.filename for attachment in sent.attachments] == ["depeche.png"]
        assert not sent.mention_everyone
        silence = {guild.default_role: discord.PermissionOverwrite(send_messages=False)}
        shut = guild.create_text_channel("muet", overwrites=silence)
        closed = await platform.send(ChatAddress("discord", str(shut.id)), message[0], "nonce-2")
    assert (first.outcome, closed.outcome) == (SendOutcome.SENT, SendOutcome.CHAT_GONE)
