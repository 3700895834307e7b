"""A burst of 10,000 briefings against platforms that refuse more than 30 messages a second, in real time.

Telegram alone, Telegram while one person types 1,000 commands, and Discord. Two minutes of each are measured;
``BENCH_FULL=1`` sends them all (six minutes each). No refusal may be of our own making.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

from bot.adapters.clock import SystemClock
from bot.adapters.discord.platform import DiscordPlatform
from bot.adapters.sql.store import SqlStore
from bot.adapters.telegram.platform import TelegramPlatform
from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.delivery import DeliveryKind, NewDelivery
from bot.domain.message import Message, Paragraph, Text
from bot.ports import Platform, Request
from bot.services.deliver import Deliverer
from tests.fakes import suggest
from tests.fakes.discord import FakeDiscord, Fault
from tests.fakes.discord.faults import call_of
from tests.fakes.telegram import ChatState, FakeTelegram
from tests.fakes.telegram.flood import FloodLimits

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
        limits.wait = lambda chat: self.count(judge(chat))  # type: ignore[method-assign]  # the fake goes on as before

    def count(self, seconds: int) -> int:
        """A message came, so many seconds too early."""
        if seconds:
            self.refused += 1
        else:
            self.arrived.append(time.monotonic())
        return seconds


async def fill(store: SqlStore, platform: Platform, chats: list[str]) -> None:
    """A briefing for each of so many people."""
    now = SystemClock().now()
    words = "Échange de 84 prisonniers de chaque côté. " * 20
    async with store.write() as unit:
        for number, name in enumerate(chats):
            chat = await unit.chats.meet(ChatAddress(platform.name, name), ChatKind.PRIVATE)
            parts = platform.renderer.render(Message("fr", (Paragraph((Text(f"{number} {words}"),)),)))
            await unit.deliveries.enqueue(NewDelivery(f"daily:{number}", chat.id, DeliveryKind.DAILY, parts), now)


async def answer(_request: Request) -> Message:
    """Every command's answer is a line."""
    return Message("fr", (Paragraph((Text("Rien de neuf."),)),))


@asynccontextmanager
async def on_telegram(store: SqlStore, fake: FakeTelegram) -> AsyncIterator[Platform]:
    """Connected, with everything in the outbox."""
    platform = TelegramPlatform(fake.token, commands=(), suggest=suggest.nothing, api_url=fake.url, clock=SystemClock())
    people = range(FIRST_PERSON, FIRST_PERSON + DELIVERIES)
    fake.api.chats |= {person: ChatState(person, "private") for person in people}
    await fill(store, platform, [str(person) for person in people])
    async with _serving(platform):
        await fake.until_called("getUpdates")
        yield platform


@asynccontextmanager
async def on_discord(store: SqlStore, fake: FakeDiscord) -> AsyncIterator[Platform]:
    """Connected, with everything in the outbox."""
    platform = DiscordPlatform(
        fake.token,
        commands=(),
        suggest=suggest.nothing,
        api_url=fake.api_url,
        gateway_url=fake.gateway_url,
        clock=SystemClock(),
    )
    channels = [fake.open_direct(number) for number in range(DELIVERIES)]
    await fill(store, platform, [str(channel.id) for channel in channels])
    here = ChatAddress("discord", str(channels[0].id))
    async with _serving(platform):
        while platform.repeatable_for(here) is None:  # noqa: ASYNC110 - a connection that is made tells nobody
            await asyncio.sleep(0.1)
        yield platform


@asynccontextmanager
async def _serving(platform: Platform) -> AsyncIterator[None]:
    serving = asyncio.create_task(platform.serve(answer))
    try:
        yield
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


class Flood(list[Fault]):
    """Discord's global limit, set to what Telegram allows."""

    def __init__(self, counts: Counts) -> None:
        super().__init__()
        self._limits = FloodLimits()
        self._counts = counts

    def __iter__(self) -> Iterator[Fault]:
        return iter([_TooFast(self._limits, self._counts)])


class _TooFast(Fault):
    __slots__ = ("_counts", "_limits")

    def __init__(self, limits: FloodLimits, counts: Counts) -> None:
        super().__init__("POST /channels", 429, retry_after=1.0, whole_bot=True)
        self._limits = limits
        self._counts = counts

    def matches(self, request: web.Request) -> bool:
        return self.call in call_of(request) and self._counts.count(self._limits.wait(0)) > 0


async def type_commands(fake: FakeTelegram) -> None:
    """One person, as fast as their client lets them."""
    for _ in range(COMMANDS):
        await fake.private("/status ceasefire")
        await asyncio.sleep(0.01)


def steady(arrived: list[float]) -> float:
    """Messages a second, over the whole seconds after the first: in that one thirty may come at once."""
    seconds = int(arrived[-1] - arrived[0])
    return sum(1 <= moment - arrived[0] < seconds for moment in arrived) / max(1, seconds - 1)


async def telegram(*, typing: bool) -> None:
    """Send, and print how fast it went."""
    counts = Counts()
    async with AsyncExitStack() as stack:
        store = await _store(stack)
        fake = await stack.enter_async_context(FakeTelegram(flood_limits=True))
        counts.watch(fake)
        platform = await stack.enter_async_context(on_telegram(store, fake))
        typist = asyncio.create_task(type_commands(fake)) if typing else None
        what = f"Telegram, with {COMMANDS:,} commands from one person" if typing else "Telegram"
        await _measure(what, store, platform, counts)
        if typist is not None:
            typist.cancel()


async def discord() -> None:
    """The same."""
    counts = Counts()
    async with AsyncExitStack() as stack:
        store = await _store(stack)
        fake = await stack.enter_async_context(FakeDiscord())
        platform = await stack.enter_async_context(on_discord(store, fake))
        fake.rest.faults = Flood(counts)
        await _measure("Discord", store, platform, counts)


async def _store(stack: AsyncExitStack) -> SqlStore:
    folder = stack.enter_context(tempfile.TemporaryDirectory())
    store = await SqlStore.open(f"sqlite:///{Path(folder, 'bench.db')}")
    stack.push_async_callback(store.close)
    return store


async def _measure(what: str, store: SqlStore, platform: Platform, counts: Counts) -> None:
    deliverer = Deliverer(store, SystemClock(), {platform.name: platform}, "bench")
    cpu = time.process_time()
    turn = asyncio.create_task(deliverer.turn())
    await asyncio.wait({turn}, timeout=MEASURED_SECONDS)
    cpu = time.process_time() - cpu
    deliverer.stop()
    sent = await turn
    span = counts.arrived[-1] - counts.arrived[0]
    rate = steady(counts.arrived)
    print(
        f"{what:<46} {sent:>6,} delivered, {len(counts.arrived) - sent} answers in {span:.0f} s: {rate:.2f} a second,"
        f" {100 * rate / LIMIT:.1f}% of the limit, {counts.refused} refused; {1000 * cpu / sent:.1f} ms CPU each"
        " (the server's included)",
        flush=True,
    )


async def bench() -> None:
    """One after the other."""
    await telegram(typing=False)
    await telegram(typing=True)
    await discord()


def main() -> None:
    """Everything."""
    asyncio.run(bench())


if __name__ == "__main__":
    main()
