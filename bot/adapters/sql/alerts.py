"""Who wants breaking news, in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.dialect import AnyRow, insert
from bot.adapters.sql.schema import chats, watches
from bot.domain.alert import Sounded, Watch
from bot.domain.chat import ChatState
from bot.domain.claim import Phase


class SqlAlertRows:
    """Fulfils ``ports.AlertRows``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def turn_on(self, chat_id: int, now: datetime) -> bool:
        """See the port."""
        fresh = {"active": True, "since": now, "phases": {}}
        new = insert(self._connection, watches).values(chat_id=chat_id, sounded=[], **fresh)
        changed = new.on_conflict_do_update(
            index_elements=["chat_id"], set_=fresh, where=watches.c.active.is_(False)
        ).returning(watches.c.chat_id)
        return (await self._connection.scalar(changed)) is not None

    async def turn_off(self, chat_id: int) -> bool:
        """See the port."""
        theirs = update(watches).where(watches.c.chat_id == chat_id, watches.c.active.is_(True))
        return (await self._connection.execute(theirs.values(active=False))).rowcount > 0

    async def wanted(self, chat_id: int) -> bool:
        """See the port."""
        return bool(await self._connection.scalar(select(watches.c.active).where(watches.c.chat_id == chat_id)))

    async def watching(self, after: int, limit: int) -> Sequence[Watch]:
        """See the port."""
        theirs = select(watches).join_from(watches, chats).where(watches.c.active.is_(True))
        here = theirs.where(chats.c.state == ChatState.ACTIVE, watches.c.chat_id > after)
        rows = await self._connection.execute(here.order_by(watches.c.chat_id).limit(limit))
        return tuple(_read(row) for row in rows)

    async def hold(self, chat_id: int) -> Watch | None:
        """See the port. SQLite has one writer anyway."""
        statement = select(watches).where(watches.c.chat_id == chat_id, watches.c.active.is_(True))
        row = (await self._connection.execute(statement.with_for_update())).first()
        return None if row is None else _read(row)

    async def save(self, watch: Watch) -> None:
        """See the port."""
        values = {
            "phases": {topic: str(phase) for topic, phase in watch.phases.items()},
            "sounded": [[one.at.isoformat(), sorted(one.subjects)] for one in watch.sounded],
        }
        await self._connection.execute(update(watches).where(watches.c.chat_id == watch.chat_id).values(values))


def _read(row: AnyRow) -> Watch:
    return Watch(
        chat_id=row.chat_id,
        since=row.since,
        phases={topic: Phase(phase) for topic, phase in row.phases.items()},
        sounded=tuple(Sounded(datetime.fromisoformat(at), frozenset(subjects)) for at, subjects in row.sounded),
    )
