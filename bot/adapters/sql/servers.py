"""What servers and their chats have chosen, in SQL."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict

from sqlalchemy import and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.dialect import among, insert
from bot.adapters.sql.schema import chat_postings, chats, servers
from bot.domain.chat import ChatState, PlatformName
from bot.domain.server import Posting, Server


class SqlServerRows:
    """Fulfils ``ports.ServerRows``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, platform: PlatformName, server: str) -> Server:
        """See the port."""
        columns = (servers.c.platform, servers.c.server, servers.c.moderator_role, servers.c.language, servers.c.zone)
        there = select(*columns).where(servers.c.platform == platform, servers.c.server == server)
        row = (await self._connection.execute(there)).first()
        return Server(platform, server) if row is None else Server(*row)

    async def save(self, server: Server) -> None:
        """See the port."""
        chosen = {"moderator_role": server.moderator_role, "language": server.language, "zone": server.zone}
        statement = insert(self._connection, servers).values(platform=server.platform, server=server.id, **chosen)
        keys = ["platform", "server"]
        await self._connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=chosen))

    async def own(self, chat_id: int, server: str) -> None:
        """See the port."""
        elsewhere = chats.c.server.is_distinct_from(server)
        await self._connection.execute(update(chats).where(chats.c.id == chat_id, elsewhere).values(server=server))

    async def astray(self, platform: PlatformName, server: str, places: Sequence[str]) -> tuple[int, ...]:
        """See the port."""
        known = (chats.c.platform == platform, among(self._connection, chats.c.chat, places))
        wrong = or_(chats.c.state != ChatState.ACTIVE, chats.c.server.is_distinct_from(server))
        found = await self._connection.scalars(select(chats.c.id).where(*known, wrong).order_by(chats.c.id))
        return tuple(found)

    async def shut(self, platform: PlatformName, places: Sequence[str]) -> tuple[int, ...]:
        """See the port."""
        known = (chats.c.platform == platform, among(self._connection, chats.c.chat, places))
        active = chats.c.state == ChatState.ACTIVE
        return tuple(await self._connection.scalars(select(chats.c.id).where(*known, active).order_by(chats.c.id)))

    async def left(self, platform: PlatformName, present: Collection[str]) -> tuple[int, ...]:
        """See the port."""
        elsewhere = and_(chats.c.server.is_not(None), ~among(self._connection, chats.c.server, present))
        active = and_(chats.c.platform == platform, chats.c.state == ChatState.ACTIVE)
        return tuple(await self._connection.scalars(select(chats.c.id).where(elsewhere, active).order_by(chats.c.id)))

    async def posting(self, chat_id: int) -> Posting:
        """See the port."""
        columns = (chat_postings.c.alert_role, chat_postings.c.tag)
        row = (await self._connection.execute(select(*columns).where(chat_postings.c.chat_id == chat_id))).first()
        return Posting() if row is None else Posting(*row)

    async def post(self, chat_id: int, posting: Posting) -> None:
        """See the port."""
        chosen = asdict(posting)
        statement = insert(self._connection, chat_postings).values(chat_id=chat_id, **chosen)
        await self._connection.execute(statement.on_conflict_do_update(index_elements=["chat_id"], set_=chosen))
