"""Writers are tried on real databases and a real server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.adapters.sql.store import SqlStore
from tests.fakes.model import ModelServer


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    """An empty database."""
    opened = await SqlStore.open(f"sqlite:///{tmp_path}/depeche.db")
    yield opened
    await opened.close()


@pytest.fixture
async def server() -> AsyncIterator[ModelServer]:
    """A model that writes well until a test says otherwise."""
    async with ModelServer() as running:
        yield running
