"""Editions: at a subscription's slot, write its briefing and freeze it in the outbox, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.domain.briefing import Briefing
from bot.domain.chat import Chat
from bot.domain.correction import Correction
from bot.domain.delivery import DeliveryKind, NewDelivery, Unfinished, daily_key, edit_key
from bot.domain.errors import StoreError
from bot.domain.quiet import quiet_at
from bot.domain.schedule import next_slot
from bot.domain.server import AS_USUAL, Posting, posted
from bot.domain.story import Told
from bot.domain.subscription import Subscription
from bot.ports import Clock, Lease, Patience, Purpose, Renderer, Scope, Store, UnitOfWork
from bot.services import kept
from bot.services.brief import FIRST_READING, Briefer, Wanted, first_reading_done
from bot.services.holding import RENEWAL_SECONDS, holding
from bot.views.edition import edition_message

log = structlog.get_logger(__name__)

LEASE_NAME = "completing"
LEASE = timedelta(seconds=15)
BATCH = 20
"""Subscriptions taken at once; their leases are renewed until they are written."""
FIRST_WINDOW = timedelta(hours=24)
LONGEST_WINDOW = timedelta(days=7)
"""After long downtime one late briefing covers at most this."""
COMPLETED = 1
"""The number of the edit that completes an edition; corrections have later ones."""
MODEL_SECONDS = 40.0
"""For all editions of a slot together: with the tick and the sending, none is a minute late because of a model."""
LATE = timedelta(hours=1)
"""A briefing later than this is one of those that downtime, or a chat's absence, left behind."""
REMEMBERED = timedelta(days=14)
"""How long a chat is taken to remember what it was told."""


@dataclass(frozen=True, slots=True)
class Editions:
    """Writes what is due."""

    store: Store
    clock: Clock
    briefer: Briefer
    renderers: Mapping[str, Renderer]
    """By platform name, also of platforms this process does not serve: another one may send the parts."""
    owner: str
    progress: Callable[[], None] = lambda: None
    """Told of every edition: many at one hour are no standstill."""
    renewal_seconds: float = RENEWAL_SECONDS

    async def turn(self) -> int:
        """Write every briefing that is due, complete those written during the first reading; how many were due.

        All of them together wait for a model only so long. One that fails is tried again when its lease has ended,
        and keeps no other waiting. Raises StoreError.
        """
        written, started = 0, self.clock.now()
        while due := await self._lease():
            waiting = {subscription.id for subscription in due}
            async with holding(partial(self._renew, waiting), self.renewal_seconds):
                for subscription in due:
                    written += await self._tried(subscription, self._patience(started))
                    waiting.discard(subscription.id)
                    self.progress()
        await self._complete(started)
        return written

    def _patience(self, started: datetime) -> float:
        """Seconds that are left for a model."""
        return max(0.0, MODEL_SECONDS - (self.clock.now() - started).total_seconds())

    async def _lease(self) -> tuple[Subscription, ...]:
        """What is due. A briefing that was never begun to be sent is given up for the one that covers it."""
        now = self.clock.now()
        async with self.store.write() as unit:
            due = await unit.subscriptions.lease_due(self.owner, now, now + LEASE, BATCH)
            for subscription in due:
                await unit.deliveries.supersede(subscription.id, now)
        return due

    async def _renew(self, waiting: Collection[int]) -> None:
        """A model may take longer than a lease lasts: another process would pay for the same edition again."""
        async with self.store.write() as unit:
            await unit.subscriptions.renew(self.owner, tuple(waiting), self.clock.now() + LEASE)

    async def _tried(self, subscription: Subscription, within: float) -> bool:
        try:
            return await self._write(subscription, within)
        except StoreError:
            raise
        except Exception:  # A mistake of ours about one reader's edition must not cost all others theirs.
            log.exception("edition failed", subscription=subscription.id)
            return False

    async def _write(self, subscription: Subscription, within: float) -> bool:
        now = self.clock.now()
        async with self.store.read() as unit:
            chat = await unit.chats.get(subscription.chat_id)
            posting = await unit.servers.posting(subscription.chat_id)
            owed, stale = _worth_telling(await unit.corrections.owed(subscription.chat_id), now)
            orders = await unit.subscriptions.of(subscription.chat_id)
        if chat is None:
            return False
        if _gives_way(subscription, orders, now):
            return await self._pass_over(subscription, now)
        briefing = await self._briefing(subscription, now, within)
        reading = not briefing.coverage.first_reading_done
        briefing = replace(briefing, corrections=tuple(correction for _, correction in owed))
        delivery = self._delivery(daily_key(subscription), subscription, chat, briefing, posting, reading=reading)
        async with self.store.write() as unit:
            order = await _still_due(unit, subscription)
            if order is None:
                return False
            following = next_slot(order.schedule, now, last=order.next_slot)
            new = await unit.deliveries.enqueue(delivery, now)
            written = await unit.deliveries.find(delivery.key) if new else None
            if written is not None:
                await unit.corrections.told([number for number, _ in owed], written)
            await unit.corrections.drop([number for number, _ in stale])
            await unit.subscriptions.advance(subscription.id, subscription.next_slot, following)
        log.info("edition written", subscription=subscription.id, points=len(delivery.told), late=not new)
        return new

    async def _pass_over(self, subscription: Subscription, now: datetime) -> bool:
        """Let a late briefing be, since another one comes to its chat now. Its news is told at its next hour."""
        async with self.store.write() as unit:
            order = await _still_due(unit, subscription)
            if order is not None:
                following = next_slot(order.schedule, now, last=order.next_slot)
                await unit.subscriptions.advance(subscription.id, order.next_slot, following)
        return False

    async def _briefing(self, subscription: Subscription, now: datetime, within: float) -> Briefing:
        async with self.store.read() as unit:
            last_end = await unit.deliveries.last_window_end(subscription.id)
            # None of its briefings arrived: what they would have told is still to be told.
            missed = None if last_end else await unit.deliveries.first_window_start(subscription.id)
            told = await unit.deliveries.told(subscription.chat_id, now - REMEMBERED)
        memory = {story: Told(at, tuple(sorted(articles))) for story, (at, articles) in told.items()}
        wanted = _wanted(subscription, last_end, missed, now)
        return await self.briefer.write(wanted, memory, patience=Patience(within, Purpose.BRIEFING))

    def _delivery(
        self,
        key: str,
        subscription: Subscription,
        chat: Chat,
        briefing: Briefing,
        posting: Posting = AS_USUAL,
        *,
        reading: bool,
    ) -> NewDelivery:
        if quiet_at(chat.quiet, briefing.at, subscription.schedule.zone):
            subscription = replace(subscription, silent=True)
        renderer = self.renderers[chat.address.platform]
        return edition_delivery(key, subscription, briefing, renderer, posting, reading=reading)

    # --- The first reading ---

    async def _complete(self, started: datetime) -> None:
        """Editions that said the first reading was still going on are completed in place when it is over."""
        async with self.store.read() as unit:
            waiting = await unit.deliveries.unfinished(BATCH)
        if not waiting or (lease := await self._completing()) is None:
            return
        async with holding(self._completing, self.renewal_seconds):
            async with self.store.read() as unit:
                waiting = await unit.deliveries.unfinished(BATCH)
            for one in waiting:
                await self._completed(one, self._patience(started))
        async with self.store.write() as unit:
            await unit.leases.release(lease)

    async def _completing(self) -> Lease | None:
        """One process at a time, since a model is paid for each."""
        now = self.clock.now()
        async with self.store.write() as unit:
            return await unit.leases.acquire(LEASE_NAME, self.owner, now, now + LEASE)

    async def _completed(self, one: Unfinished, within: float) -> None:
        now = self.clock.now()
        async with self.store.read() as unit:
            chat = await unit.chats.get(one.chat_id)
            ordered = {subscription.id: subscription for subscription in await unit.subscriptions.of(one.chat_id)}
            over = await first_reading_done(unit, Scope(chat_id=one.chat_id, known_by=now), now)
        subscription = ordered.get(one.subscription_id)
        if not over and now - one.created_at < FIRST_READING:
            return
        whole = None
        if chat is not None and subscription is not None:
            briefing = await self._briefing(subscription, now, within)
            briefing = replace(briefing, coverage=replace(briefing.coverage, first_reading_done=True))
            whole = self._delivery(edit_key(one.delivery_id, COMPLETED), subscription, chat, briefing, reading=False)
        async with self.store.write() as unit:
            if whole is not None:
                await unit.deliveries.enqueue(replace(whole, kind=DeliveryKind.EDIT, edits=one.delivery_id), now)
            await unit.deliveries.finish(one.delivery_id)


