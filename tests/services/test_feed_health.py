"""Moderators are told of a source that fails: each news once, to those it concerns, in their language."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.adapters.console import ConsoleRenderer
from bot.adapters.sql.store import SqlStore, SqlUnitOfWork
from bot.domain.audit import Change
from bot.domain.chat import Chat, ChatAddress, ChatKind
from bot.domain.delivery import SendOutcome, SendResult
from bot.domain.feed import Feed, FeedReading, FeedSpec, FeedState
from bot.domain.moderation import BOT, Authority, Verb, actor_of
from bot.services.feed_health import FeedHealth
from bot.services.moderate import Moderation, Moderator
from bot.services.moderators import Moderators
from bot.services.notices import Notices
from tests.contracts.moderation_examples import ADDED
from tests.fakes.clock import FakeClock

NAMED = ("console", "moderator")


@pytest.fixture
def health(store: SqlStore, clock: FakeClock) -> FeedHealth:
    moderators = Moderators(store, clock, frozenset({NAMED}))
    return FeedHealth(store, clock, moderators, Notices({"console": ConsoleRenderer()}, "fr", "Europe/Paris"))


@pytest.fixture
async def home(store: SqlStore) -> Chat:
    """The bot moderator's own chat."""
    async with store.write() as unit:
        chat = await unit.chats.meet(ChatAddress("console", "home"), ChatKind.PRIVATE)
        await unit.moderators.seat(actor_of(*NAMED), chat.id)
    return chat


@pytest.fixture
async def group(store: SqlStore) -> Chat:
    async with store.write() as unit:
        chat = await unit.chats.meet(ChatAddress("console", "group"), ChatKind.GROUP)
        await unit.chats.choose(chat.id, language="en", zone="Africa/Dakar")
    return chat


async def listed(store: SqlStore, *names: str) -> tuple[Feed, ...]:
    async with store.write() as unit:
        await unit.feeds.reconcile([FeedSpec(f"https://{name}.example/feed", name) for name in names])
        return await unit.standings.everywhere()


async def added(store: SqlStore, chat: Chat, name: str = "Gazette") -> Feed:
    async with store.write() as unit:
        feed = await unit.standings.enter(FeedSpec(f"https://{name}.example/feed", name))
        await unit.standings.settle(feed.id, chat.id, ADDED)
    return replace(feed, state=FeedState.ACTIVE)


async def fails(store: SqlStore, clock: FakeClock, *feeds: Feed, since: timedelta = timedelta(0)) -> None:
    failing = FeedReading(
        0,
        failing_since=clock.now() - since,
        failures=9,
        error_key="http-status",
        error_arguments={"url": "https://gazette.example/feed", "status": 403},
    )
    async with store.write() as unit:
        await unit.feeds.save_readings([replace(failing, feed_id=feed.id) for feed in feeds])


async def works(store: SqlStore, clock: FakeClock, *feeds: Feed) -> None:
    async with store.write() as unit:
        await unit.feeds.save_readings([FeedReading(feed.id, last_success=clock.now()) for feed in feeds])


async def heard(store: SqlStore, clock: FakeClock) -> dict[str, str]:
    """Chat → everything it is sent now."""
    now, told = clock.now(), dict[str, str]()
    async with store.write() as unit:
        while claimed := await unit.deliveries.claim("test", ["console"], now, now + timedelta(seconds=15), 10):
            for part in claimed:
                await unit.deliveries.settle(part, SendResult(SendOutcome.SENT, "1"), now, None)
                chat = part.address.chat
                told[chat] = told.get(chat, "") + str(part.part.payload["text"])
    return told


async def state(store: SqlStore, feed: Feed) -> FeedState:
    async with store.read() as unit:
        return next(one.state for one in await unit.standings.everywhere() if one.id == feed.id)


async def log_of(store: SqlStore, chat: Chat) -> Sequence[Change]:
    async with store.read() as unit:
        return await unit.audit.of(chat.id, everyones=True, limit=10)


