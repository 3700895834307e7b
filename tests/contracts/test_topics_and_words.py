"""What is found by topic and by words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.adapters.sql.store import SqlStore
from bot.domain.article import Verdict
from bot.domain.story import OpenStory, Report
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
        found = await unit.coverage.newest("aid", EVERYTHING, LAST_DAY.start, 10)
        assert [one.article_id for one in found] == ["a1", "a2", "a3"]
        assert len(await unit.coverage.newest("aid", EVERYTHING, LAST_DAY.start, 2)) == 2
        earlier = Scope(known_by=at(-2))
        assert [one.article_id for one in await unit.coverage.newest("aid", earlier, LAST_DAY.start, 9)] == ["a2", "a3"]
        said = await unit.coverage.remembered(["a2", "b", "unknown"])
    assert {name: (one.article.title, one.topics) for name, one in said.items()} == {
        "a2": ("Title of a2", ("aid",)),
        "b": ("Title of b", ("ceasefire",)),
    }


async def test_an_article_is_listed_with_the_feeds_one_sees_and_its_story(store: SqlStore) -> None:
    public, own = await follow(store, "public", "own")
    chat = await meet(store)
    await keep_private(store, own, chat)
    both = replace(article("a", public, at(-2)), feed_ids=(own.id, public.id))
    theirs = article("b", own, at(-1))
    await keep(store, (both, judged("a", "s1", ["aid"])), (theirs, judged("b", "s2", ["aid"])))
    async with store.read() as unit:
        (everyones,) = await unit.coverage.newest("aid", EVERYTHING, LAST_DAY.start, 5)
        chats = await unit.coverage.newest("aid", Scope(chat_id=chat.id), LAST_DAY.start, 5)
    assert (everyones.article_id, everyones.story_id, [feed.name for feed in everyones.feeds]) == (
        "a",
        "s1",
        ["public"],
    )
    assert [(one.article_id, [feed.name for feed in one.feeds]) for one in chats] == [
        ("b", ["own"]),
        ("a", ["own", "public"]),
    ]


async def test_however_much_a_chat_reads_for_itself_the_others_find_theirs(store: SqlStore) -> None:
    public, own = await follow(store, "public", "own")
    chat = await meet(store)
    await keep_private(store, own, chat)
    theirs = [article(f"t{number:02}", own, at(-1)) for number in range(30)]
    everyones = [article(f"e{hours}", public, at(-hours)) for hours in (2, 3, 4)]
    pieces = (*theirs, *everyones)
    await keep(store, *((piece, judged(piece.id, piece.id, ["aid"], terms=["drone"])) for piece in pieces))
    async with store.read() as unit:
        for limit, expected in ((2, ["e2", "e3"]), (3, ["e2", "e3", "e4"]), (9, ["e2", "e3", "e4"])):
            listed = await unit.coverage.newest("aid", EVERYTHING, LAST_DAY.start, limit)
            assert [one.article_id for one in listed] == expected
            assert await found(store, "drone", limit=limit) == expected
        chats = await unit.coverage.newest("aid", Scope(chat_id=chat.id), LAST_DAY.start, 31)
    assert [one.article_id for one in chats] == [*(f"t{number:02}" for number in range(30)), "e2"]


async def test_everything_on_a_topic_is_counted_with_all_its_feeds(store: SqlStore) -> None:
    public, own = await follow(store, "public", "own")
    await keep_private(store, own, await meet(store))
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
        counted = await unit.coverage.counted("aid", at(-24))
    seen, theirs = frozenset({public.id}), frozenset({own.id})
    assert {one.article_id: one.report for one in counted} == {
        "a": Report(at(-2), "story", seen | theirs),
        "b": Report(at(-1), "story", theirs),
        "f": Report(at(-1), "f", seen),
    }


async def test_what_changed_is_told_as_it_is_now(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    await keep(store, *((article(name, feed), judged(name, name, ["aid"])) for name in "abc"))
    async with store.write() as unit:
        before = await unit.coverage.revision()
        assert await unit.coverage.changed(before) == ()
        await unit.articles.record([judged("a", None, verdict=Verdict.NO, version=2)])
        await unit.stories.save([OpenStory("c", NOON, b""), OpenStory("b", NOON, b"", merged_into="c")])
    async with store.read() as unit:
        assert await unit.coverage.revision() > before
        changed = await unit.coverage.changed(before)
    seen = frozenset({feed.id})
    assert {one.article_id: (one.topics, one.report) for one in changed} == {
        "a": ((), Report(NOON, "a", seen)),
        "b": (("aid",), Report(NOON, "c", seen)),
    }


async def test_only_what_concerns_a_topic_changes_its_number(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    await keep(store, *((article(name, feed), judged(name, name, ["aid"])) for name in "ab"))
    async with store.write() as unit:
        before = await unit.coverage.revision("aid")
        await unit.articles.add([article("c", feed), article("d", feed)])
        await unit.articles.record([judged("c", "c", ["ceasefire"]), judged("d", None, verdict=Verdict.NO)])
        assert await unit.coverage.revision("aid") == before
        last = await unit.coverage.revision()
        assert last == await unit.coverage.revision("ceasefire") > before
        assert await unit.coverage.revisions("aid") == (before, last)
        await unit.articles.record([judged("a", "a", ["ceasefire"], version=2)])
        assert await unit.coverage.revision("aid") > last
        last = await unit.coverage.revision("aid")
        await unit.articles.record([judged("a", "a", ["ceasefire"], version=3)])
        assert await unit.coverage.revision("aid") == last
        await unit.claims.add([], of=["b"])
        assert await unit.coverage.revision("aid") > last


async def test_the_number_of_a_change_never_means_another_one(store: SqlStore) -> None:
    (feed,) = await follow(store, "alpha")
    await keep(store, (article("a", feed), judged("a", topics=["aid"])))
    async with store.write() as unit:
        before = await unit.coverage.revision()
        await unit.upkeep.remove_articles(at(1), 10)
        assert await unit.coverage.revision() == 0
    await keep(store, (article("b", feed), judged("b", topics=["aid"])))
    async with store.read() as unit:
        assert await unit.coverage.revision() > before
        assert [one.article_id for one in await unit.coverage.changed(before)] == ["b"]


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
