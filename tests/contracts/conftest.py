"""The contract suite runs on every store there is."""

from tests.fixtures_store import (
    migrated_postgres,
    other_store,
    postgres_server,
    sqlite_template,
    store,
    store_url,
)

__all__ = ["migrated_postgres", "other_store", "postgres_server", "sqlite_template", "store", "store_url"]
