"""What models wrote and what they cost, in SQL."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import case, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.dialect import insert
from bot.adapters.sql.schema import model_days, writings
from bot.domain.language import ReaderLanguage
from bot.ports import Spent, Written

MOST = 20
"""Of one story: chats that see other feeds have others."""


class SqlWritingRows:
    """Fulfils ``ports.WritingRows``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def written(self, story_id: str, language: ReaderLanguage, writer: str) -> tuple[Written, ...]:
        """See the port."""
        asked = select(writings).where(
            writings.c.story_id == story_id, writings.c.language == language, writings.c.writer == writer
        )
        rows = await self._connection.execute(asked.order_by(writings.c.at.desc(), writings.c.key).limit(MOST))
        return tuple(Written(**row) for row in rows.mappings())

    async def keep(self, written: Written, *, forget_before: datetime) -> None:
        """See the port."""
        values = {name: getattr(written, name) for name in Written.__slots__} | {"articles": dict(written.articles)}
        statement = insert(self._connection, writings).values(values)
        replaced = {name: statement.excluded[name] for name in values if name != "key"}
        await self._connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=replaced))
        await self._connection.execute(delete(writings).where(writings.c.at < forget_before))

    async def reserve(self, day: date, tokens: int, limit: int) -> bool:
        """See the port. One conditional update, so that processes can't both take what is left."""
        blank = insert(self._connection, model_days).values(day=day, tokens=0, calls=0)
        await self._connection.execute(blank.on_conflict_do_nothing())
        room = update(model_days).where(model_days.c.day == day, model_days.c.tokens + tokens <= limit)
        taken = room.values(tokens=model_days.c.tokens + tokens, calls=model_days.c.calls + 1)
        return bool((await self._connection.execute(taken)).rowcount)

    async def settle(self, day: date, difference: int) -> None:
        """See the port. A day never has less than nothing."""
        total = model_days.c.tokens + difference
        settled = update(model_days).where(model_days.c.day == day)
        await self._connection.execute(settled.values(tokens=case((total < 0, 0), else_=total)))

    async def spent(self, since: date) -> tuple[Spent, ...]:
        """See the port."""
        asked = select(model_days.c.day, model_days.c.tokens, model_days.c.calls)
        asked = asked.where(model_days.c.day >= since, model_days.c.calls > 0)
        return tuple(Spent(*row) for row in await self._connection.execute(asked.order_by(model_days.c.day)))
