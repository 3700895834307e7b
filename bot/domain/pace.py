"""How fast we may call: at most so many calls in any span of time, wherever the other side's clock sees them. Pure."""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime, timedelta

_EVER = datetime.min.replace(tzinfo=UTC)


class Pace:
    """Places for calls. One is taken when a call starts, and free again one span after its answer.

    The other side counts a call somewhere between the two. Counting from the answer keeps its limit whatever the
    network does in between; counting from the start, one late call among quick ones would break it.
    """

    def __init__(self, most: int, span: timedelta) -> None:
        self._span = span
        self._free_at = deque([_EVER] * most)

    def room(self, now: datetime) -> int:
        """How many calls may start at once."""
        return sum(self._wait(free_at, now) <= 0 for free_at in self._free_at)

    def wait(self, now: datetime) -> float | None:
        """Seconds until a call may start; None while every place is in a call that was not answered yet."""
        return max(0.0, self._wait(self._free_at[0], now)) if self._free_at else None

    def take(self) -> None:
        """A call starts, or will in ``wait`` seconds. Raises IndexError where ``wait`` is None."""
        self._free_at.popleft()

    def give_back(self, now: datetime) -> None:
        """It was answered, or will not be."""
        self._free_at.append(now + self._span)

    def _wait(self, free_at: datetime, now: datetime) -> float:
        """A clock that was set back can't hold us longer than the span."""
        return min(free_at - now, self._span).total_seconds()
