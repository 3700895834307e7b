"""Deliver: send the outbox part by part; the ledger knows what became of each.

A part is committed as ``sending`` just before its call, so that a process that dies leaves a doubt behind, never a
second copy. Every platform has a lane of its own, so that a slow one keeps nobody waiting.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

import structlog

from bot.domain.chat import PlatformName
from bot.ports import Clock, Platform, Store
from bot.services.holding import RENEWAL_SECONDS, holding
from bot.services.lane import LEASE, Lane

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Deliverer:
    """Sends what is in the outbox."""

    store: Store
    clock: Clock
    platforms: Mapping[str, Platform]
    owner: str
    progress: Callable[[], None] = lambda: None
    """Told whenever something was settled: a long burst is no standstill."""
    renewal_seconds: float = RENEWAL_SECONDS
    connected: Callable[[PlatformName], bool] = lambda _: True
    """Whether this process is the one that sends on a platform now; the others leave its parts alone."""
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(platform, outcome) → calls; ``flood`` counts what told a whole token to wait."""
    _lanes: list[Lane] = field(init=False)

    def __post_init__(self) -> None:
        """A lane for each platform."""
        self._lanes = [
            Lane(self.store, self.clock, one, self.owner, self._note, partial(self.connected, name))
            for name, one in self.platforms.items()
        ]

    async def turn(self) -> int:
        """Send everything that can be sent now; how many parts were sent. Raises StoreError, when all has landed."""
        await self._tidy()
        async with holding(self._keep, self.renewal_seconds):
            counts = await asyncio.gather(*(lane.run() for lane in self._lanes), return_exceptions=True)
        for count in counts:
            if isinstance(count, BaseException):
                raise count
        return sum(count for count in counts if isinstance(count, int))

    def stop(self) -> None:
        """Claim nothing more; what is in flight may land."""
        for lane in self._lanes:
            lane.stop()

    def _note(self, platform: str, outcome: str) -> None:
        self.outcomes[platform, outcome] += 1
        self.progress()

    async def _tidy(self) -> None:
        """What landed while the store was away is settled before anything is said to be in doubt, or to be stale."""
        now = self.clock.now()
        async with self.store.write() as unit:
            settled = [await lane.settle(unit, now) for lane in self._lanes]
            doubts = await unit.deliveries.doubt_interrupted(now, tuple(self.platforms))
            expired = await unit.deliveries.expire(now)
        for lane, number in zip(self._lanes, settled, strict=True):
            lane.forget(number)
        if doubts:
            log.warning("deliveries in doubt", parts=doubts)
        if expired:
            log.warning("deliveries given up, stale before they could be sent", parts=expired)

    async def _keep(self) -> None:
        """While a turn lasts: hold what is in flight, and let nobody's vanished parts wait for its end."""
        async with self.store.write() as unit:
            until = self.clock.now() + LEASE
            for lane in self._lanes:
                await unit.deliveries.renew(self.owner, lane.in_flight, until)
            await unit.deliveries.doubt_interrupted(self.clock.now(), tuple(self.platforms))
