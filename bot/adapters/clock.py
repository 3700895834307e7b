"""Real time."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime


class SystemClock:
    """The machine's clock, fulfilling ``ports.Clock``."""

    def now(self) -> datetime:
        """The current moment, UTC."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Wait; other tasks go on."""
        await asyncio.sleep(seconds)


class StoppedClock:
    """A clock that stands at one moment, to replay a day."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        """The moment it stands at, UTC."""
        return self._at

    async def sleep(self, seconds: float) -> None:
        """Wait for real: only the date stands still."""
        await asyncio.sleep(seconds)
