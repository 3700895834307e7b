"""An order as people write it: ``8h, 19h30 en semaine à Dakar``. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from bot.domain.wall_time import split_time
from bot.i18n.weekdays import split_days

_JOINT = re.compile(r"[,;&]|(?<=[\dh])/(?=\d)|\s(?:et|and|puis|then)\s", re.IGNORECASE)
"""What parts two times, or a time and a place."""
_LEAD = re.compile(r"^(?:\s|(?:à|a|at|vers|around|by|for|pour|et|and)\s)+", re.IGNORECASE)
_SPAN = re.compile(r"\s*(?:[-–—,;]|\b(?:jusqu[’']à|à|a|to|until|till|et|and)\b)\s*", re.IGNORECASE)
"""What stands between the two ends of a span."""
_SPAN_LEAD = re.compile(r"^(?:de|du|from|entre|between)\s+", re.IGNORECASE)
_NOON = 12
_CLOCK = r"(?P<hour>\d{1,2})(?P<rest>[\dh:. ]*?)"
_EVENINGS = r"(?:chaque soir|tous les soirs|le soir|every evening)"
_MORNING = re.compile(
    r"(?:(?<=[\dh])\s*(?:du matin|in the morning)|\b(?:chaque matin|tous les matins|le matin|every morning))\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    rf"\b{_CLOCK}\s*(?:du soir|de l[’'](?:apr[èe]s-midi)|in the (?:afternoon|evening)|{_EVENINGS})\b", re.IGNORECASE
)
_EVENING_AT = re.compile(rf"\b{_EVENINGS}\s*,?\s*(?:à|a|at|vers)?\s*\b{_CLOCK}(?=[\s,]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Order:
    """What was understood, and what was not."""

    times: tuple[time, ...]
    """Ascending, each once."""
    days: frozenset[int] | None
    """None: nothing was said about days."""
    place: str
    """What is left: a city, an offset, or what nobody understands."""


def read_order(text: str) -> Order:
    """Times, days and a place, in any order that leaves no doubt.

    >>> read_order("8h et 19h30 en semaine, Dakar").place
    'Dakar'
    """
    days, rest = split_days(_by_the_clock(text))
    times: set[time] = set()
    places: list[str] = []
    for piece in _JOINT.split(rest):
        found, place = _times(piece)
        times |= found
        if place:
            places.append(place)
    return Order(tuple(sorted(times)), days, ", ".join(places))


def read_span(text: str) -> tuple[time, time] | None:
    """From one time to another: ``22h-7h``, ``de 22h à 7h``, ``from 10 pm to 7 am``; None where it is no such thing.

    >>> read_span("de 22h à 7h30")
    (datetime.time(22, 0), datetime.time(7, 30))
    """
    text = _by_the_clock(text)
    pieces = [piece for piece in _SPAN.split(_SPAN_LEAD.sub("", text.strip())) if piece.strip()]
    if len(pieces) == 1:
        times = read_order(pieces[0])
        pieces = [] if times.place or times.days else text.split()
    found = [split_time(piece) for piece in pieces]
    if len(found) != 2 or any(one is None or one[1].strip(" .") for one in found):
        return None
    start, end = (one[0] for one in found if one is not None)
    return None if start == end else (start, end)


def _times(piece: str) -> tuple[set[time], str]:
    """The times a piece starts with, and what follows. ``8 19`` is in doubt: only ``8 19h`` is two times."""
    times: set[time] = set()
    rest = _LEAD.sub("", piece).strip()
    while (found := split_time(rest)) is not None:
        if times and rest.split()[0].isdecimal():
            break
        times.add(found[0])
        rest = _LEAD.sub("", found[1])
    return times, rest.strip(" .?")


def _by_the_clock(text: str) -> str:
    """Without ``du matin``, ``chaque soir``: the hours say it."""
    for later in (_LATER, _EVENING_AT):
        text = later.sub(_past_noon, text)
    return _MORNING.sub("", text)


def _past_noon(found: re.Match[str]) -> str:
    """``7h du soir`` is 7 pm, ``19h du soir`` is 19h."""
    spoken = found["hour"] + found["rest"]
    return f"{spoken} pm" if int(found["hour"]) <= _NOON else spoken
