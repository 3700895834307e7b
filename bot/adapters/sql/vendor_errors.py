"""Turning what SQLAlchemy and its drivers raise into our errors, at the edge of every unit of work.

What a vendor says may hold a statement and its values, so only the driver's own first line is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlalchemy.exc import TimeoutError as NoFreeConnection

from bot.adapters.sql.address import DatabaseAddress
from bot.domain.errors import StoreCorrupt, StoreUnavailable

CORRUPT = {11, 26}
"""SQLITE_CORRUPT and SQLITE_NOTADB: https://www.sqlite.org/rescode.html"""
_SQLITE_READONLY = 8
_POSTGRES_READ_ONLY_TRANSACTION = "25006"


@contextmanager
def translated(address: DatabaseAddress, *, reading: bool = False) -> Iterator[None]:
    """Raise StoreCorrupt or StoreUnavailable for what the database refused, and plain errors for our own mistakes:

    ValueError for a value that can't be stored (a naive datetime) or contradicts what is there (an unknown feed),
    RuntimeError for a write through a reading unit of work.
    """
    try:
        yield
    except NoFreeConnection as error:
        raise unavailable(address, "no free connection") from error
    except IntegrityError as error:
        raise ValueError(_words(error)) from error
    except DBAPIError as error:
        raise _translation(error, address, reading=reading) from error
    except StatementError as error:
        raise (error.orig if isinstance(error.orig, ValueError) else error) from None


def unavailable(address: DatabaseAddress, reason: str) -> StoreUnavailable:
    """The error for a database that can't be used now."""
    return StoreUnavailable(database=address.shown, reason=reason)


def reason_of(error: BaseException) -> str:
    """The first line of what a driver or the system said, or the kind of error where it said nothing."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror  # without the path, which is told apart
    return str(error).strip().split("\n", 1)[0] or type(error).__name__


def sqlite_code(error: BaseException | None) -> int | None:
    """SQLite's primary result code, the low byte of an extended one; None for errors of another kind."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def _translation(error: DBAPIError, address: DatabaseAddress, *, reading: bool) -> Exception:
    code = sqlite_code(error.orig)
    if code in CORRUPT:
        return StoreCorrupt(path=address.shown)
    read_only = code == _SQLITE_READONLY or getattr(error.orig, "sqlstate", None) == _POSTGRES_READ_ONLY_TRANSACTION
    if reading and read_only:
        return RuntimeError("a reading unit of work can't write")
    return unavailable(address, _words(error))


def _words(error: DBAPIError) -> str:
    """asyncpg's errors arrive wrapped; what it said itself is their cause."""
    driver = error.orig
    return reason_of(driver.__cause__ or driver) if driver is not None else type(error).__name__
