"""Topics: which subjects an article touches, and which one a person means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.claim import Phase
from bot.domain.language import ArticleLanguage
from bot.editorial import topics
from tests.cost import cpu_seconds


@pytest.mark.parametrize(
    ("query", "topic"),
    [
        ("ceasefire", "ceasefire"),
        ("ceasfire", "ceasefire"),
        ("cease fire", "ceasefire"),
        ("Cessez-le-feu", "ceasefire"),
        ("cessez le feu", "ceasefire"),
        ("cesez le feu", "ceasefire"),
        ("le cessez-le-feu en Ukraine", "ceasefire"),
        ("trêve", "ceasefire"),
        ("TREVE", "ceasefire"),
        ("перемир'я", "ceasefire"),
        ("перемирие", "ceasefire"),
        ("pourparlers", "talks"),
        ("sanctions", "sanctions"),
        ("snctions", "sanctions"),
        ("prisoners", "prisoners"),
        ("enfants déportés", "deported-children"),
        ("crimes de guere", "war-crimes"),
        ("mer Noire", "grain"),
        ("black sea", "grain"),
        ("Otan", "nato"),
        ("drones", "drones-strikes"),
        ("drones-strikes", "drones-strikes"),
        ("Afrique", "africa"),
    ],
)
def test_a_topic_is_found_by_any_alias_in_any_language_with_typing_errors(query: str, topic: str) -> None:
    found = topics.find(query).topic
    assert found is not None
    assert found.id == topic


@pytest.mark.parametrize(
    "query", ["drones shahed", "Macron", "trêve hivernale", "trêve de Noël syndicale", "zzzz", "", "?"]
)
def test_words_that_mean_no_topic_are_left_to_the_search(query: str) -> None:
    assert topics.find(query).topic is None


def test_something_near_a_topic_is_suggested_rather_than_assumed() -> None:
    match = topics.find("negociateurs")
    assert match.topic is None
    assert "talks" in [topic.id for topic in match.suggestions]


def test_every_topic_can_be_asked_for_by_its_id_and_by_its_names() -> None:
    for topic in topics.topics():
        for query in (topic.id, *topic.names.values()):
            found = topics.find(query).topic
            assert found is not None, query
            assert found.id == topic.id


def test_every_topic_has_names_and_aliases_in_all_languages_and_known_phases() -> None:
    for topic in topics.topics():
        assert set(topic.names) == {"fr", "en"}
        assert set(topic.aliases) == {"fr", "en", "uk", "ru"}
        assert topics.phases_of(topic.id) <= {phase.value for phase in Phase}
        assert all(topics.topic(wider) is not None for wider in topic.bears_on)


def test_a_subject_of_many_matters_has_no_state_though_its_sentences_have_phases() -> None:
    sanctions, ceasefire = topics.topic("sanctions"), topics.topic("ceasefire")
    assert sanctions is not None
    assert ceasefire is not None
    assert (sanctions.phased, ceasefire.phased) == (False, True)
    assert topics.phases_of("sanctions")


@pytest.mark.parametrize(
    "title",
    [
        "Une guerre diplomatique et médiatique entre Moscou et Kiev",
        "La fin de la guerre froide vue de Moscou",
        "Moscow quits peace treaty talks with Japan",
    ],
)
def test_what_only_sounds_like_peace_talks_is_none(title: str) -> None:
    assert "talks" not in topics.topics_of(title, "", "fr")


def test_an_unknown_id_is_no_topic() -> None:
    assert topics.topic("weather") is None
    assert topics.phases_of("weather") == frozenset()


@pytest.mark.parametrize(
    ("title", "body", "language", "first"),
    [
        ("Kyiv demands an unconditional truce", "Ukraine wants it before Sunday.", "en", "ceasefire"),
        ("Une trêve en vue en Ukraine", "Les armes pourraient se taire dimanche.", "fr", "ceasefire"),
        ("Pourparlers russo-ukrainiens à Istanbul", "Les délégations se sont vues deux heures.", "fr", "talks"),
        ("Thirty drones shot down over Odesa", "The air force counted thirty Shahed drones.", "en", "drones-strikes"),
        ("New sanctions on Russian tankers", "The shadow fleet is hit again.", "en", "sanctions"),
        ("Échange de prisonniers entre Kiev et Moscou", "Cent soldats sont rentrés.", "fr", "prisoners"),
        ("Перемир'я на фронті", "Україна пропонує припинення вогню.", "uk", "ceasefire"),
    ],
)
def test_the_most_important_topic_comes_first(title: str, body: str, language: ArticleLanguage, first: str) -> None:
    assert topics.topics_of(title, body, language)[0] == first


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("La trêve hivernale prolongée d'un mois", "Les expulsions locatives reprendront en mai."),
        ("Pas de trêve de Noël pour les grévistes", "La SNCF reste paralysée."),
        ("La trêve parlementaire commence", "Les députés rentrent chez eux."),
        ("Commémoration de l'armistice de 1918", "Une gerbe a été déposée."),
        ("Cessez-le-feu à Gaza : les otages attendus", "Le Hamas et Israël s'accusent."),
        ("Yémen : une trêve de quinze jours", "Les houthistes acceptent."),
        ("Korean armistice turns seventy", "Seoul and Pyongyang mark the day."),
        ("Lebanon truce holds for a tenth day", "Hezbollah and Israel keep to it."),
    ],
)
def test_another_truce_is_not_this_wars_ceasefire(title: str, body: str) -> None:
    assert "ceasefire" not in topics.topics_of(title, body, "fr")


def test_a_digest_that_names_both_wars_keeps_ours() -> None:
    title = "Trêve fragile à Gaza, Zelensky réclame un cessez-le-feu en Ukraine"
    assert "ceasefire" in topics.topics_of(title, "", "fr")


def test_talks_bear_on_the_ceasefire_and_come_before_it() -> None:
    found = topics.topics_of("Peace talks with Russia resume", "Ukraine sends its minister to the negotiations.", "en")
    assert found.index("talks") < found.index("ceasefire")


def test_talks_about_something_else_are_not_peace_talks() -> None:
    assert "talks" not in topics.topics_of("Talks between the league and its players stall", "The deal is off.", "en")


def test_one_mention_far_down_a_long_article_is_not_its_topic() -> None:
    body = "Le maire de Lviv parle de ses écoles. " * 40 + "Il évoque une trêve. " + "Les parents attendent. " * 40
    assert "ceasefire" not in topics.topics_of("Les écoles de Lviv", body, "fr")


@given(st.text(max_size=400), st.text(max_size=60))
def test_any_text_has_topics_of_the_list_each_once(body: str, title: str) -> None:
    found = topics.topics_of(title, body, "en")
    assert len(set(found)) == len(found)
    assert all(topics.topic(topic) is not None for topic in found)


@given(st.text(max_size=80))
def test_any_query_is_answered(query: str) -> None:
    match = topics.find(query)
    assert match.topic is None or not match.suggestions


def test_a_long_article_costs_its_length() -> None:
    body = "Kyiv et Moscou parlent de trêve, de sanctions et de drones. " * 20_000
    assert cpu_seconds(lambda: topics.topics_of("Trêve", body, "fr")) < 5.0


def test_a_first_name_is_no_country() -> None:
    assert "africa" not in topics.topics_of(
        "Chad Harper explains the drone war", "Ukraine and Russia, seen by him.", "en"
    )
    assert "africa" in topics.topics_of("Recruits from Chad", "Men from Chad fight for Russia in Ukraine.", "en")


def test_a_mediation_that_brings_prisoners_home_is_no_peace_talks() -> None:
    swap = "Kyiv and Moscow exchanged 40 prisoners of war after mediation by Oman."
    assert topics.topics_of("Ukraine and Russia swap 40 prisoners", swap, "en") == ("prisoners",)
    assert "talks" in topics.topics_of("Oman offers mediation between Russia and Ukraine", "It wants a truce.", "en")
    both = "Peace talks between Russia and Ukraine end with an exchange of prisoners."
    assert "talks" in topics.topics_of(both, both, "en")
