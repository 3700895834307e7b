"""Standing orders, in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, delete, exists, literal, or_, select, true, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.columns import UtcDateTime
from bot.adapters.sql.dialect import AnyRow, among, insert, numbers
from bot.adapters.sql.schema import chats, subscription_leases, subscriptions
from bot.domain.briefing import Length
from bot.domain.chat import ChatState
from bot.domain.subscription import Schedule, Slot, Subscription

_COLUMNS = tuple(column for column in subscriptions.c if column.name != "chat_active")


class SqlSubscriptionRows:
    """Fulfils ``ports.SubscriptionRows``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, chat_id: int) -> tuple[Subscription, ...]:
        """See the port."""
        return tuple(_read(row) for row in await self._connection.execute(_of(chat_id)))

    async def hold(self, chat_id: int) -> tuple[Subscription, ...]:
        """See the port. SQLite has one writer anyway."""
        return tuple(_read(row) for row in await self._connection.execute(_of(chat_id).with_for_update()))

    async def add(self, subscription: Subscription) -> Subscription:
        """See the port."""
        state = await self._connection.scalar(select(chats.c.state).where(chats.c.id == subscription.chat_id))
        values = {**_values(subscription), "chat_active": state == ChatState.ACTIVE}
        statement = insert(self._connection, subscriptions).values(values).returning(*_COLUMNS)
        return _read((await self._connection.execute(statement)).one())

    async def replace(self, subscription: Subscription) -> None:
        """See the port."""
        same = subscriptions.c.id == subscription.id
        await self._connection.execute(update(subscriptions).where(same).values(_values(subscription)))

    async def remove(self, subscription_id: int) -> None:
        """See the port."""
        await self._connection.execute(delete(subscriptions).where(subscriptions.c.id == subscription_id))

    async def lease_due(self, owner: str, now: datetime, until: datetime, limit: int) -> tuple[Subscription, ...]:
        """See the port."""
        leases = subscription_leases.c
        held = exists().where(leases.subscription_id == subscriptions.c.id, leases.until > now)
        due = (
            select(*_COLUMNS)
            .where(subscriptions.c.chat_active.is_(True), subscriptions.c.next_at <= now, ~held)
            .order_by(subscriptions.c.next_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows = (await self._connection.execute(due)).all()
        taken = await self._take([row.id for row in rows], owner, now, until)
        return tuple(_read(row) for row in rows if row.id in taken)

    async def _take(self, ids: Sequence[int], owner: str, now: datetime, until: datetime) -> set[int]:
        """Those of the ids whose lease is ours now. In PostgreSQL somebody may have been faster, unseen until here."""
        one = numbers(self._connection, sorted(ids))
        wanted = select(one, literal(owner), literal(until, UtcDateTime)).where(true())
        new = insert(self._connection, subscription_leases).from_select(["subscription_id", "owner", "until"], wanted)
        values = {"owner": new.excluded.owner, "until": new.excluded.until}
        ended = subscription_leases.c.until <= now
        taken = new.on_conflict_do_update(index_elements=["subscription_id"], set_=values, where=ended)
        return set((await self._connection.scalars(taken.returning(subscription_leases.c.subscription_id))).all())

    async def renew(self, owner: str, subscription_ids: Sequence[int], until: datetime) -> None:
        """See the port. A row that another transaction has in its hands is being written or taken: left to it."""
        held = among(self._connection, subscription_leases.c.subscription_id, subscription_ids)
        mine = select(subscription_leases.c.subscription_id).where(held, subscription_leases.c.owner == owner)
        free = mine.with_for_update(skip_locked=True)
        renewed = update(subscription_leases).where(subscription_leases.c.subscription_id.in_(free))
        await self._connection.execute(renewed.values(until=until))

    async def advance(self, subscription_id: int, told: Slot, following: Slot) -> None:
        """See the port. A schedule its owner changed meanwhile keeps its own next slot."""
        this = update(subscriptions).where(subscriptions.c.id == subscription_id)
        later = tuple_(subscriptions.c.last_date, subscriptions.c.last_ordinal) < (told.local_date, told.ordinal)
        first_or_later = or_(subscriptions.c.last_date.is_(None), later)
        for statement in (
            this.where(subscriptions.c.next_at <= told.at).values(_slot_values("next", following)),
            this.where(first_or_later).values(_slot_values("last", told)),
            delete(subscription_leases).where(subscription_leases.c.subscription_id == subscription_id),
        ):
            await self._connection.execute(statement)


def _of(chat_id: int) -> Select[Any]:
    return select(*_COLUMNS).where(subscriptions.c.chat_id == chat_id).order_by(subscriptions.c.id)


def _values(subscription: Subscription) -> dict[str, object]:
    schedule = subscription.schedule
    return {
        "chat_id": subscription.chat_id,
        "times": tuple(wall.isoformat() for wall in schedule.times),
        "zone": schedule.zone,
        "days": tuple(sorted(schedule.days)),
        "language": subscription.language,
        "length": subscription.length,
        "topics": subscription.topics,
        "silent": subscription.silent,
        **_slot_values("next", subscription.next_slot),
        **_slot_values("last", subscription.last_slot),
    }


def _slot_values(which: str, slot: Slot | None) -> dict[str, object]:
    if slot is None:
        return {f"{which}_at": None, f"{which}_date": None, f"{which}_ordinal": None}
    return {f"{which}_at": slot.at, f"{which}_date": slot.local_date, f"{which}_ordinal": slot.ordinal}


def _read(row: AnyRow) -> Subscription:
    return Subscription(
        id=row.id,
        chat_id=row.chat_id,
        schedule=_schedule(row.times, row.zone, row.days),
        language=row.language,
        next_slot=Slot(row.next_at, row.next_date, row.next_ordinal),
        length=Length(row.length),
        topics=row.topics,
        silent=row.silent,
        last_slot=_last_slot(row.last_at, row.last_date, row.last_ordinal),
    )


@lru_cache(maxsize=4096)
def _schedule(times: tuple[str, ...], zone: str, days: tuple[int, ...]) -> Schedule:
    """Most readers share theirs with many others."""
    return Schedule(tuple(time.fromisoformat(wall) for wall in times), zone, frozenset(days))


def _last_slot(at: datetime | None, day: date | None, ordinal: int | None) -> Slot | None:
    if at is None or day is None or ordinal is None:
        return None
    return Slot(at, day, ordinal)
