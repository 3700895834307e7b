"""A sentence may be shortened only where what is left out takes nothing back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial import quotes
from bot.editorial.shorten import MARK, PATIENCE, shortened

PEACE = 'Appel à Kyiv : "Il ne peut pas y avoir de paix durable sans les Ukrainiens et sans l’Europe", dit le ministre'


def test_a_short_sentence_stays_as_it_is() -> None:
    assert shortened("La trêve tient.", 20) == "La trêve tient."


def test_a_long_sentence_ends_with_a_clause() -> None:
    told = (
        "Le porte-parole a déclaré ne rien savoir d’un appel, tout en rappelant que d’autres voies existent à Moscou."
    )
    assert shortened(told, 70) == f"Le porte-parole a déclaré ne rien savoir d’un appel {MARK}"


@pytest.mark.parametrize("longest", range(30, len(PEACE)))
def test_a_quotation_is_never_turned_into_its_opposite_and_keeps_its_speaker(longest: int) -> None:
    short = shortened(PEACE, longest)
    if "paix durable" in short:
        assert "paix durable sans les" in short or longest * PATIENCE < len(PEACE)
    assert not short.endswith(f'" {MARK}')


@pytest.mark.parametrize(
    "sentence",
    [
        "La Russie a accepté une trêve des frappes sur les ports, sauf si Kyiv en profite pour réarmer.",
        "La Russie a accepté une trêve des frappes sur les ports, mais elle pose trois conditions.",
        "Russia has agreed to a truce in strikes on the ports, unless Kyiv uses it to rearm.",
        "Russia has agreed to a truce in strikes on the ports, but it sets three conditions.",
    ],
)
def test_nothing_is_cut_before_a_condition_or_a_but(sentence: str) -> None:
    assert shortened(sentence, 70) == sentence


def test_a_name_with_its_apposition_is_no_sentence() -> None:
    told = (
        "Plusieurs ministres de la Défense, réunis ce jeudi à Bruxelles, ont exprimé leur volonté d’aider Kyiv encore."
    )
    assert shortened(told, 85) == told


@given(st.text(max_size=600), st.integers(min_value=20, max_value=300))
def test_any_text_is_told_within_its_room_and_openly(text: str, longest: int) -> None:
    short = shortened(text, longest)
    if short != text:
        assert MARK in short
        assert text.startswith(short.partition(f" {MARK}")[0])
        assert len(short) <= longest + len(MARK) + 4
    else:
        assert len(text) <= longest * PATIENCE


@given(st.integers(min_value=10, max_value=200))
def test_a_quotation_that_had_to_be_cut_is_closed(count: int) -> None:
    short = shortened("« " + "longuement et calmement " * count + "».", 60)
    assert quotes.balanced(short)
