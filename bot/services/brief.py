"""Brief: pick, rank and write what changed in a window, from what one chat can see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.briefing import Badge, Briefing, Citation, Coverage, Length, Method, Point, Window
from bot.domain.language import ReaderLanguage
from bot.domain.story import Digest, Ranked, SourcedArticle, Story, Told
from bot.editorial import facts, ranking
from bot.ports import Scope, Store, Summariser, UnitOfWork

MOST_POINTS = 5
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

    async def write(self, wanted: Wanted, told: Mapping[str, Told] = NOTHING_TOLD) -> Briefing:
        """The briefing of a window. Reads only; nothing is recorded as told."""
        window = Window(wanted.since, wanted.at)
        async with self.store.read() as unit:
            stories = _on_topics(await unit.articles.stories(wanted.scope, window), wanted.topics)
            coverage = await _coverage(unit, wanted.scope, window)
        ranked = ranking.rank(stories, at=wanted.at, told=told, limit=MOST_POINTS)
        points = [await self._point(choice, wanted.language, told) for choice in ranked]
        return Briefing(
            language=wanted.language,
            zone=wanted.zone,
            at=wanted.at,
            window=window,
            points=tuple(points),
            coverage=coverage,
            length=wanted.length,
            since_last=wanted.since_last,
        )

    async def _point(self, choice: Ranked, language: ReaderLanguage, told: Mapping[str, Told]) -> Point:
        story = choice.story
        before = told.get(story.id)
        digest = await self.summariser.condense(story, language, since=before.at if before else None)
        return point_of(story, digest, choice.badges)


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
    )


async def _coverage(unit: UnitOfWork, scope: Scope, window: Window) -> Coverage:
    listed = await unit.feeds.listed(scope)
    readings = await unit.feeds.readings([feed.id for feed in listed if feed.polled])
    tally = await unit.articles.tally(scope, window)
    return Coverage(
        feeds_reached=await unit.articles.feeds_reached(scope, window),
        feeds_total=len(listed),
        articles_read=tally.articles_read,
        articles_relevant=tally.articles_relevant,
        newest_article_at=tally.newest_article_at,
        method=Method.EXTRACTIVE,
        first_reading_done=all(reading.last_attempt is not None for reading in readings.values()),
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
