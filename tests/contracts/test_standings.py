"""Feeds as one chat has them: added, muted, promoted, read while somebody hears them."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.adapters.sql.store import SqlStore
from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.feed import FeedReading, FeedSpec, FeedState, Origin, Ownership, Validators
from bot.domain.feed_health import Alarm, FeedNews
from bot.domain.moderation import Case, Standing
from bot.ports import ListChanges, Scope
from tests.contracts.examples import EVERYTHING, LEASE, NOON, article, at, follow, judged, keep, meet
from tests.contracts.moderation_examples import (
    ADDED,
    UNKNOWN,
    case,
    change,
    enter,
    settle,
    suggestion,
)


async def names(store: SqlStore, scope: Scope = EVERYTHING) -> list[str]:
    async with store.read() as unit:
        return [feed.name for feed in await unit.feeds.listed(scope)]


async def due(store: SqlStore) -> list[str]:
    async with store.write() as unit:
        return [feed.name for feed, _ in await unit.feeds.lease_due("us", NOON, NOON + LEASE, 10)]


async def test_a_new_feed_is_followed_by_nobody(store: SqlStore) -> None:
    feed, chat = await enter(store), await meet(store)
    assert (feed.origin, feed.state, feed.public) == (Origin.CHAT, FeedState.RETIRED, False)
    assert await case(store, feed, chat) == Case(feed, UNKNOWN, shared=False)
    assert (await names(store), await names(store, Scope(chat_id=chat.id)), await due(store)) == ([], [], [])


async def test_entering_a_known_address_changes_nothing(store: SqlStore) -> None:
    (listed,) = await follow(store, "alpha")
    async with store.write() as unit:
        assert await unit.standings.enter(replace(listed.spec, name="Other")) == listed


@pytest.mark.parametrize("attached", [True, False])
@pytest.mark.parametrize("muted", [True, False])
@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize("state", [FeedState.ACTIVE, FeedState.PAUSED, FeedState.RETIRED])
async def test_a_feed_stands_as_it_was_settled(
    store: SqlStore, attached: bool, muted: bool, public: bool, state: FeedState
) -> None:
    feed, chat, other = await enter(store), await meet(store, "1"), await meet(store, "2")
    standing = Standing(attached, muted, public, state)
    for wanted in (ADDED, standing, UNKNOWN, standing, standing):
        await settle(store, feed, chat, wanted)
        assert (await case(store, feed, chat)).standing == wanted
    elsewhere = await case(store, feed, other)
    assert elsewhere.standing == replace(standing, attached=False, muted=False)
    assert elsewhere.shared == attached


async def test_an_added_feed_is_its_chats_and_is_read(store: SqlStore) -> None:
    feed, chat, other = await enter(store), await meet(store, "1"), await meet(store, "2")
    await settle(store, feed, chat)
    assert (await names(store, Scope(chat_id=chat.id)), await names(store, Scope(chat_id=other.id))) == (["own"], [])
    assert await names(store) == []
    assert await due(store) == ["own"]


async def test_a_feed_nobody_hears_is_not_read(store: SqlStore) -> None:
    feed, chat, other = await enter(store), await meet(store, "1"), await meet(store, "2")
    for one in (chat, other):
        await settle(store, feed, one)
    await settle(store, feed, chat, replace(ADDED, muted=True))
    async with store.read() as unit:
        assert await unit.standings.followers(feed.id) == (other.id,)
    await settle(store, feed, other, replace(ADDED, muted=True))
    assert await due(store) == []


async def test_a_muted_feed_is_silent_in_that_chat_only(store: SqlStore) -> None:
    (listed,) = await follow(store, "alpha")
    chat, other = await meet(store, "1"), await meet(store, "2")
    await keep(store, (article("a", listed), judged("a")))
    await settle(store, listed, chat, Standing(attached=False, muted=True, public=True, state=FeedState.ACTIVE))
    assert (await names(store, Scope(chat_id=chat.id)), await names(store, Scope(chat_id=other.id))) == ([], ["alpha"])
    async with store.read() as unit:
        assert await unit.articles.story("story", Scope(chat_id=chat.id)) is None
        assert await unit.articles.story("story", Scope(chat_id=other.id)) is not None
        assert [feed.id for feed in await unit.standings.muted(chat.id)] == [listed.id]
        assert await unit.standings.muted(other.id) == ()
    assert await due(store) == ["alpha"]
    assert (await case(store, listed, chat)).feed == listed


async def test_adding_a_feed_the_operator_dropped_makes_it_the_chats(store: SqlStore) -> None:
    (listed,) = await follow(store, "alpha")
    await follow(store)
    chat = await meet(store)
    await settle(store, listed, chat)
    own = (await case(store, listed, chat)).feed
    assert (own.origin, own.public) == (Origin.CHAT, False)
    async with store.write() as unit:
        assert await unit.feeds.reconcile([]) == ListChanges()
    assert await names(store, Scope(chat_id=chat.id)) == ["alpha"]


async def test_a_promoted_feed_is_not_retired_by_the_operators_list(store: SqlStore) -> None:
    feed, chat = await enter(store), await meet(store)
    await settle(store, feed, chat)
    await settle(store, feed, chat, replace(ADDED, public=True))
    await follow(store, "alpha")
    assert await names(store) == ["own", "alpha"]


async def test_a_listed_feed_that_is_paused_stays_so_and_is_told(store: SqlStore) -> None:
    alpha, beta = await follow(store, "alpha", "beta")
    async with store.write() as unit:
        await unit.standings.stop(alpha.id)
        assert await unit.feeds.reconcile([alpha.spec, beta.spec]) == ListChanges(paused=("alpha",))
    assert await due(store) == ["beta"]


async def test_a_feed_is_found_under_any_of_its_addresses(store: SqlStore) -> None:
    (listed,) = await follow(store, "alpha")
    async with store.write() as unit:
        await unit.feeds.move(listed.id, "https://new.example/feed")
        for url in (listed.spec.url, "https://new.example/feed"):
            found = await unit.standings.find(["https://elsewhere.example", url])
            assert found is not None
            assert found.id == listed.id
        assert await unit.standings.find(["https://elsewhere.example"]) is None
        assert await unit.standings.find([]) is None
        assert await unit.standings.case(10**6, 1) is None


async def test_a_feed_is_described_anew_and_keeps_its_address(store: SqlStore) -> None:
    feed, chat = await enter(store), await meet(store)
    wanted = FeedSpec("https://ignored.example", "Gazette", "en", "GB", Ownership.PUBLIC, full_text=True)
    async with store.write() as unit:
        await unit.standings.describe(feed.id, wanted)
    assert (await case(store, feed, chat)).feed.spec == replace(wanted, url=feed.spec.url)


async def test_a_revived_feed_is_read_as_if_it_were_new(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    failing = FeedReading(
        feed.id, Validators('"1"', "x"), "00ff", at(9), at(-1), at(-2), at(-1), 4, "too-large", {"limit": 1}
    )
    async with store.write() as unit:
        await unit.feeds.save_readings([failing])
        await unit.standings.raise_alarm(feed.id, Alarm(FeedNews.PAUSED, NOON))
        await unit.standings.revive(feed.id)
        assert await unit.standings.alarms() == {}
        assert await unit.feeds.readings([feed.id]) == {
            feed.id: FeedReading(feed.id, last_attempt=at(-1), last_success=at(-2))
        }
    assert await due(store) == ["alpha"]


async def test_a_feed_can_be_muted_everywhere_but_here(store: SqlStore) -> None:
    feed = await enter(store)
    chats = [await meet(store, name) for name in ("1", "2", "3")]
    for chat in chats:
        await settle(store, feed, chat)
    await settle(store, feed, chats[2], replace(ADDED, muted=True))
    async with store.write() as unit:
        await unit.standings.mute_elsewhere(feed.id, chats[0].id)
        assert await unit.standings.followers(feed.id) == (chats[0].id,)
        assert await unit.standings.own(chats[1].id) == 1


async def test_alarms_are_kept_until_there_is_nothing_left_to_tell(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    async with store.write() as unit:
        for news in (FeedNews.FAILING, FeedNews.PAUSING):
            await unit.standings.raise_alarm(feed.id, Alarm(news, NOON))
            assert await unit.standings.alarms() == {feed.id: Alarm(news, NOON)}
        await unit.standings.raise_alarm(feed.id, None)
        assert await unit.standings.alarms() == {}


async def test_two_moderators_who_change_a_feed_wait_for_each_other(store: SqlStore, other_store: SqlStore) -> None:
    feed, chat = await enter(store), await meet(store)
    seen = []

    async def change(through: SqlStore) -> None:
        async with through.write() as unit:
            await unit.standings.hold(feed.id)
            found = await unit.standings.case(feed.id, chat.id)
            assert found is not None
            seen.append(found.standing)
            await asyncio.sleep(0.05)
            await unit.standings.settle(feed.id, chat.id, ADDED)

    await asyncio.gather(change(store), change(other_store))
    assert seen == [UNKNOWN, ADDED]


async def test_a_moved_chat_takes_its_mutes_log_and_suggestions_along(store: SqlStore) -> None:
    old, new = ChatAddress("telegram", "-1"), ChatAddress("telegram", "-2")
    alpha, beta = await follow(store, "alpha", "beta")
    muted = Standing(attached=False, muted=True, public=True, state=FeedState.ACTIVE)
    async with store.write() as unit:
        chat, later = await unit.chats.meet(old, ChatKind.GROUP), await unit.chats.meet(new, ChatKind.GROUP)
        await unit.standings.settle(alpha.id, chat.id, muted)
        for feed in (alpha, beta):
            await unit.standings.settle(feed.id, later.id, muted)
        await unit.audit.record(change(later, alpha))
        await unit.suggestions.add(suggestion(later))
        await unit.moderators.seat("someone", later.id)
        await unit.chats.move(old, new)
        assert [feed.name for feed in await unit.standings.muted(chat.id)] == ["alpha", "beta"]
        assert len(await unit.audit.of(chat.id, everyones=False, limit=10)) == 1
        assert len(await unit.suggestions.waiting(chat.id, for_everyone=False)) == 1
        assert await unit.moderators.seats(["someone"]) == (chat.id,)
