"""Services run on every store there is, with a clock the test sets."""

from __future__ import annotations

import pytest

from tests.fakes.clock import FakeClock
from tests.fixtures_servers import discord, web
from tests.fixtures_store import migrated_postgres, other_store, postgres_server, sqlite_template, store, store_url

__all__ = [
    "discord",
    "migrated_postgres",
    "other_store",
    "postgres_server",
    "sqlite_template",
    "store",
    "store_url",
    "web",
]


@pytest.fixture
def clock() -> FakeClock:
    """Noon on a spring day."""
    return FakeClock()
