"""Moderate: change where a feed stands, write it down, take it back. Every change is one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.audit import Change, NewChange
from bot.domain.chat import Chat
from bot.domain.errors import CommandError
from bot.domain.feed import Feed, FeedState
from bot.domain.moderation import (
    ADDITIONS_A_DAY,
    DAY,
    Actor,
    Authority,
    Case,
    Standing,
    Verb,
    changed,
    most_feeds,
    undone,
)
from bot.domain.offer import PREVIEW_LIFE, Candidate, Caution, Offer, Preview, PreviewState
from bot.ports import Clock, Store, UnitOfWork

TOKEN_BYTES = 6
"""A preview's token: buttons have little room, and it only has to be unlikely within a chat and a day."""


@dataclass(frozen=True, slots=True)
class Moderator:
    """Who asks for a change, and where."""

    actor: Actor
    authority: Authority
    chat: Chat


@dataclass(frozen=True, slots=True)
class Moderation:
    """Changes feeds for moderators. Every method raises CommandError where it refuses, and then changed nothing."""

    store: Store
    clock: Clock

    async def change(self, verb: Verb, feed_id: int, by: Moderator) -> Change:
        """Remove, pause, resume, mute or promote."""
        async with self.store.write() as unit:
            case = await _held(unit, feed_id, by.chat)
            return await self._make(unit, verb, case, changed(verb, case, by.authority), by)

    async def undo(self, change_id: int, by: Moderator) -> Change:
        """Take a change of this chat, or of everyone's sources, back."""
        async with self.store.write() as unit:
            found = await unit.audit.get(change_id)
            if found is None or not (found.chat_id == by.chat.id or (found.public and by.authority.bot)):
                raise CommandError("undo-unknown", value=change_id)
            if not found.can_be_undone:
                raise CommandError("undo-done-already", name=found.name)
            origin = None if found.chat_id is None else await unit.chats.get(found.chat_id)
            there = replace(by, chat=origin or by.chat)
            case = await _held(unit, found.feed_id, there.chat)
            standing = undone(found.before, found.after, case, by.authority)
            if standing.attached and not case.standing.attached:
                await self._require_room(unit, there.chat)
            return await self._make(unit, Verb.UNDO, case, standing, there, found.id)

    # --- Adding ---

    async def propose(self, offer: Offer, chat: Chat) -> Preview:
        """Keep an offer until a moderator decides."""
        preview = Preview(secrets.token_hex(TOKEN_BYTES), chat.id, self.clock.now(), offer)
        async with self.store.write() as unit:
            await unit.previews.keep(preview)
        return preview

    async def preview(self, token: str, chat: Chat) -> Preview:
        """The offer a button means. Raises CommandError for one that was used, or is too old."""
        async with self.store.read() as unit:
            found = await unit.previews.get(token, chat.id)
        return self._open(found)

    async def revise(self, preview: Preview, offer: Offer) -> Preview:
        """Choose another feed of an offer, or label its outlet."""
        async with self.store.write() as unit:
            await unit.previews.change(preview.token, offer)
        return replace(preview, offer=offer)

    async def cancel(self, token: str, chat: Chat) -> None:
        """Drop an offer."""
        await self.preview(token, chat)
        async with self.store.write() as unit:
            await unit.previews.end(token, PreviewState.CANCELLED)

    async def accept(self, token: str, spellings: Sequence[str], by: Moderator) -> Change:
        """Add the feed that was chosen: once, whoever presses the button how often."""
        async with self.store.write() as unit:
            preview = self._open(await unit.previews.get(token, by.chat.id))
            if not await unit.previews.end(token, PreviewState.USED):
                raise CommandError("preview-over")
            return await self.add(unit, preview.offer.choice, spellings, by)

    async def add(
        self,
        unit: UnitOfWork,
        candidate: Candidate,
        spellings: Sequence[str],
        by: Moderator,
        *,
        for_everyone: bool = False,
    ) -> Change:
        """Follow a feed in a chat, or for everyone, within the caller's transaction."""
        if not (by.authority.bot if for_everyone else by.authority.chat):
            raise CommandError("not-bot-moderator" if for_everyone else "not-allowed")
        if Caution.SANCTIONED in candidate.cautions and not by.authority.bot:
            raise CommandError("sanctioned-outlet", name=candidate.name)
        if not for_everyone:
            await self._require_room(unit, by.chat)
        if not by.authority.bot:
            await self._require_patience(unit, by.chat)
        feed = await unit.standings.find(spellings) or await unit.standings.enter(candidate.spec)
        case = await _held(unit, feed.id, by.chat)
        standing = changed(Verb.ADD, case, by.authority)
        if for_everyone:
            standing = replace(standing, attached=case.standing.attached, public=True)
        await _describe(unit, case, candidate)
        await self._spare_others(unit, case, by.chat)
        return await self._make(unit, Verb.ADD, replace(case, feed=replace(feed, spec=candidate.spec)), standing, by)

    def _open(self, preview: Preview | None) -> Preview:
        if preview is None or preview.made_at <= self.clock.now() - PREVIEW_LIFE:
            raise CommandError("preview-unknown")
        if preview.state is not PreviewState.OPEN:
            raise CommandError("preview-over")
        return preview

    async def _require_room(self, unit: UnitOfWork, chat: Chat) -> None:
        limit = most_feeds(chat.kind)
        if await unit.standings.own(chat.id) >= limit:
            raise CommandError("too-many-feeds", limit=limit)

    async def _require_patience(self, unit: UnitOfWork, chat: Chat) -> None:
        if await unit.audit.additions(chat.id, self.clock.now() - DAY) >= ADDITIONS_A_DAY:
            raise CommandError("too-many-additions", limit=ADDITIONS_A_DAY)

    async def _spare_others(self, unit: UnitOfWork, case: Case, chat: Chat) -> None:
        """A feed that another chat paused is read again for this one; that chat goes on not hearing it."""
        if case.standing.state is not FeedState.PAUSED or not case.shared:
            return
        reading = (await unit.feeds.readings([case.feed.id]))[case.feed.id]
        if reading.failures == 0:
            await unit.standings.mute_elsewhere(case.feed.id, chat.id)

    async def _make(
        self, unit: UnitOfWork, verb: Verb, case: Case, standing: Standing, by: Moderator, undoes: int | None = None
    ) -> Change:
        await unit.standings.settle(case.feed.id, by.chat.id, standing)
        if standing.state is FeedState.ACTIVE and case.standing.state is not FeedState.ACTIVE:
            await unit.standings.revive(case.feed.id)
        return await unit.audit.record(
            NewChange(
                at=self.clock.now(),
                actor=by.actor,
                chat_id=by.chat.id,
                feed_id=case.feed.id,
                name=case.feed.name,
                verb=verb,
                before=case.standing,
                after=standing,
                undoes=undoes,
            )
        )


async def _held(unit: UnitOfWork, feed_id: int | None, chat: Chat) -> Case:
    """A feed's case, which nobody else changes before we have. Raises CommandError."""
    if feed_id is not None:
        await unit.standings.hold(feed_id)
        case = await unit.standings.case(feed_id, chat.id)
        if case is not None:
            return case
    raise CommandError("feed-not-here", value=feed_id)


async def _describe(unit: UnitOfWork, case: Case, candidate: Candidate) -> None:
    """The first to follow a feed says what it is; a second opinion on whose it is leaves it unlabelled."""
    feed: Feed = case.feed
    if case.standing.state is FeedState.RETIRED or not case.shared:
        await unit.standings.describe(feed.id, candidate.spec)
    elif feed.spec.ownership is not candidate.ownership:
        await unit.standings.describe(feed.id, replace(feed.spec, ownership=None))
