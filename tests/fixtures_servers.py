"""Servers on loopback that tests talk to, one a test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.fakes.discord import FakeDiscord
from tests.fakes.web import WebServer


@pytest.fixture
async def web() -> AsyncIterator[WebServer]:
    """Sites, which answer what the test sets."""
    async with WebServer() as server:
        yield server


@pytest.fixture
async def discord() -> AsyncIterator[FakeDiscord]:
    """The fake, which must have received nothing Discord would refuse."""
    async with FakeDiscord() as fake:
        yield fake
        assert fake.violations == []
