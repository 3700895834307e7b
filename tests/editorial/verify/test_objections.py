"""Verification: what is said otherwise than in the evidence is refused; what says the same is not."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.claim import Modality, Phase
from bot.domain.language import ReaderLanguage
from bot.domain.writing import Bullet, Objection
from bot.editorial.verify import objections
from tests.bench.verify_pairs import PAIRS, Pair
from tests.editorial.verify.lines import against, evidence

RAID = "Selon Kyiv, la Russie a lancé 41 drones et 12 missiles sur Odessa dans la nuit de lundi à mardi."
RAID_EN = "According to Kyiv, Russia launched 41 drones and 12 missiles at Odesa overnight from Monday to Tuesday."
CALL = "Le Kremlin n’a pas confirmé l’entretien téléphonique entre Donald Trump et Vladimir Poutine."
PLAN = "Washington propose une trêve de trente jours, qui pourrait commencer en mars, a dit Marco Rubio."
QUOTED = "« Nous sommes prêts à discuter d’une trêve », a déclaré Volodymyr Zelensky à Kyiv."


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.en[:30])
def test_a_faithful_line_is_refused_for_nothing_but_caution(pair: Pair) -> None:
    for source, language in ((pair.fr, "fr"), (pair.en, "en")):
        again = (pair.fr_again, "fr") if language == "fr" else (pair.en_again, "en")
        for line, of in ((pair.fr, "fr"), (pair.en, "en"), again):
            found = objections(Bullet(line, ("s1",)), {"s1": evidence(source, language)}, of)  # type: ignore[arg-type]
            assert set(found) <= {Objection.HARM}


@pytest.mark.parametrize(
    ("line", "objection"),
    [
        (RAID.replace("41", "14"), Objection.NUMBER),
        (RAID.replace("41", "12").replace("12 missiles", "41 missiles"), Objection.NUMBER),
        (RAID.replace("41 drones", "41 missiles").replace("12 missiles", "12 drones"), Objection.NUMBER),
        (RAID.replace("Odessa", "Kharkiv"), Objection.NAME),
        (RAID.replace("la Russie", "la Biélorussie"), Objection.NAME),
        (RAID.replace("mardi", "jeudi"), Objection.DATE),
        (RAID.replace("a lancé", "n’a pas lancé"), Objection.NEGATION),
        (RAID.removeprefix("Selon Kyiv, l").capitalize(), Objection.CLAIMANT),
        (RAID.replace("Selon Kyiv", "Selon Moscou"), Objection.CLAIMANT),
        (RAID_EN, Objection.LANGUAGE),
        (RAID.replace("Kyiv", "« Kyiv l’invincible »"), Objection.QUOTE),
    ],
)
def test_one_wrong_thing_is_found(line: str, objection: Objection) -> None:
    assert objection in against(line, RAID)


@pytest.mark.parametrize(
    ("line", "objection"),
    [
        (RAID_EN.replace("41", "42"), Objection.NUMBER),
        (RAID_EN.replace("41", "12").replace("12 missiles", "41 missiles"), Objection.NUMBER),
        (RAID_EN.replace("Odesa", "Sumy"), Objection.NAME),
        (RAID_EN.replace("Tuesday", "Friday"), Objection.DATE),
        (RAID_EN.replace("launched", "did not launch"), Objection.NEGATION),
        (RAID_EN.replace("According to Kyiv, ", ""), Objection.CLAIMANT),
    ],
)
def test_it_is_found_between_languages_too(line: str, objection: Objection) -> None:
    assert objection in against(line, RAID, "en", of="fr")


@pytest.mark.parametrize(
    "line",
    [
        CALL.replace("n’a pas confirmé", "a confirmé"),
        "Le Kremlin et Donald Trump confirment l’entretien téléphonique avec Vladimir Poutine.",
        "Le Kremlin dément l’entretien téléphonique entre Donald Trump et Vladimir Poutine.",
    ],
)
def test_who_leaves_something_open_neither_confirms_nor_denies_it(line: str) -> None:
    assert against(line, CALL) & {Objection.NEGATION, Objection.DENIAL}


@pytest.mark.parametrize(
    "line",
    [
        "Washington a signé une trêve de trente jours, a dit Marco Rubio.",
        "Une trêve de trente jours est entrée en vigueur, a dit Marco Rubio.",
        "Une trêve de trente jours commence en mars, a dit Marco Rubio.",
        "La guerre est finie, a dit Marco Rubio.",
    ],
)
def test_what_is_offered_does_not_come_about(line: str) -> None:
    assert against(line, PLAN) & {Objection.PHASE, Objection.MODALITY}


def test_a_line_may_not_declare_more_than_its_words() -> None:
    source = {"s1": evidence(PLAN, "fr")}
    assert Objection.PHASE in objections(Bullet(PLAN, ("s1",), phase=Phase.AGREED), source, "fr")
    assert not objections(Bullet(PLAN, ("s1",), phase=Phase.PROPOSED, modality=Modality.CONDITIONAL), source, "fr")


def test_quoted_words_are_the_evidences_own() -> None:
    assert not against(QUOTED, QUOTED)
    assert Objection.QUOTE in against(QUOTED.replace("prêts à", "heureux de"), QUOTED)
    translated = "“We are ready to discuss a truce,” Volodymyr Zelensky said in Kyiv."
    assert against(translated, QUOTED, "en", of="fr") == {Objection.QUOTE}


def test_numbers_are_compared_whatever_their_writing() -> None:
    source = (
        "Trois mille deux cents soldats et 1,5 milliard d’euros ont été promis par l’Allemagne, soit 60 % du total."
    )
    line = "Germany has promised 3,200 soldiers and €1.5bn, 60 percent of the total."
    assert Objection.NUMBER not in against(line, source, "en", of="fr")
    assert Objection.NUMBER in against(line.replace("3,200", "3,300"), source, "en", of="fr")
    assert Objection.NUMBER in against(line.replace("€", "$"), source, "en", of="fr")


def test_a_date_may_be_told_as_its_weekday_and_the_other_way_round() -> None:
    source = "Hier, la Pologne a reçu 14 chars de l’Allemagne à Varsovie."
    assert Objection.DATE not in against("Dimanche, la Pologne a reçu 14 chars de l’Allemagne à Varsovie.", source)
    assert not against("Le 9 février, la Pologne a reçu 14 chars de l’Allemagne à Varsovie.", source)
    assert Objection.DATE in against("Samedi, la Pologne a reçu 14 chars de l’Allemagne à Varsovie.", source)


@pytest.mark.parametrize("cites", [(), ("s2",), ("s1", "s9")])
def test_evidence_that_does_not_exist_carries_nothing(cites: tuple[str, ...]) -> None:
    assert objections(Bullet(RAID, cites), {"s1": evidence(RAID, "fr")}, "fr") == (Objection.CITES,)


@given(number=st.integers(min_value=2, max_value=9_999_999))
@example(number=4)  # the day the evidence means by Tuesday
def test_no_other_number_passes(number: int) -> None:
    changed = Objection.NUMBER in against(RAID.replace("41", str(number)), RAID)
    # The crossed 12 is another number too: it counts missiles there.
    assert changed is (number != 41)


@given(line=st.text(max_size=300), source=st.text(max_size=300))
def test_whatever_is_written_is_judged_and_nothing_breaks(line: str, source: str) -> None:
    for language in ("fr", "en"):
        assert isinstance(against(line, source, language), set)


@pytest.mark.parametrize(
    ("source", "line", "language"),
    [
        (
            "Russia is blocking Facebook in Ukraine, according to its regulator.",
            "Russia is blocking Facebook in Ukraine.",
            "en",
        ),
        (
            "According to her, the Crimea bridge stays closed until March.",
            "The Crimea bridge stays closed until March.",
            "en",
        ),
        (
            "Selon lui, le pont de Crimée restera fermé jusqu’en mars.",
            "Le pont de Crimée restera fermé jusqu’en mars.",
            "fr",
        ),
    ],
)  # fmt: skip
def test_somebodys_word_stays_somebodys_even_where_it_can_not_be_told_whose(
    source: str, line: str, language: ReaderLanguage
) -> None:
    assert Objection.CLAIMANT in against(line, source, language)
    assert against(source, source, language) == set()


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("Le gaz reste la première source de revenus de la Russie.", "La Russie tire du gaz ses premiers revenus."),
        ("Selon lui, le pont de Crimée restera fermé jusqu’en mars.",
         "Le pont de Crimée restera fermé jusqu’en mars, a-t-il dit."),
        ("Selon lui, le pont de Crimée restera fermé jusqu’en mars.",
         "D’après lui, le pont de Crimée restera fermé jusqu’en mars."),
    ],
)  # fmt: skip
def test_a_line_that_keeps_it_or_has_none_to_keep_is_not_refused_for_it(source: str, line: str) -> None:
    assert Objection.CLAIMANT not in against(line, source)
