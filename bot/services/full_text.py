"""Full text: read the pages of new articles where a feed has excerpts only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.article import Article, Verdict
from bot.domain.feed import Feed
from bot.editorial import relevance
from bot.ports import PageReader, PageText, Store

EXCERPT = 1_200
"""Characters from which a summary is the article."""
PAGES = 10
"""Pages read of one feed at a time: the others keep their excerpts."""
RECENT = timedelta(days=2)
"""Older articles are no news: nobody will be told of them."""


@dataclass(frozen=True, slots=True)
class FullText:
    """Completes articles before they are stored, so that no page is ever read twice."""

    store: Store
    pages: PageReader

    async def complete(self, feed: Feed, articles: Sequence[Article], now: datetime) -> tuple[Article, ...]:
        """The articles, with their text where a page gave more than the feed."""
        wanted = [article for article in articles if _is_wanted(article, feed, now)]
        if not wanted:
            return tuple(articles)
        async with self.store.read() as unit:
            known = await unit.articles.known([article.id for article in wanted])
        new = [article for article in wanted if article.id not in known][:PAGES]
        texts = {article.id: await self.pages.read(article.url or "") for article in new}
        return tuple(_with_text(article, texts.get(article.id)) for article in articles)


def _is_wanted(article: Article, feed: Feed, now: datetime) -> bool:
    """An excerpt of something recent that may be about the war: nobody's server works for anything else."""
    if article.url is None or article.text or len(article.summary) >= EXCERPT or now - article.published > RECENT:
        return False
    found = relevance.judge(article.title, article.summary, "", article.language, dedicated=feed.spec.dedicated)
    return found.verdict is not Verdict.NO


def _with_text(article: Article, page: PageText | None) -> Article:
    if page is None:
        return article
    longer = page.text is not None and len(page.text) > len(article.summary)
    text = page.text if longer and page.text is not None else article.text
    return replace(article, text=text, reserved=article.reserved or page.reserved)
