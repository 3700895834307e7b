"""Trend: the last seven days against the seven before, over feeds that were there in both."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.status import Direction
from bot.domain.story import SourcedArticle
from bot.editorial.trend import reports_of, trend
from tests.editorial.claims_cases import article, day

NOW = day(20, 18)


def reports(number: int, *, ago: int, feed: int = 1, story: str | None = None) -> list[SourcedArticle]:
    """Articles of one day, each a story of its own unless ``story`` is given."""
    return [
        article(
            f"Report {place}", published=NOW - timedelta(days=ago), feed=feed, story=story or f"{ago}-{feed}-{place}"
        )
        for place in range(number)
    ]


def direction(articles: list[SourcedArticle], *, days: int = 30, steady: set[int] | None = None) -> Direction:
    return trend(reports_of(articles), at=NOW, followed_since=NOW - timedelta(days=days), steady_feeds=steady).direction


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (2, 9, Direction.UP),
        (9, 2, Direction.DOWN),
        (6, 6, Direction.FLAT),
        (6, 7, Direction.FLAT),
        (1, 2, Direction.TOO_FEW),
    ],
)
def test_the_weeks_are_compared(before: int, now: int, expected: Direction) -> None:
    assert direction([*reports(before, ago=10), *reports(now, ago=3)]) is expected


def test_before_fourteen_observed_days_nothing_is_said() -> None:
    articles = [*reports(2, ago=10), *reports(9, ago=3)]
    assert direction(articles, days=13) is Direction.TOO_FEW
    assert trend(reports_of(articles), at=NOW, followed_since=None).direction is Direction.TOO_FEW


def test_a_feed_that_joined_last_week_is_no_rise() -> None:
    articles = [*reports(5, ago=10), *reports(5, ago=3), *reports(30, ago=2, feed=2)]
    assert direction(articles) is Direction.FLAT
    assert direction(articles, steady={1, 2}) is Direction.UP


def test_stories_are_counted_not_articles() -> None:
    articles = [*reports(6, ago=10), *reports(40, ago=3, story="one"), *reports(5, ago=2)]
    assert direction(articles) is Direction.FLAT


def test_fourteen_days_are_shown_oldest_first_and_the_future_is_not() -> None:
    found = trend(
        reports_of([*reports(2, ago=0), *reports(3, ago=13), *reports(9, ago=14), *reports(9, ago=-1)]),
        at=NOW,
        followed_since=NOW - timedelta(days=30),
    )
    assert [day.stories for day in found.days] == [3, *[0] * 12, 2]
    assert found.days[-1].date == NOW.date()
