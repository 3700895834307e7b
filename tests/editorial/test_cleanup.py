"""An article's prose, without what web pages put around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.cleanup import clean, is_heading, is_noise, without_kicker
from bot.editorial.text import words
from tests.cost import cpu_seconds

PROSE = "Le port de Valmer a rouvert mardi. Les grues tournent de nouveau."
ENGLISH_PROSE = "The port of Valmer reopened on Tuesday. Its cranes are turning again."


@pytest.mark.parametrize(
    "line",
    [
        "Lire aussi : le port de Valmer en cinq dates",
        "À lire également",
        "À voir aussi - La visite du port",
        "Crédit photo : AFP",
        "© Agence du Port / Reuters",
        "Photo : Jeanne Martin",
        "AFP / Jeanne Martin",
        "Par Jeanne Martin (à Valmer)",
        "Par La rédaction avec AFP",
        "Avec AFP",
        "Publié le 10/02/2025 à 08h00",
        "Mis à jour le 11 février 2025",
        "Temps de lecture : 3 min",
        "Abonnez-vous pour lire la suite",
        "Inscrivez-vous à notre lettre",
        "Suivez-nous sur les réseaux",
        "La suite après cette publicité",
        "Cet article est réservé aux abonnés",
        "https://exemple.org/port",
        "* * *",
        "— Le Port (@portvalmer) 12 février 2025",
    ],
)
def test_french_noise_around_the_prose_is_dropped(line: str) -> None:
    assert clean(f"{line}\n{PROSE}\n{line}", "fr") == PROSE


@pytest.mark.parametrize(
    "line",
    [
        "Read more: the port in five dates",
        "Related: cranes",
        "By Jane Martin in Valmer",
        "Image source, Reuters",
        "Photo credit: AP",
        "ADVERTISEMENT",
        "Sign up for our letter",
        "CLICK HERE TO GET THE APP",
        "Published 3 hours ago",
        "Jane Martin contributed to this report.",
        "The post Valmer reopens appeared first on Port News.",
        "Reporting by Jane Martin; editing by John Roe",
        "Follow us on social media",
    ],
)
def test_english_noise_around_the_prose_is_dropped(line: str) -> None:
    assert clean(f"{line}\n{ENGLISH_PROSE}\n{line}", "en") == ENGLISH_PROSE


@pytest.mark.parametrize(
    "sentence",
    [
        "À lire les dépêches, le port n'a jamais fermé.",
        "Publier la liste des navires serait dangereux, dit le capitaine.",
        "Par un matin de brume, trois navires ont quitté le port de Valmer sans prévenir personne à quai.",
        "Avec Reuters et la BBC, le port a conclu un accord inattendu sur les images de la rade.",
        "La photo montre un navire à quai.",
        "Le 10 février 2025, le port a fermé.",
    ],
)
def test_prose_that_resembles_noise_stays(sentence: str) -> None:
    assert clean(sentence, "fr") == sentence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("VALMER, 10 février (AFP) - Le port a rouvert.", "Le port a rouvert."),
        ("VALMER (Reuters) — Le port a rouvert.", "Le port a rouvert."),
        ("Valmer, Norlande (AP) – Le port a rouvert.", "Le port a rouvert."),
        ("Valmer (AFP) - Le port a rouvert.", "Le port a rouvert."),
        ("(CNN) Le port a rouvert.", "Le port a rouvert."),
        ("VALMER - Le port a rouvert.", "Le port a rouvert."),
        ("DÉCRYPTAGE - Le port a rouvert.", "Le port a rouvert."),
        ("EN DIRECT. Le port a rouvert.", "Le port a rouvert."),
        ("INFO LE PHARE - Le port a rouvert.", "Le port a rouvert."),
        ("🔴 Le port a rouvert.", "Le port a rouvert."),
        ("Le port a rouvert (Photo : J. Martin).", "Le port a rouvert."),
        ("Le port ![grue](https://exemple.org/a.png) a rouvert.", "Le port a rouvert."),
        ("Le <b>port</b> a rouvert.", "Le port a rouvert."),
        ("Le po\u200brt\u202e a\x00 rouvert.", "Le port a rouvert."),
        ("Le port a rouvert dans le [...]", "Le port a rouvert dans le…"),
        ("Le port a rouvert. Le maire [&]", "Le port a rouvert. Le maire [&]"),
    ],
)
def test_what_stands_within_a_line_of_prose_is_cut_out(text: str, expected: str) -> None:
    assert clean(text, "fr") == expected


def test_the_line_wordpress_adds_to_an_excerpt_is_dropped() -> None:
    tail = "L’article 🇺🇦 Valmer : le port rouvre ? est apparu en premier sur LE PHARE."
    assert clean(f"{PROSE} Les marins […]\n{tail}", "fr") == f"{PROSE} Les marins…"
    assert clean(f"{PROSE} {tail}", "fr") == PROSE
    assert clean(f"{ENGLISH_PROSE}\nThe post Valmer reopens first appeared on Port News.", "en") == ENGLISH_PROSE


def test_headings_go_where_there_are_paragraphs_between_them() -> None:
    paragraphs = [PROSE, "Un chenal rouvert", PROSE, "Des navires en vue ?", PROSE, "LE PORT DEMAIN", PROSE]
    assert clean("\n".join(paragraphs), "fr") == "\n".join([PROSE] * 4)


def test_an_excerpt_s_only_line_is_content_even_without_a_final_stop() -> None:
    assert clean("Le port a rouvert mardi", "fr") == "Le port a rouvert mardi"


def test_paragraphs_without_final_stops_are_not_all_taken_for_headings() -> None:
    lines = [f"Le navire numéro {n} a quitté le port" for n in range(8)]
    assert clean("\n".join(lines), "fr") == "\n".join(lines)


def test_the_title_repeated_above_or_glued_to_the_text_is_dropped() -> None:
    title = "Le port de Valmer rouvre après la tempête"
    assert clean(f"{title.upper()}\n{PROSE}", "fr", title) == PROSE
    assert clean(f"{title} {PROSE}", "fr", title) == PROSE


def test_a_first_sentence_that_the_title_repeats_stays() -> None:
    assert clean("Le port de Valmer a rouvert.", "fr", "Le port de Valmer a rouvert") == "Le port de Valmer a rouvert."


def test_a_page_of_noise_gives_nothing() -> None:
    assert clean("Lire aussi : le port\nAvec AFP\n© LE PHARE", "fr") == ""
    assert clean("", "en") == ""


def test_a_label_is_taken_off_and_a_bare_label_left() -> None:
    assert without_kicker("REPORTAGE - Le port rouvre", "fr") == "Le port rouvre"
    assert without_kicker("BREAKING: Port reopens", "en") == "Port reopens"
    assert without_kicker("Le port rouvre", "fr") == "Le port rouvre"


def test_headings_are_short_or_shouted() -> None:
    assert is_heading("Un chenal rouvert")
    assert is_heading("LE PORT ROUVRE !")
    assert not is_heading("Le port rouvre.")
    assert not is_heading("Le port " * 20)


def test_noise_is_judged_in_the_line_s_language() -> None:
    assert is_noise("Lire aussi : le port", "fr")
    assert not is_noise("Lire aussi : le port", "en")
    assert is_noise("Читайте також: порт", "uk")


@given(st.text(max_size=300), st.sampled_from(["fr", "en", "uk", "ru", "other"]), st.text(max_size=60))
def test_any_text_gives_trimmed_lines_with_something_in_them(text: str, language: str, title: str) -> None:
    cleaned = clean(text, language, title)
    assert all(line == line.strip() and line for line in cleaned.split("\n") if cleaned)


@given(
    st.lists(
        st.sampled_from(["Le port rouvre.", "Lire aussi : x", "DIRECT - Oui.", "Un titre", "« Non. »", "🔴"]),
        max_size=8,
    )
)
def test_cleaning_only_takes_words_away(lines: list[str]) -> None:
    source = words(" ".join(lines))
    rest = iter(source)
    assert all(any(word == other for other in rest) for word in words(clean("\n".join(lines), "fr")))


@pytest.mark.parametrize(
    "unit",
    [
        " ",
        "\n",
        "[",
        "(photo",
        "L'article ",
        " est apparu en premier sur ",
        "<b",
        "![a](",
        "lire aussi: ",
        "A ",
        "A-",
        "Par Jean ",
    ],
)
def test_hostile_text_costs_linear_time(unit: str) -> None:
    assert cpu_seconds(lambda: clean(unit * (200_000 // len(unit)), "fr", "titre")) < 3


def test_spaces_that_inline_markup_left_before_a_comma_go_and_french_ones_before_high_marks_stay() -> None:
    assert clean("The envoy to the United Nations , Ann Kerry , spoke .", "en") == (
        "The envoy to the United Nations, Ann Kerry, spoke."
    )
    assert clean("Il a dit : « Jamais ! »", "fr") == "Il a dit : « Jamais ! »"


def test_link_titles_that_were_made_to_end_like_sentences_go() -> None:
    text = 'The port reopens on Tuesday. Minister resigns over bridge . "At last," she said. The ferry runs.'
    assert clean(text, "en") == 'The port reopens on Tuesday. "At last," she said. The ferry runs.'


def test_a_sentence_whose_last_words_were_a_link_stays() -> None:
    text = "The port reopens on Tuesday. The ferry of Valmer runs to the islands . Mara Holt was there."
    assert (
        clean(text, "en")
        == "The port reopens on Tuesday. The ferry of Valmer runs to the islands. Mara Holt was there."
    )


def test_where_every_stop_has_a_space_before_it_sentences_stay() -> None:
    assert clean("Ships left Valmer . They went home .", "en") == "Ships left Valmer. They went home."
