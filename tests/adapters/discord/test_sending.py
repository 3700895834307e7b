"""Messages in channels: one call each, every failure told to the ledger."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.adapters.discord import client
from bot.adapters.discord.invalid import MOST, InvalidRequests
from bot.adapters.discord.platform import DiscordPlatform
from bot.adapters.discord.render import DiscordRenderer
from bot.domain.chat import ChatAddress
from bot.domain.delivery import SendOutcome
from bot.domain.errors import PlatformRefused, PlatformUnavailable
from bot.domain.message import Heading, Message, Paragraph, Picture, RenderedPart, Text
from tests.adapters.discord.conftest import QuickClock, Served, suggest
from tests.fakes.discord import Channel, FakeDiscord, Fault

PICTURE = Picture(b"\x89PNG fake", "Une courbe qui monte.")


def part(text: str = "Bonjour", picture: Picture | None = None) -> RenderedPart:
    """One part."""
    (only,) = DiscordRenderer().render(Message("fr", (Paragraph((Text(text),)),), picture=picture))
    return only


def at(channel: Channel) -> ChatAddress:
    """A channel's address."""
    return ChatAddress("discord", str(channel.id))


@pytest.fixture
def channel(discord: FakeDiscord) -> Channel:
    """A text channel."""
    return discord.add_channel(discord.add_guild())


async def test_a_part_is_sent_with_the_ledgers_nonce(discord: FakeDiscord, channel: Channel, served: Served) -> None:
    async with served() as platform:
        result = await platform.send(at(channel), part(), "d1-0")
    (message,) = discord.messages(channel)
    assert (result.outcome, result.message_id) == (SendOutcome.SENT, str(message.id))
    assert (message.text, message.nonce, message.payload["enforce_nonce"]) == ("Bonjour", "d1-0", True)


async def test_a_picture_travels_with_its_part(discord: FakeDiscord, channel: Channel, served: Served) -> None:
    async with served() as platform:
        sent = await platform.send(at(channel), part(picture=PICTURE), "d1-0")
        await platform.edit(at(channel), sent.message_id or "", part("Corrigé", PICTURE))
    (message,) = discord.messages(channel)
    assert message.files == {"depeche.png": PICTURE.png}
    assert message.text == "Corrigé"


@pytest.mark.parametrize(
    "fault",
    [
        Fault("POST /channels", accepted=True),
        Fault("POST /channels", status=503, accepted=True),
        Fault("POST /channels", garbage=True, accepted=True),
    ],
    ids=["dropped connection", "503", "a page instead of an answer"],
)
async def test_a_part_that_arrived_although_the_call_failed_is_not_sent_twice(
    discord: FakeDiscord, channel: Channel, served: Served, fault: Fault
) -> None:
    async with served() as platform:
        discord.spoil(fault)
        first = await platform.send(at(channel), part(), "d2-0")
        second = await platform.send(at(channel), part(), "d2-0")
    assert (first.outcome, second.outcome) == (SendOutcome.RETRY, SendOutcome.SENT)
    (message,) = discord.messages(channel)
    assert second.message_id == str(message.id)


async def test_a_gateway_error_is_repeated_under_the_same_nonce(
    discord: FakeDiscord, channel: Channel, served: Served
) -> None:
    async with served() as platform:
        discord.spoil(Fault("POST /channels", status=502, accepted=True))
        result = await platform.send(at(channel), part(), "d3-0")
    assert result.outcome is SendOutcome.SENT
    assert len(discord.messages(channel)) == 1


async def test_a_short_rate_limit_is_waited_out_and_a_long_one_is_the_ledgers(
    discord: FakeDiscord, channel: Channel, served: Served
) -> None:
    async with served() as platform:
        discord.spoil(Fault("POST /channels", status=429, retry_after=0.05))
        short = await platform.send(at(channel), part(), "d4-0")
        discord.spoil(Fault("POST /channels", status=429, retry_after=25.0))
        long = await platform.send(at(channel), part(), "d4-1")
        discord.spoil(Fault("POST /channels", status=429, by_cloudflare=True, headers={"Retry-After": "900"}))
        banned = await platform.send(at(channel), part(), "d4-2")
    assert short.outcome is SendOutcome.SENT
    assert (long.outcome, long.retry_after, long.whole_token) == (SendOutcome.RETRY, 25.0, False)
    assert (banned.outcome, banned.retry_after, banned.whole_token) == (SendOutcome.RETRY, 900.0, True)


