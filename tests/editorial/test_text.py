"""Folding, words and stems: equal texts compare equal, and no text is slow."""

from __future__ import annotations

import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.language import ARTICLE_LANGUAGES, ArticleLanguage
from bot.editorial.text import STOP_WORDS, fold, plain, stem, terms, words
from tests.cost import cpu_seconds

MEGABYTE = 1_000_000
HOSTILE = [
    "a" * MEGABYTE,
    "é" * MEGABYTE,
    "\u0301\u0316" * (MEGABYTE // 2),
    "a\u0316\u0301" * (MEGABYTE // 3),
    "Σ" * MEGABYTE,
    "\u202e\u200b" * (MEGABYTE // 2),
    "<" * MEGABYTE,
    "<a " * (MEGABYTE // 3),
    "&" * MEGABYTE,
    "&#" + "9" * MEGABYTE + ";",
    "mot " * (MEGABYTE // 4),
    "'" * MEGABYTE,
]
languages = st.sampled_from(ARTICLE_LANGUAGES)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Zaporijjia, ÉTÉ, Noël", "zaporijjia, ete, noel"),
        ("l’œuvre", "l'oeuvre"),
        ("cœur cæcum Straße Łódź", "coeur caecum strasse lodz"),
        ("Uk\u00adrai\u200bne", "ukraine"),
        ("\u202eUkraine\u202c", "ukraine"),
        ("ＫＹＩＶ ﬁn", "kyiv fin"),
        ("Київ", "киiв".replace("i", "і")),
    ],
)
def test_fold_takes_off_what_comparing_must_ignore(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(categories=["Ll", "Lu", "Zs", "Po"])))
def test_composed_and_decomposed_letters_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text())
def test_words_are_parts_of_the_text_in_order(text: str) -> None:
    position = 0
    for word in words(text):
        position = text.index(word, position) + len(word)


def test_apostrophes_and_hyphens_part_words() -> None:
    assert words("L'Ukraine, aujourd’hui : cessez-le-feu à 60 %") == [
        "L", "Ukraine", "aujourd", "hui", "cessez", "le", "feu", "à", "60",
    ]  # fmt: skip


def test_markup_becomes_what_it_stands_for() -> None:
    assert plain("<b>Kyiv</b> &amp; l&#8217;Europe &lt;3").split() == ["Kyiv", "&", "l’Europe", "<3"]


def test_a_comparison_sign_is_no_tag() -> None:
    assert plain("1 < 2 et 3 > 2") == "1 < 2 et 3 > 2"


@pytest.mark.parametrize(
    ("word", "language", "stemmed"),
    [
        ("negociations", "fr", "negoci"),
        ("talks", "en", "talk"),
        ("переговори", "uk", "переговори"),
        ("perros", "other", "perros"),
        ("negociations" * 4, "fr", "negociations" * 4),
    ],
)
def test_stems_follow_the_language(word: str, language: ArticleLanguage, stemmed: str) -> None:
    assert stem(word, language) == stemmed


def test_inflections_share_their_terms() -> None:
    assert terms("Les négociations de paix", "fr") == terms("L’appel à la négociation, à la paix", "fr")[1:]
    assert terms("Peace talks", "en") == terms("peace talk", "en")


@given(st.text(), languages)
def test_terms_hold_no_stop_word_and_no_single_letter(text: str, language: ArticleLanguage) -> None:
    unstemmed = [word for word in words(fold(text)) if len(word) > 1 and word not in STOP_WORDS[language]]
    assert len(terms(text, language)) == len(unstemmed)


def test_stop_words_are_folded_as_the_words_they_meet() -> None:
    for listed in STOP_WORDS.values():
        assert all(fold(word) == word for word in listed)


def test_two_threads_never_mix_their_stems() -> None:
    listed = [f"negociation{ending}{number}" for number in range(400) for ending in ("s", "es", "ment", "iste")]
    alone = [stem.__wrapped__(word, "fr") for word in listed]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda word: stem.__wrapped__(word, "fr"), listed)) == alone


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:6]))
def test_a_megabyte_of_anything_is_quick(text: str) -> None:
    assert cpu_seconds(lambda: (plain(text), terms(text, "fr"))) < 3
