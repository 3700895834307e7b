"""Articles, read and unread, in SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.changes import changed
from bot.adapters.sql.columns import storable
from bot.adapters.sql.dialect import AnyRow, among, has_all, insert, search_terms
from bot.adapters.sql.schema import article_feeds, article_topics, articles, feed_readings, feeds
from bot.adapters.sql.scoping import (
    RELEVANT,
    in_scope,
    known_by,
    listed_in,
    moment_known,
    within,
)
from bot.adapters.sql.sourcing import ARTICLE, all_feed_ids, read_article, sourced, topics_of
from bot.adapters.sql.stories import survivor, survivors
from bot.domain.article import Article, Judgement, Verdict
from bot.domain.briefing import Window
from bot.domain.feed import Origin
from bot.domain.language import ArticleLanguage
from bot.domain.story import SourcedArticle, Story
from bot.ports import Scope, Spellings, Tally


class SqlArticleRows:
    """Fulfils ``ports.ArticleRows``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    # --- Writing ---

    async def add(self, items: Sequence[Article]) -> tuple[str, ...]:
        """See the port."""
        first: dict[str, Article] = {}
        for article in items:
            first.setdefault(storable(article.id), article)
        if not first:
            return ()
        statement = insert(self._connection, articles).on_conflict_do_nothing().returning(articles.c.id)
        made = await self._connection.execute(statement, [_values(article) for article in first.values()])
        new = set(made.scalars())
        await self._attach(items, new)
        return tuple(article_id for article_id in first if article_id in new)

    async def record(self, judgements: Sequence[Judgement]) -> None:
        """See the port. An imported article keeps its text, whatever the verdict; a story that was merged stands for
        the one it was merged into.
        """
        if not judgements:
            return
        merged = await survivors(self._connection, {judgement.story_id for judgement in judgements})
        await self._connection.execute(_RECORD, [_recorded(judgement, merged) for judgement in judgements])
        ids = [judgement.article_id for judgement in judgements]
        had = await topics_of(self._connection, ids)
        await self._replace_topics(judgements)
        have = await topics_of(self._connection, ids)
        await changed(self._connection, {name: {*had.get(name, ()), *have.get(name, ())} for name in {*had, *have}})

    async def _attach(self, items: Sequence[Article], new: set[str]) -> None:
        """Note who carried what; feeds that already did keep their place."""
        known = sorted({storable(article.id) for article in items} - new)
        carried = {article: list(ids) for article, ids in (await all_feed_ids(self._connection, known)).items()}
        rows = []
        for article in items:
            feed_ids = carried.setdefault(storable(article.id), [])
            for feed_id in article.feed_ids:
                if feed_id not in feed_ids:
                    rows.append({"article_id": article.id, "feed_id": feed_id, "position": len(feed_ids)})
                    feed_ids.append(feed_id)
        if rows:
            await self._connection.execute(insert(self._connection, article_feeds).on_conflict_do_nothing(), rows)

    async def _replace_topics(self, judgements: Sequence[Judgement]) -> None:
        ids = [judgement.article_id for judgement in judgements]
        old = among(self._connection, article_topics.c.article_id, ids)
        await self._connection.execute(delete(article_topics).where(old))
        known = select(articles.c.id, articles.c.published).where(among(self._connection, articles.c.id, ids))
        published = {row.id: row.published for row in await self._connection.execute(known)}
        rows = [
            {"article_id": judged.article_id, "topic": topic, "position": position, "published": moment}
            for judged in judgements
            if (moment := published.get(storable(judged.article_id))) is not None
            for position, topic in enumerate(dict.fromkeys(judged.topics))
        ]
        if rows:
            await self._connection.execute(insert(self._connection, article_topics), rows)

    # --- Reading ---

    async def known(self, article_ids: Sequence[str]) -> frozenset[str]:
        """See the port."""
        asked = among(self._connection, articles.c.id, article_ids)
        return frozenset(await self._connection.scalars(select(articles.c.id).where(asked)))

    async def rights(self, article_ids: Sequence[str]) -> Mapping[str, tuple[str | None, bool]]:
        """See the port."""
        asked = select(articles.c.id, articles.c.url, articles.c.reserved)
        rows = await self._connection.execute(asked.where(among(self._connection, articles.c.id, article_ids)))
        return {row.id: (row.url, row.reserved) for row in rows}

    async def unread(self, newsroom_version: int, limit: int) -> tuple[Article, ...]:
        """See the port."""
        older = select(articles.c.newsroom_version).where(articles.c.newsroom_version < newsroom_version).distinct()
        rows: list[AnyRow] = []
        for version in (await self._connection.scalars(older)).all():
            # One by one, since an index has the articles of one version in published order, not those of several.
            statement = select(*ARTICLE).where(articles.c.newsroom_version == version)
            rows += await self._all(statement.order_by(articles.c.published, articles.c.id).limit(limit))
        rows = sorted(rows, key=attrgetter("published", "id"))[:limit]
        carried = await all_feed_ids(self._connection, [row.id for row in rows])
        return tuple(read_article(row, carried[row.id]) for row in rows)

    async def stories(self, scope: Scope, window: Window) -> tuple[Story, ...]:
        """See the port."""
        news = select(articles.c.story_id).where(RELEVANT, within(window, scope), in_scope(scope))
        told = await self._stories(articles.c.story_id.in_(news), scope)
        return tuple(sorted(told, key=lambda story: (story.last_published, story.id), reverse=True))

    async def story(self, story_id: str, scope: Scope) -> Story | None:
        """See the port. The id of a merged story, on an old button, leads to the one it was merged into."""
        found = await self._stories(articles.c.story_id == await survivor(self._connection, story_id), scope)
        return found[0] if found else None

    async def search(
        self, words: Sequence[str | Spellings], scope: Scope, limit: int, language: ArticleLanguage | None = None
    ) -> tuple[SourcedArticle, ...]:
        """See the port. First among a few more than are wanted, since mostly all of the newest are in scope."""
        matches = and_(has_all(self._connection, words), RELEVANT)
        if language is not None:
            matches = and_(matches, articles.c.language == language)
        newest = select(articles.c.id).where(matches).order_by(articles.c.published.desc(), articles.c.id)
        ids = (await self._connection.scalars(newest.limit(_LOOKED_AT * limit))).all()
        if not ids:
            return ()
        some = select(*ARTICLE).where(among(self._connection, articles.c.id, ids), in_scope(scope))
        found = await self._newest(some, scope, limit)
        if len(found) == limit or len(ids) < _LOOKED_AT * limit:
            return found
        return await self._newest(select(*ARTICLE).where(matches, in_scope(scope)), scope, limit)

    # --- Counting ---

    async def tally(self, scope: Scope, window: Window) -> Tally:
        """See the port."""
        relevant = func.count().filter(RELEVANT)
        statement = select(func.count(), relevant, func.max(articles.c.published))
        row = (await self._connection.execute(statement.where(within(window, scope), in_scope(scope)))).one()
        return Tally(articles_read=row[0], articles_relevant=row[1], newest_article_at=row[2])

    async def first_known(self, scope: Scope) -> datetime | None:
        """See the port."""
        moment = moment_known(scope)
        found: datetime | None = await self._connection.scalar(
            select(moment).where(in_scope(scope)).order_by(moment).limit(1)
        )
        return found

    async def feeds_reached(self, scope: Scope, window: Window) -> int:
        """See the port."""
        carried = select(article_feeds.c.feed_id).join_from(article_feeds, articles)
        has_news = feeds.c.id.in_(carried.where(within(window, scope), known_by(scope)))
        answered = exists().where(feed_readings.c.feed_id == feeds.c.id, feed_readings.c.last_success > window.start)
        reached = has_news if scope.replay else or_(answered, and_(feeds.c.origin == Origin.ARCHIVE, has_news))
        statement = select(func.count()).select_from(feeds).where(listed_in(scope), reached)
        return int((await self._connection.execute(statement)).scalar_one())

    async def steady_feeds(self, scope: Scope, windows: Sequence[Window]) -> frozenset[int]:
        """See the port."""
        carried = select(article_feeds.c.feed_id).join_from(article_feeds, articles)
        carried = carried.where(article_feeds.c.feed_id == feeds.c.id, known_by(scope)).correlate(feeds)
        # From a feed to its articles, up to the first one: all articles of a week would take ten times as long.
        read = [
            carried.where(articles.c.published > window.start, articles.c.published <= window.end).exists()
            for window in windows
        ]
        statement = select(feeds.c.id).where(*read)
        return frozenset(await self._connection.scalars(statement))

    async def _all(self, statement: Select[Any]) -> Sequence[AnyRow]:
        rows: Sequence[AnyRow] = (await self._connection.execute(statement)).all()
        return rows

    async def _newest(self, statement: Select[Any], scope: Scope, limit: int) -> tuple[SourcedArticle, ...]:
        newest_first = statement.order_by(articles.c.published.desc(), articles.c.id)
        return await sourced(self._connection, await self._all(newest_first.limit(limit)), scope)

    async def _stories(self, chosen: ColumnElement[bool], scope: Scope) -> list[Story]:
        statement = select(*ARTICLE).where(chosen, RELEVANT, in_scope(scope))
        rows = await self._all(statement.order_by(articles.c.story_id, articles.c.published, articles.c.id))
        members = iter(await sourced(self._connection, rows, scope))
        by_story = groupby(rows, key=attrgetter("story_id"))
        return [Story(story_id, tuple(next(members) for _ in group)) for story_id, group in by_story]


