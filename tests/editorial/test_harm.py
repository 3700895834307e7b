"""What is not printed, whoever published it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.harm import Harm, allowed, harms, redact
from tests.cost import cpu_seconds

FORBIDDEN = [
    (Harm.POSITION, "fr", "La batterie se trouve à 48.4647, 35.0462."),
    (Harm.POSITION, "en", "The battery stands at 48°27′N 35°02′E."),
    (Harm.POSITION, "fr", "Ses coordonnées GPS sont 48 27 12 et 35 02 45."),
    (Harm.POSITION, "en", "The unit is at 36U XV 1234 5678."),
    (Harm.POSITION, "fr", "Une frappe a touché la rue des Tilleuls-Verts à Valmer."),
    (Harm.POSITION, "fr", "Un drone s'est abattu sur l'avenue Pouchkine."),
    (Harm.POSITION, "en", "A missile struck Freedom Street in Valmer."),
    (Harm.ADDRESS, "fr", "Il habite au 12, rue Lambert."),
    (Harm.ADDRESS, "fr", "Le siège est au 7 bis boulevard Martin."),
    (Harm.ADDRESS, "en", "She lives at 14 Elm Grove Road."),
    (Harm.PLATE, "fr", "La voiture AB-123-CD a pris la fuite."),
    (Harm.PLATE, "en", "The car, AA 1234 BC, was burnt."),
    (Harm.CONTACT, "fr", "Appelez le 01 23 45 67 89."),
    (Harm.CONTACT, "en", "Call +380 44 123 45 67 for help."),
    (Harm.CONTACT, "fr", "Écrivez à jean.martin@exemple.org."),
    (Harm.PRISONER, "fr", "Ivan Petrouk, prisonnier de guerre, est rentré."),
    (Harm.PRISONER, "en", "The captured soldier Ivan Petruk was shown on television."),
    (Harm.PRISONER, "en", "Azov Regiment fighter Ivan Petruk was captured."),
    (Harm.PRISONER, "en", "Azov Regiment Ivan Petruk was captured in Mariupol."),
    (Harm.PRISONER, "en", "A prisoner, Jordan Petruk, thanked the United Arab Emirates."),
    (Harm.PRISONER, "en", "The captured Paris Moroz came home."),
    (Harm.PRISONER, "fr", "Les Émirats arabes unis ont obtenu le retour du prisonnier Ivan Petrouk."),
    (Harm.PRISONER, "fr", "Le prisonnier Ivan de Kherson Petrouk est rentré."),
    (Harm.MINOR, "fr", "Léna, 12 ans, a fui avec sa mère."),
    (Harm.MINOR, "fr", "La petite Léna, âgée de 9 ans, a fui."),
    (Harm.MINOR, "en", "The 9-year-old Anna fled with her mother."),
    (Harm.MINOR, "en", "Police found Ben, 14, in the cellar."),
    (Harm.VICTIM, "fr", "Oksana Melnik, 43 ans, a été tuée dans sa cuisine."),
    (Harm.VICTIM, "en", "Olena Hrytsak, 61, died in her kitchen."),
    (Harm.GORE, "fr", "Le corps décapité gisait sur la route."),
    (Harm.GORE, "en", "Body parts lay across the road."),
]

PRINTABLE = [
    ("fr", "Une frappe a touché Valmer dans la nuit, a dit le maire."),
    ("fr", "Un garçon de 12 ans et une femme de 43 ans ont été tués."),
    ("fr", "Il a été condamné à 12 ans de prison."),
    ("fr", "Le président Volodymyr Zelensky a annoncé un échange de prisonniers."),
    ("fr", "Maria Lopatina, commissaire aux droits humains, a annoncé le retour de prisonniers."),
    ("fr", "Donald Trump, 78 ans, a évoqué les soldats tués."),
    ("fr", "Le 12 février 2025, 1 234 567 890 euros ont été versés."),
    ("fr", "Le Quai d'Orsay condamne les tirs de missiles."),
    ("en", "Downing Street condemned the strikes."),
    ("en", "On March 12, Russia launched 124 drones."),
    ("en", "The ministry said 84 prisoners came home."),
    ("en", "The two sides swapped 205 prisoners of war each, mediated by the United Arab Emirates."),
    ("en", "Zelensky thanked the United Arab Emirates for the prisoner exchange."),
    ("en", "The Coordination Headquarters said that prisoners had come home."),
    ("en", "Prisoners are protected by the Geneva Conventions, Kyiv recalled."),
    ("en", "Russia detained Crimean Tatars again."),
    ("en", "Prisoners came from the Donetsk Oblast and the Azov Regiment."),
    ("en", "The United Nations Human Rights Council heard of the prisoners."),
    ("en", "The Saudi Foreign Ministry welcomed the prisoners’ return."),
    ("fr", "Les Émirats Arabes Unis ont obtenu un échange de prisonniers."),
    ("fr", "Les prisonniers relèvent des Conventions de Genève."),
    ("fr", "La Croix-Rouge a vu les prisonniers en Corée du Nord."),
    ("fr", "Les avions Su-34 ont volé à 12.500 mètres."),
]


@pytest.mark.parametrize(("harm", "language", "sentence"), FORBIDDEN)
def test_what_could_harm_is_found(harm: Harm, language: str, sentence: str) -> None:
    assert harm in harms(sentence, language)
    assert not allowed(sentence, language)


@pytest.mark.parametrize(("language", "sentence"), PRINTABLE)
def test_news_that_harms_nobody_is_printed(language: str, sentence: str) -> None:
    assert harms(sentence, language) == frozenset()


def test_redacting_drops_sentences_and_keeps_the_rest_with_its_paragraphs() -> None:
    text = "Le port rouvre. Appelez le 01 23 45 67 89.\nIl habite au 12, rue Lambert.\nLe maire se réjouit."
    assert redact(text, "fr") == "Le port rouvre.\nLe maire se réjouit."


@given(st.text(max_size=400), st.sampled_from(["fr", "en", "uk", "ru", "other"]))
def test_what_was_redacted_can_be_printed(text: str, language: str) -> None:
    for line in redact(text, language).split("\n"):
        assert line == line.strip()


@pytest.mark.parametrize("unit", ["1 ", "A ", "Jean Martin, ", "+3", "rue ", "48.4647, ", "a@", "(", "prisonnier "])
def test_a_hostile_sentence_costs_little(unit: str) -> None:
    assert cpu_seconds(lambda: harms(unit * (500_000 // len(unit)), "fr")) < 2


FIRST = ("Ivan", "Olena", "Dmytro", "Paris", "Jordan", "Georgia", "Mykhaïlo", "Anna")
FAMILY = ("Petruk", "Hrytsak", "Moroz", "Moskalenko", "Kovalenko-Berg", "Ukrainets", "Lvovski", "Martin")
SAID = {
    Harm.PRISONER: (
        ("en", "The United Arab Emirates won the release of the prisoner {name}."),
        ("en", "{name}, a prisoner of war, thanked the Red Cross."),
        ("fr", "Le prisonnier {name} est rentré grâce aux Émirats arabes unis."),
        ("fr", "{name}, prisonnier de guerre, a été échangé."),
    ),
    Harm.VICTIM: (("en", "{name}, 43, was killed in the Kyiv Region."), ("fr", "{name}, 43 ans, a été tuée à Kyiv.")),
    Harm.MINOR: (("en", "{name}, 14, fled from the Sumy Oblast."), ("fr", "{name}, 14 ans, a fui la région.")),
}


@given(st.sampled_from(FIRST), st.sampled_from(FAMILY), st.sampled_from(sorted(SAID)), st.integers(0, 3))
def test_names_of_private_people_are_refused_beside_countries_and_bodies(
    first: str, family: str, harm: Harm, number: int
) -> None:
    language, sentence = SAID[harm][number % len(SAID[harm])]
    assert harm in harms(sentence.format(name=f"{first} {family}"), language)
