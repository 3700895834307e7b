"""Finding a site's feeds from any of its addresses."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from urllib.parse import quote, urljoin

from bot.adapters.clock import SystemClock
from bot.domain.errors import DepecheError, FetchError, FetchTimedOut, NotAFeed, ParseError, Unreachable
from bot.ports import Clock, Fetched, Fetcher, FetchRequest, FoundBy, FoundFeed, PageLinks, Parser

MAX_LINKED = 4
"""Feeds read of those a page names: a newspaper's home page may name dozens, the main one first."""
PATHS = ("/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json")
"""Where software puts feeds that no page names."""
SEARCH_WORDS = ("ukraine",)


class WebDiscoverer:
    """Fulfils ``ports.Discoverer`` with the fetcher and the parser that polling uses, so with their guard and limits.

    One look at a site makes at most a dozen requests, spaced like all others.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        parser: Parser,
        *,
        clock: Clock | None = None,
        search_words: tuple[str, ...] = SEARCH_WORDS,
        trouble: Callable[[str, DepecheError], None] | None = None,
    ) -> None:
        """``trouble`` hears of every feed that a page names and that can't be read."""
        self._fetcher = fetcher
        self._parser = parser
        self._clock = clock or SystemClock()
        self._search_words = search_words
        self._trouble = trouble

    async def discover(self, url: str) -> tuple[FoundFeed, ...]:
        """The feeds at an address, best first; empty where there are none. Raises a FetchError or a ParseError."""
        answer = await self._first(url.strip())
        try:
            return (await self._read(answer, FoundBy.ITSELF),)
        except NotAFeed:
            page = await self._parser.links(answer)
        found = {feed.url: feed async for feed in self._on_site(page, answer.final_url)}
        return tuple(found.values())

    async def _first(self, url: str) -> Fetched:
        """The address as a person types it: without a scheme it is tried with https, then http."""
        if "://" in url:
            return await self._fetcher.fetch(FetchRequest(url))
        try:
            return await self._fetcher.fetch(FetchRequest(f"https://{url}"))
        except (Unreachable, FetchTimedOut):
            return await self._fetcher.fetch(FetchRequest(f"http://{url}"))

    async def _on_site(self, page: PageLinks, url: str) -> AsyncIterator[FoundFeed]:
        named = False
        async for feed in self._readable(page.feeds[:MAX_LINKED], FoundBy.LINK):
            named = True
            yield feed
        if not named:
            async for feed in self._readable((urljoin(url, path) for path in PATHS), FoundBy.PATH):
                yield feed
                break
        if page.wordpress:
            searches = (urljoin(url, f"/search/{quote(word)}/feed/rss2/") for word in self._search_words)
            async for feed in self._readable(searches, FoundBy.SEARCH):
                yield feed

    async def _readable(self, addresses: Iterable[str], found_by: FoundBy) -> AsyncIterator[FoundFeed]:
        """Those of the addresses that are feeds with something in them."""
        for address in addresses:
            try:
                feed = await self._read(await self._fetcher.fetch(FetchRequest(address)), found_by)
            except (FetchError, ParseError) as error:
                if self._trouble is not None and found_by is FoundBy.LINK:
                    self._trouble(address, error)
                continue
            if feed.feed.entries:
                yield feed

    async def _read(self, answer: Fetched, found_by: FoundBy) -> FoundFeed:
        feed = await self._parser.parse(answer, seen_at=self._clock.now())
        return FoundFeed(answer.moved_to or answer.url, found_by, feed)
