"""A lane: one platform's parts on their way, never more than its limits take.

One transaction settles what has landed and lets go what may follow. While the store can't be written nothing more is
sent, and what lands meanwhile is remembered until it can be settled.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog

from bot.domain.caution import Caution
from bot.domain.delivery import ClaimedPart, SendOutcome, SendResult
from bot.domain.pace import Pace
from bot.ports import Clock, Platform, Store, UnitOfWork

log = structlog.get_logger(__name__)

Result = TypeVar("Result")

LEASE = timedelta(seconds=15)
CALL_SECONDS = 12.0
"""A call that takes longer is in doubt; every platform's own deadline is shorter."""
IN_FLIGHT = 10
"""Parts claimed at once, on their way or about to be: enough for 30 a second with answers that take a sixth of one, and
the most doubts that a killed process leaves."""
WHOLE_TOKEN = (30, timedelta(seconds=1))
"""Telegram takes about 30 messages a second from a bot, Discord 50 requests. What waits, waits here, where a process
that dies leaves no doubt; an adapter whose token is also busy with answers paces both."""
APART = WHOLE_TOKEN[1] / WHOLE_TOKEN[0] * 0.8
"""Between two calls, so that a burst is a stream: a little less than at full speed, to catch up what was lost."""
AHEAD = timedelta(seconds=0.15)
"""So long before it may go a part is claimed, so that the claim keeps no call waiting: the disk takes its time."""
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=15)
DOUBTFUL_PAUSE = timedelta(seconds=10)
"""Longest for what may have arrived and may be repeated while its nonce is remembered: a dozen tries in the two minutes
for which Discord surely does, where pauses that double would leave five."""
MOST_ATTEMPTS = 40
"""About eight hours of pauses: after that a daily briefing is no news."""


def retry_at(result: SendResult, attempts: int, now: datetime, *, doubtful: bool = False) -> datetime | None:
    """When to try a part again; None where it must not, or need not, be tried.

    A token that is not accepted says nothing about the part: it waits, however long that takes. ``doubtful``: its nonce
    makes another try harmless, for now. What the platform asks for is waited all the same.
    """
    if result.outcome is SendOutcome.MOVED:
        return now
    patient = attempts < MOST_ATTEMPTS or result.outcome is SendOutcome.STOP
    if result.outcome not in {SendOutcome.RETRY, SendOutcome.STOP} or not patient:
        return None
    if result.retry_after is not None:
        return now + timedelta(seconds=result.retry_after)
    doubled = timedelta(seconds=FIRST_PAUSE.total_seconds() * 2.0 ** min(attempts, 20))
    return now + min(doubled, DOUBTFUL_PAUSE if doubtful else LONGEST_PAUSE)


