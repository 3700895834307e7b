"""A feed that is met for the first time, or that misbehaves, does not flood anybody."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from email.utils import format_datetime

import pytest

from bot.adapters.sql.store import SqlStore
from bot.adapters.web.fetch import WebFetcher
from bot.adapters.web.parse import FeedParser
from bot.adapters.writers.extractive import ExtractiveWriter
from bot.domain.article import Article
from bot.domain.briefing import Briefing
from bot.domain.feed import FeedReading, FeedSpec
from bot.ports import Scope
from bot.services.brief import Briefer, Wanted, last_hours
from bot.services.newsroom import Newsroom
from bot.services.poll import Poller
from tests.fakes.clock import FakeClock
from tests.fakes.web import Answer, WebServer

TOLD = "Ukraine : un pont rouvert à Mykolaïv"
EVENTS = (
    "Ukraine : échange de 84 prisonniers entre Kiev et Moscou",
    "Un incendie éteint dans un dépôt de carburant à Odessa, en Ukraine",
    "L’armée ukrainienne annonce la reprise d’un village près de Koupiansk",
    "À Kharkiv, une école détruite par un missile russe rouvre sous terre",
    "Céréales : un premier cargo quitte le port ukrainien de Tchornomorsk",
)


@pytest.fixture
async def poller(store: SqlStore, clock: FakeClock, web: WebServer) -> AsyncIterator[Poller]:
    async with (
        WebFetcher(user_agent="test", allow=web.allowed, clock=clock) as fetcher,
        FeedParser(clock=clock) as parser,
    ):
        yield Poller(store, fetcher, parser, clock, "me", timedelta(hours=1))


def document(items: Sequence[tuple[str, str, str, str]]) -> bytes:
    """A feed of (title, link, guid, date)."""
    written = "".join(
        f"<item><title>{title}</title><link>{link}</link><guid>{guid}</guid><pubDate>{date}</pubDate>"
        f"<description>{title}, selon le gouverneur. Les habitants attendaient cette nouvelle.</description></item>"
        for title, link, guid, date in items
    )
    channel = "<title>Le Journal</title><link>https://journal.test</link><language>fr</language>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{channel}{written}</channel></rss>'.encode()


async def read(poller: Poller, web: WebServer, **bodies: bytes) -> int:
    """Serve these bodies, read them all, and return how many articles were new."""
    for name, body in bodies.items():
        web.script[f"/{name}"] = Answer(body)
    async with poller.store.write() as unit:
        await unit.feeds.reconcile([FeedSpec(web.url(f"/{name}"), name=name, language="fr") for name in bodies])
    return (await poller.all()).new_articles


async def stored(store: SqlStore) -> tuple[Article, ...]:
    async with store.read() as unit:
        return await unit.articles.unread(1, 10_000)


async def reading_of(store: SqlStore) -> FeedReading:
    async with store.read() as unit:
        (feed,) = await unit.feeds.listed(Scope())
        return (await unit.feeds.readings([feed.id]))[feed.id]


async def brief(store: SqlStore, clock: FakeClock) -> Briefing:
    newsroom = Newsroom(store, clock, "me")
    try:
        await newsroom.turn()
    finally:
        newsroom.close()
    now = clock.now()
    wanted = Wanted("fr", "Africa/Dakar", now, last_hours(now, 24), Scope(known_by=now))
    return await Briefer(store, ExtractiveWriter()).write(wanted)


async def test_the_old_articles_of_a_new_feed_are_kept_but_are_no_news(
    store: SqlStore, poller: Poller, web: WebServer, clock: FakeClock
) -> None:
    dates = [clock.now() - timedelta(days=4 + number) for number in range(len(EVENTS))]
    old = [
        (title, f"https://j.test/{number}", str(number), format_datetime(date))
        for number, (title, date) in enumerate(zip(EVENTS, dates, strict=True))
    ]
    today = (TOLD, "https://j.test/now", "now", format_datetime(clock.now() - timedelta(hours=2)))
    assert await read(poller, web, j=document([today, *old])) == 6
    briefing = await brief(store, clock)
    assert [point.citations[0].url for point in briefing.points] == ["https://j.test/now"]
    assert briefing.coverage.articles_read == 1


async def test_an_article_whose_guid_changes_at_every_reading_is_stored_once(
    store: SqlStore, poller: Poller, web: WebServer, clock: FakeClock
) -> None:
    new = []
    for turn in range(3):
        date = format_datetime(clock.now())
        items = [
            (title, f"https://j.test/{n}?utm_source=r{turn}", f"{turn}-{n}", date) for n, title in enumerate(EVENTS)
        ]
        new.append(await read(poller, web, j=document(items)))
        clock.pass_by(hours=25)
    assert new == [5, 0, 0]
    assert {article.published.day for article in await stored(store)} == {10}


async def test_items_that_share_one_guid_are_all_kept(store: SqlStore, poller: Poller, web: WebServer) -> None:
    date = "Tue, 10 Mar 2026 09:00:00 +0000"
    items = [(title, f"https://j.test/{number}", "same", date) for number, title in enumerate(EVENTS)]
    assert await read(poller, web, j=document(items)) == 5
    assert await read(poller, web, j=document(items[::-1])) == 0


async def test_the_same_address_in_several_feeds_is_one_article_that_both_carried(
    store: SqlStore, poller: Poller, web: WebServer
) -> None:
    date = "Tue, 10 Mar 2026 09:00:00 +0000"
    one = document([(TOLD, "https://J.test/a#xtor=RSS-1", "1", date)])
    other = document([(TOLD + " !", "https://j.test:443/a?fbclid=x", "2", date)])
    assert await read(poller, web, one=one, other=other) == 1
    (article,) = await stored(store)
    assert (article.url, len(article.feed_ids)) == ("https://j.test/a", 2)


async def test_five_hundred_new_entries_are_capped_with_a_count_that_stays_while_nothing_changes(
    store: SqlStore, poller: Poller, web: WebServer
) -> None:
    items = [
        (f"Nouvelle {number}", f"https://j.test/{number}", str(number), f"Tue, 10 Mar 2026 0{number // 100}:00:00 GMT")
        for number in range(500)
    ]
    assert await read(poller, web, j=document(items)) == 200
    assert {int(article.title.split()[1]) // 100 for article in await stored(store)} == {3, 4}  # the newest
    assert (await reading_of(store)).skipped_entries == 300
    assert await read(poller, web, j=document(items)) == 0
    assert (await reading_of(store)).skipped_entries == 300


async def test_a_source_that_was_not_asked_again_within_a_short_window_is_not_out_of_reach(
    store: SqlStore, poller: Poller, web: WebServer, clock: FakeClock
) -> None:
    await read(poller, web, a=document([]), b=document([]))
    reached = []
    for hours in (2, 2):
        clock.pass_by(hours=hours)
        now = clock.now()
        wanted = Wanted("fr", "Africa/Dakar", now, now - timedelta(minutes=10), Scope(known_by=now), since_last=True)
        reached.append((await Briefer(store, ExtractiveWriter()).write(wanted)).coverage.feeds_reached)
    assert reached == [2, 0], "asked two hours ago, then four"
