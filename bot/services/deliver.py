"""Deliver: send the outbox part by part; the ledger knows what became of each.

A part is committed as ``sending`` just before its call, so that a process that dies leaves a doubt behind, never a
second copy.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.domain.delivery import ClaimedPart, SendOutcome, SendResult
from bot.ports import Clock, Platform, Store

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=15)
CALL_SECONDS = 12.0
"""A call that takes longer is in doubt: it must be settled before its lease ends."""
BATCH = 25
"""Parts in flight at once; Telegram takes about 30 a second from one token."""
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=15)
MOST_ATTEMPTS = 40
"""About eight hours of pauses: after that a daily briefing is no news."""


def retry_at(result: SendResult, attempts: int, now: datetime) -> datetime | None:
    """When to try a part again; None where it must not, or need not, be tried."""
    if result.outcome is SendOutcome.MOVED:
        return now
    if result.outcome not in {SendOutcome.RETRY, SendOutcome.STOP} or attempts >= MOST_ATTEMPTS:
        return None
    if result.retry_after is not None:
        return now + timedelta(seconds=result.retry_after)
    doubled = timedelta(seconds=FIRST_PAUSE.total_seconds() * 2.0 ** min(attempts, 20))
    return now + min(doubled, LONGEST_PAUSE)


@dataclass(slots=True)
class Deliverer:
    """Sends what is in the outbox."""

    store: Store
    clock: Clock
    platforms: Mapping[str, Platform]
    owner: str
    _held_until: dict[str, datetime] = field(default_factory=dict)

    async def turn(self) -> int:
        """Send everything that can be sent now; how many parts were sent."""
        sent = 0
        async with self.store.write() as unit:
            doubts = await unit.deliveries.doubt_interrupted(self.clock.now())
        if doubts:
            log.warning("deliveries in doubt", parts=doubts)
        while claimed := await self._claim():
            results = await asyncio.gather(*(self._send(part) for part in claimed))
            sent += sum(result.outcome is SendOutcome.SENT for result in results)
        return sent

    async def _claim(self) -> tuple[ClaimedPart, ...]:
        now = self.clock.now()
        open_platforms = [name for name in self.platforms if self._held_until.get(name, now) <= now]
        if not open_platforms:
            return ()
        async with self.store.write() as unit:
            return await unit.deliveries.claim(self.owner, open_platforms, now, now + LEASE, BATCH)

    async def _send(self, part: ClaimedPart) -> SendResult:
        platform = self.platforms[part.address.platform]
        try:
            result = await asyncio.wait_for(platform.send(part.address, part.part, part.nonce), CALL_SECONDS)
        except TimeoutError:
            result = SendResult(SendOutcome.AMBIGUOUS, detail="no answer in time")
        now = self.clock.now()
        again = retry_at(result, part.attempts, now)
        if again is not None and (result.whole_token or result.outcome is SendOutcome.STOP):
            self._held_until[part.address.platform] = again
        async with self.store.write() as unit:
            await unit.deliveries.settle(part, result, now, again)
        if result.outcome is not SendOutcome.SENT:
            log.warning("part not sent", platform=part.address.platform, outcome=result.outcome, detail=result.detail)
        return result