@dataclass(slots=True)
class Lane:
    """Sends one platform's parts."""

    store: Store
    clock: Clock
    platform: Platform
    owner: str
    note: Callable[[str, str], None]
    """(platform, outcome): told of everything that was settled."""
    connected: Callable[[], bool] = lambda: True
    """Whether this process is the one that sends now."""
    _pace: Pace = field(default_factory=lambda: Pace(*WHOLE_TOKEN, APART))
    _caution: Caution = field(default_factory=Caution)
    _flight: dict[asyncio.Task[SendResult], ClaimedPart] = field(default_factory=dict)
    _landed: list[tuple[ClaimedPart, SendResult]] = field(default_factory=list)
    _stopping: bool = False
    _sent: int = 0

    @property
    def in_flight(self) -> tuple[ClaimedPart, ...]:
        """What is on its way, or has landed and is not settled yet."""
        return (*self._flight.values(), *(part for part, _ in self._landed))

    def stop(self) -> None:
        """Let nothing more go."""
        self._stopping = True

    async def run(self) -> int:
        """Send until nothing is left that may go now; how many parts were sent. Raises StoreError, when all landed."""
        try:
            more = await _whole(self._exchange())
            while more or self._flight or self._landed:
                await self._wait(more=more)
                more = await _whole(self._exchange())
        except asyncio.CancelledError:
            await self._break_off()
            raise
        finally:
            await self._land_all()
        sent, self._sent = self._sent, 0
        return sent

    # --- One step ---

    async def _exchange(self) -> bool:
        """Settle what has landed, let go what may follow. Whether there may be more than there was room for."""
        now = self.clock.now()
        room = self._room(now)
        claimed: tuple[ClaimedPart, ...] = ()
        async with self.store.write() as unit:
            settled = await self.settle(unit, now)
            if room:
                claimed = await unit.deliveries.claim(self.owner, [self.platform.name], now, now + LEASE, room)
        self.forget(settled)
        for part in claimed:
            start = now + timedelta(seconds=self._pace.wait(now) or 0.0)
            self._pace.take(start)
            self._flight[asyncio.create_task(self._send(part, start, now + LEASE))] = part
        return len(claimed) == room

    def _room(self, now: datetime) -> int | None:
        """How many parts may be on their way besides; None: nothing more is to go in this turn."""
        probes = self._caution.room(now, len(self._flight))
        if self._stopping or not self.connected() or probes == 0:
            return None
        room = min(IN_FLIGHT - len(self._flight), self._pace.room(now + AHEAD))
        return room if probes is None else min(room, probes)

    async def settle(self, unit: UnitOfWork, now: datetime) -> int:
        """Record everything that has landed; how many parts. ``forget`` them once that is committed."""
        for part, result in self._landed:
            doubtful = part.replaces is None and (part.doubtful_since is not None or result.may_have_arrived)
            again = retry_at(result, part.attempts, now, doubtful=doubtful)
            await unit.deliveries.settle(part, result, now, again)
            if again is not None and (result.whole_token or result.outcome is SendOutcome.STOP):
                await unit.deliveries.pause(self.platform.name, again)
        return len(self._landed)

    def forget(self, settled: int) -> None:
        """So many of what has landed are settled."""
        for _, result in self._landed[:settled]:
            self._sent += result.outcome is SendOutcome.SENT
            self.note(self.platform.name, "flood" if result.whole_token else result.outcome)
            if result.outcome is not SendOutcome.SENT:
                log.warning("part not sent", platform=self.platform.name, outcome=result.outcome, detail=result.detail)
        del self._landed[:settled]

    async def _wait(self, *, more: bool) -> None:
        """Until something lands, or until there is room for what waits."""
        waiting: set[asyncio.Task[Any]] = set(self._flight)
        wait = self._pace.wait(self.clock.now() + AHEAD) if more and len(self._flight) < IN_FLIGHT else None
        room = None if wait is None else asyncio.create_task(self.clock.sleep(wait))
        if room is not None:
            waiting.add(room)
        try:
            if waiting:
                await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if room is not None:
                room.cancel()
        self._land()

    # --- Calls ---

    async def _send(self, part: ClaimedPart, start: datetime, until: datetime) -> SendResult:
        """One call, begun before the claim ends: a process that stood still may find that others went on with it."""
        try:
            await self._until(start)
        except asyncio.CancelledError:
            self._pace.give_back(self.clock.now())
            return SendResult(SendOutcome.RETRY, retry_after=0.0, detail="stopped before it was sent")
        began = self.clock.now()
        if began >= until:
            self._pace.give_back(began)
            return SendResult(SendOutcome.RETRY, retry_after=0.0, detail="stood still before it was sent")
        result: SendResult | None = None
        try:
            result = await self._attempt(part)
        finally:
            now = self.clock.now()
            answered = result is not None and result.outcome is SendOutcome.SENT
            self._pace.give_back(now, now - began if answered else None)
        return result

    async def _until(self, start: datetime) -> None:
        """A clock that was set back can't make it long."""
        wait = min(start - self.clock.now(), AHEAD).total_seconds()
        if wait > 0:
            await self.clock.sleep(wait)

    async def _attempt(self, part: ClaimedPart) -> SendResult:
        try:
            if part.replaces == "":
                return SendResult(SendOutcome.REFUSED, detail="what it replaces never arrived")
            verdict = self._too_late(part)
            if verdict is not None:
                return verdict
            async with asyncio.timeout(CALL_SECONDS):  # what waits inside it for its turn does not go on after it
                result = await self._call(part)
        except TimeoutError:
            result = self._doubt(part, "no answer in time")
        except Exception as error:  # A mistake of ours. Its words may hold ids: only its kind is told.
            result = self._doubt(part, type(error).__name__)
        self._heed(result)
        return result

    def _heed(self, result: SendResult) -> None:
        """What an outcome says of the platform. A call that never left us says nothing."""
        if result.outcome is SendOutcome.AMBIGUOUS or result.may_have_arrived:
            self._caution.doubted(self.clock.now())
        elif result.outcome is not SendOutcome.RETRY or result.retry_after is not None:
            self._caution.answered()

    def _call(self, part: ClaimedPart) -> Coroutine[Any, Any, SendResult]:
        if part.replaces is not None:
            return self.platform.edit(part.address, part.replaces, part.part)
        return self.platform.send(part.address, part.part, part.nonce)

    def _too_late(self, part: ClaimedPart) -> SendResult | None:
        """An earlier try may have arrived: only where the platform still knows its nonce may there be another."""
        if part.doubtful_since is None or part.replaces is not None:
            return None
        memory = self.platform.repeatable_for(part.address)
        if memory is None:
            return SendResult(SendOutcome.RETRY, detail="not connected")
        if self.clock.now() - part.doubtful_since >= memory:
            return SendResult(SendOutcome.AMBIGUOUS, detail="an earlier try may have arrived")
        return None

    def _doubt(self, part: ClaimedPart, detail: str) -> SendResult:
        """It may have arrived. Where another try does no harm, there will be one."""
        if part.replaces is not None or self.platform.repeatable_for(part.address) != timedelta(0):
            return SendResult(SendOutcome.RETRY, may_have_arrived=True, detail=detail)
        return SendResult(SendOutcome.AMBIGUOUS, detail=detail)

    # --- Landing ---

    def _land(self) -> None:
        for task in [task for task in self._flight if task.done()]:
            part = self._flight.pop(task)
            self._landed.append((part, self._doubt(part, "stopped") if task.cancelled() else task.result()))

    async def _land_all(self) -> None:
        """What is in flight ends, whatever became of the store: its results are settled when that is back."""
        while self._flight:
            await asyncio.wait(self._flight)
            self._land()

    async def _break_off(self) -> None:
        """There is no more time: what is in flight now is in doubt, and marked so."""
        for task in self._flight:
            task.cancel()
        await self._land_all()
        async with self.store.write() as unit:
            settled = await self.settle(unit, self.clock.now())
        self.forget(settled)


async def _whole(work: Coroutine[Any, Any, Result]) -> Result:
    """Do work to its end even when we are cancelled meanwhile: what a transaction has claimed must be known."""
    task = asyncio.create_task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        raise
