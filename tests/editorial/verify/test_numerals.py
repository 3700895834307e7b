"""Numbers: one value for one amount, in digits or words, in either language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.language import ReaderLanguage
from bot.editorial.verify.numerals import currencies, numbers
from bot.editorial.verify.reading import read


def values(text: str, language: ReaderLanguage = "fr") -> list[str]:
    """Every amount of a text."""
    return [number.value for number in numbers(text, read(text, language))]


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("quatre-vingt-dix-sept soldats", "fr", "97"),
        ("soixante et onze drones", "fr", "71"),
        ("deux cent trente mille euros", "fr", "230000"),
        ("3,5 milliards", "fr", "3500000000"),
        ("1 234 personnes", "fr", "1234"),
        ("une vingtaine de blessés", "fr", "20"),
        ("mille hommes", "fr", "1000"),
        ("two hundred and five tanks", "en", "205"),
        ("twenty-one prisoners", "en", "21"),
        ("1.5bn dollars", "en", "1500000000"),
        ("three million people", "en", "3000000"),
        ("a dozen houses", "en", "12"),
        ("at 8:30 p.m.", "en", "20:30"),
        ("à 20 h 30", "fr", "20:30"),
        ("10 m de haut", "fr", "10"),
        ("des dizaines de morts", "fr", "tens"),
        ("dozens of dead", "en", "tens"),
    ],
)
def test_an_amount_has_one_value(text: str, language: ReaderLanguage, value: str) -> None:
    assert values(text, language) == [value]


def test_numbers_that_follow_each_other_stay_apart() -> None:
    assert values("deux ou trois drones, 41 missiles et cinq morts") == ["2", "3", "41", "5"]


def test_a_percentage_is_one() -> None:
    for text, language in (("60 %", "fr"), ("60 pour cent", "fr"), ("60%", "en"), ("60 per cent", "en")):
        (number,) = numbers(text, read(text, language))
        assert (number.value, number.percent) == ("60", True)


def test_currencies_have_one_name() -> None:
    assert currencies("5 € et trois dollars") == currencies("$3 and five euros") == {"eur", "usd"}


@given(st.integers(min_value=0, max_value=10**11))
def test_separators_of_thousands_change_nothing(value: int) -> None:
    written = {f"{value}", f"{value:,}", f"{value:,}".replace(",", "\u202f"), f"{value:,}".replace(",", " ")}
    assert {tuple(values(f"Il y a {text} litres.")) for text in written} == {(str(value),)}
