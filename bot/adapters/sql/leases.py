"""Rights that only one process holds at a time, in SQL."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import case, or_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.dialect import insert
from bot.adapters.sql.schema import leases
from bot.ports import Lease

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""The end of a lease that was given back; its row stays, so that fences go on growing."""


class SqlLeaseRows:
    """Fulfils ``ports.LeaseRows``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def acquire(self, name: str, owner: str, now: datetime, until: datetime) -> Lease | None:
        """See the port. Renewing in time keeps the fence; taking it after it ended is a new holding, whoever does."""
        new = insert(self._connection, leases).values(name=name, owner=owner, fence=1, until=until)
        ended = leases.c.until <= now
        statement = new.on_conflict_do_update(
            index_elements=["name"],
            set_={
                "owner": new.excluded.owner,
                "until": new.excluded.until,
                "fence": case((ended, leases.c.fence + 1), else_=leases.c.fence),
            },
            where=or_(ended, leases.c.owner == owner),
        ).returning(leases.c.fence)
        fence: int | None = await self._connection.scalar(statement)
        return None if fence is None else Lease(name, owner, fence, until)

    async def release(self, lease: Lease) -> None:
        """See the port. Somebody else's lease is left alone."""
        mine = (leases.c.name == lease.name) & (leases.c.owner == lease.owner) & (leases.c.fence == lease.fence)
        await self._connection.execute(update(leases).where(mine).values(until=_LONG_AGO))
