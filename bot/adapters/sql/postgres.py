"""PostgreSQL through asyncpg: the database for more than one process or machine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.adapters.sql.address import DatabaseAddress
from bot.adapters.sql.upgrade import bring_up_to_date
from bot.adapters.sql.vendor_errors import reason_of, translated, unavailable
from bot.domain.errors import SettingsError, StoreError

CONNECT_SECONDS = 10
STATEMENT_SECONDS = 60
"""No statement of ours comes near it; a hanging server must not hang us."""
STANDSTILL_SECONDS = 30
"""A process that was stopped between two statements holds its locks no longer: nobody else could send or read on."""
CONNECTIONS = 5
MORE_CONNECTIONS = 5
"""Opened under load and closed again."""
DURABLE = "on"
"""PostgreSQL's default. Where a server was told to be quicker, its crash would take back that a part is being sent."""
UPGRADE_LOCK = 0x64657065636865
"""Our advisory lock's number ("depeche" in ASCII): one process changes the schema, the others wait for it."""


class PostgresDatabase:
    """One PostgreSQL database."""

    def __init__(self, address: DatabaseAddress) -> None:
        self._address = address
        self._writers = _engine(address)
        self._readers = self._writers.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @classmethod
    async def open(cls, address: DatabaseAddress) -> PostgresDatabase:
        """Connect and bring the schema up to date."""
        try:
            import asyncpg  # noqa: F401 - asked for by name here, so that its absence is told as what it is
        except ImportError:
            raise SettingsError("postgres-extra-missing", name="DATABASE_URL") from None
        database = cls(address)
        try:
            async with database.writing() as connection:
                await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": UPGRADE_LOCK})
                await bring_up_to_date(connection)
        except BaseException:
            await database.close()
            raise
        return database

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """See Database."""
        with translated(self._address):
            async with self._connected(self._writers) as connection, connection.begin():
                yield connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """See Database."""
        with translated(self._address, reading=True):
            async with self._connected(self._readers) as connection:
                yield connection

    async def backup(self, target: Path) -> None:  # noqa: ARG002 - Database's signature
        """A server's copies are its own tools' work: always raises."""
        raise StoreError("backup-by-pg-dump", database=self._address.shown)

    async def close(self) -> None:
        """See Database."""
        await self._writers.dispose()

    @asynccontextmanager
    async def _connected(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        """asyncpg's and the network's own errors surface only here, unwrapped, before there is a connection."""
        import asyncpg

        waiting = engine.connect()
        try:
            connection = await waiting
        except (
            OSError,
            TimeoutError,
            asyncpg.PostgresError,
            asyncpg.InterfaceError,
            asyncpg.InternalClientError,
        ) as error:
            raise unavailable(self._address, reason_of(error)) from error
        try:
            yield connection
        finally:
            await connection.close()


def _engine(address: DatabaseAddress) -> AsyncEngine:
    return create_async_engine(
        address.url,
        pool_size=CONNECTIONS,
        max_overflow=MORE_CONNECTIONS,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={
            "timeout": CONNECT_SECONDS,
            "command_timeout": STATEMENT_SECONDS,
            "server_settings": {
                "application_name": "depeche",
                "jit": "off",
                "synchronous_commit": DURABLE,
                "idle_in_transaction_session_timeout": f"{STANDSTILL_SECONDS}s",
            },
        },
    )
