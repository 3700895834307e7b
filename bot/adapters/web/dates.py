"""Dates as feeds write them, French and broken ones included. Pure."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""No feed tells of anything published before the web."""

_NO_DATE = 1971
"""Years before it are how software writes "no date": 1970-01-01, 0001-01-01, 1899-12-30."""

_LONGEST = 80
"""Characters. Longer texts are no dates."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan janv janvier january",
            "feb fev fevr fevrier february",
            "mar mars march",
            "apr avr avril april",
            "may mai",
            "jun juin june",
            "jul juil juillet july",
            "aug aou aout august",
            "sep sept septembre september",
            "oct octobre october",
            "nov novembre november",
            "dec decembre december",
        ),
        start=1,
    )
    for name in names.split()
}
_ZONES = {
    "bst": 60,
    "west": 60,
    "cet": 60,
    "met": 60,
    "cest": 120,
    "mest": 120,
    "eet": 120,
    "eest": 180,
    "msk": 180,
    "edt": -240,
    "est": -300,
    "cdt": -300,
    "cst": -360,
    "mdt": -360,
    "mst": -420,
    "pdt": -420,
    "pst": -480,
}
"""Minutes east of Greenwich."""

_TIME = (
    r"(?P<hour>\d{1,2})(?:\s*(?:[:.]|h(?:eures)?)?\s*(?P<minute>\d{2})(?:\s*[:.]?\s*(?P<second>\d{2})(?:[.,]\d+)?)?|\s*h)?"
    r"\s*(?P<half>am|pm|a\.m\.|p\.m\.)?"
)
_ZONE = r"\s*(?P<zone>[a-z]{1,5}\b|[+-]\d{1,2}:?\d{2}\b|[+-]\d{1,2}\b)?"
_REST = rf"(?:(?:\s*[,à-]\s*|\s+a\s+|\s+at\s+|\s*t\s*|\s+){_TIME}{_ZONE})?"

_FORMS = tuple(
    re.compile(form + _REST)
    for form in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?!\d)",
        r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4}|\d{2})",
        r"(?P<day>\d{1,2})(?:er|st|nd|rd|th)?[\s.-]+(?:de\s+)?(?P<name>[a-z]{3,9})\.?,?[\s.-]+(?P<year>\d{4}|\d{2})",
        r"(?P<name>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})",
    )
)
_ASCTIME = re.compile(
    r"(?P<name>[a-z]{3})\s+(?P<day>\d{1,2})\s+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
    r"(?P<half>\b)?\s+(?P<zone>[a-z]{1,5}\s+)?(?P<year>\d{4})"
)
_WEEKDAY = re.compile(r"(?:lun|mar|mer|jeu|ven|sam|dim|mon|tue|wed|thu|fri|sat|sun)[a-z]*(?:\.?,|\.?\s)\s*(?=[a-z\d])")


def read_date(text: str | None) -> datetime | None:
    """UTC, or None where it can't be read.

    A date without a zone is taken as UTC; without a time, as midnight. ``09/02/2025`` is the 9th of February (the
    feeds that write so are French), unless only the other order is possible.
    """
    plain = _plain(text or "")
    if not plain or len(plain) > _LONGEST:
        return None
    weekday = _WEEKDAY.match(plain)
    for written in (plain, plain[weekday.end() :]) if weekday else (plain,):
        for form in (*_FORMS, _ASCTIME):
            match = form.match(written)
            if match is not None:
                return _moment(match)
    return None


def possible(moment: datetime | None, seen_at: datetime) -> datetime | None:
    """The moment within [1990, ``seen_at``]; None where it is a way to write "no date"."""
    if moment is None or moment.year < _NO_DATE:
        return None
    return min(max(moment, EARLIEST), seen_at)


def _plain(text: str) -> str:
    """Lower case, without accents and odd spaces."""
    spaced = " ".join(text[: 2 * _LONGEST].lower().split())
    if spaced.isascii():
        return spaced
    return "".join(char for char in unicodedata.normalize("NFKD", spaced) if not unicodedata.combining(char))


def _moment(match: re.Match[str]) -> datetime | None:
    part = match.groupdict()
    month = _month(part)
    if month is None:
        return None
    year, day = _year(part["year"]), int(part["day"])
    if month > 12 >= day and not part.get("name"):
        month, day = day, month
    try:
        midnight = datetime(year, month, day, tzinfo=UTC)
        return midnight + _time(part) - _offset((part["zone"] or "").strip())
    except (ValueError, OverflowError):
        return None


def _month(part: dict[str, str | None]) -> int | None:
    name = part.get("name")
    return _MONTHS.get(name) if name else int(part["month"] or 0)


def _year(text: str) -> int:
    year = int(text)
    if len(text) > 2:
        return year
    return year + (2000 if year < 70 else 1900)


def _time(part: dict[str, str | None]) -> timedelta:
    """The time of day. 24:00 is midnight at the day's end; a leap second is the next second."""
    hour, minute, second = (int(part[name] or 0) for name in ("hour", "minute", "second"))
    half = (part["half"] or "")[:1]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        raise ValueError("no such time")
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _offset(zone: str) -> timedelta:
    """How far east of Greenwich. A zone no place has (``+0009``) counts as Greenwich, as does an unknown name."""
    if not zone or zone[0] not in "+-":
        return timedelta(minutes=_ZONES.get(zone, 0))
    digits = zone[1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    if hours > 14 or minutes not in {0, 30, 45}:
        return timedelta()
    offset = timedelta(hours=hours, minutes=minutes)
    return offset if zone[0] == "+" else -offset
