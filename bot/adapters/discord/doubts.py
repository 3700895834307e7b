"""Messages that may have arrived: how long the same nonce still makes a second try harmless."""

from __future__ import annotations

from datetime import datetime, timedelta

NONCE_MEMORY = timedelta(minutes=2)
"""Discord promises "the past few minutes"; two were measured to be safe."""
_KEPT = timedelta(days=1)


class Doubts:
    """When each doubtful nonce was first tried. A restart forgets them: the ledger then knows they are in doubt."""

    def __init__(self) -> None:
        self._first: dict[str, datetime] = {}

    def note(self, nonce: str, now: datetime) -> None:
        """A try that may have arrived."""
        self._first = {kept: first for kept, first in self._first.items() if now - first < _KEPT}
        self._first.setdefault(nonce, now)

    def settle(self, nonce: str) -> None:
        """It has arrived."""
        self._first.pop(nonce, None)

    def too_old(self, nonce: str, now: datetime) -> bool:
        """Whether Discord may have forgotten the nonce: another try could be a second message."""
        first = self._first.get(nonce)
        return first is not None and now - first > NONCE_MEMORY
