"""Followed feeds: the operator's list, archives, and how reading goes."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.adapters.sql.store import SqlStore
from bot.domain.feed import Feed, FeedReading, FeedSpec, FeedState, Origin, Ownership, Rhythm, Validators
from bot.ports import ListChanges, Scope
from tests.contracts.examples import (
    EVERYTHING,
    HOUR,
    LAST_DAY,
    LEASE,
    NOON,
    article,
    at,
    follow,
    judged,
    keep,
    keep_private,
    meet,
    spec,
)

FULL_SPEC = FeedSpec(
    url="https://alpha.example/feed",
    name="Alpha",
    language="fr",
    country="SN",
    ownership=Ownership.INDEPENDENT,
    dedicated=True,
    full_text=True,
)


async def reconcile(store: SqlStore, *specs: FeedSpec) -> ListChanges:
    async with store.write() as unit:
        return await unit.feeds.reconcile(specs)


async def listed(store: SqlStore, scope: Scope = EVERYTHING) -> tuple[Feed, ...]:
    async with store.read() as unit:
        return await unit.feeds.listed(scope)


async def save(store: SqlStore, *readings: FeedReading) -> None:
    async with store.write() as unit:
        await unit.feeds.save_readings(readings)


async def due(store: SqlStore, hours: float, owner: str = "us", limit: int = 10) -> list[str]:
    async with store.write() as unit:
        leased = await unit.feeds.lease_due(owner, at(hours), at(hours) + LEASE, limit)
    return [feed.name for feed, _ in leased]


# --- The operator's list ---


async def test_a_listed_feed_keeps_everything_said_about_it(store: SqlStore) -> None:
    assert await reconcile(store, FULL_SPEC) == ListChanges(added=("Alpha",))
    (feed,) = await listed(store)
    assert (feed.spec, feed.origin, feed.state, feed.public) == (FULL_SPEC, Origin.FILE, FeedState.ACTIVE, True)


async def test_reconciling_twice_changes_nothing(store: SqlStore) -> None:
    await reconcile(store, FULL_SPEC, spec("beta"))
    assert await reconcile(store, FULL_SPEC, spec("beta")) == ListChanges()


async def test_a_feed_is_called_by_its_host_where_it_has_no_name(store: SqlStore) -> None:
    assert await reconcile(store, FeedSpec("https://www.gamma.example/rss")) == ListChanges(added=("gamma.example",))


async def test_a_changed_entry_is_the_same_feed(store: SqlStore) -> None:
    (before,) = await follow(store, "alpha")
    changed = replace(before.spec, name="Alpha News", ownership=Ownership.STATE)
    assert await reconcile(store, changed) == ListChanges(changed=("Alpha News",))
    assert await listed(store) == (replace(before, spec=changed),)


async def test_an_entry_taken_off_the_list_is_retired_and_its_articles_stay(store: SqlStore) -> None:
    alpha, beta = await follow(store, "alpha", "beta")
    await keep(store, (article("a", beta), judged("a")))
    assert await reconcile(store, spec("alpha")) == ListChanges(retired=("beta",))
    assert await listed(store) == (alpha,)
    async with store.read() as unit:
        assert (await unit.articles.tally(EVERYTHING, LAST_DAY)).articles_read == 1


async def test_an_entry_put_back_is_the_same_feed_again(store: SqlStore) -> None:
    alpha, beta = await follow(store, "alpha", "beta")
    await reconcile(store, spec("alpha"))
    assert await reconcile(store, spec("alpha"), spec("beta")) == ListChanges(added=("beta",))
    assert await listed(store) == (alpha, beta)


async def test_an_empty_list_retires_everything_but_archives(store: SqlStore) -> None:
    await follow(store, "alpha")
    async with store.write() as unit:
        archive = await unit.feeds.archive("Old paper", "fr")
    assert await reconcile(store) == ListChanges(retired=("alpha",))
    assert await listed(store) == (archive,)


async def test_the_first_of_two_entries_for_one_address_counts(store: SqlStore) -> None:
    double = replace(spec("alpha"), name="Other")
    assert await reconcile(store, spec("alpha"), double) == ListChanges(added=("alpha",))
    assert [feed.name for feed in await listed(store)] == ["alpha"]
    assert await reconcile(store, spec("alpha"), double) == ListChanges()


async def test_a_feed_that_moved_is_still_the_entry_it_was_listed_as(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    async with store.write() as unit:
        await unit.feeds.move(feed.id, "https://new.example/feed")
    assert await reconcile(store, spec("alpha")) == ListChanges()
    (moved,) = await listed(store)
    assert (moved.id, moved.spec.url) == (feed.id, "https://new.example/feed")
    assert await reconcile(store, replace(spec("alpha"), url="https://new.example/feed")) == ListChanges()
    assert await listed(store) == (moved,)


async def test_a_feed_does_not_move_to_where_another_one_is(store: SqlStore) -> None:
    alpha, beta = await follow(store, "alpha", "beta")
    async with store.write() as unit:
        await unit.feeds.move(beta.id, alpha.spec.url)
    assert await listed(store) == (alpha, beta)


async def test_a_chats_own_feed_is_seen_by_that_chat_only(store: SqlStore) -> None:
    alpha, beta = await follow(store, "alpha", "beta")
    chat, other = await meet(store, "1"), await meet(store, "2")
    await keep_private(store, beta, chat)
    private = replace(beta, origin=Origin.CHAT, public=False)
    assert await listed(store) == (alpha,)
    assert await listed(store, Scope(chat_id=chat.id)) == (alpha, private)
    assert await listed(store, Scope(chat_id=other.id)) == (alpha,)


async def test_a_chats_feed_the_operator_lists_becomes_everyones(store: SqlStore) -> None:
    _, beta = await follow(store, "alpha", "beta")
    await keep_private(store, beta, await meet(store))
    assert await reconcile(store, spec("alpha"), spec("beta")) == ListChanges(added=("beta",))
    assert (await listed(store))[1] == beta


async def test_a_feed_its_server_gave_up_stays_gone_though_it_is_listed(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    async with store.write() as unit:
        await unit.feeds.stop(feed.id)
    assert await reconcile(store, spec("alpha")) == ListChanges()
    assert await listed(store) == (replace(feed, state=FeedState.GONE),)
    assert await due(store, 0) == []


# --- Archives ---


async def test_an_archive_is_made_once_and_never_polled(store: SqlStore) -> None:
    async with store.write() as unit:
        first = await unit.feeds.archive("Old paper", "fr")
        again = await unit.feeds.archive("Old paper", "en")
    assert first == again
    assert (first.name, first.spec.language, first.polled, first.public) == ("Old paper", "fr", False, True)
    async with store.write() as unit:
        assert await unit.feeds.lease_all("us", NOON, NOON + LEASE) == ()


# --- How reading goes ---


async def test_a_feed_never_tried_has_a_blank_reading(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    async with store.read() as unit:
        unknown = feed.id + 1
        blank = {feed.id: FeedReading(feed.id), unknown: FeedReading(unknown)}
        assert await unit.feeds.readings([feed.id, unknown]) == blank


async def test_readings_come_back_as_they_were_saved(store: SqlStore) -> None:
    alpha, beta = await follow(store, "alpha", "beta")
    first = FeedReading(
        feed_id=alpha.id,
        validators=Validators('W/"é-1"', "Tue, 10 Mar 2026 12:00:00 GMT"),
        body_hash="00ff",
        next_poll=at(1),
        last_attempt=NOON,
        last_success=at(-2),
        failing_since=at(-1),
        failures=3,
        error_key="http-status",
        error_arguments={"url": "https://alpha.example", "status": 503, "seconds": 1.5, "none": None},
        skipped_entries=7,
        rhythm=Rhythm(3_600, 1_800, (0, 1), (5, 6)),
    )
    second = FeedReading(beta.id, next_poll=at(2))
    await save(store, first, second)
    async with store.read() as unit:
        assert await unit.feeds.readings([alpha.id, beta.id]) == {alpha.id: first, beta.id: second}
    await save(store, FeedReading(alpha.id))
    async with store.read() as unit:
        assert await unit.feeds.readings([alpha.id]) == {alpha.id: FeedReading(alpha.id)}


async def test_feeds_are_due_at_their_time_and_never_tried_ones_first(store: SqlStore) -> None:
    alpha, beta, _gamma = await follow(store, "alpha", "beta", "gamma")
    await save(store, FeedReading(alpha.id, next_poll=at(2)), FeedReading(beta.id, next_poll=at(1)))
    assert await due(store, 0.5) == ["gamma"]
    assert await due(store, 2) == ["gamma", "beta", "alpha"]


async def test_no_more_feeds_are_taken_than_asked_for(store: SqlStore) -> None:
    await follow(store, "alpha", "beta", "gamma")
    assert await due(store, 0, limit=2) == ["alpha", "beta"]
    assert await due(store, 0, limit=2) == ["gamma"]


async def test_a_leased_feed_is_free_again_when_saved_or_when_the_lease_ends(store: SqlStore) -> None:
    alpha, _beta = await follow(store, "alpha", "beta")
    assert await due(store, 0, "us") == ["alpha", "beta"]
    assert await due(store, 0, "them") == []
    await save(store, FeedReading(alpha.id, next_poll=NOON))
    assert await due(store, 0, "them") == ["alpha"]
    assert await due(store, 1, "them") == ["beta", "alpha"]


async def test_leasing_all_takes_feeds_that_are_not_due_but_not_those_held(store: SqlStore) -> None:
    alpha, beta = await follow(store, "alpha", "beta")
    await save(store, FeedReading(alpha.id, next_poll=at(9)), FeedReading(beta.id, next_poll=at(-1)))
    assert await due(store, 0) == ["beta"]
    async with store.write() as unit:
        assert [feed.name for feed, _ in await unit.feeds.lease_all("us", NOON, NOON + LEASE)] == ["alpha"]


async def test_retired_and_gone_feeds_are_not_polled(store: SqlStore) -> None:
    alpha, _beta, _gamma = await follow(store, "alpha", "beta", "gamma")
    async with store.write() as unit:
        await unit.feeds.stop(alpha.id)
    await reconcile(store, spec("alpha"), spec("beta"))
    assert await due(store, 0) == ["beta"]


async def test_two_processes_never_take_the_same_feed(store: SqlStore, other_store: SqlStore) -> None:
    await follow(store, *(f"feed{number}" for number in range(30)))
    rounds = await asyncio.gather(
        *(due((store, other_store)[number % 2], 0, f"owner{number}", limit=4) for number in range(12))
    )
    taken = [name for names in rounds for name in names]
    assert len(taken) == len(set(taken)) == 30


async def test_a_reading_travels_with_its_leased_feed(store: SqlStore) -> None:
    (alpha,) = await follow(store, "alpha")
    reading = FeedReading(alpha.id, Validators('"1"'), next_poll=NOON - HOUR)
    await save(store, reading)
    async with store.write() as unit:
        assert await unit.feeds.lease_due("us", NOON, NOON + LEASE, 1) == ((alpha, reading),)
