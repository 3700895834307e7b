"""Turning rows of articles into articles, with what other tables know of them: feeds, outlets, topics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.dialect import AnyRow, among
from bot.adapters.sql.feeds import read_feed
from bot.adapters.sql.schema import article_feeds, article_topics, articles, feeds
from bot.adapters.sql.scoping import visible_feeds
from bot.domain.article import Article
from bot.domain.feed import Feed
from bot.domain.story import Source, SourcedArticle
from bot.ports import Scope

ARTICLE = (
    articles.c.id,
    articles.c.url,
    articles.c.title,
    articles.c.summary,
    articles.c.text,
    articles.c.language,
    articles.c.published,
    articles.c.known_at,
    articles.c.imported,
    articles.c.reserved,
    articles.c.story_id,
)
"""The columns ``read_article`` and ``sourced`` need."""


def read_article(row: AnyRow, feed_ids: tuple[int, ...]) -> Article:
    """A row with the ``ARTICLE`` columns."""
    return Article(
        id=row.id,
        url=row.url,
        title=row.title,
        summary=row.summary,
        text=row.text,
        language=row.language,
        published=row.published,
        known_at=row.known_at,
        feed_ids=feed_ids,
        imported=row.imported,
        reserved=row.reserved,
    )


async def sourced(connection: AsyncConnection, rows: Sequence[AnyRow], scope: Scope) -> tuple[SourcedArticle, ...]:
    """Articles in the rows' order, each with the first outlet the scope may see, and without the feeds it may not."""
    if not rows:
        return ()
    ids = [row.id for row in rows]
    carriers = await _carriers(connection, ids, scope)
    topics = await topics_of(connection, ids)
    return tuple(
        SourcedArticle(
            article=read_article(row, tuple(feed.id for feed in carriers[row.id])),
            source=_source(carriers[row.id][0], row),
            topics=topics.get(row.id, ()),
            story_id=row.story_id,
        )
        for row in rows
    )


async def all_feed_ids(connection: AsyncConnection, ids: Sequence[str]) -> Mapping[str, tuple[int, ...]]:
    """Article id → every feed that carried it, the first one first."""
    found: defaultdict[str, tuple[int, ...]] = defaultdict(tuple)
    statement = select(article_feeds).where(among(connection, article_feeds.c.article_id, ids))
    for row in await connection.execute(statement.order_by(article_feeds.c.position, article_feeds.c.feed_id)):
        found[row.article_id] += (row.feed_id,)
    return found


async def _carriers(connection: AsyncConnection, ids: Sequence[str], scope: Scope) -> Mapping[str, list[Feed]]:
    carried = await all_feed_ids(connection, ids)
    named = among(connection, feeds.c.id, {feed for carriers in carried.values() for feed in carriers})
    # Few carried some articles, where a bot follows hundreds.
    shown = await connection.execute(select(feeds).where(named, feeds.c.id.in_(visible_feeds(scope))))
    known = {row.id: read_feed(row) for row in shown}
    return {article: [known[feed] for feed in carried[article] if feed in known] for article in ids}


async def topics_of(connection: AsyncConnection, ids: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """Article id → its topics, most important first; articles on none are left out."""
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    statement = select(article_topics.c.article_id, article_topics.c.topic)
    statement = statement.where(among(connection, article_topics.c.article_id, ids))
    for row in await connection.execute(statement.order_by(article_topics.c.position)):
        found[row.article_id] += (row.topic,)
    return found


def _source(feed: Feed, row: AnyRow) -> Source:
    return Source(feed.name, feed.spec.language or row.language, feed.spec.country, feed.spec.ownership)
