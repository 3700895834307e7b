"""Databases for tests of the adapter itself."""

from tests.fixtures_store import (
    empty_url,
    migrated_postgres,
    postgres_server,
    sqlite_template,
    store,
    store_url,
)

__all__ = ["empty_url", "migrated_postgres", "postgres_server", "sqlite_template", "store", "store_url"]
