"""A person on Telegram and a member on Discord, served by one ``bot run``."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from tests.end_to_end.conftest import Operator, tokens_of
from tests.end_to_end.phone import next_minute
from tests.fakes.discord import MANAGE_GUILD, FakeDiscord
from tests.fakes.telegram import FakeTelegram

"""The next full minute, one tick, and the sending."""


async def test_both_platforms_answer_and_push_a_subscribed_edition_at_its_minute(operator: Operator) -> None:
    async with FakeTelegram() as telegram, FakeDiscord() as discord:
        guild = discord.add_guild("Rédaction")
        channel = discord.add_channel(guild, "infos")
        await operator.bot("poll", "--once")
        async with operator.running(**tokens_of(telegram, discord)):
            awa = telegram.person("fr")
            await telegram.private("/status ceasefire", language="fr")
            status = await telegram.next_message(awa.chat)
            assert "Cessez-le-feu" in status.text
            assert "Le Kremlin ne confirme ni ne dément" in status.text

            member = await discord.slash(guild, channel, "status", topic="ceasefire", locale="en-GB")
            assert member.private
            assert "Ceasefire" in member.text

            at = next_minute()
            await telegram.private(f"/subscribe {at:%H:%M} UTC", language="fr")
            assert "C’est noté" in (await telegram.next_message(awa.chat)).text
            taken = await discord.slash(
                guild, channel, "subscribe", time=f"{at:%H:%M}", zone="UTC", locale="en-GB", permissions=MANAGE_GUILD
            )
            assert "Done" in taken.text

            edition = await telegram.next_message(awa.chat)
            assert datetime.now(UTC) >= at
            await discord.until(lambda: discord.messages(channel), "the edition")
            public = discord.messages(channel)[0]

        assert "Depuis" in edition.text or "dernières heures" in edition.text
        assert "Le Quai" in edition.text
        assert "The Harbour Post" in public.text
        assert telegram.violations == []
        assert discord.violations == []


async def test_a_member_may_not_change_a_servers_settings(operator: Operator) -> None:
    async with FakeDiscord() as discord:
        guild = discord.add_guild("Rédaction")
        channel = discord.add_channel(guild, "infos")
        tokens = {
            "DISCORD_BOT_TOKEN": discord.token,
            "DISCORD_API_URL": discord.api_url,
            "DISCORD_GATEWAY_URL": discord.gateway_url,
        }
        async with operator.running(**tokens):
            refused = await discord.slash(guild, channel, "subscribe", time="8h", zone="Dakar", locale="fr")
            await asyncio.sleep(0)
        assert "Seuls les modérateurs" in refused.text
