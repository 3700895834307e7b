"""What servers and their chats have chosen, in SQL."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.dialect import insert
from bot.adapters.sql.server_schema import chat_postings, servers
from bot.domain.chat import PlatformName
from bot.domain.server import Posting, Server


class SqlServerRows:
    """Fulfils ``ports.ServerRows``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, platform: PlatformName, server: str) -> Server:
        """See the port."""
        there = select(servers).where(servers.c.platform == platform, servers.c.server == server)
        row = (await self._connection.execute(there)).first()
        return Server(platform, server) if row is None else Server(*row)

    async def save(self, server: Server) -> None:
        """See the port."""
        chosen = {"moderator_role": server.moderator_role, "language": server.language, "zone": server.zone}
        statement = insert(self._connection, servers).values(platform=server.platform, server=server.id, **chosen)
        keys = ["platform", "server"]
        await self._connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=chosen))

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
