"""Claimants: who says a sentence, through whom, and whether they affirm it, deny it or leave it open."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.claim import Polarity
from bot.editorial.claimants import Attribution, Speakers
from bot.editorial.naming import Claimant, People, name_of, side_of

AFFIRMED, DENIED, NEITHER, UNAWARE = Polarity.AFFIRMED, Polarity.DENIED, Polarity.NEITHER, Polarity.UNAWARE


def read(*sentences: str, language: str = "fr") -> list[Attribution]:
    """The attributions of an article's sentences, in order."""
    people = People("\n".join(sentences), "fr" if language == "fr" else "en")
    speakers = Speakers()
    return [said for sentence in sentences for said in speakers.read(people.read(sentence))]


@pytest.mark.parametrize(
    ("sentence", "claimant", "polarity"),
    [
        ("Donald Trump affirme avoir parlé à Vladimir Poutine.", "P:trump", AFFIRMED),
        ("Le Kremlin a refusé de confirmer ou d'infirmer cet appel.", "O:kremlin", NEITHER),
        ("Le Kremlin n'a ni confirmé ni démenti cet échange.", "O:kremlin", NEITHER),
        ("Le Kremlin reste muet sur cet appel.", "O:kremlin", NEITHER),
        ("Dmitri Peskov, porte-parole du Kremlin, dit ne pas être informé d'un tel appel.", "P:peskov", UNAWARE),
        ("Le porte-parole du Kremlin, Dmitri Peskov, a démenti ces informations.", "P:peskov", DENIED),
        ("Moscou nie avoir rompu la trêve.", "L:russia", DENIED),
        ("« Nous sommes prêts à une trêve », a déclaré Volodymyr Zelensky.", "P:zelensky", AFFIRMED),
        ("Selon le président ukrainien, la trêve ne tient pas.", "P:zelensky", AFFIRMED),
        ("Volodymyr Zelensky souhaite une trêve dans les airs.", "P:zelensky", AFFIRMED),
        ("Interrogé lundi, Emmanuel Macron a jugé la trêve possible.", "P:macron", AFFIRMED),
        ("The Kremlin declined to confirm the call.", "O:kremlin", NEITHER),
        ("Kremlin spokesman Dmitry Peskov said he was not aware of any such call.", "P:peskov", UNAWARE),
        ("Kyiv denies breaking the truce.", "L:ukraine", DENIED),
        ("Secretary of State Antony Blinken said the truce was over.", "P:blinken", AFFIRMED),
        ('"We will keep the truce," said Volodymyr Zelenskyy.', "P:zelensky", AFFIRMED),
        ("According to Sergei Lavrov, no truce is planned.", "P:lavrov", AFFIRMED),
        ("Putin has agreed to a ceasefire, Trump told reporters.", "P:trump", AFFIRMED),
        ("Lavrov: no truce before the sanctions are lifted", "P:lavrov", AFFIRMED),
    ],
)
def test_the_claimant_is_who_the_sentence_says(sentence: str, claimant: str, polarity: Polarity) -> None:
    (said,) = read(sentence, language="fr" if "é" in sentence or "ê" in sentence else "en")
    assert said.claimant is not None
    assert (said.claimant.id, said.polarity) == (claimant, polarity)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("L'entourage de Volodymyr Zelensky évoque une trêve courte.", "L'entourage de Volodymyr Zelensky"),
        ("Zelensky's adviser said the truce was over.", "Zelensky's adviser"),
        ("British officials say Russia asked Turkey for a truce.", "British officials"),
        ("The truce saved thousands of lives, a charity has said.", "a charity"),
        ("Ivanka Trump a dit espérer une trêve.", "Ivanka Trump"),
        ("Selon des diplomates européens, la trêve tient.", "des diplomates européens"),
        ("Linda Thorne-Greenhill, the envoy to Ankara, accused Vladimir Putin of lying.", "Linda Thorne-Greenhill"),
    ],
)
def test_words_are_never_given_to_somebody_who_is_only_named_near_them(sentence: str, name: str) -> None:
    (said,) = read(sentence, language="en")
    assert said.claimant == Claimant(name, None, said.claimant.role if said.claimant else None)


