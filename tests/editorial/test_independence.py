"""Independence: one owner, one text, one agency and one belligerent count once."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.feed import Ownership
from bot.domain.story import SourcedArticle
from bot.editorial.independence import copies, groups, independent_sources, simhash
from bot.editorial.outlets import agency, owner
from bot.editorial.settling import excerpt, shortened
from tests.cost import cpu_seconds
from tests.editorial.stories_cases import article, sourced

LONG = (
    "Le maire de la ville a annoncé mardi soir que le pont serait fermé jusqu'à la fin de l'été, le temps de vérifier "
    "les piles que la crue de mars a découvertes. Les habitants de la rive gauche devront faire un détour de douze "
    "kilomètres. Le conseil municipal votera jeudi une aide aux commerçants, et l'armée promet une passerelle avant "
    "la rentrée des classes, qui servira aussi aux ambulances et aux cars scolaires de la vallée voisine."
)


def piece(name: str, title: str, summary: str = "", url: str | None = None, **about: object) -> SourcedArticle:
    number = len(title) * 1_000 + len(summary)
    return sourced(article(f"{name}-{number}", title, summary, url=url), name, **about)  # type: ignore[arg-type]


def test_two_outlets_that_write_their_own_are_two() -> None:
    assert independent_sources([piece("Radio Vallée", "Le pont est fermé"), piece("La Rive", "Fermeture du pont")]) == 2


def test_no_article_is_no_source() -> None:
    assert independent_sources([]) == 0


def test_the_sections_of_an_outlet_are_one() -> None:
    assert (
        independent_sources(
            [piece("La Rive - Monde", "Le pont est fermé"), piece("La Rive | Sport", "Un match reporté")]
        )
        == 1
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Le Figaro - La Une", None), ("x", "https://video.lefigaro.fr/figaro/1")),
        (("BBC World", "https://feeds.bbci.co.uk/news/1"), ("BBC Afrique", "https://www.bbc.com/afrique/1")),
        (("BFM", "https://www.bfmtv.com/a"), ("RMC", "https://rmc.bfmtv.com/b")),
        (("Les Échos", "https://www.lesechos.fr/a"), ("Le Parisien", "https://www.leparisien.fr/b")),
        (("NETCOM SN", None), ("Netcom", "https://netcomsn.com/2025/02/10/article/")),
    ],
)
def test_one_owner_is_one_source(one: tuple[str, str | None], other: tuple[str, str | None]) -> None:
    pieces = [piece(one[0], "Le pont est fermé", url=one[1]), piece(other[0], "Un match est reporté", url=other[1])]
    assert independent_sources(pieces) == 1


def test_hosts_that_say_nothing_leave_the_name_to_tell() -> None:
    here = [piece(name, name, url=f"http://127.0.0.1:8{number}/feed") for number, name in enumerate(("Alpha", "Bêta"))]
    shared = [piece(name, name, url="https://news.google.com/articles/1") for name in ("Alpha", "Bêta")]
    assert independent_sources(here) == independent_sources(shared) == 2


def test_the_government_controlled_media_of_a_belligerent_are_that_party() -> None:
    russian = [
        piece("TASS", "Le pont est fermé", url="https://tass.com/1"),
        piece("Sputnik Afrique", "Fermeture d'un pont", url="https://fr.sputniknews.africa/1"),
        piece("Radio inconnue", "Un pont fermé au trafic", country="RU", ownership=Ownership.STATE),
    ]
    assert {owner(one) for one in russian} == {"moscow"}
    ukrainian = piece("Télé inconnue", "Le trafic coupé", country="UA", ownership=Ownership.STATE)
    assert independent_sources([*russian, ukrainian]) == 2


def test_public_and_private_media_of_a_belligerent_are_not_the_party() -> None:
    public = piece("Suspilne", "Le pont est fermé", country="UA", ownership=Ownership.PUBLIC)
    private = piece("Radio inconnue", "Un pont fermé", country="RU", ownership=Ownership.PRIVATE)
    assert {owner(public), owner(private)}.isdisjoint({"kyiv", "moscow"})


@pytest.mark.parametrize(
    "credit",
    [
        "Le pont est fermé depuis mardi. (AFP)",
        "KHERSON (AFP) - Le pont est fermé depuis mardi.",
        "Le pont est fermé depuis mardi. Avec l'AFP.".replace("Avec", "avec"),
        "Le pont est fermé depuis mardi. Source : AFP",
        "Le pont est fermé depuis mardi. © AFP",
    ],
)
def test_a_credited_agency_is_the_source(credit: str) -> None:
    pieces = [piece("Radio Vallée", "Pont fermé", credit), piece("AFP", "Une fermeture jusqu'à l'été")]
    assert agency(pieces[0]) == "afp"
    assert independent_sources(pieces) == 1


@pytest.mark.parametrize(
    "quoted",
    [
        "Le maire a dit à l'AFP que le pont était fermé depuis mardi.",
        "The mayor told Reuters that the bridge was closed.",
        "Selon l'agence TASS, le pont est fermé depuis mardi soir et le restera.",
        "The AP reported a closed bridge on Tuesday.",
    ],
)
def test_an_agency_that_is_quoted_is_not_the_source(quoted: str) -> None:
    assert agency(piece("Radio Vallée", "Pont fermé", quoted)) is None


def test_the_wire_of_a_state_agency_is_its_government_speaking() -> None:
    copied = piece("Radio Vallée", "Pont fermé", "Le pont est fermé depuis mardi. (TASS)")
    assert agency(copied) == "moscow"
    assert independent_sources([copied, piece("RT", "Un pont coupé")]) == 1


def test_one_headline_is_one_source_and_a_shared_phrase_is_not() -> None:
    one = piece("Radio Vallée", "Le pont de la vallée fermé jusqu'à la fin de l'été")
    same = piece("La Rive", "Le pont de la vallée est fermé jusqu'à la fin de l'été")
    longer = piece("Le Quai", "Le pont de la vallée")
    assert independent_sources([one, same]) == 1
    assert independent_sources([one, longer]) == 2


def test_one_text_under_two_headlines_is_one_source() -> None:
    one = piece("Radio Vallée", "Un été sans pont", LONG)
    same = piece("La Rive", "Douze kilomètres de détour", LONG.replace("mardi soir", "mardi"))
    other = piece("Le Quai", "Les commerçants en colère", " ".join(reversed(LONG.split())))
    assert independent_sources([one, same]) == 1
    assert independent_sources([one, other]) == 2


def test_copies_are_told_from_kin() -> None:
    first = piece("La Rive - Monde", "Le pont est fermé depuis ce matin")
    second = piece("La Rive - Monde", "Une passerelle sera lancée en août")
    assert len(copies([first, second])) == 2
    assert len(groups([first, second])) == 1


NAMES = st.sampled_from(["Alpha", "Bêta", "Gamma", "TASS", "AFP", ""])
TEXTS = st.sampled_from(
    ["", "Le pont est fermé", LONG, LONG[:200], "(AFP)", "\u202e<b>", "Le pont de la vallée fermé hier soir"]
)


@given(st.lists(st.tuples(NAMES, TEXTS, TEXTS), max_size=12))
def test_every_article_is_in_exactly_one_group(parts: list[tuple[str, str, str]]) -> None:
    pieces = [sourced(article(str(number), title, body), name) for number, (name, title, body) in enumerate(parts)]
    found = groups(pieces)
    assert sorted(one.article.id for group in found for one in group) == sorted(one.article.id for one in pieces)
    assert independent_sources(pieces) == len(found) <= len(pieces)
    assert len(found) <= len(copies(pieces))


@given(st.lists(st.tuples(NAMES, TEXTS), min_size=1, max_size=10), st.randoms(use_true_random=False))
def test_the_count_does_not_depend_on_the_order(parts: list[tuple[str, str]], chance: random.Random) -> None:
    pieces = [sourced(article(str(number), title), name) for number, (name, title) in enumerate(parts)]
    shuffled = list(pieces)
    chance.shuffle(shuffled)
    assert independent_sources(shuffled) == independent_sources(pieces)


@settings(max_examples=30)
@given(st.lists(st.sampled_from(LONG.split()), min_size=60, max_size=90))
def test_a_simhash_has_64_bits_and_follows_from_the_words(words: list[str]) -> None:
    assert 0 <= simhash(words) < 2**64
    assert simhash(words) == simhash(list(words))


def test_thousands_of_articles_are_grouped_in_near_linear_time() -> None:
    pieces = [piece(f"Radio {number}", f"Un pont fermé numéro {number}", LONG) for number in range(2_000)]
    assert independent_sources(pieces) == 1
    assert cpu_seconds(lambda: independent_sources(pieces)) < 8


@given(st.text("Été. (AFP) ", max_size=2_000), st.text("pont, 14 ", max_size=2_000))
def test_a_shortened_article_stays_as_it_is_and_credits_whom_it_did(summary: str, text: str) -> None:
    whole = replace(article("a", "Le pont est fermé", summary), text=text)
    short = shortened(whole)
    assert shortened(short) == short
    assert len(short.text) < 310
    assert len(short.summary) < 1_510
    assert agency(sourced(short, "Radio Vallée")) == agency(sourced(whole, "Radio Vallée"))
    assert excerpt(sourced(short, "Radio Vallée")) == excerpt(sourced(whole, "Radio Vallée"))
