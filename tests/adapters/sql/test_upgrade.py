"""The schema is brought up to date at start, by one process, and a newer one is left alone."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.adapters.sql import upgrade
from bot.adapters.sql.schema import metadata
from bot.adapters.sql.store import SqlStore
from bot.domain.errors import SchemaTooNew
from tests.contracts.examples import EVERYTHING, follow, meet

FULL_TEXT = "article_search"


def differences(connection: Connection) -> list[Any]:
    """What the migrated database lacks or has beyond ``schema``, apart from the full-text index."""

    def ours(_object: object, name: str | None, _kind: str, _reflected: bool, _other: object) -> bool:
        return name is not None and not name.startswith(FULL_TEXT) and name != "ix_articles_search"

    context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
    return list(compare_metadata(context, metadata))


async def test_migrations_lead_to_exactly_the_tables_the_code_uses(empty_url: str) -> None:
    store = await SqlStore.open(empty_url)
    async with store._database.reading() as connection:
        assert await connection.run_sync(differences) == []
        assert await connection.run_sync(upgrade.found_version) == upgrade.NEWEST
    await store.close()


async def test_opening_again_changes_nothing(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = await SqlStore.open(empty_url)
    await follow(first, "alpha")
    await first.close()
    monkeypatch.setattr(upgrade, "run_migrations", lambda *_: pytest.fail("there was nothing to migrate"))
    second = await SqlStore.open(empty_url)
    async with second.read() as unit:
        assert [feed.name for feed in await unit.feeds.listed(EVERYTHING)] == ["alpha"]
    await second.close()


async def test_processes_that_start_together_migrate_once(empty_url: str) -> None:
    stores = await asyncio.gather(*(SqlStore.open(empty_url) for _ in range(4)))
    for number, store in enumerate(stores):
        await meet(store, str(number))
        await store.close()


async def test_a_newer_schema_is_refused_and_left_as_it_is(store: SqlStore, store_url: str) -> None:
    async with store._database.writing() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        with pytest.raises(SchemaTooNew) as caught:
            await SqlStore.open(store_url)
        assert caught.value.arguments == {"found": "9999", "known": upgrade.NEWEST}
        async with store._database.reading() as connection:
            assert await connection.run_sync(upgrade.found_version) == "9999"
    finally:
        async with store._database.writing() as connection:
            statement = text("UPDATE alembic_version SET version_num = :known")
            await connection.execute(statement, {"known": upgrade.NEWEST})


async def test_a_migration_that_fails_leaves_an_empty_database(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run = upgrade.run_migrations

    def fail(connection: Connection, target: str) -> None:
        run(connection, target)
        raise LookupError

    monkeypatch.setattr(upgrade, "run_migrations", fail)
    with pytest.raises(LookupError):
        await SqlStore.open(empty_url)
    monkeypatch.setattr(upgrade, "run_migrations", run)
    store = await SqlStore.open(empty_url)
    await meet(store)
    await store.close()


def test_the_newest_version_is_the_last_of_the_scripts() -> None:
    config = Config()
    config.set_main_option("script_location", "bot.adapters.sql:migrations")
    versions = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert versions[0] == upgrade.NEWEST
    assert versions == sorted(versions, reverse=True)
    assert all(len(version) == 4 and version.isdigit() for version in versions)
