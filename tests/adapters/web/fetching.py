"""Short ways to fetch from the scripted server."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from bot.adapters.web.fetch import WebFetcher
from bot.domain.feed import NO_VALIDATORS, Validators
from bot.ports import Fetched, FetchRequest
from tests.fakes.web import WebServer, feed

AGENT = "Depeche/0 (+https://depeche.test)"
BODY = feed("Une trêve est proposée", "Des pourparlers reprennent")
NOON = datetime(2025, 2, 10, 12, tzinfo=UTC)


class StoppedClock:
    """It is always noon."""

    def now(self) -> datetime:
        return NOON

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)


def fetching(server: WebServer, **limits: float) -> WebFetcher:
    return WebFetcher(
        user_agent=AGENT,
        allow=server.allowed,
        clock=StoppedClock(),
        max_bytes=int(limits.get("max_bytes", 1024 * 1024)),
        seconds=limits.get("seconds", 5.0),
    )


async def get(
    fetcher: WebFetcher, server: WebServer, path: str = "/feed", known: Validators = NO_VALIDATORS
) -> Fetched:
    return await fetcher.fetch(FetchRequest(server.url(path), known))
