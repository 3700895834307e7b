"""Languages are told by small words and letters, and a declaration yields only to a clear contradiction."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.language import ARTICLE_LANGUAGES, ArticleLanguage
from bot.editorial.language import detect
from tests.cost import cpu_seconds

SENTENCES: list[tuple[str, ArticleLanguage]] = [
    ("Les négociateurs se retrouvent à Genève pour une deuxième journée", "fr"),
    ("Moscou rejette la trêve proposée par les Européens", "fr"),
    ("LES COMBATS ONT REPRIS DANS LA NUIT", "fr"),
    ("les dirigeants europeens sont reunis a paris", "fr"),
    ("The negotiators met for a second day in Geneva", "en"),
    ("Moscow rejects the truce that Europeans had proposed", "en"),
    ("Why grain prices are rising again", "en"),
    ("Переговори у Женеві тривають другий день", "uk"),
    ("Президент подякував союзникам за підтримку", "uk"),
    ("Переговоры в Женеве продолжаются второй день", "ru"),
    ("Президент поблагодарил союзников за поддержку, которую они оказали", "ru"),
    ("Die Verhandlungen werden nicht vor dem Winter beginnen", "other"),
    ("Las negociaciones no han terminado, según el ministro", "other"),
    ("Rozmowy pokojowe nie są jeszcze zakończone", "other"),
    ("和平谈判在日内瓦继续", "other"),
    ("تستمر المحادثات في جنيف", "other"),
]


@pytest.mark.parametrize(("sentence", "language"), SENTENCES)
def test_a_sentence_tells_its_language(sentence: str, language: ArticleLanguage) -> None:
    assert detect(sentence) == language


@pytest.mark.parametrize(("sentence", "language"), SENTENCES)
def test_a_right_declaration_is_never_overridden(sentence: str, language: ArticleLanguage) -> None:
    assert detect(sentence, language) == language


def test_an_english_article_in_a_french_feed_is_english() -> None:
    text = "Minister resigns over budget row\nThe finance minister said on Monday that she would leave the government."
    assert detect(text, "fr") == "en"


def test_a_french_article_in_an_english_feed_is_french() -> None:
    text = "La ministre démissionne\nElle a annoncé lundi qu'elle quittait le gouvernement après un désaccord."
    assert detect(text, "en") == "fr"


def test_a_few_foreign_words_do_not_override_the_declaration() -> None:
    assert detect("« The Last of Us » : la série revient", "fr") == "fr"
    assert detect("Emmanuel Macron in Kyiv", "fr") == "fr"


@pytest.mark.parametrize("undecidable", ["", "   ", "2 000 000 %", "🇺🇦 🇺🇦", "Macron", "\u202e\u200b"])
def test_where_nothing_tells_the_declaration_stands(undecidable: str) -> None:
    assert detect(undecidable, "en") == "en"
    assert detect(undecidable, "fr") == "fr"
    assert detect(undecidable) == "other"


def test_latin_text_in_a_ukrainian_feed_is_judged_by_itself() -> None:
    assert detect("The negotiators met for a second day in Geneva", "uk") == "en"


@pytest.mark.parametrize(
    ("tag", "language"), [("fr-SN", "fr"), ("EN_gb", "en"), (" uk ", "uk"), ("de", "other"), ("", "other")]
)
def test_a_declaration_may_be_any_language_tag(tag: str, language: ArticleLanguage) -> None:
    assert detect("60 %", tag) == language


def test_mixed_scripts_follow_the_larger_part() -> None:
    assert detect("Selon « Українська правда », les négociateurs se retrouvent à Genève avec les Européens") == "fr"


@given(st.text(max_size=3_000), st.none() | st.text(max_size=10))
def test_any_text_has_a_language(text: str, declared: str | None) -> None:
    assert detect(text, declared) in ARTICLE_LANGUAGES


@pytest.mark.parametrize("filler", ["a", "é ", "<b", "&#1", "ї", "\u0301", "the "])
def test_a_megabyte_is_read_at_its_beginning_only(filler: str) -> None:
    assert cpu_seconds(lambda: detect(filler * (1_000_000 // len(filler)), "fr")) < 0.3
