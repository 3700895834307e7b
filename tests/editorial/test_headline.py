"""Headlines: short, and never turned."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.headline import LONGEST, bare, headline


@pytest.mark.parametrize(
    ("language", "title", "short"),
    [
        ("fr", "Odessa : un terminal touché", "Odessa : un terminal touché"),
        ("fr", "EN DIRECT - Guerre en Ukraine : 84 prisonniers échangés", "84 prisonniers échangés"),
        ("en", "Ukraine war live: Kyiv ready for a 30-day truce", "Kyiv ready for a 30-day truce"),
        ("fr", "🇺🇦 Ukraine : vers un tournant ?", "Ukraine : vers un tournant ?"),
        (
            "en",
            "Ukraine and Russia swap 84 prisoners of war each in Kherson - The Harbour Post",
            "Ukraine and Russia swap 84 prisoners of war each in Kherson",
        ),
        (
            "fr",
            "Odessa : un terminal céréalier touché par des drones, deux dockers sont blessés",
            "Odessa : un terminal céréalier touché par des drones",
        ),
    ],
)
def test_a_title_loses_its_labels_and_its_last_clause_and_nothing_else(language: str, title: str, short: str) -> None:
    assert headline([title], language) == short  # type: ignore[arg-type]  # "fr" or "en"


@pytest.mark.parametrize(
    "title",
    [
        "La ville de Pokrovsk est tombée entre les mains de l’armée, selon le ministère russe de la Défense",
        "Kiev accepte une trêve de trente jours avec Moscou, le Kremlin dément avoir reçu la moindre offre",
        "Un accord de cessez-le-feu sera signé dans la semaine à Ankara, vraiment ? Ce que l’on sait à cette heure",
    ],
)
def test_a_title_is_never_cut_before_what_turns_it(title: str) -> None:
    short = headline([title], "fr")
    assert short.endswith("…")


def test_a_title_that_fits_wins_over_one_that_must_be_shortened() -> None:
    long = "Après une longue nuit de bombardements sur le port, deux dockers blessés à Odessa"
    assert headline([long, "Odessa : deux dockers blessés"], "fr") == "Odessa : deux dockers blessés"


def test_the_title_that_shares_most_with_the_others_wins() -> None:
    titles = [
        "Ce que l’on sait",
        "84 prisonniers échangés entre Kiev et Moscou",
        "Kiev et Moscou échangent 84 prisonniers",
    ]
    assert "84 prisonniers" in headline(titles, "fr")


@given(st.lists(st.text(max_size=300), min_size=1, max_size=5), st.sampled_from(["fr", "en", "uk", "other"]))
def test_any_titles_give_a_headline_that_fits(titles: list[str], language: str) -> None:
    assert len(headline(titles, language)) <= LONGEST  # type: ignore[arg-type]  # one of the languages


@given(st.text(max_size=300))
def test_labels_are_taken_off_once_and_for_all(title: str) -> None:
    assert bare(bare(title, "fr"), "fr") == bare(title, "fr")
