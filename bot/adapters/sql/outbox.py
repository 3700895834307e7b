"""Sending from the outbox: which part goes next, and what becomes of it.

A chat has one part in flight, and its parts go in the order they were written. A part is committed as ``sending``
before the platform is called; whoever finds it so after the lease ended knows only that it may have arrived.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.chats import GIVEN_UP, give_up_pending, move_chat, set_state
from bot.adapters.sql.dialect import AnyRow, among, insert
from bot.adapters.sql.schema import chats, deliveries, leases, parts
from bot.domain.chat import ChatAddress, ChatState, PlatformName
from bot.domain.delivery import LASTING, ClaimedPart, GivenUp, PartState, SendOutcome, SendResult
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
        select(parts.c.id, parts.c.ordinal, parts.c.doubtful_since, deliveries.c.edits, *_ADDRESS)
        .join_from(parts, chats)
        .join(deliveries, deliveries.c.id == parts.c.delivery_id)
        .where(_is_next(now), chats.c.state == ChatState.ACTIVE, chats.c.platform.in_(platforms))
        .order_by(parts.c.delivery_id, parts.c.ordinal)
        .limit(limit)
        .with_for_update(of=chats, skip_locked=True, key_share=True)
    )
    found = {row.id: row for row in await connection.execute(candidates)}
    taken = update(parts).where(among(connection, parts.c.id, found), _is_next(now, parts.c.state.concat("")))
    taken = taken.values(
        state=PartState.SENDING,
        lease_owner=owner,
        lease_until=until,
        lease_fence=parts.c.lease_fence + 1,
        doubtful_since=func.coalesce(parts.c.doubtful_since, now),
    )
    rows = (await connection.execute(taken.returning(*_CLAIMED))).all()
    rows = sorted(rows, key=lambda row: (row.delivery_id, row.ordinal))
    edited = {row.edits for row in found.values() if row.edits is not None}
    messages = await _messages(connection, edited) if edited else {}
    return tuple(_read(row, found[row.id], messages) for row in rows)


async def _messages(connection: AsyncConnection, edited: Collection[int]) -> Mapping[tuple[int, int], str]:
    """(delivery, ordinal) → the message that stands there now, perhaps an earlier edit's; empty: it never arrived."""
    there = func.max(func.coalesce(parts.c.message_id, "")).label("message")
    root = func.coalesce(deliveries.c.edits, deliveries.c.id).label("root")
    statement = select(root, parts.c.ordinal, there).join_from(parts, deliveries).group_by(root, parts.c.ordinal)
    of_these = or_(among(connection, deliveries.c.id, edited), among(connection, deliveries.c.edits, edited))
    tried = or_(deliveries.c.edits.is_(None), parts.c.settled_at.is_not(None))
    rows = await connection.execute(statement.where(of_these, tried))
    return {(row.root, row.ordinal): row.message for row in rows}


async def unpaused(
    connection: AsyncConnection, platforms: Sequence[PlatformName], now: datetime
) -> tuple[PlatformName, ...]:
    """The platforms whose parts may be claimed."""
    pausing = select(leases.c.name).where(leases.c.name.in_([_pause(name) for name in platforms]), leases.c.until > now)
    names = set((await connection.execute(pausing)).scalars())
    return tuple(name for name in platforms if _pause(name) not in names)


async def pause(connection: AsyncConnection, platform: PlatformName, until: datetime) -> None:
    """A right that nobody holds and nobody can take before ``until``."""
    new = insert(connection, leases).values(name=_pause(platform), owner="", fence=1, until=until)
    longer = leases.c.until < new.excluded.until
    await connection.execute(
        new.on_conflict_do_update(index_elements=["name"], set_={"until": new.excluded.until}, where=longer)
    )


def _pause(platform: PlatformName) -> str:
    return f"pause:{platform}"


async def renew(connection: AsyncConnection, owner: str, ids: Sequence[int], until: datetime) -> None:
    """Hold parts that are still ours. One that is being settled at this moment needs no holding."""
    ours = and_(parts.c.state == PartState.SENDING, parts.c.lease_owner == owner)
    held = await _locked(connection, and_(among(connection, parts.c.id, ids), ours))
    await connection.execute(update(parts).where(among(connection, parts.c.id, held)).values(lease_until=until))


async def _locked(connection: AsyncConnection, chosen: ColumnElement[bool]) -> Sequence[int]:
    """The parts chosen that no other transaction is at, locked: on PostgreSQL two that wait for each other's fail."""
    free = select(parts.c.id).where(chosen).order_by(parts.c.id).with_for_update(skip_locked=True)
    return (await connection.scalars(free)).all()


async def settle(
    connection: AsyncConnection, part: ClaimedPart, result: SendResult, now: datetime, retry_at: datetime | None
) -> None:
    """Record what became of a part. A fence that is no longer the part's settles nothing.

    A part that was put in doubt meanwhile is still settled by the news that it was sent.
    """
    awaited = parts.c.state == PartState.SENDING
    if result.outcome is SendOutcome.SENT:
        waits_in_doubt = and_(parts.c.state == PartState.PENDING, parts.c.doubtful_since.is_not(None))
        awaited = or_(awaited, parts.c.state == PartState.UNKNOWN, waits_in_doubt)
    held = select(parts.c.chat_id).where(parts.c.id == part.id, parts.c.lease_fence == part.fence)
    row = (await connection.execute(held.where(awaited).with_for_update())).first()
    if row is None:
        return
    if result.outcome is SendOutcome.CHAT_GONE:
        await set_state(connection, row.chat_id, ChatState.GONE)
        await give_up_pending(connection, row.chat_id, now)
    if result.outcome is SendOutcome.MOVED and result.moved_to is not None:
        await move_chat(connection, row.chat_id, result.moved_to)
    await _write(connection, part, result, now, retry_at)


