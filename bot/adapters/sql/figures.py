"""Counting what is kept, in SQL. From indexes where a table is large: whoever watches asks all day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.dialect import AnyRow
from bot.adapters.sql.schema import (
    articles,
    chats,
    deliveries,
    feed_readings,
    feeds,
    model_days,
    parts,
    subscriptions,
)
from bot.domain.chat import ChatState
from bot.domain.delivery import GivenUp, PartState
from bot.domain.feed import FeedState, Origin
from bot.ports import Figures


class SqlFigureRows:
    """Fulfils ``ports.FigureRows``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def count(self, newsroom_version: int, now: datetime) -> Figures:
        """See the port."""
        unread = select(func.count()).where(articles.c.newsroom_version < newsroom_version)
        due = and_(subscriptions.c.chat_active.is_(True), subscriptions.c.next_at <= now)
        model = select(model_days.c.tokens, model_days.c.calls).where(model_days.c.day == now.date())
        tokens, calls = next(iter(await self._rows(model)), (0, 0))
        return Figures(
            feeds={row[0]: row[1] for row in await self._rows(_feeds())},
            articles=(await self._rows(select(func.count()).select_from(articles)))[0][0],
            unread=(await self._rows(unread))[0][0],
            chats=_pairs(await self._rows(select(*_CHAT, func.count()).group_by(*_CHAT))),
            parts=await self._parts(),
            part_waits_since=(await self._rows(_waits_since(now)))[0][0],
            edition_waits_since=(await self._rows(select(func.min(subscriptions.c.next_at)).where(due)))[0][0],
            model_tokens=tokens,
            model_calls=calls,
        )

    async def _parts(self) -> dict[tuple[str, str], int]:
        """The dead are told apart by why, as far as we gave them up ourselves."""
        counted = _pairs(await self._rows(_parts()))
        for (platform, reason), number in _pairs(await self._rows(_given_up())).items():
            counted[platform, PartState.DEAD] -= number
            counted[platform, reason] = number
        return {which: number for which, number in counted.items() if number}

    async def _rows(self, statement: Select[Any]) -> Sequence[AnyRow]:
        rows: Sequence[AnyRow] = (await self._connection.execute(statement)).all()
        return rows


def _pairs(rows: Sequence[AnyRow]) -> dict[tuple[str, str], int]:
    return {(row[0], row[1]): int(row[2]) for row in rows}


_CHAT = (chats.c.platform, chats.c.state)


def _feeds() -> Select[Any]:
    failing = and_(feeds.c.state == FeedState.ACTIVE, feed_readings.c.failing_since.is_not(None))
    state = case((failing, "failing"), else_=feeds.c.state)
    joined = select(state, func.count()).outerjoin_from(feeds, feed_readings)
    return joined.where(feeds.c.origin != Origin.ARCHIVE).group_by(state)


def _parts() -> Select[Any]:
    """By chat first, in the order of an index: a join of every part with its chat would take much longer."""
    each = select(parts.c.chat_id, parts.c.state, func.count().label("number"))
    counted = each.group_by(parts.c.chat_id, parts.c.state).subquery()
    joined = select(chats.c.platform, counted.c.state, func.sum(counted.c.number)).join_from(
        counted, chats, chats.c.id == counted.c.chat_id
    )
    return joined.group_by(chats.c.platform, counted.c.state)


def _given_up() -> Select[Any]:
    ours = and_(parts.c.state == PartState.DEAD, parts.c.detail.in_(list(GivenUp)))
    there = select(chats.c.platform, parts.c.detail, func.count()).where(ours, chats.c.id == parts.c.chat_id)
    return there.group_by(chats.c.platform, parts.c.detail)


def _waits_since(now: datetime) -> Select[Any]:
    """The oldest part of an active chat that may go now."""
    since = func.coalesce(parts.c.not_before, deliveries.c.created_at)
    waits = select(func.min(since)).join_from(parts, deliveries).join(chats, chats.c.id == parts.c.chat_id)
    may_go = or_(parts.c.not_before.is_(None), parts.c.not_before <= now)
    return waits.where(parts.c.state == PartState.PENDING, may_go, chats.c.state == ChatState.ACTIVE)
