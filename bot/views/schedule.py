"""Times, days and places of briefings in words, and the buttons that choose them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, time

from bot.domain.message import Button
from bot.domain.subscription import EVERY_DAY, Schedule
from bot.i18n import Translator
from bot.i18n.weekdays import days_in_words

Rows = tuple[tuple[Button, ...], ...]

MORNING = time(8)
"""What most people choose."""
OFFERED_TIMES = tuple(time(hour) for hour in (6, 7, 9, 12, 18, 19, 20, 21))
"""Other times one can have with a tap."""
TIMES_IN_A_ROW = 4
CITIES_IN_A_ROW = 2


def wall(clock: time, reader: Translator) -> str:
    """A time of day: ``19 h 30``."""
    return reader.clock(datetime(2000, 1, 1, clock.hour, clock.minute, tzinfo=UTC), "UTC")


def clocks(schedule: Schedule, reader: Translator) -> str:
    """``8 h et 19 h 30``."""
    return reader.both([wall(clock, reader) for clock in schedule.times])


def in_words(schedule: Schedule, reader: Translator) -> str:
    """``8 h et 19 h 30 (Dakar), du lundi au vendredi``; every day goes without saying."""
    words = reader.text("subscribe.time-in-city", clock=clocks(schedule, reader), city=reader.city(schedule.zone))
    if schedule.days == EVERY_DAY:
        return words
    return reader.text("subscribe.on-days", times=words, days=days_in_words(schedule.days, reader))


def typed(clock: time) -> str:
    """A time as an action carries it: ``8:00``."""
    return f"{clock.hour}:{clock.minute:02}"


def time_rows(reader: Translator, action: Callable[[str], str], chosen: Sequence[time] = ()) -> Rows:
    """Times to choose from, the present ones marked; the action is made of the time as typed."""
    return tuple(rows(_times(reader, action, {*OFFERED_TIMES, MORNING, *chosen}, chosen), TIMES_IN_A_ROW))


def other_time_rows(reader: Translator, action: Callable[[str], str]) -> Rows:
    """The same without the morning, which has a row of its own."""
    return tuple(rows(_times(reader, action, {*OFFERED_TIMES}, ()), TIMES_IN_A_ROW))


def city_rows(reader: Translator, zones: Sequence[str], now: datetime, action: Callable[[str], str]) -> Rows:
    """Cities with the time it is there: people know their own clock better than their zone."""
    buttons = [
        Button(reader.text("button.city", city=reader.city(zone), clock=reader.clock(now, zone)), action(zone))
        for zone in zones
    ]
    return tuple(rows(buttons, CITIES_IN_A_ROW))


def _times(
    reader: Translator, action: Callable[[str], str], offered: set[time], chosen: Sequence[time]
) -> list[Button]:
    return [
        Button(marked(wall(clock, reader), reader, chosen=clock in chosen), action(typed(clock)))
        for clock in sorted(offered)
    ]


def marked(label: str, reader: Translator, *, chosen: bool) -> str:
    """A choice, with a sign where it is the present one."""
    return reader.text("button.chosen", label=label) if chosen else label


def rows(buttons: Sequence[Button], width: int) -> Iterator[tuple[Button, ...]]:
    """Buttons in rows of at most so many."""
    for start in range(0, len(buttons), width):
        yield tuple(buttons[start : start + width])
