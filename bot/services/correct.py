"""Correct: what a source took back or changed is set right in every message that told it. Once, and in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.domain.briefing import Briefing, Citation, Point
from bot.domain.correction import Citing, Correction, Difference, Revision, edit_number
from bot.domain.story import Digest, Story
from bot.editorial import corrections
from bot.editorial.headline import headline
from bot.ports import Clock, Lease, Scope, Store, Summariser
from bot.services import kept
from bot.services.brief import point_of
from bot.services.editing import REMEMBERED, Editor, noted
from bot.services.holding import RENEWAL_SECONDS, holding
from bot.services.notices import Notices
from bot.views.correction import follow_up_message

log = structlog.get_logger(__name__)

LEASE_NAME = "corrections"
LEASE = timedelta(seconds=15)
BATCH = 50
"""Deliveries looked at together."""
TRIES = 3
"""How often a delivery is looked at again that somebody else is editing."""

Told = dict[tuple[object, ...], Digest]
"""What a story's articles, in a language, were condensed to: the same for all the chats that were told of it."""


@dataclass(frozen=True, slots=True)
class Corrector:
    """Tells chats what their sources changed."""

    store: Store
    clock: Clock
    summariser: Summariser
    editor: Editor
    notices: Notices
    owner: str
    renewal_seconds: float = RENEWAL_SECONDS

    async def turn(self) -> int:
        """Set right whatever waits; how many deliveries were. Nothing happens while another process is at it.

        Harmless after a crash: an edit has a key, and so has what a chat is owed.
        """
        total = 0
        while (lease := await self._lease()) is not None:
            async with self.store.read() as unit:
                waiting = await unit.revisions.waiting(1)
            if not waiting:
                async with self.store.write() as unit:
                    await unit.leases.release(lease)
                break
            for revision in waiting:
                async with holding(self._lease, self.renewal_seconds):
                    told = await self._tell(revision)
                if told is None:
                    return total
                async with self.store.write() as unit:
                    await unit.revisions.done(revision.id)
                log.info("correction told", article=revision.article_id, deliveries=told)
                total += told
        return total

    async def _lease(self) -> Lease | None:
        now = self.clock.now()
        async with self.store.write() as unit:
            return await unit.leases.acquire(LEASE_NAME, self.owner, now, now + LEASE)

    async def _tell(self, revision: Revision) -> int | None:
        """How many deliveries were set right; None: another process took over, and goes through all of them."""
        if revision.story_id is None:
            return 0
        total, after, told = 0, 0, Told()
        while await self._lease() is not None:
            async with self.store.read() as unit:
                since = self.clock.now() - REMEMBERED
                batch = await unit.revisions.citing(revision.story_id, revision.article_id, since, after, BATCH)
            for citing in batch:
                total += await self._correct(revision, citing, told)
            if not batch:
                return total
            after = batch[-1].delivery_id
        return None

    async def _follow_up(self, revision: Revision, citing: Citing) -> bool:
        """An alert is followed by its correction at once: its readers may have no edition that could open with it."""
        cited = corrections.lead(revision.before, revision.language)
        found = _most_telling(corrections.differences(cited, revision.before, revision.after, revision.language))
        now, title = self.clock.now(), headline(revision.before.title, revision.language).text or revision.before.title
        notes = [
            Correction(one.kind, now, title, citing.sent_at, "", one.before, one.after, revision.language)
            for one in found
        ]
        if not notes:
            return False
        async with self.store.write() as unit:
            chat = await unit.chats.get(citing.chat_id)
            if chat is None:
                return False
            message = follow_up_message(notes, self.notices.language(chat), self.notices.zone(chat), now)
            return await self.notices.send(unit, f"revision:{revision.id}:{citing.delivery_id}", chat, message, now)

    async def _correct(self, revision: Revision, citing: Citing, told: Told) -> bool:
        if citing.breaking:
            return await self._follow_up(revision, citing)
        for _ in range(TRIES):
            briefing, now = kept.read(citing.briefing), self.clock.now()
            right, owed = await self._set_right(revision, citing, briefing, now, told)
            if right is None:
                return False
            async with self.store.write() as unit:
                await unit.revisions.hold(citing.delivery_id)
                latest = await unit.revisions.one(citing.delivery_id)
                if latest is not None and latest.briefing == citing.briefing:
                    await self.editor.edit(unit, citing, right, edit_number(revision.id), now)
                    for number, correction in enumerate(owed):
                        key = f"revision:{revision.id}:{citing.delivery_id}:{number}"
                        await unit.corrections.owe(citing.chat_id, key, correction)
                    return True
            if latest is None:
                return False
            citing = latest
        return False

    async def _set_right(
        self, revision: Revision, citing: Citing, briefing: Briefing | None, now: datetime, told: Told
    ) -> tuple[Briefing | None, list[Correction]]:
        """The briefing as it should have been, with what there is to say; None where nothing is to be set right."""
        owed: list[Correction] = []
        for point in briefing.points if briefing else ():
            if briefing and (notes := _notes(revision, point, citing, now)):
                owed += notes
                new = await self._rewritten(revision, point, briefing, citing, told)
                briefing = noted(briefing, point, new, *notes)
        return (briefing if owed else None), owed

    async def _rewritten(
        self, revision: Revision, point: Point, briefing: Briefing, citing: Citing, told: Told
    ) -> Point:
        """The point told anew from its own articles, as they stand now: no later ones come in with a correction."""
        scope = Scope(chat_id=citing.chat_id, known_by=self.clock.now())
        async with self.store.read() as unit:
            found = await unit.articles.story(point.story_id, scope)
        own = tuple(one for one in found.articles if one.article.id in point.article_ids) if found else ()
        if not own:
            return replace(point, text="", citations=_others(point, revision), grounds=())
        story = Story(point.story_id, own)
        known = (briefing.language, *((one.article.id, one.source.name) for one in own))
        if known not in told:
            told[known] = await self.summariser.condense(story, briefing.language, since=None)
        new = point_of(story, told[known], point.badges)
        return replace(new, headline=new.headline or point.headline, topics=point.topics)


def _notes(revision: Revision, point: Point, citing: Citing, now: datetime) -> tuple[Correction, ...]:
    """What there is to say under a point about a changed article; nothing where its sentences stand as they were."""
    if revision.article_id not in point.article_ids:
        return ()
    cited = corrections.cited(point, revision.article_id)
    found = corrections.differences(cited, revision.before, revision.after, revision.language)
    outlet = next((one.name for one in point.citations if one.article_id == revision.article_id), "")
    return tuple(_note(difference, revision, point, citing, outlet, now) for difference in _most_telling(found))


def _most_telling(found: Sequence[Difference]) -> Sequence[Difference]:
    """Two changes of an article are told; whoever changes more has written another one."""
    return found[:2]


def _note(
    difference: Difference, revision: Revision, point: Point, citing: Citing, outlet: str, now: datetime
) -> Correction:
    return Correction(
        kind=difference.kind,
        at=now,
        headline=point.headline,
        told_at=citing.sent_at,
        outlet=outlet,
        before=difference.before,
        after=difference.after,
        language=revision.language,
    )


def _others(point: Point, revision: Revision) -> tuple[Citation, ...]:
    return tuple(one for one in point.citations if one.article_id != revision.article_id)