@pytest.mark.usefixtures("home")
async def test_the_life_of_a_failing_source_is_told_to_the_bots_moderators(
    store: SqlStore, clock: FakeClock, health: FeedHealth
) -> None:
    feed, *_ = await listed(store, "alpha", "beta")
    await fails(store, clock, feed)
    assert (await health.turn(), await heard(store, clock)) == (0, {})
    clock.pass_by(days=1)
    assert await health.turn() == 1
    words = (await heard(store, clock))["home"]
    assert f"{feed.id} · alpha\u00a0: en panne depuis hier 13\u00a0h." in words
    assert "403" in words
    assert f"/removefeed {feed.id} puis /addfeed" in words
    assert (await health.turn(), await heard(store, clock)) == (0, {})
    clock.pass_by(days=5)
    assert await health.turn() == 1
    assert "Je la suspends demain" in (await heard(store, clock))["home"]
    clock.pass_by(hours=23)
    assert await health.turn() == 0
    clock.pass_by(hours=1)
    assert await health.turn() == 1
    words = (await heard(store, clock))["home"]
    assert "suspendue après une semaine de panne" in words
    assert "[1] Reprendre\u00a0: alpha" in words
    assert await state(store, feed) is FeedState.PAUSED
    clock.pass_by(days=9)
    assert (await health.turn(), await heard(store, clock)) == (0, {})


@pytest.mark.usefixtures("home")
async def test_a_source_that_its_publisher_ended_is_told_at_once_and_once(
    store: SqlStore, clock: FakeClock, health: FeedHealth
) -> None:
    feed, *_ = await listed(store, "alpha", "beta")
    await fails(store, clock, feed)
    async with store.write() as unit:
        await unit.feeds.stop(feed.id)
    assert await health.turn() == 1
    words = (await heard(store, clock))["home"]
    assert f"{feed.id} · alpha\u00a0: arrêtée pour de bon par son éditeur" in words
    assert f"/removefeed {feed.id}" in words
    clock.pass_by(days=20)
    assert (await health.turn(), await heard(store, clock)) == (0, {})


@pytest.mark.usefixtures("home")
async def test_a_source_that_recovers_is_told_once_and_one_that_was_not_announced_is_not(
    store: SqlStore, clock: FakeClock, health: FeedHealth
) -> None:
    alpha, beta, *_ = await listed(store, "alpha", "beta", "gamma", "delta")
    await fails(store, clock, alpha, since=timedelta(days=2))
    await fails(store, clock, beta, since=timedelta(hours=5))
    assert await health.turn() == 1
    await heard(store, clock)
    await works(store, clock, alpha, beta)
    assert await health.turn() == 1
    words = (await heard(store, clock))["home"]
    assert "alpha\u00a0: de nouveau lue" in words
    assert "beta" not in words
    assert await health.turn() == 0


async def test_a_chats_own_source_is_told_to_that_chat_in_its_language(
    store: SqlStore, clock: FakeClock, health: FeedHealth, home: Chat, group: Chat
) -> None:
    feed = await added(store, group)
    await fails(store, clock, feed, since=timedelta(days=2))
    await health.turn()
    told = await heard(store, clock)
    assert list(told) == ["group"]
    assert "A source to look after" in told["group"]
    assert "failing since 8 March, 12:00" in told["group"]
    assert home.id != group.id


async def test_a_chat_that_muted_a_source_is_not_told_of_it(
    store: SqlStore, clock: FakeClock, health: FeedHealth, group: Chat
) -> None:
    feed = await added(store, group)
    async with store.write() as unit:
        await unit.standings.settle(feed.id, group.id, replace(ADDED, muted=True))
    await fails(store, clock, feed, since=timedelta(days=2))
    await health.turn()
    assert await heard(store, clock) == {}


@pytest.mark.usefixtures("home")
async def test_several_sources_share_one_notice(store: SqlStore, clock: FakeClock, health: FeedHealth) -> None:
    alpha, beta, *_ = await listed(store, *"abcdef")
    await fails(store, clock, alpha, beta, since=timedelta(days=1))
    assert await health.turn() == 2
    words = (await heard(store, clock))["home"]
    assert "2 sources à surveiller" in words


