"""Topics: asked about, and followed."""

from __future__ import annotations

import pytest

from bot.adapters.console import HERE
from bot.adapters.sql.store import SqlStore
from bot.commands.follow import suggest_topics
from bot.domain.topic import TopicId
from bot.editorial import topics
from tests.commands.conftest import Ask
from tests.commands.talk import actions, labels, said, words


async def followed(store: SqlStore) -> tuple[TopicId, ...]:
    async with store.read() as unit:
        chat = await unit.chats.find(HERE)
        assert chat is not None
        (subscription,) = await unit.subscriptions.of(chat.id)
    return subscription.topics


@pytest.mark.parametrize(("language", "first"), [("fr", "Cessez-le-feu"), ("en", "Ceasefire")])
async def test_every_topic_is_a_button_in_the_readers_language(ask: Ask, language: str, first: str) -> None:
    answer = await said(ask, "/topics", language=language)
    assert labels(answer)[0] == first
    assert actions(answer)[:-1] == [f"status {topic.id}" for topic in topics.topics()]


async def test_briefings_keep_to_what_is_followed_and_are_about_everything_again_after_the_last(
    ask: Ask, store: SqlStore
) -> None:
    await ask("/subscribe 8h Dakar")
    assert await words(ask, "/follow trêve") == "Vos points s’en tiennent à : Cessez-le-feu."
    assert await words(ask, "/suivre prisonniers") == "Vos points s’en tiennent à : Cessez-le-feu et Prisonniers."
    assert await followed(store) == ("ceasefire", "prisoners")
    assert "Prisoners" in await words(ask, "/unfollow ceasefire", language="en")
    assert await words(ask, "/unfollow prisoners") == "Vos points parlent de tous les sujets."
    assert await followed(store) == ()


async def test_following_twice_is_following_once(ask: Ask, store: SqlStore) -> None:
    await ask("/subscribe 8h Dakar")
    for _ in range(2):
        await ask("/follow ceasefire")
    assert await followed(store) == ("ceasefire",)


@pytest.mark.parametrize("line", ["/unfollow all", "/unfollow tous"])
async def test_all_topics_come_back_at_once(ask: Ask, store: SqlStore, line: str) -> None:
    for before in ("/subscribe 8h Dakar", "/follow ceasefire", "/follow prisoners"):
        await ask(before)
    assert await words(ask, line) == "Vos points parlent de tous les sujets."
    assert await followed(store) == ()


async def test_without_a_topic_those_that_can_be_meant_are_offered(ask: Ask) -> None:
    assert actions(await said(ask, "/follow"))[0] == "follow ceasefire"
    assert await words(ask, "/unfollow") == "Vos points parlent de tous les sujets."
    await ask("/subscribe 8h Dakar")
    await ask("/follow prisoners")
    assert actions(await said(ask, "/unfollow")) == ["unfollow prisoners", "unfollow all"]


async def test_an_unknown_topic_is_quoted_back_with_the_nearest(ask: Ask) -> None:
    await ask("/subscribe 8h Dakar")
    assert "« zzz »" in await words(ask, "/follow zzz")
    assert all(action.startswith("follow ") for action in actions(await said(ask, "/follow zzz")))


async def test_whoever_has_no_briefing_is_told_what_topics_are_for(ask: Ask) -> None:
    answer = await said(ask, "/follow ceasefire", language="en")
    assert "you have none yet" in await words(ask, "/follow ceasefire", language="en")
    assert actions(answer) == ["start 8:00"]


@pytest.mark.usefixtures("news")
async def test_a_topic_that_is_followed_is_one_its_briefing_is_about(ask: Ask) -> None:
    await ask("/subscribe 8h Dakar")
    await ask("/follow prisoners")
    edition = await words(ask, "/start 9:00 Africa/Dakar")
    assert "prisonniers" in edition
    assert "trêve" not in edition


@pytest.mark.parametrize("typed", ["cess", "CESSEZ", "treve", "cesez-le-feu"])
def test_a_topic_is_completed_by_its_letters_or_by_what_they_may_mean(typed: str) -> None:
    assert ("Cessez-le-feu", "ceasefire") in suggest_topics(typed, "fr")[:3]


def test_before_anything_is_typed_every_topic_is_suggested() -> None:
    assert len(suggest_topics("", "en")) == len(topics.topics())
