"""A disk that fills up under a running bot: it says so, sends nothing it can't record, and heals by itself."""

from __future__ import annotations

import asyncio
import json
import resource
from datetime import UTC, datetime, timedelta

import psutil

from tests.end_to_end.conftest import Operator
from tests.end_to_end.ops import Ops, free_port
from tests.end_to_end.phone import next_minute
from tests.fakes.telegram import FakeTelegram

NO_ROOM = 4096
"""Bytes a file may have, once the disk is said to be full: less than any file of a database."""


async def test_a_full_disk_is_told_with_its_remedy_nothing_unrecorded_is_sent_and_it_heals(operator: Operator) -> None:
    ops = Ops(free_port())
    async with FakeTelegram() as telegram:
        awa = telegram.person("fr")
        settings = {
            "TELEGRAM_BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram.url,
            "OPS_ADDRESS": ops.address,
        }
        async with operator.running(**settings) as process:
            await ops.until("readyz")
            at = next_minute()
            await telegram.private(f"/subscribe {at:%H:%M} UTC", person=awa)
            assert "C’est noté" in (await telegram.next_message(awa.chat)).text

            bot = psutil.Process(process.pid)
            before = bot.rlimit(resource.RLIMIT_FSIZE)
            bot.rlimit(resource.RLIMIT_FSIZE, (NO_ROOM, before[1]))
            told = json.loads(await ops.until("readyz", status=503))
            assert "disk space" in told["store"]
            await telegram.private("/status ceasefire", person=awa)
            assert "Réessayez dans un instant" in (await telegram.next_message(awa.chat)).text
            await operator.until_said("Check DATABASE_URL, the folder’s permissions and the disk space.")
            while datetime.now(UTC) < at + timedelta(seconds=30):  # noqa: ASYNC110 - its minute passes, and some ticks
                await asyncio.sleep(1)
            assert len(telegram.sent(awa.chat)) == 2

            bot.rlimit(resource.RLIMIT_FSIZE, before)
            await ops.until("readyz")
            await telegram.next_message(awa.chat)
            await ops.until("metrics", words=r"state=\"sent\"\} [1-9]")
            await ops.until("metrics", words=r"of=\"edition\"\} 0\.0")
        assert len(telegram.sent(awa.chat)) == 3
