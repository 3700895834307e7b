"""When moderators are told that a feed fails, and when it is paused. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.feed import FeedReading, FeedState

FAILING_AFTER = timedelta(days=1)
"""Servers are down for hours; nobody has to act on that."""
WARNED_AFTER = timedelta(days=6)
PAUSED_AFTER = timedelta(days=7)
NOTICE = timedelta(days=1)
"""Between the warning and the pause, also where the bot itself was away meanwhile."""


class FeedNews(StrEnum):
    """What moderators are told of a feed, each once."""

    FAILING = "failing"
    """It has failed for a day."""
    PAUSING = "pausing"
    """It will be paused tomorrow."""
    PAUSED = "paused"
    GONE = "gone"
    """Its server said that it will not come back: it is never read again."""
    RECOVERED = "recovered"


@dataclass(frozen=True, slots=True)
class Alarm:
    """What moderators were last told of a feed that fails."""

    news: FeedNews
    at: datetime


def feed_news(state: FeedState, reading: FeedReading, told: Alarm | None, now: datetime) -> FeedNews | None:
    """What to tell now; None where there is nothing new."""
    if reading.failing_since is None:
        return FeedNews.RECOVERED if told is not None else None
    last = told.news if told is not None else None
    if state is FeedState.GONE:
        return FeedNews.GONE if last is not FeedNews.GONE else None
    if state is not FeedState.ACTIVE:
        return None
    failing = now - reading.failing_since
    if told is not None and last is FeedNews.PAUSING:
        return FeedNews.PAUSED if failing >= PAUSED_AFTER and now - told.at >= NOTICE else None
    if failing >= WARNED_AFTER:
        return FeedNews.PAUSING
    return FeedNews.FAILING if failing >= FAILING_AFTER and last is None else None
