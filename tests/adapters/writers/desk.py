"""A story to write, and writers on a model server that plays a part."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from pydantic import SecretStr

from bot.adapters.sql.store import SqlStore
from bot.adapters.writers.budget import PaidModel
from bot.adapters.writers.client import ModelClient
from bot.adapters.writers.extractive import ExtractiveWriter
from bot.adapters.writers.model import ModelWriter
from bot.adapters.writers.wires import AnthropicWire, OpenAiWire
from bot.domain.article import Article
from bot.domain.language import ArticleLanguage
from bot.domain.story import Source, SourcedArticle, Story
from bot.ports import Clock, Robots
from tests.fakes.clock import START, FakeClock
from tests.fakes.model import ModelServer

KEY = "sk-never-to-be-seen"

RAID = "La Russie a lancé 41 drones et 12 missiles sur Odessa dans la nuit, selon l’armée de l’air ukrainienne."
HARBOUR = "Le port d’Odessa a été fermé pendant cinq heures, a annoncé le gouverneur Oleh Kiper."
GRID = "Près de 60 % du réseau électrique de la ville a été rétabli mardi matin, indique Ukrenergo."
FRENCH = f"{RAID} {HARBOUR} {GRID}"

RAID_EN = "Russia launched 41 drones and 12 missiles at Odesa overnight, according to the Ukrainian air force."
HARBOUR_EN = "The port of Odesa was closed for five hours, governor Oleh Kiper announced."
GRID_EN = "Nearly 60% of the city's power grid was restored on Tuesday morning, Ukrenergo says."
ENGLISH = f"{RAID_EN} {HARBOUR_EN} {GRID_EN}"

TRANSLATIONS = {RAID_EN: RAID, HARBOUR_EN: HARBOUR, GRID_EN: GRID}


def told(
    name: str, text: str = FRENCH, language: ArticleLanguage = "fr", *, hours: float = 2, reserved: bool = False,
    title: str = "Odessa visée par 41 drones",
) -> SourcedArticle:  # fmt: skip
    """An article of so many hours ago, each of an outlet of its own."""
    published = START - timedelta(hours=hours)
    url = f"https://{name}.example/1"
    article = Article(name, url, title, text, "", language, published, published, (1,), reserved=reserved)
    return SourcedArticle(article, Source(name, language))


STORY = Story("s", (told("quai"),))
FOREIGN = Story("s", (told("harbour", ENGLISH, "en", title="Odesa hit by 41 drones"),))


class Publishers:
    """What sites let models on other machines have: everything, but for those named."""

    def __init__(self, *closed: str) -> None:
        self._closed = closed

    async def allows(self, url: str) -> bool:
        """See ``ports.Robots``."""
        return not any(name in url for name in self._closed)


@asynccontextmanager
async def writer(
    server: ModelServer,
    store: SqlStore,
    *,
    provider: str = "openai",
    clock: Clock | None = None,
    tokens: int = 100_000,
    mining: Robots | None = None,
) -> AsyncIterator[ModelWriter]:
    """A writer on the server."""
    clock = clock or FakeClock()
    wire = AnthropicWire() if provider == "anthropic" else OpenAiWire()
    async with ModelClient(wire, server.url, "test-model", clock, "Depeche/test", SecretStr(KEY)) as client:
        yield ModelWriter(PaidModel(client, store, clock, tokens), ExtractiveWriter(), mining)
