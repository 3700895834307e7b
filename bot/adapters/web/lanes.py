"""One request at a time to each host, and a pause between two: what publishers call a polite reader."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

_MANY = 500
"""Hosts remembered before those long quiet are forgotten."""


@dataclass(slots=True)
class _Lane:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    """Of the event loop's clock."""


class Lanes:
    """Keeps requests to a host apart. ``spacing`` is the pause between the end of one and the start of the next."""

    def __init__(self, spacing: float) -> None:
        self._spacing = spacing
        self._lanes: dict[str, _Lane] = {}

    @contextlib.asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for the host's turn, and hold it."""
        loop = asyncio.get_running_loop()
        lane = self._lanes.setdefault(host, _Lane())
        async with lane.turn:
            await asyncio.sleep(max(0.0, lane.free_at - loop.time()))
            try:
                yield
            finally:
                lane.free_at = loop.time() + self._spacing
                self._forget(loop.time())

    def _forget(self, now: float) -> None:
        if len(self._lanes) > _MANY:
            self._lanes = {host: lane for host, lane in self._lanes.items() if lane.turn.locked() or lane.free_at > now}
