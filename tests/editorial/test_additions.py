"""Which parts of a sentence may be left out without changing what it states."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial import quotes
from bot.editorial.additions import FEWEST_WORDS, additions, shorter_forms


@pytest.mark.parametrize(
    ("language", "sentence", "shorter"),
    [
        (
            "en",
            "Mara Holt, the mayor of Valmer, opened the new bridge to lorries on Monday.",
            "Mara Holt opened the new bridge to lorries on Monday.",
        ),
        (
            "en",
            "The old bridge, which storms had closed in March, was opened to lorries again on Monday.",
            "The old bridge was opened to lorries again on Monday.",
        ),
        (
            "en",
            "The council opened the new bridge to lorries on Monday, ending four years of detours.",
            "The council opened the new bridge to lorries on Monday.",
        ),
        (
            "fr",
            "Le vieux pont, qui était fermé depuis mars, est rouvert aux camions depuis lundi matin.",
            "Le vieux pont est rouvert aux camions depuis lundi matin.",
        ),
        (
            "fr",
            "Jeanne Martin, la maire de Valmer, a rouvert le vieux pont aux camions lundi.",
            "Jeanne Martin a rouvert le vieux pont aux camions lundi.",
        ),
    ],
)
def test_what_only_adds_to_a_statement_may_be_left_out(language: str, sentence: str, shorter: str) -> None:
    assert shorter_forms(sentence, language) == [shorter]


def test_a_sentence_is_offered_without_each_addition_and_without_all() -> None:
    sentence = "Mara Holt, the mayor of Valmer, opened the new bridge on Monday, ending four years of detours."
    assert shorter_forms(sentence, "en") == [
        "Mara Holt opened the new bridge on Monday, ending four years of detours.",
        "Mara Holt, the mayor of Valmer, opened the new bridge on Monday.",
        "Mara Holt opened the new bridge on Monday.",
    ]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The two sides agreed on Monday to stop firing at ports, with an exception for naval harbours."),
        ("en", "The two sides agreed on Monday to stop firing at ports, pending a signature in Geneva."),
        ("en", "The army took the two villages on Monday, which the ministry in Kyiv denied."),
        ("en", "The army took the two villages on Monday, according to its own press office."),
        ("en", "The army took the two villages on Monday, while the ministry spoke of one."),
        ("en", "The truce, which may not hold, was signed on Monday by both of the sides."),
        ("en", "The ministry said on Monday that 198 people, including three children, had died in the port."),
        ("en", "They met the mayor of Valmer, the head of the port, and the owner of the ferry."),
        ("en", "After four days of talks with the owners of the ferry, facing a strike."),
        ("en", 'The mayor said on Monday: "We stop firing at ports, hoping they do the same."'),
        ("en", "Would the council open the new bridge to lorries, ending four years of detours?"),
        ("fr", "Les deux camps cessent de viser les ports, qui restent exclus sans accord, est une rumeur."),
        ("fr", "Suspendu après un match contre Valmer, le capitaine sera absent lundi, a dit le club."),
        ("fr", "La trêve, qui ne concerne pas les ports, est signée par les deux camps depuis lundi."),
        ("fr", "Le pont rouvre aux camions lundi, mettant fin à quatre ans de détours."),
    ],
)
def test_nothing_is_left_out_that_limits_denies_sources_or_carries_the_sentence(language: str, sentence: str) -> None:
    assert shorter_forms(sentence, language) == []


PIECES = st.sampled_from(
    [
        "The mayor", "Mara Holt", ", who ", ", which was closed", ", the mayor", ",", ", ending", " said",
        " on Monday", " not", "«", "»", '"', "(", ")", " if", ".", "?", " — ", "\u202e", "é", " and", " the port", ";",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(["fr", "en", "uk"]))
def test_shorter_forms_only_take_away_and_keep_marks_in_pairs(sentence: str, language: str) -> None:
    for form in shorter_forms(sentence, language):
        rest = iter(sentence)
        assert all(char in rest for char in form)
        assert len(form) < len(sentence)
        assert len(form.split()) >= FEWEST_WORDS
        assert not quotes.balanced(sentence) or quotes.balanced(form)


@given(st.text(max_size=300), st.sampled_from(["fr", "en"]))
def test_any_text_is_read(text: str, language: str) -> None:
    for addition in additions(text, language):
        assert 0 <= addition.start < addition.end <= len(text)


def test_a_megabyte_of_commas_is_no_sentence() -> None:
    assert additions("The mayor opened, who " * 50_000, "en") == []
