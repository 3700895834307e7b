"""What is answered from articles, and to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.adapters.sql.store import SqlStore
from bot.domain.article import Verdict
from bot.domain.briefing import Window
from bot.domain.feed import FeedReading, Ownership
from bot.domain.story import OpenStory, Source, Story
from bot.ports import Scope, Tally
from tests.contracts.examples import (
    EVERYTHING,
    LAST_DAY,
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

REPLAY = Scope(known_by=NOON, replay=True)


async def stories(store: SqlStore, window: Window = LAST_DAY, scope: Scope = EVERYTHING) -> list[tuple[str, list[str]]]:
    async with store.read() as unit:
        return [names(story) for story in await unit.articles.stories(scope, window)]


def names(story: Story) -> tuple[str, list[str]]:
    return story.id, [sourced.article.id for sourced in story.articles]


async def tally(store: SqlStore, window: Window = LAST_DAY, scope: Scope = EVERYTHING) -> Tally:
    async with store.read() as unit:
        return await unit.articles.tally(scope, window)


# --- Stories ---


async def test_a_story_tells_its_articles_in_published_order_with_outlet_and_topics(store: SqlStore) -> None:
    async with store.write() as unit:
        described = replace(spec("alpha"), country="SN", ownership=Ownership.STATE)
        await unit.feeds.reconcile([described, replace(spec("beta"), name=None, language=None)])
        alpha, beta = await unit.feeds.listed(EVERYTHING)
    late, early = article("a", alpha, at(-1)), replace(article("b", beta, at(-2)), language="ru")
    await keep(store, (late, judged("a", topics=["ceasefire", "aid"])), (early, judged("b")))
    async with store.read() as unit:
        (story,) = await unit.articles.stories(EVERYTHING, LAST_DAY)
    assert [sourced.article for sourced in story.articles] == [early, late]
    assert [sourced.source for sourced in story.articles] == [
        Source("beta.example", "ru"),
        Source("alpha", "fr", "SN", Ownership.STATE),
    ]
    assert [sourced.topics for sourced in story.articles] == [(), ("ceasefire", "aid")]


async def test_a_story_with_one_article_in_the_window_is_told_with_all_of_them(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    pairs = [(article(name, feed, at(hours)), judged(name)) for name, hours in (("a", -90), ("b", -30), ("c", -1))]
    await keep(store, *pairs)
    assert await stories(store) == [("story", ["a", "b", "c"])]


async def test_the_newest_story_comes_first(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    moments = (("a", "one", -5), ("b", "two", -3), ("c", "one", -1), ("d", "three", -2))
    await keep(store, *((article(name, feed, at(hours)), judged(name, story)) for name, story, hours in moments))
    assert await stories(store) == [("one", ["a", "c"]), ("three", ["d"]), ("two", ["b"])]


@pytest.mark.parametrize("verdict", [Verdict.MAYBE, Verdict.NO])
async def test_only_relevant_articles_are_told(store: SqlStore, verdict: Verdict) -> None:
    (feed,) = await follow(store, "alpha")
    await keep(store, (article("a", feed), judged("a")), (article("b", feed), judged("b", verdict=verdict)))
    async with store.write() as unit:
        await unit.articles.add([article("unread", feed)])
    assert await stories(store) == [("story", ["a"])]


async def test_a_window_is_open_at_its_start_and_closed_at_its_end(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    moments = (("start", at(-24)), ("first", at(-24) + timedelta(microseconds=1)), ("end", NOON), ("after", at(0.1)))
    await keep(store, *((article(name, feed, moment), judged(name, name)) for name, moment in moments))
    assert [story for story, _ in await stories(store)] == ["end", "first"]
    assert [story for story, _ in await stories(store, scope=Scope(replay=True))] == ["end", "first"]


async def test_an_article_is_news_when_it_became_known_unless_it_is_old_news(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    late = article("late", feed, at(-40), known_at=at(-1))
    old = article("old", feed, at(-24 - 49), known_at=at(-1))
    await keep(store, (late, judged("late", "late")), (old, judged("old", "old")))
    assert await stories(store) == [("late", ["late"])]
    assert (await tally(store)).articles_read == 1


async def test_a_replay_knows_articles_from_their_publication_and_none_published_later(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    stored = at(24 * 365)
    pairs = [(article(name, feed, at(hours), known_at=stored), judged(name)) for name, hours in (("a", -1), ("b", 1))]
    await keep(store, *pairs)
    assert await stories(store, scope=REPLAY) == [("story", ["a"])]
    assert await stories(store, scope=Scope(known_by=NOON)) == []
    assert await tally(store, scope=REPLAY) == Tally(1, 1, at(-1))


async def test_nothing_known_later_than_the_scope_is_told(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    pairs = [(article(name, feed, at(hours)), judged(name)) for name, hours in (("a", -3), ("b", -1))]
    await keep(store, *pairs)
    assert await stories(store, scope=Scope(known_by=at(-2))) == [("story", ["a"])]


async def test_a_chats_own_feeds_are_told_to_that_chat_only(store: SqlStore) -> None:
    public, own = await follow(store, "public", "own")
    chat, other = await meet(store, "1"), await meet(store, "2")
    await keep_private(store, own, chat)
    shared = replace(article("shared", own, at(-2)), feed_ids=(own.id, public.id))
    await keep(store, (shared, judged("shared")), (article("own", own, at(-1)), judged("own")))
    assert await stories(store, scope=Scope(chat_id=chat.id)) == [("story", ["shared", "own"])]
    assert await stories(store, scope=Scope(chat_id=other.id)) == [("story", ["shared"])]
    assert await stories(store) == [("story", ["shared"])]
    async with store.read() as unit:
        (theirs,) = await unit.articles.stories(EVERYTHING, LAST_DAY)
        (ours,) = await unit.articles.stories(Scope(chat_id=chat.id), LAST_DAY)
    assert theirs.articles[0].source.name == "public"
    assert theirs.articles[0].article.feed_ids == (public.id,)
    assert ours.articles[0].source.name == "own"
    assert ours.articles[0].article.feed_ids == (own.id, public.id)


async def test_articles_of_a_retired_feed_are_still_told(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    await keep(store, (article("a", feed), judged("a")))
    await follow(store)
    assert await stories(store) == [("story", ["a"])]


async def test_one_story_is_found_within_the_scope_or_not_at_all(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    await keep(store, (article("a", feed, at(-2)), judged("a")), (article("b", feed, at(1)), judged("b")))
    async with store.read() as unit:
        whole = await unit.articles.story("story", EVERYTHING)
        part = await unit.articles.story("story", REPLAY)
        assert whole is not None
        assert part is not None
        assert (names(whole), names(part)) == (("story", ["a", "b"]), ("story", ["a"]))
        assert await unit.articles.story("story", Scope(known_by=at(-3))) is None
        assert await unit.articles.story("unknown", EVERYTHING) is None


async def test_a_merged_story_answers_under_both_ids(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    await keep(store, (article("a", feed, at(-2)), judged("a", "one")), (article("b", feed), judged("b", "two")))
    async with store.write() as unit:
        await unit.stories.save([OpenStory("one", NOON, b""), OpenStory("two", NOON, b"", merged_into="one")])
    assert await stories(store) == [("one", ["a", "b"])]
    async with store.read() as unit:
        assert await unit.articles.story("two", EVERYTHING) == await unit.articles.story("one", EVERYTHING)


# --- Counting ---


async def test_a_tally_counts_what_was_read_and_what_was_relevant(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    assert await tally(store) == Tally(0, 0, None)
    verdicts = (Verdict.YES, Verdict.YES, Verdict.MAYBE, Verdict.NO)
    await keep(
        store,
        *(
            (article(f"a{hours}", feed, at(-hours)), judged(f"a{hours}", verdict=verdict))
            for hours, verdict in enumerate(verdicts, start=1)
        ),
    )
    async with store.write() as unit:
        await unit.articles.add([article("unread", feed, at(-0.5)), article("tomorrow", feed, at(20))])
    assert await tally(store) == Tally(5, 2, at(-0.5))


async def test_the_first_known_moment_is_that_of_the_scope(store: SqlStore) -> None:
    public, own = await follow(store, "public", "own")
    chat = await meet(store)
    await keep_private(store, own, chat)
    async with store.read() as unit:
        assert await unit.articles.first_known(EVERYTHING) is None
    async with store.write() as unit:
        await unit.articles.add([article("a", public, at(-5), known_at=at(-4)), article("b", own, at(-9))])
    async with store.read() as unit:
        assert await unit.articles.first_known(EVERYTHING) == at(-4)
        assert await unit.articles.first_known(Scope(replay=True)) == at(-5)
        assert await unit.articles.first_known(Scope(chat_id=chat.id)) == at(-9)
        assert await unit.articles.first_known(Scope(known_by=at(-6))) is None


async def reached(store: SqlStore, scope: Scope = EVERYTHING) -> int:
    async with store.read() as unit:
        return await unit.articles.feeds_reached(scope, LAST_DAY)


async def test_feeds_that_answered_since_the_window_began_are_reached(store: SqlStore) -> None:
    recent, old, failing, _never = await follow(store, "recent", "old", "failing", "never")
    async with store.write() as unit:
        await unit.feeds.save_readings(
            [
                FeedReading(recent.id, last_success=at(-1)),
                FeedReading(old.id, last_success=at(-24)),
                FeedReading(failing.id, last_attempt=at(-1), failures=2),
            ]
        )
        await unit.articles.add([article("a", failing)])
    assert await reached(store) == 1
    async with store.write() as unit:
        await unit.feeds.save_readings([FeedReading(old.id, last_success=at(5))])
    assert await reached(store) == 2


async def test_archives_are_reached_where_they_have_an_article_in_the_window(store: SqlStore) -> None:
    async with store.write() as unit:
        with_news = await unit.feeds.archive("with news", "fr")
        without = await unit.feeds.archive("without", "fr")
        await unit.articles.add([article("a", with_news, at(-1)), article("b", without, at(-90))])
    assert await reached(store) == 1
    assert await reached(store, REPLAY) == 1


async def test_a_replay_reaches_feeds_with_an_article_in_the_window(store: SqlStore) -> None:
    alpha, beta, gamma = await follow(store, "alpha", "beta", "gamma")
    stored = at(999)
    async with store.write() as unit:
        await unit.feeds.save_readings([FeedReading(gamma.id, last_success=NOON)])
        moments = (("a", alpha, -1), ("b", alpha, -2), ("c", beta, 1))
        await unit.articles.add([article(name, feed, at(hours), known_at=stored) for name, feed, hours in moments])
    assert await reached(store, REPLAY) == 1


async def test_feeds_that_are_retired_or_another_chats_are_not_counted(store: SqlStore) -> None:
    retired, own = await follow(store, "retired", "own")
    chat = await meet(store)
    async with store.write() as unit:
        await unit.feeds.save_readings([FeedReading(feed.id, last_success=NOON) for feed in (retired, own)])
    await keep_private(store, own, chat)
    await follow(store)
    assert await reached(store) == 0
    assert await reached(store, Scope(chat_id=chat.id)) == 1


async def test_an_article_on_a_topic_names_its_story(store: SqlStore) -> None:
    (feed,) = await follow(store, "daily")
    async with store.write() as unit:
        await unit.articles.add([article("a", feed)])
        await unit.articles.record([judged("a", story="s1", topics=("ceasefire",))])
        (found,) = await unit.coverage.newest("ceasefire", EVERYTHING, LAST_DAY.start, 5)
    assert found.story_id == "s1"
