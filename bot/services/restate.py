"""Restate: messages follow what moderators decided about a reported point. A note is added, or taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.domain.briefing import Briefing
from bot.domain.correction import Citing, Correction, CorrectionKind, edit_number_by_hand
from bot.domain.report import Report, ReportState
from bot.ports import Clock, Lease, Store
from bot.services import kept
from bot.services.editing import REMEMBERED, Editor, noted, without_note

log = structlog.get_logger(__name__)

LEASE_NAME = "restating"
LEASE = timedelta(seconds=15)
BATCH = 50


@dataclass(frozen=True, slots=True)
class Restater:
    """Edits what was sent as moderators decided."""

    store: Store
    clock: Clock
    editor: Editor
    owner: str

    async def turn(self) -> int:
        """Make messages follow every decision they do not follow yet; how many deliveries were edited."""
        total = 0
        while (lease := await self._lease()) is not None:
            async with self.store.read() as unit:
                waiting = await unit.reports.telling(1)
            if not waiting:
                async with self.store.write() as unit:
                    await unit.leases.release(lease)
                break
            for report in waiting:
                edited = await self._follow(report)
                if edited is None:
                    return total
                total += edited
        return total

    async def _lease(self) -> Lease | None:
        now = self.clock.now()
        async with self.store.write() as unit:
            return await unit.leases.acquire(LEASE_NAME, self.owner, now, now + LEASE)

    async def _follow(self, report: Report) -> int | None:
        """How many deliveries were edited; None: another process took over, and goes through all of them."""
        edited, after = 0, 0
        while await self._lease() is not None:
            since = self.clock.now() - REMEMBERED
            async with self.store.read() as unit:
                batch = await unit.revisions.citing(report.story_id, None, since, after, BATCH, report.chat_id)
            for citing in batch:
                edited += await self._edit(report, citing.delivery_id)
            if not batch:
                await self._settle(report)
                log.info("report told", report=report.id, deliveries=edited)
                return edited
            after = batch[-1].delivery_id
        return None

    async def _settle(self, report: Report) -> None:
        async with self.store.write() as unit:
            latest = await unit.reports.hold(report.id)
            if latest is not None and latest.telling == report.telling:  # Else it was decided again meanwhile.
                await unit.reports.tell(report.id, None)

    async def _edit(self, report: Report, delivery_id: int) -> bool:
        now = self.clock.now()
        async with self.store.write() as unit:
            await unit.revisions.hold(delivery_id)
            citing = await unit.revisions.one(delivery_id)
            briefing = kept.read(citing.briefing) if citing is not None else None
            if citing is None or briefing is None:
                return False
            key = f"report:{report.id}:{delivery_id}"
            note = _note(report, briefing, citing, self.clock)
            right = _restated(briefing, report, note)
            if right is None:
                return False
            if note is None:
                await unit.corrections.cancel(key)
            else:
                await unit.corrections.owe(citing.chat_id, key, note)
            return await self.editor.edit(unit, citing, right, edit_number_by_hand(report.telling or 0), now)


def _note(report: Report, briefing: Briefing, citing: Citing, clock: Clock) -> Correction | None:
    """What is to stand under the point; None where the decision was taken back."""
    if report.state is not ReportState.CORRECTED:
        return None
    headline = next((point.headline for point in briefing.points if point.story_id == report.story_id), report.headline)
    return Correction(
        kind=CorrectionKind.MODERATORS,
        at=clock.now(),
        headline=headline,
        told_at=citing.sent_at,
        after=report.words,
        language=report.language,
    )


def _restated(briefing: Briefing, report: Report, note: Correction | None) -> Briefing | None:
    """The briefing with the note, or without; None where it is so already."""
    for point in briefing.points:
        if point.story_id != report.story_id and point.headline != report.headline:
            continue
        there = [old for old in point.notes if old.kind is CorrectionKind.MODERATORS and old.after == report.words]
        if note is not None:
            return None if there else noted(briefing, point, point, note)
        return without_note(briefing, point, there[-1]) if there else None
    return None
