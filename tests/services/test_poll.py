"""Polling: what is due is read, what is new is stored, what fails is remembered, and the others go on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.adapters.sql.store import SqlStore
from bot.adapters.web.fetch import WebFetcher
from bot.adapters.web.parse import FeedParser
from bot.domain.feed import FeedSpec, FeedState
from bot.ports import Scope
from bot.services.poll import Poller
from tests.fakes.clock import FakeClock
from tests.fakes.web import Answer, WebServer, feed, serving

ACCEPTABLE = ("Échange de prisonniers", "Pourparlers à Ankara")


@pytest.fixture
async def web() -> AsyncIterator[WebServer]:
    async with WebServer() as server:
        yield server


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
    assert (report.new_articles, report.failed) == (2, ())
    assert {article.title for article in unread} == set(ACCEPTABLE)
    assert (await poller.due()).outcomes == ()
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
    failed = {outcome.feed.name: outcome.error.key for outcome in report.failed if outcome.error}
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
    assert len(mine.outcomes) + len(theirs.outcomes) == 6
    assert all(len(web.asked(f"/f{number}")) == 1 for number in range(6))
