"""The outbox and ledger, in SQL: what is written, and what is remembered of it. ``outbox.py`` sends."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import exists, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql import outbox
from bot.adapters.sql.dialect import AnyRow, insert
from bot.adapters.sql.schema import chats, deliveries, delivery_told, parts
from bot.adapters.sql.stories import survivors
from bot.domain.chat import PlatformName
from bot.domain.delivery import ClaimedPart, DeliveryKind, GivenUp, NewDelivery, PartState, SendResult, Unfinished
from bot.domain.message import RenderedPart
from bot.domain.moments import iso_moment

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
            edits=delivery.edits,
            unfinished=delivery.unfinished,
        )
        written = await self._connection.scalar(new.on_conflict_do_nothing().returning(deliveries.c.id))
        if written is None:
            return False
        await self._write_parts(written, delivery)
        await self._write_told(written, delivery)
        return True

    async def answered(self, delivery: NewDelivery, now: datetime) -> bool:
        """See the port. One part stands for the answer: what is told is counted from the parts that arrived."""
        if not await self.enqueue(replace(delivery, parts=(RenderedPart({}),)), now):
            return False
        this = select(deliveries.c.id).where(deliveries.c.key == delivery.key).scalar_subquery()
        arrived = update(parts).where(parts.c.delivery_id == this)
        await self._connection.execute(arrived.values(state=PartState.SENT, settled_at=now))
        return True

    async def claim(
        self, owner: str, platforms: Sequence[PlatformName], now: datetime, until: datetime, limit: int
    ) -> tuple[ClaimedPart, ...]:
        """See the port."""
        served = await outbox.unpaused(self._connection, platforms, now)
        return await outbox.claim(self._connection, owner, served, now, until, limit) if served else ()

    async def renew(self, owner: str, parts: Sequence[ClaimedPart], until: datetime) -> None:
        """See the port."""
        await outbox.renew(self._connection, owner, [part.id for part in parts], until)

    async def settle(self, part: ClaimedPart, result: SendResult, now: datetime, retry_at: datetime | None) -> None:
        """See the port."""
        await outbox.settle(self._connection, part, result, now, retry_at)

    async def pause(self, platform: PlatformName, until: datetime) -> None:
        """See the port."""
        await outbox.pause(self._connection, platform, until)

    async def doubt_interrupted(self, now: datetime, repeatable: Sequence[PlatformName] = ()) -> int:
        """See the port."""
        return await outbox.doubt_interrupted(self._connection, now, repeatable)

    async def expire(self, now: datetime) -> int:
        """See the port."""
        return await outbox.expire(self._connection, now)

    async def supersede(self, subscription_id: int, now: datetime) -> int:
        """See the port. The chat is locked, as a claim locks it: a briefing is given up whole or not at all."""
        theirs = select(deliveries.c.id, deliveries.c.chat_id).where(
            deliveries.c.subscription_id == subscription_id, deliveries.c.kind == DeliveryKind.DAILY
        )
        waiting = exists().where(parts.c.delivery_id == deliveries.c.id, parts.c.state == PartState.PENDING)
        tried = or_(parts.c.state != PartState.PENDING, parts.c.doubtful_since.is_not(None))
        begun = exists().where(parts.c.delivery_id == deliveries.c.id, tried)
        rows = (await self._connection.execute(theirs.where(waiting))).all()
        if not rows:
            return 0
        lock = select(chats.c.id).where(chats.c.id.in_({row.chat_id for row in rows})).with_for_update(key_share=True)
        await self._connection.execute(lock)
        untouched = select(deliveries.c.id).where(deliveries.c.id.in_([row.id for row in rows]), ~begun)
        given_up = update(parts).where(parts.c.delivery_id.in_(untouched))
        done = given_up.values(state=PartState.DEAD, settled_at=now, detail=GivenUp.SUPERSEDED)
        return (await self._connection.execute(done)).rowcount

    async def find(self, key: str) -> int | None:
        """See the port."""
        found: int | None = await self._connection.scalar(select(deliveries.c.id).where(deliveries.c.key == key))
        return found

    async def last_window_end(self, subscription_id: int) -> datetime | None:
        """See the port. A briefing none of whose parts will ever arrive told nothing, so it doesn't count."""
        alive = exists().where(parts.c.delivery_id == deliveries.c.id, parts.c.state != PartState.DEAD)
        statement = select(deliveries.c.window_end).where(
            deliveries.c.subscription_id == subscription_id, deliveries.c.window_end.is_not(None), alive
        )
        found: datetime | None = await self._connection.scalar(statement.order_by(deliveries.c.id.desc()).limit(1))
        return found

    async def first_window_start(self, subscription_id: int) -> datetime | None:
        """See the port."""
        columns = deliveries.c
        statement = select(columns.created_at, columns.briefing).where(
            columns.subscription_id == subscription_id,
            columns.kind == DeliveryKind.DAILY,
            columns.briefing.is_not(None),
        )
        row = (await self._connection.execute(statement.order_by(columns.id).limit(1))).first()
        return None if row is None else _window_start(row)

    async def told(self, chat_id: int, since: datetime) -> Mapping[str, tuple[datetime, frozenset[str]]]:
        """See the port. A story merged since then goes by its new id."""
        alive = exists().where(parts.c.delivery_id == deliveries.c.id, parts.c.state != PartState.DEAD)
        statement = (
            select(delivery_told.c.story_id, delivery_told.c.article_ids, deliveries.c.created_at.label("at"))
            .join(deliveries, deliveries.c.id == delivery_told.c.delivery_id)
            .where(deliveries.c.chat_id == chat_id, deliveries.c.created_at >= since, alive)
        )
        rows = (await self._connection.execute(statement)).all()
        merged = await survivors(self._connection, {row.story_id for row in rows})
        told: dict[str, tuple[datetime, frozenset[str]]] = {}
        for row in rows:
            story = merged.get(row.story_id, row.story_id)
            at, articles = told.get(story, (row.at, frozenset()))
            told[story] = (max(at, row.at), articles | frozenset(row.article_ids))
        return told

    async def unfinished(self, limit: int) -> tuple[Unfinished, ...]:
        """See the port."""
        columns = deliveries.c
        statement = select(columns.id, columns.chat_id, columns.subscription_id, columns.created_at, columns.briefing)
        waiting = statement.where(text("unfinished"), columns.subscription_id.is_not(None)).order_by(columns.id)
        rows = await self._connection.execute(waiting.limit(limit))
        return tuple(
            Unfinished(row.id, row.chat_id, row.subscription_id, row.created_at, _window_start(row)) for row in rows
        )

    async def finish(self, delivery_id: int) -> None:
        """See the port."""
        await self._connection.execute(
            update(deliveries).where(deliveries.c.id == delivery_id).values(unfinished=False)
        )

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


def _window_start(row: AnyRow) -> datetime:
    """As the kept briefing says; a day where it says nothing."""
    start = iso_moment(json.loads(row.briefing or "{}").get("window", {}).get("from", ""))
    return start or row.created_at - timedelta(days=1)


def _content(part: RenderedPart) -> dict[str, object]:
    picture = part.picture
    return {
        "payload": part.payload,
        "picture": None if picture is None else picture.png,
        "picture_description": None if picture is None else picture.description,
        "picture_filename": None if picture is None else picture.filename,
    }
