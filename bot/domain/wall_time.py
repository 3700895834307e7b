"""Times of day as people write them: ``8h``, ``7h30``, ``7:30 pm``, ``19.15``, ``midi``. Pure."""

from __future__ import annotations

import re
from datetime import time

_NAMED = {"midi": time(12), "noon": time(12), "minuit": time(0), "midnight": time(0)}
_WRITTEN = re.compile(
    r"""(?P<hour>\d{1,2})
        (?:\s?(?:[:.]|h(?:eures?|rs?)?)\s?(?P<minute>\d{2})?)?   # 8, 8h, 8 h 30, 8:30, 8.30, 8 heures
        (?:\s?(?P<half>[ap])\.?m\.?)?                             # am, p.m.
        (?=\s|,|$)""",
    re.VERBOSE | re.IGNORECASE,
)


def split_time(text: str) -> tuple[time, str] | None:
    """The time a text starts with, and the rest of it; None where it starts with no time.

    >>> split_time("7h30 Dakar")
    (datetime.time(7, 30), 'Dakar')
    """
    text = text.strip()
    first, _, rest = text.partition(" ")
    if first.lower() in _NAMED:
        return _NAMED[first.lower()], rest.strip()
    found = _WRITTEN.match(text)
    if found is None:
        return None
    wall = _time(int(found["hour"]), int(found["minute"] or 0), (found["half"] or "").lower())
    return None if wall is None else (wall, text[found.end() :].strip(" ,"))


def _time(hour: int, minute: int, half: str) -> time | None:
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour == 24 and minute == 0:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None
