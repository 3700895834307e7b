"""How much words say about a text's subject."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.rarity import ROOT, Rarity, root_of


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("négociations", "negoci"),
        ("négocier", "negoci"),
        ("port", "port"),
        ("le", ""),
        ("the", ""),
        ("a", ""),
        ("", ""),
    ],
)
def test_a_word_is_compared_by_its_first_letters_and_a_stop_word_not_at_all(word: str, root: str) -> None:
    assert root_of(word) == root


@pytest.mark.parametrize(("language", "common", "rare"), [("fr", "france", "digue"), ("en", "people", "dyke")])
def test_a_word_many_articles_have_weighs_less(language: str, common: str, rare: str) -> None:
    rarity = Rarity.of(language)
    assert 0 < rarity.weight(root_of(common)) < rarity.weight(root_of(rare)) <= rarity.unlisted


def test_languages_that_were_not_counted_take_the_english_counts() -> None:
    assert Rarity.of("uk") == Rarity.of("en")


@given(st.text(max_size=30))
def test_any_word_has_a_short_root_and_a_weight(word: str) -> None:
    assert len(root_of(word)) <= ROOT
    assert Rarity.of("fr").weight(root_of(word)) > 0
