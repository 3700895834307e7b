"""Keeping everything: each noun's rows, joined in a unit of work."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from bot.ports.alerting import AlertRows
from bot.ports.answering import UnansweredRows
from bot.ports.correcting import CorrectionRows, RevisionRows
from bot.ports.covering import CoverageRows
from bot.ports.delivering import DeliveryRows
from bot.ports.following import FeedRows
from bot.ports.leasing import LeaseRows
from bot.ports.measuring import FigureRows
from bot.ports.moderating import AuditRows, ModeratorRows, PreviewRows, StandingRows, SuggestionRows, TraceRows
from bot.ports.newsroom import ArticleRows, ClaimRows, StoryRows
from bot.ports.reporting import ReportRows
from bot.ports.serving import ServerRows
from bot.ports.subscribing import ChatRows, SubscriptionRows
from bot.ports.upkeep import UpkeepRows
from bot.ports.writing import WritingRows


class UnitOfWork(Protocol):
    """One transaction: all of it is written, or nothing."""

    @property
    def feeds(self) -> FeedRows: ...
    @property
    def articles(self) -> ArticleRows: ...
    @property
    def stories(self) -> StoryRows: ...
    @property
    def claims(self) -> ClaimRows: ...
    @property
    def coverage(self) -> CoverageRows: ...
    @property
    def chats(self) -> ChatRows: ...
    @property
    def subscriptions(self) -> SubscriptionRows: ...
    @property
    def deliveries(self) -> DeliveryRows: ...
    @property
    def leases(self) -> LeaseRows: ...
    @property
    def standings(self) -> StandingRows: ...
    @property
    def traces(self) -> TraceRows: ...
    @property
    def audit(self) -> AuditRows: ...
    @property
    def previews(self) -> PreviewRows: ...
    @property
    def suggestions(self) -> SuggestionRows: ...
    @property
    def reports(self) -> ReportRows: ...
    @property
    def moderators(self) -> ModeratorRows: ...
    @property
    def writings(self) -> WritingRows: ...
    @property
    def upkeep(self) -> UpkeepRows: ...
    @property
    def revisions(self) -> RevisionRows: ...
    @property
    def alerts(self) -> AlertRows: ...
    @property
    def corrections(self) -> CorrectionRows: ...
    @property
    def figures(self) -> FigureRows: ...
    @property
    def servers(self) -> ServerRows: ...
    @property
    def unanswered(self) -> UnansweredRows: ...


class Store(Protocol):
    """Where everything is kept."""

    def write(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A unit of work that commits at the end of the block, or rolls back where it raises."""
        ...

    def read(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A consistent view for reading; writes through it are a programming error."""
        ...

    async def close(self) -> None:
        """Let go of every connection."""
        ...
