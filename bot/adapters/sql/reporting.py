"""Reports of errors, and the stories that moderators hid, in SQL."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.dialect import AnyRow, insert
from bot.adapters.sql.schema import hidden_stories, report_voices, reports, stories
from bot.adapters.sql.scoping import hidden_from
from bot.adapters.sql.stories import survivor
from bot.domain.language import ReaderLanguage
from bot.domain.moderation import Actor
from bot.domain.report import Report, ReportState
from bot.ports.scope import Scope


class SqlReportRows:
    """Fulfils ``ports.ReportRows``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    # --- Reporting ---

    async def open(self, story_id: str, chat_id: int | None, headline: str, text: str, now: datetime) -> Report:
        """See the port. The story is locked, so that two people who report it at once share a report."""
        story = await survivor(self._connection, story_id)
        await self._connection.execute(select(stories.c.id).where(stories.c.id == story).with_for_update())
        here = reports.c.chat_id.is_(None) if chat_id is None else reports.c.chat_id == chat_id
        there = select(reports).where(reports.c.story_id == story, reports.c.state == ReportState.OPEN, here)
        row = (await self._connection.execute(there)).first()
        if row is not None:
            return _report(row)
        new = insert(self._connection, reports).values(
            story_id=story,
            chat_id=chat_id,
            headline=headline,
            text=text,
            opened_at=now,
            state=ReportState.OPEN,
            words="",
            language="fr",
        )
        return _report((await self._connection.execute(new.returning(reports))).one())

    async def join(self, report_id: int, actor: Actor, chat_id: int, now: datetime) -> bool:
        """See the port."""
        new = insert(self._connection, report_voices).values(
            report_id=report_id, actor=actor, chat_id=chat_id, made_at=now
        )
        joined = new.on_conflict_do_nothing().returning(report_voices.c.report_id)
        return (await self._connection.scalar(joined)) is not None

    async def voices(self, report_id: int) -> tuple[int, ...]:
        """See the port."""
        theirs = select(report_voices.c.chat_id).where(report_voices.c.report_id == report_id)
        rows = await self._connection.execute(theirs.order_by(report_voices.c.made_at, report_voices.c.actor))
        return tuple(rows.scalars())

    async def by(self, actor: Actor, since: datetime) -> int:
        """See the port. What is reported in a chat and for everyone at once is one point."""
        recent = and_(report_voices.c.actor == actor, report_voices.c.made_at > since)
        statement = select(func.count(reports.c.story_id.distinct())).join_from(report_voices, reports).where(recent)
        return int((await self._connection.execute(statement)).scalar_one())

    # --- Deciding ---

    async def get(self, report_id: int) -> Report | None:
        """See the port."""
        row = (await self._connection.execute(select(reports).where(reports.c.id == report_id))).first()
        return None if row is None else _report(row)

    async def hold(self, report_id: int) -> Report | None:
        """See the port. SQLite has one writer anyway."""
        held = select(reports).where(reports.c.id == report_id).with_for_update()
        row = (await self._connection.execute(held)).first()
        return None if row is None else _report(row)

    async def waiting(self, chat_id: int, *, for_everyone: bool) -> tuple[Report, ...]:
        """See the port."""
        theirs = reports.c.chat_id == chat_id
        wanted = or_(theirs, reports.c.chat_id.is_(None)) if for_everyone else theirs
        statement = select(reports).where(reports.c.state == ReportState.OPEN, wanted).order_by(reports.c.id)
        return tuple(_report(row) for row in await self._connection.execute(statement))

    async def decide(
        self, report_id: int, state: ReportState, actor: Actor, now: datetime, words: str, language: ReaderLanguage
    ) -> None:
        """See the port."""
        decided = update(reports).where(reports.c.id == report_id)
        values = {"state": state, "decided_by": actor, "decided_at": now, "words": words, "language": language}
        await self._connection.execute(decided.values(values))

    async def tell(self, report_id: int, change_id: int | None) -> None:
        """See the port."""
        await self._connection.execute(update(reports).where(reports.c.id == report_id).values(telling=change_id))

    async def telling(self, limit: int) -> tuple[Report, ...]:
        """See the port."""
        statement = select(reports).where(reports.c.telling.is_not(None)).order_by(reports.c.id).limit(limit)
        return tuple(_report(row) for row in await self._connection.execute(statement))

    # --- Hiding ---

    async def hide(self, report: Report) -> None:
        """See the port."""
        story = await survivor(self._connection, report.story_id)
        new = insert(self._connection, hidden_stories)
        values = {"report_id": report.id, "story_id": story, "chat_id": report.chat_id}
        await self._connection.execute(new.values(values).on_conflict_do_nothing())

    async def show(self, report_id: int) -> None:
        """See the port."""
        await self._connection.execute(delete(hidden_stories).where(hidden_stories.c.report_id == report_id))

    async def hidden(self, scope: Scope) -> frozenset[str]:
        """See the port."""
        rows = await self._connection.execute(select(hidden_stories.c.story_id).where(hidden_from(scope)))
        return frozenset(rows.scalars())


_FIELDS = [field.name for field in fields(Report)]


def _report(row: AnyRow) -> Report:
    values = {name: getattr(row, name) for name in _FIELDS}
    return Report(**(values | {"state": ReportState(row.state)}))
