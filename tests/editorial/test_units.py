"""The sentences a summary may be made of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.compress import compress
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
    assert compress("Le maire (sans parti) rouvre le port (PVN).", "fr") == "Le maire rouvre le port."
    assert compress("Le maire dit « oui (enfin) » au port.", "fr") == "Le maire dit « oui (enfin) » au port."
    long = "Le maire (" + "qui avait promis de longue date " * 3 + ") rouvre le port."
    assert compress(long, "fr") == long


@given(st.text(max_size=300), st.sampled_from(["fr", "en", "uk", "ru", "other"]))
def test_compressing_never_lengthens_nor_adds_words(text: str, language: str) -> None:
    short = compress(text, language)
    assert len(short) <= len(text) + 2  # a first letter may grow with its capital: ß, ŉ
    assert (
        set(short.lower().split()) - set(text.lower().split()) <= {short.lower().split()[0]} if short.split() else True
    )
