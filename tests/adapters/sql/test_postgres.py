"""PostgreSQL: what can't be reached is told without secrets, what is lost comes back."""

from __future__ import annotations

import asyncio
import socket
import sys
from pathlib import Path

import pytest

from bot.adapters.sql.store import SqlStore
from bot.domain.errors import SettingsError, StoreError, StoreUnavailable
from tests.contracts.examples import NOON, meet
from tests.postgres_server import PostgresServer

pytestmark = pytest.mark.postgres

CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'depeche'"


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_a_server_that_is_not_there_is_unavailable_and_no_secret_is_told() -> None:
    port = unused_port()
    with pytest.raises(StoreUnavailable) as caught:
        await SqlStore.open(f"postgresql://ann:s3cret@127.0.0.1:{port}/news")
    assert caught.value.arguments["database"] == f"postgresql://ann:***@127.0.0.1:{port}/news"
    assert "s3cret" not in f"{caught.value} {caught.value.__cause__!r}"


async def test_a_database_that_is_not_there_is_unavailable(postgres_server: PostgresServer) -> None:
    with pytest.raises(StoreUnavailable, match="does not exist"):
        await SqlStore.open(postgres_server.url("no_such_database"))


async def test_without_its_extra_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "asyncpg", None)
    with pytest.raises(SettingsError) as caught:
        await SqlStore.open("postgresql://ann@127.0.0.1/news")
    assert caught.value.key == "postgres-extra-missing"


async def test_a_store_whose_connections_were_cut_goes_on(
    migrated_postgres: str, postgres_server: PostgresServer
) -> None:
    store = await SqlStore.open(migrated_postgres)
    await meet(store, "before")
    postgres_server.sql(CUT)
    await meet(store, "after")
    await store.close()


async def test_a_connection_cut_in_the_middle_of_a_unit_is_unavailable_and_writes_nothing(
    migrated_postgres: str, postgres_server: PostgresServer
) -> None:
    store = await SqlStore.open(migrated_postgres)

    async def cut() -> None:
        async with store.write() as unit:
            await unit.chats.receive("telegram", "cut", NOON)
            postgres_server.sql(CUT)
            await unit.chats.receive("telegram", "cut too", NOON)

    with pytest.raises(StoreUnavailable):
        await cut()
    async with store.write() as unit:
        assert await unit.chats.receive("telegram", "cut", NOON) == 1
    await store.close()


async def test_a_unit_that_stands_still_gives_back_what_it_holds(
    migrated_postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.adapters.sql.postgres.STANDSTILL_SECONDS", 1)
    stopped, other = await SqlStore.open(migrated_postgres), await SqlStore.open(migrated_postgres)
    met = asyncio.Event()

    async def stand_still() -> None:
        """As a process does that was stopped between two of its statements."""
        async with stopped.write() as unit:
            await unit.chats.receive("telegram", "held", NOON)
            met.set()
            await asyncio.sleep(3)

    standing = asyncio.create_task(stand_still())
    await met.wait()
    async with other.write() as unit:
        assert await unit.chats.receive("telegram", "held", NOON) == 1  # waits for as long as the first may hold it
    with pytest.raises(StoreUnavailable, match="connection is closed"):
        await standing
    await meet(stopped, "afterwards")
    for store in (stopped, other):
        await store.close()


async def test_its_copies_are_left_to_its_own_tools(migrated_postgres: str, tmp_path: Path) -> None:
    store = await SqlStore.open(migrated_postgres)
    with pytest.raises(StoreError) as caught:
        await store.backup(tmp_path / "copy")
    assert caught.value.key == "backup-by-pg-dump"
    await store.close()
