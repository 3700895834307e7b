"""Staying connected: dropped sockets, lost sessions, refused tokens, late and failing answers."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest
from discord import Client
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.adapters.discord.platform import DiscordPlatform
from bot.domain.errors import PlatformRefused
from bot.domain.message import Message
from bot.ports import Request
from tests.adapters.discord.conftest import COMMANDS, Newsroom, QuickClock, Served, status, suggest
from tests.fakes.discord import FakeDiscord, Fault


async def test_only_the_intent_for_servers_is_asked_for(discord: FakeDiscord, served: Served) -> None:
    async with served():
        assert discord.gateway.intents == 1


async def test_a_dropped_socket_resumes_and_hears_what_it_missed(discord: FakeDiscord, served: Served) -> None:
    guild = discord.add_guild()
    channel = discord.add_channel(guild)
    async with served():
        await discord.gateway.drop()
        waiting = asyncio.create_task(discord.slash(guild, channel, "help"))
        await discord.until(lambda: discord.gateway.resumed == 1)
        answer = await waiting
    assert answer.messages
    assert discord.gateway.identified == 1


async def test_a_request_to_reconnect_resumes(discord: FakeDiscord, served: Served) -> None:
    guild = discord.add_guild()
    channel = discord.add_channel(guild)
    async with served():
        await discord.gateway.ask_to_reconnect()
        await discord.until(lambda: discord.gateway.resumed == 1)
        assert (await discord.slash(guild, channel, "help")).messages


async def test_a_lost_session_begins_anew_at_the_same_gateway(
    discord: FakeDiscord, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Client, "before_identify_hook", _at_once)
    guild = discord.add_guild()
    channel = discord.add_channel(guild)
    async with served():
        await discord.gateway.lose_sessions()
        await discord.connected(2)
        assert (await discord.slash(guild, channel, "help")).messages


async def test_a_token_that_is_not_accepted_needs_a_person(discord: FakeDiscord, clock: QuickClock) -> None:
    with pytest.raises(PlatformRefused):
        await platform(discord, clock, token="other").serve(Newsroom().dispatch)


@pytest.mark.parametrize("code", [4004, 4013, 4014])
async def test_a_gateway_that_refuses_us_needs_a_person(discord: FakeDiscord, clock: QuickClock, code: int) -> None:
    discord.gateway.refuse_with = code
    with pytest.raises(PlatformRefused):
        await platform(discord, clock).serve(Newsroom().dispatch)


async def test_a_discord_out_of_reach_is_tried_again_later_and_later(
    discord: FakeDiscord, clock: QuickClock, newsroom: Newsroom
) -> None:
    discord.spoil(Fault("GET /users/@me", status=503, times=3))
    serving = asyncio.create_task(platform(discord, clock).serve(newsroom.dispatch))
    await discord.connected()
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving
    assert clock.slept == [5.0, 10.0, 20.0]


async def test_another_client_of_the_process_still_finds_discord_itself(discord: FakeDiscord, served: Served) -> None:
    async with served():
        assert Route.BASE == "https://discord.com/api/v10"
        assert str(DiscordWebSocket.DEFAULT_GATEWAY) == "wss://gateway.discord.gg/"


# --- Answers that meet trouble ---


@pytest.mark.parametrize(
    "fault",
    [
        Fault("callback"),
        Fault("callback", accepted=True),
        Fault("callback", status=503),
        Fault("@original"),
        Fault("@original", status=503, accepted=True),
    ],
    ids=["defer dropped", "defer taken but dropped", "defer 503", "answer dropped", "answer taken but 503"],
)
async def test_one_dropped_call_costs_nobody_an_answer(discord: FakeDiscord, served: Served, fault: Fault) -> None:
    guild = discord.add_guild()
    channel = discord.add_channel(guild)
    async with served():
        discord.spoil(fault)
        answer = await discord.slash(guild, channel, "status")
    assert len(answer.messages) == 1


async def test_nothing_is_done_for_a_person_who_can_no_longer_be_answered(
    discord: FakeDiscord, newsroom: Newsroom, served: Served
) -> None:
    guild = discord.add_guild()
    channel = discord.add_channel(guild)
    async with served():
        discord.spoil(Fault("callback", status=404, code=10062))
        late = await discord.slash(guild, channel, "help", wait=False)
        answered = await discord.slash(guild, channel, "help")
    assert answered.messages
    assert not late.done
    assert len(newsroom.requests) == 1


async def test_an_answer_after_the_token_expired_does_no_harm(
    discord: FakeDiscord, newsroom: Newsroom, served: Served
) -> None:
    async def slowly(request: Request) -> Message:
        await asyncio.sleep(0.2)
        return status(request)

    newsroom.answer = slowly
    guild = discord.add_guild()
    channel = discord.add_channel(guild)
    async with served():
        late = await discord.slash(guild, channel, "help", lifetime=0.05, wait=False)
        await discord.until(lambda: any("@original" in call for call in discord.rest.calls))
        again = await discord.slash(guild, channel, "help")
    assert not late.messages
    assert again.messages


async def test_an_update_answered_before_leaves_nothing_behind(
    discord: FakeDiscord, newsroom: Newsroom, served: Served
) -> None:
    async def before(request: Request) -> None:
        return None

    newsroom.answer = before
    guild = discord.add_guild()
    async with served():
        answer = await discord.slash(guild, discord.add_channel(guild), "help")
    assert answer.withdrawn
    assert not answer.messages


async def test_an_interaction_told_again_takes_nobodys_answer_away(
    discord: FakeDiscord, newsroom: Newsroom, served: Served
) -> None:
    guild = discord.add_guild()
    channel = discord.add_channel(guild)

    async def once(request: Request) -> Message | None:
        return status(request) if len(newsroom.requests) == 1 else None

    newsroom.answer = once
    async with served():
        answer = await discord.slash(guild, channel, "help")
        await discord._tell(guild, answer, 2, discord._command("help", []), "fr", 0, 501)
        await discord.until(lambda: len(newsroom.requests) == 2)
    assert (len(answer.messages), answer.withdrawn) == (1, False)


async def test_a_failing_command_leaves_nobody_waiting(
    discord: FakeDiscord, newsroom: Newsroom, served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(request: Request) -> Message:
        raise RuntimeError("a mistake of ours")

    newsroom.answer = fail
    guild = discord.add_guild()
    async with served():
        answer = await discord.slash(guild, discord.add_channel(guild), "help")
    assert answer.withdrawn
    assert "a mistake of ours" in caplog.text


async def test_a_shutdown_lets_an_answer_under_way_end(
    discord: FakeDiscord, newsroom: Newsroom, served: Served
) -> None:
    async def slowly(request: Request) -> Message:
        await asyncio.sleep(0.2)
        return status(request)

    newsroom.answer = slowly
    guild = discord.add_guild()
    async with served():
        answer = await discord.slash(guild, discord.add_channel(guild), "help", wait=False)
        await discord.until(lambda: newsroom.requests)
    assert answer.messages


async def test_nobody_and_no_token_is_named_in_the_logs(
    discord: FakeDiscord, served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    guild = discord.add_guild()
    channel = discord.add_channel(guild)
    async with served():
        discord.spoil(Fault("callback", status=404, code=10062))
        await discord.slash(guild, channel, "help", wait=False, by=987654321)
        discord.spoil(Fault("@original", status=429, retry_after=0.01))
        await discord.slash(guild, channel, "help", by=987654321)
    assert "We are being rate limited" in caplog.text
    assert discord.token not in caplog.text
    assert "987654321" not in caplog.text
    assert not any(token in caplog.text for token in discord.rest.answers)


def platform(discord: FakeDiscord, clock: QuickClock, token: str | None = None) -> DiscordPlatform:
    """A platform not yet served."""
    return DiscordPlatform(
        token or discord.token,
        commands=COMMANDS,
        suggest=suggest,
        clock=clock,
        api_url=discord.api_url,
        gateway_url=discord.gateway_url,
    )


async def _at_once(client: Client, shard_id: int | None, *, initial: bool = False) -> None:
    """Instead of discord.py's five seconds before a second identify."""


async def test_it_is_known_whether_the_gateway_is_there(discord: FakeDiscord, served: Served) -> None:
    discord.add_guild()
    async with served() as platform:
        await discord.until(lambda: platform.connected)
        discord.gateway.refuse_with = 4000
        await discord.gateway.lose_sessions()
        await discord.until(lambda: not platform.connected)
        discord.gateway.refuse_with = None
        await discord.until(lambda: platform.connected)
    assert not platform.connected
