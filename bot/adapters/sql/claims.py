"""Who said what, in SQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, fields
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.changes import changed
from bot.adapters.sql.dialect import among
from bot.adapters.sql.schema import claims
from bot.adapters.sql.sourcing import topics_of
from bot.domain.claim import Claim, Modality, Phase, Polarity

_COLUMNS = tuple(claims.c[field.name] for field in fields(Claim))
"""Columns are named as the fields are."""
_READ_AS: Mapping[str, type[StrEnum]] = {"polarity": Polarity, "phase": Phase, "modality": Modality}


class SqlClaimRows:
    """Fulfils ``ports.ClaimRows``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, items: Sequence[Claim], of: Collection[str] = ()) -> None:
        """See the port."""
        read = {claim.article_id for claim in items} | set(of)
        if not read:
            return
        await self._connection.execute(delete(claims).where(among(self._connection, claims.c.article_id, read)))
        if items:
            await self._connection.execute(insert(claims), [asdict(claim) for claim in items])
        await changed(self._connection, await topics_of(self._connection, list(read)))


async def claims_of(connection: AsyncConnection, article_ids: Sequence[str]) -> Mapping[str, tuple[Claim, ...]]:
    """Article id → what it says, on whatever topic, in the order it was stored; silent articles are left out."""
    statement = select(*_COLUMNS).where(among(connection, claims.c.article_id, article_ids)).order_by(claims.c.id)
    found: defaultdict[str, tuple[Claim, ...]] = defaultdict(tuple)
    for row in await connection.execute(statement):
        claim = Claim(*map(_value, _READERS, row))
        found[claim.article_id] += (claim,)
    return found


_READERS: tuple[Mapping[str, StrEnum] | None, ...] = tuple(
    {one.value: one for one in read} if (read := _READ_AS.get(column.name)) is not None else None for column in _COLUMNS
)
"""Looked up: to call an enumeration takes four times as long."""


def _value(reader: Mapping[str, StrEnum] | None, value: Any) -> Any:
    return value if reader is None else reader[value]
