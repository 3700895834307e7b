"""Days of the week as people name them."""

from __future__ import annotations

from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.language import ReaderLanguage
from bot.i18n import translator
from bot.i18n.weekdays import days_in_words, split_days
from bot.i18n.zones import suggest_zones

WORKING, ALL, WEEKEND = set(range(5)), set(range(7)), {5, 6}


@pytest.mark.parametrize(
    ("typed", "days", "rest"),
    [
        ("8h en semaine", WORKING, "8h"),
        ("8h lun-ven Dakar", WORKING, "8h Dakar"),
        ("8h du lundi au vendredi, Dakar", WORKING, "8h , Dakar"),
        ("7:30 on weekdays London", WORKING, "7:30 London"),
        ("Monday to Friday at 8:00", WORKING, "at 8:00"),
        ("8h jours ouvrés", WORKING, "8h"),
        ("tous les jours à 8h", ALL, "à 8h"),
        ("every day at 8", ALL, "at 8"),
        ("8h le week-end", WEEKEND, "8h"),
        ("10:00 weekends", WEEKEND, "10:00"),
        ("le dimanche à 9h", {6}, "à 9h"),
        ("8h mardi et jeudi", {1, 3}, "8h"),
        ("mon, wed and fri 8:00", {0, 2, 4}, "8:00"),
        ("8h sam dim", WEEKEND, "8h"),
        ("8h ven-lun", {4, 5, 6, 0}, "8h"),
        ("8h lundi au mercredi et samedi", {0, 1, 2, 5}, "8h"),
        ("9h sauf dimanche", ALL - {6}, "9h"),
        ("9h tous les jours sauf le samedi et le dimanche, Dakar", WORKING, "9h , Dakar"),
        ("8:00 weekdays except Monday", WORKING - {0}, "8:00"),
        ("every day but not Sundays at 8", ALL - {6}, "at 8"),
        ("8h Dakar", None, "8h Dakar"),
        ("", None, ""),
    ],
)
def test_days_are_found_wherever_they_stand(typed: str, days: set[int] | None, rest: str) -> None:
    found, left = split_days(typed)
    assert (found, left) == (None if days is None else frozenset(days), rest)


def test_a_second_group_of_days_is_left_to_be_refused() -> None:
    assert split_days("8h en semaine et 10h le week-end") == (frozenset(WORKING), "8h et 10h le week-end")


def test_no_city_is_taken_for_a_day() -> None:
    cities = [city for letter in ascii_lowercase for city, _ in suggest_zones(letter, "fr", limit=200)]
    assert len(cities) > 300
    assert [city for city in cities if split_days(city) != (None, city)] == []


@pytest.mark.parametrize(
    ("days", "french", "english"),
    [
        (ALL, "chaque jour", "every day"),
        (WORKING, "du lundi au vendredi", "Monday to Friday"),
        (WEEKEND, "le week-end", "at weekends"),
        ({6}, "le dimanche", "on Sunday"),
        ({1, 3}, "le mardi et le jeudi", "on Tuesday and on Thursday"),
        ({3, 4, 5}, "du jeudi au samedi", "Thursday to Saturday"),
    ],
)
def test_days_are_said_as_one_would(days: set[int], french: str, english: str) -> None:
    said: dict[ReaderLanguage, str] = {"fr": french, "en": english}
    for language, words in said.items():
        assert days_in_words(frozenset(days), translator(language)) == words


@given(st.frozensets(st.integers(0, 6), min_size=1), st.sampled_from(["fr", "en"]))
def test_what_is_said_of_days_is_understood(days: frozenset[int], language: ReaderLanguage) -> None:
    assert split_days(days_in_words(days, translator(language)))[0] == days
