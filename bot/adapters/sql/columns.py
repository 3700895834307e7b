"""Column types that behave the same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """A moment. Naive values are refused with ValueError, every other one is stored and returned as UTC.

    SQLite keeps fixed-width text, which sorts like time; PostgreSQL keeps ``timestamp with time zone``.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a stored moment needs a time zone: {value!r}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's signature
    ) -> datetime | None:
        """From the database."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text from anywhere. What a database can't hold, NUL and lone surrogates, is taken out or replaced."""

    impl = Text
    cache_ok = True

    def process_bind_param(
        self,
        value: str | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's signature
    ) -> str | None:
        """To the database."""
        return None if value is None else storable(value)


class Values(TypeDecorator[tuple[Any, ...]]):
    """A few plain values in order, as JSON. Equal ones are decoded once: among a million schedules most are alike."""

    impl = Text
    cache_ok = True

    def process_bind_param(
        self,
        value: tuple[Any, ...] | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's signature
    ) -> str | None:
        """To the database."""
        return None if value is None else json.dumps(value)

    def process_result_value(
        self,
        value: str | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's signature
    ) -> tuple[Any, ...] | None:
        """From the database."""
        return None if value is None else _decoded(value)


@lru_cache(maxsize=4096)
def _decoded(text: str) -> tuple[Any, ...]:
    return tuple(json.loads(text))


def storable(text: str) -> str:
    """The text as it comes back from the database."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text
