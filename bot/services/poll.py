"""Poll: fetch what is due, store new articles as unread, remember how each feed went.

Requests happen outside any transaction. What they brought is written in batches while others are still under way, so
that two hundred unchanged feeds cost one statement, and no more than a batch of articles is ever held in memory.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import islice

import structlog

from bot.domain import polling
from bot.domain.article import Article
from bot.domain.errors import DepecheError, FetchError, HttpStatus, NotWanted, ParseError
from bot.domain.feed import NO_VALIDATORS, Feed, FeedReading, Rhythm
from bot.ports import Clock, Fetched, Fetcher, FetchRequest, Parser, Store
from bot.services.entries import articles_of
from bot.services.full_text import FullText
from bot.services.holding import holding
from bot.services.revising import revise

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=15)
"""As long as leases may last; a round that takes longer renews them."""
ROUND = 200
"""Feeds leased at once."""
AT_ONCE = 30
"""Feeds read at once: their bodies must fit in memory. As many as the fetcher opens connections."""
BATCH = 200
"""Feeds whose results are written together."""
BATCH_CHARACTERS = 500_000
"""Titles and texts held before they are written."""
BATCH_SECONDS = 5.0
"""What was read waits at most this long for slower feeds before it is written."""


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

    @property
    def weight(self) -> int:
        """Characters of its articles."""
        return sum(len(article.title) + len(article.summary) + len(article.text) for article in self.articles)


@dataclass(frozen=True, slots=True)
class Failure:
    """A feed that could not be read."""

    feed: Feed
    error: DepecheError


@dataclass(frozen=True, slots=True)
class Report:
    """How a round, or a part of it, went: counts only, whatever was read."""

    read: int = 0
    """Feeds that were asked, failures included."""
    new_articles: int = 0
    failed: tuple[Failure, ...] = ()

    def __add__(self, other: Report) -> Report:
        """Both together."""
        return Report(self.read + other.read, self.new_articles + other.new_articles, self.failed + other.failed)


@dataclass(slots=True)
class _Hold:
    """The feeds a round still holds, and until when. A process that stood still asks no server before it knows."""

    feeds: frozenset[int]
    until: datetime

    def has(self, feed_id: int, clock: Clock) -> bool:
        """Nobody else can have taken it."""
        return feed_id in self.feeds and clock.now() < self.until


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
    full_text: FullText | None = None
    """Completes excerpts, for the feeds whose operator wants it."""

    async def due(self) -> Report:
        """Read every feed that is due, until none is."""
        return await _total(self.rounds(everything=False))

    async def all(self) -> Report:
        """Read every active feed once, due or not."""
        return await _total(self.rounds(everything=True))

    async def rounds(self, *, everything: bool) -> AsyncIterator[Report]:
        """Read feeds; a report for each batch as soon as it is stored."""
        while leased := await self._lease(everything=everything):
            hold = _Hold(frozenset(feed.id for feed, _ in leased), self.clock.now() + LEASE)
            welcome = leased if everything else await self._postpone(leased)
            async with holding(partial(self._renew, hold)):
                async for batch in self._batches(welcome, hold):
                    yield await self._write(batch)
            if everything:
                break

    async def _lease(self, *, everything: bool) -> tuple[tuple[Feed, FeedReading], ...]:
        now = self.clock.now()
        async with self.store.write() as unit:
            if everything:
                return await unit.feeds.lease_all(self.owner, now, now + LEASE)
            return await unit.feeds.lease_due(self.owner, now, now + LEASE, ROUND)

    async def _postpone(self, leased: Sequence[tuple[Feed, FeedReading]]) -> tuple[tuple[Feed, FeedReading], ...]:
        """Give back the feeds that ask to be left alone at this hour (a late tick, a bot that was away); the others."""
        now = self.clock.now()
        welcome = {reading.feed_id: polling.welcome(now, reading.rhythm) for _, reading in leased}
        later = [replace(reading, next_poll=at) for _, reading in leased if (at := welcome[reading.feed_id]) > now]
        if later:
            async with self.store.write() as unit:
                await unit.feeds.save_readings(later)
        return tuple(pair for pair in leased if welcome[pair[0].id] == now)

    async def _renew(self, hold: _Hold) -> None:
        """Keep the leases; those already given back, or taken by somebody else, stay so."""
        until = self.clock.now() + LEASE
        async with self.store.write() as unit:
            feeds = await unit.feeds.renew(self.owner, tuple(hold.feeds), until)
        hold.feeds, hold.until = feeds, until

    async def _batches(self, leased: Sequence[tuple[Feed, FeedReading]], hold: _Hold) -> AsyncIterator[list[Outcome]]:
        loop = asyncio.get_running_loop()
        batch: list[Outcome] = []
        weight, since = 0, loop.time()
        async with contextlib.aclosing(self._outcomes(leased, hold)) as outcomes:
            async for outcome in outcomes:
                batch.append(outcome)
                weight += outcome.weight
                if len(batch) >= BATCH or weight >= BATCH_CHARACTERS or loop.time() - since >= BATCH_SECONDS:
                    yield batch
                    batch, weight, since = [], 0, loop.time()
        if batch:
            yield batch

    async def _outcomes(self, leased: Sequence[tuple[Feed, FeedReading]], hold: _Hold) -> AsyncGenerator[Outcome, None]:
        """How each feed went, the quickest first."""
        waiting = iter(leased)
        running = {asyncio.create_task(self._read(*pair, hold)) for pair in islice(waiting, AT_ONCE)}
        try:
            while running:
                done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    if (outcome := task.result()) is not None:
                        yield outcome
                running |= {asyncio.create_task(self._read(*pair, hold)) for pair in islice(waiting, len(done))}
        finally:
            for task in running:
                task.cancel()

    async def _write(self, brought: Sequence[Outcome]) -> Report:
        """Store what is ours to store: what another process has read since is newer, and stays."""
        async with self.store.write() as unit:
            ours = await unit.feeds.held(self.owner, [outcome.feed.id for outcome in brought])
            batch = [outcome for outcome in brought if outcome.feed.id in ours]
            articles = [article for outcome in batch for article in outcome.articles]
            added = await unit.articles.add(articles)
            await revise(unit, articles, self.clock.now())
            await unit.feeds.save_readings([outcome.reading for outcome in batch])
            for outcome in batch:
                if outcome.moved_to is not None:
                    await unit.feeds.move(outcome.feed.id, outcome.moved_to)
                if outcome.gone:
                    await unit.feeds.stop(outcome.feed.id)
                if outcome.title is not None:
                    await unit.feeds.entitle(outcome.feed.id, outcome.title)
        failures = tuple(Failure(outcome.feed, outcome.error) for outcome in batch if outcome.error is not None)
        return Report(len(batch), len(added), failures)

    async def _read(self, feed: Feed, reading: FeedReading, hold: _Hold) -> Outcome | None:
        """How it went; None where it was not asked, since it may be somebody else's by now."""
        wanted = partial(hold.has, feed.id, self.clock)
        try:
            fetched = await self.fetcher.fetch(FetchRequest(feed.spec.url, reading.validators, wanted))
            return await self._understand(feed, reading, fetched)
        except (FetchError, ParseError) as error:
            return self._failed(feed, reading, error)
        except NotWanted:
            return None
        except Exception:  # Whatever one feed breaks in us, the others must be read all the same.
            log.exception("feed crashed", feed=feed.id)
            return self._failed(feed, reading, DepecheError("crashed"))

    def _failed(self, feed: Feed, reading: FeedReading, error: DepecheError) -> Outcome:
        log.info("feed failed", feed=feed.id, error=error.key)
        now = self.clock.now()
        return Outcome(feed, polling.after_failure(feed, reading, error, now, self.minimum), error=error)

    async def _understand(self, feed: Feed, reading: FeedReading, fetched: Fetched) -> Outcome:
        now = self.clock.now()
        fingerprint = None if fetched.body is None else polling.body_hash(fetched.body)
        answer = polling.Answer(fetched.validators, fingerprint, fetched.fresh_seconds, reading.skipped_entries)
        if fingerprint is None or fingerprint == reading.body_hash:
            following = polling.after_answer(feed, reading, answer, now, self.minimum)
            return Outcome(feed, following, moved_to=fetched.moved_to)
        parsed = await self.parser.parse(fetched, seen_at=now)
        gap = polling.gap_seconds((entry.published for entry in parsed.entries), now)
        rhythm = Rhythm(parsed.minimum_interval_seconds, gap, parsed.skipped_hours, parsed.skipped_days)
        answer = replace(answer, skipped_entries=parsed.skipped, rhythm=rhythm)
        articles = articles_of(feed, parsed, now, replay=self.replay)
        if self.full_text is not None and feed.spec.full_text and not self.replay:
            articles = await self.full_text.complete(feed, articles, now)
        if fetched.reserved:
            articles = tuple(replace(article, reserved=True) for article in articles)
        following = polling.after_answer(feed, reading, answer, now, self.minimum)
        if self.replay and any(entry.published and entry.published > now for entry in parsed.entries):
            # What was held back must be found when the feed is next read: it may not count as seen.
            following = replace(following, validators=NO_VALIDATORS, body_hash=None)
        title = parsed.title if parsed.title and parsed.title != feed.title else None
        return Outcome(feed, following, articles, moved_to=fetched.moved_to, title=title)


async def _total(rounds: AsyncIterator[Report]) -> Report:
    total = Report()
    async for report in rounds:
        total += report
    return total
