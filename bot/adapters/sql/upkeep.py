"""Letting go of what was kept long enough, in SQL. Every statement is bounded: others write in between."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Select, Table, and_, delete, exists, func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.chats import forget_chat, has_chats
from bot.adapters.sql.schema import (
    article_feeds,
    articles,
    audit,
    chat_feeds,
    chats,
    deliveries,
    feed_previews,
    feeds,
    inbound,
    leases,
    parts,
    reports,
    servers,
    stories,
    subscription_leases,
    subscriptions,
    suggestions,
    unanswered,
)
from bot.domain.delivery import PartState
from bot.domain.feed import Origin
from bot.domain.offer import SuggestionState


class SqlUpkeepRows:
    """Fulfils ``ports.UpkeepRows``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    # --- News ---

    async def drop_texts(self, before: datetime, limit: int) -> int:
        """See the port."""
        # In the words of the index, else SQLite would not use it.
        full = and_(text("articles.text <> '' AND NOT articles.imported"), articles.c.published < before)
        some = select(articles.c.number).where(full).limit(limit)
        emptied = update(articles).where(articles.c.number.in_(some)).values(text="")
        return (await self._connection.execute(emptied)).rowcount

    async def remove_articles(self, before: datetime, limit: int) -> int:
        """See the port."""
        old = and_(text("NOT articles.imported"), articles.c.published < before, articles.c.known_at < before)
        return await self._remove(articles, articles.c.number, select(articles.c.number).where(old), limit)

    async def remove_stories(self, before: datetime, limit: int) -> int:
        """See the port."""
        told = exists().where(articles.c.story_id == stories.c.id)
        old = select(stories.c.id).where(stories.c.last_published < before, ~told)
        return await self._remove(stories, stories.c.id, old, limit)

    # --- Deliveries ---

    async def remove_deliveries(self, before: datetime, limit: int) -> int:
        """See the port."""
        open_ = exists().where(
            parts.c.delivery_id == deliveries.c.id, parts.c.state.in_([PartState.PENDING, PartState.SENDING])
        )
        old = select(deliveries.c.id).where(deliveries.c.created_at < before, ~open_, ~_is_the_last_of_an_order())
        return await self._remove(deliveries, deliveries.c.id, old, limit)

    async def remove_leases(self, before: datetime, limit: int) -> int:
        """See the port."""
        held = subscription_leases.c
        ended = select(held.subscription_id).where(held.until < before)
        orders = await self._remove(subscription_leases, held.subscription_id, ended, limit)
        written = select(leases.c.name).where(leases.c.name.startswith("writing:"), leases.c.until < before)
        return orders + await self._remove(leases, leases.c.name, written, limit)

    async def remove_updates(self, before: datetime, limit: int) -> int:
        """See the port. An update's key has two columns, so it goes by moment: those of one moment go together."""
        seen = select(inbound.c.seen_at).where(inbound.c.seen_at < before).order_by(inbound.c.seen_at)
        newest = await self._connection.scalar(select(func.max(seen.limit(limit).subquery().c.seen_at)))
        if newest is None:
            return 0
        return (await self._connection.execute(delete(inbound).where(inbound.c.seen_at <= newest))).rowcount

    async def remove_unanswered(self, before: datetime, limit: int) -> int:
        """See the port."""
        old = select(unanswered.c.update_id).where(unanswered.c.at < before)
        return await self._remove(unanswered, unanswered.c.update_id, old, limit)

    # --- Moderators ---

    async def remove_offers(self, before: datetime, limit: int) -> int:
        """See the port."""
        old = select(feed_previews.c.token).where(feed_previews.c.made_at < before)
        return await self._remove(feed_previews, feed_previews.c.token, old, limit)

    async def remove_suggestions(self, before: datetime, limit: int) -> int:
        """See the port."""
        decided = and_(suggestions.c.state != SuggestionState.WAITING, suggestions.c.decided_at < before)
        return await self._remove(suggestions, suggestions.c.id, select(suggestions.c.id).where(decided), limit)

    async def remove_reports(self, before: datetime, limit: int) -> int:
        """See the port. What a report hid is shown again with its end: by then its articles are gone too."""
        old = select(reports.c.id).where(reports.c.opened_at < before)
        return await self._remove(reports, reports.c.id, old, limit)

    async def remove_orphans(self, before: datetime, limit: int) -> int:
        """See the port. The articles first, then the feeds."""
        orphans = (await self._connection.scalars(select(feeds.c.id).where(_is_orphan(before)).limit(limit))).all()
        if not orphans:
            return 0
        other = article_feeds.alias("other")
        carried = exists().where(other.c.article_id == article_feeds.c.article_id, other.c.feed_id.not_in(orphans))
        theirs = select(article_feeds.c.article_id).where(article_feeds.c.feed_id.in_(orphans), ~carried)
        removed = await self._remove(articles, articles.c.id, theirs.distinct(), limit)
        if removed == limit:
            return limit
        gone = await self._connection.execute(delete(feeds).where(feeds.c.id.in_(orphans)))
        return min(limit, removed + gone.rowcount)

    # --- Chats ---

    async def forget_gone(self, now: datetime, before: datetime, limit: int) -> int:
        """See the port."""
        gone = text("chats.state <> 'active'")  # in the words of the index
        await self._connection.execute(update(chats).where(gone, chats.c.gone_since.is_(None)).values(gone_since=now))
        long_gone = select(chats.c.id).where(gone, chats.c.gone_since < before).order_by(chats.c.gone_since)
        forgotten = (await self._connection.scalars(long_gone.limit(limit))).all()
        for chat_id in forgotten:
            await forget_chat(self._connection, chat_id)
        return len(forgotten)

    async def remove_servers(self, now: datetime, before: datetime, limit: int) -> int:
        """See the port."""
        alone, noted = ~has_chats(), servers.c.alone_since.is_not(None)
        await self._connection.execute(update(servers).where(noted, has_chats()).values(alone_since=None))
        await self._connection.execute(update(servers).where(~noted, alone).values(alone_since=now))
        key = (servers.c.platform, servers.c.server)
        old = (await self._connection.execute(select(*key).where(servers.c.alone_since < before).limit(limit))).all()
        for platform, server in old:
            there = and_(servers.c.platform == platform, servers.c.server == server)
            await self._connection.execute(delete(servers).where(there))
        return len(old)

    async def _remove(self, table: Table, key: ColumnElement[object], chosen: Select[object], limit: int) -> int:
        some = chosen.limit(limit)
        return (await self._connection.execute(delete(table).where(key.in_(some)))).rowcount


def _is_the_last_of_an_order() -> ColumnElement[bool]:
    """Where the next briefing of a standing order begins."""
    later = deliveries.alias("later")
    newer = exists().where(later.c.subscription_id == deliveries.c.subscription_id, later.c.id > deliveries.c.id)
    stands = exists().where(subscriptions.c.id == deliveries.c.subscription_id)
    return and_(stands, ~newer)


def _is_orphan(before: datetime) -> ColumnElement[bool]:
    """A chat's own feed that no chat has, and that nobody can take back any more."""
    had = exists().where(chat_feeds.c.feed_id == feeds.c.id)
    lately = and_(audit.c.feed_id == feeds.c.id, audit.c.at >= before)
    undoable = exists().where(lately, or_(audit.c.chat_id.is_not(None), audit.c.public))
    return and_(feeds.c.origin == Origin.CHAT, feeds.c.public.is_(False), ~had, ~undoable)
