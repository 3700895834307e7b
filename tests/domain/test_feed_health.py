"""When moderators are told that a feed fails: once each, before it is paused, and never for nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.feed import FeedReading, FeedState
from bot.domain.feed_health import NOTICE, PAUSED_AFTER, Alarm, FeedNews, feed_news
from tests.contracts.examples import NOON

HEALTHY = FeedReading(1)


def failing(days: float) -> FeedReading:
    return FeedReading(1, failing_since=NOON - timedelta(days=days), failures=9, error_key="unreachable")


def told(news: FeedNews, days_ago: float = 1.0) -> Alarm:
    return Alarm(news, NOON - timedelta(days=days_ago))


@pytest.mark.parametrize(
    ("state", "reading", "known", "news"),
    [
        (FeedState.ACTIVE, HEALTHY, None, None),
        (FeedState.ACTIVE, failing(0.99), None, None),
        (FeedState.ACTIVE, failing(1), None, FeedNews.FAILING),
        (FeedState.ACTIVE, failing(3), told(FeedNews.FAILING), None),
        (FeedState.ACTIVE, failing(6), told(FeedNews.FAILING), FeedNews.PAUSING),
        (FeedState.ACTIVE, failing(6.5), told(FeedNews.PAUSING), None),
        (FeedState.ACTIVE, failing(7), told(FeedNews.PAUSING), FeedNews.PAUSED),
        (FeedState.ACTIVE, HEALTHY, told(FeedNews.FAILING), FeedNews.RECOVERED),
        (FeedState.ACTIVE, HEALTHY, told(FeedNews.PAUSING), FeedNews.RECOVERED),
        (FeedState.PAUSED, failing(9), told(FeedNews.PAUSED), None),
        (FeedState.GONE, failing(0), None, FeedNews.GONE),
        (FeedState.GONE, failing(2), told(FeedNews.FAILING), FeedNews.GONE),
        (FeedState.GONE, failing(2), told(FeedNews.GONE), None),
        (FeedState.ACTIVE, HEALTHY, told(FeedNews.GONE), FeedNews.RECOVERED),
        (FeedState.PAUSED, failing(9), None, None),
    ],
)
def test_what_is_new(state: FeedState, reading: FeedReading, known: Alarm | None, news: FeedNews | None) -> None:
    assert feed_news(state, reading, known, NOON) is news


def test_after_a_long_absence_of_the_bot_a_feed_is_warned_about_a_day_before_it_is_paused() -> None:
    assert feed_news(FeedState.ACTIVE, failing(30), None, NOON) is FeedNews.PAUSING
    assert feed_news(FeedState.ACTIVE, failing(30), told(FeedNews.PAUSING, 0.9), NOON) is None
    assert feed_news(FeedState.ACTIVE, failing(30), told(FeedNews.PAUSING, 1), NOON) is FeedNews.PAUSED


@given(st.lists(st.integers(min_value=1, max_value=60), max_size=60), st.integers(min_value=0, max_value=400))
def test_each_news_is_told_once_and_in_order(pauses: list[int], broken_hours: int) -> None:
    """Looked at now and then while a feed fails for some hours, then works."""
    now, known, state = NOON, None, FeedState.ACTIVE
    heard = list[FeedNews]()
    end = NOON + timedelta(hours=broken_hours)
    for pause in [*pauses, 500]:
        now += timedelta(hours=pause)
        works = now >= end and state is FeedState.ACTIVE
        reading = HEALTHY if works else FeedReading(1, failing_since=NOON, failures=2, error_key="unreachable")
        news = feed_news(state, reading, known, now)
        if news is None:
            continue
        heard.append(news)
        if news is FeedNews.PAUSED:
            state = FeedState.PAUSED
            assert known is not None
            assert (now - NOON >= PAUSED_AFTER, now - known.at >= NOTICE) == (True, True)
        known = None if news is FeedNews.RECOVERED else Alarm(news, now)
    assert len(heard) == len(set(heard))
    assert heard == sorted(heard, key=list(FeedNews).index)
    assert FeedNews.PAUSED not in heard or heard[heard.index(FeedNews.PAUSED) - 1] is FeedNews.PAUSING
