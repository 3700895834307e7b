"""What the trees look at beside salience."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.editorial.features import columns, expected, likeness, rows, vector
from bot.editorial.salience import salience, tokens, view
from bot.editorial.scoring import learned
from bot.editorial.units import Unit, units

TEXT = (
    "Le port de Valmer rouvre mardi après la tempête. « La digue de Valmer a tenu », dit Jeanne Martin. "
    "Les oiseaux migrateurs passent très haut. Le port de Valmer rouvre enfin au trafic."
)


def table(title: str, text: str, language: str = "fr") -> dict[str, list[float]]:
    found = units(title, text, language)
    return of(found, title, language)


def of(found: list[Unit], title: str, language: str) -> dict[str, list[float]]:
    seen = view([unit.text for unit in found], title, language)
    return columns(found, seen, expected(seen, salience(seen, learned(language).model)), language)


def test_there_is_one_number_a_sentence_and_feature() -> None:
    assert {len(column) for column in table("Le port", TEXT).values()} == {4}


def test_places_count_from_both_ends() -> None:
    found = table("", TEXT)
    assert found["place"] == [0, 1, 2, 3]
    assert found["from_end"] == [3, 2, 1, 0]
    assert found["place_relative"] == [0, pytest.approx(1 / 3), pytest.approx(2 / 3), 1]
    assert found["read_before"][1] == found["words"][0]


def test_a_sentence_is_like_the_title_and_like_its_echo() -> None:
    found = table("Le port de Valmer rouvre", TEXT)
    assert found["title_likeness"][0] > found["title_likeness"][2]
    assert found["like_after"][0] > 0.5
    assert found["like_before"][3] > 0.5
    assert found["like_before"][0] == 0
    assert found["key"][0] > found["key"][2]


def test_ranks_run_from_the_highest_to_the_lowest() -> None:
    found = table("Le port de Valmer rouvre", TEXT)
    best = max(range(4), key=lambda place: found["title_likeness"][place])
    assert found["rank_title_likeness"][best] == 0
    assert sorted(found["rank_title_likeness"]) == [0, pytest.approx(1 / 3), pytest.approx(2 / 3), 1]


def test_forms_are_seen() -> None:
    found = table("", TEXT)
    assert found["quoted"][1] > 0.3
    assert (found["quote_first"][1], found["quote_first"][0]) == (1, 0)
    assert (found["dates"][0], found["dates"][2]) == (1, 0)
    assert found["past"][1] == 1


def test_a_title_and_the_language_are_told() -> None:
    assert set(table("", TEXT)["titled"]) == {0}
    assert set(table("Le port", TEXT)["titled"]) == {1}
    assert set(table("", "The port reopens. It rains.", "en")["english"]) == {1}


def test_likeness_is_the_same_both_ways_and_highest_with_itself() -> None:
    one = vector(tokens("le port de Valmer rouvre"), "fr")
    other = vector(tokens("la digue de Valmer"), "fr")
    assert likeness(one, one) == pytest.approx(1)
    assert likeness(one, other) == likeness(other, one)
    assert 0 < likeness(one, other) < 1
    assert likeness(one, {}) == 0


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40), st.text(max_size=300), st.sampled_from(["fr", "en", "uk", "ru", "other"]))
def test_any_text_has_finite_features_in_the_order_of_the_columns(title: str, text: str, language: str) -> None:
    found = units(title, text, language)
    named = of(found, title, language)
    assert all(math.isfinite(number) for column in named.values() for number in column)
    assert all(-1e-9 <= number <= 1 + 1e-9 for name in named if name.startswith("rank_") for number in named[name])
    seen = view([unit.text for unit in found], title, language)
    made = rows(found, seen, expected(seen, salience(seen, learned(language).model)), language)
    assert made == [list(row) for row in zip(*named.values(), strict=True)]