@pytest.mark.parametrize(
    ("sentence", "claimant", "polarity"),
    [
        (
            "Zelensky has turned down a truce, the Ukraine embassy in Britain said Saturday.",
            "I:ukraine-embassy",
            AFFIRMED,
        ),
        ("The Russian Embassy in Washington denied that Moscow had broken the truce.", "I:russia-embassy", DENIED),
        ("The truce does not hold, according to the US Embassy in Moscow.", "I:us-embassy", AFFIRMED),
        (
            "The Embassy of Ukraine in Senegal said in a statement that the truce was a trap.",
            "I:ukraine-embassy",
            AFFIRMED,
        ),
        ("“The truce was broken twice in a single night,” said the Ukrainian embassy.", "I:ukraine-embassy", AFFIRMED),
        ("Moscow wants no truce, the Ukrainian government said.", "I:ukraine-government", AFFIRMED),
        (
            "In a tweet the Russian Ministry of Foreign Affairs said Kyiv broke it.",
            "O:russian-foreign-ministry",
            AFFIRMED,
        ),
        ("China’s ministry of foreign affairs has accused Nato of breaking it.", "I:china-foreign-ministry", AFFIRMED),
        ("L'ambassade d'Ukraine à Dakar a déclaré que la trêve était rompue.", "I:ukraine-embassy", AFFIRMED),
        ("Selon l'ambassade de Russie au Sénégal, la trêve est rompue.", "I:russia-embassy", AFFIRMED),
        (
            "« La trêve a été rompue deux fois en une nuit », a déclaré l'ambassade d'Ukraine.",
            "I:ukraine-embassy",
            AFFIRMED,
        ),
        ("Zelensky a refusé une trêve, a indiqué l'ambassade ukrainienne à Paris.", "I:ukraine-embassy", AFFIRMED),
        ("Le gouvernement ukrainien a déclaré que la trêve était rompue.", "I:ukraine-government", AFFIRMED),
        ("Le ministère de la Défense russe affirme que Kiev a rompu la trêve.", "O:russian-defence-ministry", AFFIRMED),
        ("Le ministère des Affaires étrangères ukrainien a démenti la trêve.", "O:ukrainian-foreign-ministry", DENIED),
    ],
)
def test_an_embassy_or_a_ministry_speaks_for_itself(sentence: str, claimant: str, polarity: Polarity) -> None:
    language = "fr" if re.search("[éèê]|Selon", sentence) else "en"
    context = "Volodymyr Zelensky, Vladimir Poutine." if language == "fr" else "Volodymyr Zelensky, Vladimir Putin."
    said = read(context, sentence, language=language)[-1]
    assert said.claimant is not None
    assert (said.claimant.id, said.polarity) == (claimant, polarity)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Zelensky has refused a truce, the embassy said.", "the embassy"),
        ("The embassy said that the truce had been broken.", "The embassy"),
        ("L'ambassade a indiqué que la trêve était discutée avec Zelensky.", "L'ambassade"),
        ("Le ministère de la Défense a affirmé que la trêve était rompue.", "Le ministère de la Défense"),
    ],
)
def test_one_whose_country_is_not_named_keeps_the_articles_words(sentence: str, name: str) -> None:
    (said,) = read(sentence, language="fr" if "Le " in sentence or "L'" in sentence else "en")
    assert said.claimant == Claimant(name)


def test_an_embassy_is_on_its_countrys_side_and_has_a_name_in_both_languages() -> None:
    assert side_of("I:ukraine-embassy") == "kyiv"
    assert side_of("I:us-embassy") is None
    assert (name_of("I:ukraine-embassy", "fr"), name_of("I:us-embassy", "en")) == (
        "l’ambassade d’Ukraine",
        "the US embassy",
    )
    assert name_of("I:atlantis-embassy", "en") is None


