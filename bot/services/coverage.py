"""What this process remembers of the articles on topics, so that an answer reads hardly more than their ids.

Nothing here is older than the database says: each article has a number that is another one when it was judged anew, and
who may see it, by which feeds, in which story, is asked each time. What is only counted may lag, as told below.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.domain.article import Article
from bot.domain.briefing import Window
from bot.domain.claim import Claim
from bot.domain.feed import Feed
from bot.domain.language import ArticleLanguage
from bot.domain.story import Report, Source, SourcedArticle
from bot.domain.topic import TopicId
from bot.editorial.settling import shortened
from bot.ports import Counted, Listed, Remembered, Scope, UnitOfWork

MOST_ARTICLES = 200
"""Newest first; a state is decided by the newest, and an answer must come in 20 ms. The trend counts all."""
WEEK = timedelta(days=7)
MOST_REMEMBERED = 4_096
"""Articles: as many as some twenty topics' newest, shared by most chats. About 5 KB each, with three claims."""
MOST_COUNTED = 20_000
"""Articles of one topic in a fortnight, 0.4 KB each; more of them are counted anew for each answer."""
COUNTS_LAST = timedelta(hours=2)
"""After so long they are counted anew: what was deleted, and a second feed that brought an article, are not noticed."""
STEADY_LASTS = timedelta(days=1)
FOLLOWED_LASTS = timedelta(minutes=10)
MOST_FOLLOWED = 64
"""Sets of feeds."""
MOST_CHANGES = 2_000
"""Articles that changed since the last look; after more, such as a large import, everything is counted anew."""


class Told(NamedTuple):
    """The newest articles on a topic, and what they say of it."""

    articles: tuple[SourcedArticle, ...]
    """Newest first; their texts are shortened to what is compared."""
    claims: tuple[Claim, ...]
    """Oldest article first."""


@dataclass(slots=True)
class _Said:
    """What an article says, and how it was last seen: mostly everyone sees it alike."""

    changes: Mapping[TopicId, int]
    article: Article
    topics: tuple[TopicId, ...]
    claims: Mapping[TopicId, tuple[Claim, ...]]
    seen: SourcedArticle | None = None

    def by(self, feeds: Sequence[Feed], source: Source, story_id: str | None) -> SourcedArticle:
        """The article with the feeds, the outlet and the story it has for someone."""
        seen, feed_ids = self.seen, tuple([feed.id for feed in feeds])
        if seen is None or (seen.article.feed_ids, seen.story_id, seen.source) != (feed_ids, story_id, source):
            seen = SourcedArticle(replace(self.article, feed_ids=feed_ids), source, self.topics, story_id)
            self.seen = seen
        return seen


class _Counts(NamedTuple):
    at: datetime
    reports: dict[str, Report]
    """By article id, with every feed that carried it."""


class View(NamedTuple):
    """What one may see at a moment, as one unit of work has it."""

    scope: Scope
    at: datetime
    visible: frozenset[int]
    """Feeds."""
    revision: int
    """Of the newsroom's last change on any topic."""


