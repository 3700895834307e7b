"""Brief: pick, rank and write what changed in a window, from what one chat can see."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.briefing import Badge, Briefing, Citation, Coverage, Length, Method, Point, Window, method_of
from bot.domain.language import ReaderLanguage
from bot.domain.story import Digest, Ranked, SourcedArticle, Story, Told
from bot.editorial import facts, ranking
from bot.editorial.pack import NEWSROOM_VERSION
from bot.ports import READER_WAITS, Patience, Scope, Store, Summariser, UnitOfWork

MOST_POINTS = 5
FIRST_READING = timedelta(hours=1)
"""A first round of reading takes minutes; after this, what is still unread is no reason to wait."""
PACE_OF_READING = timedelta(hours=3)
"""Sources are read every hour or so: in a shorter window, one that was not asked again is not out of reach."""
NOTHING_TOLD: Mapping[str, Told] = {}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asked for."""

    language: ReaderLanguage
    zone: str
    at: datetime
    since: datetime
    scope: Scope
    length: Length = Length.SHORT
    topics: tuple[str, ...] = ()
    since_last: bool = False


@dataclass(frozen=True, slots=True)
class Briefer:
    """Writes briefings."""

    store: Store
    summariser: Summariser

    async def write(
        self, wanted: Wanted, told: Mapping[str, Told] = NOTHING_TOLD, *, patience: Patience = READER_WAITS
    ) -> Briefing:
        """The briefing of a window. Reads only; nothing is recorded as told.

        A model has ``patience`` for all of it: what is not written by then is told in the articles' words.
        """
        window = Window(wanted.since, wanted.at)
        async with self.store.read() as unit:
            stories = _on_topics(await unit.articles.stories(wanted.scope, window), wanted.topics)
            coverage = await _coverage(unit, wanted.scope, window)
        ranked = ranking.rank(stories, at=wanted.at, told=told, limit=MOST_POINTS)
        points = await asyncio.gather(*(self._point(choice, wanted, patience) for choice in ranked))
        coverage = replace(coverage, method=method_of([point.method for point in points]))
        return Briefing(
            language=wanted.language,
            zone=wanted.zone,
            at=wanted.at,
            window=window,
            points=tuple(points),
            coverage=coverage,
            length=wanted.length,
            since_last=wanted.since_last,
            on_topics=bool(wanted.topics),
        )

    async def _point(self, choice: Ranked, wanted: Wanted, patience: Patience) -> Point:
        story = _news(choice)
        since = None if Badge.UPDATED in choice.badges else wanted.since
        digest = await self.summariser.condense(story, wanted.language, since=since, patience=patience)
        return replace(point_of(story, digest, choice.badges), topics=_topics(choice.story))


def point_of(story: Story, digest: Digest, badges: tuple[Badge, ...]) -> Point:
    """A story as a briefing tells it."""
    return Point(
        story_id=story.id,
        headline=digest.headline,
        text=digest.text,
        badges=badges,
        article_ids=tuple(article.article.id for article in _cited(story, digest)),
        citations=_citations(story, digest),
        topics=_topics(story),
        newest_at=story.last_published,
        quoted_language=digest.quoted_language,
        facts=facts.fact_card(story) if digest.quoted_language else None,
        method=digest.method,
        translated_from=digest.translated_from,
        grounds=digest.grounds,
    )


def _news(choice: Ranked) -> Story:
    """The story as this reader is to be told it: of one they know, what is new, and nothing they have read."""
    story, fresh = choice.story, set(choice.fresh)
    if Badge.UPDATED not in choice.badges:
        return story
    return replace(story, articles=tuple(article for article in story.articles if article.article.id in fresh))


async def first_reading_done(unit: UnitOfWork, scope: Scope, at: datetime) -> bool:
    """Whether the very first round of reading is over: every feed tried, everything it brought judged.

    A feed added to a bot that has read for a while is no first reading.
    """
    known_since = await unit.articles.first_known(scope)
    if known_since is not None and at - known_since > FIRST_READING:
        return True
    polled = [feed.id for feed in await unit.feeds.listed(scope) if feed.polled]
    readings = await unit.feeds.readings(polled)
    if any(reading.last_attempt is None for reading in readings.values()):
        return False
    return not await unit.articles.unread(NEWSROOM_VERSION, 1)


async def _coverage(unit: UnitOfWork, scope: Scope, window: Window) -> Coverage:
    listed = await unit.feeds.listed(scope)
    heard_since = min(window.start, window.end - PACE_OF_READING)
    tally = await unit.articles.tally(scope, window)
    return Coverage(
        feeds_reached=await unit.articles.feeds_reached(scope, Window(heard_since, window.end)),
        feeds_total=len(listed),
        articles_read=tally.articles_read,
        articles_relevant=tally.articles_relevant,
        newest_article_at=tally.newest_article_at,
        method=Method.EXTRACTIVE,
        first_reading_done=await first_reading_done(unit, scope, window.end),
    )


def _on_topics(stories: Sequence[Story], topics: tuple[str, ...]) -> tuple[Story, ...]:
    if not topics:
        return tuple(stories)
    wanted = set(topics)
    return tuple(story for story in stories if any(wanted & set(article.topics) for article in story.articles))


def _topics(story: Story) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    for article in story.articles:
        for topic in article.topics:
            counts[topic] = counts.get(topic, 0) + 1
    return tuple(sorted(counts, key=lambda topic: -counts[topic]))


def _cited(story: Story, digest: Digest) -> tuple[SourcedArticle, ...]:
    """The articles the words came from first, then one of every other outlet, newest first."""
    used = [article for article in story.articles if article.article.id in digest.article_ids]
    outlets = {article.source.name for article in used}
    for article in sorted(story.articles, key=lambda article: article.article.published, reverse=True):
        if article.source.name not in outlets:
            outlets.add(article.source.name)
            used.append(article)
    return tuple(used)


def _citations(story: Story, digest: Digest) -> tuple[Citation, ...]:
    citations: dict[str, Citation] = {}
    for article in _cited(story, digest):
        source = article.source
        citations.setdefault(
            source.name,
            Citation(article.article.id, source.name, article.article.url, article.article.language, source.ownership),
        )
    return tuple(citations.values())


def last_hours(at: datetime, hours: int) -> datetime:
    """The start of a window of so many hours."""
    return at - timedelta(hours=hours)
