"""Feeds as one chat has them, in SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields

from sqlalchemy import and_, delete, exists, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.dialect import AnyRow, insert
from bot.adapters.sql.feeds import read_feed
from bot.adapters.sql.schema import chat_feeds, feed_alarms, feed_readings, feeds, muted_feeds
from bot.domain.feed import Feed, FeedSpec, FeedState, Origin
from bot.domain.feed_health import Alarm, FeedNews
from bot.domain.moderation import Case, Standing


class SqlStandingRows:
    """Fulfils ``ports.StandingRows``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    # --- Feeds, whoever follows them ---

    async def find(self, urls: Sequence[str]) -> Feed | None:
        """See the port."""
        at = or_(feeds.c.url.in_(urls), feeds.c.listed_url.in_(urls))
        row = (await self._connection.execute(select(feeds).where(at).order_by(feeds.c.id).limit(1))).first()
        return None if row is None else read_feed(row)

    async def everywhere(self) -> tuple[Feed, ...]:
        """See the port."""
        statement = select(feeds).order_by(feeds.c.id)
        return tuple(read_feed(row) for row in await self._connection.execute(statement))

    async def enter(self, spec: FeedSpec) -> Feed:
        """See the port."""
        values = {"url": spec.url, "origin": Origin.CHAT, "state": FeedState.RETIRED, "public": False}
        statement = insert(self._connection, feeds).values(**values, **_said(spec))
        made = await self._connection.scalar(statement.on_conflict_do_nothing().returning(feeds.c.id))
        if made is not None:
            await self._connection.execute(insert(self._connection, feed_readings).values(feed_id=made))
        row = (await self._connection.execute(select(feeds).where(feeds.c.url == spec.url))).one()
        return read_feed(row)

    async def describe(self, feed_id: int, spec: FeedSpec) -> None:
        """See the port."""
        await self._connection.execute(update(feeds).where(feeds.c.id == feed_id).values(**_said(spec)))

    async def revive(self, feed_id: int) -> None:
        """See the port. Its next request is unconditional: what it answers is read whatever it was before."""
        fresh = dict.fromkeys(("next_poll", "failing_since", "error_key", "body_hash", "etag", "last_modified"))
        reading = update(feed_readings).where(feed_readings.c.feed_id == feed_id)
        await self._connection.execute(reading.values(failures=0, error_arguments=None, **fresh))
        await self.raise_alarm(feed_id, None)

    # --- One feed, one chat ---

    async def hold(self, feed_id: int) -> None:
        """See the port. SQLite has one writer anyway."""
        await self._connection.execute(select(feeds.c.id).where(feeds.c.id == feed_id).with_for_update())

    async def case(self, feed_id: int, chat_id: int) -> Case | None:
        """See the port."""
        here = and_(chat_feeds.c.feed_id == feeds.c.id, chat_feeds.c.chat_id == chat_id)
        elsewhere = and_(chat_feeds.c.feed_id == feeds.c.id, chat_feeds.c.chat_id != chat_id)
        silenced = and_(muted_feeds.c.feed_id == feeds.c.id, muted_feeds.c.chat_id == chat_id)
        statement = select(
            feeds,
            exists().where(here).label("attached"),
            exists().where(elsewhere).label("shared"),
            exists().where(silenced).label("muted"),
        ).where(feeds.c.id == feed_id)
        row = (await self._connection.execute(statement)).first()
        return None if row is None else _case(row)

    async def settle(self, feed_id: int, chat_id: int, standing: Standing) -> None:
        """See the port. A feed that a chat adds or that is made private is no longer the operator's."""
        values: dict[str, object] = {"state": standing.state, "public": standing.public}
        if standing.attached and not standing.public:
            values |= {"origin": Origin.CHAT, "listed_url": None}
        await self._connection.execute(update(feeds).where(feeds.c.id == feed_id).values(values))
        for table, wanted in ((chat_feeds, standing.attached), (muted_feeds, standing.muted)):
            if wanted:
                new = insert(self._connection, table).values(chat_id=chat_id, feed_id=feed_id)
                await self._connection.execute(new.on_conflict_do_nothing())
            else:
                gone = delete(table).where(table.c.chat_id == chat_id, table.c.feed_id == feed_id)
                await self._connection.execute(gone)

    async def mute_elsewhere(self, feed_id: int, chat_id: int) -> None:
        """See the port."""
        others = select(chat_feeds.c.chat_id, literal(feed_id)).where(
            chat_feeds.c.feed_id == feed_id, chat_feeds.c.chat_id != chat_id
        )
        muted = insert(self._connection, muted_feeds).from_select(["chat_id", "feed_id"], others)
        await self._connection.execute(muted.on_conflict_do_nothing())

    async def stop(self, feed_id: int) -> None:
        """See the port."""
        await self._connection.execute(update(feeds).where(feeds.c.id == feed_id).values(state=FeedState.PAUSED))

    # --- One chat ---

    async def own(self, chat_id: int) -> int:
        """See the port."""
        statement = select(func.count()).select_from(chat_feeds).where(chat_feeds.c.chat_id == chat_id)
        return int((await self._connection.execute(statement)).scalar_one())

    async def muted(self, chat_id: int) -> tuple[Feed, ...]:
        """See the port."""
        own = select(chat_feeds.c.feed_id).where(chat_feeds.c.chat_id == chat_id)
        silenced = select(muted_feeds.c.feed_id).where(muted_feeds.c.chat_id == chat_id)
        seen = and_(feeds.c.id.in_(silenced), or_(feeds.c.public, feeds.c.id.in_(own)))
        statement = select(feeds).where(seen, feeds.c.state != FeedState.RETIRED).order_by(feeds.c.id)
        return tuple(read_feed(row) for row in await self._connection.execute(statement))

    async def followers(self, feed_id: int) -> tuple[int, ...]:
        """See the port."""
        silenced = exists().where(
            muted_feeds.c.feed_id == chat_feeds.c.feed_id, muted_feeds.c.chat_id == chat_feeds.c.chat_id
        )
        statement = select(chat_feeds.c.chat_id).where(chat_feeds.c.feed_id == feed_id, ~silenced)
        return tuple((await self._connection.execute(statement.order_by(chat_feeds.c.chat_id))).scalars())

    # --- Health ---

    async def raise_alarm(self, feed_id: int, alarm: Alarm | None) -> None:
        """See the port."""
        await self._connection.execute(delete(feed_alarms).where(feed_alarms.c.feed_id == feed_id))
        if alarm is not None:
            new = insert(self._connection, feed_alarms).values(feed_id=feed_id, news=alarm.news, at=alarm.at)
            await self._connection.execute(new)

    async def alarms(self) -> Mapping[int, Alarm]:
        """See the port."""
        rows = await self._connection.execute(select(feed_alarms))
        return {row.feed_id: Alarm(FeedNews(row.news), row.at) for row in rows}


def _case(row: AnyRow) -> Case:
    standing = Standing(bool(row.attached), bool(row.muted), row.public, FeedState(row.state))
    return Case(read_feed(row), standing, bool(row.shared))


def _said(spec: FeedSpec) -> dict[str, object]:
    """Everything but the address."""
    return {field.name: getattr(spec, field.name) for field in fields(spec) if field.name != "url"}
