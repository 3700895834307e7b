"""What a status costs among 100,000 articles. Run: ``python -m tests.bench.bench_status [DATABASE_URL]``.

Prints wall and CPU time of this process; the aim is an answer within 20 ms. A tenth of the articles is about the topic,
as the ceasefire is in its busiest weeks; each of them makes three claims.
"""

from __future__ import annotations

import asyncio
import hashlib
import sys
from dataclasses import replace
from datetime import timedelta

from bot.adapters.sql.store import SqlStore
from bot.domain.article import Article, Judgement, Relevance, Verdict
from bot.domain.briefing import Window
from bot.domain.claim import Claim, Modality, Phase, Polarity
from bot.ports import Scope
from bot.services.status import MEMORY, MOST_ARTICLES, WEEK, StatusDesk
from tests.bench.bench_store import ARTICLES, BATCH, NOW, _articles, a_store, bench_feeds, measured

TOPIC = "ceasefire"
SPEAKERS = (
    ("Volodymyr Zelensky", "P:zelensky", Polarity.AFFIRMED, Phase.PROPOSED),
    ("Donald Trump", "P:trump", Polarity.AFFIRMED, Phase.TALKS),
    ("Dmitri Peskov", "P:peskov", Polarity.DENIED, Phase.TALKS),
)


async def main(url: str | None) -> None:
    """Store everything, then ask: cold, and again."""
    async with a_store(url) as store:
        feed_ids = await bench_feeds(store)
        for start in range(0, ARTICLES, BATCH):
            batch = [_named(article) for article in _articles(start, feed_ids)]
            async with store.write() as unit:
                await unit.articles.add(batch)
                await unit.articles.record([_judgement(article) for article in batch])
                await unit.claims.add([claim for article in batch for claim in _claims(article)])
        desk = StatusDesk(store)
        await desk.of(TOPIC, Scope(known_by=NOW - timedelta(days=90)), NOW - timedelta(days=90))
        for minute in range(0, 30, 10):
            now = NOW + timedelta(minutes=minute)
            with measured(f"status among {ARTICLES:,} articles, not asked for within ten minutes"):
                status = await desk.of(TOPIC, Scope(known_by=now), now)
            print(f"    {status.phase}, {len(status.positions)} positions, {len(status.sources)} outlets")
            for _ in range(2):
                with measured("    asked again, or made ready"):
                    await desk.of(TOPIC, Scope(known_by=now), now)
        await bench_parts(store)


async def bench_parts(store: SqlStore) -> None:
    """What a first answer is made of."""
    scope = Scope(known_by=NOW)
    weeks = (Window(NOW - 2 * WEEK, NOW - WEEK), Window(NOW - WEEK, NOW))
    async with store.read() as unit:
        with measured(f"    of it: {MOST_ARTICLES} articles"):
            found = await unit.articles.about(TOPIC, scope, Window(NOW - MEMORY, NOW), MOST_ARTICLES)
        with measured("    of it: their claims"):
            claims = await unit.claims.of_articles(TOPIC, [sourced.article.id for sourced in found])
        print(f"    {len(claims)} claims")
        with measured("    of it: the fortnight's reports"):
            reports = await unit.articles.reports(TOPIC, scope, Window(NOW - 2 * WEEK, NOW))
        print(f"    {len(reports)} reports")
        with measured("    of it: when reading began"):
            await unit.articles.first_known(scope)
        with measured("    of it: feeds read in both weeks"):
            await unit.articles.steady_feeds(scope, weeks)


def _named(article: Article) -> Article:
    """With an id in no order, as real ones."""
    return replace(article, id=hashlib.blake2b(article.id.encode(), digest_size=8).hexdigest())


def _number(article: Article) -> int:
    return int((article.url or "").rpartition("/")[2])


def _is_on_topic(article: Article) -> bool:
    return _number(article) % 10 == 0


def _judgement(article: Article) -> Judgement:
    if not _is_on_topic(article):
        return Judgement(article.id, Relevance(Verdict.NO, -1.0, ()), None, (), 1)
    story = f"story{_number(article) // 50}"
    return Judgement(article.id, Relevance(Verdict.YES, 2.5, ("title:truce",)), story, (TOPIC,), 1)


def _claims(article: Article) -> list[Claim]:
    """Three claims of an article on the topic."""
    if not _is_on_topic(article):
        return []
    return [
        Claim(
            topic=TOPIC,
            proposition=f"{TOPIC}-{phase}",
            polarity=polarity,
            phase=phase,
            modality=Modality.ASSERTED,
            claimant=name,
            claimant_id=actor,
            via=None,
            article_id=article.id,
            sentence=f"{name} spoke of a truce, as {article.title.lower()} tells.",
            event_date=None,
            published=article.published,
            language=article.language,
        )
        for name, actor, polarity, phase in SPEAKERS
    ]


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else None))
