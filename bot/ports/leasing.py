"""Rights that only one process holds at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Lease:
    """A named right held by one process for a while; ``fence`` grows with every new holder."""

    name: str
    owner: str
    fence: int
    until: datetime


class LeaseRows(Protocol):
    """Rights that only one process holds at a time."""

    async def acquire(self, name: str, owner: str, now: datetime, until: datetime) -> Lease | None:
        """Take or renew; None while someone else holds it."""
        ...

    async def release(self, lease: Lease) -> None:
        """Give it back early."""
        ...
