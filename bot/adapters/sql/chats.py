"""Chats and what they have told us, in SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time

from sqlalchemy import ColumnElement, and_, case, delete, exists, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.dialect import AnyRow, insert
from bot.adapters.sql.schema import (
    audit,
    chat_feeds,
    chats,
    corrections,
    deliveries,
    hidden_stories,
    inbound,
    moderators,
    muted_feeds,
    parts,
    report_voices,
    reports,
    servers,
    subscriptions,
    suggestions,
    watches,
)
from bot.domain.chat import Chat, ChatAddress, ChatKind, ChatState, PlatformName
from bot.domain.delivery import GivenUp, PartState
from bot.domain.language import ReaderLanguage
from bot.domain.quiet import QuietHours

Upsert = sqlite.Insert | postgresql.Insert

GIVEN_UP = case((parts.c.doubtful_since.is_(None), PartState.DEAD), else_=PartState.UNKNOWN)
"""What a waiting part is that will not be sent: dead, or in doubt where an earlier try may have arrived."""


class SqlChatRows:
    """Fulfils ``ports.ChatRows``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def meet(self, address: ChatAddress, kind: ChatKind, *, writable: bool = True) -> Chat:
        """See the port."""
        values = {"platform": address.platform, "chat": address.chat, "thread": address.thread, "kind": kind}
        new = insert(self._connection, chats).values(**values, state=ChatState.ACTIVE).on_conflict_do_nothing()
        await self._connection.execute(new)
        chat = (await self._connection.execute(select(chats).where(_at(address)))).one()
        if chat.state != ChatState.ACTIVE and writable:
            await set_state(self._connection, chat.id, ChatState.ACTIVE)
        if chat.kind != kind:
            await self._connection.execute(update(chats).where(chats.c.id == chat.id).values(kind=kind))
        return replace(_read(chat), kind=kind, state=ChatState.ACTIVE if writable else ChatState(chat.state))

    async def find(self, address: ChatAddress) -> Chat | None:
        """See the port."""
        row = (await self._connection.execute(select(chats).where(_at(address)))).first()
        return None if row is None else _read(row)

    async def with_threads(self, address: ChatAddress) -> tuple[Chat, ...]:
        """See the port."""
        there = and_(chats.c.platform == address.platform, chats.c.chat == address.chat)
        rows = await self._connection.execute(select(chats).where(there).order_by(chats.c.id))
        return tuple(_read(row) for row in rows)

    async def get(self, chat_id: int) -> Chat | None:
        """See the port."""
        row = (await self._connection.execute(select(chats).where(chats.c.id == chat_id))).first()
        return None if row is None else _read(row)

    async def choose(self, chat_id: int, *, language: ReaderLanguage | None = None, zone: str | None = None) -> None:
        """See the port."""
        chosen = {name: value for name, value in (("language", language), ("zone", zone)) if value is not None}
        if chosen:
            await self._connection.execute(update(chats).where(chats.c.id == chat_id).values(chosen))
        if language is not None:
            following = update(subscriptions).where(subscriptions.c.chat_id == chat_id)
            await self._connection.execute(following.values(language=language))

    async def keep_quiet(self, chat_id: int, quiet: QuietHours | None) -> None:
        """See the port."""
        values = {
            "quiet_start": quiet and quiet.start.isoformat(timespec="minutes"),
            "quiet_end": quiet and quiet.end.isoformat(timespec="minutes"),
        }
        await self._connection.execute(update(chats).where(chats.c.id == chat_id).values(values))

    async def move(self, old: ChatAddress, new: ChatAddress) -> None:
        """See the port."""
        row = (await self._connection.execute(select(chats.c.id).where(_at(old)))).first()
        if row is not None and old != new:
            await move_chat(self._connection, row.id, new)

    async def mark(self, chat_id: int, state: ChatState) -> None:
        """See the port. What was waiting for a chat that is gone will not be sent when it returns: it would be old."""
        await set_state(self._connection, chat_id, state)
        if state is ChatState.GONE:
            await give_up_pending(self._connection, chat_id, None)

    async def forget(self, chat_id: int) -> None:
        """See the port."""
        await forget_chat(self._connection, chat_id)

    async def receive(self, platform: PlatformName, update_id: str, now: datetime) -> int | None:
        """See the port."""
        values = {"platform": platform, "update_id": update_id, "seen_at": now, "done": False}
        again = {"tries": inbound.c.tries + 1}
        tried: int | None = await self._connection.scalar(self._unless_done(values, again).returning(inbound.c.tries))
        return tried

    async def carried_out(self, platform: PlatformName, update_id: str, now: datetime) -> bool:
        """See the port. Of two processes the second waits here for the first, and finds it done."""
        values = {"platform": platform, "update_id": update_id, "seen_at": now, "done": True}
        marked = self._unless_done(values, {"done": True})
        return (await self._connection.scalar(marked.returning(inbound.c.update_id))) is not None

    def _unless_done(
        self, values: dict[str, object], change: Mapping[str, object]
    ) -> sqlite.Insert | postgresql.Insert:
        new = insert(self._connection, inbound).values(values)
        keys = ["platform", "update_id"]
        return new.on_conflict_do_update(index_elements=keys, set_=change, where=inbound.c.done.is_(False))


