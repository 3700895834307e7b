"""Watch: is the bot doing its job, and what is there to count? For whoever runs it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.errors import StoreError, StoreUnavailable
from bot.editorial.pack import NEWSROOM_VERSION
from bot.ports import Clock, Figures, Store
from bot.services.connection import Connection

STALE_SECONDS = 60.0
"""A tick that did not succeed for this long means that the bot is not doing its job."""
PROBE_SECONDS = 5.0
"""A database that takes longer for one row can't be used."""
REMEMBERED = timedelta(seconds=2)
"""An answer is good for this long: asking every moment must not keep the disk busy."""
PROBE = "readiness"


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether the bot does its job."""

    stale: tuple[str, ...]
    """Ticks that have not succeeded for too long."""
    store: StoreError | None
    """Why nothing can be written; None: it can."""
    disconnected: tuple[str, ...] = ()
    """Platforms that do not accept us, or have been out of reach for too long."""
    standing_by: tuple[str, ...] = ()
    """Platforms that another process serves now: this one is ready to, which is no fault."""

    @property
    def ready(self) -> bool:
        """Nothing is wrong."""
        return not self.stale and not self.disconnected and self.store is None


@dataclass(slots=True)
class Watch:
    """Looks at a running bot."""

    store: Store
    clock: Clock
    owner: str
    ages: Callable[[], Mapping[str, float]]
    """Seconds since each tick last succeeded, or got on."""
    failures: Mapping[str, int]
    """How often each tick failed."""
    calls: Mapping[tuple[str, str], int]
    """(platform, outcome) → calls that sent; ``flood`` are those that were told to wait."""
    stories: Mapping[str, int] = field(default_factory=dict)
    """What became of stories a model was to write → how often."""
    lost: Callable[[], tuple[str, ...]] = tuple
    """Platforms that have been out of reach for too long."""
    connections: Mapping[str, Connection] = field(default_factory=dict)
    """Of each platform that one process at a time serves."""
    _probed: tuple[datetime, StoreError | None] | None = None
    _counted: tuple[datetime, Figures | None] | None = None
    _one: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def readiness(self) -> Readiness:
        """Look at the ticks and the platforms, and write something."""
        stale = tuple(sorted(name for name, seconds in self.ages().items() if seconds > STALE_SECONDS))
        async with self._one:
            now = self.clock.now()
            if self._probed is None or not _is_fresh(self._probed[0], now):
                self._probed = now, await self._probe(now)
            standing_by = tuple(sorted(name for name, one in self.connections.items() if one.standing_by))
            return Readiness(stale, self._probed[1], self.lost(), standing_by)

    def held(self) -> Mapping[str, bool]:
        """Whether this process holds each platform's connection now."""
        return {name: one.held for name, one in self.connections.items()}

    async def figures(self) -> Figures | None:
        """Count; None where the database can't be read."""
        async with self._one:
            now = self.clock.now()
            if self._counted is None or not _is_fresh(self._counted[0], now):
                self._counted = now, await self._count(now)
            return self._counted[1]

    async def _probe(self, now: datetime) -> StoreError | None:
        """A right that ends as it is taken: always written, never in anybody's way."""
        try:
            async with asyncio.timeout(PROBE_SECONDS), self.store.write() as unit:
                await unit.leases.acquire(PROBE, self.owner, now, now)
        except StoreError as error:
            return error
        except TimeoutError:
            return StoreUnavailable(database="-", reason="reason.store-busy")
        return None

    async def _count(self, now: datetime) -> Figures | None:
        try:
            async with asyncio.timeout(PROBE_SECONDS), self.store.read() as unit:
                return await unit.figures.count(NEWSROOM_VERSION, now)
        except (StoreError, TimeoutError):
            return None


def _is_fresh(then: datetime, now: datetime) -> bool:
    return then <= now < then + REMEMBERED