@pytest.mark.parametrize(
    "sentence",
    [
        "The missiles hit near the border during the truce, but no casualties have been reported.",
        "Western countries have rejected Zelensky's call for a truce.",
    ],
)
def test_a_passive_or_what_somebody_owns_gives_no_speaker(sentence: str) -> None:
    assert all(said.claimant is None for said in read(sentence, language="en"))


def test_what_ends_before_a_comma_does_not_speak_with_who_follows() -> None:
    said = read(
        "Allies urged their citizens to leave Ukraine, and Washington said it would keep the truce.", language="en"
    )
    assert [one.claimant.id for one in said if one.claimant] == ["L:us"]


def test_nobody_named_is_the_outlets_own_voice() -> None:
    (said,) = read("La trêve est entrée en vigueur à minuit.")
    assert said.claimant is None
    assert not said.unclear


def test_somebody_who_cannot_be_told_is_not_the_outlet() -> None:
    (said,) = read("Les deux hommes disent avoir conclu une trêve.")
    assert said.claimant is None
    assert said.unclear


def test_the_two_sides_of_a_but_are_two_attributions() -> None:
    said = read("Trump says he spoke to Putin by phone, but the Kremlin declined to confirm it.", language="en")
    assert [(one.claimant.id, one.polarity) for one in said if one.claimant] == [
        ("P:trump", AFFIRMED),
        ("O:kremlin", NEITHER),
    ]


def test_two_who_say_it_together_both_say_it() -> None:
    said = read("Kyiv and Moscow confirmed the truce.", language="en")
    assert {one.claimant.id for one in said if one.claimant} == {"L:ukraine", "L:russia"}


@pytest.mark.parametrize(
    ("sentence", "via"),
    [
        ("Dans une interview au New York Post, Trump a révélé un appel.", "New York Post"),
        ("Dmitri Peskov a déclaré à l'agence TASS ne rien savoir.", "Tass"),
        ("Volodymyr Zelensky a dit au quotidien Der Morgenbote vouloir une trêve.", "Der Morgenbote"),
        ("Trump told Fox News that a truce was near.", "Fox News"),
    ],
)
def test_the_outlet_it_was_said_to_is_kept(sentence: str, via: str) -> None:
    (said,) = read(sentence)
    assert said.claimant is not None
    assert said.claimant.id is not None
    assert said.via == via


def test_he_is_whoever_spoke_before_and_to_the_same_outlet() -> None:
    said = read(
        "Dans une interview au New York Post, Trump a révélé un appel avec Poutine.",
        "Il a assuré que le président russe voulait une trêve.",
    )
    assert [one.claimant.id for one in said if one.claimant] == ["P:trump", "P:trump"]
    assert said[1].via == "New York Post"


def test_a_lone_quotation_is_its_speakers() -> None:
    said = read("Zelensky a réagi lundi, a dit Andriy Yermak.", "« Une trêve sans garanties ne vaut rien pour nous. »")
    assert said[1].claimant == said[0].claimant
    assert said[1].quoted


def test_an_expert_keeps_the_full_name_the_role_and_the_outlet() -> None:
    said = read(
        "L'ancien général danois Aksel Vinterberg livre son analyse dans les colonnes du journal Nordlys.",
        "« La Russie ne veut pas de trêve tant que son armée avance », analyse Vinterberg.",
    )
    claimant = said[1].claimant
    assert claimant is not None
    assert (claimant.name, claimant.role) == ("Aksel Vinterberg", "ancien général danois")
    assert said[1].via == "Nordlys"