@pytest.mark.usefixtures("home")
async def test_when_most_sources_fail_at_once_it_is_our_own_connection_and_none_is_paused(
    store: SqlStore, clock: FakeClock, health: FeedHealth
) -> None:
    feeds = await listed(store, *"abcdef")
    await fails(store, clock, *feeds[:4], since=timedelta(days=8))
    for _ in range(3):
        assert await health.turn() == 0
        clock.pass_by(days=1)
    assert await heard(store, clock) == {}
    await works(store, clock, feeds[0])
    assert await health.turn() == 3


async def test_a_pause_is_in_the_log_as_the_bots_own_and_can_be_taken_back(
    store: SqlStore, clock: FakeClock, health: FeedHealth, group: Chat
) -> None:
    feed = await added(store, group)
    await fails(store, clock, feed, since=timedelta(days=8))
    await health.turn()
    clock.pass_by(days=1)
    await health.turn()
    assert await state(store, feed) is FeedState.PAUSED
    (change,) = await log_of(store, group)
    assert (change.actor, change.verb, change.after.state) == (BOT, Verb.PAUSE, FeedState.PAUSED)
    by = Moderator("someone", Authority(chat=True), group)
    await Moderation(store, clock).undo(change.id, by)
    assert await state(store, feed) is FeedState.ACTIVE
    await heard(store, clock)
    # It starts anew: a week must pass before it is paused again.
    await fails(store, clock, feed)
    clock.pass_by(days=1)
    await health.turn()
    assert "failing since" in (await heard(store, clock))["group"]


@pytest.mark.usefixtures("home")
async def test_two_processes_tell_it_once(store: SqlStore, clock: FakeClock, health: FeedHealth) -> None:
    alpha, *_ = await listed(store, "alpha", "beta")
    await fails(store, clock, alpha, since=timedelta(days=1))
    told = await asyncio.gather(health.turn(), health.turn())
    assert sorted(told) == [0, 1]
    assert (await heard(store, clock))["home"].count("en panne depuis") == 1


class AsOne:
    """A store of one of two processes: both have decided what to tell before either writes."""

    def __init__(self, store: SqlStore, both: asyncio.Barrier) -> None:
        self._store = store
        self._both = both
        self.read = store.read
        self.close = store.close

    @asynccontextmanager
    async def write(self) -> AsyncIterator[SqlUnitOfWork]:
        async with asyncio.timeout(30):
            await self._both.wait()
        async with self._store.write() as unit:
            yield unit


@pytest.mark.usefixtures("home")
async def test_of_two_processes_that_decided_the_same_one_tells_it_whatever_it_is(
    store: SqlStore, other_store: SqlStore, clock: FakeClock, health: FeedHealth
) -> None:
    alpha, *_ = await listed(store, "alpha", "beta")
    both = asyncio.Barrier(2)
    pair = [replace(health, store=AsOne(each, both)) for each in (store, other_store)]
    await fails(store, clock, alpha)
    for days, words in (
        (1, "en panne depuis"),
        (5, "toujours en panne"),
        (1, "suspendue après"),
        (0, "de nouveau lue"),
    ):
        clock.pass_by(days=days)
        if not days:
            await works(store, clock, alpha)
        assert sorted(await asyncio.gather(*(one.turn() for one in pair))) == [0, 1]
        (said,) = (await heard(store, clock)).values()
        assert said.count(words) == 1
    async with store.read() as unit:
        assert [change.verb for change in await unit.audit.of(0, everyones=True, limit=10)] == [Verb.PAUSE]


async def test_without_anybody_to_tell_the_bot_goes_on(store: SqlStore, clock: FakeClock, health: FeedHealth) -> None:
    alpha, *_ = await listed(store, "alpha", "beta")
    await fails(store, clock, alpha, since=timedelta(days=1))
    assert await health.turn() == 1
    assert await heard(store, clock) == {}
