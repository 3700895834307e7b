"""The store: one database, asked and changed in units of work."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.sql.alerts import SqlAlertRows
from bot.adapters.sql.answering import SqlUnansweredRows
from bot.adapters.sql.articles import SqlArticleRows
from bot.adapters.sql.audit import SqlAuditRows
from bot.adapters.sql.chats import SqlChatRows
from bot.adapters.sql.claims import SqlClaimRows
from bot.adapters.sql.correcting import SqlCorrectionRows, SqlRevisionRows
from bot.adapters.sql.covering import SqlCoverageRows
from bot.adapters.sql.deliveries import SqlDeliveryRows
from bot.adapters.sql.engine import Database, open_database
from bot.adapters.sql.feeds import SqlFeedRows
from bot.adapters.sql.figures import SqlFigureRows
from bot.adapters.sql.leases import SqlLeaseRows
from bot.adapters.sql.moderators import SqlModeratorRows
from bot.adapters.sql.reporting import SqlReportRows
from bot.adapters.sql.servers import SqlServerRows
from bot.adapters.sql.standings import SqlStandingRows
from bot.adapters.sql.stories import SqlStoryRows
from bot.adapters.sql.subscriptions import SqlSubscriptionRows
from bot.adapters.sql.traces import SqlTraceRows
from bot.adapters.sql.upkeep import SqlUpkeepRows
from bot.adapters.sql.waiting import SqlPreviewRows, SqlSuggestionRows
from bot.adapters.sql.writings import SqlWritingRows
from bot.domain.errors import StoreUnavailable


class SqlUnitOfWork:
    """Fulfils ``ports.UnitOfWork`` over one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.feeds = SqlFeedRows(connection)
        self.articles = SqlArticleRows(connection)
        self.stories = SqlStoryRows(connection)
        self.claims = SqlClaimRows(connection)
        self.coverage = SqlCoverageRows(connection)
        self.chats = SqlChatRows(connection)
        self.subscriptions = SqlSubscriptionRows(connection)
        self.deliveries = SqlDeliveryRows(connection)
        self.alerts = SqlAlertRows(connection)
        self.leases = SqlLeaseRows(connection)
        self.standings = SqlStandingRows(connection)
        self.traces = SqlTraceRows(connection)
        self.audit = SqlAuditRows(connection)
        self.previews = SqlPreviewRows(connection)
        self.suggestions = SqlSuggestionRows(connection)
        self.reports = SqlReportRows(connection)
        self.moderators = SqlModeratorRows(connection)
        self.writings = SqlWritingRows(connection)
        self.upkeep = SqlUpkeepRows(connection)
        self.revisions = SqlRevisionRows(connection)
        self.corrections = SqlCorrectionRows(connection)
        self.figures = SqlFigureRows(connection)
        self.servers = SqlServerRows(connection)
        self.unanswered = SqlUnansweredRows(connection)


class SqlStore:
    """Fulfils ``ports.Store``.

    A unit of work raises StoreUnavailable or StoreCorrupt at the end of its block where the database fails,
    ValueError where a value can't be stored (a naive datetime) or contradicts what is there (an unknown feed).
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._closed = False

    @classmethod
    async def open(cls, url: str) -> SqlStore:
        """Open the database a plain address names (``sqlite:///data/depeche.db``, ``postgresql://…``).

        Creates an SQLite file with its folder, checks an existing one, and brings the schema up to date. Raises
        SettingsError, StoreUnavailable, StoreCorrupt or SchemaTooNew.
        """
        return cls(await open_database(url))

    @asynccontextmanager
    async def write(self) -> AsyncIterator[SqlUnitOfWork]:
        """See the port."""
        self._refuse_when_closed()
        async with self._database.writing() as connection:
            yield SqlUnitOfWork(connection)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[SqlUnitOfWork]:
        """See the port. A write through it raises RuntimeError."""
        self._refuse_when_closed()
        async with self._database.reading() as connection:
            yield SqlUnitOfWork(connection)

    async def backup(self, path: Path) -> None:
        """Write a consistent copy of the live database to a new file. Raises StoreError."""
        await self._database.backup(path)

    async def close(self) -> None:
        """See the port."""
        self._closed = True
        await self._database.close()

    def _refuse_when_closed(self) -> None:
        # An engine that was disposed of would quietly connect again, with a thread that nobody ends.
        if self._closed:
            raise StoreUnavailable(database="-", reason="closed")
