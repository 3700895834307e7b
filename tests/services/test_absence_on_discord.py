"""Discord servers, channels and threads that shut us out, and let us in again: through a server that acts it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

import pytest

from bot.adapters.discord import client
from bot.adapters.discord.platform import DiscordPlatform
from bot.adapters.sql.store import SqlStore
from bot.domain.chat import ChatAddress, ChatState
from bot.services.chats import ChatBook
from tests.fakes import suggest
from tests.fakes.clock import FakeClock
from tests.fakes.discord import Channel, FakeDiscord, Guild
from tests.fakes.discord.world import SEND_IN_THREADS, SEND_MESSAGES
from tests.services.absence import Desk


@dataclass
class Place:
    """A server with a channel and a thread below it."""

    discord: FakeDiscord
    guild: Guild
    channel: Channel
    thread: Channel


Sign = Callable[[Place], Awaitable[object]]


@pytest.fixture
def place(discord: FakeDiscord) -> Place:
    guild = discord.add_guild()
    channel = discord.add_channel(guild)
    return Place(discord, guild, channel, discord.add_thread(channel))


@pytest.fixture
async def desk(store: SqlStore, clock: FakeClock, place: Place, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    """Connected to a Discord with the place in it."""
    monkeypatch.setattr(client, "SETTLING", 0.05)
    book, discord = ChatBook(store), place.discord
    platform = DiscordPlatform(
        discord.token,
        commands=(),
        suggest=suggest.nothing,
        clock=clock,
        api_url=discord.api_url,
        gateway_url=discord.gateway_url,
        events=book.note,
        servers=book,
    )
    desk = Desk(store, clock, platform)
    serving = asyncio.create_task(platform.serve(desk.answer))
    await discord.until(lambda: platform._sender.client is not None and platform._sender.client.is_ready())
    yield desk
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving


def address(channel: Channel) -> ChatAddress:
    return ChatAddress("discord", str(channel.id))


async def removed(place: Place) -> None:
    await place.discord.remove(place.guild)


async def invited(place: Place) -> None:
    await place.discord.invite(place.guild)


async def silenced(place: Place) -> None:
    await place.discord.change(place.channel, silenced=True)


async def heard(place: Place) -> None:
    await place.discord.change(place.channel)


async def locked(place: Place) -> None:
    await place.discord.change(place.thread, locked=True)


async def unlocked(place: Place) -> None:
    await place.discord.change(place.thread)


async def shut_away(place: Place) -> None:
    await place.discord.change(place.thread, locked=True, archived=True)


async def muted(place: Place) -> None:
    await place.discord.mute(place.guild)


async def unmuted(place: Place) -> None:
    await place.discord.mute(place.guild, mute=False)


async def given_a_role(place: Place) -> None:
    role = place.discord.add_role(place.guild, "Rédaction", permissions=SEND_MESSAGES | SEND_IN_THREADS)
    await place.discord.gateway.tell("GUILD_ROLE_CREATE", {"guild_id": str(place.guild.id), "role": role.payload()})
    await place.discord.give_role(place.guild, role)


CASES: dict[str, tuple[str, Sign, Sign]] = {
    "removed from the server": ("channel", removed, invited),
    "a channel that silenced us": ("channel", silenced, heard),
    "roles that may not write any more": ("channel", muted, unmuted),
    "a thread, and roles that may not write any more": ("thread", muted, unmuted),
    "roles, until we get another one": ("channel", muted, given_a_role),
    "a locked thread": ("thread", locked, unlocked),
    "a thread that was locked and archived": ("thread", shut_away, unlocked),
}


@pytest.mark.parametrize("case", CASES)
async def test_a_chat_that_is_shut_is_left_alone_and_resumes_without_a_flood(
    desk: Desk, place: Place, case: str
) -> None:
    which, lose, regain = CASES[case]
    channel: Channel = getattr(place, which)
    await desk.order(address(channel), server=str(place.guild.id))
    await lose(place)
    await desk.is_known_gone(address(channel))
    await regain(place)
    await desk.resumes(address(channel))


async def unheard(discord: FakeDiscord, happens: Awaitable[object]) -> None:
    """The gateway tells nobody."""
    sessions, discord.gateway.sessions = discord.gateway.sessions, {}
    await happens
    discord.gateway.sessions = sessions


@pytest.mark.parametrize("case", CASES)
async def test_a_chat_that_was_shut_unheard_is_found_out_by_one_call(desk: Desk, place: Place, case: str) -> None:
    which, lose, regain = CASES[case]
    channel: Channel = getattr(place, which)
    await desk.order(address(channel), server=str(place.guild.id))
    await unheard(place.discord, lose(place))
    await desk.is_found_gone(address(channel))
    await unheard(place.discord, regain(place))
    await place.discord.gateway.lose_sessions()
    await desk.resumes(address(channel))


@pytest.mark.parametrize("which", ["channel", "thread"])
async def test_what_was_deleted_is_left_alone(desk: Desk, place: Place, which: str) -> None:
    channel: Channel = getattr(place, which)
    await desk.order(address(channel))
    await place.discord.delete_channel(channel)
    await desk.is_known_gone(address(channel))


@pytest.mark.parametrize("which", ["channel", "thread"])
async def test_what_was_deleted_unheard_is_found_out_by_one_call(desk: Desk, place: Place, which: str) -> None:
    channel: Channel = getattr(place, which)
    await desk.order(address(channel))
    await unheard(place.discord, place.discord.delete_channel(channel))
    await desk.is_found_gone(address(channel))


async def test_rights_lost_while_we_were_not_connected_are_known_at_the_next_connection(
    desk: Desk, place: Place
) -> None:
    await desk.order(address(place.channel), server=str(place.guild.id))
    await unheard(place.discord, muted(place))
    await place.discord.gateway.lose_sessions()
    await desk.is_known_gone(address(place.channel))


async def test_an_archived_thread_opens_by_itself(desk: Desk, place: Place) -> None:
    await desk.order(address(place.thread))
    await place.discord.change(place.thread, archived=True)
    assert await desk.day() == (1, 1)
    assert await desk.state(address(place.thread)) is ChatState.ACTIVE
