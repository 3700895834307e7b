"""What a status and a search cost as the archive grows. Run: ``python -m tests.bench.bench_status [DATABASE_URL]``.

Prints the middle of some twenty questions, in wall and CPU time of this process; the aim is an answer within 20 ms
among 100,000 articles. A thousand articles a day come by 200 feeds; a tenth of them is about the topic, as the
ceasefire is in its busiest weeks, and each of these makes three claims of twelve people. With an address, that database
is filled with 100,000 articles; by default temporary ones are: SQLite with 1,000, 10,000 and 100,000, PostgreSQL with
100,000.
"""

from __future__ import annotations

import asyncio
import hashlib
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.adapters.charts.bars import draw
from bot.adapters.sql.store import SqlStore
from bot.domain.article import Article, Judgement, Relevance, Verdict
from bot.domain.claim import Claim, Modality, Phase, Polarity
from bot.domain.language import ArticleLanguage
from bot.editorial import topics
from bot.editorial.text import terms
from bot.ports import Scope
from bot.services.search import search
from bot.services.status import StatusDesk
from bot.views.picture import coverage_chart
from bot.views.sources import sources_message
from tests.bench.bench_store import ARTICLES, BATCH, FEEDS, NOW, _articles, _settle, a_store, bench_feeds, measured
from tests.postgres_server import running_server

TOPIC = "ceasefire"
SPEAKERS = (
    ("Volodymyr Zelensky", "P:zelensky"),
    ("Donald Trump", "P:trump"),
    ("Dmitri Peskov", "P:peskov"),
    ("Vladimir Poutine", "P:putin"),
    ("Sergueï Lavrov", "P:lavrov"),
    ("Emmanuel Macron", "P:macron"),
    ("Keir Starmer", "P:starmer"),
    ("Mark Rutte", "P:rutte"),
    ("Marco Rubio", "P:rubio"),
    ("Recep Tayyip Erdogan", "P:erdogan"),
    ("Ursula von der Leyen", "P:von-der-leyen"),
    ("Jeanne Exemple", None),
)
PHASES = (Phase.PROPOSED, Phase.TALKS, Phase.MENTIONED, Phase.REJECTED, Phase.PROPOSED, Phase.TALKS)
POLARITIES = (Polarity.AFFIRMED, Polarity.AFFIRMED, Polarity.DENIED, Polarity.AFFIRMED, Polarity.NEITHER)
WORDS = [
    "une",
    "trêve",
    "durable",
    "selon",
    "le",
    "président",
    "reste",
    "possible",
    "si",
    "les",
    "garanties",
    "promises",
    "tiennent",
    "sur",
    "toute",
    "la",
    "ligne",
]
LANGUAGES: tuple[ArticleLanguage, ...] = ("fr", "fr", "en", "fr", "uk", "en")
QUESTIONS = 21

Question = Callable[[], Awaitable[object]]


async def bench(url: str | None, articles: int = ARTICLES) -> None:
    """Store everything, then ask."""
    print(
        f"--- {articles:,} articles in {'PostgreSQL' if url and url.startswith('postgres') else 'SQLite'}", flush=True
    )
    async with a_store(url) as store:
        await _fill(store, articles)
        await _settle(url or "")
        await bench_status(store)
        await bench_search(store)
        await bench_beside(store)


async def bench_status(store: SqlStore) -> None:
    """Ask where the topic stands, at a moment later each time, as a process does that has run for a while."""
    desk = StatusDesk(store)
    with measured("every topic's answer in both languages, at a process's start"):
        await desk.refresh(NOW)
    moments = (NOW + timedelta(minutes=10 * number) for number in range(10_000))

    async def ask(now: datetime, *, who: StatusDesk = desk) -> None:
        await who.of(TOPIC, Scope(known_by=now), now, "fr")

    async def once_more() -> None:
        now = NOW + timedelta(days=1)
        await ask(now)

    async def after_an_article() -> None:
        now = next(moments)
        await _tell_one_more(store, now)
        await desk.refresh(now)

    await _middle("a status, no answer kept", lambda: ask(next(moments)))
    await once_more()
    await _middle("a status, kept", once_more)
    await _middle("the same after the newsroom's next article", after_an_article, few=5)
    await _middle("a status in a process that has just begun", lambda: ask(NOW, who=StatusDesk(store)), few=5)


async def bench_beside(store: SqlStore) -> None:
    """What a status's buttons lead to: the sources, and the picture of a kept answer (painted off the event loop)."""
    desk, topic = StatusDesk(store), topics.topic(TOPIC)
    status = await desk.of(TOPIC, Scope(known_by=NOW), NOW, "fr")
    assert topic is not None, "the bench is about a topic we have"

    async def sources() -> None:
        async with store.read() as unit:
            feeds = await unit.feeds.listed(Scope())
            readings = await unit.feeds.readings([feed.id for feed in feeds])
        sources_message(feeds, readings, language="fr", zone="Europe/Paris", now=NOW)

    async def picture() -> None:
        changes = await desk.changes(TOPIC, Scope(known_by=NOW), NOW)
        draw(coverage_chart(status, topic, changes, "fr"))

    await _middle(f"the sources, of {FEEDS}", sources)
    await _middle("the picture, its steps found and painted", picture)


