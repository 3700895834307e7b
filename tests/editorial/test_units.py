"""The sentences a summary may be made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.compress import compress, shortened
from bot.editorial.text import words
from bot.editorial.units import MOST_UNITS, units


def test_units_are_the_cleaned_sentences_in_order() -> None:
    text = "VALMER (AFP) - Le port rouvre. Mais la digue de Valmer reste fragile.\nLire aussi : la digue"
    assert [unit.text for unit in units("", text, "fr")] == ["Le port rouvre.", "La digue de Valmer reste fragile."]


def test_what_does_not_end_or_quotes_half_is_incomplete() -> None:
    text = "Le port rouvre. Il dit « non. Un titre sans fin"
    assert next(unit.complete for unit in units("", text, "fr"))
    assert not units("", text, "fr")[-1].complete
    assert not units("", "Le port rouvre dans le…", "fr")[0].complete


def test_the_middle_of_a_quotation_of_several_sentences_is_incomplete() -> None:
    long = " ".join(["Le port doit rouvrir."] * 90)
    found = units("", f"« {long} La digue tient bon. » Le maire sourit.", "fr")
    assert not any(unit.complete for unit in found[:8])


def test_a_sentence_whose_word_was_glued_to_another_is_incomplete() -> None:
    found = units("", "Le port rouvre. Une sortie difficileDeux cargos attendent dehors.", "fr")
    assert [(unit.text, unit.complete) for unit in found][-1] == ("Deux cargos attendent dehors.", False)


def test_no_more_than_the_first_sentences_are_looked_at() -> None:
    assert len(units("", "Le port rouvre. " * 500, "fr")) == MOST_UNITS


def test_short_asides_go_and_quoted_ones_stay() -> None:
    assert compress("Le maire (centriste) rouvre le port (PVN).", "fr") == "Le maire rouvre le port."
    assert compress("Le maire dit « oui (enfin) » au port.", "fr") == "Le maire dit « oui (enfin) » au port."
    long = "Le maire (" + "qui avait promis de longue date " * 3 + ") rouvre le port."
    assert compress(long, "fr") == long


@pytest.mark.parametrize(
    ("sentence", "short"),
    [
        ("The port -- the largest of Norland -- reopens.", "The port reopens."),
        ("Le port – le premier du pays –, rouvre.", "Le port, rouvre."),
        ("Le port (fermé mardi) rouvre, dit « Le Quai (Valmer) ».", "Le port rouvre, dit « Le Quai (Valmer) »."),
    ],
)
def test_asides_between_dashes_go_like_those_in_brackets(sentence: str, short: str) -> None:
    assert compress(sentence, "en" if "The" in sentence else "fr") == short


@pytest.mark.parametrize(
    "sentence",
    [
        "The port -- which denies it -- reopens.",
        "The port (not the airport) reopens.",
        "Le port – selon le maire – rouvre.",
        "Le port (s'il ne gèle pas) rouvre.",
        "Trois ports – Valmer, Orlac et Keraven – rouvrent.",
        "« Le port – enfin – rouvre », dit le maire.",
        "Le port rouvre – enfin.",
    ],
)
def test_an_aside_that_denies_doubts_names_its_source_or_lists_stays(sentence: str) -> None:
    assert compress(sentence, "en" if "The" in sentence else "fr") == sentence


@pytest.mark.parametrize(
    ("sentence", "short"),
    [
        ("But the sea wall of Valmer remains fragile.", "The sea wall of Valmer remains fragile."),
        ("In addition, nine sailors were wounded there.", "Nine sailors were wounded there."),
        ("En outre, la digue de Valmer reste fragile.", "La digue de Valmer reste fragile."),
        ("Mais la digue de Valmer reste fragile.", "La digue de Valmer reste fragile."),
    ],
)
def test_words_that_only_link_go_from_the_start(sentence: str, short: str) -> None:
    assert compress(sentence, "en" if sentence.startswith(("But", "In")) else "fr") == short


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("In addition to the fatalities, nine sailors were wounded.", "en"),
        ("So far, nine sailors have been found in Valmer.", "en"),
        ("Besides wheat, the ships carry maize to Valmer.", "en"),
        ("But for the storm, the port would have opened.", "en"),
        ("Alors que la tempête revient, le port rouvre.", "fr"),
        ("Ainsi parlait le maire de Valmer mardi matin.", "fr"),
        ("De plus en plus de cargos attendent à Valmer.", "fr"),
    ],
)
def test_words_that_look_like_links_and_mean_something_stay(sentence: str, language: str) -> None:
    assert compress(sentence, language) == sentence


@given(st.text(max_size=300), st.sampled_from(["fr", "en", "uk", "ru", "other"]))
def test_compressing_never_lengthens_nor_adds_words(text: str, language: str) -> None:
    short = compress(text, language)
    assert len(short) <= len(text) + 2  # a first letter may grow with its capital: ß, ŉ
    assert {*words(short.upper())} <= {*words(text.upper())}


LONG = "Le maire de Valmer a annoncé mardi devant les pêcheurs réunis sur le quai la réouverture du port"


@pytest.mark.parametrize(
    "added", ["rappelant les trois semaines de tempête", "en saluant les équipages", "alors que la tempête s'éloigne"]
)
def test_a_long_sentence_loses_a_last_part_that_only_adds(added: str) -> None:
    assert shortened(f"{LONG}, {added}.", "fr", 18) == f"{LONG}."


@pytest.mark.parametrize(
    "bound",
    [
        "contestant avoir tardé à le faire",
        "excluant tout retour en arrière",
        "démentant les rumeurs, selon la préfecture",
        "si la tempête s'éloigne",
        "a-t-il déclaré",
    ],
)
def test_a_long_sentence_keeps_a_last_part_that_binds_it(bound: str) -> None:
    assert shortened(f"{LONG}, {bound}.", "fr", 18) == f"{LONG}, {bound}."


def test_a_short_sentence_is_never_shortened() -> None:
    assert shortened(f"{LONG}, en saluant les équipages.", "fr", 30) == f"{LONG}, en saluant les équipages."


@given(st.text(max_size=300), st.sampled_from(["fr", "en", "uk", "ru", "other"]), st.integers(0, 20))
def test_shortening_only_takes_away(text: str, language: str, limit: int) -> None:
    short = shortened(text, language, limit)
    assert short == text or text.startswith(short[:-1])
