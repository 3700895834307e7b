"""The lexicon names people, places and concepts alike in every language."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial import lexicon
from bot.editorial.lexicon import actor, actors, entities
from tests.cost import cpu_seconds


def ids(text: str) -> list[str]:
    return [mention.id for mention in entities(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Volodymyr Zelensky appelle l'Otan à un cessez-le-feu à Kharkiv",
        "Zelenskyy urges NATO to back a cease-fire in Kharkov",
        "Зеленський закликає НАТО до припинення вогню в Харкові",
        "Зеленский призывает НАТО к прекращению огня в Харькове",
    ],
)
def test_one_event_has_the_same_ids_in_four_languages(text: str) -> None:
    assert {"P:zelensky", "O:nato", "C:ceasefire", "L:kharkiv"} <= set(ids(text))


def test_the_longest_name_wins_and_hides_what_it_contains() -> None:
    assert ids("La Corée du Sud et l'armée russe") == ["L:south-korea", "O:russian-army"]


def test_a_compound_names_both_its_parts() -> None:
    assert ids("L'appel Trump-Poutine") == ["C:call", "P:trump", "P:putin"]


def test_words_that_are_acronyms_in_capitals_only_are_told_apart() -> None:
    assert ids("The UN told us") == ["O:un"]
    assert ids("un accord pour nous") == ["C:deal"]
    assert "L:us" in ids("US envoy")
    assert "L:us" not in ids("he told us")


def test_accents_and_case_make_no_difference() -> None:
    assert ids("CRIMÉE") == ids("crimee") == ids("Crime\u0301e") == ["L:crimea"]


def test_a_mention_says_where_it_stands() -> None:
    text = "À Kyiv, l\u2019Union européenne promet\u00a0: «\u00a0Oui\u00a0»"
    assert [text[mention.start : mention.end] for mention in entities(text)] == [
        mention.surface for mention in entities(text)
    ]
    assert "Union européenne" in [mention.surface for mention in entities(text)]


@given(st.text(max_size=400))
def test_any_text_is_read_and_every_surface_stands_in_it(text: str) -> None:
    found = entities(text)
    assert all(text[mention.start : mention.end] == mention.surface for mention in found)
    assert all(one.start <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize("piece", ["armée russe ", "corée du ", "a\u0301" * 40, "l'", "U.S. ", "x" * 50])
def test_the_time_grows_with_the_length_only(piece: str) -> None:
    once = piece * (20_000 // len(piece))
    assert cpu_seconds(lambda: entities(once * 8)) < 40 * max(cpu_seconds(lambda: entities(once)), 0.005)


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Zelensky", "P:zelensky"),
        ("le président ukrainien Volodymyr Zelensky", "P:zelensky"),
        ("M. Peskov", "P:peskov"),
        ("Kremlin spokesman Dmitry Peskov", "P:peskov"),
        ("Vladimir Poutine, le président russe", "P:putin"),
        ("the Kremlin", "O:kremlin"),
        ("le Kremlin", "O:kremlin"),
        ("TASS", "O:tass"),
        ("l\u2019AFP", "O:afp"),
        ("Lavrov\u2019s", "P:lavrov"),
        ("Boris Johnson", "P:johnson"),
        ("la porte-parole de la diplomatie russe Maria Zakharova", "P:zakharova"),
    ],
)
def test_an_actor_is_known_by_the_ways_papers_name_it(name: str, id_: str) -> None:
    known = actor(name)
    assert known is not None
    assert known.id == id_


@pytest.mark.parametrize(
    "name",
    [
        "Lara Trump",
        "Amédée Trump",
        "Donald Trump's lawyer",
        "Quentin Macron",
        "un porte-parole",
        "",
        "la Russie",
        "Zoltan Orban",
    ],
)
def test_a_namesake_is_nobody_we_know(name: str) -> None:
    assert actor(name) is None


def test_an_actor_has_a_name_in_both_languages_and_its_own_side() -> None:
    peskov, sybiha, rubio = actor("Peskov"), actor("Sybiha"), actor("Rubio")
    assert peskov is not None
    assert sybiha is not None
    assert rubio is not None
    assert (peskov.names["fr"], peskov.names["en"]) == ("Dmitri Peskov", "Dmitry Peskov")
    assert peskov.roles["fr"] == "porte-parole du Kremlin"
    assert [one.side for one in (peskov, sybiha, rubio)] == ["moscow", "kyiv", None]


def test_every_actor_of_the_pack_is_found_by_the_names_it_is_shown_under() -> None:
    hidden = {"O:economist", "O:guardian", "O:sputnik"}
    lost = [
        (one.id, name)
        for one in actors().values()
        for name in one.names.values()
        if one.id not in hidden and one.id not in ids(name)
    ]
    assert lost == []


def test_every_id_the_pack_refers_to_exists() -> None:
    known = set(actors()) | {id_ for id_, _ in lexicon._names()}
    assert lexicon.ubiquitous() | lexicon.usual() | lexicon.reporters() | set(lexicon.places().values()) <= known


def test_a_name_leads_to_its_other_spellings() -> None:
    assert {"kyiv", "kiev"} <= set(lexicon.spellings("L:kyiv"))
    assert {"prisonnier", "prisoner"} <= set(lexicon.spellings("C:prisoner"))
    assert lexicon.spellings("L:atlantis") == ()
