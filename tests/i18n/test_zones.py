"""Zones as people name them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n.places import PLACES
from bot.i18n.zones import find_zone, offered_zones, several_zones, suggest_zones


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Dakar", "Africa/Dakar"),
        ("dakar", "Africa/Dakar"),
        ("à Dakar", "Africa/Dakar"),
        ("heure de Paris", "Europe/Paris"),
        ("Le Caire", "Africa/Cairo"),
        ("Cairo", "Africa/Cairo"),
        ("Londres", "Europe/London"),
        ("Kiev", "Europe/Kyiv"),
        ("Kyiv", "Europe/Kyiv"),
        ("Montréal", "America/Toronto"),
        ("montreal", "America/Toronto"),
        ("New York", "America/New_York"),
        ("Côte d’Ivoire", "Africa/Abidjan"),
        ("Europe/Brussels", "Europe/Brussels"),
        ("UTC", "Etc/UTC"),
        ("UTC+1", "Etc/GMT-1"),
        ("utc-5", "Etc/GMT+5"),
        ("UTC−5", "Etc/GMT+5"),
        ("+3", "Etc/GMT-3"),
        ("GMT+0", "Etc/UTC"),
    ],
)
def test_a_place_or_an_offset_is_found(typed: str, zone: str) -> None:
    assert find_zone(typed) == zone


@pytest.mark.parametrize("typed", ["", "Atlantis", "UTC+25", "8h", "25", "25:00", "a7", "'; drop table chats"])
def test_what_is_no_place_is_refused(typed: str) -> None:
    assert find_zone(typed) is None


@given(st.text())
def test_whatever_is_typed_gives_a_real_zone_or_nothing(typed: str) -> None:
    assert find_zone(typed) in available_timezones() | {None}


def test_before_anything_is_typed_the_readers_own_cities_are_offered() -> None:
    assert ("Dakar", "Africa/Dakar") in suggest_zones("", "fr")


def test_typing_narrows_the_cities_down_in_the_readers_language() -> None:
    assert ("Londres", "Europe/London") in suggest_zones("lon", "fr")
    assert ("London", "Europe/London") in suggest_zones("lon", "en")


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Sénégal", "Africa/Dakar"),
        ("Ukraine", "Europe/Kyiv"),
        ("Pologne", "Europe/Warsaw"),
        ("Poland", "Europe/Warsaw"),
        ("Dakar, Sénégal", "Africa/Dakar"),
        ("Montréal, Québec", "America/Toronto"),
        ("Thiès", "Africa/Dakar"),
        ("Bobo-Dioulasso", "Africa/Ouagadougou"),
        ("Goma, RDC", "Africa/Lubumbashi"),
        ("Bordeaux", "Europe/Paris"),
        ("Manchester, UK", "Europe/London"),
        ("Zaporijjia", "Europe/Kyiv"),
        ("UTC+5:30", "Asia/Kolkata"),
    ],
)
def test_a_country_with_one_clock_is_a_place_too(typed: str, zone: str) -> None:
    assert find_zone(typed) == zone


def test_every_place_is_written_as_it_is_looked_up_and_has_a_real_zone() -> None:
    assert {find_zone(place) for place in PLACES} == set(PLACES.values()) <= available_timezones()


@pytest.mark.parametrize("typed", ["Paris, Dakar", "Kyiv, London, Paris"])
def test_of_several_places_none_is_chosen(typed: str) -> None:
    assert find_zone(typed) is None
    assert several_zones(typed)


@pytest.mark.parametrize("typed", ["Canada", "États-Unis", "Russie"])
def test_a_country_with_several_clocks_is_no_answer(typed: str) -> None:
    assert find_zone(typed) is None


def test_a_few_zones_are_offered_from_west_to_east_by_the_clock_of_the_day() -> None:
    winter, summer = datetime(2026, 1, 10, tzinfo=UTC), datetime(2026, 7, 10, tzinfo=UTC)
    assert offered_zones("fr", winter, first=["Asia/Tokyo"], all_of_them=False) == [
        "Africa/Dakar",
        "Europe/Paris",
        "Europe/Kyiv",
        "Asia/Tokyo",
    ]
    many = offered_zones("en", summer, first=["Africa/Dakar"], all_of_them=True)
    clocks = [summer.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for zone in many]
    assert clocks == sorted(clocks)
    assert len(many) == len(set(many)) <= 24
