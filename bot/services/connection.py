"""A token's connection: of all processes on one database, one listens to a platform and sends on it.

Two that listened would take each other's updates: Telegram refuses them in turn, Discord tells both everything. Two
that sent would together be faster than the platform allows. So the others stand by, ready to go on within seconds.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from bot.domain.chat import PlatformName
from bot.domain.errors import StoreError
from bot.ports import Clock, Lease, Store

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=15)
RENEWAL_SECONDS = 5.0
"""Real time, as for everything that is held: a third of the lease."""
STANDBY_SECONDS = 2.0
"""How often a process that stands by asks again."""


@dataclass(slots=True)
class Connection:
    """The right to be a platform's one connection."""

    store: Store
    clock: Clock
    platform: PlatformName
    owner: str
    renewal_seconds: float = RENEWAL_SECONDS
    standby_seconds: float = STANDBY_SECONDS
    standing_by: bool = field(default=False, init=False)
    """Another process is connected, as far as we last heard."""
    _lease: Lease | None = field(default=None, init=False)

    @property
    def held(self) -> bool:
        """Ours at this moment. Whoever stood still for longer than a lease lasts must ask again before it acts."""
        return self._lease is not None and self.clock.now() < self._lease.until

    async def serve(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do the work while the connection is ours, and again whenever it is; ends and raises as the work does."""
        while True:
            await self._take()
            working = asyncio.ensure_future(work())
            keeping = asyncio.create_task(self._keep())
            try:
                await asyncio.wait({working, keeping}, return_when=asyncio.FIRST_COMPLETED)
                if working.done():
                    return await working
                log.warning("another process took the connection over", platform=self.platform)
            finally:
                await _ended(working, keeping)
                await self._release()

    async def _take(self) -> None:
        """Wait until it is ours. A database that can't be written at the start keeps nobody from listening."""
        waiting = False
        while not await self._ask(otherwise=not waiting):
            if not waiting:
                log.info("another process is connected, this one stands by", platform=self.platform)
            waiting = True
            await asyncio.sleep(self.standby_seconds)

    async def _keep(self) -> None:
        """Until somebody else has it. While the database is away nobody can take it over: people are still heard."""
        while await self._ask(otherwise=True):  # noqa: ASYNC110 - a database tells nobody
            await asyncio.sleep(self.renewal_seconds)

    async def _ask(self, *, otherwise: bool) -> bool:
        """Take or renew it; whether it is ours, and ``otherwise`` where the database can't be asked."""
        now = self.clock.now()
        try:
            async with self.store.write() as unit:
                lease = await unit.leases.acquire(self._name, self.owner, now, now + LEASE)
        except StoreError:
            return otherwise
        self._lease, self.standing_by = lease, lease is None
        return lease is not None

    async def _release(self) -> None:
        """Give it back, so that another process need not wait for its end."""
        lease, self._lease = self._lease, None
        if lease is None:
            return
        try:
            async with self.store.write() as unit:
                await unit.leases.release(lease)
        except StoreError:
            log.warning("connection not given back: it ends by itself", platform=self.platform)

    @property
    def _name(self) -> str:
        return f"connection:{self.platform}"


async def _ended(*tasks: asyncio.Future[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
