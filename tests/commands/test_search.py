"""Searching, in both languages."""

from __future__ import annotations

import pytest

from bot.adapters.sql.store import SqlStore
from bot.domain.message import Link, Message, plain, spans_of
from bot.services.search import KEPT_FOR_OTHERS, MOST_FOUND, spelt
from tests.commands.conftest import Ask
from tests.commands.press import publish
from tests.fakes.clock import FakeClock

PRISONERS = "«\u00a0Ukraine and Russia swap 84 prisoners each\u00a0»"


def lines(message: Message | None) -> list[str]:
    assert message is not None
    return ["".join(span.text for span in item) for block in message.blocks for item in getattr(block, "items", ())]


def actions(message: Message | None) -> list[str]:
    assert message is not None
    return [button.action for row in message.buttons for button in row]


@pytest.mark.usefixtures("news")
async def test_articles_are_found_by_a_word_in_the_readers_language_first(ask: Ask) -> None:
    french, english = await ask("/search prisonniers"), await ask("/search prisoners", language="en")
    assert lines(french) == [
        "Guerre en Ukraine : 84 prisonniers échangés de chaque côté — Le Quai, 12\u00a0h",
        f"{PRISONERS} (en anglais, non traduit) — The Harbour Post, 11\u00a0h",
    ]
    assert [line.rpartition(" — ")[2] for line in lines(english)] == ["The Harbour Post, 11:00", "Le Quai, 12:00"]
    assert "(in French, not translated)" in lines(english)[1]


@pytest.mark.usefixtures("news")
async def test_a_title_opens_its_article(ask: Ask) -> None:
    answer = await ask("/chercher trêve")
    assert answer is not None
    links = [span for block in answer.blocks for span in spans_of(block) if isinstance(span, Link)]
    assert [(link.text, link.url) for link in links] == [
        ("Ukraine : Kiev prêt à une trêve de trente jours", "https://example.org/2")
    ]
    assert actions(answer) == ["status ceasefire"]


@pytest.mark.usefixtures("news")
@pytest.mark.parametrize("line", ["/search Kyiv trêve", "/search kiev TREVE", "/search « trêve » à Kiev"])
async def test_spelling_accents_and_small_words_make_no_difference(ask: Ask, line: str) -> None:
    assert len(lines(await ask(line))) == 1


@pytest.mark.usefixtures("news")
async def test_what_is_not_about_the_war_is_not_found(ask: Ask) -> None:
    answer = await ask("/search sélectionneur")
    assert answer is not None
    assert plain(answer).startswith("Aucun article ne contient «\u00a0sélectionneur\u00a0»")


@pytest.mark.usefixtures("news")
async def test_nothing_found_is_an_answer_with_topics_to_try(ask: Ask) -> None:
    answer = await ask("/search sanctions contre la flotte", language="en")
    assert answer is not None
    assert "No article among the followed sources has “sanctions contre la flotte”." in plain(answer)
    assert actions(answer) == ["status sanctions", "help"]
    assert actions(await ask("/search zzz")) == [
        "status ceasefire",
        "status talks",
        "status security-guarantees",
        "help",
    ]


@pytest.mark.parametrize("line", ["/search", "/search   ", "/search le la les", "/search ?!"])
async def test_without_a_word_to_look_for_it_says_how_to_ask(ask: Ask, line: str) -> None:
    answer = await ask(line)
    assert answer is not None
    assert "/search Odessa" in plain(answer)


async def test_at_most_eight_and_the_other_language_keeps_its_places(
    ask: Ask, store: SqlStore, clock: FakeClock
) -> None:
    own = [("Le Quai", "fr", f"Ukraine : la nuit {n} des drones russes sur Odessa", n / 10) for n in range(1, 12)]
    foreign = [("Post", "en", f"Ukraine: night {n} of Russian drones over Odesa", n / 10) for n in range(1, 5)]
    await publish(store, clock, *own, *foreign)  # type: ignore[arg-type]  # "fr" and "en" are languages
    found = lines(await ask("/search odessa drones"))
    assert len(found) == MOST_FOUND
    assert ["en anglais" in line for line in found] == [False] * (MOST_FOUND - KEPT_FOR_OTHERS) + [True] * 2
    assert "nuit 1 " in found[0]
    assert "night 1 " in found[-2]


async def test_an_article_of_another_year_says_so(ask: Ask, store: SqlStore, clock: FakeClock) -> None:
    await publish(store, clock, ("Le Quai", "fr", "Ukraine : une trêve refusée à Kiev", 400))
    assert lines(await ask("/search trêve"))[0].endswith("— Le Quai, 3 février 2025")


async def test_a_long_question_is_answered_and_quoted_in_short(ask: Ask) -> None:
    answer = await ask("/search " + "pourquoi " * 400)
    assert answer is not None
    assert "…" in plain(answer)
    assert len(plain(answer)) < 300


def test_a_known_name_of_several_words_stays_together() -> None:
    (names,) = spelt("cessez-le-feu", "fr", widened=True)
    assert ("cess", "feu") in names
    assert ("trev",) in names
    assert spelt("cessez-le-feu", "fr", widened=False) == [[("cess", "feu")]]


async def test_an_article_in_ukrainian_is_found_by_a_name_and_labelled(
    ask: Ask, store: SqlStore, clock: FakeClock
) -> None:
    await publish(store, clock, ("Вісті", "uk", "Росія атакувала Київ дронами, Зеленський звернувся до НАТО", 0.5))
    assert "(en ukrainien, non traduit)" in lines(await ask("/search Kyiv"))[0]
    assert "(in Ukrainian, not translated)" in lines(await ask("/search Київ", language="en"))[0]
