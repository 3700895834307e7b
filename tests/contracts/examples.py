"""Small things to store, each with just what a test cares about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from bot.adapters.sql.schema import chat_feeds
from bot.adapters.sql.store import SqlStore
from bot.domain.article import Article, Judgement, Relevance, Verdict
from bot.domain.briefing import Window
from bot.domain.chat import Chat, ChatAddress, ChatKind
from bot.domain.delivery import DeliveryKind, NewDelivery
from bot.domain.feed import Feed, FeedSpec
from bot.domain.language import ArticleLanguage
from bot.domain.message import RenderedPart
from bot.domain.subscription import Schedule, Slot, Subscription
from bot.ports import Scope

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
LEASE = timedelta(seconds=15)
EVERYTHING = Scope()
LAST_DAY = Window(NOON - timedelta(days=1), NOON)


def at(hours: float) -> datetime:
    """So many hours after noon."""
    return NOON + timedelta(hours=hours)


def spec(name: str, language: ArticleLanguage = "fr") -> FeedSpec:
    """A feed of that name."""
    return FeedSpec(url=f"https://{name}.example/feed", name=name, language=language)


async def follow(store: SqlStore, *names: str) -> tuple[Feed, ...]:
    """Put exactly these feeds on the operator's list."""
    async with store.write() as unit:
        await unit.feeds.reconcile([spec(name) for name in names])
        listed = {feed.name: feed for feed in await unit.feeds.listed(EVERYTHING)}
    return tuple(listed[name] for name in names)


async def keep_private(store: SqlStore, feed: Feed, chat: Chat) -> None:
    """Make a feed one chat's own: attach it, and take it off the operator's list."""
    async with store._database.writing() as connection:
        await connection.execute(chat_feeds.insert().values(chat_id=chat.id, feed_id=feed.id))
    async with store.write() as unit:
        rest = [other.spec for other in await unit.feeds.listed(EVERYTHING) if other.id != feed.id]
        await unit.feeds.reconcile(rest)


def article(name: str, feed: Feed, published: datetime = NOON, *, known_at: datetime | None = None) -> Article:
    """An article known when it was published, or later."""
    return Article(
        id=name,
        url=f"https://example.org/{name}",
        title=f"Title of {name}",
        summary=f"Summary of {name}",
        text=f"Text of {name}",
        language="fr",
        published=published,
        known_at=known_at or published,
        feed_ids=(feed.id,),
    )


def judged(
    name: str,
    story: str | None = "story",
    topics: Sequence[str] = (),
    verdict: Verdict = Verdict.YES,
    *,
    version: int = 1,
    terms: Sequence[str] = (),
) -> Judgement:
    """A judgement of the article of that name."""
    relevance = Relevance(verdict, 0.5, ("title:kyiv",))
    return Judgement(name, relevance, story, tuple(topics), version, tuple(terms))


async def keep(store: SqlStore, *pairs: tuple[Article, Judgement]) -> None:
    """Store articles and what the newsroom decided about them."""
    async with store.write() as unit:
        await unit.articles.add([item for item, _ in pairs])
        await unit.articles.record([judgement for _, judgement in pairs])


async def meet(store: SqlStore, name: str = "1", platform: str = "telegram") -> Chat:
    """A private chat."""
    async with store.write() as unit:
        return await unit.chats.meet(ChatAddress(platform, name), ChatKind.PRIVATE)


def slot(moment: datetime, ordinal: int = 0) -> Slot:
    """A slot whose reader lives in UTC."""
    return Slot(moment, moment.date(), ordinal)


def subscription(chat: Chat, next_at: datetime = NOON) -> Subscription:
    """A daily order for noon."""
    return Subscription(0, chat.id, Schedule((time(12),), "Africa/Dakar"), "fr", slot(next_at))


def delivery(chat: Chat, key: str = "daily:1", parts: int = 1) -> NewDelivery:
    """A delivery whose parts say which they are."""
    payloads = tuple(RenderedPart({"text": f"{key}/{ordinal}"}) for ordinal in range(parts))
    return NewDelivery(key, chat.id, DeliveryKind.DAILY, payloads)
