"""Conversations: requests in, messages out, on a real store with a clock the test sets."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.adapters.console import HERE, ConsoleRenderer
from bot.adapters.sql.store import SqlStore
from bot.adapters.web.canonical import canonical
from bot.adapters.writers.extractive import ExtractiveWriter
from bot.commands.command import Services
from bot.commands.registry import Registry, discover
from bot.domain.article import Article
from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.errors import Unreachable
from bot.domain.message import Message
from bot.ports import Discoverer, FoundFeed, Request
from bot.services.brief import Briefer
from bot.services.moderating import Moderating
from bot.services.newsroom import Newsroom
from bot.services.status import StatusDesk
from tests.fakes.clock import FakeClock
from tests.fixtures_store import migrated_postgres, postgres_server, sqlite_template, store, store_url

__all__ = ["migrated_postgres", "postgres_server", "sqlite_template", "store", "store_url"]

Ask = Callable[..., Awaitable[Message | None]]

BOT_MODERATORS = frozenset({("console", "moderator")})
"""Named in the operator's settings."""

ARTICLES = (
    ("Le Quai", "fr", "Guerre en Ukraine : 84 prisonniers échangés de chaque côté",
     "Kiev et Moscou ont échangé 84 prisonniers de guerre. Les deux ministères ont confirmé l’échange."),
    ("The Harbour Post", "en", "Ukraine and Russia swap 84 prisoners each",
     "Kyiv and Moscow exchanged 84 prisoners of war each. Both defence ministries confirmed the exchange."),
    ("Le Quai", "fr", "Ukraine : Kiev prêt à une trêve de trente jours",
     "Kiev se dit prêt à une trêve de trente jours. Le Kremlin ne confirme ni ne dément, a dit Dmitri Peskov à TASS."),
    ("Le Quai", "fr", "Football : les Lions préparent leur match", "Le sélectionneur a retenu vingt-six joueurs."),
)  # fmt: skip


@pytest.fixture
def clock() -> FakeClock:
    """Noon on a spring day."""
    return FakeClock()


class NoWeb:
    """A discoverer that reaches nothing."""

    async def discover(self, url: str) -> tuple[FoundFeed, ...]:
        raise Unreachable(url=url)


@pytest.fixture
def discoverer() -> Discoverer:
    """What finds feeds; tests that add some have a real one."""
    return NoWeb()


@pytest.fixture
def registry(store: SqlStore, clock: FakeClock, discoverer: Discoverer) -> Registry:
    briefer, desk = Briefer(store, ExtractiveWriter()), StatusDesk(store)
    moderating = Moderating.of(
        store, clock, discoverer, canonical, named=BOT_MODERATORS, renderers={"console": ConsoleRenderer()}
    )
    return Registry.of(
        discover(),
        Services(
            store, clock, briefer, desk, "Europe/Paris", "fr", moderating, renderers={"console": ConsoleRenderer()}
        ),
    )


@pytest.fixture
def ask(registry: Registry) -> Ask:
    """``await ask("/subscribe 8h Dakar", language="fr")``: what a person typed, and the answer."""

    async def ask(
        line: str,
        *,
        language: str | None = "fr",
        kind: ChatKind = ChatKind.PRIVATE,
        moderator: bool = True,
        chat: ChatAddress = HERE,
        update: str = "",
        options: dict[str, str] | None = None,
        person: str = "7",
    ) -> Message | None:
        command, _, text = line.removeprefix("/").partition(" ")
        return await registry.dispatch(
            Request(chat, kind, person, moderator, language, command, text, options=options, update_id=update)
        )

    return ask


@pytest.fixture
async def news(store: SqlStore, clock: FakeClock) -> None:
    """A few articles of the last hours, judged."""
    async with store.write() as unit:
        for number, (source, language, title, summary) in enumerate(ARTICLES):
            feed = await unit.feeds.archive(source, language)  # type: ignore[arg-type]  # "fr" or "en"
            published = clock.now() - timedelta(hours=number + 1)
            url = f"https://example.org/{number}"
            article = Article(
                f"a{number}", url, title, summary, "", language, published, published, (feed.id,), imported=True,  # type: ignore[arg-type]
            )  # fmt: skip
            await unit.articles.add([article])
    newsroom = Newsroom(store, clock, "me")
    await newsroom.turn()
    newsroom.close()
