"""Poll: fetch what is due, store new articles as unread, remember how each feed went.

Requests happen outside any transaction; a round's results are written together, so that two hundred unchanged feeds
cost one statement.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.domain import polling
from bot.domain.article import Article, Entry, ParsedFeed
from bot.domain.errors import DepecheError, FetchError, HttpStatus, ParseError
from bot.domain.feed import Feed, FeedReading
from bot.editorial.language import detect
from bot.ports import Clock, Fetched, Fetcher, FetchRequest, Parser, Store

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=15)
"""As long as leases may last; a round that takes longer renews them."""
RENEWAL_SECONDS = 5.0
ROUND = 50
"""Feeds taken at once: their deadline is shared, and their bodies must fit in memory."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one feed went."""

    feed: Feed
    reading: FeedReading
    articles: tuple[Article, ...] = ()
    error: DepecheError | None = None
    moved_to: str | None = None
    title: str | None = None
    """What the feed calls itself, where that is news."""

    @property
    def gone(self) -> bool:
        """Its server said that it will not come back."""
        return isinstance(self.error, HttpStatus) and self.error.status == polling.GONE


@dataclass(frozen=True, slots=True)
class Report:
    """How a round went."""

    outcomes: tuple[Outcome, ...] = ()
    new_articles: int = 0

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The feeds that could not be read."""
        return tuple(outcome for outcome in self.outcomes if outcome.error is not None)


@dataclass(frozen=True, slots=True)
class Poller:
    """Reads feeds."""

    store: Store
    fetcher: Fetcher
    parser: Parser
    clock: Clock
    owner: str
    """This process's name in leases."""
    minimum: timedelta
    replay: bool = False
    """The clock stands at a past moment: what was published later is not known yet."""

    async def due(self) -> Report:
        """Read every feed that is due, in rounds, until none is."""
        return await self._rounds(everything=False)

    async def all(self) -> Report:
        """Read every active feed once, due or not."""
        return await self._rounds(everything=True)

    async def _rounds(self, *, everything: bool) -> Report:
        total = Report()
        while leased := await self._lease(everything=everything):
            for start in range(0, len(leased), ROUND):
                report = await self._round(leased[start : start + ROUND])
                total = Report(total.outcomes + report.outcomes, total.new_articles + report.new_articles)
            if everything:
                break
        return total

    async def _lease(self, *, everything: bool) -> tuple[tuple[Feed, FeedReading], ...]:
        now = self.clock.now()
        async with self.store.write() as unit:
            if everything:
                return await unit.feeds.lease_all(self.owner, now, now + LEASE)
            return await unit.feeds.lease_due(self.owner, now, now + LEASE, ROUND)

    async def _round(self, leased: Sequence[tuple[Feed, FeedReading]]) -> Report:
        ids = [feed.id for feed, _ in leased]
        renewing = asyncio.create_task(self._renew(ids))
        try:
            outcomes = await asyncio.gather(*(self._read(feed, reading) for feed, reading in leased))
        finally:
            renewing.cancel()
        async with self.store.write() as unit:
            added = await unit.articles.add([article for outcome in outcomes for article in outcome.articles])
            await unit.feeds.save_readings([outcome.reading for outcome in outcomes])
            for outcome in outcomes:
                if outcome.moved_to is not None:
                    await unit.feeds.move(outcome.feed.id, outcome.moved_to)
                if outcome.gone:
                    await unit.feeds.stop(outcome.feed.id)
                if outcome.title is not None:
                    await unit.feeds.entitle(outcome.feed.id, outcome.title)
        return Report(tuple(outcomes), len(added))

    async def _renew(self, feed_ids: Sequence[int]) -> None:
        while True:
            await asyncio.sleep(RENEWAL_SECONDS)  # Real time: it is the server that is slow, whatever day is replayed.
            async with self.store.write() as unit:
                await unit.feeds.renew(self.owner, feed_ids, self.clock.now() + LEASE)

    async def _read(self, feed: Feed, reading: FeedReading) -> Outcome:
        try:
            fetched = await self.fetcher.fetch(FetchRequest(feed.spec.url, reading.validators))
            return await self._understand(feed, reading, fetched)
        except (FetchError, ParseError) as error:
            log.info("feed failed", feed=feed.id, error=error.key)
            now = self.clock.now()
            return Outcome(feed, polling.after_failure(feed, reading, error, now, self.minimum), error=error)

    async def _understand(self, feed: Feed, reading: FeedReading, fetched: Fetched) -> Outcome:
        now = self.clock.now()
        fingerprint = None if fetched.body is None else polling.body_hash(fetched.body)
        answer = polling.Answer(fetched.validators, fingerprint, fetched.fresh_seconds, reading.skipped_entries)
        articles: tuple[Article, ...] = ()
        title = None
        if fingerprint is not None and fingerprint != reading.body_hash:
            parsed = await self.parser.parse(fetched, seen_at=now)
            asked = max(fetched.fresh_seconds, parsed.minimum_interval_seconds)
            answer = replace(answer, asked_seconds=asked, skipped_entries=parsed.skipped)
            articles = articles_of(feed, parsed, now, replay=self.replay)
            title = parsed.title if parsed.title and parsed.title != feed.title else None
        following = polling.after_answer(feed, reading, answer, now, self.minimum)
        return Outcome(feed, following, articles, moved_to=fetched.moved_to, title=title)


def articles_of(feed: Feed, parsed: ParsedFeed, now: datetime, *, replay: bool = False) -> tuple[Article, ...]:
    """A feed's entries as articles known from ``now`` on; the same address is the same article.

    A date in the future is a publisher's mistake and becomes ``now``; in a replay it is the future.
    """
    known = (entry for entry in parsed.entries if not (replay and entry.published and entry.published > now))
    unique = {_identity(feed, entry): entry for entry in reversed(tuple(known))}
    return tuple(_article(identity, feed, parsed, entry, now) for identity, entry in reversed(unique.items()))


def _identity(feed: Feed, entry: Entry) -> str:
    key = entry.url or f"{feed.spec.url} {entry.guid}"
    return hashlib.blake2b(key.encode(), digest_size=8).hexdigest()


def _article(identity: str, feed: Feed, parsed: ParsedFeed, entry: Entry, now: datetime) -> Article:
    return Article(
        id=identity,
        url=entry.url,
        title=entry.title,
        summary=entry.summary,
        text=entry.text,
        language=detect(f"{entry.title} {entry.summary}", feed.spec.language or entry.language or parsed.language),
        published=min(entry.published or now, now),
        known_at=now,
        feed_ids=(feed.id,),
    )
