"""What becomes of servers, channels and threads, as the rest of the bot is told it."""

from __future__ import annotations

from bot.domain.chat import ChatAddress, ChatKind
from bot.ports.talking import ChatChange, ChatEvent, ServerEvent
from tests.adapters.discord.conftest import Newsroom, Served
from tests.fakes.discord import Channel, FakeDiscord, Guild


def gone(*channels: Channel) -> list[ChatEvent]:
    """What is told when these are lost."""
    return [_event(channel, ChatChange.GONE) for channel in channels]


def back(*channels: Channel) -> list[ChatEvent]:
    """What is told when these are ours again."""
    return [_event(channel, ChatChange.BACK) for channel in channels]


def _event(channel: Channel, change: ChatChange) -> ChatEvent:
    return ChatEvent(ChatAddress("discord", str(channel.id)), ChatKind.GROUP, change)


def found_in(guild: Guild, *channels: Channel, shut: tuple[Channel, ...] = ()) -> ServerEvent:
    """What is told when we are in a server and may write in these, and not in those."""
    ours, others = (tuple(str(channel.id) for channel in some) for some in (channels, shut))
    return ServerEvent("discord", str(guild.id), ours, others)


async def test_a_removal_and_an_invitation_concern_every_channel_and_thread(
    discord: FakeDiscord, newsroom: Newsroom, served: Served
) -> None:
    guild = discord.add_guild()
    channel = discord.add_channel(guild)
    thread = discord.add_thread(channel)
    async with served() as platform:
        client = platform._sender.client
        await discord.until(lambda: client is not None and client.is_ready())
        await discord.remove(guild)
        await discord.invite(guild)
        await discord.until(lambda: len(newsroom.servers) == 2)
        assert (await discord.slash(guild, channel, "help")).messages
    assert newsroom.events == gone(channel, thread)
    assert newsroom.servers == [found_in(guild, channel, thread)] * 2


async def test_every_connection_tells_which_servers_we_are_in_and_where_we_may_write(
    discord: FakeDiscord, newsroom: Newsroom, served: Served
) -> None:
    """A server may have removed us and invited us again while we were not connected: only this tells."""
    guild, other = discord.add_guild(), discord.add_guild("Ailleurs")
    channel, forum, shut = discord.add_channel(guild), discord.add_forum(guild), discord.add_channel(guild, "muet")
    shut.silenced = True
    open_, locked = discord.add_thread(channel), discord.add_thread(channel, "clos")
    locked.locked = True
    elsewhere = discord.add_channel(other)
    expected = [found_in(guild, channel, forum, open_, shut=(shut, locked)), found_in(other, elsewhere)]
    async with served():
        await discord.until(lambda: len(newsroom.servers) == 2)
    async with served():
        await discord.until(lambda: len(newsroom.servers) == 4)
    assert newsroom.servers == expected * 2
    assert newsroom.events == []


async def test_a_deleted_channel_takes_its_threads_along(
    discord: FakeDiscord, newsroom: Newsroom, served: Served
) -> None:
    guild = discord.add_guild()
    channel = discord.add_channel(guild)
    thread = discord.add_thread(channel)
    async with served():
        await discord.delete_channel(channel)
        await discord.until(lambda: len(newsroom.events) == 2)
    assert newsroom.events == gone(channel, thread)


async def test_a_deleted_thread_leaves_its_channel(discord: FakeDiscord, newsroom: Newsroom, served: Served) -> None:
    thread = discord.add_thread(discord.add_channel(discord.add_guild()))
    async with served():
        await discord.delete_channel(thread)
        await discord.until(lambda: newsroom.events)
    assert newsroom.events == gone(thread)


async def test_losing_and_regaining_the_right_to_write_is_told(
    discord: FakeDiscord, newsroom: Newsroom, served: Served
) -> None:
    channel = discord.add_channel(discord.add_guild())
    async with served():
        await discord.change(channel, silenced=True)
        await discord.change(channel, silenced=True)
        await discord.until(lambda: newsroom.events)
        await discord.change(channel)
        await discord.until(lambda: len(newsroom.events) == 2)
    assert newsroom.events == gone(channel) + back(channel)


async def test_a_lock_and_its_removal_are_told(discord: FakeDiscord, newsroom: Newsroom, served: Served) -> None:
    thread = discord.add_thread(discord.add_channel(discord.add_guild()))
    async with served():
        await discord.change(thread, locked=True)
        await discord.until(lambda: newsroom.events)
        await discord.change(thread)
        await discord.until(lambda: len(newsroom.events) == 2)
    assert newsroom.events == gone(thread) + back(thread)


async def test_an_outage_of_discord_is_no_removal(discord: FakeDiscord, newsroom: Newsroom, served: Served) -> None:
    guild = discord.add_guild()
    channel = discord.add_channel(guild)
    async with served():
        await discord.gateway.tell("GUILD_DELETE", {"id": str(guild.id), "unavailable": True})
        await discord.gateway.tell("GUILD_CREATE", guild.payload() | {"unavailable": False})
        await discord.slash(guild, channel, "help")
    assert newsroom.events == []


async def test_every_connection_tells_all_the_servers_there_are_so_that_the_others_are_known_to_have_left(
    discord: FakeDiscord, newsroom: Newsroom, served: Served
) -> None:
    stays, leaves = discord.add_guild(), discord.add_guild("Ailleurs")
    async with served():
        await discord.until(lambda: newsroom.present)
    await discord.remove(leaves)
    async with served():
        await discord.until(lambda: len(newsroom.present) == 2)
    assert newsroom.present == [{str(stays.id), str(leaves.id)}, {str(stays.id)}]
