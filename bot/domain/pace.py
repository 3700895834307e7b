"""How fast we may call: at most so many calls in any span of time, wherever the other side's clock sees them. Pure."""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime, timedelta

_EVER = datetime.min.replace(tzinfo=UTC)
REMEMBERED = 1000
"""Calls whose duration is remembered, half a minute's at 30 a second: that the way became longer is noticed after so
many. With fewer, a busy machine's slow moment passes for the way, and what follows it comes too soon."""
ENOUGH = 100
"""Durations from which the shortest says something: the first ones open connections, and wait for each other."""
SURE = 0.9
"""How much of the shortest duration is relied on."""


class Pace:
    """Places for calls. One is taken when a call starts, and free again one span after its answer, less the shortest
    time that any call took.

    The other side counts a call somewhere between its start and its answer. Counting from the answer keeps its limit
    whatever the network does in between; counting from the start, one late call among quick ones would break it. But
    the call that takes the place has a way to go as well: there and back, no call was ever quicker than the shortest,
    so that much may be saved. Without it, a limit of 30 a second and answers after a tenth of one give 27.
    """

    def __init__(self, most: int, span: timedelta) -> None:
        self._span = span
        self._free_at = deque([_EVER] * most)
        self._durations: deque[timedelta] = deque(maxlen=REMEMBERED)

    def room(self, now: datetime) -> int:
        """How many calls may start at once."""
        return sum(self._wait(free_at, now) <= 0 for free_at in self._free_at)

    def wait(self, now: datetime) -> float | None:
        """Seconds until a call may start; None while every place is in a call that was not answered yet."""
        return max(0.0, self._wait(self._free_at[0], now)) if self._free_at else None

    def take(self) -> None:
        """A call starts, or will in ``wait`` seconds. Raises IndexError where ``wait`` is None."""
        self._free_at.popleft()

    def give_back(self, now: datetime, lasted: timedelta | None = None) -> None:
        """It was answered, or will not be; ``lasted``: how long after its start, where it was answered."""
        if lasted is not None:
            self._durations.append(max(lasted, timedelta(0)))
        self._free_at.append(now + self._span - min(self._shortest(), self._span))

    def _shortest(self) -> timedelta:
        return min(self._durations) * SURE if len(self._durations) >= ENOUGH else timedelta(0)

    def _wait(self, free_at: datetime, now: datetime) -> float:
        """A clock that was set back can't hold us longer than the span."""
        return min(free_at - now, self._span).total_seconds()
