"""Reading public web addresses: politely, within limits, and never anything private."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, replace
from typing import Self

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.adapters.clock import SystemClock
from bot.adapters.web import headers
from bot.adapters.web.guard import PublicResolver, public_socket, require_public
from bot.adapters.web.lanes import Lanes
from bot.adapters.web.mask import masked
from bot.adapters.web.problems import VENDOR_ERRORS, translated
from bot.domain.errors import HttpStatus, NotWanted, TooLarge, TooManyRedirects, Unreachable
from bot.domain.feed import NO_VALIDATORS
from bot.ports import Clock, Fetched, FetchRequest

MAX_BYTES = 5 * 1024 * 1024
"""After decompression. The largest feeds we know have 2 MiB."""
SECONDS = 20.0
"""For the whole answer, redirects included: a server that drips bytes passes every smaller limit."""
MAX_REDIRECTS = 5
SPACING_SECONDS = 1.0
CONNECTIONS = 30
"""Open at once, over all hosts."""
ALLOWED_CONNECTIONS = 8
"""Open at once to one host:port of FETCH_ALLOW; every other host gets one."""
CHUNK = 64 * 1024

_CONTENT = frozenset({200, 203, 204, 205})
_NOT_MODIFIED = 304
_PERMANENT = frozenset({301, 308})
_REDIRECTS = _PERMANENT | {302, 303, 307}
_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, text/html;q=0.5, */*;q=0.3"
)


@dataclass(frozen=True, slots=True)
class _Hop:
    """Where a request stands after some redirects."""

    url: URL
    redirects: int = 0
    permanent: bool = True
    """Every redirect so far was, and none left https for http."""
    left: float = SECONDS
    """Seconds until the deadline. Waiting for a host's turn does not count."""

    @property
    def moved_to(self) -> str | None:
        """Where the feed lives now."""
        return str(self.url) if self.redirects and self.permanent else None

    def follow(self, status: int, location: str) -> _Hop:
        """The hop a redirect leads to. Raises ValueError for an address that can't be read."""
        url = self.url.join(URL(location)).with_fragment(None)
        downgrade = self.url.scheme == "https" and url.scheme == "http"
        permanent = self.permanent and status in _PERMANENT and not downgrade
        return replace(self, url=url, redirects=self.redirects + 1, permanent=permanent)


class WebFetcher:
    """Fulfils ``ports.Fetcher``. Use it with ``async with``.

    ``allow`` are host:port pairs (FETCH_ALLOW) that are exempt from the address guard, the port rule and the spacing.
    ``user_agent`` names the bot, its version and where to complain. ``resolver`` stands in for DNS in tests.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        allow: frozenset[tuple[str, int]] = frozenset(),
        max_bytes: int = MAX_BYTES,
        seconds: float = SECONDS,
        spacing_seconds: float = SPACING_SECONDS,
        clock: Clock | None = None,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._headers = {"User-Agent": user_agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip"}
        self._allow = allow
        self._max_bytes = max_bytes
        self._seconds = seconds
        self._lanes = Lanes(spacing_seconds)
        self._clock = clock or SystemClock()
        self._resolver = resolver
        self._allowed_at_once: dict[tuple[str | None, int | None], asyncio.Semaphore] = {}
        self._sessions: dict[bool, aiohttp.ClientSession] = {}
        self._closed = False

    async def __aenter__(self) -> Self:
        """Sessions open with the first request."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close."""
        await self.close()

    async def close(self) -> None:
        """Close every connection."""
        self._closed = True
        for session in self._sessions.values():
            await session.close()

    async def fetch(self, request: FetchRequest) -> Fetched:
        """One conditional GET. Raises a FetchError, or NotWanted."""
        try:
            answer: Fetched | _Hop = _Hop(URL(request.url).with_fragment(None), left=self._seconds)
            while isinstance(answer, _Hop):
                answer = await self._step(request, answer)
        except VENDOR_ERRORS as error:
            raise translated(error, request.url, self._seconds) from error
        return answer

    async def _step(self, request: FetchRequest, hop: _Hop) -> Fetched | _Hop:
        """Ask one address: its answer, or where it sends us."""
        allowed = (hop.url.host, hop.url.port) in self._allow
        if not allowed:
            require_public(hop.url)
        loop = asyncio.get_running_loop()
        async with self._turn(hop.url, allowed=allowed):
            if not request.wanted():
                raise NotWanted
            started = loop.time()
            async with asyncio.timeout(hop.left), self._get(request, hop, allowed=allowed) as response:
                answer = await self._answer(request, hop, response)
        if isinstance(answer, Fetched):
            return answer
        return replace(answer, left=hop.left - (loop.time() - started))

    def _turn(self, url: URL, *, allowed: bool) -> contextlib.AbstractAsyncContextManager[None]:
        """A connection to the host: waited for here, where a request may still be taken back."""
        if not allowed:
            return self._lanes.turn(url.host or "")
        return self._allowed_at_once.setdefault((url.host, url.port), asyncio.Semaphore(ALLOWED_CONNECTIONS))

    def _get(
        self, request: FetchRequest, hop: _Hop, *, allowed: bool
    ) -> contextlib.AbstractAsyncContextManager[aiohttp.ClientResponse]:
        if self._closed:
            raise Unreachable(url=masked(request.url), reason="closed")
        if allowed not in self._sessions:
            self._sessions[allowed] = self._opened(allowed=allowed)
        conditions = headers.conditions(request.validators)
        return self._sessions[allowed].get(hop.url, headers=conditions, allow_redirects=False)

    def _opened(self, *, allowed: bool) -> aiohttp.ClientSession:
        resolver = self._resolver or aiohttp.ThreadedResolver()
        connector = aiohttp.TCPConnector(
            limit=CONNECTIONS,
            limit_per_host=ALLOWED_CONNECTIONS if allowed else 1,
            resolver=resolver if allowed else PublicResolver(resolver),
            socket_factory=None if allowed else public_socket,
        )
        return aiohttp.ClientSession(
            connector=connector,
            headers=self._headers,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None),
            trust_env=False,
        )

    async def _answer(self, request: FetchRequest, hop: _Hop, response: aiohttp.ClientResponse) -> Fetched | _Hop:
        location = response.headers.get("Location")
        if response.status in _REDIRECTS and location:
            if hop.redirects >= MAX_REDIRECTS:
                raise TooManyRedirects(url=masked(request.url), limit=MAX_REDIRECTS)
            return hop.follow(response.status, location)
        unchanged = response.status == _NOT_MODIFIED and request.validators != NO_VALIDATORS
        if response.status not in _CONTENT and not unchanged:
            raise HttpStatus(
                url=masked(request.url),
                status=response.status,
                retry_after=headers.retry_after(response.headers, self._clock.now()),
            )
        return Fetched(
            url=request.url,
            moved_to=hop.moved_to,
            final_url=str(hop.url),
            body=None if unchanged else await self._body(request, response),
            content_type=response.headers.get("Content-Type", ""),
            validators=headers.validators(response.headers, request.validators if unchanged else NO_VALIDATORS),
            fresh_seconds=headers.fresh_seconds(response.headers, self._clock.now()),
            reserved=headers.reserves(response.headers),
        )

    async def _body(self, request: FetchRequest, response: aiohttp.ClientResponse) -> bytes:
        """The content, decompressed as it comes, never much more of it in memory than the cap."""
        body = bytearray()
        async for chunk in response.content.iter_chunked(CHUNK):
            body += chunk
            if len(body) > self._max_bytes:
                raise TooLarge(url=masked(request.url), limit=self._max_bytes)
        return bytes(body)