def test_an_office_is_whoever_of_its_holders_the_article_names() -> None:
    assert read("Joe Biden reçoit Zelensky.", "Le président américain a promis une aide.")[1].claimant == Claimant(
        "Joe Biden", "P:biden"
    )


def test_names_and_sides_are_canonical() -> None:
    assert name_of("P:peskov", "en") == "Dmitry Peskov"
    assert name_of("L:russia", "fr") == "Moscou"
    assert name_of("P:nobody", "fr") is None
    assert (side_of("P:peskov"), side_of("L:ukraine"), side_of("P:trump"), side_of(None)) == (
        "moscow",
        "kyiv",
        None,
        None,
    )


@given(st.lists(st.text(max_size=120), max_size=4))
def test_any_text_is_read(sentences: list[str]) -> None:
    for said in read(*sentences):
        assert said.claimant is None or said.claimant.name


WORDS = ["Zelensky", "Trump", "le", "Kremlin", "a", "déclaré", "dément", "«", "»", ",", ".", "Peskov", "selon", "il"]
MORE_WORDS = ["said", "but", "and", "TASS", "à", "not", "aware", ":", "of", "envoy"]


@given(st.lists(st.sampled_from(WORDS + MORE_WORDS), max_size=20))
def test_any_order_of_names_and_verbs_is_read(words: list[str]) -> None:
    for said in read(" ".join(words)):
        assert not (said.claimant and said.unclear)


@pytest.mark.parametrize(
    ("sentence", "claimant", "polarity"),
    [
        ("Le Kremlin ne confirme ni ne dément, a dit Dmitri Peskov à TASS.", "P:peskov", NEITHER),
        ("Moscou n'a pas connaissance de ce projet, a indiqué Sergueï Lavrov.", "P:lavrov", UNAWARE),
        ("The Kremlin neither confirms nor denies, Dmitry Peskov told TASS.", "P:peskov", NEITHER),
        ("Kyiv denies it, Volodymyr Zelensky said.", "P:zelensky", DENIED),
        ("Moscow denies it, Volodymyr Zelensky said.", "L:russia", DENIED),
    ],
)
def test_the_person_who_speaks_for_a_side_is_the_claimant(sentence: str, claimant: str, polarity: Polarity) -> None:
    (said,) = read(sentence, language="fr" if "é" in sentence else "en")
    assert said.claimant is not None
    assert (said.claimant.id, said.polarity) == (claimant, polarity)


@pytest.mark.parametrize(
    "sentence",
    [
        "Kyiv ready for a truce, Kremlin says ‘much is unclear’",
        "Kyiv prêt à une trêve, le Kremlin dit « attendre »",
    ],
)
def test_a_headlines_quotation_gives_its_speaker_no_more_than_the_quoted_words(sentence: str) -> None:
    said = read(sentence, language="fr" if "ê" in sentence else "en")
    assert "O:kremlin" not in {one.claimant.id for one in said if one.claimant}


@pytest.mark.parametrize(
    "sentence",
    [
        "CNN's Miguel Marchand reports from the border, where a truce was declared.",
        "The human rights journalist Ann Kerry tells Hannah Moor that a truce is near.",
        "Notre envoyée spéciale Claire Dumont raconte la trêve.",
    ],
)
def test_an_outlets_own_reporters_are_no_claimants(sentence: str) -> None:
    names = [said.claimant.name for said in read(sentence, language="en") if said.claimant]
    assert not {"Miguel Marchand", "Ann Kerry", "Claire Dumont"} & set(names)


def test_a_role_ends_with_its_line() -> None:
    *_, said = read("The war in Ukraine", "Miguel Marchand said the truce was over.", language="en")
    assert said.claimant == Claimant("Miguel Marchand")


def test_what_somebody_is_asked_about_is_not_said_by_whom_it_is_about() -> None:
    (said,) = read("A general speaks to our reporter about the truce and what Vladimir Putin said.", language="en")
    assert said.claimant is None or said.claimant.id != "P:putin"
