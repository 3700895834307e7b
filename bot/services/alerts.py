"""Breaking news: look at what changed, and alert the chats that asked for it, each from the feeds it can see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.domain.alert import AlertKind, Occasion, Ruling, Sounded, Watch, alert_key
from bot.domain.briefing import Badge, Window
from bot.domain.chat import Chat
from bot.domain.claim import Phase
from bot.domain.delivery import DeliveryKind, NewDelivery
from bot.domain.errors import StoreError
from bot.domain.language import ReaderLanguage
from bot.domain.message import Message
from bot.domain.server import Posting, posted
from bot.domain.status import TopicStatus
from bot.domain.story import Story
from bot.domain.topic import TopicId
from bot.editorial import alerts, topics
from bot.ports import Clock, Patience, Renderer, Scope, Store, Summariser
from bot.services.brief import first_reading_done, point_of
from bot.services.coverage import Coverage
from bot.services.editions import REMEMBERED
from bot.services.follow import followed_topics
from bot.services.status import StatusDesk
from bot.views.alert import phase_message, story_message

log = structlog.get_logger(__name__)

LEASE_NAME = "alerts"
LEASE = timedelta(seconds=15)
EVERY = timedelta(minutes=1)
"""Feeds are read every hour or so: to look more often finds nothing more."""
BATCH = 50
RECENT = timedelta(hours=24)
"""Stories with an article since then are looked at."""
FOUND_LASTS = timedelta(minutes=5)
"""Stories found for a set of feeds serve for so long, unless the newsroom judged something meanwhile."""
PATIENCE = Patience(8.0)
"""For a model to word a story: less than the lease."""
COUNTED = timedelta(days=2)
"""Alerts older than this count for nothing any more."""

TellsStories = tuple[tuple[str, tuple[str, ...]], ...]
"""Story id → article ids, as a delivery has it."""


@dataclass(frozen=True, slots=True)
class _Found:
    """The stories of one set of feeds."""

    revision: int
    at: datetime
    stories: tuple[Story, ...]


@dataclass(frozen=True, slots=True)
class _Reader:
    """A chat, and what it can see."""

    watch: Watch
    chat: Chat
    zone: str
    language: ReaderLanguage
    scope: Scope
    chosen: tuple[TopicId, ...]
    """The topics it follows; empty: all."""
    now: datetime
    posting: Posting


@dataclass(slots=True)
class Alerts:
    """Alerts whoever asked for it."""

    store: Store
    clock: Clock
    summariser: Summariser
    renderers: Mapping[str, Renderer]
    """By platform name."""
    owner: str
    default_language: ReaderLanguage = "fr"
    default_zone: str = "Europe/Paris"
    coverage: Coverage = field(default_factory=Coverage)
    """What is known of topics' articles: best shared with those who answer people."""
    _desk: StatusDesk = field(init=False)
    _found: dict[frozenset[int], _Found] = field(default_factory=dict)
    _next: datetime | None = None

    def __post_init__(self) -> None:
        """A status desk of its own: what is looked at here is not what people ask for."""
        self._desk = StatusDesk(self.store, coverage=self.coverage)

    async def turn(self) -> int:
        """Alert every chat that is to be alerted, where no other process is at it; how many alerts were written."""
        now = self.clock.now()
        # A clock that was set back by more than the interval must not keep us waiting.
        if self._next is not None and now < self._next <= now + EVERY:
            return 0
        self._next = now + EVERY
        self._found = {seen: found for seen, found in self._found.items() if now - found.at < FOUND_LASTS}
        written, after = 0, 0
        while watches := await self._watches(after):
            for watch in watches:
                written += await self._tried(watch)
            after = watches[-1].chat_id
        return written

    async def _watches(self, after: int) -> Sequence[Watch]:
        """The next chats, under a lease; none while another process is at it."""
        now = self.clock.now()
        async with self.store.read() as unit:
            watches = await unit.alerts.watching(after, BATCH)
        if not watches:
            return ()
        async with self.store.write() as unit:
            lease = await unit.leases.acquire(LEASE_NAME, self.owner, now, now + LEASE)
        return () if lease is None else watches

    async def _tried(self, watch: Watch) -> int:
        try:
            return await self._look(watch)
        except StoreError:
            raise
        except Exception:  # A mistake of ours about one chat must not cost all others their news.
            log.exception("alert failed")
            return 0

    # --- One chat ---

    async def _look(self, watch: Watch) -> int:
        now = self.clock.now()
        scope = Scope(chat_id=watch.chat_id, known_by=now)
        async with self.store.read() as unit:
            chat = await unit.chats.get(watch.chat_id)
            orders = await unit.subscriptions.of(watch.chat_id)
            if chat is None or chat.address.platform not in self.renderers:
                return 0
            if not await first_reading_done(unit, scope, now):
                return 0
            told = await unit.deliveries.told(watch.chat_id, now - REMEMBERED)
            posting = await unit.servers.posting(watch.chat_id)
        chosen = followed_topics(orders)
        zone, language = chat.zone or self.default_zone, chat.language or self.default_language
        if orders:  # What its briefings have, it has, whether it or its server chose that.
            zone, language = chat.zone or orders[0].schedule.zone, chat.language or orders[0].language
        reader = _Reader(watch, chat, zone, language, scope, chosen, now, posting)
        stories, statuses = await self._stories(reader), await self._statuses(reader)
        known = {*told, *(article for _, articles in told.values() for article in articles)}
        occasions = (
            *alerts.phase_changes(statuses, watch, followed=bool(chosen)),
            *alerts.risen_stories(stories, watch.since, chosen, known),
        )
        rulings = alerts.rule(occasions, watch.sounded, chat.quiet, zone, now)
        return await self._act(reader, rulings, alerts.known_phases(statuses, watch, rulings), stories)

    async def _statuses(self, reader: _Reader) -> list[TopicStatus]:
        phased = [topic.id for topic in topics.topics() if topic.phased]
        wanted = [topic for topic in phased if not reader.chosen or topic in reader.chosen]
        return [await self._desk.of(topic, reader.scope, reader.now) for topic in wanted]

    async def _stories(self, reader: _Reader) -> tuple[Story, ...]:
        """The last day's, looked up once for all who see the same feeds."""
        async with self.store.read() as unit:
            visible, revision = await unit.feeds.visible(reader.scope), await unit.coverage.revision()
            found = self._found.get(visible)
            if found is None or found.revision != revision:
                stories = await unit.articles.stories(reader.scope, Window(reader.now - RECENT, reader.now))
                self._found[visible] = found = _Found(revision, reader.now, tuple(stories))
        return found.stories

    async def _act(
        self,
        reader: _Reader,
        rulings: Mapping[Occasion, Ruling],
        phases: Mapping[TopicId, Phase],
        stories: Sequence[Story],
    ) -> int:
        """Write what is to be sent and what the chat knows now, in one transaction."""
        watch, now = reader.watch, reader.now
        sent = [occasion for occasion, ruling in rulings.items() if ruling is Ruling.SEND]
        if not sent and phases == watch.phases:
            return 0
        deliveries = [await self._delivery(reader, occasion, stories) for occasion in sent]
        sounded = [one for one in watch.sounded if now - one.at < COUNTED]
        sounded += [Sounded(now, occasion.subjects) for occasion in sent]
        async with self.store.write() as unit:
            if await unit.alerts.hold(watch.chat_id) != watch:
                return 0  # It was turned off, or somebody else was faster: the next turn looks again.
            written = [await unit.deliveries.enqueue(delivery, now) for delivery in deliveries]
            await unit.alerts.save(replace(watch, phases=phases, sounded=tuple(sounded)))
        return sum(written)

    # --- Words ---

    async def _delivery(self, reader: _Reader, occasion: Occasion, stories: Sequence[Story]) -> NewDelivery:
        if occasion.kind is AlertKind.STORY:
            message, told = await self._story(reader, occasion, stories)
        else:
            message, told = await self._phase(reader, occasion, stories)
        day = reader.now.astimezone(ZoneInfo(reader.zone)).date().isoformat()
        log.info("alert written", kind=occasion.kind)
        return NewDelivery(
            key=alert_key(reader.chat.id, occasion, day),
            chat_id=reader.chat.id,
            kind=DeliveryKind.BREAKING,
            parts=self.renderers[reader.chat.address.platform].render(posted(message, reader.posting)),
            told=told,
        )

    async def _story(
        self, reader: _Reader, occasion: Occasion, stories: Sequence[Story]
    ) -> tuple[Message, TellsStories]:
        story = next(story for story in stories if story.id == occasion.subject)
        digest = await self.summariser.condense(story, reader.language, since=None, patience=PATIENCE)
        point = point_of(story, digest, (Badge.NEW,))
        message = story_message(point, occasion.sources, language=reader.language, zone=reader.zone, now=reader.now)
        # All of its articles count as told: the next briefing comes back to it with what was not known yet.
        return message, ((story.id, tuple(article.article.id for article in story.articles)),)

    async def _phase(
        self, reader: _Reader, occasion: Occasion, stories: Sequence[Story]
    ) -> tuple[Message, TellsStories]:
        status = await self._desk.of(occasion.subject, reader.scope, reader.now, reader.language)
        topic = topics.topic(occasion.subject)
        assert topic is not None, "statuses are of known topics"
        told = []
        for story in stories:
            quoted = [
                one.article.id
                for one in story.articles
                if status.latest and one.article.id in status.latest.article_ids
            ]
            if quoted:
                told.append((story.id, tuple(quoted)))
        message = phase_message(status, topic, occasion, language=reader.language, zone=reader.zone)
        return message, tuple(told)
