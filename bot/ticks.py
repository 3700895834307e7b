"""Ticks: every few seconds, ask the database what is due. APScheduler only keeps the rhythm.

What is due is in rows, so that a tick that was late, stalled or killed loses nothing: the next one finds it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.ports import Clock

log = structlog.get_logger(__name__)

EVERY_SECONDS = 10
"""The longest that something due has to wait before it is seen."""
GRACE_SECONDS = 10.0
"""What a tick is in the middle of may finish within this when the bot stops."""

Tick = Callable[[], Awaitable[object]]


class Ticks:
    """Runs each tick at start and then regularly, never twice at once."""

    def __init__(self, clock: Clock, ticks: Mapping[str, Tick]) -> None:
        self._clock = clock
        self._ended: dict[str, datetime] = dict.fromkeys(ticks, clock.now())
        self._running: set[asyncio.Task[None]] = set()
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        for name, tick in ticks.items():
            self._scheduler.add_job(
                self._run,
                "interval",
                args=(name, tick),
                seconds=EVERY_SECONDS,
                id=name,
                next_run_time=clock.now(),
                coalesce=True,
                misfire_grace_time=None,
                max_instances=1,
            )

    def start(self) -> None:
        """Begin, with every tick at once."""
        self._scheduler.start()

    async def stop(self) -> None:
        """Start no further tick; give those at work a moment to finish, then end them."""
        self._scheduler.pause()
        running = set(self._running)
        if running:
            _, late = await asyncio.wait(running, timeout=GRACE_SECONDS)
            for task in late:
                task.cancel()
        self._scheduler.shutdown(wait=False)

    def ages(self) -> dict[str, float]:
        """Seconds since each tick last ended."""
        now = self._clock.now()
        return {name: (now - ended).total_seconds() for name, ended in self._ended.items()}

    async def _run(self, name: str, tick: Tick) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._running.add(task)
        try:
            await tick()
        except Exception:  # One failed tick must not end the others: it is logged, and the next one tries again.
            log.exception("tick failed", tick=name)
        finally:
            self._running.discard(task)
            self._ended[name] = self._clock.now()
