"""Quiet hours: when a chat wants to hear nothing. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one wall-clock time to another, over midnight where the end is the earlier one; never all day."""

    start: time
    end: time

    def __post_init__(self) -> None:
        """Refuse what would be no time, or all of it."""
        if self.start == self.end:
            raise ValueError("quiet hours need an end that is not their start")

    def __contains__(self, wall: time) -> bool:
        """Whether it is quiet at a time of day; the end itself is not."""
        if self.start < self.end:
            return self.start <= wall < self.end
        return wall >= self.start or wall < self.end


def quiet_at(quiet: QuietHours | None, at: datetime, zone: str) -> bool:
    """Whether it is quiet at a moment, by the reader's own clock."""
    return quiet is not None and at.astimezone(ZoneInfo(zone)).time().replace(tzinfo=None) in quiet
