"""Which updates Telegram may forget: those that were carried out.

Telegram keeps an update until a poll asks for later ones. So none is asked for beyond one that is still being carried
out: should we be killed, Telegram tells of it again.
"""

from __future__ import annotations

import asyncio


class Receipts:
    """Updates taken, by id, and whether they were carried out."""

    def __init__(self) -> None:
        self._next = 0
        self._open: set[int] = set()
        self._done = asyncio.Event()

    @property
    def offset(self) -> int | None:
        """From which update on Telegram is to tell us; None: from the oldest it has."""
        return min(self._open, default=self._next) or None

    @property
    def waiting(self) -> bool:
        """Whether any is still being carried out."""
        return bool(self._open)

    def take(self, update_id: int) -> bool:
        """Begin with an update; False: it was taken before."""
        if update_id < self._next:
            return False
        self._next = update_id + 1
        self._open.add(update_id)
        return True

    def reopen(self) -> None:
        """Listening begins again: what was broken off is to be told again."""
        self._next = min(self._open, default=self._next)
        self._open.clear()

    def done(self, update_id: int) -> None:
        """It was carried out, or is none of our business."""
        self._open.discard(update_id)
        if not self._open:
            self._done.set()

    async def settled(self, seconds: float) -> None:
        """Wait until every one was carried out, or so long."""
        self._done.clear()
        if self._open:
            waiting = asyncio.ensure_future(self._done.wait())
            await asyncio.wait([waiting], timeout=seconds)
            waiting.cancel()
