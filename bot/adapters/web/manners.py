"""How often a feed asks to be read. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.adapters.web.raw import RawFeed

LONGEST_SECONDS = 7 * 24 * 3600
"""Whoever asks for more has mistaken the unit."""

_PERIODS = {
    "hourly": 3_600,
    "daily": 24 * 3_600,
    "weekly": 7 * 24 * 3_600,
    "monthly": 30 * 24 * 3_600,
    "yearly": 365 * 24 * 3_600,
}
_SKIPS = re.compile(r"<skip(Hours|Days)[^>]*>(.{0,2000}?)</skip\1>", re.DOTALL | re.IGNORECASE)
_SKIPPED = re.compile(r"<(?:hour|day)\b[^>]{0,100}>\s{0,20}([a-z]{6,9}|\d{1,2})", re.IGNORECASE)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBER = re.compile(r"\s*(\d{1,9})")


def minimum_interval_seconds(feed: RawFeed) -> int:
    """The longest of what ttl, sy:updatePeriod and skipHours with skipDays ask for; 0 where nothing is asked.

    A feed that skips k of 24 hours is asked as often as one spread evenly over the hours it keeps: every 24/(24-k)
    hours. The same for days.
    """
    asked = max(_number(feed.ttl) * 60, _update_interval(feed), _skip_interval(feed))
    return min(asked, LONGEST_SECONDS)


def skipped(document: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The hours (0–23, UTC) and days (0 is Monday) the document's ``skipHours`` and ``skipDays`` name.

    24 is midnight, as RSS 0.92 wrote it. A feed that skips them all is taken to have meant none.
    """
    found: dict[str, set[int]] = {"hours": set(), "days": set()}
    if "<skip" in document:
        for unit, listed in _SKIPS.findall(document):
            found[unit.lower()] = {number for word in _SKIPPED.findall(listed) for number in _skipped(word.lower())}
    return _some(found["hours"], of=24), _some(found["days"], of=len(_DAYS))


def _skipped(word: str) -> Iterator[int]:
    if word.isdigit() and int(word) <= 24:
        yield int(word) % 24
    elif word in _DAYS:
        yield _DAYS.index(word)


def _some(numbers: set[int], *, of: int) -> tuple[int, ...]:
    return tuple(sorted(numbers)) if len(numbers) < of else ()


def _update_interval(feed: RawFeed) -> int:
    period = _PERIODS.get(feed.update_period.strip().lower(), 0)
    return period // max(1, _number(feed.update_frequency))


def _skip_interval(feed: RawFeed) -> int:
    hours, days = len(feed.skipped_hours), len(feed.skipped_days)
    if not hours and not days:
        return 0
    return round(3_600 * 24 / (24 - hours) * 7 / (7 - days))


def _number(text: str) -> int:
    match = _NUMBER.match(text)
    return int(match[1]) if match else 0
