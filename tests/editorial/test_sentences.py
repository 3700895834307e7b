"""Where a sentence ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.sentences import split
from tests.cost import cpu_seconds

FRENCH = [
    ("M. Dupont a vu Mme Durand. Il pleut.", ["M. Dupont a vu Mme Durand.", "Il pleut."]),
    ("Le taux est de 3.5 % ou 60 %. Le reste suit.", ["Le taux est de 3.5 % ou 60 %.", "Le reste suit."]),
    ("Il part à 8 h. 30 ou plus.", ["Il part à 8 h.", "30 ou plus."]),
    ("Le 12 févr. 2025 à Kyiv. Puis Lviv.", ["Le 12 févr. 2025 à Kyiv.", "Puis Lviv."]),
    ("« Rien n'est fini. On attend. » Le maire sourit.", ["« Rien n'est fini. On attend. »", "Le maire sourit."]),
    ("« Rien n'est fini. On attend. », dit le maire. Fin.", ["« Rien n'est fini. On attend. », dit le maire.", "Fin."]),
    ("« Est-ce fini ? » demande Paul. Oui.", ["« Est-ce fini ? » demande Paul.", "Oui."]),
    ('Il lance : "Tout va bien. Je reste."Le public rit.', ['Il lance : "Tout va bien. Je reste."', "Le public rit."]),
    ("J. K. Martin et Jean P. Roche parlent. Bien.", ["J. K. Martin et Jean P. Roche parlent.", "Bien."]),
    ("Ils passent au plan B. Il échoue.", ["Ils passent au plan B.", "Il échoue."]),
    ("Il cite l'O.N.U. à Genève. Elle répond.", ["Il cite l'O.N.U. à Genève.", "Elle répond."]),
    ("Des blés, des orges, etc. Les ports sont pleins.", ["Des blés, des orges, etc.", "Les ports sont pleins."]),
    ("Il est parti en Suisse.Selon lui, tout va.", ["Il est parti en Suisse.", "Selon lui, tout va."]),
    ('Selon l\'USGS."Il était fort", dit Paul.', ["Selon l'USGS.", '"Il était fort", dit Paul.']),
    ("Il dépend (de l'OMS).Le reste suit.", ["Il dépend (de l'OMS).", "Le reste suit."]),
    ("Une sortie difficileLe ministre part.", ["Une sortie difficile", "Le ministre part."]),
    ("Voir www.exemple.fr. Rien d'autre.", ["Voir www.exemple.fr.", "Rien d'autre."]),
    ("Le maire (il l'a dit. Deux fois.) part. Bien.", ["Le maire (il l'a dit. Deux fois.) part.", "Bien."]),
    ("Un drone tombe. 🔴 La ville dort.", ["Un drone tombe.", "🔴 La ville dort."]),
    ("Il hésite… Le public attend !", ["Il hésite…", "Le public attend !"]),
    ("Il cède ? Non. Jamais !", ["Il cède ?", "Non.", "Jamais !"]),
]

ENGLISH = [
    ("Mr. Smith met Dr. Jones. It rained.", ["Mr. Smith met Dr. Jones.", "It rained."]),
    ("The U.S. Army left the U.S. The end came.", ["The U.S. Army left the U.S.", "The end came."]),
    ("He came at 5 p.m. Monday. She left.", ["He came at 5 p.m. Monday.", "She left."]),
    ('"Is it over?" Anna Smith asked. "Yes."', ['"Is it over?" Anna Smith asked.', '"Yes."']),
    ('"It is over." He left.', ['"It is over."', "He left."]),
    ("It is No. 10. No. He said so.", ["It is No. 10.", "No.", "He said so."]),
    ("It cost $3.5 million. Sales at Acme Inc. rose.", ["It cost $3.5 million.", "Sales at Acme Inc. rose."]),
]

CYRILLIC = [
    ("uk", "Проф. Іванов приїхав у м. Суми. Він мовчав.", ["Проф. Іванов приїхав у м. Суми.", "Він мовчав."]),
    (
        "uk",
        "Він сказав: «Так. Добре». Ціна 5 млн. Він пішов.",
        ["Він сказав: «Так. Добре».", "Ціна 5 млн.", "Він пішов."],
    ),
    ("ru", "Это было в 2022 г. Они ушли.", ["Это было в 2022 г.", "Они ушли."]),
    ("ru", "«Да», — сказал он. Все молчали.", ["«Да», — сказал он.", "Все молчали."]),
    ("other", "一句话。另一句。", ["一句话。", "另一句。"]),
]


@pytest.mark.parametrize(("text", "expected"), FRENCH)
def test_french_news_is_cut_where_a_reader_would(text: str, expected: list[str]) -> None:
    assert split(text, "fr") == expected


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english_news_is_cut_where_a_reader_would(text: str, expected: list[str]) -> None:
    assert split(text, "en") == expected


@pytest.mark.parametrize(("language", "text", "expected"), CYRILLIC)
def test_other_scripts_are_cut_sensibly(language: str, text: str, expected: list[str]) -> None:
    assert split(text, language) == expected


def test_words_that_announce_a_quotation_stay_with_it_across_paragraphs() -> None:
    text = "Le colonel veut la fin des combats :\n« Chaque jour compte. Arrêtons. »\nLa suite est incertaine."
    assert split(text, "fr") == [
        "Le colonel veut la fin des combats : « Chaque jour compte. Arrêtons. »",
        "La suite est incertaine.",
    ]


def test_text_without_capitals_is_still_cut() -> None:
    assert split("tout est calme. rien ne bouge.", "fr") == ["tout est calme.", "rien ne bouge."]


def test_brand_names_with_inner_capitals_are_left_whole() -> None:
    assert split("Il préfère LaRuche à WhatsApp Les soirs d'été.", "fr") == [
        "Il préfère LaRuche à WhatsApp Les soirs d'été."
    ]


def test_nothing_gives_nothing() -> None:
    assert split("", "fr") == []
    assert split(" \n\t\n ", "en") == []


@given(st.text(alphabet="AaéÉ.!?…«»“”\"'()[]:, \n0M", max_size=200), st.sampled_from(["fr", "en", "uk", "ru", "other"]))
def test_no_visible_character_is_lost_added_or_moved(text: str, language: str) -> None:
    assert "".join("".join(split(text, language)).split()) == "".join(text.split())


@given(st.text(max_size=300), st.sampled_from(["fr", "en", "uk", "ru", "other"]))
def test_any_text_gives_trimmed_sentences_on_one_line(text: str, language: str) -> None:
    for sentence in split(text, language):
        assert sentence == " ".join(sentence.split())
        assert sentence


@pytest.mark.parametrize(
    "unit", [".", "A.", "a. ", "Le. ", '"', "« a. ", "(", "(a. B", "mot ", "a:\n«", "aaLe ", "a", '". A', ".)))))"]
)
def test_hostile_text_costs_linear_time(unit: str) -> None:
    assert cpu_seconds(lambda: split(unit * (200_000 // len(unit)), "fr")) < 3
