"""How often a feed asks to be read. Pure."""

from __future__ import annotations

import re

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
_SKIPPED = re.compile(r"<(?:hour|day)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\s*(\d{1,9})")


def minimum_interval_seconds(feed: RawFeed) -> int:
    """The longest of what ttl, sy:updatePeriod and skipHours with skipDays ask for; 0 where nothing is asked.

    A feed that skips k of 24 hours is asked as often as one spread evenly over the hours it keeps: every 24/(24-k)
    hours. The same for days.
    """
    asked = max(_number(feed.ttl) * 60, _update_interval(feed), _skip_interval(feed))
    return min(asked, LONGEST_SECONDS)


def skipped(document: str) -> tuple[int, int]:
    """How many hours and days the document's ``skipHours`` and ``skipDays`` name."""
    counts = {"hours": 0, "days": 0}
    if "<skip" in document:
        for unit, listed in _SKIPS.findall(document):
            counts[unit.lower()] = len(_SKIPPED.findall(listed))
    return counts["hours"], counts["days"]


def _update_interval(feed: RawFeed) -> int:
    period = _PERIODS.get(feed.update_period.strip().lower(), 0)
    return period // max(1, _number(feed.update_frequency))


def _skip_interval(feed: RawFeed) -> int:
    hours, days = feed.skipped_hours, feed.skipped_days
    if not (0 <= hours < 24 and 0 <= days < 7) or not (hours or days):
        return 0
    return round(3_600 * 24 / (24 - hours) * 7 / (7 - days))


def _number(text: str) -> int:
    match = _NUMBER.match(text)
    return int(match[1]) if match else 0
