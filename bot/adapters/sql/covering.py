"""What the articles on a topic are, in SQL. Large columns are read only of articles whose words are asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import cast

from sqlalchemy import Integer, Select, and_, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.claims import claims_of
from bot.adapters.sql.columns import UtcDateTime
from bot.adapters.sql.dialect import AnyRow, among
from bot.adapters.sql.feeds import read_feed
from bot.adapters.sql.schema import article_changes, article_feeds, article_topics, articles, feeds
from bot.adapters.sql.scoping import RELEVANT, is_hidden, known_by, visible_feeds
from bot.adapters.sql.sourcing import ARTICLE, all_feed_ids, read_article, topics_of
from bot.domain.article import Verdict
from bot.domain.feed import Feed
from bot.domain.story import Report
from bot.domain.topic import TopicId
from bot.ports import Counted, Listed, Remembered, Scope

_CHANGE = func.coalesce(article_changes.c.number, 0).label("change")
"""Articles of before there were numbers have none until they change."""

_LAST = func.max(article_changes.c.number)
_REVISIONS = select(
    select(_LAST).where(article_changes.c.topic == bindparam("topic")).scalar_subquery(),
    select(_LAST).scalar_subquery(),
)

_COUNTED = (articles.c.id, articles.c.published, articles.c.verdict, articles.c.story_id)


class SqlCoverageRows:
    """Fulfils ``ports.CoverageRows``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def revision(self, topic: TopicId | None = None) -> int:
        """See the port."""
        statement = select(func.max(article_changes.c.number))
        if topic is not None:
            statement = statement.where(article_changes.c.topic == topic)
        return int(await self._connection.scalar(statement) or 0)

    async def revisions(self, topic: TopicId) -> tuple[int, int]:
        """See the port."""
        row = (await self._connection.execute(_REVISIONS, {"topic": topic})).one()
        return row[0] or 0, row[1] or 0

    async def newest(self, topic: TopicId, scope: Scope, since: datetime, limit: int) -> tuple[Listed, ...]:
        """See the port. First among a few more than are wanted, since mostly all of the newest are in scope."""
        looked_at = limit + limit // 4
        found = await self._among_newest(topic, scope, since, looked_at)
        while len(found) < limit and await self._are_more(topic, since, looked_at):
            looked_at *= 8
            found = await self._among_newest(topic, scope, since, looked_at)
        return found[:limit]

    async def _among_newest(self, topic: TopicId, scope: Scope, since: datetime, looked_at: int) -> tuple[Listed, ...]:
        values = {"topic": topic, "chat": scope.chat_id, "known_by": scope.known_by, "since": since}
        statement = _newest(scope.chat_id is not None, scope.known_by is not None, scope.replay)
        rows = (await self._connection.execute(statement, values | {"looked_at": looked_at})).all()
        shown = await self._connection.execute(_feeds_among(self._connection, rows, scope))
        known = {row.id: read_feed(row) for row in shown}
        carriers: dict[str, tuple[Feed, ...]] = {}
        for row in rows:
            if row.feed_id in known:
                carriers[row.id] = (*carriers.get(row.id, ()), known[row.feed_id])
        told = {row.id: (row.change, row.story_id) for row in rows if row.id in carriers}
        return tuple(Listed(name, change, story, carriers[name]) for name, (change, story) in told.items())

    async def _are_more(self, topic: TopicId, since: datetime, looked_at: int) -> bool:
        """Whether there are more articles on a topic than that, in scope or not."""
        some = select(article_topics.c.article_id).where(article_topics.c.topic == topic)
        some = some.where(article_topics.c.published >= since).limit(looked_at + 1)
        count = await self._connection.scalar(select(func.count()).select_from(some.subquery()))
        return int(count or 0) > looked_at

    async def remembered(self, article_ids: Sequence[str]) -> Mapping[str, Remembered]:
        """See the port."""
        if not article_ids:
            return {}
        statement = select(*ARTICLE).where(among(self._connection, articles.c.id, article_ids))
        rows = await self._connection.execute(statement)
        changes = await self._changes(article_ids)
        topics = await topics_of(self._connection, article_ids)
        said = await claims_of(self._connection, article_ids)
        return {
            row.id: Remembered(changes[row.id], read_article(row, ()), topics.get(row.id, ()), said.get(row.id, ()))
            for row in rows
        }

    async def _changes(self, article_ids: Sequence[str]) -> Mapping[str, Mapping[TopicId, int]]:
        found: defaultdict[str, dict[TopicId, int]] = defaultdict(dict)
        named = among(self._connection, article_changes.c.article_id, article_ids)
        for row in await self._connection.execute(select(article_changes).where(named)):
            found[row.article_id][row.topic] = row.number
        return found

    async def counted(self, topic: TopicId, since: datetime) -> tuple[Counted, ...]:
        """See the port. A row a carrier: one statement takes half as long as two."""
        statement = select(*_COUNTED, article_feeds.c.feed_id).join_from(article_topics, articles).join(article_feeds)
        statement = statement.where(article_topics.c.topic == topic, article_topics.c.published > since, RELEVANT)
        carried: defaultdict[str, set[int]] = defaultdict(set)
        found: dict[str, AnyRow] = {}
        for row in await self._connection.execute(statement):
            found[row.id] = row
            carried[row.id].add(row.feed_id)
        return tuple(Counted(row.id, (topic,), _report(row, carried[row.id])) for row in found.values())

    async def changed(self, after: int) -> tuple[Counted, ...]:
        """See the port."""
        since = select(article_changes.c.article_id).where(article_changes.c.number > after)
        rows = (await self._connection.execute(select(*_COUNTED).where(articles.c.id.in_(since)))).all()
        if not rows:
            return ()
        ids = [row.id for row in rows]
        topics, carried = await topics_of(self._connection, ids), await all_feed_ids(self._connection, ids)
        return tuple(
            Counted(row.id, topics.get(row.id, ()) if row.verdict == Verdict.YES else (), _report(row, carried[row.id]))
            for row in rows
        )


