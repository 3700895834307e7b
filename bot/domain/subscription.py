"""Subscriptions: which chat wants a briefing when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain.briefing import Length
from bot.domain.language import ReaderLanguage

EVERY_DAY: frozenset[int] = frozenset(range(7))
"""Monday is 0."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When, in the reader's own clock."""

    times: tuple[time, ...]
    """Wall-clock times, ascending; a time's place in it is its slot ordinal."""
    zone: str
    """IANA name."""
    days: frozenset[int] = EVERY_DAY


@dataclass(frozen=True, slots=True)
class Slot:
    """One moment a briefing is due."""

    at: datetime
    """UTC."""
    local_date: date
    """The reader's date it belongs to; with ``ordinal`` it is told once."""
    ordinal: int


@dataclass(frozen=True, slots=True)
class Subscription:
    """A standing order for briefings."""

    id: int
    chat_id: int
    schedule: Schedule
    language: ReaderLanguage
    next_slot: Slot
    length: Length = Length.SHORT
    topics: tuple[str, ...] = ()
    """Topic ids; empty: all."""
    silent: bool = False
    last_slot: Slot | None = None
    """The last slot a briefing was written for."""
