"""Polling: what is due is read, what is new is stored, what fails is remembered, and the others go on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.sql.store import SqlStore
from bot.adapters.web.fetch import WebFetcher
from bot.adapters.web.parse import FeedParser
from bot.domain.article import ParsedFeed
from bot.domain.feed import FeedSpec, FeedState
from bot.ports import Fetched, PageLinks, Scope
from bot.services.poll import Poller
from tests.fakes.clock import FakeClock
from tests.fakes.web import Answer, WebServer, feed, serving

ACCEPTABLE = ("Échange de prisonniers", "Pourparlers à Ankara")


@pytest.fixture
async def poller(store: SqlStore, clock: FakeClock, web: WebServer) -> AsyncIterator[Poller]:
    parser = FeedParser()
    async with WebFetcher(user_agent="test", allow=web.allowed) as fetcher:
        yield Poller(store, fetcher, parser, clock, "me", timedelta(hours=1))
    await parser.close()


async def follow(store: SqlStore, *urls: str) -> None:
    async with store.write() as unit:
        await unit.feeds.reconcile([FeedSpec(url, name=url.rsplit("/", 1)[-1], language="fr") for url in urls])


async def test_new_articles_are_stored_as_unread_and_a_second_round_asks_nobody(
    store: SqlStore, poller: Poller, web: WebServer
) -> None:
    web.script["/good"] = serving(feed(*ACCEPTABLE))
    await follow(store, web.url("/good"))
    report = await poller.due()
    async with store.read() as unit:
        unread = await unit.articles.unread(1, 10)
    assert (report.read, report.new_articles, report.failed) == (1, 2, ())
    assert {article.title for article in unread} == set(ACCEPTABLE)
    assert (await poller.due()).read == 0
    assert len(web.asked("/good")) == 1


async def test_an_hour_later_the_feed_is_asked_whether_it_changed_with_its_own_validators(
    store: SqlStore, poller: Poller, web: WebServer, clock: FakeClock
) -> None:
    web.script["/good"] = serving(feed(*ACCEPTABLE), etag='W/"v1"')
    await follow(store, web.url("/good"))
    await poller.due()
    clock.pass_by(hours=1.2)
    report = await poller.due()
    assert report.new_articles == 0
    first, second = web.asked("/good")
    assert "if-none-match" not in first.headers
    assert second.headers["if-none-match"] == 'W/"v1"'


async def test_every_failure_is_told_and_the_other_feeds_go_on(store: SqlStore, poller: Poller, web: WebServer) -> None:
    bodies = {
        "/page": b"<!doctype html><html><head><title>Accueil</title></head><body>Bonjour</body></html>",
        "/empty": b"",
        "/path": b"/etc/passwd",
        "/broken": b'<?xml version="1.0"?><rss version="2.0"><channel><title>X',
    }
    for path, body in bodies.items():
        web.script[path] = serving(body)
    web.script["/gone"] = Answer(status=410)
    web.script["/good"] = serving(feed(*ACCEPTABLE))
    await follow(store, *(web.url(path) for path in (*bodies, "/gone", "/good")))
    report = await poller.due()
    failed = {failure.feed.name: failure.error.key for failure in report.failed}
    assert failed == {
        "page": "not-a-feed",
        "empty": "empty-body",
        "path": "not-a-feed",
        "broken": "broken-feed",
        "gone": "http-status",
    }
    assert report.new_articles == 2
    async with store.read() as unit:
        states = {feed.name: feed.state for feed in await unit.feeds.listed(Scope())}
    assert states["gone"] is FeedState.GONE
    assert states["broken"] is FeedState.ACTIVE


async def test_a_feed_that_fails_keeps_what_was_read_before(
    store: SqlStore, poller: Poller, web: WebServer, clock: FakeClock
) -> None:
    web.script["/good"] = serving(feed(*ACCEPTABLE))
    await follow(store, web.url("/good"))
    await poller.due()
    web.script["/good"] = Answer(status=500)
    clock.pass_by(hours=2)
    report = await poller.due()
    async with store.read() as unit:
        unread = await unit.articles.unread(1, 10)
    assert len(report.failed) == 1
    assert len(unread) == 2


async def test_a_feed_nobody_named_is_called_what_it_calls_itself(
    store: SqlStore, poller: Poller, web: WebServer
) -> None:
    web.script["/good"] = serving(feed(*ACCEPTABLE))
    async with store.write() as unit:
        await unit.feeds.reconcile([FeedSpec(web.url("/good"))])
    await poller.due()
    async with store.read() as unit:
        (followed,) = await unit.feeds.listed(Scope())
    assert followed.title
    assert followed.name == followed.title
    assert followed.spec.name is None


async def test_two_pollers_share_the_work_and_never_read_one_feed_at_once(
    store: SqlStore, poller: Poller, web: WebServer
) -> None:
    for number in range(6):
        web.script[f"/f{number}"] = serving(feed(*ACCEPTABLE, site=f"https://f{number}.test"))
    await follow(store, *(web.url(f"/f{number}") for number in range(6)))
    other = Poller(store, poller.fetcher, poller.parser, poller.clock, "other", poller.minimum)
    mine, theirs = await poller.due(), await other.due()
    assert mine.read + theirs.read == 6
    assert all(len(web.asked(f"/f{number}")) == 1 for number in range(6))


async def test_a_replayed_day_does_not_know_what_was_published_later_and_the_next_reading_does(
    store: SqlStore, poller: Poller, web: WebServer, clock: FakeClock
) -> None:
    web.script["/good"] = serving(feed("Trêve à Odessa", "Pourparlers à Ankara"), etag='"v1"')  # 9:00 and 9:01
    await follow(store, web.url("/good"))
    clock.time = datetime(2025, 2, 10, 9, 0, 30, tzinfo=UTC)
    replayed = await replace(poller, replay=True).all()
    clock.time = datetime(2025, 2, 10, 9, 30, tzinfo=UTC)
    later = await poller.all()
    async with store.read() as unit:
        known = {article.title: article.known_at.minute for article in await unit.articles.unread(1, 10)}
    assert (replayed.new_articles, later.new_articles) == (1, 1)
    assert known == {"Trêve à Odessa": 0, "Pourparlers à Ankara": 30}


async def test_what_was_read_is_reported_in_batches_that_hold_counts_only(
    store: SqlStore, poller: Poller, web: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.poll.BATCH_CHARACTERS", 100)
    for number in range(5):
        web.script[f"/f{number}"] = serving(feed("Un titre " * 20, site=f"https://f{number}.test"))
    await follow(store, *(web.url(f"/f{number}") for number in range(5)))
    reports = [report async for report in poller.rounds(everything=False)]
    assert [(report.read, report.new_articles) for report in reports] == [(1, 1)] * 5


async def test_a_slow_feed_keeps_nobody_else_waiting_and_every_feed_is_read_once(
    store: SqlStore, poller: Poller, web: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.poll.AT_ONCE", 2)
    monkeypatch.setattr("bot.services.poll.BATCH", 1)
    web.script["/slow"] = Answer(feed("Lent"), delay=0.3)
    for number in range(7):
        web.script[f"/f{number}"] = serving(feed("Vite", site=f"https://f{number}.test"))
    await follow(store, web.url("/slow"), *(web.url(f"/f{number}") for number in range(7)))
    reports = [report async for report in poller.rounds(everything=True)]
    assert sum(report.read for report in reports) == 8
    assert sorted(asked.path for asked in web.requests) == [*(f"/f{number}" for number in range(7)), "/slow"]
    async with store.read() as unit:
        stored = [article.title for article in await unit.articles.unread(1, 10)]
    assert len(stored) == 8


async def test_a_feed_that_breaks_something_in_us_does_not_stop_the_others(
    store: SqlStore, poller: Poller, web: WebServer
) -> None:
    class Fragile:
        async def parse(self, document: Fetched, *, seen_at: datetime) -> ParsedFeed:
            if document.url.endswith("/odd"):
                raise RecursionError
            return await poller.parser.parse(document, seen_at=seen_at)

        async def links(self, page: Fetched) -> PageLinks:
            return await poller.parser.links(page)

    web.script["/odd"] = web.script["/good"] = serving(feed(*ACCEPTABLE))
    await follow(store, web.url("/odd"), web.url("/good"))
    report = await replace(poller, parser=Fragile()).due()
    assert (report.read, report.new_articles) == (2, 2)
    assert [failure.feed.name for failure in report.failed] == ["odd"]
