"""The long delivery tests run on every store there is."""

from tests.fixtures_store import migrated_postgres, postgres_server, sqlite_template, store, store_url

__all__ = ["migrated_postgres", "postgres_server", "sqlite_template", "store", "store_url"]
