"""Vocabularies find what their notation says, once each, in linear time."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.matching import DECOYS, Found, Vocabulary
from bot.editorial.text import fold, words
from tests.cost import cpu_seconds


def found(vocabulary: Vocabulary, text: str) -> list[tuple[str, str]]:
    tokens = words(fold(text))
    return [(term.group, " ".join(tokens[term.start : term.end])) for term in vocabulary.find(tokens)]


def test_a_term_is_found_whatever_its_accents_and_case() -> None:
    assert found(Vocabulary({"place": "Crimée"}), "En CRIMEE, en Crimée") == [("place", "crimee")] * 2


def test_a_star_stands_for_any_ending() -> None:
    vocabulary = Vocabulary({"country": "ukrain*"})
    assert found(vocabulary, "ukrainiennes, Ukraine") == [("country", "ukrainiennes"), ("country", "ukraine")]
    assert found(vocabulary, "anti-reukraine") == []


def test_alternatives_and_options_are_spelt_out() -> None:
    vocabulary = Vocabulary({"talk": "(peace|truce) (last|) talks"})
    assert found(vocabulary, "peace talks, truce last talks, talks") == [
        ("talk", "peace talks"),
        ("talk", "truce last talks"),
    ]


def test_an_underscore_stands_for_any_one_word() -> None:
    assert found(Vocabulary({"exit": "leaves _ russia"}), "leaves western russia, leaves russia") == [
        ("exit", "leaves western russia")
    ]


def test_terms_end_at_commas_and_lines_and_apostrophes_part_words() -> None:
    vocabulary = Vocabulary({"group": "mer d'azov,\ncessez-le-feu"})
    assert found(vocabulary, "La mer d’Azov, le cessez-le-feu") == [("group", "mer d azov"), ("group", "cessez le feu")]


def test_the_longest_term_of_a_group_wins_and_none_overlap() -> None:
    vocabulary = Vocabulary({"war": "war, war crimes, crimes tribunal"})
    assert found(vocabulary, "war crimes tribunal") == [("war", "war crimes")]


def test_one_word_may_tell_several_groups() -> None:
    assert found(Vocabulary({"war": "drone", "arms": "drone*"}), "drone") == [("war", "drone"), ("arms", "drone")]


def test_nothing_counts_inside_a_decoy() -> None:
    vocabulary = Vocabulary({"country": "kiev", DECOYS: "poulet à la kiev"})
    assert found(vocabulary, "Le poulet à la Kiev, de Kiev") == [("country", "kiev")]


def test_a_term_as_long_as_its_decoy_counts() -> None:
    vocabulary = Vocabulary({"war": "guerre", "history": "guerre froide", DECOYS: "guerre froide"})
    assert found(vocabulary, "la guerre froide, la guerre") == [("history", "guerre froide"), ("war", "guerre")]


@pytest.mark.parametrize("term", ["*", "(a|*)", "x" * 60])
def test_a_pattern_that_would_match_anything_or_never_is_refused(term: str) -> None:
    with pytest.raises(ValueError, match="pattern"):
        Vocabulary({"group": term})


WORDS = st.sampled_from(["russie", "russes", "guerre", "froide", "kiev", "la", "paix", "x"])


@given(st.lists(WORDS, max_size=40))
def test_what_is_found_lies_in_the_text_and_in_order(tokens: list[str]) -> None:
    vocabulary = Vocabulary(
        {"a": "russ*, guerre, guerre froide", "b": "kiev, la paix, guerre", DECOYS: "la guerre froide"}
    )
    terms = vocabulary.find(tokens)
    assert [term.start for term in terms] == sorted(term.start for term in terms)
    for group in ("a", "b"):
        own = [term for term in terms if term.group == group]
        assert all(0 <= term.start < term.end <= len(tokens) for term in own)
        assert all(before.end <= after.start for before, after in pairwise(own))
    assert {term.group for term in terms} <= {"a", "b"}


def test_time_grows_with_the_words_alone() -> None:
    vocabulary = Vocabulary({"deep": "a a a a a a b, a*", "other": "_ _ _ c"})
    different = [f"a{number}" for number in range(100_000)]
    assert cpu_seconds(lambda: (vocabulary.find(["a"] * 100_000), vocabulary.find(different))) < 6


def test_a_megabyte_long_word_is_one_word() -> None:
    assert Vocabulary({"group": "ukrain*"}).find(["ukrain" + "e" * 1_000_000]) == [Found("group", 0, 1)]
    assert cpu_seconds(lambda: Vocabulary({"group": "ukrain*"}).find(["ukrain" + "e" * 1_000_000])) < 0.3
