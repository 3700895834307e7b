"""What a model told, in a briefing and in a status: labelled where it stands, and in the footer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.adapters.console import as_text
from bot.domain.briefing import Briefing, Method
from bot.domain.language import READER_LANGUAGES, ReaderLanguage
from bot.views.briefing import briefing_message
from bot.views.status import status_message
from tests.views.test_briefing import POINTS, briefing
from tests.views.test_status import CEASEFIRE, STATUS, TRUMP

MARK = {"fr": "(traduit)", "en": "(translated)"}
METHODS = {
    "fr": ("phrases tirées des articles", "rédigé par IA, confronté aux articles", "1 nouvelle sur 2 rédigée par IA"),
    "en": ("sentences taken from the articles", "written by AI, checked against", "1 of 2 stories written by AI"),
}


def worded(made: Briefing) -> str:
    """As a terminal shows it."""
    return as_text(briefing_message(made))


@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_the_footer_says_who_wrote_what(language: ReaderLanguage) -> None:
    plain = [replace(point, quoted_language=None, facts=None) for point in POINTS[:2]]
    written = [replace(point, method=Method.MODEL) for point in plain]
    offline, model, mixed = (worded(briefing(language, *points)) for points in (plain, written, [written[0], plain[1]]))
    for text, words in zip((offline, model, mixed), METHODS[language], strict=True):
        assert words in text
    assert "extractive" not in offline + model + mixed


@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_a_translated_point_and_in_mixed_company_a_quoted_one_say_so(language: ReaderLanguage) -> None:
    first, second = (replace(point, quoted_language=None, facts=None) for point in POINTS[:2])
    foreign = replace(first, method=Method.MODEL, translated_from="en")
    text = worded(briefing(language, foreign, replace(second, text="Une phrase.")))
    assert text.count(MARK[language]) == 1
    assert {"fr": "(phrases de l’article)", "en": "(the article’s words)"}[language] in text


@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_a_translated_sentence_of_a_status_says_so(language: ReaderLanguage) -> None:
    assert STATUS.latest is not None
    other = replace(TRUMP, language=language, translated_from="en", role=None)
    told = replace(
        STATUS,
        latest=replace(STATUS.latest, language=language, translated_from="en"),
        positions=(other,),
        timeline=tuple(replace(entry, language=language) for entry in STATUS.timeline),
    )
    text = as_text(status_message(told, CEASEFIRE, language=language, zone="Africa/Dakar"))
    assert text.count(MARK[language]) == 2
    assert {"fr": "traductions par IA", "en": "translated by AI"}[language] in text
    plain = as_text(status_message(STATUS, CEASEFIRE, language=language, zone="Africa/Dakar"))
    assert MARK[language] not in plain
