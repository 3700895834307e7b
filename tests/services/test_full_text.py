"""Full texts: only where wanted, allowed and new, and never the same page twice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.sql.store import SqlStore
from bot.adapters.web.fetch import WebFetcher
from bot.adapters.web.pages import WebPageReader
from bot.adapters.web.parse import FeedParser
from bot.adapters.web.robots import RobotsBook
from bot.adapters.web.tdm import unreserved
from bot.domain.feed import FeedSpec
from bot.services import full_text
from bot.services.full_text import FullText
from bot.services.poll import Poller
from tests.fakes.clock import FakeClock
from tests.fakes.web import Answer, WebServer, moved

WAR = "Ukraine : échange de prisonniers"
SENTENCE = "Kiev et Moscou ont échangé quatre-vingt-quatre prisonniers lundi, selon les deux ministères de la défense. "
TEXT = "\n".join(f"{SENTENCE}Détail numéro {number} de cette longue journée." for number in range(5))
PAGE = Answer(
    f"<html><body><article>{''.join(f'<p>{line}</p>' for line in TEXT.splitlines())}</article></body></html>".encode(),
    content_type="text/html; charset=utf-8",
)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(datetime(2025, 2, 10, 12, tzinfo=UTC))


@pytest.fixture
async def poller(store: SqlStore, clock: FakeClock, web: WebServer) -> AsyncIterator[Poller]:
    async with (
        WebFetcher(user_agent="test", allow=web.allowed, clock=clock) as fetcher,
        FeedParser(clock=clock) as parser,
    ):
        reader = WebPageReader(fetcher, parser, RobotsBook(fetcher, clock), unreserved(fetcher, clock))
        completing = FullText(store, reader)
        yield Poller(store, fetcher, parser, clock, "me", timedelta(hours=1), full_text=completing)


def document(web: WebServer, *items: tuple[str, str], body: str = "", day: int = 10) -> bytes:
    written = "".join(
        f"<item><title>{title}</title><link>{web.url(path)}</link><pubDate>{day} Feb 2025 09:00:00 +0000</pubDate>"
        f"<description>Un court extrait […]</description>{body}</item>"
        for title, path in items
    )
    head = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>J</title>'
    return f'<?xml version="1.0"?>{head}<language>fr</language>{written}</channel></rss>'.encode()


async def texts(poller: Poller, web: WebServer, body: bytes, *, wanted: bool = True) -> list[str]:
    """Poll a feed with this body, and return its articles' texts."""
    web.script["/feed"] = Answer(body)
    async with poller.store.write() as unit:
        await unit.feeds.reconcile([FeedSpec(web.url("/feed"), language="fr", full_text=wanted)])
    await poller.all()
    async with poller.store.read() as unit:
        return [article.text for article in await unit.articles.unread(1, 100)]


async def test_an_excerpt_is_completed_from_its_page_once(poller: Poller, web: WebServer, clock: FakeClock) -> None:
    web.script["/a"] = PAGE
    assert await texts(poller, web, document(web, (WAR, "/a"))) == [TEXT]
    clock.pass_by(hours=2)
    assert await texts(poller, web, document(web, (WAR, "/a")) + b"<!-- changed -->") == [TEXT]
    assert len(web.asked("/a")) == 1


async def test_a_page_that_failed_is_not_tried_again(poller: Poller, web: WebServer, clock: FakeClock) -> None:
    web.script["/a"] = Answer(status=500)
    assert await texts(poller, web, document(web, (WAR, "/a"))) == [""]
    clock.pass_by(hours=2)
    await texts(poller, web, document(web, (WAR, "/a")) + b"<!-- changed -->")
    assert len(web.asked("/a")) == 1


@pytest.mark.parametrize(
    ("title", "body", "wanted", "day"),
    [
        (WAR, "", False, 10),
        (WAR, f"<content:encoded>{TEXT}</content:encoded>", True, 10),
        ("Le marché aux fleurs rouvre dimanche", "", True, 10),
        (WAR, "", True, 1),
    ],
    ids=["nobody wants it", "the feed has the text", "not about the war", "old"],
)
async def test_no_page_is_read_without_need(
    poller: Poller, web: WebServer, title: str, body: str, wanted: bool, day: int
) -> None:
    web.script["/a"] = PAGE
    await texts(poller, web, document(web, (title, "/a"), body=body, day=day), wanted=wanted)
    assert [asked.path for asked in web.requests] == ["/feed"]


async def test_what_robots_may_not_read_is_not_asked_for(poller: Poller, web: WebServer) -> None:
    web.script["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /closed/", content_type="text/plain")
    web.script["/closed/a"] = web.script["/open"] = PAGE
    web.script["/b"] = moved("/closed/a")
    items = [(f"{WAR} {path}", path) for path in ("/closed/a", "/open", "/b")]
    assert sorted(await texts(poller, web, document(web, *items))) == ["", "", TEXT]
    assert len(web.asked("/robots.txt")) == 1


async def test_what_a_site_keeps_from_text_mining_is_not_asked_for(poller: Poller, web: WebServer) -> None:
    rules = b'[{"location": "/kept/*", "tdm-reservation": 1}, {"location": "/kept/free", "tdm-reservation": 0}]'
    web.script["/.well-known/tdmrep.json"] = Answer(rules, content_type="application/json")
    web.script["/kept/a"] = web.script["/kept/free"] = web.script["/open"] = PAGE
    items = [(f"{WAR} {path}", path) for path in ("/kept/a", "/kept/free", "/open")]
    assert sorted(await texts(poller, web, document(web, *items))) == ["", TEXT, TEXT]
    assert web.asked("/kept/a") == []
    assert len(web.asked("/.well-known/tdmrep.json")) == 1


@pytest.mark.parametrize(
    "page",
    [
        Answer(PAGE.body, headers={"TDM-Reservation": "1"}, content_type="text/html"),
        Answer(PAGE.body, headers={"X-Robots-Tag": "noai"}, content_type="text/html"),
        Answer(PAGE.body, content_type="application/pdf"),
        Answer(PAGE.body.replace(b"</article>", b"<p>Subscribe to continue reading</p>"), content_type="text/html"),
    ],
    ids=["text mining reserved", "no AI", "not a page", "subscribers only"],
)
async def test_what_its_publisher_reserves_is_not_kept(poller: Poller, web: WebServer, page: Answer) -> None:
    web.script["/a"] = page
    assert await texts(poller, web, document(web, (WAR, "/a"))) == [""]


async def test_only_so_many_pages_are_read_at_a_time(
    poller: Poller, web: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(full_text, "PAGES", 3)
    items = [(f"{WAR} {number}", f"/a{number}") for number in range(6)]
    web.script.update({path: PAGE for _, path in items})
    found = await texts(poller, web, document(web, *items))
    assert (len(found), found.count(TEXT)) == (6, 3)
