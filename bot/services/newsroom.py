"""The newsroom's turn: judge unread articles in published order, one process at a time.

The language work runs in a thread of its own, off the event loop: neither people nor DNS wait for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta

import structlog

from bot.domain.article import Article, Judgement, Relevance, Verdict
from bot.domain.claim import Claim
from bot.domain.feed import Feed
from bot.domain.story import OpenStory, Source, SourcedArticle
from bot.editorial import claims, corrections, relevance, topics
from bot.editorial.pack import NEWSROOM_VERSION
from bot.editorial.stories import WINDOW, Clusterer
from bot.editorial.text import terms
from bot.ports import Clock, Lease, Store

log = structlog.get_logger(__name__)

LEASE_NAME = "newsroom"
LEASE = timedelta(seconds=15)
BATCH = 200
"""Articles judged before the lease is renewed and the results are written."""
SEARCHED_WORDS = 400
"""Stems of an article kept for search: its title, its summary and how its text begins."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a turn did."""

    judged: int = 0
    relevant: int = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """One batch, decided: what is to be written."""

    judgements: tuple[Judgement, ...]
    claims: tuple[Claim, ...]
    stories: tuple[OpenStory, ...]


@dataclass(slots=True)
class Newsroom:
    """Judges what was read."""

    store: Store
    clock: Clock
    owner: str
    progress: Callable[[], None] = lambda: None
    """Told of every batch: much to read is no standstill."""
    _thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "newsroom"))

    async def turn(self) -> Report:
        """Judge everything unread. Nothing happens while another process is at it."""
        total = Report()
        clusterer: Clusterer | None = None
        while (lease := await self._lease()) is not None:
            async with self.store.read() as unit:
                batch = await unit.articles.unread(NEWSROOM_VERSION, BATCH)
                feeds = {feed.id: feed for feed in await unit.standings.everywhere()} if batch else {}
                if batch and clusterer is None:
                    clusterer = Clusterer(await unit.stories.open(batch[0].published - WINDOW))
            if not batch or clusterer is None:
                await self._release(lease)
                break
            relevant = await self._judge(lease, clusterer, batch, feeds)
            if relevant is None:
                log.warning("newsroom lost its lease", articles=len(batch))
                break
            total = Report(total.judged + len(batch), total.relevant + relevant)
            self.progress()
        return total

    async def _judge(
        self, lease: Lease, clusterer: Clusterer, batch: Sequence[Article], feeds: dict[int, Feed]
    ) -> int | None:
        """Judge and write a batch; how many are about the war. None: another process took over meanwhile.

        What chats' own feeds say comes second and leaves no trace in what everyone sees: it joins their stories or
        begins some apart.
        """
        everyones, guests = parted(batch, feeds)
        relevant: int | None = 0
        if everyones:
            relevant = await self._write(lease, await self._off_loop(clusterer, everyones, feeds))
        if guests and relevant is not None:
            async with self.store.read() as unit:
                rows = await unit.stories.open(guests[0].published - WINDOW, apart=True)
            judged = await self._off_loop(Clusterer(rows), guests, feeds)
            more = await self._write(lease, apart(judged, rows))
            relevant = None if more is None else relevant + more
        return relevant

    def close(self) -> None:
        """Let the thread go."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _lease(self) -> Lease | None:
        now = self.clock.now()
        async with self.store.write() as unit:
            return await unit.leases.acquire(LEASE_NAME, self.owner, now, now + LEASE)

    async def _release(self, lease: Lease) -> None:
        async with self.store.write() as unit:
            await unit.leases.release(lease)

    async def _off_loop(self, clusterer: Clusterer, batch: Sequence[Article], feeds: dict[int, Feed]) -> Judged:
        return await asyncio.get_running_loop().run_in_executor(self._thread, judge, clusterer, batch, feeds)

    async def _write(self, lease: Lease, judged: Judged) -> int | None:
        """Nothing is written by a process that stood still so long that another one may have judged the same."""
        now = self.clock.now()
        async with self.store.write() as unit:
            held = await unit.leases.acquire(LEASE_NAME, self.owner, now, now + LEASE)
            if held is None or held.fence != lease.fence:
                return None
            await unit.articles.record(judged.judgements)
            await unit.stories.save(judged.stories)
            await unit.claims.add(judged.claims, of=[judgement.article_id for judgement in judged.judgements])
        return sum(judgement.relevance.verdict is Verdict.YES for judgement in judged.judgements)


def parted(batch: Sequence[Article], feeds: dict[int, Feed]) -> tuple[tuple[Article, ...], tuple[Article, ...]]:
    """Articles of everyone's feeds, and those of chats' own feeds alone, each in their order."""
    guests = {
        article.id
        for article in batch
        if article.feed_ids and all(feed in feeds and not feeds[feed].public for feed in article.feed_ids)
    }
    return (
        tuple(article for article in batch if article.id not in guests),
        tuple(article for article in batch if article.id in guests),
    )


def apart(judged: Judged, rows: Sequence[OpenStory]) -> Judged:
    """Without the stories everyone shares: they stay as they were; what is left is marked."""
    everyones = {row.id for row in rows if not row.apart}
    begun = tuple(replace(story, apart=True) for story in judged.stories if story.id not in everyones)
    return replace(judged, stories=begun)


def judge(clusterer: Clusterer, batch: Sequence[Article], feeds: dict[int, Feed]) -> Judged:
    """Decide a batch: relevance first, then stories, then what each article says of which topic."""
    clusterer.forget_before(batch[0].published - WINDOW)
    first = [_relevance(article, feeds) for article in batch]
    story_of = {
        article.id: clusterer.assign(article)
        for article, found in zip(batch, first, strict=True)
        if found.verdict is not Verdict.NO
    }
    # A story may have been merged into another one later in the same batch.
    story_of = {article: clusterer.current(story) for article, story in story_of.items()}
    company = _company(batch, first, story_of)
    judgements: list[Judgement] = []
    said: list[Claim] = []
    for article, found in zip(batch, first, strict=True):
        settled = _settle(found, company.get(story_of.get(article.id, ""), ()))
        about = topics.topics_of(article.title, article.body, article.language) if article.id in story_of else ()
        judgements.append(_judgement(article, settled, story_of.get(article.id), about))
        if settled.verdict is Verdict.YES:
            said.extend(claims.extract(SourcedArticle(article, _source(article, feeds), about)))
    return Judged(tuple(judgements), tuple(said), clusterer.changed())


def _relevance(article: Article, feeds: dict[int, Feed]) -> Relevance:
    if corrections.withdrawn(article.title, article.summary, article.text):
        return corrections.WITHDRAWN
    dedicated = any(feeds[feed_id].spec.dedicated for feed_id in article.feed_ids if feed_id in feeds)
    return relevance.judge(article.title, article.summary, article.text, article.language, dedicated=dedicated)


def _company(
    batch: Sequence[Article], found: Sequence[Relevance], story_of: dict[str, str]
) -> dict[str, tuple[Verdict, ...]]:
    company: dict[str, list[Verdict]] = {}
    for article, judged in zip(batch, found, strict=True):
        if article.id in story_of:
            company.setdefault(story_of[article.id], []).append(judged.verdict)
    return {story: tuple(verdicts) for story, verdicts in company.items()}


def _settle(found: Relevance, company: tuple[Verdict, ...]) -> Relevance:
    if found.verdict is not Verdict.MAYBE:
        return found
    others = list(company)
    others.remove(Verdict.MAYBE)
    return relevance.settle(found, others)


def _judgement(article: Article, found: Relevance, story: str | None, about: tuple[str, ...]) -> Judgement:
    relevant = found.verdict is not Verdict.NO
    return Judgement(
        article_id=article.id,
        relevance=found,
        story_id=story if relevant else None,
        topics=about if relevant else (),
        newsroom_version=NEWSROOM_VERSION,
        search_terms=_search_terms(article) if relevant else (),
    )


def _search_terms(article: Article) -> tuple[str, ...]:
    text = f"{article.title} {article.summary} {article.text}"
    return tuple(terms(text[: SEARCHED_WORDS * 8], article.language)[:SEARCHED_WORDS])


def _source(article: Article, feeds: dict[int, Feed]) -> Source:
    feed = feeds.get(article.feed_ids[0]) if article.feed_ids else None
    if feed is None:
        return Source("", article.language)
    return Source(feed.name, article.language, feed.spec.country, feed.spec.ownership)
