"""Who said what, in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.dialect import among
from bot.adapters.sql.schema import claims
from bot.domain.claim import Claim, Modality, Phase, Polarity

_COLUMNS = tuple(claims.c[field.name] for field in fields(Claim))
"""Columns are named as the fields are."""


class SqlClaimRows:
    """Fulfils ``ports.ClaimRows``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, items: Sequence[Claim]) -> None:
        """See the port."""
        if not items:
            return
        read_again = among(self._connection, claims.c.article_id, {claim.article_id for claim in items})
        await self._connection.execute(delete(claims).where(read_again))
        await self._connection.execute(insert(claims), [asdict(claim) for claim in items])

    async def of_articles(self, topic: str, article_ids: Sequence[str]) -> tuple[Claim, ...]:
        """See the port."""
        statement = select(*_COLUMNS).where(claims.c.topic == topic)
        statement = statement.where(among(self._connection, claims.c.article_id, article_ids))
        rows = await self._connection.execute(statement.order_by(claims.c.published, claims.c.id))
        return tuple(Claim(*map(_value, _READERS, row)) for row in rows)

    async def revision(self) -> int:
        """See the port. Ids grow, and none is used twice."""
        return int(await self._connection.scalar(select(func.max(claims.c.id))) or 0)


_READERS: tuple[type[StrEnum] | None, ...] = tuple(
    {"polarity": Polarity, "phase": Phase, "modality": Modality}.get(column.name) for column in _COLUMNS
)


def _value(reader: type[StrEnum] | None, value: Any) -> Any:
    return value if reader is None else reader(value)
