"""What the two databases say differently, or can't take at once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    String,
    Table,
    Text,
    and_,
    any_,
    bindparam,
    cast,
    false,
    func,
    literal_column,
    or_,
    select,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.columns import storable
from bot.adapters.sql.schema import articles
from bot.ports import Spellings

AnyRow = Row[*tuple[Any, ...]]
"""A row of whatever columns."""

LONGEST_TERM = 64
"""Characters. PostgreSQL's index refuses terms of kilobytes; no word is longer."""

_TERM = re.compile(r"[^\W_]+")


def insert(connection: AsyncConnection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ON CONFLICT: the same words on both, but two classes in SQLAlchemy."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def among(connection: AsyncConnection, asked: ColumnElement[Any], values: Iterable[int | str]) -> ColumnElement[bool]:
    """The column has one of these values, however many: they travel as one parameter, so the statement stays the
    same (and prepared), and no limit on parameters is met (SQLite's is 32,766).
    """
    listed = [storable(value) if isinstance(value, str) else value for value in values]
    if connection.dialect.name == "sqlite":
        rows = func.json_each(bindparam(None, json.dumps(listed), type_=String)).table_valued("value")
        return asked.in_(select(rows.c.value))
    array = postgresql.ARRAY(Integer if isinstance(asked.type, Integer) else Text)
    return asked == any_(bindparam(None, listed, type_=array))


def numbers(connection: AsyncConnection, values: Iterable[int]) -> ColumnElement[int]:
    """A column to select from: these numbers, a row each, as one parameter."""
    if connection.dialect.name == "sqlite":
        rows = func.json_each(bindparam(None, json.dumps(list(values)), type_=String))
        return cast(rows.table_valued("value").c.value, Integer)
    array = bindparam(None, list(values), type_=postgresql.ARRAY(Integer))
    return func.unnest(array, type_=Integer).column_valued("number")


def free(lease_until: ColumnElement[datetime], now: datetime) -> ColumnElement[bool]:
    """Nobody holds the row's lease."""
    return or_(lease_until.is_(None), lease_until <= now)


# --- Full text: the same terms find the same articles on both ---


def search_terms(words: Sequence[str]) -> tuple[str, ...]:
    """Words as both indexes hold them: runs of letters and digits, each once. ``cessez-le-feu`` becomes three."""
    found = (term[:LONGEST_TERM].lower() for word in words for term in _TERM.findall(word))
    return tuple(dict.fromkeys(found))


def has_all(connection: AsyncConnection, words: Sequence[str | Spellings]) -> ColumnElement[bool]:
    """Articles whose ``search`` column has each of these words, by one of its names; none where there are no words."""
    wanted = [names for word in words if (names := _names(word))]
    if not wanted:
        return false()
    if connection.dialect.name == "sqlite":
        query = " AND ".join(_any_of(names) for names in wanted)
        numbers = text("SELECT rowid FROM article_search WHERE article_search MATCH :query").bindparams(query=query)
        return articles.c.number.in_(numbers.columns(articles.c.number.label("rowid")))
    held = func.string_to_array(articles.c.search, literal_column("' '"), type_=postgresql.ARRAY(Text))
    return and_(
        *(or_(*(held.contains(cast(list(name), postgresql.ARRAY(Text))) for name in names)) for names in wanted)
    )


def _names(word: str | Spellings) -> list[tuple[str, ...]]:
    names = [(word,)] if isinstance(word, str) else word
    return [terms for name in names if (terms := search_terms(name))]


def _any_of(names: Sequence[Sequence[str]]) -> str:
    """Names in FTS5's words. Terms are quoted: bare ones could be its own, such as NEAR."""
    return "(" + " OR ".join("(" + " AND ".join(f'"{term}"' for term in name) + ")" for name in names) + ")"
