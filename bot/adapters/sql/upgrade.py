"""The schema's version: refuse a newer one, bring an older one up to date. Alembic is loaded only when it has work."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import SchemaTooNew

NEWEST = "0015"
"""The version this code is written for. Versions are numbers of four digits, ascending."""


async def bring_up_to_date(connection: AsyncConnection, keep: Callable[[str], Awaitable[None]] | None = None) -> None:
    """Upgrade within the caller's transaction, which keeps every other process out. Raises SchemaTooNew.

    ``keep`` is given the version found, before anything is changed, where there is something to lose.
    """
    found = await connection.run_sync(found_version)
    if found == NEWEST:
        return
    if found is not None and found > NEWEST:
        raise SchemaTooNew(found=found, known=NEWEST)
    if found is not None and keep is not None:
        await keep(found)
    await connection.run_sync(run_migrations, NEWEST)


def found_version(connection: Connection) -> str | None:
    """The database's version; None where it is new."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def run_migrations(connection: Connection, target: str) -> None:
    """Run the versions up to ``target``, without any configuration file."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "bot.adapters.sql:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, target)
