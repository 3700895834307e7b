"""The outbox and ledger, in SQL: what is written, and what is remembered of it. ``outbox.py`` sends."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql import outbox
from bot.adapters.sql.dialect import insert
from bot.adapters.sql.schema import deliveries, delivery_told, parts
from bot.adapters.sql.stories import survivors
from bot.domain.chat import PlatformName
from bot.domain.delivery import ClaimedPart, NewDelivery, PartState, SendResult
from bot.domain.message import RenderedPart

MAY_HAVE_ARRIVED = (PartState.SENT, PartState.UNKNOWN)
NONCE_BYTES = 12
"""Written as 24 hexadecimal digits; Discord takes at most 25 characters."""


class SqlDeliveryRows:
    """Fulfils ``ports.DeliveryRows``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def enqueue(self, delivery: NewDelivery, now: datetime) -> bool:
        """See the port."""
        new = insert(self._connection, deliveries).values(
            key=delivery.key,
            chat_id=delivery.chat_id,
            kind=delivery.kind,
            subscription_id=delivery.subscription_id,
            briefing=delivery.briefing,
            window_end=delivery.window_end,
            created_at=now,
        )
        written = await self._connection.scalar(new.on_conflict_do_nothing().returning(deliveries.c.id))
        if written is None:
            return False
        await self._write_parts(written, delivery)
        await self._write_told(written, delivery)
        return True

    async def claim(
        self, owner: str, platforms: Sequence[PlatformName], now: datetime, until: datetime, limit: int
    ) -> tuple[ClaimedPart, ...]:
        """See the port."""
        return await outbox.claim(self._connection, owner, platforms, now, until, limit)

    async def settle(self, part: ClaimedPart, result: SendResult, now: datetime, retry_at: datetime | None) -> None:
        """See the port."""
        await outbox.settle(self._connection, part, result, now, retry_at)

    async def doubt_interrupted(self, now: datetime) -> int:
        """See the port."""
        return await outbox.doubt_interrupted(self._connection, now)

    async def last_window_end(self, subscription_id: int) -> datetime | None:
        """See the port. A briefing none of whose parts will ever arrive told nothing, so it doesn't count."""
        alive = exists().where(parts.c.delivery_id == deliveries.c.id, parts.c.state != PartState.DEAD)
        statement = select(deliveries.c.window_end).where(
            deliveries.c.subscription_id == subscription_id, deliveries.c.window_end.is_not(None), alive
        )
        found: datetime | None = await self._connection.scalar(statement.order_by(deliveries.c.id.desc()).limit(1))
        return found

    async def told(self, chat_id: int, since: datetime) -> Mapping[str, tuple[datetime, frozenset[str]]]:
        """See the port. What may have arrived counts as told; a story merged since then goes by its new id."""
        arrived = (
            select(parts.c.delivery_id, func.max(parts.c.settled_at).label("at"))
            .where(parts.c.chat_id == chat_id, parts.c.state.in_(MAY_HAVE_ARRIVED), parts.c.settled_at >= since)
            .group_by(parts.c.delivery_id)
            .subquery()
        )
        statement = select(delivery_told.c.story_id, delivery_told.c.article_ids, arrived.c.at)
        joined = statement.join(arrived, arrived.c.delivery_id == delivery_told.c.delivery_id)
        rows = (await self._connection.execute(joined)).all()
        merged = await survivors(self._connection, {row.story_id for row in rows})
        told: dict[str, tuple[datetime, frozenset[str]]] = {}
        for row in rows:
            story = merged.get(row.story_id, row.story_id)
            at, articles = told.get(story, (row.at, frozenset()))
            told[story] = (max(at, row.at), articles | frozenset(row.article_ids))
        return told

    async def _write_parts(self, delivery_id: int, delivery: NewDelivery) -> None:
        rows = [
            {
                "delivery_id": delivery_id,
                "chat_id": delivery.chat_id,
                "ordinal": ordinal,
                "state": PartState.PENDING,
                "nonce": nonce_of(delivery.key, ordinal),
                **_content(part),
            }
            for ordinal, part in enumerate(delivery.parts)
        ]
        if rows:
            await self._connection.execute(insert(self._connection, parts), rows)

    async def _write_told(self, delivery_id: int, delivery: NewDelivery) -> None:
        told: dict[str, tuple[str, ...]] = {}
        for story_id, article_ids in delivery.told:
            told[story_id] = told.get(story_id, ()) + article_ids
        rows = [
            {"delivery_id": delivery_id, "story_id": story, "article_ids": tuple(ids)} for story, ids in told.items()
        ]
        if rows:
            await self._connection.execute(insert(self._connection, delivery_told), rows)


def nonce_of(key: str, ordinal: int) -> str:
    """The same for every try of a part, another for every other part."""
    return hashlib.blake2b(f"{ordinal}:{key}".encode("utf-8", "replace"), digest_size=NONCE_BYTES).hexdigest()


def _content(part: RenderedPart) -> dict[str, object]:
    picture = part.picture
    return {
        "payload": part.payload,
        "picture": None if picture is None else picture.png,
        "picture_description": None if picture is None else picture.description,
        "picture_filename": None if picture is None else picture.filename,
    }
