"""Finding a site's feeds, over real sockets."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.adapters.web.discover import MAX_LINKED, PATHS, WebDiscoverer
from bot.adapters.web.fetch import WebFetcher
from bot.adapters.web.page import MAX_PAGE, links_of
from bot.adapters.web.parse import FeedParser
from bot.domain.errors import AddressRefused, BrokenFeed, HttpStatus
from bot.ports import FoundBy
from tests.fakes.web import Answer, WebServer, feed, moved

HOME = "https://journal.test/"
WORDPRESS = '<link rel="https://api.w.org/" href="/wp-json/">'


def page(head: str = "", body: str = "") -> Answer:
    document = f"<!DOCTYPE html><html><head><title>Le Journal</title>{head}</head><body>{body}</body></html>"
    return Answer(document.encode(), content_type="text/html; charset=utf-8")


def link(href: str, kind: str = "application/rss+xml") -> str:
    return f'<link rel="alternate" type="{kind}" title="Flux" href="{href}" />'


@pytest.fixture
async def server() -> AsyncIterator[WebServer]:
    async with WebServer() as running:
        yield running


@pytest.fixture
async def discoverer(server: WebServer) -> AsyncIterator[WebDiscoverer]:
    async with WebFetcher(user_agent="test", allow=server.allowed) as fetcher, FeedParser() as parser:
        yield WebDiscoverer(fetcher, parser)


async def test_a_feeds_own_address_finds_itself(server: WebServer, discoverer: WebDiscoverer) -> None:
    server.script["/rss"] = Answer(feed("Une trêve"))
    (found,) = await discoverer.discover(server.url("/rss"))
    assert (found.url, found.found_by, found.feed.title) == (server.url("/rss"), FoundBy.ITSELF, "Le Journal")
    assert len(server.requests) == 1


async def test_a_page_names_its_feeds(server: WebServer, discoverer: WebDiscoverer) -> None:
    server.script["/"] = page(link("/une.xml") + link("/gone.xml") + link("/monde.xml?a=1&amp;b=2"))
    server.script |= {"/une.xml": Answer(feed("Une trêve")), "/monde.xml?a=1&b=2": Answer(feed("Un accord"))}
    found = await discoverer.discover(server.url("/"))
    assert [feed.url for feed in found] == [server.url("/une.xml"), server.url("/monde.xml?a=1&b=2")]
    assert {feed.found_by for feed in found} == {FoundBy.LINK}


async def test_a_site_that_names_none_is_tried_at_the_usual_places(
    server: WebServer, discoverer: WebDiscoverer
) -> None:
    server.script |= {"/": page(), "/rss.xml": Answer(feed("Une trêve")), "/atom.xml": Answer(feed("Une trêve"))}
    (found,) = await discoverer.discover(server.url("/"))
    assert (found.url, found.found_by) == (server.url("/rss.xml"), FoundBy.PATH)


async def test_a_wordpress_site_offers_its_search_as_well(server: WebServer, discoverer: WebDiscoverer) -> None:
    server.script |= {"/": page(WORDPRESS), "/feed/": Answer(feed("Une trêve", "Un match"))}
    server.script["/search/ukraine/feed/rss2/"] = Answer(feed("Une trêve"))
    main, search = await discoverer.discover(server.url("/"))
    assert (main.found_by, search.found_by) == (FoundBy.PATH, FoundBy.SEARCH)
    assert (len(main.feed.entries), len(search.feed.entries)) == (2, 1)


async def test_a_moved_feed_is_offered_under_its_new_address(server: WebServer, discoverer: WebDiscoverer) -> None:
    server.script |= {"/": page(link("/old")), "/old": moved("/new"), "/new": Answer(feed("Une trêve"))}
    (found,) = await discoverer.discover(server.url("/"))
    assert found.url == server.url("/new")


async def test_a_site_without_feeds_has_none(server: WebServer, discoverer: WebDiscoverer) -> None:
    server.script["/"] = page(WORDPRESS + link("http://10.0.0.1/feed") + link("javascript:alert(1)"))
    assert await discoverer.discover(server.url("/")) == ()
    assert len(server.requests) <= len(PATHS) + 2


async def test_a_page_that_names_many_feeds_is_not_read_to_the_end(
    server: WebServer, discoverer: WebDiscoverer
) -> None:
    server.script["/"] = page("".join(link(f"/{number}.xml") for number in range(50)))
    server.script |= {f"/{number}.xml": Answer(feed(f"Titre {number}")) for number in range(50)}
    assert len(await discoverer.discover(server.url("/"))) == MAX_LINKED
    assert len(server.requests) == MAX_LINKED + 1


async def test_errors_of_the_address_itself_are_told(server: WebServer, discoverer: WebDiscoverer) -> None:
    server.script["/broken"] = Answer(b"<rss><channel>")
    with pytest.raises(HttpStatus):
        await discoverer.discover(server.url("/nothing"))
    with pytest.raises(BrokenFeed):
        await discoverer.discover(server.url("/broken"))
    with pytest.raises(AddressRefused):
        await discoverer.discover("http://192.168.0.1/")


async def test_a_scheme_may_be_left_out(server: WebServer, discoverer: WebDiscoverer) -> None:
    server.script["/rss"] = Answer(feed("Une trêve"))
    (found,) = await discoverer.discover(f"127.0.0.1:{server.port}/rss")
    assert found.url == server.url("/rss")


@pytest.mark.parametrize(
    ("html", "addresses"),
    [
        (link("/feed/"), ["https://journal.test/feed/"]),
        ("<link href='/a.xml' type='application/atom+xml' rel='alternate'>", ["https://journal.test/a.xml"]),
        ("<LINK REL=alternate TYPE=application/rss+xml HREF=/a>", ["https://journal.test/a"]),
        (link("/a") + link("/a") + link("/b#x"), ["https://journal.test/a", "https://journal.test/b"]),
        ('<base href="https://cdn.test/x/">' + link("a.xml"), ["https://cdn.test/x/a.xml"]),
        (link("feed://journal.test/a"), ["http://journal.test/a"]),
        (link("/comments/feed/") + link("/a"), ["https://journal.test/a"]),
        ('<link rel="alternate" hreflang="en" href="/en/">', []),
        ('<link rel="stylesheet" type="application/rss+xml" href="/a">', []),
        ('<a href="/flux-rss">RSS</a><a href="/une">Une</a>', ["https://journal.test/flux-rss"]),
        ('<a href="/rss/une.xml">RSS</a><a href="/actu.rss">RSS</a>', ["https://journal.test/actu.rss"]),
        (link("/a") + '<a href="/feed">RSS</a>', ["https://journal.test/a"]),
        (link("javascript:alert(1)") + link("data:text/xml,x") + link(""), []),
    ],
)
def test_feeds_are_found_in_pages(html: str, addresses: list[str]) -> None:
    feeds, _ = links_of(html.encode(), HOME, "text/html")
    assert feeds == addresses


def test_wordpress_is_recognised() -> None:
    for made in (
        WORDPRESS,
        '<meta name="generator" content="WordPress 6.7">',
        "<script src='/wp-content/a.js'></script>",
    ):
        assert links_of(made.encode(), HOME, "text/html")[1]
    assert not links_of(b"<html><head></head><body>/wp-content/</body></html>", HOME, "text/html")[1]
    assert links_of(b"", HOME, "text/html") == ([], False)


def test_a_link_in_a_comment_or_a_script_is_none() -> None:
    text = f"<!-- {link('/a')} --><script>'{link('/b')}'</script>{link('/c')}"
    assert links_of(text.encode(), HOME, "text/html")[0] == ["https://journal.test/c"]


@pytest.mark.parametrize(
    "text",
    [
        "<link " * 60_000,
        "<a href='" * 40_000,
        '<link rel="alternate" ' + "x=" * 190_000,
        "<div>" * 50_000 + link("/a"),
        "<p " + " ".join(f"a{number}=x" for number in range(MAX_PAGE // 10)) + ">" + link("/a"),
    ],
    ids=["open links", "open quotes", "attributes never closed", "50,000 nested", "40,000 attributes"],
)
async def test_a_hostile_page_stalls_nobody_and_the_next_is_read(server: WebServer, text: str) -> None:
    server.script |= {"/": page(text), "/next": page(link("/feed")), "/feed": Answer(feed("Une trêve"))}
    fetcher, parser = WebFetcher(user_agent="test", allow=server.allowed), FeedParser(job_seconds=60, cpu_seconds=3)
    async with fetcher, parser:
        discoverer = WebDiscoverer(fetcher, parser)
        assert await discoverer.discover(server.url("/")) == ()
        assert len(await discoverer.discover(server.url("/next"))) == 1


async def test_a_feed_the_page_names_and_that_cannot_be_read_is_told(server: WebServer) -> None:
    server.script["/"], server.script["/feed"] = page(link("/gone") + link("/feed")), Answer(feed("Une trêve"))
    told: list[tuple[str, str]] = []
    async with WebFetcher(user_agent="test", allow=server.allowed) as fetcher, FeedParser() as parser:
        discoverer = WebDiscoverer(fetcher, parser, trouble=lambda url, error: told.append((url, error.key)))
        found = await discoverer.discover(server.url("/"))
    assert [feed.url for feed in found] == [server.url("/feed")]
    assert told == [(server.url("/gone"), "http-status")]
