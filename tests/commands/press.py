"""Articles that appear in the course of a test."""

from __future__ import annotations

from datetime import timedelta

from bot.adapters.sql.store import SqlStore
from bot.domain.article import Article
from bot.domain.language import ArticleLanguage
from bot.services.newsroom import Newsroom
from tests.fakes.clock import FakeClock


async def publish(store: SqlStore, clock: FakeClock, *titles: tuple[str, ArticleLanguage, str, float]) -> None:
    """Judge articles: outlet, language, title, and how many days old."""
    async with store.write() as unit:
        for number, (outlet, language, title, days) in enumerate(titles):
            feed = await unit.feeds.archive(outlet, language)
            at = clock.now() - timedelta(days=days)
            url = f"https://example.org/more/{number}"
            article = Article(f"m{number}", url, title, title, "", language, at, at, (feed.id,), imported=True)
            await unit.articles.add([article])
    newsroom = Newsroom(store, clock, "me")
    await newsroom.turn()
    newsroom.close()
