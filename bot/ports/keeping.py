"""Keeping what was read and who wants it: one Protocol a noun, joined in a unit of work."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.article import Article, Judgement
from bot.domain.briefing import Window
from bot.domain.chat import Chat, ChatAddress, ChatKind, ChatState, PlatformName
from bot.domain.claim import Claim
from bot.domain.feed import Feed, FeedReading, FeedSpec
from bot.domain.language import ArticleLanguage, ReaderLanguage
from bot.domain.quiet import QuietHours
from bot.domain.story import OpenStory, SourcedArticle, Story
from bot.domain.subscription import Slot, Subscription
from bot.ports.alerting import AlertRows
from bot.ports.answering import UnansweredRows
from bot.ports.correcting import CorrectionRows, RevisionRows
from bot.ports.covering import CoverageRows
from bot.ports.delivering import DeliveryRows
from bot.ports.measuring import FigureRows
from bot.ports.moderating import AuditRows, ModeratorRows, PreviewRows, StandingRows, SuggestionRows, TraceRows
from bot.ports.reporting import ReportRows
from bot.ports.scope import Scope
from bot.ports.serving import ServerRows
from bot.ports.upkeep import UpkeepRows
from bot.ports.writing import WritingRows


@dataclass(frozen=True, slots=True)
class ListChanges:
    """What reconciling feeds.yaml with the store did: feed names."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    paused: tuple[str, ...] = ()
    """Listed, yet not read: moderators, or a week of failure, paused them."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How much was read in a window."""

    articles_read: int
    articles_relevant: int
    newest_article_at: datetime | None


Spellings = Sequence[Sequence[str]]
"""One thing by any of its names, each the folded stems of its words: ``(("prisonni",), ("captif",))``."""


class FeedRows(Protocol):
    """Followed feeds and how reading them goes."""

    async def reconcile(self, specs: Sequence[FeedSpec]) -> ListChanges:
        """Make the operator's feeds those of feeds.yaml; an entry no longer there is retired, its articles stay."""
        ...

    async def archive(self, name: str, language: ArticleLanguage) -> Feed:
        """The archive source of that name, made where it is new."""
        ...

    async def listed(self, scope: Scope) -> tuple[Feed, ...]:
        """Every feed in scope that is not retired, in the order they were added."""
        ...

    async def visible(self, scope: Scope) -> frozenset[int]:
        """Ids of every feed whose articles a scope may see, retired ones too."""
        ...

    async def readings(self, feed_ids: Sequence[int]) -> Mapping[int, FeedReading]:
        """How reading each feed went so far; a feed never tried has a blank reading."""
        ...

    async def lease_due(
        self, owner: str, now: datetime, until: datetime, limit: int
    ) -> tuple[tuple[Feed, FeedReading], ...]:
        """Take the feeds due at ``now`` that nobody holds, oldest first, until ``until``."""
        ...

    async def lease_all(self, owner: str, now: datetime, until: datetime) -> tuple[tuple[Feed, FeedReading], ...]:
        """The same for every active feed that nobody holds, due or not."""
        ...

    async def entitle(self, feed_id: int, title: str) -> None:
        """Remember what a feed calls itself."""
        ...

    async def renew(self, owner: str, feed_ids: Sequence[int], until: datetime) -> frozenset[int]:
        """Hold them longer; those that are still the owner's. What was given back or taken meanwhile is left alone."""
        ...

    async def held(self, owner: str, feed_ids: Sequence[int]) -> frozenset[int]:
        """Those whose lease is still the owner's, ended or not: nobody else has read them since."""
        ...

    async def save_readings(self, readings: Sequence[FeedReading]) -> None:
        """Write what the next request needs and release the leases, all in one statement."""
        ...

    async def move(self, feed_id: int, url: str) -> None:
        """Follow a permanent redirect; nothing happens where another feed has that address."""
        ...

    async def stop(self, feed_id: int) -> None:
        """Mark a feed gone: its server said 410."""
        ...


class ArticleRows(Protocol):
    """Articles, read and unread."""

    async def add(self, articles: Sequence[Article]) -> tuple[str, ...]:
        """Store what is new as unread and return its ids; a known article gains the new feeds and nothing else."""
        ...

    async def known(self, article_ids: Sequence[str]) -> frozenset[str]:
        """Those of the articles that are stored already."""
        ...

    async def rights(self, article_ids: Sequence[str]) -> Mapping[str, tuple[str | None, bool]]:
        """Article id → its address, and whether its publisher said with it that it is kept from text mining."""
        ...

    async def unread(self, newsroom_version: int, limit: int) -> tuple[Article, ...]:
        """Articles the newsroom has not judged with this version, in published order."""
        ...

    async def record(self, judgements: Sequence[Judgement]) -> None:
        """Write verdicts; an article that is not about the war keeps its id, title and address only."""
        ...

    async def stories(self, scope: Scope, window: Window) -> tuple[Story, ...]:
        """Stories with an article in the window, each with every article in scope, newest story first."""
        ...

    async def story(self, story_id: str, scope: Scope) -> Story | None:
        """One story, restricted to the scope; None where nothing of it is visible."""
        ...

    async def search(
        self, words: Sequence[str | Spellings], scope: Scope, limit: int, language: ArticleLanguage | None = None
    ) -> tuple[SourcedArticle, ...]:
        """Relevant articles with all of these folded stems, newest first; ``language`` set: those in it only."""
        ...

    async def tally(self, scope: Scope, window: Window) -> Tally:
        """How much was read and how much of it was about the war."""
        ...

    async def first_known(self, scope: Scope) -> datetime | None:
        """When the first article in scope became known: nothing can be said about the time before."""
        ...

    async def feeds_reached(self, scope: Scope, window: Window) -> int:
        """How many listed feeds answered within the window, or (archives, replays) have an article in it."""
        ...

    async def steady_feeds(self, scope: Scope, windows: Sequence[Window]) -> frozenset[int]:
        """Feeds with an article, on whatever subject, in each of the windows, whoever may see them."""
        ...


