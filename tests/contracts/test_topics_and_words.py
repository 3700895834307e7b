"""What is found by topic and by words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.adapters.sql.store import SqlStore
from bot.domain.article import Verdict
from bot.domain.story import Report
from bot.ports import Scope, Spellings
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
)

REPLAY = Scope(known_by=NOON, replay=True)


async def test_articles_on_a_topic_come_newest_first_within_window_scope_and_limit(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    on_topic = [
        (article(f"a{hours}", feed, at(-hours)), judged(f"a{hours}", topics=["aid"])) for hours in (1, 2, 3, 30)
    ]
    others = [(article("b", feed), judged("b", topics=["ceasefire"])), (article("c", feed), judged("c"))]
    unsure = (article("d", feed), judged("d", topics=["aid"], verdict=Verdict.MAYBE))
    await keep(store, *on_topic, *others, unsure)
    async with store.read() as unit:
        found = await unit.articles.about("aid", EVERYTHING, LAST_DAY, 10)
        assert [sourced.article.id for sourced in found] == ["a1", "a2", "a3"]
        assert found[0].topics == ("aid",)
        assert len(await unit.articles.about("aid", EVERYTHING, LAST_DAY, 2)) == 2
        earlier = Scope(known_by=at(-2))
        assert [one.article.id for one in await unit.articles.about("aid", earlier, LAST_DAY, 9)] == ["a2", "a3"]


async def test_everything_on_a_topic_is_counted_with_its_visible_feeds(store: SqlStore) -> None:
    public, own = await follow(store, "public", "own")
    chat = await meet(store)
    await keep_private(store, own, chat)
    both = replace(article("a", public, at(-2)), feed_ids=(public.id, own.id))
    await keep(
        store,
        (both, judged("a", topics=["aid"])),
        (article("b", own, at(-1)), judged("b", topics=["aid"])),
        (article("c", public, at(-1)), judged("c", topics=["ceasefire"])),
        (article("d", public, at(-90)), judged("d", topics=["aid"])),
        (article("e", public, at(-1)), judged("e", topics=["aid"], verdict=Verdict.MAYBE)),
        (article("f", public, at(-1)), judged("f", None, topics=["aid"])),
    )
    async with store.read() as unit:
        everyones = await unit.articles.reports("aid", EVERYTHING, LAST_DAY)
        chats = await unit.articles.reports("aid", Scope(chat_id=chat.id), LAST_DAY)
        past = await unit.articles.reports("aid", Scope(known_by=at(-2), replay=True), LAST_DAY)
    seen, theirs = frozenset({public.id}), frozenset({own.id})
    assert set(everyones) == {Report(at(-2), "story", seen), Report(at(-1), "f", seen)}
    assert set(chats) == {
        Report(at(-2), "story", seen | theirs), Report(at(-1), "f", seen), Report(at(-1), "story", theirs),
    }  # fmt: skip
    assert past == (Report(at(-2), "story", seen),)


async def found(store: SqlStore, *words: str, scope: Scope = EVERYTHING, limit: int = 10) -> list[str]:
    async with store.read() as unit:
        return [sourced.article.id for sourced in await unit.articles.search(words, scope, limit)]


async def test_articles_with_all_words_are_found_newest_first(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    terms = {"a": ["drone", "kyiv"], "b": ["drone", "odesa"], "c": ["kyiv", "drone", "nuit"], "d": []}
    pairs = [
        (article(name, feed, at(hours)), judged(name, terms=terms[name])) for hours, name in enumerate(terms, start=-9)
    ]
    await keep(store, *pairs)
    assert await found(store, "drone") == ["c", "b", "a"]
    assert await found(store, "kyiv", "drone") == ["c", "a"]
    assert await found(store, "drone", limit=1) == ["c"]
    assert await found(store, "dron") == []
    assert await found(store, "kyiv", "odesa") == []
    assert await found(store) == []


async def test_a_word_is_found_by_any_of_its_names(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    terms = {"a": ["drone", "kiev"], "b": ["cess", "feu", "kyiv"], "c": ["treve", "odesa"], "d": ["cess", "kyiv"]}
    pairs = [
        (article(name, feed, at(hours)), judged(name, terms=terms[name])) for hours, name in enumerate(terms, start=-9)
    ]
    await keep(store, *pairs)
    kyiv, truce = (("kyiv",), ("kiev",)), (("cess", "feu"), ("treve",))

    async def answer(*words: str | Spellings) -> list[str]:
        async with store.read() as unit:
            return [sourced.article.id for sourced in await unit.articles.search(words, EVERYTHING, 10)]

    assert await answer(kyiv) == ["d", "b", "a"]
    assert await answer(truce) == ["c", "b"]
    assert await answer(kyiv, truce) == ["b"]
    assert await answer(kyiv, "drone") == ["a"]
    assert await answer(()) == []


async def test_a_search_can_be_of_one_language_only(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    french, english = article("a", feed), replace(article("b", feed), language="en")
    await keep(store, (french, judged("a", terms=["drone"])), (english, judged("b", terms=["drone"])))
    async with store.read() as unit:
        for language, wanted in (("fr", ["a"]), ("en", ["b"]), ("uk", []), (None, ["a", "b"])):
            articles = await unit.articles.search(["drone"], EVERYTHING, 10, language)  # type: ignore[arg-type]  # mypy widens it
            assert sorted(sourced.article.id for sourced in articles) == wanted


@pytest.mark.parametrize(
    "words",
    [
        ("cessez-le-feu",),
        ("l'energie",),
        ("київ",),
        ("near",),
        ("and", "or", "not"),
        ('quo"te',),
        ("50%", "drones"),
        ("x" * 300,),
        ("back\\slash", "semi;colon", "(paren", "star*", "col:on", "^caret"),
    ],
)
async def test_any_word_that_was_stored_is_found_again(store: SqlStore, words: tuple[str, ...]) -> None:
    (feed,) = await follow(store, "alpha")
    await keep(
        store, (article("a", feed), judged("a", terms=words)), (article("b", feed), judged("b", terms=["other"]))
    )
    assert await found(store, *words) == ["a"]
    assert await found(store, *words, "absent") == []


@pytest.mark.parametrize("words", [("-",), ("'\"*",), ("",)])
async def test_words_without_a_letter_or_digit_find_nothing(store: SqlStore, words: tuple[str, ...]) -> None:
    (feed,) = await follow(store, "alpha")
    await keep(store, (article("a", feed), judged("a", terms=words)))
    assert await found(store, *words) == []


async def test_a_new_judgement_changes_what_an_article_is_found_by(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    await keep(store, (article("a", feed), judged("a", terms=["drone"])))
    async with store.write() as unit:
        await unit.articles.record([judged("a", terms=["missile"], version=2)])
    assert (await found(store, "drone"), await found(store, "missile")) == ([], ["a"])
    async with store.write() as unit:
        await unit.articles.record([judged("a", None, verdict=Verdict.NO, version=3)])
    assert await found(store, "missile") == []


async def test_only_relevant_articles_in_scope_are_found(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    maybe = judged("b", terms=["drone"], verdict=Verdict.MAYBE)
    await keep(store, (article("a", feed, at(1)), judged("a", terms=["drone"])), (article("b", feed), maybe))
    assert await found(store, "drone") == ["a"]
    assert await found(store, "drone", scope=REPLAY) == []
