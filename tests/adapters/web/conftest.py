"""The scripted server and a fetcher that may read it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.adapters.web.fetch import WebFetcher
from tests.adapters.web.fetching import BODY, fetching
from tests.adapters.web.loop import Loop, watched_loop
from tests.fakes.web import Answer, WebServer


@pytest.fixture
async def server() -> AsyncIterator[WebServer]:
    async with WebServer({"/feed": Answer(BODY)}) as running:
        yield running


@pytest.fixture
async def fetcher(server: WebServer) -> AsyncIterator[WebFetcher]:
    async with fetching(server) as running:
        yield running


@pytest.fixture
async def loop_watch() -> AsyncIterator[Loop]:
    async with watched_loop() as watch:
        yield watch
