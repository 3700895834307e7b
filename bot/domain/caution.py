"""Caution: a platform that leaves every call in doubt is down; what is sent to it meanwhile is lost in doubt. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

IN_A_ROW = 5
"""Doubts without an answer between them. Of calls of which one in eight fails by itself, one in thirty thousand begins
such a row."""
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(seconds=30)
"""An hour's outage leaves some 120 calls in doubt so, instead of 100,000; its end is noticed half a minute late."""


class Caution:
    """After a row of doubts one call at a time, later and later, until one is answered: whatever the answer."""

    def __init__(self) -> None:
        self._doubts = 0
        self._until: datetime | None = None

    def answered(self) -> None:
        """The platform is there."""
        self._doubts, self._until = 0, None

    def doubted(self, now: datetime) -> None:
        """A call was made, and nobody can say what became of it."""
        self._doubts += 1
        if self._doubts >= IN_A_ROW:
            self._until = now + min(FIRST_PAUSE * 2.0 ** min(self._doubts - IN_A_ROW, 9), LONGEST_PAUSE)

    def room(self, now: datetime, under_way: int) -> int | None:
        """How many more calls may be made now; None: as many as one likes."""
        if self._until is None:
            return None
        waits = now < self._until <= now + LONGEST_PAUSE  # a clock that was set back can't make it long
        return 0 if under_way or waits else 1
