"""Who moderates the sources everyone gets, in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.dialect import insert
from bot.adapters.sql.schema import audit, claim_codes, moderators, report_voices, reports, suggestions
from bot.domain.moderation import FORMER, Actor

_CLAIMED = moderators.c.claimed_at.is_not(None)


class SqlModeratorRows:
    """Fulfils ``ports.ModeratorRows``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def includes(self, actor: Actor) -> bool:
        """See the port."""
        there = exists().where(moderators.c.actor == actor, _CLAIMED)
        return bool(await self._connection.scalar(select(there)))

    async def any(self) -> bool:
        """See the port."""
        return bool(await self._connection.scalar(select(exists().where(_CLAIMED))))

    async def seat(self, actor: Actor, chat_id: int) -> None:
        """See the port."""
        new = insert(self._connection, moderators).values(actor=actor, chat_id=chat_id)
        await self._connection.execute(new.on_conflict_do_update(index_elements=["actor"], set_={"chat_id": chat_id}))

    async def seats(self, named: Sequence[Actor]) -> tuple[int, ...]:
        """See the port."""
        theirs = or_(_CLAIMED, moderators.c.actor.in_(named))
        statement = select(moderators.c.chat_id).where(theirs, moderators.c.chat_id.is_not(None)).distinct()
        return tuple((await self._connection.execute(statement.order_by(moderators.c.chat_id))).scalars())

    async def forget(self, actor: Actor) -> None:
        """See the port."""
        for table in (moderators, suggestions, report_voices):
            await self._connection.execute(delete(table).where(table.c.actor == actor))
        for table in (suggestions, reports):
            decided = update(table).where(table.c.decided_by == actor)
            await self._connection.execute(decided.values(decided_by=FORMER))
        await self._connection.execute(update(audit).where(audit.c.actor == actor).values(actor=FORMER))

    async def offer(self, code_hash: str, now: datetime) -> None:
        """See the port."""
        await self._connection.execute(delete(claim_codes))
        await self._connection.execute(insert(self._connection, claim_codes).values(hash=code_hash, made_at=now))

    async def claim(self, code_hash: str, actor: Actor, chat_id: int, now: datetime) -> bool:
        """See the port."""
        used = delete(claim_codes).where(claim_codes.c.hash == code_hash).returning(claim_codes.c.hash)
        if await self._connection.scalar(used) is None:
            return False
        values = {"chat_id": chat_id, "claimed_at": now}
        new = insert(self._connection, moderators).values(actor=actor, **values)
        await self._connection.execute(new.on_conflict_do_update(index_elements=["actor"], set_=values))
        return True
