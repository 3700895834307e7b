"""Ticks: every few seconds, ask the database what is due. APScheduler only keeps the rhythm.

What is due is in rows, so that a tick that was late, stalled or killed loses nothing: the next one finds it.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from bot.domain.errors import DepecheError
from bot.ports import Clock

log = structlog.get_logger(__name__)

EVERY_SECONDS = 10
"""The longest that something due has to wait before it is seen."""
GRACE_SECONDS = 6.0
"""What a tick is in the middle of may finish within this when the bot stops."""

RECORD_SECONDS = 2.0
"""Then it is ended, and may write down what it leaves in doubt within this."""

Tick = Callable[[], Awaitable[object]]


class _Regularly(BaseTrigger):  # type: ignore[misc]  # APScheduler publishes no types
    """Now, and then at an interval. APScheduler's own would count every run that was missed, one by one: after a clock
    without a battery was set right, hundreds of millions.
    """

    def __init__(self, interval: timedelta) -> None:
        self._interval = interval

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        if previous_fire_time is None:
            return now
        following = previous_fire_time + self._interval
        return following if following > now else now + self._interval


class Ticks:
    """Runs each tick at start and then regularly, never twice at once.

    ``words`` says what is wrong and how to mend it, for the log.
    """

    def __init__(self, clock: Clock, ticks: Mapping[str, Tick], words: Callable[[DepecheError], str] = str) -> None:
        self._clock = clock
        self._words = words
        self._succeeded: dict[str, datetime] = dict.fromkeys(ticks, clock.now())
        self._failing: dict[str, str] = {}
        self._running: set[asyncio.Task[None]] = set()
        self.failures = Counter[str]()
        """Tick → how often it failed."""
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        for name, tick in ticks.items():
            self._scheduler.add_job(
                self._run,
                _Regularly(timedelta(seconds=EVERY_SECONDS)),
                args=(name, tick),
                id=name,
                coalesce=True,
                misfire_grace_time=None,
                max_instances=1,
            )
        self._guard: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, with every tick at once."""
        self._scheduler.start()
        self._guard = asyncio.create_task(self._watch_the_clock())

    async def stop(self) -> None:
        """Start no further tick; give those at work a moment to finish, then end them."""
        if self._guard is not None:
            self._guard.cancel()
        self._scheduler.pause()
        running = set(self._running)
        if running:
            _, late = await asyncio.wait(running, timeout=GRACE_SECONDS)
            for task in late:
                task.cancel()
            if late:  # what they were in the middle of is put on record
                await asyncio.wait(late, timeout=RECORD_SECONDS)
        self._scheduler.shutdown(wait=False)

    def progress(self, name: str) -> None:
        """A tick that has much to do got on with it: that is no standstill."""
        self._succeeded[name] = self._clock.now()

    def ages(self) -> dict[str, float]:
        """Seconds since each tick last succeeded, or got on."""
        now = self._clock.now()
        return {name: abs(now - then).total_seconds() for name, then in self._succeeded.items()}

    async def _watch_the_clock(self) -> None:
        """APScheduler goes by the wall clock: set back by a day, it would stand still for a day."""
        while True:
            await asyncio.sleep(EVERY_SECONDS)  # Real time, whatever the clock says.
            now = self._clock.now()
            for job in self._scheduler.get_jobs():
                if job.next_run_time - now > timedelta(seconds=EVERY_SECONDS):
                    job.modify(next_run_time=now)

    async def _run(self, name: str, tick: Tick) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._running.add(task)
        try:
            await tick()
        except DepecheError as error:
            self._failed(name, self._words(error))
        except Exception:  # One failed tick must not end the others: it is logged, and the next one tries again.
            self.failures[name] += 1
            log.exception("tick failed", tick=name)
        else:
            self._succeeded[name] = self._clock.now()
            if self._failing.pop(name, None) is not None:
                log.info("tick works again", tick=name)
        finally:
            self._running.discard(task)

    def _failed(self, name: str, words: str) -> None:
        """The same trouble is told once, not every ten seconds."""
        self.failures[name] += 1
        if self._failing.get(name) != words:
            log.error("tick failed", tick=name, error=words)
        self._failing[name] = words
