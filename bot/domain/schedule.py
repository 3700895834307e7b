"""The next moment of a schedule, across daylight saving, skipped days and downtime. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.subscription import Schedule, Slot

_HORIZON_DAYS = 15
"""A weekly schedule meets its day within 7; a zone may skip one (Apia, 30 December 2011), and a week may be refused."""


def instant(day: date, wall: time, zone: str) -> datetime | None:
    """The UTC moment a wall clock in ``zone`` first shows ``wall`` on ``day``.

    In an overlap (the hour that happens twice) it is the first of the two. In a gap (the hour that does not happen)
    it is the first valid moment after the gap. None where the zone skipped the whole day.
    """
    here = ZoneInfo(zone)
    guess = datetime.combine(day, wall, here)
    moment = guess.astimezone(UTC)
    if moment.astimezone(here).replace(tzinfo=None) == guess.replace(tzinfo=None):
        return moment
    after_gap = _end_of_gap(guess, here)
    return after_gap if after_gap.astimezone(here).date() == day else None


def _end_of_gap(inside: datetime, here: ZoneInfo) -> datetime:
    """The moment of the jump forward that swallowed a wall time, found by halving."""
    before = inside.replace(fold=1).astimezone(UTC) - timedelta(days=2)
    offset = before.astimezone(here).utcoffset()
    low, high = before, inside.astimezone(UTC) + timedelta(days=2)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(here).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def slots(schedule: Schedule, start: date) -> Iterator[Slot]:
    """Slots from a local date on, ascending, for about two weeks."""
    for offset in range(_HORIZON_DAYS):
        day = start + timedelta(days=offset)
        if day.weekday() not in schedule.days:
            continue
        for ordinal, wall in enumerate(schedule.times):
            at = instant(day, wall, schedule.zone)
            if at is not None:
                yield Slot(at=at, local_date=day, ordinal=ordinal)


def next_slot(schedule: Schedule, after: datetime, last: Slot | None = None) -> Slot:
    """The first slot later than ``after`` (UTC) that is not the ``last`` one again.

    Never two briefings for one local date and ordinal: not when the zone was changed after sending, nor when the
    clock went back. Raises ValueError for a schedule without a time or a day.
    """
    start = after.astimezone(ZoneInfo(schedule.zone)).date() - timedelta(days=1)
    for slot in slots(schedule, start):
        told = last is not None and (slot.local_date, slot.ordinal) <= (last.local_date, last.ordinal)
        if slot.at > after and not told:
            return slot
    raise ValueError("a schedule needs at least one time and one day")
