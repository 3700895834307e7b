"""Numbering what becomes of topics' articles, so that whoever keeps an answer knows when it is out of date."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.dialect import among, insert
from bot.adapters.sql.schema import article_changes


async def changed(connection: AsyncConnection, affected: Mapping[str, Collection[str]]) -> None:
    """Give articles that were judged, moved to another story or read anew their next numbers on the topics affected.

    Only the newsroom's turn does so, which one process has at a time: numbers are seen in the order they were given.
    """
    rows = [{"article_id": article_id, "topic": topic} for article_id in affected for topic in affected[article_id]]
    if not rows:
        return
    # A topic that isn't affected keeps its number: else it would go back to one that has meant something else.
    named = among(connection, article_changes.c.article_id, {row["article_id"] for row in rows})
    on = among(connection, article_changes.c.topic, {row["topic"] for row in rows})
    await connection.execute(delete(article_changes).where(named, on))
    await connection.execute(insert(connection, article_changes), rows)
