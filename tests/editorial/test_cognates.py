"""Skeletons: the same word, however a language spells it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.cognates import LENGTH, skeleton
from bot.editorial.text import fold


@pytest.mark.parametrize(
    "spellings",
    [
        ("Porochenko", "Poroshenko", "Порошенко"),
        ("Zaloujny", "Zaluzhnyi", "Залужний"),
        ("Guerassimov", "Gerasimov", "Герасимов"),
        ("Tokaïev", "Tokayev"),
        ("Michoustine", "Mishustin", "Мішустін"),
        ("Khmelnytsky", "Хмельницький"),
        ("négociations", "negotiators"),
        ("évacuation", "evacuated"),
    ],
)
def test_spellings_of_one_word_have_one_skeleton(spellings: tuple[str, ...]) -> None:
    assert len({skeleton(fold(spelling)) for spelling in spellings}) == 1


@pytest.mark.parametrize(("one", "other"), [("poutine", "potager"), ("kherson", "kharkiv"), ("donetsk", "dnipro")])
def test_other_words_have_others(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


@given(st.text(max_size=60))
def test_any_word_has_a_short_skeleton(word: str) -> None:
    assert len(skeleton(fold(word))) <= LENGTH
