"""What may be sent twice with one nonce, and for how long."""

from __future__ import annotations

from datetime import timedelta

from bot.adapters.discord.doubts import NONCE_MEMORY
from bot.adapters.discord.platform import DiscordPlatform
from bot.domain.chat import ChatAddress
from bot.domain.delivery import SendOutcome
from tests.adapters.discord.conftest import COMMANDS, QuickClock, Served, suggest
from tests.adapters.discord.test_sending import at, part
from tests.fakes.discord import FakeDiscord, Fault


async def test_a_channels_messages_are_repeatable_for_minutes_and_a_forums_posts_never(
    discord: FakeDiscord, served: Served
) -> None:
    guild = discord.add_guild()
    channel, forum = discord.add_channel(guild), discord.add_forum(guild)
    async with served() as platform:
        await discord.until(lambda: platform.repeatable_for(at(channel)) is not None, "the connection", 5)
        assert platform.repeatable_for(at(channel)) == NONCE_MEMORY
        assert platform.repeatable_for(at(forum)) == timedelta(0)


def test_before_it_is_connected_nobody_can_say(discord: FakeDiscord, clock: QuickClock) -> None:
    platform = DiscordPlatform(
        discord.token, commands=COMMANDS, suggest=suggest, clock=clock, api_url=discord.api_url, gateway_url=None
    )
    assert platform.repeatable_for(ChatAddress("discord", "5")) is None


async def test_a_retry_says_whether_the_first_try_may_have_arrived(discord: FakeDiscord, served: Served) -> None:
    channel = discord.add_channel(discord.add_guild())
    async with served() as platform:
        for fault, doubtful in ((Fault("POST /channels"), True), (Fault("POST /channels", 429, retry_after=60), False)):
            discord.spoil(fault)
            result = await platform.send(at(channel), part(), f"n{doubtful}")
            assert (result.outcome, result.may_have_arrived) == (SendOutcome.RETRY, doubtful)
