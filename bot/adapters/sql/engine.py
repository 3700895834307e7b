"""Opening the database an address names, ready for use: healthy, and with the schema this version knows."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.address import read_address


class Database(Protocol):
    """One database, however it is reached. Vendors' errors don't leave the blocks."""

    def writing(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A transaction that commits at the end of the block, or rolls back where it raises."""
        ...

    def reading(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A consistent view that refuses to write."""
        ...

    async def backup(self, target: Path) -> None:
        """Write a consistent copy to a file that does not exist yet. Raises StoreError."""
        ...

    async def close(self) -> None:
        """Let go of every connection."""
        ...


async def open_database(url: str) -> Database:
    """Connect and bring the schema up to date.

    Raises SettingsError (an address or a missing extra), StoreUnavailable, StoreCorrupt or SchemaTooNew.
    """
    address = read_address(url)
    if address.path is not None:
        from bot.adapters.sql.sqlite import SqliteDatabase

        return await SqliteDatabase.open(address, address.path)
    from bot.adapters.sql.postgres import PostgresDatabase

    return await PostgresDatabase.open(address)
