"""What was kept long enough goes, what is still needed stays, and nothing takes long."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Table, func, select

from bot.adapters.sql.schema import (
    article_feeds,
    articles,
    chats,
    claims,
    deliveries,
    feed_previews,
    feeds,
    inbound,
    leases,
    parts,
    servers,
    stories,
    subscription_leases,
    suggestions,
)
from bot.adapters.sql.store import SqlStore
from bot.domain.chat import Chat, ChatState
from bot.domain.delivery import SendOutcome, SendResult
from bot.domain.feed import FeedState
from bot.domain.moderation import Standing
from bot.domain.offer import Preview, PreviewState, SuggestionState
from bot.domain.server import Server
from bot.domain.story import OpenStory
from bot.ports import Scope, Unanswered, UpkeepRows
from tests.contracts.examples import (
    EVERYTHING,
    LEASE,
    NOON,
    article,
    delivery,
    follow,
    judged,
    keep,
    meet,
    subscription,
)
from tests.contracts.moderation_examples import OFFER, change, enter, settle, suggestion
from tests.contracts.test_stories_and_claims import claim

DAY = timedelta(days=1)
LATER = NOON + 100 * DAY
"""When the upkeep comes by."""
GONE = Standing(attached=False, muted=False, public=False, state=FeedState.RETIRED)


async def tidied(store: SqlStore, chore: Callable[[UpkeepRows], Awaitable[int]]) -> int:
    async with store.write() as unit:
        return await chore(unit.upkeep)


async def count(store: SqlStore, table: Table) -> int:
    async with store._database.reading() as connection:
        return int(await connection.scalar(select(func.count()).select_from(table)) or 0)


async def ids(store: SqlStore) -> list[str]:
    async with store._database.reading() as connection:
        return list(await connection.scalars(select(articles.c.id).order_by(articles.c.id)))


async def texts(store: SqlStore) -> dict[str, str]:
    async with store._database.reading() as connection:
        return {row.id: row.text for row in await connection.execute(select(articles.c.id, articles.c.text))}


# --- News ---


async def test_old_full_texts_go_and_the_rest_of_their_articles_stays(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    old, new = article("old", feed, NOON - DAY), article("new", feed)
    await keep(store, (old, judged("old")), (new, judged("new", None)))
    async with store.write() as unit:
        await unit.articles.add([replace(article("archived", feed, NOON - DAY), imported=True)])
    assert await tidied(store, lambda rows: rows.drop_texts(NOON, 10)) == 1
    assert await texts(store) == {"old": "", "new": new.text, "archived": "Text of archived"}
    async with store.read() as unit:
        story = await unit.articles.story("story", EVERYTHING)
    assert story is not None
    assert [told.article.summary for told in story.articles] == [old.summary]
    assert await tidied(store, lambda rows: rows.drop_texts(NOON, 10)) == 0


async def test_old_articles_go_with_all_that_hangs_on_them_and_an_archive_stays(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    await keep(
        store,
        (article("old", feed, NOON - DAY), judged("old", topics=["aid"], terms=["word"])),
        (article("late", feed, NOON - DAY, known_at=NOON), judged("late", terms=["word"])),
        (article("new", feed), judged("new", terms=["word"])),
    )
    async with store.write() as unit:
        await unit.articles.add([replace(article("archived", feed, NOON - DAY), imported=True)])
        await unit.claims.add([claim("old"), claim("new")])
    assert await tidied(store, lambda rows: rows.remove_articles(NOON, 10)) == 1
    assert await ids(store) == ["archived", "late", "new"]
    assert await count(store, claims) == 1
    async with store.read() as unit:
        found = await unit.articles.search(["word"], EVERYTHING, 10)
    assert [one.article.id for one in found] == ["new", "late"]


async def test_a_story_goes_when_none_of_its_articles_is_left(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    await keep(store, (replace(article("a", feed, NOON - DAY), imported=True), judged("a", "told")))
    async with store.write() as unit:
        await unit.stories.save([OpenStory(name, NOON - DAY, b"") for name in ("told", "over")])
        await unit.stories.save([OpenStory("young", NOON, b"")])
    assert await tidied(store, lambda rows: rows.remove_stories(NOON, 10)) == 1
    async with store._database.reading() as connection:
        assert set(await connection.scalars(select(stories.c.id))) == {"told", "young"}


async def test_a_step_takes_no_more_than_it_may(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    async with store.write() as unit:
        await unit.articles.add([article(str(number), feed, NOON - DAY) for number in range(5)])
    assert [await tidied(store, lambda rows: rows.remove_articles(NOON, 2)) for _ in range(4)] == [2, 2, 1, 0]


# --- Deliveries ---


async def sent(store: SqlStore, chat: Chat, key: str, now: datetime, order: int | None = None) -> None:
    async with store.write() as unit:
        written = replace(delivery(chat, key), subscription_id=order, window_end=now)
        await unit.deliveries.enqueue(replace(written, told=(("story", ("a",)),)), now)
        (part,) = await unit.deliveries.claim("us", ["telegram"], now, now + LEASE, 10)
        await unit.deliveries.settle(part, SendResult(SendOutcome.SENT, "1"), now, None)


async def test_old_deliveries_go_but_not_where_the_next_briefing_of_an_order_begins(store: SqlStore) -> None:
    chat = await meet(store)
    async with store.write() as unit:
        order = await unit.subscriptions.add(subscription(chat))
    for number in range(3):
        await sent(store, chat, f"daily:{number}", NOON + number * DAY, order.id)
    await sent(store, chat, "notice:1", NOON)
    assert await tidied(store, lambda rows: rows.remove_deliveries(LATER, 10)) == 3
    assert await count(store, parts) == 1
    async with store.read() as unit:
        assert await unit.deliveries.last_window_end(order.id) == NOON + 2 * DAY
    async with store.write() as unit:
        await unit.subscriptions.remove(order.id)
    assert await tidied(store, lambda rows: rows.remove_deliveries(LATER, 10)) == 1
    assert await count(store, deliveries) == 0


async def test_what_waits_or_is_under_way_stays_however_old(store: SqlStore) -> None:
    chat, other = await meet(store, "1"), await meet(store, "2")
    async with store.write() as unit:
        await unit.deliveries.enqueue(delivery(chat, "waits", parts=2), NOON)
        await unit.deliveries.enqueue(delivery(other, "under way"), NOON)
        await unit.deliveries.claim("us", ["telegram"], NOON, NOON + LEASE, 1)
    assert await tidied(store, lambda rows: rows.remove_deliveries(LATER, 10)) == 0
    assert await count(store, deliveries) == 2


async def test_leases_of_whoever_is_gone_go_and_held_ones_stay(store: SqlStore) -> None:
    chat = await meet(store)
    async with store.write() as unit:
        for _ in range(2):
            await unit.subscriptions.add(subscription(chat))
        await unit.subscriptions.lease_due("us", NOON, NOON + LEASE, 1)
        await unit.subscriptions.lease_due("us", NOON, LATER, 1)
        for name, until in (("writing:old", NOON), ("writing:new", LATER), ("newsroom", NOON)):
            await unit.leases.acquire(name, "us", NOON - LEASE, until)
    assert await tidied(store, lambda rows: rows.remove_leases(NOON + DAY, 10)) == 2
    assert await count(store, subscription_leases) == 1
    assert await count(store, leases) == 2


async def test_updates_that_nobody_tells_again_are_forgotten(store: SqlStore) -> None:
    async with store.write() as unit:
        for number in range(5):
            await unit.chats.receive("telegram", str(number), NOON + number * DAY)
    before = NOON + 3 * DAY
    assert [await tidied(store, lambda rows: rows.remove_updates(before, 2)) for _ in range(3)] == [2, 1, 0]
    assert await count(store, inbound) == 2


# --- Moderators ---


async def test_old_offers_and_decided_suggestions_go_and_waiting_ones_stay(store: SqlStore) -> None:
    chat = await meet(store)
    async with store.write() as unit:
        await unit.previews.keep(Preview("old", chat.id, NOON, OFFER, PreviewState.OPEN))
        decided, _ = [await unit.suggestions.add(suggestion(chat, actor)) for actor in ("one", "two")]
        await unit.suggestions.decide(decided.id, SuggestionState.REFUSED, "me", NOON)
    assert await tidied(store, lambda rows: rows.remove_offers(LATER, 10)) == 1
    assert await tidied(store, lambda rows: rows.remove_suggestions(LATER, 10)) == 1
    assert await count(store, feed_previews) == 0
    assert await count(store, suggestions) == 1


async def test_a_chats_own_feed_that_it_let_go_stays_for_as_long_as_that_can_be_undone(store: SqlStore) -> None:
    chat, own = await meet(store), await enter(store)
    (everyones,) = await follow(store, "alpha")
    await settle(store, own, chat)
    shared = replace(article("both", own), feed_ids=(own.id, everyones.id))
    async with store.write() as unit:
        await unit.articles.add([article("own", own), shared])
        await unit.audit.record(change(chat, own))
    assert await tidied(store, lambda rows: rows.remove_orphans(LATER, 10)) == 0
    await settle(store, own, chat, GONE)
    assert await tidied(store, lambda rows: rows.remove_orphans(NOON, 10)) == 0
    assert await tidied(store, lambda rows: rows.remove_orphans(LATER, 10)) == 2
    assert await ids(store) == ["both"]
    assert await count(store, feeds) == 1
    assert await count(store, article_feeds) == 1


async def test_the_own_feeds_of_a_forgotten_chat_go_at_once_and_shared_ones_stay(store: SqlStore) -> None:
    chat, other = await meet(store, "1"), await meet(store, "2")
    own, shared = await enter(store, "own"), await enter(store, "shared")
    for feed, whose in ((own, chat), (shared, chat), (shared, other)):
        await settle(store, feed, whose)
        async with store.write() as unit:
            await unit.audit.record(change(whose, feed))
    async with store.write() as unit:
        await unit.articles.add([article(str(number), own) for number in range(3)])
        await unit.chats.forget(chat.id)
    # Articles first, a step at a time, then the feed.
    assert [await tidied(store, lambda rows: rows.remove_orphans(NOON - DAY, 2)) for _ in range(3)] == [2, 2, 0]
    async with store.read() as unit:
        assert [feed.id for feed in await unit.standings.everywhere()] == [shared.id]


# --- Chats ---


async def test_a_chat_that_stays_away_is_forgotten_one_day_and_one_that_returns_is_not(store: SqlStore) -> None:
    away, back, here = [await meet(store, name) for name in ("away", "back", "here")]
    async with store.write() as unit:
        for chat in (away, back):
            await unit.subscriptions.add(subscription(chat))
            await unit.chats.mark(chat.id, ChatState.GONE)
    assert await tidied(store, lambda rows: rows.forget_gone(NOON, NOON - DAY, 10)) == 0
    async with store.write() as unit:
        await unit.chats.mark(back.id, ChatState.ACTIVE)
        await unit.chats.mark(back.id, ChatState.GONE)
    assert await tidied(store, lambda rows: rows.forget_gone(LATER, NOON + DAY, 10)) == 1
    async with store._database.reading() as connection:
        rows = (await connection.execute(select(chats.c.id, chats.c.gone_since).order_by(chats.c.id))).all()
    assert [tuple(row) for row in rows] == [(back.id, LATER), (here.id, None)]


async def test_a_server_goes_with_its_last_chat_and_one_of_which_no_chat_is_known_one_day_too(store: SqlStore) -> None:
    left, alone, found = [Server("discord", name, moderator_role="7") for name in ("1", "2", "3")]
    chats_ = [await meet(store, name, "discord") for name in ("left", "found")]
    async with store.write() as unit:
        for server in (left, alone, found):
            await unit.servers.save(server)
        await unit.servers.own(chats_[0].id, left.id)
        await unit.chats.mark(chats_[0].id, ChatState.GONE)
    assert await tidied(store, lambda rows: rows.forget_gone(NOON, NOON - DAY, 10)) == 0
    assert await tidied(store, lambda rows: rows.remove_servers(NOON, NOON - DAY, 10)) == 0
    async with store.write() as unit:
        await unit.servers.own(chats_[1].id, found.id)
    assert await tidied(store, lambda rows: rows.forget_gone(LATER, NOON + DAY, 10)) == 1
    assert await count(store, servers) == 2
    assert await tidied(store, lambda rows: rows.remove_servers(LATER, NOON + DAY, 10)) == 1
    async with store._database.reading() as connection:
        rows = (await connection.execute(select(servers.c.server, servers.c.alone_since))).all()
    assert [tuple(row) for row in rows] == [("3", None)]


async def test_old_reports_go_with_who_made_them_and_younger_ones_stay(store: SqlStore) -> None:
    chat = await meet(store)
    async with store.write() as unit:
        old = await unit.reports.open("one", chat.id, "Odessa", "", NOON)
        young = await unit.reports.open("two", chat.id, "Odessa", "", LATER)
        await unit.reports.join(old.id, "one", chat.id, NOON)
        await unit.reports.hide(old)
    assert await tidied(store, lambda rows: rows.remove_reports(LATER, 10)) == 1
    async with store.read() as unit:
        assert await unit.reports.waiting(chat.id, for_everyone=False) == (young,)
        assert await unit.reports.voices(old.id) == ()
        assert await unit.reports.hidden(Scope(chat_id=chat.id)) == frozenset()


# --- Requests that were never answered ---


async def test_requests_that_nobody_can_answer_any_more_go(store: SqlStore) -> None:
    async with store.write() as unit:
        for number in range(3):
            request = Unanswered(f"discord:{number}", "token", "fr", private=True, in_place=False)
            await unit.unanswered.add("discord", request, NOON + number * DAY)
        assert await unit.upkeep.remove_unanswered(NOON + 2 * DAY, 1) == 1
        assert await unit.upkeep.remove_unanswered(NOON + 2 * DAY, 5) == 1
        assert [one.update_id for one in await unit.unanswered.take("discord", NOON)] == ["discord:2"]
