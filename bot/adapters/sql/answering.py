"""What is being answered now, in SQL."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.dialect import insert
from bot.adapters.sql.schema import unanswered
from bot.domain.chat import PlatformName
from bot.ports import Unanswered


class SqlUnansweredRows:
    """Fulfils ``ports.UnansweredRows``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, platform: PlatformName, request: Unanswered, now: datetime) -> None:
        """See the port."""
        new = insert(self._connection, unanswered).values(platform=platform, at=now, **asdict(request))
        await self._connection.execute(new.on_conflict_do_nothing())

    async def remove(self, platform: PlatformName, update_id: str) -> None:
        """See the port."""
        this = unanswered.c.platform == platform, unanswered.c.update_id == update_id
        await self._connection.execute(delete(unanswered).where(*this))

    async def take(self, platform: PlatformName, since: datetime) -> tuple[Unanswered, ...]:
        """See the port."""
        taken = delete(unanswered).where(unanswered.c.platform == platform).returning(unanswered)
        rows = sorted((await self._connection.execute(taken)).all(), key=lambda row: row.at)
        return tuple(
            Unanswered(row.update_id, row.way_back, row.language, row.private, row.in_place)
            for row in rows
            if row.at >= since
        )
