"""How long the event loop was held up."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Loop:
    """Watches how long the event loop was held up, in its thread's CPU time: other programs don't count."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def watch(self) -> None:
        while True:
            before = time.thread_time()
            await asyncio.sleep(0.005)
            self.longest = max(self.longest, time.thread_time() - before)


@asynccontextmanager
async def watched_loop() -> AsyncIterator[Loop]:
    """Watch while in here. What thousands of earlier tests left in memory is none of the loop's: going through it to
    collect garbage takes half a second on a slow machine, so that it is put aside."""
    gc.collect()
    gc.freeze()
    watch = Loop()
    task = asyncio.create_task(watch.watch())
    try:
        yield watch
    finally:
        task.cancel()
        gc.unfreeze()
