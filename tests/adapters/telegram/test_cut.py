"""Cuts never hurt a character and never lose one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.telegram.cut import cut_point, shorten, units
from tests.fakes.telegram.html import utf16_length

TEXTS = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("🇺🇦👩‍👧é\n ")), max_size=80)


@given(TEXTS)
def test_units_are_those_of_utf_16(text: str) -> None:
    assert units(text) == utf16_length(text)


@given(TEXTS.filter(bool), st.integers(2, 60))
def test_what_is_cut_off_fits_and_is_never_empty(text: str, limit: int) -> None:
    cut = cut_point(text, limit)

    assert cut >= 1
    assert units(text[:cut]) <= limit


@given(TEXTS, st.integers(3, 60))
def test_a_shortened_text_fits(text: str, limit: int) -> None:
    assert units(shorten(text, limit)) <= limit


def test_a_line_end_is_better_than_a_space_and_a_space_better_than_a_word() -> None:
    assert cut_point("un deux\ntrois quatre", 15) == len("un deux\n")
    assert cut_point("un deux trois", 10) == len("un deux ")
    assert cut_point("anticonstitutionnellement", 10) == 10


def test_a_flag_is_whole_or_absent() -> None:
    flags = "🇺🇦🇸🇳🇫🇷"

    assert cut_point(flags, 6) == 2
    assert cut_point(flags, 8) == 4


def test_an_accent_stays_on_its_letter() -> None:
    assert cut_point("cafe\u0301s", 4) == 3