async def test_a_channel_that_is_gone_or_closed_to_us_stops_at_the_first_answer(
    discord: FakeDiscord, channel: Channel, served: Served
) -> None:
    async with served() as platform:
        unknown = await platform.send(ChatAddress("discord", "404"), part(), "d5-0")
        discord.spoil(Fault("POST /channels", status=403, code=50013))
        forbidden = await platform.send(at(channel), part(), "d5-1")
        channel.silenced = True
        silenced = await platform.send(at(channel), part(), "d5-2")
    assert {unknown.outcome, forbidden.outcome, silenced.outcome} == {SendOutcome.CHAT_GONE}
    assert sum("POST /channels" in call for call in discord.rest.calls) == 3


async def test_a_thread_is_a_channel_of_its_own(discord: FakeDiscord, channel: Channel, served: Served) -> None:
    post = discord.add_thread(discord.add_forum(discord.guilds[channel.guild_id or 0]))
    async with served() as platform:
        result = await platform.send(at(post), part(), "d6-0")
    assert result.outcome is SendOutcome.SENT
    assert len(discord.messages(post)) == 1


async def test_a_forum_gets_a_post_named_after_the_first_line_with_a_tag_where_it_wants_one(
    discord: FakeDiscord, channel: Channel, served: Served
) -> None:
    guild = discord.guilds[channel.guild_id or 0]
    free, tagged = discord.add_forum(guild), discord.add_forum(guild, tags=("briefing", "autre"))
    async with served() as platform:
        first = await platform.send(at(free), part("Dépêche [1] · *8 h*"), "d7-0")
        second = await platform.send(at(tagged), part("x" * 200, PICTURE), "d7-1")
        edited = await platform.edit(at(free), first.message_id or "", part("Corrigé"))
    assert {first.outcome, second.outcome, edited.outcome} == {SendOutcome.SENT}
    posts = {post.parent_id: post for post in discord.channels.values() if post.parent_id}
    assert posts[free.id].name == "Dépêche [1] · *8 h*"
    assert posts[tagged.id].name == "x" * 99 + "…"
    assert [message.text for message in discord.messages(posts[free.id])] == ["Corrigé"]


async def test_a_post_stands_under_the_tag_that_was_chosen_by_id_or_by_name(
    discord: FakeDiscord, channel: Channel, served: Served
) -> None:
    forum = discord.add_forum(discord.guilds[channel.guild_id or 0], tags=("briefing", "autre"))
    forum.wants_tag = False
    other = next(tag for tag, name in forum.tags.items() if name == "autre")
    async with served() as platform:
        for number, tag in enumerate((str(other), "Autre", "gone", "")):
            (rendered,) = DiscordRenderer().render(Message("fr", (Heading((Text("Point"),)),), tag=tag))
            assert (await platform.send(at(forum), rendered, f"d15-{number}")).outcome is SendOutcome.SENT
        (rendered,) = DiscordRenderer().render(Message("fr", (Heading((Text("Point"),)),), tag="autre"))
        assert (await platform.send(at(channel), rendered, "d15-channel")).outcome is SendOutcome.SENT
    assert [sent.tags for sent in discord.rest.sent] == [["autre"], ["autre"], [], [], []]
    assert all("tag" not in sent.payload for sent in discord.rest.sent)


async def test_a_part_waits_until_the_servers_are_known_lest_a_forum_look_like_a_channel(
    discord: FakeDiscord, channel: Channel, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "SETTLING", 0.5)
    discord.gateway.hesitation = 0.2
    forum = discord.add_forum(discord.guilds[channel.guild_id or 0])
    async with served() as platform:
        result = await platform.send(at(forum), part(), "d14-0")
    assert result.outcome is SendOutcome.SENT


@pytest.mark.parametrize("status", [0, 502, 503], ids=["dropped connection", "502", "503"])
async def test_a_post_that_may_have_been_opened_is_left_in_doubt_and_never_opened_twice(
    discord: FakeDiscord, channel: Channel, served: Served, status: int
) -> None:
    forum = discord.add_forum(discord.guilds[channel.guild_id or 0])
    async with served() as platform:
        discord.spoil(Fault("POST /channels", status=status, accepted=True))
        result = await platform.send(at(forum), part(), "d8-0")
    assert result.outcome is SendOutcome.AMBIGUOUS
    assert len(discord.rest.sent) == 1


