"""Holding: what was leased stays leased for as long as the work on it takes."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

import structlog

from bot.domain.errors import StoreError

log = structlog.get_logger(__name__)

RENEWAL_SECONDS = 5.0
"""Real time: it is a server that is slow, whatever the clock says. A third of the leases."""


@contextlib.asynccontextmanager
async def holding(renew: Callable[[], Awaitable[object]], seconds: float = RENEWAL_SECONDS) -> AsyncIterator[None]:
    """Call ``renew`` every so many seconds for as long as the block takes; a database that is away is asked again."""
    over = asyncio.Event()
    keeping = asyncio.create_task(_keep(renew, seconds, over))
    try:
        yield
    finally:
        # Not cancelled: a driver may turn that into an error of the database, which is no reason to stop keeping.
        over.set()
        await keeping


async def _keep(renew: Callable[[], Awaitable[object]], seconds: float, over: asyncio.Event) -> None:
    while not await _happens(over, seconds):
        try:
            await renew()
        except StoreError as error:
            log.warning("leases not renewed", error=error.key)


async def _happens(event: asyncio.Event, seconds: float) -> bool:
    """Wait for an event, at most so long; whether it came."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)
    return event.is_set()
