"""Clocks for tests: one that a test sets, where sleeping moves it on, and one that runs fast."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 10, 12, tzinfo=UTC)
"""Noon on a spring day."""


class FakeClock:
    """Fulfils ``ports.Clock``."""

    def __init__(self, start: datetime = START) -> None:
        self.time = start

    def now(self) -> datetime:
        """The moment the test says it is."""
        return self.time

    async def sleep(self, seconds: float) -> None:
        """Move on at once."""
        self.time += timedelta(seconds=seconds)
        await asyncio.sleep(0)

    def pass_by(self, **amount: float) -> None:
        """Let time pass: ``clock.pass_by(hours=3)``."""
        self.time += timedelta(**amount)


class RacingClock:
    """Time that really passes, so many times as fast, the same in every process that knows when it started."""

    def __init__(self, started: float, factor: float) -> None:
        self._started = started
        self._factor = factor

    def now(self) -> datetime:
        """The moment it shows."""
        return START + timedelta(seconds=(time.time() - self._started) * self._factor)

    async def sleep(self, seconds: float) -> None:
        """Wait so much less."""
        await asyncio.sleep(seconds / self._factor)
