"""Run by Alembic; the connection comes from ``upgrade.py`` and its transaction is not ours to end."""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    transactional_ddl=True,  # SQLite can, since the driver no longer begins transactions of its own
)
context.run_migrations()
