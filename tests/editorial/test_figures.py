"""Numbers and dates are written one way, whatever the language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.figures import dates, normal, numbers
from tests.cost import cpu_seconds


@pytest.mark.parametrize("written", ["1234", "1 234", "1\u00a0234", "1\u202f234", "1,234", "1.234"])
def test_separators_of_thousands_make_no_difference(written: str) -> None:
    assert numbers(f"Près de {written} personnes") == ["1234"]


def test_decimals_follow_a_point() -> None:
    assert numbers("7,5 % et 2.25 points, 1 000 000,5") == ["7.5", "2.25", "1000000.5"]


def test_numbers_in_names_are_read_apart_and_versions_are_not_split() -> None:
    assert numbers("Le missile R360 et les 3 500 F-16") == ["3500", "16"]


@pytest.mark.parametrize(
    "written", ["6 janvier", "January 6", "Jan. 6", "6 January", "January 6th", "6 січня", "6 января"]
)
def test_a_day_of_the_year_is_one_in_every_language(written: str) -> None:
    assert dates(f"Depuis le {written} 2021.") == ["01-06"]


def test_what_only_looks_like_a_date_is_none() -> None:
    assert dates("45 mars, may 0, janvier, 12 personnes, 2021 march") == []


@given(st.text(alphabet="0123456789 .,\u202fjanvier mars", max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert all(number == normal(number) for number in numbers(text))
    assert all(len(date) == 5 for date in dates(text))


@pytest.mark.parametrize("piece", ["1 234 ", "9", "1,", "6 janvier ", "1er "])
def test_long_runs_of_digits_cost_little(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert cpu_seconds(lambda: (numbers(text), dates(text))) < 2
