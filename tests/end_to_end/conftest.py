"""The whole bot as its operator starts it: a process, on feeds, databases and platforms that stand on loopback."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.demo.server import sample, serving
from tests.fakes.discord import FakeDiscord
from tests.fakes.telegram import FakeTelegram
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[2]
GRACE = 60.0
"""Seconds within which it must have ended, once told to: its own ten, and a busy machine's."""


@dataclass
class Operator:
    """Starts the bot from the command line, in a folder of its own."""

    folder: Path
    environment: dict[str, str]
    output: list[str] = field(default_factory=list)
    _heard: asyncio.Event = field(default_factory=asyncio.Event)

    async def bot(self, *words: str, stdin: bytes = b"") -> tuple[int, str, str]:
        """Run one command to its end: exit code, standard output, standard error."""
        process = await self._start(*words)
        out, err = await asyncio.wait_for(process.communicate(stdin), PATIENCE)
        assert process.returncode is not None
        return process.returncode, out.decode(), err.decode()

    @asynccontextmanager
    async def running(self, **environment: str) -> AsyncIterator[asyncio.subprocess.Process]:
        """``bot run`` for as long as the block lasts; it must then end well and soon."""
        process = await self._start("run", **environment)
        assert process.stderr is not None
        reading = asyncio.create_task(self._read(process.stderr))
        try:
            yield process
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
            code = await asyncio.wait_for(process.wait(), GRACE)
            await reading
        assert code == 0, "".join(self.output)

    async def until_said(self, words: str) -> None:
        """Wait until the running bot has written these words to its log."""
        async with asyncio.timeout(PATIENCE):
            while not any(words in line for line in self.output):
                self._heard.clear()
                await self._heard.wait()

    async def _read(self, stream: asyncio.StreamReader) -> None:
        while line := await stream.readline():
            self.output.append(line.decode())
            self._heard.set()

    async def _start(self, *words: str, **environment: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *words,
            cwd=self.folder, env=self.environment | environment,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip


def tokens_of(telegram: FakeTelegram, discord: FakeDiscord) -> dict[str, str]:
    """What makes the bot serve both."""
    return {
        "TELEGRAM_BOT_TOKEN": telegram.token,
        "TELEGRAM_API_URL": telegram.url,
        "DISCORD_BOT_TOKEN": discord.token,
        "DISCORD_API_URL": discord.api_url,
        "DISCORD_GATEWAY_URL": discord.gateway_url,
    }


@pytest.fixture
def address() -> Iterator[str]:
    """The demonstration's feeds, as a publisher would serve them now: ``host:port``."""
    with serving(datetime.now(UTC)) as where:
        yield where


@pytest.fixture
def operator(tmp_path: Path, address: str) -> Operator:
    """An operator with a feed list, an empty database and no token."""
    (tmp_path / "feeds.yaml").write_text(sample("feeds.yaml").replace("{{address}}", address), encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
    settings = {"PYTHONPATH": str(ROOT), "FETCH_ALLOW": address, "OPS_ADDRESS": "", "BOT_LANGUAGE": "en"}
    return Operator(tmp_path, kept | settings)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Several processes and a database server at once: on two busy cores some take minutes."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.timeout(900))
