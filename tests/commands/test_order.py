"""Orders as people write them."""

from __future__ import annotations

from datetime import time
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.order import read_order
from bot.i18n.zones import find_zone, suggest_zones

EIGHT, SEVEN_PM, HALF_PAST_SEVEN_PM = time(8), time(19), time(19, 30)
WORKING = frozenset(range(5))


@pytest.mark.parametrize(
    ("typed", "times", "place"),
    [
        ("8h Dakar", (EIGHT,), "Dakar"),
        ("8h, 19h30 Dakar", (EIGHT, HALF_PAST_SEVEN_PM), "Dakar"),
        ("19h30 et 8h Dakar", (EIGHT, HALF_PAST_SEVEN_PM), "Dakar"),
        ("8am and 7:30 pm London", (EIGHT, HALF_PAST_SEVEN_PM), "London"),
        ("8h/19h Dakar", (EIGHT, SEVEN_PM), "Dakar"),
        ("8h Dakar, 19h", (EIGHT, SEVEN_PM), "Dakar"),
        ("8 19h Dakar", (EIGHT, SEVEN_PM), "Dakar"),
        ("8h30 et 8h30", (time(8, 30),), ""),
        ("à 8 heures à Dakar", (EIGHT,), "Dakar"),
        ("8h du matin Dakar", (EIGHT,), "Dakar"),
        ("7h du soir", (SEVEN_PM,), ""),
        ("19h du soir", (SEVEN_PM,), ""),
        ("7 in the evening London", (SEVEN_PM,), "London"),
        ("8h chaque matin à Dakar", (EIGHT,), "Dakar"),
        ("tous les matins à 8h", (EIGHT,), ""),
        ("7h tous les soirs Dakar", (SEVEN_PM,), "Dakar"),
        ("chaque soir à 7h30 Dakar", (HALF_PAST_SEVEN_PM,), "Dakar"),
        ("every evening at 19:30", (HALF_PAST_SEVEN_PM,), ""),
        ("8:00 UTC+1", (EIGHT,), "UTC+1"),
        ("8h Europe/Paris", (EIGHT,), "Europe/Paris"),
        ("8h Dakar, Sénégal", (EIGHT,), "Dakar, Sénégal"),
        ("Dakar", (), "Dakar"),
        ("", (), ""),
    ],
)
def test_times_and_a_place_are_told_apart(typed: str, times: tuple[time, ...], place: str) -> None:
    order = read_order(typed)
    assert (order.times, order.days, order.place) == (times, None, place)


@pytest.mark.parametrize(
    "typed", ["8h et 19h30 en semaine à Dakar", "en semaine 8h, 19h30 Dakar", "lun-ven, 8h et 19h30, Dakar"]
)
def test_days_may_stand_anywhere(typed: str) -> None:
    order = read_order(typed)
    assert (order.times, order.days, find_zone(order.place)) == ((EIGHT, HALF_PAST_SEVEN_PM), WORKING, "Africa/Dakar")


@pytest.mark.parametrize(
    ("typed", "left"), [("8 19 Dakar", "19 Dakar"), ("8h Atlantis", "Atlantis"), ("25:00", "25:00"), ("soon", "soon")]
)
def test_what_is_in_doubt_is_left_to_be_asked_about(typed: str, left: str) -> None:
    assert read_order(typed).place == left


def test_every_city_that_is_offered_is_read_back() -> None:
    for letter in ascii_lowercase:
        for city, zone in suggest_zones(letter, "en", limit=60):
            order = read_order(f"8h {city}")
            assert (order.times, order.days) == ((EIGHT,), None), city
            assert find_zone(order.place) == find_zone(city), (city, zone)


@given(st.text(max_size=100))
def test_whatever_is_typed_is_read(typed: str) -> None:
    order = read_order(typed)
    assert list(order.times) == sorted(set(order.times))
