"""Trend: is more reported than the week before? Only over feeds that were there in both weeks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta

from bot.domain.status import Day, Direction, Trend
from bot.domain.story import Report, SourcedArticle

WEEK = 7
FEWEST_STORIES = 5
OBSERVED = timedelta(days=14)
"""Before so much has been observed, a rise would be our own arrival."""

RATIO, FEWEST_MORE = 1.3, 3
"""A rise or a fall: by so much, and by so many stories; else the weeks are alike."""


def trend(
    reports: Sequence[Report],
    *,
    at: datetime,
    followed_since: datetime | None,
    steady_feeds: Collection[int] | None = None,
) -> Trend:
    """Stories a day (UTC) of the last fourteen, and the last seven against the seven before.

    ``steady_feeds``: ids of the feeds that were read in both weeks; None: those with an article here in both.
    """
    days = [at.date() - timedelta(days=back) for back in range(2 * WEEK - 1, -1, -1)]
    start = datetime.combine(days[0], time(), at.tzinfo)
    listed = [(report.published.date(), report) for report in reports if start <= report.published <= at]
    steady = _steady(listed, days) if steady_feeds is None else set(steady_feeds)
    counted: dict[date, set[str]] = defaultdict(set)
    compared: dict[date, set[str]] = defaultdict(set)
    for day, report in listed:
        counted[day].add(report.story)
        if not (report.feed_ids and steady.isdisjoint(report.feed_ids)):
            compared[day].add(report.story)
    shown = tuple(Day(day, len(counted[day])) for day in days)
    if followed_since is None or at - followed_since < OBSERVED or sum(day.stories for day in shown) < FEWEST_STORIES:
        return Trend(shown, Direction.TOO_FEW)
    weeks = [sum(len(compared[day]) for day in week) for week in (days[:WEEK], days[WEEK:])]
    return Trend(shown, _direction(*weeks))


def reports_of(articles: Iterable[SourcedArticle]) -> tuple[Report, ...]:
    """Articles, as far as they are counted."""
    return tuple(
        Report(sourced.article.published, sourced.story_id or sourced.article.id, frozenset(sourced.article.feed_ids))
        for sourced in articles
    )


def _steady(listed: Sequence[tuple[date, Report]], days: Sequence[date]) -> set[int]:
    """Feeds with an article in both weeks."""
    weeks: tuple[set[int], set[int]] = (set(), set())
    for day, report in listed:
        weeks[day >= days[WEEK]].update(report.feed_ids)
    return weeks[0] & weeks[1]


def _direction(before: int, now: int) -> Direction:
    if before + now < FEWEST_STORIES:
        return Direction.TOO_FEW
    if now - before >= FEWEST_MORE and now >= RATIO * before:
        return Direction.UP
    if before - now >= FEWEST_MORE and before >= RATIO * now:
        return Direction.DOWN
    return Direction.FLAT
