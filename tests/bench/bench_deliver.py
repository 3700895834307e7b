"""A burst of 10,000 briefings against a Telegram that refuses more than 30 messages a second, in real time.

Two minutes of it are measured; ``BENCH_FULL=1`` sends them all (six minutes). No refusal may be of our own making.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.adapters.clock import SystemClock
from bot.adapters.sql.store import SqlStore
from bot.adapters.telegram.platform import TelegramPlatform
from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.delivery import DeliveryKind, NewDelivery
from bot.domain.message import Message, Paragraph, Text
from bot.ports import Request
from bot.services.deliver import Deliverer
from tests.fakes import suggest
from tests.fakes.telegram import ChatState, FakeTelegram

DELIVERIES = 10_000
FIRST_PERSON = 80_000_000
LIMIT = 30.0
MEASURED_SECONDS = float("inf") if os.environ.get("BENCH_FULL") else float(os.environ.get("BENCH_SECONDS", "120"))
COMMANDS = 1_000
"""Typed by one person while the burst lasts."""


@dataclass(slots=True)
class Counts:
    """What the server saw."""

    arrived: list[float] = field(default_factory=list)
    refused: int = 0

    def watch(self, fake: FakeTelegram) -> None:
        """Count every message at the door."""
        limits = fake.api._flood_limits
        assert limits is not None
        judge = limits.wait

        def wait(chat: int) -> int:
            seconds = judge(chat)
            if seconds:
                self.refused += 1
            else:
                self.arrived.append(time.monotonic())
            return seconds

        limits.wait = wait  # type: ignore[method-assign]  # the fake goes on as before


async def fill(store: SqlStore, fake: FakeTelegram, platform: TelegramPlatform) -> None:
    """A briefing for each of so many people."""
    now = SystemClock().now()
    words = "Échange de 84 prisonniers de chaque côté. " * 20
    async with store.write() as unit:
        for number in range(DELIVERIES):
            person = FIRST_PERSON + number
            fake.api.chats[person] = ChatState(person, "private")
            chat = await unit.chats.meet(ChatAddress("telegram", str(person)), ChatKind.PRIVATE)
            parts = platform.renderer.render(Message("fr", (Paragraph((Text(f"{number} {words}"),)),)))
            await unit.deliveries.enqueue(NewDelivery(f"daily:{number}", chat.id, DeliveryKind.DAILY, parts), now)


@asynccontextmanager
async def served(store: SqlStore, fake: FakeTelegram) -> AsyncIterator[TelegramPlatform]:
    """The platform, connected; it answers every command with a line."""

    async def answer(_request: Request) -> Message:
        return Message("fr", (Paragraph((Text("Rien de neuf."),)),))

    platform = TelegramPlatform(fake.token, commands=(), suggest=suggest.nothing, api_url=fake.url, clock=SystemClock())
    await fill(store, fake, platform)
    serving = asyncio.create_task(platform.serve(answer))
    try:
        await fake.until_called("getUpdates")
        yield platform
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


async def type_commands(fake: FakeTelegram) -> None:
    """One person, as fast as their client lets them."""
    for _ in range(COMMANDS):
        await fake.private("/status ceasefire")
        await asyncio.sleep(0.01)


def steady(arrived: list[float]) -> float:
    """Messages a second, over the whole seconds after the first: in that one thirty may come at once."""
    seconds = int(arrived[-1] - arrived[0])
    return sum(1 <= moment - arrived[0] < seconds for moment in arrived) / max(1, seconds - 1)


async def burst(*, typing: bool) -> None:
    """Send, and print how fast it went."""
    counts = Counts()
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        store = await SqlStore.open(f"sqlite:///{Path(folder, 'bench.db')}")
        stack.push_async_callback(store.close)
        fake = await stack.enter_async_context(FakeTelegram(flood_limits=True))
        counts.watch(fake)
        platform = await stack.enter_async_context(served(store, fake))
        deliverer = Deliverer(store, SystemClock(), {"telegram": platform}, "bench")
        typist = asyncio.create_task(type_commands(fake)) if typing else None
        cpu = time.process_time()
        turn = asyncio.create_task(deliverer.turn())
        await asyncio.wait({turn}, timeout=MEASURED_SECONDS)
        cpu = time.process_time() - cpu
        deliverer.stop()
        sent = await turn
        if typist is not None:
            typist.cancel()
    span = counts.arrived[-1] - counts.arrived[0]
    rate = steady(counts.arrived)
    what = f"with {COMMANDS:,} commands from one person" if typing else "alone"
    print(
        f"{what:<42} {sent:>6,} delivered, {len(counts.arrived) - sent} answers in {span:.0f} s: {rate:.2f} a second,"
        f" {100 * rate / LIMIT:.1f}% of the limit, {counts.refused} refused; {1000 * cpu / sent:.1f} ms CPU each"
        " (the server's included)",
        flush=True,
    )


def main() -> None:
    """Both."""
    asyncio.run(burst(typing=False))
    asyncio.run(burst(typing=True))


if __name__ == "__main__":
    main()
