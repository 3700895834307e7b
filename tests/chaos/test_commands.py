"""What somebody asks for takes effect once, though the bot is killed while it does it."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.adapters.sql.store import SqlStore
from bot.domain.chat import ChatAddress
from tests.chaos.clerk import Point
from tests.fakes.telegram import FakeTelegram
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def clerk(fake: FakeTelegram, url: str, point: Point) -> AsyncIterator[asyncio.subprocess.Process]:
    """A bot, a process of its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.chaos.clerk", url, fake.url, point, cwd=ROOT, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def orders(store: SqlStore, chat: int) -> int:
    async with store.read() as unit:
        known = await unit.chats.find(ChatAddress("telegram", str(chat)))
        return 0 if known is None else len(await unit.subscriptions.of(known.id))


@pytest.mark.parametrize(
    ("point", "written", "answers"),
    [(Point.RECEIVED, 0, 1), (Point.BEFORE_COMMIT, 0, 1), (Point.CARRIED_OUT, 1, 0)],
)
async def test_a_command_that_telegram_tells_again_after_a_kill_takes_effect_once(
    store: SqlStore, store_url: str, point: Point, written: int, answers: int
) -> None:
    """Killed before the effect was committed, it is carried out again; killed after it, it is not."""
    async with FakeTelegram() as fake, asyncio.timeout(PATIENCE):
        awa = fake.person()
        await fake.private("/onemore")
        async with clerk(fake, store_url, point) as killed:
            assert await killed.wait() == -signal.SIGKILL
        assert (await orders(store, awa.chat), fake.sent(awa.chat)) == (written, [])
        async with clerk(fake, store_url, Point.NEVER):
            await fake.until_all_taken()
            assert await orders(store, awa.chat) == 1
            await fake.private("/onemore")
            await fake.until_all_taken()
        assert await orders(store, awa.chat) == 2
        assert [message.text for message in fake.sent(awa.chat)] == ["one more"] * (answers + 1)


async def test_a_command_that_ends_us_every_time_is_given_up_with_an_apology(store: SqlStore, store_url: str) -> None:
    async with FakeTelegram() as fake, asyncio.timeout(PATIENCE):
        awa = fake.person()
        await fake.private("/onemore")
        for _ in range(3):
            async with clerk(fake, store_url, Point.BEFORE_COMMIT) as killed:
                assert await killed.wait() == -signal.SIGKILL
        async with clerk(fake, store_url, Point.NEVER):
            await fake.until_all_taken()
        assert await orders(store, awa.chat) == 0
        assert len(fake.sent(awa.chat)) == 1
