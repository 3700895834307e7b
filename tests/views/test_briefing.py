"""A briefing as its reader meets it, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.adapters.console import as_text
from bot.domain.briefing import Badge, Briefing, Citation, Coverage, FactCard, Length, Method, Point, Window
from bot.domain.feed import Ownership
from bot.domain.language import READER_LANGUAGES, ReaderLanguage
from bot.domain.message import Listing, plain
from bot.editorial import facts
from bot.i18n import translator
from bot.views.briefing import briefing_message
from bot.views.contract import briefing_json

AT = datetime(2025, 2, 10, 21, 0, tzinfo=UTC)
COVERAGE = Coverage(8, 9, 47, 12, AT - timedelta(minutes=5), Method.EXTRACTIVE)
LOCAL = Citation("a1", "Teranga Monde", "https://teranga.example/a1", "fr", Ownership.INDEPENDENT)
PUBLIC = Citation("a2", "Radio Large", "https://large.example/a2", "fr", Ownership.PUBLIC)
STATE = Citation("a3", "Agence du Nord", None, "fr", Ownership.STATE)
ENGLISH = Citation("b1", "The Harbour Post", "https://harbour.example/b1", "en", Ownership.PRIVATE)


def point(headline: str, *citations: Citation, **changes: object) -> Point:
    """A point told from these outlets."""
    text = "Les deux ministères ont confirmé l’échange."
    made = Point(headline, headline, text, (Badge.NEW,), tuple(c.article_id for c in citations), citations, (), AT)
    return replace(made, **changes)  # type: ignore[arg-type]  # the fields a test names


def briefing(language: ReaderLanguage, *points: Point, **changes: object) -> Briefing:
    """An evening edition in Dakar."""
    window = Window(AT - timedelta(hours=24), AT)
    made = Briefing(language, "Africa/Dakar", AT, window, points, COVERAGE, Length.SHORT, since_last=True)
    return replace(made, **changes)  # type: ignore[arg-type]  # the fields a test names


POINTS = (
    point("Échange de 84 prisonniers de chaque côté", LOCAL, PUBLIC, STATE),
    point("Odessa : un terminal touché", LOCAL, badges=(Badge.UPDATED,)),
    point("Talks in Ankara end without a date", ENGLISH, quoted_language="en"),
)


@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_an_edition_reads_as_written(language: ReaderLanguage, snapshot: SnapshotAssertion) -> None:
    assert as_text(briefing_message(briefing(language, *POINTS))) == snapshot


@pytest.mark.parametrize("language", READER_LANGUAGES)
@pytest.mark.parametrize(
    "coverage",
    [
        pytest.param(replace(COVERAGE, feeds_reached=9), id="a quiet day"),
        pytest.param(replace(COVERAGE, feeds_reached=2), id="blind"),
        pytest.param(replace(COVERAGE, feeds_reached=3, first_reading_done=False), id="first reading"),
        pytest.param(replace(COVERAGE, feeds_reached=0, feeds_total=0, articles_read=0), id="no sources"),
    ],
)
def test_an_empty_edition_is_an_answer(
    language: ReaderLanguage, coverage: Coverage, snapshot: SnapshotAssertion
) -> None:
    message = briefing_message(briefing(language, coverage=coverage))
    assert as_text(message) == snapshot
    assert message.silent


def test_the_first_line_of_a_first_edition_names_its_window() -> None:
    words = plain(briefing_message(briefing("fr", *POINTS, since_last=False)))
    assert "3 sujets sur les 24 dernières heures." in words


def test_few_sources_are_admitted_even_when_there_are_points() -> None:
    words = plain(briefing_message(briefing("en", *POINTS, coverage=replace(COVERAGE, feeds_reached=2))))
    assert "I could read only 2 of 9 sources: something may be missing." in words


def test_a_headlines_edition_has_no_sentences_but_keeps_its_sources() -> None:
    words = plain(briefing_message(briefing("fr", *POINTS, length=Length.HEADLINES)))
    assert "Les deux ministères" not in words
    assert "Teranga Monde" in words


def test_a_point_known_only_in_the_other_language_stands_on_the_labelled_line_and_nowhere_else() -> None:
    words = plain(briefing_message(briefing("fr", *POINTS))).split("\n")
    with_english = [line for line in words if "Talks in Ankara" in line]
    assert len(with_english) == 1
    assert with_english[0].startswith("Connu en anglais seulement, non traduit\u00a0:")


def test_points_known_only_in_the_other_language_stand_under_each_other_below_one_label() -> None:
    english = [point for point in POINTS if point.quoted_language == "en"]
    several = [replace(english[0], headline=f"{words} in Ankara") for words in ("Talks", "Rain", "Music")]
    message = briefing_message(briefing("fr", *several))
    assert plain(message).count("Connu en anglais seulement") == 1
    [listing] = [block for block in message.blocks if isinstance(block, Listing)]
    assert len(listing.items) == 3


def test_who_controls_an_outlet_is_said_beside_its_name() -> None:
    words = plain(briefing_message(briefing("fr", *POINTS)))
    assert "Radio Large (média public)" in words
    assert "Agence du Nord (contrôlé par l’État)" in words


def test_an_edition_of_five_points_stays_short_enough_for_one_phone_screen_and_a_half() -> None:
    five = [point(f"Un sujet assez long pour tenir sa ligne, le numéro {n}", LOCAL, PUBLIC) for n in range(5)]
    assert len(plain(briefing_message(briefing("fr", *five)))) < 1200


def test_the_json_has_the_fields_tools_rely_on() -> None:
    data = briefing_json(briefing("fr", *POINTS))
    assert set(data) == {"language", "at", "window", "points", "coverage"}
    assert data["window"] == {"from": "2025-02-09T21:00:00Z", "to": "2025-02-10T21:00:00Z"}
    assert set(data["points"][0]) == {
        "headline", "text", "story", "badges", "articles", "sources", "quoted_language",
    }  # fmt: skip
    assert data["points"][0]["sources"][2] == {
        "name": "Agence du Nord", "url": None, "lang": "fr", "ownership": "state",
    }  # fmt: skip
    assert data["coverage"] == {
        "feeds_reached": 8, "feeds_total": 9, "articles_read": 47, "articles_relevant": 12,
        "newest_article_at": "2025-02-10T20:55:00Z", "method": "extractive",
    }  # fmt: skip


def test_a_story_without_a_sentence_in_the_readers_language_is_told_by_its_facts_and_its_original_headline() -> None:
    card = FactCard(("prisoners",), None, ("L:ukraine", "P:trump"), ("84:prisoners",), 2)
    foreign = point("Ukraine and Russia swap 84 prisoners each", ENGLISH, quoted_language="en", facts=card)
    words = plain(briefing_message(briefing("fr", *POINTS, foreign)))
    assert "84 prisonniers" in words
    assert "Donald Trump" in words
    assert "«\u00a0Ukraine and Russia swap 84 prisoners each\u00a0» — The Harbour Post" in words


@pytest.mark.parametrize("unit", facts.units())
@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_everything_a_fact_card_counts_has_its_word(language: ReaderLanguage, unit: str) -> None:
    assert translator(language).knows(f"unit.{unit}")
