"""What clustering remembers, and who said what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.adapters.sql.store import SqlStore
from bot.domain.article import Judgement, Verdict
from bot.domain.claim import Claim, Modality, Phase, Polarity
from bot.domain.story import OpenStory
from bot.ports import Scope
from tests.contracts.examples import EVERYTHING, NOON, article, at, follow, judged, keep, keep_private, meet


async def save(store: SqlStore, *items: OpenStory) -> None:
    async with store.write() as unit:
        await unit.stories.save(items)


async def opened(store: SqlStore, since: datetime = NOON) -> tuple[OpenStory, ...]:
    async with store.read() as unit:
        return await unit.stories.open(since)


async def story_of(store: SqlStore, name: str) -> str | None:
    """The id of the story an article is in now."""
    async with store.read() as unit:
        for story_id in ("one", "two", "three"):
            story = await unit.articles.story(story_id, EVERYTHING)
            if story is not None and name in {sourced.article.id for sourced in story.articles}:
                return story.id
    return None


# --- Stories ---


async def test_stories_come_back_as_they_were_saved_from_a_moment_on(store: SqlStore) -> None:
    stories = [OpenStory("old", at(-1), b"1"), OpenStory("one", NOON, b"\x00\xff"), OpenStory("two", at(2), b"")]
    await save(store, *stories)
    assert await opened(store) == tuple(stories[1:])


async def test_saving_again_replaces(store: SqlStore) -> None:
    await save(store)
    await save(store, OpenStory("one", NOON, b"before"))
    await save(store, OpenStory("one", at(1), b"after"), OpenStory("two", at(2), b"new"))
    assert await opened(store) == (OpenStory("one", at(1), b"after"), OpenStory("two", at(2), b"new"))


async def test_a_merged_story_is_not_open_and_its_articles_have_moved(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    await keep(store, (article("a", feed), judged("a", "one")), (article("b", feed), judged("b", "two")))
    await save(store, OpenStory("one", NOON, b""), OpenStory("two", NOON, b"", merged_into="one"))
    assert await opened(store) == (OpenStory("one", NOON, b""),)
    assert await story_of(store, "b") == "one"


async def test_merges_lead_to_the_last_story_in_whatever_order_they_happen(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    await keep(store, *((article(name, feed), judged(name, name)) for name in ("one", "two", "three")))
    await save(store, OpenStory("three", NOON, b""), OpenStory("two", NOON, b"", "three"))
    await save(store, OpenStory("one", NOON, b"", "two"))
    assert [await story_of(store, name) for name in ("one", "two", "three")] == ["three"] * 3
    await save(store, OpenStory("last", NOON, b""), OpenStory("three", NOON, b"", "last"))
    async with store.read() as unit:
        for story_id in ("one", "two", "three", "last"):
            story = await unit.articles.story(story_id, EVERYTHING)
            assert story is not None
            assert (story.id, len(story.articles)) == ("last", 3)


async def test_a_judgement_that_names_a_merged_story_means_the_one_it_became(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    await save(store, OpenStory("one", NOON, b""), OpenStory("two", NOON, b"", "one"))
    await keep(store, (article("a", feed), judged("a", "two")))
    assert await story_of(store, "a") == "one"


# --- Claims ---


def claim(article_id: str, published: datetime = NOON, sentence: str = "Paix, dit-elle.") -> Claim:
    return Claim(
        topic="ceasefire",
        proposition="truce-agreed",
        polarity=Polarity.AFFIRMED,
        phase=Phase.PROPOSED,
        modality=Modality.ASSERTED,
        claimant="Jeanne Exemple",
        claimant_id=None,
        via=None,
        article_id=article_id,
        sentence=sentence,
        event_date=None,
        published=published,
        language="fr",
    )


async def add_claims(store: SqlStore, *items: Claim) -> None:
    async with store.write() as unit:
        await unit.claims.add(items)


async def about(store: SqlStore, scope: Scope = EVERYTHING) -> tuple[Claim, ...]:
    """What the articles in scope say, the oldest article first, as a status asks for it."""
    async with store.read() as unit:
        listed = await unit.coverage.newest("ceasefire", scope, at(-99), 10)
        said = await unit.coverage.remembered([one.article_id for one in listed])
    return tuple(
        claim for one in reversed(listed) for claim in said[one.article_id].claims if claim.topic == "ceasefire"
    )


def on_topic(name: str) -> Judgement:
    return judged(name, topics=["ceasefire"])


async def test_claims_come_back_whole_oldest_first(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    moments = {"a": at(2), "b": at(1), "d": NOON}
    await keep(store, *((article(name, feed, moment), on_topic(name)) for name, moment in moments.items()))
    whole = replace(
        claim("a", at(2)),
        polarity=Polarity.UNAWARE,
        phase=Phase.IN_FORCE,
        modality=Modality.HOPED,
        claimant_id="jeanne-exemple",
        via="Agence",
        event_date=date(2026, 3, 9),
        scope="energy",
        role="porte-parole",
        own_voice=True,
        direct_speech=True,
    )
    other_topic = replace(claim("a"), topic="aid")
    await add_claims(store, whole, claim("b", at(1)), other_topic)
    assert await about(store) == (claim("b", at(1)), whole)


async def test_claims_of_an_article_read_again_replace_the_old_ones(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    await keep(store, (article("a", feed), on_topic("a")), (article("b", feed, at(1)), on_topic("b")))
    await add_claims(store, claim("a", sentence="Un."), claim("a", sentence="Deux."), claim("b", at(1)))
    await add_claims(store, claim("a", sentence="Trois."))
    await add_claims(store)
    assert await about(store) == (claim("a", sentence="Trois."), claim("b", at(1)))


async def test_claims_are_told_within_the_scope_of_their_article(store: SqlStore) -> None:
    public, own = await follow(store, "public", "own")
    chat = await meet(store)
    await keep_private(store, own, chat)
    await keep(store, (article("a", public), on_topic("a")), (article("b", own, at(1)), on_topic("b")))
    await add_claims(store, claim("a"), claim("b", at(1)))
    assert await about(store) == (claim("a"),)
    assert await about(store, Scope(chat_id=chat.id)) == (claim("a"), claim("b", at(1)))
    assert await about(store, Scope(chat_id=chat.id, known_by=NOON)) == (claim("a"),)


async def test_claims_of_an_article_no_longer_relevant_are_not_repeated(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    await keep(store, (article("a", feed), on_topic("a")))
    await add_claims(store, claim("a"))
    async with store.write() as unit:
        await unit.articles.record([judged("a", None, verdict=Verdict.NO, version=2)])
    assert await about(store) == ()


async def test_an_article_read_again_that_claims_nothing_any_more_loses_its_old_claims(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    await keep(store, (article("a", feed), on_topic("a")), (article("b", feed, at(1)), on_topic("b")))
    await add_claims(store, claim("a"), claim("b", at(1)))
    async with store.write() as unit:
        await unit.claims.add([], of=["a"])
    assert await about(store) == (claim("b", at(1)),)
