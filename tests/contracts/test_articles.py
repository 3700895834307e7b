"""Articles coming in and being judged."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.adapters.sql.store import SqlStore
from bot.domain.article import Article, Verdict
from tests.contracts.examples import EVERYTHING, LAST_DAY, article, at, follow, judged, keep


async def add(store: SqlStore, *items: Article) -> tuple[str, ...]:
    async with store.write() as unit:
        return await unit.articles.add(items)


async def unread(store: SqlStore, version: int = 1, limit: int = 100) -> tuple[Article, ...]:
    async with store.read() as unit:
        return await unit.articles.unread(version, limit)


async def test_a_new_article_comes_back_whole_and_unread(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    whole = replace(article("a", feed), url=None, language="uk", known_at=at(1), imported=True)
    assert await add(store, whole) == ("a",)
    assert await unread(store) == (whole,)


async def test_adding_is_idempotent_by_id(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    first = article("a", feed)
    assert await add(store, first) == ("a",)
    assert await add(store, replace(first, title="Rewritten"), article("b", feed)) == ("b",)
    assert {item.title for item in await unread(store)} == {"Title of a", "Title of b"}


async def test_nothing_added_is_nothing_new(store: SqlStore) -> None:
    assert await add(store) == ()


async def test_ids_come_back_in_the_order_given_each_once(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    assert await add(store, *(article(name, feed) for name in "dacad")) == ("d", "a", "c")


async def test_a_known_article_gains_new_feeds_in_the_order_they_carried_it(store: SqlStore) -> None:
    alpha, beta, gamma = await follow(store, "alpha", "beta", "gamma")
    await add(store, article("a", beta))
    await add(store, article("a", alpha), article("a", gamma), article("a", beta))
    (found,) = await unread(store)
    assert found.feed_ids == (beta.id, alpha.id, gamma.id)


async def test_one_batch_may_bring_an_article_from_two_feeds(store: SqlStore) -> None:
    alpha, beta = await follow(store, "alpha", "beta")
    assert await add(store, article("a", beta), article("a", alpha)) == ("a",)
    assert [item.feed_ids for item in await unread(store)] == [(beta.id, alpha.id)]


async def test_two_processes_that_store_the_same_articles_make_them_new_once(
    store: SqlStore, other_store: SqlStore
) -> None:
    (feed,) = await follow(store, "alpha")
    batch = [article(f"a{number}", feed) for number in range(40)]
    news = await asyncio.gather(*(add((store, other_store)[turn % 2], *batch) for turn in range(6)))
    assert sorted(name for some in news for name in some) == sorted(item.id for item in batch)


async def test_a_large_batch_is_stored_whole(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    batch = [article(f"a{number:04}", feed, at(number / 1000)) for number in range(2500)]
    assert len(await add(store, *batch)) == 2500
    assert await unread(store, limit=3000) == tuple(batch)


# --- Judging ---


async def test_unread_articles_come_in_published_order(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    await add(store, article("late", feed, at(2)), article("early", feed, at(-3)), article("middle", feed, at(0)))
    assert [item.id for item in await unread(store)] == ["early", "middle", "late"]
    assert [item.id for item in await unread(store, limit=2)] == ["early", "middle"]


async def test_a_judged_article_is_unread_again_for_a_newer_newsroom(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    await keep(store, (article("a", feed), judged("a", version=3)))
    await add(store, article("b", feed, at(1)))
    assert [item.id for item in await unread(store, 3)] == ["b"]
    assert [item.id for item in await unread(store, 2)] == ["b"]
    assert [item.id for item in await unread(store, 4)] == ["a", "b"]


async def test_a_newer_judgement_replaces_verdict_story_and_topics(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    await keep(store, (article("a", feed), judged("a", "old", ["ceasefire", "aid"])))
    async with store.write() as unit:
        await unit.articles.record([judged("a", "new", ["sanctions", "ceasefire"], version=2)])
    async with store.read() as unit:
        (story,) = await unit.articles.stories(EVERYTHING, LAST_DAY)
        assert story.id == "new"
        assert story.articles[0].topics == ("sanctions", "ceasefire")
        assert await unit.coverage.newest("aid", EVERYTHING, LAST_DAY.start, 10) == ()
    async with store.write() as unit:
        await unit.articles.record([judged("a", None, [], Verdict.NO, version=3)])
    async with store.read() as unit:
        assert await unit.articles.stories(EVERYTHING, LAST_DAY) == ()


async def test_an_article_not_about_the_war_keeps_its_title_and_address_only(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    given = article("a", feed)
    await keep(store, (given, judged("a", None, verdict=Verdict.NO)))
    assert await unread(store, 2) == (replace(given, summary="", text=""),)


async def test_one_that_may_be_about_the_war_keeps_everything(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    await keep(store, (article("a", feed), judged("a", verdict=Verdict.MAYBE)))
    assert await unread(store, 2) == (article("a", feed),)


async def test_an_imported_article_keeps_everything_whatever_the_verdict(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    imported = replace(article("a", feed), imported=True)
    kept = article("b", feed, at(1))
    no = Verdict.NO
    await keep(store, (imported, judged("a", None, verdict=no)), (kept, judged("b", None, verdict=no)))
    assert await unread(store, 2) == (imported, replace(kept, summary="", text=""))


async def test_judging_nothing_or_something_unknown_writes_nothing(store: SqlStore) -> None:
    async with store.write() as unit:
        await unit.articles.record([])
        await unit.articles.record([judged("unknown", topics=["ceasefire"])])
    assert await unread(store, 9) == ()