@dataclass(slots=True)
class Coverage:
    """Articles remembered, and counts kept. For one event loop; several may share a database."""

    _said: OrderedDict[str, _Said] = field(default_factory=OrderedDict)
    _counts: dict[TopicId, _Counts] = field(default_factory=dict)
    _revision: int = 0
    """What ``_counts`` are the counts of."""
    _steady: tuple[datetime, frozenset[int]] | None = None
    _followed: OrderedDict[frozenset[int], tuple[datetime, datetime | None]] = field(default_factory=OrderedDict)

    async def view(
        self,
        unit: UnitOfWork,
        scope: Scope,
        at: datetime,
        visible: frozenset[int] | None = None,
        revision: int | None = None,
    ) -> View:
        """What a scope sees now; what the newsroom has written meanwhile is counted.

        ``visible``: feeds, ``revision``: of any topic, where the caller has read them in the same unit of work.
        """
        now, _ = await self._catch_up(unit, revision)
        return View(scope, at, await unit.feeds.visible(scope) if visible is None else visible, now)

    async def followed_since(self, unit: UnitOfWork, view: View) -> datetime | None:
        """When the first article in view became known; remembered for ten minutes by the feeds in view."""
        kept = self._followed.get(view.visible)
        if kept is None or not _is_young(kept[0], view.at, FOLLOWED_LASTS):
            kept = self._followed[view.visible] = view.at, await unit.articles.first_known(view.scope)
            while len(self._followed) > MOST_FOLLOWED:
                self._followed.popitem(last=False)
        return kept[1]

    async def newest(self, unit: UnitOfWork, topic: TopicId, view: View, memory: timedelta, most: int) -> Told:
        """The newest relevant articles on a topic that are in view, no older than so much and no more than so many."""
        listed = await unit.coverage.newest(topic, view.scope, view.at - memory, most)
        said = await self._all_said(unit, topic, listed)
        articles = tuple(_sourced(said, listed))
        claims = (claim for one in reversed(listed) for claim in said[one.article_id].claims.get(topic, ()))
        return Told(articles, tuple(claims))

    async def reports(self, unit: UnitOfWork, topic: TopicId, view: View) -> tuple[Report, ...]:
        """Every relevant article of the last fortnight on a topic that came by a feed in view."""
        counts = await self._counted(unit, topic, view, COUNTS_LAST)
        return tuple(report for report in counts.values() if not view.visible.isdisjoint(report.feed_ids))

    async def steady(self, unit: UnitOfWork, view: View, *, lasting: timedelta = STEADY_LASTS) -> frozenset[int]:
        """Feeds, in view or not, that were read in both weeks the trend compares; found once a day."""
        if self._steady is None or not _is_young(self._steady[0], view.at, lasting):
            weeks = (Window(view.at - 2 * WEEK, view.at - WEEK), Window(view.at - WEEK, view.at))
            self._steady = view.at, await unit.articles.steady_feeds(view.scope, weeks)
        return self._steady[1]

    async def renew(self, unit: UnitOfWork, at: datetime) -> None:
        """Learn what the newsroom has written, and count anew what is soon to be: for after its turn."""
        revision, changed = await self._catch_up(unit)
        await self._learn(unit, [one.article_id for one in changed if one.topics][-MOST_ARTICLES:])
        view = View(Scope(known_by=at), at, frozenset(), revision)
        await self.steady(unit, view, lasting=STEADY_LASTS / 2)
        if self._counts:
            oldest = min(self._counts, key=lambda topic: self._counts[topic].at)
            await self._counted(unit, oldest, view, COUNTS_LAST / 2)

    async def _all_said(self, unit: UnitOfWork, topic: TopicId, listed: Sequence[Listed]) -> Mapping[str, _Said]:
        known: dict[str, _Said] = {}
        for one in listed:
            said = self._said.get(one.article_id)
            if said is not None and said.changes.get(topic, 0) == one.change:
                known[one.article_id] = said
                self._said.move_to_end(one.article_id)
        missing = [one.article_id for one in listed if one.article_id not in known]
        return known | await self._learn(unit, missing) if missing else known

    async def _learn(self, unit: UnitOfWork, article_ids: Sequence[str]) -> dict[str, _Said]:
        learnt = {name: _said(found) for name, found in (await unit.coverage.remembered(article_ids)).items()}
        for name, said in learnt.items():
            self._said[name] = said
            self._said.move_to_end(name)
        while len(self._said) > MOST_REMEMBERED:
            self._said.popitem(last=False)
        return learnt

    async def _catch_up(self, unit: UnitOfWork, known: int | None = None) -> tuple[int, Sequence[Counted]]:
        """Count what changed since the last look: the revision that the unit of work sees, and what changed."""
        revision = await unit.coverage.revision() if known is None else known
        before = self._revision
        if revision <= before:
            return revision, ()
        if revision - before > MOST_CHANGES:
            self._counts.clear()
            self._revision = revision
            return revision, ()
        changed = await unit.coverage.changed(before)
        if revision > self._revision:  # Else another task was faster.
            for one in changed:
                self._count(one)
            self._revision = revision
        return revision, changed

    async def _counted(self, unit: UnitOfWork, topic: TopicId, view: View, lasting: timedelta) -> Mapping[str, Report]:
        counts = self._counts.get(topic)
        if counts is None or not _is_young(counts.at, view.at, lasting):
            counts = _Counts(view.at, _by_id(await unit.coverage.counted(topic, view.at - 2 * WEEK)))
            # What was read is older than the other counts where another task has caught up meanwhile.
            if view.revision == self._revision and len(counts.reports) <= MOST_COUNTED:
                self._counts[topic] = counts
        return counts.reports

    def _count(self, changed: Counted) -> None:
        for topic, counts in self._counts.items():
            if topic in changed.topics:
                counts.reports[changed.article_id] = changed.report
            else:
                counts.reports.pop(changed.article_id, None)


def _sourced(said: Mapping[str, _Said], listed: Sequence[Listed]) -> Iterator[SourcedArticle]:
    """The articles with what one sees of them; each outlet is made once, so that equal ones are told so at once."""
    made: dict[tuple[int, ArticleLanguage], Source] = {}
    for one in listed:
        known, first = said[one.article_id], one.feeds[0]
        key = (first.id, first.spec.language or known.article.language)
        if key not in made:
            made[key] = Source(first.name, key[1], first.spec.country, first.spec.ownership)
        yield known.by(one.feeds, made[key], one.story_id)


def _is_young(then: datetime, at: datetime, lasting: timedelta) -> bool:
    """A clock that was set back must not keep anything for longer."""
    return timedelta() <= at - then < lasting


def _said(found: Remembered) -> _Said:
    claims: dict[TopicId, tuple[Claim, ...]] = {}
    for claim in found.claims:
        claims[claim.topic] = (*claims.get(claim.topic, ()), claim)
    return _Said(found.changes, shortened(found.article), found.topics, claims)


def _by_id(counted: Collection[Counted]) -> dict[str, Report]:
    """Equal sets of feeds, of which there are few, are kept once."""
    same: dict[frozenset[int], frozenset[int]] = {}
    return {
        one.article_id: one.report._replace(feed_ids=same.setdefault(one.report.feed_ids, one.report.feed_ids))
        for one in counted
    }
