"""Articles as moderators look at them."""

from __future__ import annotations

from dataclasses import replace

from bot.adapters.sql.store import SqlStore
from bot.ports import Scope
from tests.contracts.examples import NOON, article, at, follow, judged, keep, meet
from tests.contracts.moderation_examples import (
    enter,
    settle,
)


async def test_an_article_is_traced_whatever_its_verdict_by_those_who_may_see_it(store: SqlStore) -> None:
    alpha, own = (await follow(store, "alpha"))[0], await enter(store)
    chat, other = await meet(store, "1"), await meet(store, "2")
    await settle(store, own, chat)
    await keep(
        store,
        (article("public", alpha), judged("public", topics=("ceasefire", "drones"))),
        (article("private", own), judged("private")),
    )
    async with store.read() as unit:
        url = "https://example.org/public"
        found = await unit.traces.at(["https://example.org/x", url], Scope(chat_id=other.id))
        assert found is not None
        assert (found.article_id, found.topics, found.story_id) == ("public", ("ceasefire", "drones"), "story")
        assert [feed.name for feed in found.feeds] == ["alpha"]
        assert found.relevance is not None
        assert found.relevance.reasons == ("title:kyiv",)
        assert await unit.traces.at(["https://example.org/private"], Scope(chat_id=other.id)) is None
        assert await unit.traces.at(["https://example.org/private"], Scope(chat_id=chat.id)) is not None
        assert await unit.traces.at([], Scope()) is None


async def test_an_article_is_traced_by_words_of_its_title(store: SqlStore) -> None:
    (alpha,) = await follow(store, "alpha")
    async with store.write() as unit:
        await unit.articles.add([article("old", alpha, at(-2)), article("new", alpha, at(-1))])
    async with store.read() as unit:
        found = await unit.traces.titled("title of", at(-3), Scope())
        assert found is not None
        assert (found.article_id, found.relevance) == ("new", None)
        assert await unit.traces.titled("title of", NOON, Scope()) is None
        assert await unit.traces.titled("100%", at(-3), Scope()) is None


async def test_carriers_and_counts_are_those_of_followed_feeds(store: SqlStore) -> None:
    alpha, own = (await follow(store, "alpha"))[0], await enter(store)
    chat = await meet(store)
    await settle(store, own, chat)
    both = replace(article("a", alpha), feed_ids=(alpha.id, own.id))
    await keep(store, (both, judged("a")), (article("b", own), judged("b")))
    async with store.read() as unit:
        urls = ["https://example.org/a", "https://example.org/b", "https://example.org/c"]
        assert await unit.traces.carriers(urls, Scope(chat_id=chat.id)) == {alpha.id: 1, own.id: 2}
        assert await unit.traces.carriers(urls, Scope()) == {alpha.id: 1}
        assert await unit.traces.carriers([], Scope()) == {}
        assert await unit.traces.counts([alpha.id, own.id], at(-1)) == {alpha.id: (1, 1), own.id: (2, 2)}
        assert await unit.traces.counts([alpha.id], at(1)) == {}
