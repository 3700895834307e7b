"""What an article is about, as two sparse vectors."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.language import ArticleLanguage
from bot.editorial.vectors import counts, dot, represent
from tests.editorial.stories_cases import BRIDGE_EN, BRIDGE_FR, BRIDGE_UK, EVERYTHING, GRAIN_EN, article


def test_one_event_in_two_languages_is_nearer_than_two_events_in_one() -> None:
    bridge = represent(BRIDGE_EN)
    assert dot(bridge.shared, represent(BRIDGE_FR).shared) > 2 * dot(bridge.shared, represent(GRAIN_EN).shared)


def test_the_shared_space_reaches_other_scripts() -> None:
    assert dot(represent(BRIDGE_UK).shared, represent(BRIDGE_FR).shared) > 0.1


def test_a_language_without_readers_has_no_words_of_its_own() -> None:
    assert represent(BRIDGE_UK).terms == {}


def test_the_day_of_publication_is_no_event() -> None:
    plain, dated = article("a", "Un pont cède à Melitopol"), article("b", "Un pont cède à Melitopol ce 10 mars")
    assert "#03-10" not in represent(dated).shared
    assert "#03-11" in represent(article("c", "Un pont cède à Melitopol le 11 mars")).shared
    assert dot(represent(plain).shared, represent(dated).shared) == pytest.approx(1, abs=0.05)


def test_what_comes_after_the_lead_is_not_read() -> None:
    lead = "Un pont ferroviaire a cédé. " * 40
    assert counts("", lead, "fr") == counts("", lead + "Erdogan arrive à Odessa. " * 1_000, "fr")


def test_markup_is_no_word() -> None:
    bare = "Un pont ferroviaire a cédé près de Melitopol, selon le gouverneur."
    marked = f'<p>{bare}</p><ul><li><a href="https://phare.example/monde/direct-guerre"></a></li></ul>'
    assert counts("Un pont", marked, "fr") == counts("Un pont", bare, "fr")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120), st.text(max_size=400), st.sampled_from(["fr", "en", "uk", "ru", "other"]))
def test_any_article_has_vectors_of_length_one_or_none(title: str, body: str, language: ArticleLanguage) -> None:
    seen = represent(article("x", title, body, language=language))
    for vector in (seen.terms, seen.shared):
        assert not vector or math.sqrt(dot(vector, vector)) == pytest.approx(1, abs=1e-3)
        assert all(math.isfinite(weight) and weight > 0 for weight in vector.values())


@pytest.mark.parametrize("one", EVERYTHING)
def test_likeness_is_the_same_both_ways(one: object) -> None:
    for other in EVERYTHING:
        left, right = represent(one), represent(other)  # type: ignore[arg-type]
        assert dot(left.shared, right.shared) == dot(right.shared, left.shared)