async def doubt_interrupted(connection: AsyncConnection, now: datetime, repeatable: Sequence[PlatformName]) -> int:
    """Parts whose lease ended while ``sending`` are in doubt; how many are so for good."""
    ended = and_(parts.c.state == PartState.SENDING, parts.c.lease_until <= now)
    found = await _locked(connection, ended)
    if not found:
        return 0
    vanished = and_(among(connection, parts.c.id, found), parts.c.state.concat("") == PartState.SENDING)
    there = exists().where(chats.c.id == parts.c.chat_id, chats.c.platform.in_(repeatable))
    of_edit = exists().where(deliveries.c.id == parts.c.delivery_id, deliveries.c.edits.is_not(None))
    waits = update(parts).where(vanished, or_(there, of_edit))
    await connection.execute(waits.values(state=PartState.PENDING, not_before=None, attempts=parts.c.attempts + 1))
    lost = update(parts).where(vanished).values(state=PartState.UNKNOWN, settled_at=now)
    return (await connection.execute(lost)).rowcount


async def expire(connection: AsyncConnection, now: datetime) -> int:
    """Parts that waited until they were stale are dead, or stay in doubt; how many."""
    kinds = (and_(deliveries.c.kind == kind, deliveries.c.created_at <= now - lasts) for kind, lasts in LASTING.items())
    old = exists().where(deliveries.c.id == parts.c.delivery_id, or_(*kinds))
    found = await _locked(connection, and_(parts.c.state == PartState.PENDING, old))
    if not found:
        return 0
    stale = and_(among(connection, parts.c.id, found), parts.c.state.concat("") == PartState.PENDING)
    expired = update(parts).where(stale).values(state=GIVEN_UP, settled_at=now, detail=GivenUp.EXPIRED)
    return (await connection.execute(expired)).rowcount


def state_after(result: SendResult, retry_at: datetime | None, *, doubtful: bool) -> PartState:
    """What a part is after an attempt. One that will be tried again waits, whatever the reason.

    ``doubtful``: this try or an earlier one may have arrived, which no later refusal takes back.
    """
    if result.outcome is SendOutcome.SENT:
        return PartState.SENT
    if result.outcome is SendOutcome.STOP or (result.outcome is SendOutcome.MOVED and result.moved_to is not None):
        return PartState.PENDING
    if result.outcome in {SendOutcome.RETRY, SendOutcome.AMBIGUOUS} and retry_at is not None:
        return PartState.PENDING
    return PartState.UNKNOWN if doubtful or result.outcome is SendOutcome.AMBIGUOUS else PartState.DEAD


async def _write(
    connection: AsyncConnection, part: ClaimedPart, result: SendResult, now: datetime, retry_at: datetime | None
) -> None:
    state = state_after(result, retry_at, doubtful=result.may_have_arrived or part.doubtful_since is not None)
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
    if again and not result.may_have_arrived:
        values["doubtful_since"] = part.doubtful_since
    await connection.execute(update(parts).where(parts.c.id == part.id).values(values))


# --- Which part is next ---

_other = parts.alias("other")


def _is_next(now: datetime, state: ColumnElement[str] = parts.c.state) -> ColumnElement[bool]:
    """It waits, it may go now, nothing of its chat is in flight, and nothing of its chat waits before it.

    ``state`` may be an expression of the column, where its index must not be used: SQLite would look through everything
    that waits to find the few whose ids are given.
    """
    before = tuple_(_other.c.delivery_id, _other.c.ordinal) < tuple_(parts.c.delivery_id, parts.c.ordinal)
    waits_before = and_(_other.c.state == PartState.PENDING, before)
    in_the_way = or_(_other.c.state == PartState.SENDING, waits_before)
    return and_(
        state == PartState.PENDING,
        or_(parts.c.not_before.is_(None), parts.c.not_before <= now),
        ~exists().where(_other.c.chat_id == parts.c.chat_id, in_the_way),
    )


# --- Rows ---

_ADDRESS = (chats.c.platform, chats.c.chat, chats.c.thread)
_CLAIMED = tuple(parts.c[name] for name in (
    "id", "delivery_id", "ordinal", "chat_id", "payload", "picture", "picture_description", "picture_filename",
    "nonce", "attempts", "lease_fence",
))  # fmt: skip


def _read(row: AnyRow, found: AnyRow, messages: Mapping[tuple[int, int], str]) -> ClaimedPart:
    picture = None
    if row.picture is not None:
        picture = Picture(row.picture, row.picture_description, row.picture_filename)
    return ClaimedPart(
        id=row.id,
        delivery_id=row.delivery_id,
        ordinal=row.ordinal,
        chat_id=row.chat_id,
        address=ChatAddress(found.platform, found.chat, found.thread),
        part=RenderedPart(row.payload, picture),
        nonce=row.nonce,
        attempts=row.attempts,
        fence=row.lease_fence,
        doubtful_since=found.doubtful_since,
        replaces=messages.get((found.edits, row.ordinal)),
    )
