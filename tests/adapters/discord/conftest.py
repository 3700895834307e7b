"""A bot on the fake Discord, with a scripted newsroom behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from bot.adapters.discord import client
from bot.adapters.discord.answers import Admit, as_it_is
from bot.adapters.discord.platform import DiscordPlatform
from bot.adapters.discord.sharing import Sharing
from bot.domain.chat import ChatAddress, PlatformName
from bot.domain.language import ReaderLanguage, reader_language
from bot.domain.message import Button, Footer, Heading, Message, Paragraph, Text
from bot.ports import CommandDescription, OptionDescription, OptionKind, Request
from bot.ports.talking import ChatEvent, ServerEvent
from tests.fakes.discord import FakeDiscord
from tests.fixtures_servers import discord

__all__ = ["discord"]

COMMANDS = (
    CommandDescription(
        "status",
        {"fr": "L'état d'un sujet", "en": "Where a topic stands"},
        (OptionDescription("topic", {"fr": "Le sujet", "en": "The topic"}, required=False, suggested=True),),
    ),
    CommandDescription("help", {"fr": "Ce que je sais faire", "en": "What I can do"}, in_menu=False),
    CommandDescription(
        "addfeed",
        {"fr": "Proposer une source", "en": "Propose a source"},
        (OptionDescription("url", {"fr": "Son adresse", "en": "Its address"}, required=True),),
        for_moderators=True,
    ),
    CommandDescription(
        "setup",
        {"fr": "Régler un salon", "en": "Set up a channel"},
        (
            OptionDescription("channel", {"fr": "Le salon", "en": "The channel"}, False, kind=OptionKind.CHAT),
            OptionDescription(
                "language",
                {"fr": "La langue", "en": "The language"},
                False,
                choices=(("fr", {"fr": "Français", "en": "French"}), ("en", {"fr": "Anglais", "en": "English"})),
            ),
            OptionDescription("moderators", {"fr": "Le rôle", "en": "The role"}, False, kind=OptionKind.ROLE),
            OptionDescription("tag", {"fr": "L'étiquette", "en": "The tag"}, False, kind=OptionKind.TAG),
        ),
        in_menu=False,
        for_moderators=True,
        in_servers=True,
    ),
)
TOPICS = {"ceasefire": {"fr": "Cessez-le-feu", "en": "Ceasefire"}, "grain": {"fr": "Céréales", "en": "Grain"}}


async def suggest(
    verb: str, option: str, text: str, language: ReaderLanguage, chat: ChatAddress
) -> Sequence[tuple[str, str]]:
    """Topics whose label begins with what is typed."""
    return [(names[language], topic) for topic, names in TOPICS.items() if names[language].lower().startswith(text)]


@dataclass
class Newsroom:
    """Answers requests as scripted, and remembers them."""

    requests: list[Request] = field(default_factory=list)
    answer: Callable[[Request], Awaitable[Message | None]] | None = None
    events: list[ChatEvent] = field(default_factory=list)
    servers: list[ServerEvent] = field(default_factory=list)
    present: list[frozenset[str]] = field(default_factory=list)

    async def note(self, event: ChatEvent) -> None:
        """The ChatEvents port."""
        self.events.append(event)

    async def find_in(self, event: ServerEvent) -> None:
        """The ServerEvents port."""
        self.servers.append(event)

    async def find_out(self, platform: PlatformName, present: frozenset[str]) -> None:
        """The ServerEvents port."""
        self.present.append(present)

    async def dispatch(self, request: Request) -> Message | None:
        """The Dispatch port."""
        self.requests.append(request)
        return await self.answer(request) if self.answer else status(request)


def status(request: Request) -> Message:
    """A short status in the asker's language, with a button."""
    language = reader_language(request.client_language)
    french = language == "fr"
    topic = (request.options or {}).get("topic") or request.text or "ceasefire"
    return Message(
        language,
        (
            Heading((Text(TOPICS[topic][language]),)),
            Paragraph((Text("Rien n'est signé." if french else "Nothing is signed."),)),
            Footer((Text("2 médias" if french else "2 outlets"),)),
        ),
        ((Button("Détails" if french else "Details", f"status {topic}"),),),
    )


class QuickClock:
    """Time that passes when asked to."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self.at = datetime(2026, 3, 1, 8, tzinfo=UTC)

    def now(self) -> datetime:
        """The moment the test has set."""
        return self.at

    async def sleep(self, seconds: float) -> None:
        """Return at once, after letting others work."""
        self.slept.append(seconds)
        await asyncio.sleep(0.01)


Served = Callable[..., AbstractAsyncContextManager[DiscordPlatform]]


@pytest.fixture(autouse=True)
def _settles_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fake tells of all its servers at once: no need to wait for more."""
    monkeypatch.setattr(client, "SETTLING", 0.05)


@pytest.fixture
def clock() -> QuickClock:
    """A clock whose sleeps take no time."""
    return QuickClock()


@pytest.fixture
def newsroom() -> Newsroom:
    """What answers."""
    return Newsroom()


@pytest.fixture
def served(discord: FakeDiscord, newsroom: Newsroom, clock: QuickClock) -> Served:
    """``async with served() as platform``: a bot connected to the fake until the block ends."""

    @asynccontextmanager
    async def serve(sharing: Sharing | None = None, admit: Admit = as_it_is) -> AsyncIterator[DiscordPlatform]:
        platform = DiscordPlatform(
            discord.token,
            commands=COMMANDS,
            suggest=suggest,
            clock=clock,
            api_url=discord.api_url,
            gateway_url=discord.gateway_url,
            events=newsroom.note,
            servers=newsroom,
            sharing=sharing,
            admit=admit,
            in_place=frozenset({"setup"}),
        )
        before = discord.gateway.identified
        serving = asyncio.create_task(platform.serve(newsroom.dispatch))
        try:
            await discord.connected(before + 1)
            yield platform
        finally:
            serving.cancel()
            with suppress(asyncio.CancelledError):
                await serving

    return serve
