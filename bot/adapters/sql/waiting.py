"""Offers and suggestions that wait for a moderator, in SQL."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.dialect import AnyRow, insert
from bot.adapters.sql.schema import feed_previews, suggestions
from bot.domain.feed import Ownership
from bot.domain.moderation import Actor
from bot.domain.offer import (
    PREVIEW_LIFE,
    Candidate,
    Caution,
    Offer,
    Preview,
    PreviewState,
    Suggestion,
    SuggestionState,
)


class SqlPreviewRows:
    """Fulfils ``ports.PreviewRows``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def keep(self, preview: Preview) -> None:
        """See the port."""
        old = delete(feed_previews).where(feed_previews.c.made_at <= preview.made_at - PREVIEW_LIFE)
        await self._connection.execute(old)
        values: dict[str, Any] = {"token": preview.token, "chat_id": preview.chat_id, "made_at": preview.made_at}
        values |= {"offer": _offer(preview.offer), "state": preview.state}
        await self._connection.execute(insert(self._connection, feed_previews).values(values))

    async def get(self, token: str, chat_id: int) -> Preview | None:
        """See the port."""
        here = and_(feed_previews.c.token == token, feed_previews.c.chat_id == chat_id)
        row = (await self._connection.execute(select(feed_previews).where(here))).first()
        if row is None:
            return None
        return Preview(row.token, row.chat_id, row.made_at, _read_offer(row.offer), PreviewState(row.state))

    async def change(self, token: str, offer: Offer) -> None:
        """See the port."""
        changed = update(feed_previews).where(feed_previews.c.token == token)
        await self._connection.execute(changed.values(offer=_offer(offer)))

    async def end(self, token: str, state: PreviewState) -> bool:
        """See the port."""
        open_ = and_(feed_previews.c.token == token, feed_previews.c.state == PreviewState.OPEN)
        ended = update(feed_previews).where(open_).values(state=state).returning(feed_previews.c.token)
        return (await self._connection.scalar(ended)) is not None

    async def made(self, chat_id: int, since: datetime) -> int:
        """See the port."""
        recent = and_(feed_previews.c.chat_id == chat_id, feed_previews.c.made_at > since)
        statement = select(func.count()).select_from(feed_previews).where(recent)
        return int((await self._connection.execute(statement)).scalar_one())


class SqlSuggestionRows:
    """Fulfils ``ports.SuggestionRows``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, suggestion: Suggestion) -> Suggestion:
        """See the port."""
        values: dict[str, Any] = {
            "chat_id": suggestion.chat_id,
            "actor": suggestion.actor,
            "made_at": suggestion.made_at,
            "candidate": json.dumps(_values(suggestion.candidate)),
            "for_everyone": suggestion.for_everyone,
            "state": suggestion.state,
        }
        statement = insert(self._connection, suggestions).values(values).returning(suggestions)
        return _suggestion((await self._connection.execute(statement)).one())

    async def get(self, suggestion_id: int) -> Suggestion | None:
        """See the port."""
        statement = select(suggestions).where(suggestions.c.id == suggestion_id)
        row = (await self._connection.execute(statement)).first()
        return None if row is None else _suggestion(row)

    async def waiting(self, chat_id: int, *, for_everyone: bool) -> tuple[Suggestion, ...]:
        """See the port. What a chat suggests for everyone is not that chat's to decide."""
        theirs = and_(suggestions.c.chat_id == chat_id, suggestions.c.for_everyone.is_(False))
        wanted = or_(theirs, suggestions.c.for_everyone) if for_everyone else theirs
        open_ = and_(suggestions.c.state == SuggestionState.WAITING, wanted)
        rows = await self._connection.execute(select(suggestions).where(open_).order_by(suggestions.c.id))
        return tuple(_suggestion(row) for row in rows)

    async def last_by(self, actor: Actor) -> datetime | None:
        """See the port."""
        statement = select(suggestions.c.made_at).where(suggestions.c.actor == actor)
        moment: datetime | None = await self._connection.scalar(
            statement.order_by(suggestions.c.made_at.desc()).limit(1)
        )
        return moment

    async def decide(self, suggestion_id: int, state: SuggestionState, by: Actor, now: datetime) -> bool:
        """See the port."""
        open_ = and_(suggestions.c.id == suggestion_id, suggestions.c.state == SuggestionState.WAITING)
        decided = update(suggestions).where(open_).values(state=state, decided_by=by, decided_at=now)
        return (await self._connection.scalar(decided.returning(suggestions.c.id))) is not None


def _suggestion(row: AnyRow) -> Suggestion:
    candidate = _read_candidate(json.loads(row.candidate))
    state = SuggestionState(row.state)
    return Suggestion(row.id, row.chat_id, row.actor, row.made_at, candidate, row.for_everyone, state)


# --- Offers as JSON ---


def _offer(offer: Offer) -> str:
    candidates = [_values(candidate) for candidate in offer.candidates]
    return json.dumps({"candidates": candidates, "chosen": offer.chosen})


def _read_offer(text: str) -> Offer:
    values = json.loads(text)
    return Offer(tuple(_read_candidate(candidate) for candidate in values["candidates"]), values["chosen"])


def _values(candidate: Candidate) -> dict[str, Any]:
    newest = candidate.newest_at
    return asdict(candidate) | {"newest_at": None if newest is None else newest.isoformat()}


def _read_candidate(values: dict[str, Any]) -> Candidate:
    newest, ownership = values["newest_at"], values["ownership"]
    read = {
        "newest_at": None if newest is None else datetime.fromisoformat(newest),
        "ownership": None if ownership is None else Ownership(ownership),
        "titles": tuple(values["titles"]),
        "cautions": tuple(Caution(caution) for caution in values["cautions"]),
    }
    return Candidate(**(values | read))
