"""SQLite done right: write-ahead log, one writer at a time, readers that never wait for it.

One connection writes, guarded by a lock: tasks that share a connection lose each other's rows when one of them rolls
back. Each transaction begins with BEGIN IMMEDIATE, because a deferred one fails at once, whatever the busy timeout,
when it turns from reading to writing while another process writes.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import aiosqlite
import structlog
from sqlalchemy import Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.adapters.sql.address import DatabaseAddress
from bot.adapters.sql.upgrade import bring_up_to_date
from bot.adapters.sql.vendor_errors import CORRUPT, reason_of, sqlite_code, translated, unavailable
from bot.domain.errors import StoreCorrupt, StoreError

log = structlog.get_logger(__name__)

BUSY_SECONDS = 10
"""How long a statement waits for another process's transaction."""
READERS = 4
"""Connections, each a thread; a reader beyond that waits for a free one."""
COPY = ".before-upgrade-from-"
"""Between the name of a database and the version a copy of it was made at."""
LOG_LIMIT = 64 * 1024 * 1024
"""Bytes the write-ahead log file keeps after a checkpoint."""

_COMMON = (f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}", "PRAGMA foreign_keys=ON")
_WRITER = (
    *_COMMON,
    "PRAGMA journal_mode=WAL",
    f"PRAGMA journal_size_limit={LOG_LIMIT}",
    # A power cut must not lose a part committed as "sending": it would be sent twice.
    "PRAGMA synchronous=FULL",
)
_READER = (*_COMMON, "PRAGMA query_only=ON")


class SqliteDatabase:
    """One SQLite file."""

    def __init__(self, address: DatabaseAddress, path: Path) -> None:
        self._address = address
        self._path = path
        self._turn = asyncio.Lock()
        self._writing: asyncio.Task[object] | None = None
        self._writer = _engine(address, 1, _WRITER, "BEGIN IMMEDIATE")
        self._readers = _engine(address, READERS, _READER, "BEGIN")

    @classmethod
    async def open(cls, address: DatabaseAddress, path: Path) -> SqliteDatabase:
        """Check an existing file, or create one with its folder, and bring its schema up to date."""
        await asyncio.to_thread(_prepare, address, path)
        database = cls(address, path)
        try:
            async with database.writing() as connection:
                await bring_up_to_date(connection, database._keep_copy)
        except BaseException:
            await database.close()
            raise
        return database

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """See Database. Raises RuntimeError where a task would wait for itself."""
        if self._writing is not None and self._writing is asyncio.current_task():
            raise RuntimeError("a writing unit of work inside another one")
        async with self._turn:
            self._writing = asyncio.current_task()
            try:
                with translated(self._address):
                    async with self._writer.begin() as connection:
                        yield connection
            finally:
                self._writing = None

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """See Database."""
        with translated(self._address, reading=True):
            async with self._readers.connect() as connection:
                yield connection

    async def backup(self, target: Path) -> None:
        """See Database. Writers go on meanwhile: VACUUM INTO reads one snapshot, which copying the file does not."""
        try:
            await self._copy(target, over=False)
        except (OSError, sqlite3.Error) as error:
            raise StoreError("backup-failed", path=str(target), reason=reason_of(error)) from error

    async def _keep_copy(self, version: str) -> None:
        """Before its schema changes: the file as that version left it. Earlier ones go, a small disk has no room."""
        target = self._path.with_name(f"{self._path.name}{COPY}{version}")
        try:
            await self._copy(target, over=True)
        except (OSError, sqlite3.Error) as error:
            raise unavailable(DatabaseAddress(self._address.url, target), reason_of(error)) from error
        await asyncio.to_thread(_remove_older, target)
        log.info("database copied before its upgrade", file=target.name)

    async def _copy(self, target: Path, *, over: bool) -> None:
        """Raises StoreError for a file that is there, OSError or sqlite3.Error; leaves nothing behind where it does."""
        unfinished = target.with_name(f"{target.name}.unfinished")
        try:
            _make_way(target, unfinished, over=over)
            async with aiosqlite.connect(self._path, isolation_level=None) as connection:
                await connection.execute("VACUUM INTO ?", (str(unfinished),))
            unfinished.rename(target)
        finally:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)

    async def close(self) -> None:
        """See Database."""
        await self._readers.dispose()
        await self._writer.dispose()


def _engine(address: DatabaseAddress, size: int, pragmas: tuple[str, ...], begin: str) -> AsyncEngine:
    """An engine whose connections run ``pragmas`` once and start every transaction with ``begin``."""
    engine = create_async_engine(
        address.url, pool_size=size, max_overflow=0, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS}
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _set_up(connection: DBAPIConnection, _record: object) -> None:
        connection.isolation_level = None  # the driver starts no transactions of its own
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "invalidate")
    def _let_go(connection: DBAPIConnection, _record: object, _error: BaseException | None) -> None:
        # A cancelled task's connection is closed, but SQLite keeps it, with its lock, while a statement of it lives
        # on in the task's traceback: everybody else would wait for the busy timeout.
        with suppress(Exception):  # whatever it says, it is thrown away
            connection.rollback()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _prepare(address: DatabaseAddress, path: Path) -> None:
    """Check an existing file, create a new one with its folder. Blocking, and before any connection of ours: one that
    can't be opened leaves a thread of aiosqlite behind, which complains when the program ends.
    """
    try:
        if path.exists():
            _check_health(path)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            _create(path)
    except sqlite3.Error as error:
        if sqlite_code(error) in CORRUPT:
            raise StoreCorrupt(path=address.shown) from error
        raise unavailable(address, reason_of(error)) from error
    except OSError as error:
        raise unavailable(address, reason_of(error)) from error


def _check_health(path: Path) -> None:
    """Raises StoreCorrupt, or what sqlite3 raises. SQLite would just fill an empty file, and whoever lost their data
    would never know: that is refused too.
    """
    if path.stat().st_size == 0:
        raise StoreCorrupt(path=str(path))
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection:
        (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise StoreCorrupt(path=str(path))


def _create(path: Path) -> None:
    """Make a database in one step: neither another process nor a crash or a full disk leaves an empty file to see."""
    with TemporaryDirectory(prefix=".depeche-", dir=path.parent) as folder:
        new = Path(folder, path.name)
        with closing(sqlite3.connect(new)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
        try:
            path.hardlink_to(new)
        except FileExistsError:
            pass  # another process was faster
        except OSError:
            new.rename(path)  # a file system without links: there, a faster process's file would be replaced


def _make_way(target: Path, unfinished: Path, *, over: bool) -> None:
    if target.exists() and not over:
        raise StoreError("backup-exists", path=str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished.unlink(missing_ok=True)


def _remove_older(copy: Path) -> None:
    for older in copy.parent.glob(f"{copy.name.partition(COPY)[0]}{COPY}*"):
        if older != copy:
            older.unlink(missing_ok=True)
