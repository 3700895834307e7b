"""Titles made short enough for a phone, without changing what they say."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.language import ARTICLE_LANGUAGES, ArticleLanguage
from bot.editorial.headline import LONGEST, argues, headline


@pytest.mark.parametrize(
    ("language", "title", "expected"),
    [
        ("fr", "EN DIRECT - Guerre en Ukraine : le port de Valmer rouvre", "Le port de Valmer rouvre"),
        ("fr", "DIRECT. Guerre en Ukraine : le port de Valmer rouvre", "Le port de Valmer rouvre"),
        ("fr", "Guerre Ukraine-Russie, jour 1 082 : le port rouvre au trafic", "Le port rouvre au trafic"),
        ("fr", "🇺🇦 Ukraine : le port de Valmer rouvre", "Le port de Valmer rouvre"),
        ("fr", "Vidéo : le port de Valmer rouvre", "Le port de Valmer rouvre"),
        ("fr", "Le port de Valmer rouvre (vidéo)", "Le port de Valmer rouvre"),
        ("fr", "Le port de Valmer rouvre | Le Phare", "Le port de Valmer rouvre"),
        ("fr", "Le port de Valmer rouvre - Le Phare", "Le port de Valmer rouvre"),
        ("en", "Ukraine war live: Port of Valmer reopens", "Port of Valmer reopens"),
        ("en", "War in Ukraine: Port of Valmer reopens", "Port of Valmer reopens"),
        ("en", "BREAKING: Port of Valmer reopens", "Port of Valmer reopens"),
    ],
)
def test_labels_subjects_outlets_and_symbols_are_taken_off(
    language: ArticleLanguage, title: str, expected: str
) -> None:
    made = headline(title, language, "Le Phare")
    assert (made.text, made.whole, made.fits) == (expected, True, True)


@pytest.mark.parametrize(
    "title",
    [
        "Russie : le port de Valmer rouvre",
        "Macron : « Le port doit rouvrir »",
        "Le Kremlin : aucun navire n'est attendu",
        "Le port de Valmer rouvre - Jean Martin",
    ],
)
def test_who_speaks_and_where_is_never_taken_for_a_label(title: str) -> None:
    assert headline(title, "fr", "Le Phare").text.replace("\u00a0", " ") == title


@pytest.mark.parametrize(
    ("language", "title", "expected"),
    [
        (
            "fr",
            "Le maire de Valmer rouvre le port au trafic après trois semaines de tempête",
            "Le maire de Valmer rouvre le port au trafic",
        ),
        (
            "fr",
            "Le maire de Valmer rouvre le port au trafic, une décision attendue des pêcheurs",
            "Le maire de Valmer rouvre le port au trafic",
        ),
        (
            "fr",
            "Le maire de Valmer rouvre le port au trafic et reçoit longuement les pêcheurs",
            "Le maire de Valmer rouvre le port au trafic",
        ),
        ("fr", "Volodymyr Zelensky reçoit les pêcheurs de Valmer dans la capitale", None),
        (
            "en",
            "Valmer mayor reopens the harbour to all traffic after three weeks of storms",
            "Valmer mayor reopens the harbour to all traffic",
        ),
    ],
)
def test_a_long_title_ends_where_the_rest_only_adds(
    language: ArticleLanguage, title: str, expected: str | None
) -> None:
    made = headline(title, language)
    assert made.fits
    assert made.text == (expected or title.replace("Volodymyr ", ""))


@pytest.mark.parametrize(
    ("language", "title", "kept"),
    [
        ("fr", "Le port de Valmer est entièrement détruit par une frappe de nuit, selon Moscou", "selon Moscou"),
        ("fr", "Le port de Valmer sera rouvert au trafic avant la fin du mois, assure le maire", "assure le maire"),
        ("fr", "Le port de Valmer est entièrement détruit et tous ses navires coulés - Jean Martin", "- Jean Martin"),
        ("en", "The port of Valmer was destroyed entirely in a strike at night, says Moscow", "says Moscow"),
    ],
)
def test_a_source_at_the_end_survives_any_cut(language: ArticleLanguage, title: str, kept: str) -> None:
    made = headline(title, language)
    assert made.text.endswith(kept)
    assert len(made.text) <= LONGEST


@pytest.mark.parametrize(
    "title",
    [
        "Le gouvernement de Norlande va-t-il rouvrir dès demain le port de Valmer au trafic ?",
        "Le maire annonce rouvrir entièrement le port de Valmer au trafic, mais pas aux pêcheurs",
        "Le maire se dit prêt à rouvrir le port de Valmer, si les tempêtes cessent d'ici à mars",
        "Le maire « rouvrira le port dès que possible », « sans attendre la fin des tempêtes »",
    ],
)
def test_what_would_change_the_meaning_is_not_cut_off_silently(title: str) -> None:
    made = headline(title, "fr")
    assert not made.fits
    assert "…" in made.text


def test_a_list_is_not_cut_in_its_middle() -> None:
    made = headline("Valmer sans port, sans pêcheurs et sans hiver, récit d'une longue année de tempêtes", "fr")
    assert made.text != "Valmer sans port"


def test_questions_and_promises_are_teasers() -> None:
    assert headline("Pourquoi le port de Valmer rouvre", "fr").teaser
    assert headline("Le port de Valmer va-t-il rouvrir ?", "fr").teaser
    assert headline("Valmer: See the full list of ships", "en").teaser
    assert not headline("Le port de Valmer rouvre", "fr").teaser


def test_a_title_of_nothing_gives_nothing() -> None:
    assert headline("", "fr").text == ""
    assert not headline("🔴", "fr").fits


@example("«0»", "fr", "")
@given(st.text(max_size=500), st.sampled_from(ARTICLE_LANGUAGES), st.text(max_size=20))
def test_any_title_fits_in_sixty_characters_on_one_line(title: str, language: ArticleLanguage, outlet: str) -> None:
    made = headline(title, language, outlet)
    assert len(made.text) <= LONGEST
    assert made.text.replace("\u00a0", " ") == " ".join(made.text.split())  # French marks bring no-break spaces


@pytest.mark.parametrize("unit", ["a", " ", "A : ", "« ", ", ", "<b>", "EN DIRECT - ", "é"])
def test_a_hostile_title_costs_no_more_than_a_long_one(unit: str) -> None:
    assert len(headline(unit * (1_000_000 // len(unit)), "fr").text) <= LONGEST


@pytest.mark.parametrize(
    ("language", "title", "expected"),
    [
        (  # no half of a quotation between single marks
            "en",
            "Norland says no breakthrough in 'frank and forthright' talks with Sudmark over the closed port of Valmer",
            "Norland says no breakthrough in 'frank and forthright'…",
        ),
        (
            "en",
            "Sanctions on Norland would impose 'severe, overwhelming and lasting' costs",
            "Sanctions on Norland would impose…",
        ),
        (  # "years after" belongs together
            "en",
            "Valmer: Families' quest for hope years after the Norland ferry disaster off the coast",
            "Valmer: Families' quest for hope years after the Norland…",
        ),
        (  # the second of two sentences is the news
            "en",
            "Ferries: They transformed Norland. Now they are leaving the country for good",
            "Ferries: They transformed Norland. Now they are leaving…",
        ),
        (
            "en",
            "The Valmer ferry fled the great storm in the end at last. But its sailors were not so lucky",
            "The Valmer ferry fled the great storm in the end at last…",
        ),
        (  # "and" joins nouns as well as verbs
            "en",
            "'It is not only Valmer we are protecting.' The sailors and fishermen taking up the fight",
            "'It is not only Valmer we are protecting.' The sailors…",
        ),
        (  # "and" soon after "as" joins the subjects of what follows
            "en",
            "Ferries wait and prices climb as Norland and partners consider a ban on salt",
            "Ferries wait and prices climb as Norland and partners…",
        ),
        (  # a contrast is no addition
            "fr",
            "Le Norland ouvre ses ports aux cargos du voisin, tandis qu'il renvoie ceux du Sudmark",
            "Le Norland ouvre ses ports aux cargos du voisin…",
        ),
        (  # what somebody is besides can go, where a verb shows that it is no list
            "fr",
            "L'institutrice Jeanne Martin, enseignante à Valmer depuis 2021, a reçu la médaille du port",
            "L'institutrice Jeanne Martin a reçu la médaille du port",
        ),
        (  # a long opening is a statement of its own: the one behind the colon can stand alone
            "fr",
            "Fermeture des quais, abandon du phare, fin des travaux de la digue : le nouveau maire expose ses projets",
            "Le nouveau maire expose ses projets",
        ),
    ],
)
def test_what_is_too_long_is_parted_where_nothing_breaks(language: ArticleLanguage, title: str, expected: str) -> None:
    assert headline(title, language).text == expected


@pytest.mark.parametrize(
    ("language", "title", "lead", "expected"),
    [
        ("fr", "Faut-il rouvrir le port de Valmer", "", True),
        ("fr", "Le port rouvrira-t-il ?", "", True),
        ("fr", "Le port de Valmer rouvre", "DÉCRYPTAGE - La digue a tenu.", True),
        ("fr", "Le port de Valmer rouvre", "Dans une tribune au « Phare », le maire s'explique.", True),
        ("fr", "Le port de Valmer rouvre", "La digue a tenu.", False),
        ("en", "Analysis: the port of Valmer", "", True),
        ("en", "The port of Valmer reopens", "The sea wall held.", False),
    ],
)
def test_what_argues_or_asks_is_known_by_its_first_words(language: str, title: str, lead: str, expected: bool) -> None:
    assert argues(title, lead, language) is expected