async def bench_search(store: SqlStore) -> None:
    """Ask for words that everybody uses, and for rare ones."""
    scope = Scope(known_by=NOW)
    for name, query in (("common", "trêve"), ("two", "trêve garanties"), ("rare", "mot4711")):
        await _middle(f"a search: {name}", lambda query=query: search(store, query, scope, "fr"))  # type: ignore[misc]


async def _middle(what: str, question: Question, few: int = QUESTIONS) -> None:
    walls, processor = [], []
    for _ in range(few):
        wall, cpu = time.perf_counter(), time.process_time()
        await question()
        walls.append((time.perf_counter() - wall) * 1000)
        processor.append((time.process_time() - cpu) * 1000)
    wall, cpu = statistics.median(walls), statistics.median(processor)
    print(f"{what:<58} {wall:>7.1f} ms wall {cpu:>7.1f} ms CPU   ({min(walls):.1f}–{max(walls):.1f})", flush=True)


async def _fill(store: SqlStore, articles: int) -> None:
    """The newest of all, so that a day has as many whatever the archive's size."""
    feed_ids = await bench_feeds(store)
    for start in range(ARTICLES - max(articles, BATCH), ARTICLES, BATCH):
        batch = [_named(article) for article in _articles(start, feed_ids)[-articles:]]
        async with store.write() as unit:
            await unit.articles.add(batch)
            await unit.articles.record([_judgement(article) for article in batch])
            await unit.claims.add([claim for article in batch for claim in _claims(article)])


async def _tell_one_more(store: SqlStore, now: datetime) -> None:
    name = hashlib.blake2b(now.isoformat().encode(), digest_size=8).hexdigest()
    async with store.write() as unit:
        (feed, *_) = await unit.feeds.listed(Scope())
        article = Article(name, None, "Une trêve", "", "Une trêve.", "fr", now, now, (feed.id,))
        await unit.articles.add([article])
        await unit.articles.record([Judgement(name, Relevance(Verdict.YES, 2.5, ()), name, (TOPIC,), 1)])


def _named(article: Article) -> Article:
    """With an id in no order, as real ones; every third in English, some in Ukrainian."""
    name = hashlib.blake2b(article.id.encode(), digest_size=8).hexdigest()
    return replace(article, id=name, language=LANGUAGES[_number(article) // 10 % len(LANGUAGES)])


def _number(article: Article) -> int:
    return int((article.url or "").rpartition("/")[2])


def _is_on_topic(article: Article) -> bool:
    return _number(article) % 10 == 0


def _judgement(article: Article) -> Judgement:
    number = _number(article)
    if not _is_on_topic(article):
        return Judgement(article.id, Relevance(Verdict.NO, -1.0, ()), None, (), 1)
    about = ("trêve", *WORDS[:: 1 + number % 3], f"mot{number % 5000}")
    found = tuple(terms(" ".join(about), article.language))
    return Judgement(
        article.id, Relevance(Verdict.YES, 2.5, ("title:truce",)), f"story{number // 50}", (TOPIC,), 1, found
    )


def _claims(article: Article) -> list[Claim]:
    """Three claims of an article on the topic."""
    if not _is_on_topic(article):
        return []
    first = _number(article) // 10
    return [_claim(article, first * 3 + more) for more in range(3)]


def _claim(article: Article, number: int) -> Claim:
    claimant, actor = SPEAKERS[number % len(SPEAKERS)]
    phase = PHASES[number // 2 % len(PHASES)]
    turned = [*WORDS[number % len(WORDS) :], *WORDS[: number % len(WORDS)]]
    return Claim(
        topic=TOPIC,
        proposition=f"{TOPIC}-{phase}",
        polarity=POLARITIES[number // 3 % len(POLARITIES)],
        phase=phase,
        modality=Modality.ASSERTED,
        claimant=claimant,
        claimant_id=actor,
        via=None,
        article_id=article.id,
        sentence=f"{claimant} a dit que {' '.join(turned)}, ce {number}e jour.",
        event_date=None,
        published=article.published,
        language=article.language,
    )


def main(url: str | None = None) -> None:
    """Everything."""
    if url is not None:
        asyncio.run(bench(url))
        return
    for articles in (1_000, 10_000, ARTICLES):
        asyncio.run(bench(None, articles))
    with running_server({"shared_buffers": "128MB"}) as server:
        asyncio.run(bench(server.url()))


if __name__ == "__main__":
    main(*sys.argv[1:])
