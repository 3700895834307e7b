"""Articles as moderators look at them, in SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.dialect import AnyRow, among
from bot.adapters.sql.feeds import read_feed
from bot.adapters.sql.schema import article_feeds, article_topics, articles, feeds
from bot.adapters.sql.scoping import RELEVANT, in_scope, listed_in, visible_feeds
from bot.domain.article import Relevance, Verdict
from bot.domain.trace import Trace
from bot.ports.scope import Scope


class SqlTraceRows:
    """Fulfils ``ports.TraceRows``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def at(self, urls: Sequence[str], scope: Scope) -> Trace | None:
        """See the port. Where feeds carried it as articles of their own, the one that is about the war."""
        statement = select(articles).where(among(self._connection, articles.c.url, urls), in_scope(scope))
        rows = (await self._connection.execute(statement.order_by(articles.c.number))).all()
        best = sorted(rows, key=lambda row: row.verdict != Verdict.YES)
        return await self._trace(best[0], scope) if best else None

    async def titled(self, words: str, since: datetime, scope: Scope) -> Trace | None:
        """See the port."""
        said = articles.c.title.icontains(words, autoescape=True)
        statement = select(articles).where(said, articles.c.published >= since, in_scope(scope))
        newest = statement.order_by(articles.c.published.desc(), articles.c.number).limit(1)
        row = (await self._connection.execute(newest)).first()
        return None if row is None else await self._trace(row, scope)

    async def carriers(self, urls: Sequence[str], scope: Scope) -> Mapping[int, int]:
        """See the port."""
        statement = (
            select(article_feeds.c.feed_id, func.count(articles.c.url.distinct()))
            .join_from(article_feeds, articles)
            .join(feeds, feeds.c.id == article_feeds.c.feed_id)
            .where(among(self._connection, articles.c.url, urls), listed_in(scope))
            .group_by(article_feeds.c.feed_id)
        )
        return {row[0]: row[1] for row in await self._connection.execute(statement)}

    async def counts(self, feed_ids: Sequence[int], since: datetime) -> Mapping[int, tuple[int, int]]:
        """See the port."""
        statement = (
            select(article_feeds.c.feed_id, func.count(), func.count().filter(RELEVANT))
            .join_from(article_feeds, articles)
            .where(among(self._connection, article_feeds.c.feed_id, feed_ids), articles.c.published >= since)
            .group_by(article_feeds.c.feed_id)
        )
        rows = await self._connection.execute(statement)
        return {feed_id: (count, relevant) for feed_id, count, relevant in rows}

    async def _trace(self, row: AnyRow, scope: Scope) -> Trace:
        shown = select(feeds).join_from(article_feeds, feeds).where(article_feeds.c.article_id == row.id)
        shown = shown.where(feeds.c.id.in_(visible_feeds(scope))).order_by(article_feeds.c.position)
        topics = select(article_topics.c.topic).where(article_topics.c.article_id == row.id)
        judged = row.verdict is not None
        return Trace(
            article_id=row.id,
            title=row.title,
            url=row.url,
            published=row.published,
            known_at=row.known_at,
            relevance=Relevance(Verdict(row.verdict), row.score, tuple(row.reasons or ())) if judged else None,
            story_id=row.story_id,
            topics=tuple((await self._connection.execute(topics.order_by(article_topics.c.position))).scalars()),
            feeds=tuple(read_feed(feed) for feed in await self._connection.execute(shown)),
        )