def _gives_way(subscription: Subscription, orders: Sequence[Subscription], now: datetime) -> bool:
    """Whether a late briefing leaves its chat to another one that is due: who was away, or we were, is told once."""
    due = [one for one in orders if one.next_slot.at <= now]
    latest = max(due, key=lambda one: (one.next_slot.at, one.id), default=subscription)
    return now - subscription.next_slot.at > LATE and latest.id != subscription.id


Owed = tuple[tuple[int, Correction], ...]


def _worth_telling(owed: Owed, now: datetime) -> tuple[Owed, Owed]:
    """What an edition opens with; then what its chat has long forgotten, having been away."""
    fresh = tuple(one for one in owed if now - one[1].at <= REMEMBERED)
    return fresh, tuple(one for one in owed if one not in fresh)


async def _still_due(unit: UnitOfWork, written: Subscription) -> Subscription | None:
    """The order as it is now; None where it ended, or gave this briefing up, while that was being written."""
    orders = await unit.subscriptions.hold(written.chat_id)
    return next((one for one in orders if (one.id, one.next_slot.at) == (written.id, written.next_slot.at)), None)


def edition_delivery(
    key: str,
    subscription: Subscription,
    briefing: Briefing,
    renderer: Renderer,
    posting: Posting = AS_USUAL,
    *,
    reading: bool,
) -> NewDelivery:
    """An edition for the outbox. ``reading``: the first reading still goes on, so it says so and tells nothing yet.

    Such a one ends no window: the next edition starts where it did, should it never be completed.
    """
    if reading:
        briefing = replace(briefing, points=())
    message = edition_message(briefing, silent=subscription.silent, to_be_completed=reading)
    return NewDelivery(
        key=key,
        chat_id=subscription.chat_id,
        kind=DeliveryKind.DAILY,
        parts=renderer.render(posted(message, posting)),
        subscription_id=subscription.id,
        briefing=kept.written(briefing),
        told=told_by(briefing),
        window_end=None if reading else briefing.window.end,
        unfinished=reading,
    )


def told_by(briefing: Briefing) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What its reader knows after a briefing: story id → article ids."""
    return tuple((point.story_id, point.article_ids) for point in briefing.points)


def _wanted(subscription: Subscription, last_end: datetime | None, missed: datetime | None, now: datetime) -> Wanted:
    since = max(last_end or missed or now - FIRST_WINDOW, now - LONGEST_WINDOW)
    return Wanted(
        language=subscription.language,
        zone=subscription.schedule.zone,
        at=now,
        since=since,
        scope=Scope(chat_id=subscription.chat_id, known_by=now),
        length=subscription.length,
        topics=subscription.topics,
        since_last=last_end is not None,
    )
