"""Dates: what a sentence names, resolved against its publication, never invented."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.language import ArticleLanguage
from bot.editorial.dates import dates
from tests.cost import cpu_seconds

THURSDAY = date(2025, 2, 13)


@pytest.mark.parametrize(
    ("sentence", "language", "expected"),
    [
        ("Ils se sont parlé ce mercredi 12 février.", "fr", [date(2025, 2, 12)]),
        ("Le texte a été signé le 1er mars 2024.", "fr", [date(2024, 3, 1)]),
        ("Les délégations se sont vues lundi.", "fr", [date(2025, 2, 10)]),
        ("Mercredi, les deux présidents se sont longuement entretenus.", "fr", [date(2025, 2, 12)]),
        ("La rencontre aura lieu lundi prochain.", "fr", [date(2025, 2, 17)]),
        ("Il recevra son homologue vendredi.", "fr", [date(2025, 2, 14)]),
        ("Les frappes ont repris hier soir.", "fr", [date(2025, 2, 12)]),
        ("Il arrive jeudi.", "fr", [THURSDAY]),
        ("The delegations met on Monday.", "en", [date(2025, 2, 10)]),
        ("On Wednesday the two sides met.", "en", [date(2025, 2, 12)]),
        ("Talks will resume on Monday with a mediator.", "en", [date(2025, 2, 17)]),
        ("The pact was signed on Feb. 3, 2025.", "en", [date(2025, 2, 3)]),
        ("Signed on 25 December, it lapsed yesterday.", "en", [date(2024, 12, 25), date(2025, 2, 12)]),
    ],
)
def test_a_named_day_is_resolved_against_publication(
    sentence: str, language: ArticleLanguage, expected: list[date]
) -> None:
    assert [found.date for found in dates(sentence, THURSDAY, language)] == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Réunis mercredi 12 janvier à Bruxelles, ils ont promis des armes.",  # a Sunday: the outlet's slip
        "En février 2026, le traité arrivera à son terme.",
        "Avant de rencontrer l'émissaire, vendredi, le président a parlé d'échange.",
        "La guerre a commencé en 2014.",
        "Le 31 février n'existe pas.",
        "Cette semaine pourrait être déterminante.",
        "Dans les prochains jours, une rencontre est envisagée.",
    ],
)
def test_what_is_uncertain_gives_no_date(sentence: str) -> None:
    assert dates(sentence, THURSDAY, "fr") == ()


def test_a_day_after_publication_is_planned() -> None:
    (found,) = dates("The summit is set for 20 February.", THURSDAY, "en")
    assert found.planned
    (found,) = dates("The summit was held on 12 February.", THURSDAY, "en")
    assert not found.planned


@given(st.text(max_size=200), st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.sampled_from(["fr", "en", "ru"]))
def test_any_text_is_read_without_failing(sentence: str, published: date, language: ArticleLanguage) -> None:
    for found in dates(sentence, published, language):
        assert found.planned == (found.date > published)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.sampled_from(["lundi", "samedi", "dimanche"]))
def test_a_weekday_is_never_more_than_a_week_away(published: date, weekday: str) -> None:
    for found in dates(f"Ils ont signé {weekday}.", published, "fr"):
        assert 0 <= (published - found.date).days < 7


def test_a_wall_of_weekdays_costs_little() -> None:
    assert cpu_seconds(lambda: dates("lundi , " * 100_000, THURSDAY, "fr")) < 1.0