@cache
def _newest(of_chat: bool, dated: bool, replay: bool) -> Select[tuple[str, int, str | None, int]]:
    """The statement for a kind of scope, a row a carrier: to put it together takes as long as to have it answered.

    The newest on the topic are chosen by one index before anything else is asked of them: PostgreSQL takes all of a
    topic's articles for few, and would look at every one.
    """
    chat, moment = bindparam("chat", type_=Integer), bindparam("known_by", type_=UtcDateTime)
    scope = Scope(cast("int", chat) if of_chat else None, cast("datetime", moment) if dated else None, replay)
    named = article_topics.c.topic == bindparam("topic")
    chosen = select(article_topics.c.article_id, article_topics.c.published)
    chosen = chosen.where(named, article_topics.c.published >= bindparam("since", type_=UtcDateTime))
    if dated:  # What was known was published.
        chosen = chosen.where(article_topics.c.published <= moment)
    chosen = chosen.order_by(article_topics.c.published.desc(), article_topics.c.article_id)
    some = chosen.limit(bindparam("looked_at", type_=Integer)).subquery()
    statement = select(articles.c.id, _CHANGE, articles.c.story_id, article_feeds.c.feed_id)
    statement = statement.join_from(some, articles, articles.c.id == some.c.article_id)
    statement = statement.join(article_feeds, article_feeds.c.article_id == articles.c.id)
    on = and_(article_changes.c.article_id == articles.c.id, article_changes.c.topic == bindparam("topic"))
    statement = statement.outerjoin(article_changes, on).where(RELEVANT, known_by(scope), ~is_hidden(scope))
    return statement.order_by(some.c.published.desc(), articles.c.id, article_feeds.c.position, article_feeds.c.feed_id)


def _feeds_among(connection: AsyncConnection, rows: Sequence[AnyRow], scope: Scope) -> Select[tuple[object, ...]]:
    """The feeds in scope among those that carried something: few, where a bot follows hundreds."""
    carriers = among(connection, feeds.c.id, {row.feed_id for row in rows})
    return select(feeds).where(carriers, feeds.c.id.in_(visible_feeds(scope)))


def _report(row: AnyRow, feed_ids: Sequence[int] | set[int]) -> Report:
    return Report(row.published, row.story_id or row.id, frozenset(feed_ids))