_LOOKED_AT = 4
"""Times as many articles as are wanted."""

_DROPPED = and_(bindparam("irrelevant", type_=Boolean), articles.c.imported.is_(False))
_RECORD = (
    update(articles)
    .where(articles.c.id == bindparam("of_article"))
    .values(summary=case((_DROPPED, ""), else_=articles.c.summary), text=case((_DROPPED, ""), else_=articles.c.text))
)
"""Parameters named as columns are set too."""


def _recorded(judgement: Judgement, merged: Mapping[str, str]) -> dict[str, object]:
    """Parameters of ``_RECORD``."""
    found, story = judgement.relevance, judgement.story_id
    return {
        "of_article": judgement.article_id,
        "irrelevant": found.verdict is Verdict.NO,
        "verdict": found.verdict,
        "score": found.score,
        "reasons": found.reasons,
        "story_id": None if story is None else merged.get(story, story),
        "newsroom_version": judgement.newsroom_version,
        "search": " ".join(search_terms(judgement.search_terms)),
    }


def _values(article: Article) -> dict[str, object]:
    return {
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "summary": article.summary,
        "text": article.text,
        "language": article.language,
        "published": article.published,
        "known_at": article.known_at,
        "imported": article.imported,
        "reserved": article.reserved,
        "fingerprint": article.fingerprint or None,
    }
