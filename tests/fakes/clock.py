"""A clock that a test sets; sleeping moves it on."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta


class FakeClock:
    """Fulfils ``ports.Clock``."""

    def __init__(self, start: datetime = datetime(2026, 3, 10, 12, tzinfo=UTC)) -> None:
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
