"""What the store costs at size, on SQLite and on PostgreSQL: a million subscriptions, 100,000 articles.

``python -m tests.bench.bench_store subscriptions`` is one of the two; an address of a database is tried instead of
the two. Prints wall and CPU time of this process (a PostgreSQL server's own CPU time is not in it).
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import asyncpg
from sqlalchemy import insert

from bot.adapters.sql.schema import chats, subscriptions
from bot.adapters.sql.store import SqlStore
from bot.domain.article import Article, Judgement, Relevance, Verdict
from bot.domain.briefing import Length, Window
from bot.domain.feed import FeedReading, FeedSpec
from bot.domain.subscription import Slot, Subscription
from bot.ports import Scope
from bot.services.editions import BATCH as CLAIMED
from tests.postgres_server import running_server

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
PARTS = ("articles", "subscriptions")
LEASE = timedelta(seconds=15)
SUBSCRIPTIONS = 1_000_000
DUE = 700
"""Of a million daily subscriptions, about so many are due in a minute of the day."""
BATCHES = 30
MINUTES = 5
ARTICLES = 100_000
BATCH = 10_000
"""Articles written at once."""
FEEDS = 200


@contextmanager
def measured(what: str) -> Iterator[None]:
    """Print how long the block took."""
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{what:<62} {wall * 1000:>9.1f} ms wall {cpu * 1000:>9.1f} ms CPU", flush=True)


@asynccontextmanager
async def a_store(url: str | None) -> AsyncIterator[SqlStore]:
    """The database asked for, opened as a process does that starts; None: a temporary file."""
    with tempfile.TemporaryDirectory() as folder:
        store = await SqlStore.open(url or f"sqlite:///{Path(folder, 'bench.db')}")
        yield store
        await store.close()


async def bench_subscriptions(url: str) -> None:
    """Claim what is due among a million, as a process does that has just started."""
    async with a_store(url) as store:
        await _fill(store)
    await _settle(url)
    async with a_store(url) as store:
        await _claim(store)


async def _fill(store: SqlStore) -> None:
    chat = {"platform": "telegram", "thread": "", "kind": "private", "state": "active"}
    async with store._database.writing() as connection:
        for start in range(1, SUBSCRIPTIONS + 1, 1000):
            some = range(start, start + 1000)
            await connection.execute(insert(chats), [{**chat, "id": number, "chat": str(number)} for number in some])
            await connection.execute(insert(subscriptions), [_subscription_row(number) for number in some])


async def _claim(store: SqlStore) -> None:
    """In batches as editions are written, while hundreds are due; then all of a minute at once."""
    print("    the first claim, with nothing due, compiles its statements", flush=True)
    with measured("claim nothing"):
        await _lease(store, NOW - timedelta(days=1), CLAIMED)
    walls, cpus = [], []
    for _ in range(BATCHES):
        wall, cpu = time.perf_counter(), time.process_time()
        assert len(await _lease(store, NOW, CLAIMED)) == CLAIMED
        walls.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.process_time() - cpu))
    print(
        f"claim {CLAIMED} of {SUBSCRIPTIONS:,}, {BATCHES} times: median {median(walls):.1f}, at most {max(walls):.1f}"
        f" ms wall; median {median(cpus):.1f}, at most {max(cpus):.1f} ms CPU",
        flush=True,
    )
    taken: tuple[Subscription, ...] = ()
    for minute in range(1, MINUTES):
        with measured(f"claim {DUE} at once of {SUBSCRIPTIONS:,}, minute {minute + 1}"):
            taken = await _lease(store, NOW + timedelta(minutes=minute), DUE)
        print(f"    {len(taken)} were due")
    with measured("advance one of them"):
        async with store.write() as unit:
            following = Slot(NOW + timedelta(days=1), NOW.date() + timedelta(days=1), 0)
            await unit.subscriptions.advance(taken[0].id, taken[0].next_slot, following)


async def _lease(store: SqlStore, moment: datetime, limit: int) -> tuple[Subscription, ...]:
    async with store.write() as unit:
        return await unit.subscriptions.lease_due("us", moment, moment + LEASE, limit)


def _subscription_row(number: int) -> dict[str, object]:
    wait = timedelta(minutes=number % (SUBSCRIPTIONS // DUE))
    return {
        "id": number,
        "chat_id": number,
        "times": ["12:00:00"],
        "zone": "Africa/Dakar",
        "days": [0, 1, 2, 3, 4, 5, 6],
        "language": "fr",
        "length": Length.SHORT,
        "topics": [],
        "silent": False,
        "next_at": NOW + wait,
        "next_date": NOW.date(),
        "next_ordinal": 0,
        "chat_active": True,
    }


async def bench_feeds(store: SqlStore) -> tuple[int, ...]:
    """A round of unchanged feeds."""
    specs = [FeedSpec(f"https://{number}.example/feed", f"Feed {number}", "fr") for number in range(FEEDS)]
    with measured(f"put {FEEDS} feeds on the list"):
        async with store.write() as unit:
            await unit.feeds.reconcile(specs)
    with measured(f"lease {FEEDS} due feeds"):
        async with store.write() as unit:
            leased = await unit.feeds.lease_due("us", NOW, NOW + LEASE, FEEDS)
    with measured(f"save {FEEDS} unchanged readings"):
        async with store.write() as unit:
            readings = [FeedReading(feed.id, last_success=NOW, next_poll=NOW + LEASE) for feed, _ in leased]
            await unit.feeds.save_readings(readings)
    return tuple(feed.id for feed, _ in leased)


async def bench_articles(store: SqlStore, feed_ids: tuple[int, ...], url: str) -> None:
    """Store, judge and tell 100,000 articles of 100 days: 5 a story, one in four about the war."""
    batch: list[Article] = []
    for start in range(0, ARTICLES, BATCH):
        batch = _articles(start, feed_ids)
        shown = start in {0, ARTICLES - BATCH}
        with measured(f"store {BATCH:,} articles, after {start:,}") if shown else nullcontext():
            async with store.write() as unit:
                await unit.articles.add(batch)
        with measured(f"record {BATCH:,} judgements, after {start:,}") if shown else nullcontext():
            async with store.write() as unit:
                await unit.articles.record([_judgement(article) for article in batch])
    with measured(f"store {BATCH:,} articles that are known"):
        async with store.write() as unit:
            await unit.articles.add(batch)
    await _settle(url)
    await bench_answers(store)


async def bench_answers(store: SqlStore) -> None:
    """Ask what briefings and commands ask."""
    scope = Scope(known_by=NOW)
    async with store.read() as unit:
        for hours in (24, 72):
            window = Window(NOW - timedelta(hours=hours), NOW)
            with measured(f"stories of {hours} h among {ARTICLES:,} articles"):
                stories = await unit.articles.stories(scope, window)
            print(f"    {len(stories)} stories, {sum(len(story.articles) for story in stories)} articles")
            with measured(f"tally of {hours} h"):
                await unit.articles.tally(scope, window)
            with measured(f"feeds reached in {hours} h"):
                await unit.articles.feeds_reached(scope, window)
        month = Window(NOW - timedelta(days=30), NOW)
        with measured("200 newest articles on a topic, 30 days, with their words"):
            listed = await unit.coverage.newest("topic3", scope, month.start, 200)
            await unit.coverage.remembered([one.article_id for one in listed])
        with measured("search two words"):
            found = await unit.articles.search(["stem17", "stem24"], scope, 20)
        print(f"    {len(found)} found")
        with measured("unread articles where there are none"):
            await unit.articles.unread(1, 200)


async def _settle(url: str) -> None:
    """Do what PostgreSQL does by itself within a minute of such a load. SQLite needs nothing of the kind."""
    if url.startswith("postgres"):
        connection = await asyncpg.connect(url)
        await connection.execute("VACUUM ANALYZE")
        await connection.close()


def _articles(start: int, feed_ids: tuple[int, ...]) -> list[Article]:
    step = timedelta(days=100) / ARTICLES
    blank = Article("", None, "", "A summary of some words. " * 8, "A sentence of the text. " * 60, "fr", NOW, NOW, ())
    return [
        replace(
            blank,
            id=f"{number:016x}",
            url=f"https://example.org/{number}",
            title=f"A headline of about sixty characters, the {number}th of them",
            published=(moment := NOW - timedelta(days=100) + step * (number + 1)),
            known_at=moment,
            feed_ids=(feed_ids[number % len(feed_ids)],),
        )
        for number in range(start, start + BATCH)
    ]


def _judgement(article: Article) -> Judgement:
    number = int(article.id, 16)
    if number % 4:
        return Judgement(article.id, Relevance(Verdict.NO, -1.0, ()), None, (), 1)
    terms = tuple(f"stem{(number * 31 + index * 7) % 4001}" for index in range(120))
    topics = (f"topic{number // 4 % 8}",)
    relevance = Relevance(Verdict.YES, 2.5, ("title:kyiv", "text:drone"))
    return Judgement(article.id, relevance, f"story{number // 20}", topics, 1, terms)


async def bench(url: str, parts: Collection[str]) -> None:
    """Everything, or some of it, on one database."""
    if "articles" in parts:
        async with a_store(url) as store:
            await bench_articles(store, await bench_feeds(store), url)
    if "subscriptions" in parts:
        await bench_subscriptions(url)


def main(*words: str) -> None:
    """On both databases, or on the one whose address is given."""
    parts = [word for word in words if word in PARTS] or PARTS
    urls = [word for word in words if word not in PARTS]
    if urls:
        asyncio.run(bench(urls[0], parts))
        return
    print("SQLite", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(bench(f"sqlite:///{Path(folder, 'bench.db')}", parts))
    print("\nPostgreSQL", flush=True)
    with running_server({"shared_buffers": "128MB"}) as server:
        asyncio.run(bench(server.url(), parts))


if __name__ == "__main__":
    main(*sys.argv[1:])
