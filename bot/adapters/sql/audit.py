"""The audit log, in SQL."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import datetime

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.dialect import AnyRow, insert
from bot.adapters.sql.schema import audit
from bot.domain.audit import Change, NewChange
from bot.domain.feed import FeedState
from bot.domain.moderation import Actor, Standing, Verb


class SqlAuditRows:
    """Fulfils ``ports.AuditRows``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def record(self, change: NewChange) -> Change:
        """See the port."""
        values = {field.name: getattr(change, field.name) for field in fields(NewChange)}
        values |= {"before": _written(change.before), "after": _written(change.after)}
        del values["everyones"]
        statement = insert(self._connection, audit).values(**values, public=change.public, undone=False)
        number = (await self._connection.execute(statement.returning(audit.c.id))).scalar_one()
        if change.undoes is not None:
            await self._connection.execute(update(audit).where(audit.c.id == change.undoes).values(undone=True))
        return Change(**{field.name: getattr(change, field.name) for field in fields(NewChange)}, id=number)

    async def get(self, change_id: int) -> Change | None:
        """See the port."""
        row = (await self._connection.execute(select(audit).where(audit.c.id == change_id))).first()
        return None if row is None else _read(row)

    async def of(self, chat_id: int, *, everyones: bool, limit: int, skip: int = 0) -> tuple[Change, ...]:
        """See the port."""
        wanted = or_(audit.c.chat_id == chat_id, audit.c.public) if everyones else audit.c.chat_id == chat_id
        statement = select(audit).where(wanted).order_by(audit.c.id.desc()).limit(limit).offset(skip)
        return tuple(_read(row) for row in await self._connection.execute(statement))

    async def last(self, chat_id: int, actor: Actor | None = None) -> Change | None:
        """See the port."""
        open_ = and_(audit.c.chat_id == chat_id, audit.c.undone.is_(False), audit.c.verb != Verb.UNDO)
        mine = open_ if actor is None else and_(open_, audit.c.actor == actor)
        row = (await self._connection.execute(select(audit).where(mine).order_by(audit.c.id.desc()).limit(1))).first()
        return None if row is None else _read(row)

    async def additions(self, chat_id: int, since: datetime) -> int:
        """See the port."""
        added = and_(audit.c.chat_id == chat_id, audit.c.verb == Verb.ADD, audit.c.at > since)
        return int((await self._connection.execute(select(func.count()).select_from(audit).where(added))).scalar_one())


def _written(standing: Standing) -> str:
    return json.dumps(asdict(standing))


def _standing(text: str) -> Standing:
    values = json.loads(text)
    return Standing(values["attached"], values["muted"], values["public"], FeedState(values["state"]))


def _read(row: AnyRow) -> Change:
    return Change(
        at=row.at,
        actor=row.actor,
        chat_id=row.chat_id,
        feed_id=row.feed_id,
        name=row.name,
        verb=Verb(row.verb),
        before=_standing(row.before),
        after=_standing(row.after),
        undoes=row.undoes,
        id=row.id,
        undone=row.undone,
        report_id=row.report_id,
        everyones=row.public and row.report_id is not None,
    )