async def test_a_doubt_older_than_discords_memory_is_not_tried_again(
    discord: FakeDiscord, channel: Channel, served: Served, clock: QuickClock
) -> None:
    async with served() as platform:
        discord.spoil(Fault("POST /channels", status=503, accepted=True))
        await platform.send(at(channel), part(), "d9-0")
        clock.at += timedelta(minutes=3)
        late = await platform.send(at(channel), part(), "d9-0")
    assert late.outcome is SendOutcome.AMBIGUOUS
    assert len(discord.messages(channel)) == 1


async def test_a_part_that_certainly_did_not_arrive_is_tried_whenever_the_ledger_wants(
    discord: FakeDiscord, channel: Channel, served: Served, clock: QuickClock
) -> None:
    async with served() as platform:
        discord.spoil(Fault("POST /channels", status=429, retry_after=60.0))
        await platform.send(at(channel), part(), "d10-0")
        clock.at += timedelta(hours=1)
        assert (await platform.send(at(channel), part(), "d10-0")).outcome is SendOutcome.SENT


async def test_announcements_are_published_ten_times_an_hour_at_most(
    discord: FakeDiscord, channel: Channel, served: Served, clock: QuickClock
) -> None:
    news = discord.add_announcements(discord.guilds[channel.guild_id or 0])
    async with served() as platform:
        await platform.send(at(channel), part(), "d11-text")
        for number in range(12):
            assert (await platform.send(at(news), part(), f"d11-{number}")).outcome is SendOutcome.SENT
        await discord.until(lambda: sum(message.published for message in discord.messages(news)) == 10)
        clock.at += timedelta(hours=1)
        discord.rest.sent.clear()
        await platform.send(at(news), part(), "d11-later")
        await discord.until(lambda: discord.messages(news)[0].published)
    assert not any(f"/channels/{channel.id}/messages/" in call for call in discord.rest.calls)


async def test_a_message_that_cannot_be_published_has_still_been_sent(
    discord: FakeDiscord, channel: Channel, served: Served
) -> None:
    news = discord.add_announcements(discord.guilds[channel.guild_id or 0])
    async with served() as platform:
        discord.spoil(Fault("crosspost", status=429, retry_after=3000.0))
        result = await platform.send(at(news), part(), "d12-0")
        await discord.until(lambda: any("crosspost" in call for call in discord.rest.calls))
    assert result.outcome is SendOutcome.SENT


async def test_too_many_refusals_hold_everything_back_before_discord_bans_the_address(
    discord: FakeDiscord, channel: Channel, served: Served, clock: QuickClock
) -> None:
    async with served() as platform:
        discord.spoil(Fault("POST /channels", status=403, code=50013))
        await platform.send(at(channel), part(), "d13-0")
        for _ in range(MOST - 1):
            platform._sender.invalid.note(403)
        held = await platform.send(at(channel), part(), "d13-1")
        clock.at += timedelta(minutes=10)
        later = await platform.send(at(channel), part(), "d13-2")
    assert (held.outcome, held.whole_token, held.retry_after) == (SendOutcome.RETRY, True, 600.0)
    assert later.outcome is SendOutcome.SENT


def test_limits_shared_with_other_bots_do_not_count_as_ours() -> None:
    invalid = InvalidRequests(QuickClock())
    for _ in range(MOST):
        invalid.note(429, "shared")
        invalid.note(404)
    assert invalid.pause() == 0.0


async def test_an_edit_of_a_deleted_message_leaves_the_chat_alone(
    discord: FakeDiscord, channel: Channel, served: Served
) -> None:
    async with served() as platform:
        assert (await platform.edit(at(channel), "12", part())).outcome is SendOutcome.REFUSED


async def test_before_the_connection_stands_a_part_waits(discord: FakeDiscord, clock: QuickClock) -> None:
    platform = DiscordPlatform(discord.token, commands=(), suggest=suggest, clock=clock, api_url=discord.api_url)
    assert (await platform.send(ChatAddress("discord", "1"), part(), "d7-0")).outcome is SendOutcome.RETRY


async def test_check_says_whether_the_token_is_good_and_discord_within_reach(
    discord: FakeDiscord, clock: QuickClock
) -> None:
    def platform(token: str, url: str) -> DiscordPlatform:
        return DiscordPlatform(token, commands=(), suggest=suggest, clock=clock, api_url=url)

    await platform(discord.token, discord.api_url).check()
    with pytest.raises(PlatformRefused):
        await platform("other", discord.api_url).check()
    with pytest.raises(PlatformUnavailable):
        await platform(discord.token, "http://127.0.0.1:9/api/v10").check()
