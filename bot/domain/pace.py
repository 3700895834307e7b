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
BUSY = timedelta(milliseconds=3)
"""So much of it may be either side's own work, which is quicker at times; only the way between them never is."""


class Pace:
    """Places for calls. One is taken when a call starts, and free again one span after its answer, less the shortest
    time that any call took.

    The other side counts a call somewhere between its start and its answer. Counting from the answer keeps its limit
    whatever the network does in between; counting from the start, one late call among quick ones would break it. But
    the call that takes the place has a way to go as well: there and back, no call was ever quicker than the shortest,
    so that much may be saved. Without it, a limit of 30 a second and answers after a tenth of one give 27.
    """

    def __init__(self, most: int, span: timedelta, apart: timedelta = timedelta(0)) -> None:
        """``apart``: how long after one call the next may start. Calls that start together wait for each other, take
        longer, and leave together again a span later: what they lose that way is lost for good.
        """
        self._span = span
        self._apart = apart
        self._next = _EVER
        self._free_at = deque([_EVER] * most)
        self._durations: deque[timedelta] = deque(maxlen=REMEMBERED)

    def room(self, now: datetime) -> int:
        """How many calls may start by then."""
        self._heed(now)
        places = sum(free_at <= now for free_at in self._free_at)
        if not self._apart:
            return places
        return min(places, (now - self._next) // self._apart + 1 if now >= self._next else 0)

    def wait(self, now: datetime) -> float | None:
        """Seconds until a call may start; None while every place is in a call that was not answered yet."""
        if not self._free_at:
            return None
        self._heed(now)
        return max(0.0, (max(self._free_at[0], self._next) - now).total_seconds())

    def take(self, start: datetime) -> None:
        """A call starts, perhaps in ``wait`` seconds. Raises IndexError where ``wait`` is None."""
        self._free_at.popleft()
        self._next = start + self._apart

    def give_back(self, now: datetime, lasted: timedelta | None = None) -> None:
        """It was answered, or will not be; ``lasted``: how long after its start, where it was answered."""
        if lasted is not None:
            self._durations.append(max(lasted, timedelta(0)))
        self._free_at.append(now + self._span - min(self._shortest(), self._span))

    def _shortest(self) -> timedelta:
        if len(self._durations) < ENOUGH:
            return timedelta(0)
        return max(min(self._durations) * SURE - BUSY, timedelta(0))

    def _heed(self, now: datetime) -> None:
        """Nothing is much further away than the span, unless the clock was set back: that holds us no longer than it.

        A little it may be: ``now`` was asked for before other calls were answered.
        """
        latest = now + self._span
        if any(moment > latest + self._span for moment in (*self._free_at, self._next)):
            self._next = min(self._next, latest)
            self._free_at = deque(min(free_at, latest) for free_at in self._free_at)
