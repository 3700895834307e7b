"""Discord bans an address for 10,000 invalid requests in ten minutes. This counts, and holds back long before."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta
from types import SimpleNamespace

import aiohttp

from bot.ports import Clock

WINDOW = timedelta(minutes=10)
MOST = 2_000
"""A fifth of what Discord bears: other programs may share the address."""
_INVALID = {401, 403, 429}


class InvalidRequests:
    """Answers of the last ten minutes that count as invalid."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._moments: deque[datetime] = deque()

    def trace(self) -> aiohttp.TraceConfig:
        """Lets aiohttp tell of every answer, discord.py's own retries included."""
        config = aiohttp.TraceConfig()
        config.on_request_end.append(self._hear)
        return config

    async def _hear(
        self,
        session: aiohttp.ClientSession,  # noqa: ARG002  # aiohttp passes it
        context: SimpleNamespace,  # noqa: ARG002  # aiohttp passes it
        ended: aiohttp.TraceRequestEndParams,
    ) -> None:
        self.note(ended.response.status, ended.response.headers.get("X-RateLimit-Scope", ""))

    def note(self, status: int, scope: str = "") -> None:
        """Count an answer; limits shared with other bots don't count."""
        if status in _INVALID and scope != "shared":
            self._moments.append(self._clock.now())

    def pause(self) -> float:
        """Seconds to send nothing; 0 while there is room."""
        now = self._clock.now()
        while self._moments and now - self._moments[0] >= WINDOW:
            self._moments.popleft()
        if len(self._moments) < MOST:
            return 0.0
        return (self._moments[0] + WINDOW - now).total_seconds()
