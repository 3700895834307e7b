"""What sentences are worth, by learned weights."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.editorial.features import columns, expected
from bot.editorial.pack import json_data
from bot.editorial.salience import PAIR_CELLS, WORD_CELLS, salience, view
from bot.editorial.scoring import learned, score, weights_of
from bot.editorial.units import units

TEXT = (
    "Le port de Valmer rouvre mardi après trois semaines de tempête, a annoncé la capitainerie. "
    "Il faisait beau. Les oiseaux migrateurs passent très haut, comme chaque année en cette saison."
)


def blank(**changed: Any) -> dict[str, Any]:
    """Weights that know nothing."""
    empty: dict[str, Any] = {
        "listed": "le la",
        "words": [0.0] * (WORD_CELLS + 2),
        "word_bias": -2.0,
        "pairs": [0.0] * PAIR_CELLS,
        "pair_bias": -2.0,
        "trees": [],
        "usual_length": 24.0,
    }
    return empty | changed


def test_a_sentence_is_worth_what_it_is_expected_to_share() -> None:
    found = units("", TEXT, "fr")
    scored = score(found, "", "fr", weights_of(blank()))
    hopes = expected(scored.seen, scored.salient)
    assert scored.worth == [pytest.approx(hope.words + hope.pairs) for hope in hopes]


def test_trees_correct_each_word_of_a_sentence() -> None:
    found = units("", TEXT, "fr")
    plain = score(found, "", "fr", weights_of(blank()))
    raised = score(found, "", "fr", weights_of(blank(trees=[[[0], [0.5], [-1], [-2], [0.1, 0.0]]])))  # the first place
    assert raised.worth[0] == pytest.approx(plain.worth[0] + 0.1 * plain.length[0])
    assert raised.worth[1:] == plain.worth[1:]


def test_the_learned_weights_prefer_the_news_to_the_weather() -> None:
    found = units("Le port de Valmer rouvre", TEXT, "fr")
    scored = score(found, "Le port de Valmer rouvre", "fr", learned("fr"))
    per_word = [worth / length for worth, length in zip(scored.worth, scored.length, strict=True)]
    assert per_word[0] == max(per_word)


def test_languages_without_weights_of_their_own_are_read_with_the_english_ones() -> None:
    assert learned("uk") == learned("en")
    assert learned("fr") != learned("en")


def test_the_packs_weights_fit_the_code_and_carry_their_figures() -> None:
    written = json_data("summary_weights.json")
    assert set(written["languages"]) == {"fr", "en"}
    assert written["figures"]
    width = len(columns(*_example(), "fr"))
    for data in written["languages"].values():
        assert len(data["words"]) == WORD_CELLS + len(data["listed"].split())
        assert len(data["pairs"]) == PAIR_CELLS
        for feature, threshold, yes, no, leaf in data["trees"]:
            assert len(feature) == len(threshold) == len(yes) == len(no) == len(leaf) - 1
            assert all(0 <= asked < width for asked in feature)


def _example() -> tuple[Any, Any, Any]:
    found = units("", TEXT, "fr")
    seen = view([unit.text for unit in found], "", "fr")
    return found, seen, expected(seen, salience(seen, learned("fr").model))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40), st.text(max_size=300), st.sampled_from(["fr", "en", "uk", "ru", "other"]))
def test_any_text_is_scored_the_same_each_time(title: str, text: str, language: str) -> None:
    found = units(title, text, language)
    once = score(found, title, language, learned(language))
    assert once == score(found, title, language, learned(language))
    assert len(once.worth) == len(once.length) == len(found)
