"""Numbering what becomes of articles, so that whoever keeps an answer knows when it is out of date."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.dialect import among, insert
from bot.adapters.sql.schema import article_changes, articles


async def changed(connection: AsyncConnection, article_ids: Iterable[str]) -> None:
    """Give articles that were judged, moved to another story or read anew their next numbers.

    Only the newsroom's turn does so, which one process has at a time: numbers are seen in the order they were given.
    """
    named = among(connection, article_changes.c.article_id, ids := list(article_ids))
    await connection.execute(delete(article_changes).where(named))
    stored = select(articles.c.id).where(among(connection, articles.c.id, ids))
    await connection.execute(insert(connection, article_changes).from_select(["article_id"], stored))
