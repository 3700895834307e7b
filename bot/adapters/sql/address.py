"""Reading ``DATABASE_URL``: plain schemes in, a driver's address out, secrets masked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.domain.errors import SettingsError


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """Where the database is."""

    url: URL
    """For SQLAlchemy, with our driver."""
    path: Path | None
    """SQLite's file; None: a server."""

    @property
    def shown(self) -> str:
        """For people and logs: no password, no options."""
        if self.path is not None:
            return str(self.path)
        return self.url.set(drivername="postgresql", query={}).render_as_string(hide_password=True)


def read_address(text: str) -> DatabaseAddress:
    """``sqlite:///relative``, ``sqlite:////absolute`` or ``postgresql://…``; raises SettingsError for anything else."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise _not_understood() from None
    if url.drivername == "sqlite" and url.database and url.database != ":memory:":
        path = Path(url.database)
        return DatabaseAddress(URL.create("sqlite+aiosqlite", database=str(path)), path)
    if url.drivername in {"postgresql", "postgres"}:
        return DatabaseAddress(_for_asyncpg(url), None)
    raise _not_understood()


def _for_asyncpg(url: URL) -> URL:
    """asyncpg calls libpq's ``sslmode`` ``ssl``, with the same values."""
    query = dict(url.query)
    if "sslmode" in query:
        query["ssl"] = query.pop("sslmode")
    return url.set(drivername="postgresql+asyncpg", query=query)


def _not_understood() -> SettingsError:
    return SettingsError("wrong-setting", name="DATABASE_URL", reason="reason.database-url", expected="")
