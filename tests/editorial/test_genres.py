"""Kinds of article: what is printed beside reports says so, and a report is taken for nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.language import ArticleLanguage
from bot.editorial.genres import Genre, genre
from bot.editorial.gravity import of_kind

ENGLISH = [
    ("The Papers: 'City in the dark' and rail fares to rise", "", Genre.ROUND_UP),
    ("Newspaper headlines: Raid on port and tax row", "", Genre.ROUND_UP),
    ("Raid and rates", "Wednesday's papers lead with the raid on the port.", Genre.ROUND_UP),
    ("War in Ukraine: what we know on day 57 of the invasion", "", Genre.ROUND_UP),
    ("Your guide to day nineteen of the war", "", Genre.ROUND_UP),
    ("Port raided and talks stall - Ukraine war daily round-up", "", Genre.ROUND_UP),
    ("Ukraine war: a visual guide to the front", "", Genre.SERVICE),
    ("How you can help people fleeing Ukraine", "", Genre.SERVICE),
    ("Five ways the war may change your bills", "", Genre.SERVICE),
    ("In pictures: Odesa after the raid", "", Genre.PICTURES),
    ("Odesa after the raid – video", "", Genre.PICTURES),
    ("Graphic video shows street after raid", "", Genre.PICTURES),
    ("Why the truce will not hold | Jane Harbour", "", Genre.OPINION),
    ("Analysis: the truce has two readings", "", Genre.OPINION),
    ("Ukraine war: port of Odesa hit by drones – live", "", Genre.LIVE),
    ("She gave birth in a cellar as shells fell on Kharkiv", "", Genre.PEOPLE),
    ("Two soldiers marry at a checkpoint", "", Genre.PEOPLE),
    ("'I left my cello behind': a family's road from Dnipro", "", Genre.PEOPLE),
    ("Zelensky: 'We will not give up our land'", "", Genre.REPORT),
    ("Woman and two boys killed as missile hits flats in Kharkiv", "", Genre.REPORT),
    ("Russian troops take control of the port", "", Genre.REPORT),
    ("EU adopts guidelines on frozen assets", "", Genre.REPORT),
    ("Ministers map out new sanctions", "", Genre.REPORT),
]

FRENCH = [
    ("Revue de presse : la ville dans le noir, le prix du train", "", Genre.ROUND_UP),
    ("Guerre en Ukraine : ce qu'il faut retenir de la journée de mardi", "", Genre.ROUND_UP),
    ("Ukraine : le point de situation au 57e jour de guerre", "", Genre.ROUND_UP),
    ("Raid sur le port, trêve, loi sur l'eau… L'actu de ce jeudi 6 mars", "", Genre.ROUND_UP),
    ("Le port, la trêve et l'eau", "Retrouvez l'essentiel de l'actualité de la matinée.", Genre.ROUND_UP),
    ("Guerre en Ukraine : comment aider les réfugiés", "", Genre.SERVICE),
    ("Tout comprendre à la bataille du port en trois cartes", "", Genre.SERVICE),
    ("EN IMAGES. Odessa après le raid", "", Genre.PICTURES),
    ("VIDÉO. Le port d'Odessa en flammes", "", Genre.PICTURES),
    ("TRIBUNE. La trêve ne tiendra pas", "", Genre.OPINION),
    ("L'éditorial de Jeanne Duport : « Une trêve pour rien »", "", Genre.OPINION),
    ("EN DIRECT - Guerre en Ukraine : le port d'Odessa touché", "", Genre.LIVE),
    ("Elle accouche dans une cave de Kharkiv", "", Genre.PEOPLE),
    ("Deux soldats se marient à un poste de contrôle", "", Genre.PEOPLE),
    ("« J'ai laissé mon violoncelle » : une famille sur la route de Dnipro", "", Genre.PEOPLE),
    ("Zelensky : « Nous ne céderons pas notre terre »", "", Genre.REPORT),
    ("Kharkiv : une mère et ses deux fils tués dans une frappe de missile", "", Genre.REPORT),
    ("L'armée russe s'empare du port", "", Genre.REPORT),
    ("Guerre en Ukraine : trois morts à Odessa", "LE POINT DE SITUATION - Le port a brûlé.", Genre.REPORT),
]


@pytest.mark.parametrize(("title", "lead", "kind"), ENGLISH)
def test_an_english_article_says_what_kind_it_is(title: str, lead: str, kind: Genre) -> None:
    assert genre(title, lead, "en") is kind


@pytest.mark.parametrize(("title", "lead", "kind"), FRENCH)
def test_a_french_article_says_what_kind_it_is(title: str, lead: str, kind: Genre) -> None:
    assert genre(title, lead, "fr") is kind


def test_every_kind_that_is_no_report_keeps_less_of_its_worth() -> None:
    assert of_kind(Genre.REPORT) == 1.0
    assert all(0 < of_kind(kind) < 1.0 for kind in Genre if kind is not Genre.REPORT)


@given(st.text(), st.text(), st.sampled_from(["fr", "en", "uk", "ru", "other"]))
def test_any_text_has_a_kind(title: str, lead: str, language: ArticleLanguage) -> None:
    assert genre(title, lead, language) in Genre
