"""Runs what people ask for: everyone in a lane of their own, so that nobody waits for somebody else's request."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger(__name__)

Job = Callable[[], Awaitable[None]]
Done = Callable[[], None]

AT_ONCE = 64
"""Requests answered at the same time."""
WAITING_EACH = 5
"""Requests one person may have waiting; a button pressed twenty times is answered a few times."""
WAITING_ALL = 500
"""From here on we stop listening until some are done: Telegram keeps the rest for a day."""


class Lanes:
    """One job at a time and in order per lane, several lanes at once."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[tuple[Job, Done]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._space = asyncio.Event()
        self._space.set()

    def offer(self, lane: str, job: Job, done: Done = lambda: None) -> bool:
        """Take a job; False where its lane has too many waiting. ``done`` is called at its end, however it ended, and
        not where it was broken off.
        """
        waiting = self._waiting.get(lane)
        if waiting is None:
            waiting = self._waiting[lane] = deque()
            task = asyncio.create_task(self._work(lane, waiting))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        elif len(waiting) >= WAITING_EACH:
            return False
        waiting.append((job, done))
        self._count()
        return True

    async def room(self) -> None:
        """Wait until another job can be taken."""
        await self._space.wait()

    async def close(self, grace: float) -> None:
        """Let what runs finish within ``grace`` seconds, then stop it."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _work(self, lane: str, waiting: deque[tuple[Job, Done]]) -> None:
        try:
            while waiting:
                async with self._slots:
                    job, done = waiting.popleft()
                    self._count()
                    await _run(job)
                    done()
        finally:
            del self._waiting[lane]
            self._count()

    def _count(self) -> None:
        if sum(len(waiting) for waiting in self._waiting.values()) < WAITING_ALL:
            self._space.set()
        else:
            self._space.clear()


async def _run(job: Job) -> None:
    """A job that fails is a mistake of ours: its place is logged, its words may hold ids or secrets."""
    try:
        await job()
    except Exception as error:
        log.error("telegram request failed", error=type(error).__name__, place=place_of(error))


def place_of(error: BaseException) -> str:
    """File and line where an error was raised."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}" if trace else "unknown"
