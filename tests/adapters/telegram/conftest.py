"""A fake Telegram that ends every test by saying what was wrong with the calls it got."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.telegram.platform import TelegramPlatform
from bot.domain.message import Message, Paragraph, Text
from bot.ports.talking import ChatEvent, CommandDescription, Request
from tests.fakes import suggest
from tests.fakes.telegram import FakeTelegram

COMMANDS = (
    CommandDescription("brief", {"fr": "Le point du jour", "en": "Today's briefing"}),
    CommandDescription(
        "status", {"fr": "Où en est un sujet", "en": "Where a topic stands"}, aliases={"fr": ("statut",)}
    ),
    CommandDescription("forget", {"fr": "Tout oublier", "en": "Forget me"}, in_menu=False, elsewhere=True),
    CommandDescription("addfeed", {"fr": "Ajouter une source", "en": "Add a source"}, for_moderators=True),
)


class QuickClock:
    """Sleeps are noted, last a moment, and move time on."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += timedelta(seconds=seconds)
        await asyncio.sleep(0.001)


def says(text: str) -> Message:
    """A message of one paragraph."""
    return Message("fr", (Paragraph((Text(text),)),))


class Newsroom:
    """A scripted dispatch: remembers what was asked, answers what it is told to, or repeats the question."""

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self.answer: Callable[[Request], Awaitable[Message | None]] = self._echo

    async def __call__(self, request: Request) -> Message | None:
        self.asked.append(request)
        return await self.answer(request)

    @staticmethod
    async def _echo(request: Request) -> Message | None:
        return says(f"{request.command}: {request.text}")


@pytest.fixture
def clock() -> QuickClock:
    return QuickClock()


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server
        assert server.violations == []


class Chronicle(list[ChatEvent]):
    """Takes note of what happens to chats."""

    async def note(self, event: ChatEvent) -> None:
        self.append(event)


@pytest.fixture
def chronicle() -> Chronicle:
    return Chronicle()


@pytest.fixture
async def platform(fake: FakeTelegram, clock: QuickClock, chronicle: Chronicle) -> AsyncIterator[TelegramPlatform]:
    connected = TelegramPlatform(
        fake.token,
        commands=COMMANDS,
        suggest=suggest.nothing,
        api_url=fake.url,
        clock=clock,
        events=chronicle.note,
    )
    yield connected
    await connected.close()


@pytest.fixture
async def newsroom(platform: TelegramPlatform, fake: FakeTelegram) -> AsyncIterator[Newsroom]:
    """The platform serves it while the test runs."""
    scripted = Newsroom()
    serving = asyncio.create_task(platform.serve(scripted))
    await fake.until_called("getUpdates")
    yield scripted
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