class StoryRows(Protocol):
    """What clustering remembers."""

    async def open(self, since: datetime, *, apart: bool = False) -> tuple[OpenStory, ...]:
        """Stories with an article at or after ``since``; where wanted those that chats' own feeds began too."""
        ...

    async def save(self, stories: Sequence[OpenStory]) -> None:
        """Write or replace; a merged story's articles are moved to the one it was merged into."""
        ...


class ClaimRows(Protocol):
    """Who said what."""

    async def add(self, claims: Sequence[Claim], of: Collection[str] = ()) -> None:
        """Store claims; those of an article read again replace the old ones.

        ``of``: ids of articles that were read, so that one that claims nothing any more loses its old claims too.
        """
        ...


class ChatRows(Protocol):
    """Chats and what they have told us."""

    async def meet(self, address: ChatAddress, kind: ChatKind, *, writable: bool = True) -> Chat:
        """The chat at an address, made where it is new; a chat that was gone is active again.

        ``writable`` False: we hear of it and may not write there, so it is as it was.
        """
        ...

    async def find(self, address: ChatAddress) -> Chat | None:
        """The chat at an address."""
        ...

    async def with_threads(self, address: ChatAddress) -> tuple[Chat, ...]:
        """The chat at an address and every thread of it that we know."""
        ...

    async def get(self, chat_id: int) -> Chat | None:
        """The chat with our id."""
        ...

    async def choose(self, chat_id: int, *, language: ReaderLanguage | None = None, zone: str | None = None) -> None:
        """Change what is given; its subscriptions follow the language."""
        ...

    async def keep_quiet(self, chat_id: int, quiet: QuietHours | None) -> None:
        """A chat's quiet hours are these from now on; None: it has none."""
        ...

    async def move(self, old: ChatAddress, new: ChatAddress) -> None:
        """A chat has a new address: its settings, subscriptions and pending parts go with it."""
        ...

    async def mark(self, chat_id: int, state: ChatState) -> None:
        """Gone or active again."""
        ...

    async def forget(self, chat_id: int) -> None:
        """Remove every trace of a chat: settings, subscriptions, its own feeds' ties, deliveries and what it was told,
        and what its moderators did to its own feeds. The upkeep removes those of its feeds that nobody else has.

        Inbound updates name no chat, so there is nothing of it among them.
        """
        ...

    async def receive(self, platform: PlatformName, update_id: str, now: datetime) -> int | None:
        """Take note that an inbound update is being carried out: for which time. None: it has been already."""
        ...

    async def carried_out(self, platform: PlatformName, update_id: str, now: datetime) -> bool:
        """It has taken effect, with whatever else this unit of work writes; False where it had already."""
        ...


class SubscriptionRows(Protocol):
    """Standing orders."""

    async def of(self, chat_id: int) -> tuple[Subscription, ...]:
        """A chat's subscriptions, in the order they were made."""
        ...

    async def hold(self, chat_id: int) -> tuple[Subscription, ...]:
        """The same, kept from everyone else until this unit of work ends: for whoever changes them."""
        ...

    async def add(self, subscription: Subscription) -> Subscription:
        """Store a new one (its ``id`` is ignored) and return it with its id."""
        ...

    async def replace(self, subscription: Subscription) -> None:
        """Write a changed one."""
        ...

    async def remove(self, subscription_id: int) -> None:
        """Forget one."""
        ...

    async def lease_due(self, owner: str, now: datetime, until: datetime, limit: int) -> tuple[Subscription, ...]:
        """Take those due at ``now`` in active chats that nobody holds, oldest first, until ``until``."""
        ...

    async def renew(self, owner: str, subscription_ids: Sequence[int], until: datetime) -> None:
        """Hold leased ones longer, while a slow model still writes; those given back or taken over stay so."""
        ...

    async def advance(self, subscription_id: int, told: Slot, following: Slot) -> None:
        """A slot's briefing is in the outbox: set the next one and release the lease."""
        ...


@dataclass(frozen=True, slots=True)
class Lease:
    """A named right held by one process for a while; ``fence`` grows with every new holder."""

    name: str
    owner: str
    fence: int
    until: datetime


class LeaseRows(Protocol):
    """Rights that only one process holds at a time."""

    async def acquire(self, name: str, owner: str, now: datetime, until: datetime) -> Lease | None:
        """Take or renew; None while someone else holds it."""
        ...

    async def release(self, lease: Lease) -> None:
        """Give it back early."""
        ...


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