async def set_state(connection: AsyncConnection, chat_id: int, state: ChatState) -> None:
    """Write a chat's state, where it is due for briefings too. What was written for a chat while it was gone is old
    when it returns: it does not pour out.
    """
    if state is ChatState.ACTIVE:
        before = await connection.scalar(select(chats.c.state).where(chats.c.id == chat_id).with_for_update())
        if before == ChatState.GONE:
            await give_up_pending(connection, chat_id, None)
    there = update(chats).where(chats.c.id == chat_id).values(state=state)
    await connection.execute(there if state is ChatState.GONE else there.values(gone_since=None))
    following = update(subscriptions).where(subscriptions.c.chat_id == chat_id)
    await connection.execute(following.values(chat_active=state is ChatState.ACTIVE))


async def forget_chat(connection: AsyncConnection, chat_id: int) -> None:
    """Everything of a chat ends with its row, and what it did to its own feeds, since nobody else could read that.

    With the last known chat of a server goes what the server has chosen.
    """
    home = (await connection.execute(select(chats.c.platform, chats.c.server).where(chats.c.id == chat_id))).first()
    own = and_(audit.c.chat_id == chat_id, audit.c.public.is_(False))
    await connection.execute(delete(audit).where(own))
    await connection.execute(delete(chats).where(chats.c.id == chat_id))
    if home is not None and home.server is not None:
        theirs = and_(servers.c.platform == home.platform, servers.c.server == home.server)
        await connection.execute(delete(servers).where(theirs, ~has_chats()))


def has_chats() -> ColumnElement[bool]:
    """Whether a chat of a server is known."""
    return exists().where(chats.c.server == servers.c.server, chats.c.platform == servers.c.platform)


async def give_up_pending(connection: AsyncConnection, chat_id: int, now: datetime | None) -> None:
    """Nothing that waits for a chat will be sent."""
    waiting = update(parts).where(parts.c.chat_id == chat_id, parts.c.state == PartState.PENDING)
    await connection.execute(waiting.values(state=GIVEN_UP, settled_at=now, detail=GivenUp.GONE))


async def move_chat(connection: AsyncConnection, chat_id: int, address: ChatAddress) -> None:
    """Give a chat a new address, where it can be reached. A chat met there in the meantime is the same one."""
    other = (await connection.execute(select(chats.c.id).where(_at(address), chats.c.id != chat_id))).first()
    if other is not None:
        await _absorb(connection, chat_id, other.id)
    values = {"platform": address.platform, "chat": address.chat, "thread": address.thread}
    await connection.execute(update(chats).where(chats.c.id == chat_id).values(values))
    await set_state(connection, chat_id, ChatState.ACTIVE)


async def _absorb(connection: AsyncConnection, chat_id: int, other: int) -> None:
    for table in (chat_feeds, muted_feeds):
        own = select(table.c.feed_id).where(table.c.chat_id == chat_id)
        shared = delete(table).where(table.c.chat_id == other, table.c.feed_id.in_(own))
        await connection.execute(shared)
    theirs = (subscriptions, deliveries, parts, audit, suggestions, moderators, corrections)
    reported = (reports, report_voices, hidden_stories)
    for table in (chat_feeds, muted_feeds, *theirs, *reported):
        await connection.execute(update(table).where(table.c.chat_id == other).values(chat_id=chat_id))
    if await connection.scalar(select(watches.c.chat_id).where(watches.c.chat_id == chat_id)) is None:
        await connection.execute(update(watches).where(watches.c.chat_id == other).values(chat_id=chat_id))
    await connection.execute(delete(chats).where(chats.c.id == other))


def _at(address: ChatAddress) -> ColumnElement[bool]:
    return and_(chats.c.platform == address.platform, chats.c.chat == address.chat, chats.c.thread == address.thread)


def _read(row: AnyRow) -> Chat:
    address = ChatAddress(row.platform, row.chat, row.thread)
    quiet = None
    if row.quiet_start and row.quiet_end:
        quiet = QuietHours(time.fromisoformat(row.quiet_start), time.fromisoformat(row.quiet_end))
    return Chat(row.id, address, ChatKind(row.kind), row.language, row.zone, ChatState(row.state), quiet)
