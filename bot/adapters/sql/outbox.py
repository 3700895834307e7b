"""Sending from the outbox: which part goes next, and what becomes of it.

A chat has one part in flight, and its parts go in the order they were written. A part is committed as ``sending``
before the platform is called; whoever finds it so after the lease ended knows only that it may have arrived.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.chats import give_up_pending, move_chat, set_state
from bot.adapters.sql.dialect import AnyRow, among
from bot.adapters.sql.schema import chats, parts
from bot.domain.chat import ChatAddress, ChatState, PlatformName
from bot.domain.delivery import ClaimedPart, PartState, SendOutcome, SendResult
from bot.domain.message import Picture, RenderedPart


async def claim(
    connection: AsyncConnection,
    owner: str,
    platforms: Sequence[PlatformName],
    now: datetime,
    until: datetime,
    limit: int,
) -> tuple[ClaimedPart, ...]:
    """Take the next part of chats with nothing in flight.

    Two steps, for PostgreSQL: the first locks the chats, so that the second, which looks again, can't be overtaken by
    another process that is claiming from the same chat.
    """
    candidates = (
        select(parts.c.id, *_ADDRESS)
        .join_from(parts, chats)
        .where(_is_next(now), chats.c.state == ChatState.ACTIVE, chats.c.platform.in_(platforms))
        .order_by(parts.c.delivery_id, parts.c.ordinal)
        .limit(limit)
        .with_for_update(of=chats, skip_locked=True, key_share=True)
    )
    addresses = {row.id: _address(row) for row in await connection.execute(candidates)}
    taken = update(parts).where(among(connection, parts.c.id, addresses), _is_next(now))
    fence = parts.c.lease_fence + 1
    taken = taken.values(state=PartState.SENDING, lease_owner=owner, lease_until=until, lease_fence=fence)
    rows = (await connection.execute(taken.returning(*_CLAIMED))).all()
    rows = sorted(rows, key=lambda row: (row.delivery_id, row.ordinal))
    return tuple(_read(row, addresses[row.id]) for row in rows)


async def settle(
    connection: AsyncConnection, part: ClaimedPart, result: SendResult, now: datetime, retry_at: datetime | None
) -> None:
    """Record what became of a part. A fence that is no longer the part's settles nothing.

    A part that was put in doubt meanwhile is still settled by the news that it was sent.
    """
    states = (PartState.SENDING, PartState.UNKNOWN) if result.outcome is SendOutcome.SENT else (PartState.SENDING,)
    held = select(parts.c.chat_id).where(parts.c.id == part.id, parts.c.lease_fence == part.fence)
    row = (await connection.execute(held.where(parts.c.state.in_(states)).with_for_update())).first()
    if row is None:
        return
    if result.outcome is SendOutcome.CHAT_GONE:
        await set_state(connection, row.chat_id, ChatState.GONE)
        await give_up_pending(connection, row.chat_id, now)
    if result.outcome is SendOutcome.MOVED and result.moved_to is not None:
        await move_chat(connection, row.chat_id, result.moved_to)
    await _write(connection, part, result, now, retry_at)


async def doubt_interrupted(connection: AsyncConnection, now: datetime) -> int:
    """Parts whose lease ended while ``sending`` are in doubt; how many."""
    vanished = update(parts).where(parts.c.state == PartState.SENDING, parts.c.lease_until <= now)
    return (await connection.execute(vanished.values(state=PartState.UNKNOWN, settled_at=now))).rowcount


def state_after(result: SendResult, retry_at: datetime | None) -> PartState:
    """What a part is after an attempt. One that will be tried again waits, whatever the reason."""
    if result.outcome is SendOutcome.SENT:
        return PartState.SENT
    if result.outcome is SendOutcome.STOP or (result.outcome is SendOutcome.MOVED and result.moved_to is not None):
        return PartState.PENDING
    if result.outcome in {SendOutcome.RETRY, SendOutcome.AMBIGUOUS} and retry_at is not None:
        return PartState.PENDING
    return PartState.UNKNOWN if result.outcome is SendOutcome.AMBIGUOUS else PartState.DEAD


async def _write(
    connection: AsyncConnection, part: ClaimedPart, result: SendResult, now: datetime, retry_at: datetime | None
) -> None:
    state = state_after(result, retry_at)
    again = state is PartState.PENDING
    values = {
        "state": state,
        "attempts": part.attempts + 1,
        "not_before": retry_at if again else None,
        "message_id": result.message_id,
        "detail": result.detail or None,
        "settled_at": None if again else now,
        "lease_owner": None,
        "lease_until": None,
    }
    await connection.execute(update(parts).where(parts.c.id == part.id).values(values))


# --- Which part is next ---

_other = parts.alias("other")


def _is_next(now: datetime) -> ColumnElement[bool]:
    """It waits, it may go now, nothing of its chat is in flight, and nothing of its chat waits before it."""
    before = tuple_(_other.c.delivery_id, _other.c.ordinal) < tuple_(parts.c.delivery_id, parts.c.ordinal)
    waits_before = and_(_other.c.state == PartState.PENDING, before)
    in_the_way = or_(_other.c.state == PartState.SENDING, waits_before)
    return and_(
        parts.c.state == PartState.PENDING,
        or_(parts.c.not_before.is_(None), parts.c.not_before <= now),
        ~exists().where(_other.c.chat_id == parts.c.chat_id, in_the_way),
    )


# --- Rows ---

_ADDRESS = (chats.c.platform, chats.c.chat, chats.c.thread)
_CLAIMED = tuple(parts.c[name] for name in (
    "id", "delivery_id", "ordinal", "chat_id", "payload", "picture", "picture_description", "picture_filename",
    "nonce", "attempts", "lease_fence",
))  # fmt: skip


def _address(row: AnyRow) -> ChatAddress:
    return ChatAddress(row.platform, row.chat, row.thread)


def _read(row: AnyRow, address: ChatAddress) -> ClaimedPart:
    picture = None
    if row.picture is not None:
        picture = Picture(row.picture, row.picture_description, row.picture_filename)
    return ClaimedPart(
        id=row.id,
        delivery_id=row.delivery_id,
        ordinal=row.ordinal,
        chat_id=row.chat_id,
        address=address,
        part=RenderedPart(row.payload, picture),
        nonce=row.nonce,
        attempts=row.attempts,
        fence=row.lease_fence,
    )
