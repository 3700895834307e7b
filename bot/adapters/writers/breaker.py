"""The circuit breaker: a model server that fails is left alone for a while, longer each time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

PATIENCE = 3
"""Failures in a row after which it is left alone."""
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(minutes=15)


@dataclass(slots=True)
class Breaker:
    """Counts failures in a row."""

    failures: int = 0
    until: datetime | None = None
    """Nothing is asked before."""
    opened: int = 0
    """How often in a row it was left alone."""

    def allows(self, now: datetime) -> bool:
        """Whether it may be asked; after a pause one call at a time tries again."""
        return self.until is None or now >= self.until

    def succeeded(self) -> None:
        """It answers."""
        self.failures, self.until, self.opened = 0, None, 0

    def failed(self, now: datetime, wait: timedelta | None = None) -> None:
        """It doesn't. ``wait``: how long it asks to be left alone."""
        self.failures += 1
        if self.failures >= PATIENCE:
            self.opened += 1
            self.failures = PATIENCE - 1  # the next failure after the pause opens it again
            self._rest(now, min(LONGEST, SHORTEST * 2 ** min(self.opened - 1, 10)))
        if wait is not None:
            self._rest(now, min(wait, LONGEST))

    def _rest(self, now: datetime, wait: timedelta) -> None:
        self.until = max(self.until or now, now + wait)
