"""Editing: a message that was sent is replaced by what is right, with a dated note, and the next edition says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.briefing import Badge, Briefing, Point
from bot.domain.correction import Citing, Correction
from bot.domain.delivery import DeliveryKind, NewDelivery, edit_key
from bot.domain.message import RenderedPart
from bot.ports import Renderer, UnitOfWork
from bot.services import kept
from bot.views.correction import ended_message
from bot.views.edition import edition_message

REMEMBERED = timedelta(days=7)
"""Older messages are left as they are: nobody reads them for news, and platforms let one edit only so far back."""


@dataclass(frozen=True, slots=True)
class Editor:
    """Writes edits to the outbox."""

    renderers: Mapping[str, Renderer]
    """By platform name."""

    async def edit(self, unit: UnitOfWork, citing: Citing, briefing: Briefing, number: int, now: datetime) -> bool:
        """Put a briefing in the place of the one that was sent, in the caller's transaction.

        ``number``: of the edit, among those of the delivery. False: it can't be edited, or was already.
        """
        chat = await unit.chats.get(citing.chat_id)
        if chat is None or not citing.editable or chat.address.platform not in self.renderers:
            return False
        return await unit.deliveries.enqueue(
            NewDelivery(
                key=edit_key(citing.delivery_id, number),
                chat_id=citing.chat_id,
                kind=DeliveryKind.EDIT,
                parts=_parts(self.renderers[chat.address.platform], briefing, citing.parts),
                briefing=kept.written(briefing),
                edits=citing.delivery_id,
            ),
            now,
        )


def _parts(renderer: Renderer, briefing: Briefing, parts: int) -> tuple[RenderedPart, ...]:
    """As many as there are messages: where it became shorter, the last ones say that nothing follows."""
    written = tuple(renderer.render(edition_message(briefing)))
    missing = max(parts - len(written), 0)
    return written + tuple(renderer.render(ended_message(briefing.language)))[:1] * missing


def noted(briefing: Briefing, before: Point, after: Point, *notes: Correction) -> Briefing:
    """A briefing with a point set right, and dated notes under it."""
    badges = (*(badge for badge in after.badges if badge is not Badge.CORRECTED), Badge.CORRECTED)
    return _with(briefing, before, replace(after, badges=badges, notes=(*before.notes, *notes)))


def without_note(briefing: Briefing, point: Point, note: Correction) -> Briefing:
    """A briefing with a note taken back."""
    notes = tuple(other for other in point.notes if other is not note)
    badges = point.badges if notes else tuple(badge for badge in point.badges if badge is not Badge.CORRECTED)
    return _with(briefing, point, replace(point, badges=badges, notes=notes))


def _with(briefing: Briefing, before: Point, after: Point) -> Briefing:
    return replace(briefing, points=tuple(after if point is before else point for point in briefing.points))
