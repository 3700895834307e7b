"""Who said what, in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.dialect import among
from bot.adapters.sql.schema import articles, claims
from bot.adapters.sql.scoping import RELEVANT, in_scope
from bot.domain.claim import Claim, Modality, Phase, Polarity
from bot.ports import Scope

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

    async def about(self, topic: str, scope: Scope, since: datetime) -> tuple[Claim, ...]:
        """See the port. What an article no longer held relevant said is not repeated."""
        statement = select(*_COLUMNS).join_from(claims, articles)
        statement = statement.where(claims.c.topic == topic, claims.c.published >= since, RELEVANT, in_scope(scope))
        rows = await self._connection.execute(statement.order_by(claims.c.published, claims.c.id))
        return tuple(_read(dict(row)) for row in rows.mappings())

    async def revision(self) -> int:
        """See the port. Ids grow, and none is used twice."""
        return int(await self._connection.scalar(select(func.max(claims.c.id))) or 0)


def _read(values: dict[str, Any]) -> Claim:
    values["polarity"] = Polarity(values["polarity"])
    values["phase"] = Phase(values["phase"])
    values["modality"] = Modality(values["modality"])
    return Claim(**values)
