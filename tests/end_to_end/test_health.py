"""What an operator sees of a running bot: health, metrics, logs, and how it stops."""

from __future__ import annotations

import json
import re

from tests.end_to_end.conftest import Operator, tokens_of
from tests.end_to_end.ops import Ops, free_port
from tests.end_to_end.phone import next_minute
from tests.fakes.discord import MANAGE_GUILD, FakeDiscord
from tests.fakes.discord import Fault as DiscordFault
from tests.fakes.telegram import FakeTelegram, faults

MEMBER = 501_000_000_000_000_007


async def test_it_tells_its_health_and_figures_and_no_log_line_names_a_token_a_chat_or_a_person(
    operator: Operator,
) -> None:
    ops = Ops(free_port())
    async with FakeTelegram() as telegram, FakeDiscord() as discord:
        guild = discord.add_guild("Rédaction")
        channel = discord.add_channel(guild, "infos")
        direct = discord.open_direct(MEMBER)
        awa = telegram.person("fr")
        group = telegram.group(admins=[awa])
        settings = tokens_of(telegram, discord) | {
            "OPS_ADDRESS": ops.address,
            "LOG_LEVEL": "DEBUG",
            "LOG_FORMAT": "json",
            "BOT_MODERATORS": f"telegram:{awa.id},discord:{MEMBER}",
        }
        async with operator.running(**settings):
            assert json.loads(await ops.until("readyz")) == {
                "ready": True,
                "stale": [],
                "disconnected": [],
                "store": None,
            }
            assert (await ops.get("healthz"))[0] == 200
            at = next_minute()
            await telegram.group_message(group, f"/subscribe {at:%H:%M} UTC", awa)
            await telegram.next_message(group)  # before what is refused, which shuts a chat out
            telegram.script(
                "sendMessage",
                faults.bad_request(f"can't parse entities for {awa.id}"),
                faults.bad_gateway(),
                faults.forbidden(f"user {awa.id} is deactivated"),
            )
            for line in ("/status ceasefire", "/brief", "/search Odessa", "/feeds", f"/subscribe {at:%H:%M} UTC"):
                await telegram.private(line, person=awa)
            discord.spoil(DiscordFault("POST /interactions", 500, 0, f"user {MEMBER} of channel {channel.id}"))
            await discord.slash(guild, channel, "status", topic="ceasefire", by=MEMBER, wait=False)
            await discord.slash(
                guild, channel, "subscribe", time=f"{at:%H:%M}", zone="UTC", by=MEMBER, permissions=MANAGE_GUILD
            )
            await discord.slash(None, direct, "subscribe", time=f"{at:%H:%M}", zone="UTC", by=MEMBER)
            discord.spoil(DiscordFault(f"POST /channels/{channel.id}", 403, 50013, f"not in {channel.id}"))
            telegram.script("sendMessage", faults.flood(1))
            await discord.until(lambda: discord.messages(direct), "the edition", 120)
            await ops.until("metrics", words=r'depeche_delivery_parts\{platform="telegram",state="sent"\} [1-9]')
            await ops.until("metrics", words=r'depeche_chats\{platform="discord",state="gone"\} 1\.0')
            await ops.until("metrics", words=r'depeche_calls_total\{outcome="sent",platform="discord"\} [1-9]')
            figures = (await ops.get("metrics"))[1]
        log = "".join(operator.output)

    assert re.search(r'depeche_feeds\{state="active"\} [1-9]', figures)
    assert re.search(r"depeche_articles [1-9]", figures)
    assert re.search(r'depeche_calls_total\{outcome="sent",platform="discord"\} [1-9]', figures)
    assert 'depeche_tick_age_seconds{tick="upkeep"}' in figures
    assert "depeche_store_writable 1.0" in figures
    assert "process_resident_memory_bytes" in figures
    secrets = [telegram.token, telegram.token.partition(":")[2], discord.token, awa.id, abs(group), MEMBER]
    secrets += [str(group).removeprefix("-100"), guild.id, channel.id, direct.id]
    said = [secret for secret in map(str, secrets) if secret in log or secret in figures]
    assert said == []
    assert all(json.loads(line)["event"] for line in log.splitlines() if line.startswith("{"))
    assert "part not sent" in log


async def test_told_to_stop_it_puts_on_record_what_it_leaves_in_doubt_and_exits_in_time(operator: Operator) -> None:
    """Telegram takes the edition and never answers: whoever asks later must know that it may have arrived."""
    async with FakeTelegram() as telegram:
        awa = telegram.person("fr")
        settings = {"TELEGRAM_BOT_TOKEN": telegram.token, "TELEGRAM_API_URL": telegram.url}
        async with operator.running(**settings):
            at = next_minute()
            await telegram.private(f"/subscribe {at:%H:%M} UTC", person=awa)
            assert "C’est noté" in (await telegram.next_message(awa.chat)).text
            telegram.script("sendMessage", faults.accepted(faults.silence(60)))
            await telegram.next_message(awa.chat)  # it arrived; its sender waits for the answer
        # The block ends with SIGTERM: exit code 0, within 15 seconds.
        ops = Ops(free_port())
        async with operator.running(**settings, OPS_ADDRESS=ops.address):
            await ops.until("metrics", words=r'depeche_delivery_parts\{platform="telegram",state="unknown"\} 1\.0')
            await ops.until("metrics", words=r'depeche_tick_age_seconds\{tick="deliver"\} [0-9]')
        assert len(telegram.sent(awa.chat)) == 2
