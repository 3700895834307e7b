"""Who speaks in a sentence, and what the sentence leans on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.attribution import standing, without_lead_in


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Le port de Valmer rouvre mardi."),
        ("fr", "Cette semaine, le port de Valmer rouvre."),
        ("fr", "« Le port rouvre enfin pour les pêcheurs », a dit Jeanne Martin."),
        ("fr", "Selon la mairie, le port rouvre."),
        ("fr", "Le film « Les Quais » sort mardi."),
        ("en", "The port of Valmer reopens on Tuesday."),
        ("en", '"The port is open to everyone again," Jane Martin said.'),
        ("en", "Both Mara Holt and the owners of the ferry were there."),
        ("en", "In her first words since the storm, Mayor Mara Holt called it a shame."),
        ("en", 'Ann Bell, who sang in "The Long Way Home to Valmer Bay," came too.'),
    ],
)
def test_a_sentence_that_says_who_and_what_stands_by_itself(language: str, sentence: str) -> None:
    found = standing(sentence, language)
    assert (found.opens, found.leans, found.orphan, found.denies) == (True, False, False, False)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Il rouvre mardi."),
        ("fr", "Cette décision surprend les pêcheurs."),
        ("fr", "Son adjoint la critique."),
        ("fr", "Une mesure que l'opposition critique."),
        ("fr", "Interrogé mardi, il se tait."),
        ("fr", "« Le port rouvre enfin pour les pêcheurs », a-t-il dit."),
        ("fr", "C'est une surprise."),
        ("en", "He reopens it on Tuesday."),
        ("en", "This decision surprises everyone."),
        ("en", "Asked on Tuesday, she said nothing."),
        ("en", "In her first words since the storm, she called it a shame."),
        ("en", "Both men were there."),
        ("en", "It is set to reopen on Tuesday."),
        ("en", '"The port is open to everyone again," he said.'),
    ],
)
def test_a_sentence_that_points_back_needs_the_one_before(language: str, sentence: str) -> None:
    found = standing(sentence, language)
    assert found.leans
    assert not found.opens


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Il faut rouvrir le port."),
        ("fr", "Mais le port rouvre."),
        ("en", "There are ships in the port."),
        ("en", "It is likely that the port will reopen."),
        ("en", "It's still unclear when the port will reopen."),
        ("en", "It was no surprise that the port reopened."),
        ("en", "It wasn't until Tuesday that the port reopened."),
    ],
)
def test_some_openings_lean_on_nothing_and_still_read_badly_at_the_start(language: str, sentence: str) -> None:
    found = standing(sentence, language)
    assert not found.opens
    assert not found.leans


def test_words_in_quotation_marks_need_a_speaker() -> None:
    assert standing("« Le port rouvre enfin pour tous les pêcheurs. »", "fr").orphan
    assert not standing("« Le port rouvre enfin pour tous les pêcheurs », selon le maire.", "fr").orphan
    assert standing("– Le port rouvre.", "fr").orphan


def test_a_denial_of_what_was_said_needs_it() -> None:
    assert standing("Le maire dément ces accusations.", "fr").denies
    assert standing("The mayor denied the claims.", "en").denies
    assert not standing("Le maire dément vouloir fermer le port.", "fr").denies
    assert standing("Le maire dément vouloir fermer le port.", "fr").contradicts


def test_first_person_counts_only_outside_quotations() -> None:
    assert standing("Nous rouvrons le port.", "fr").personal
    assert not standing("« Nous rouvrons le port », dit le maire.", "fr").personal


def test_announcing_an_article_is_not_telling_news() -> None:
    assert standing("Notre journaliste revient sur la tempête.", "fr").promises
    assert standing("Here's what you need to know about the port.", "en").promises


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("fr", "Mais le port de Valmer rouvre mardi.", "Le port de Valmer rouvre mardi."),
        ("fr", "De son côté, le maire de Valmer se réjouit.", "Le maire de Valmer se réjouit."),
        ("fr", "Par ailleurs, le port de Valmer rouvre mardi.", "Le port de Valmer rouvre mardi."),
        ("en", "However, the port of Valmer reopens on Tuesday.", "The port of Valmer reopens on Tuesday."),
        ("fr", "Maisons et quais sont rouverts mardi.", "Maisons et quais sont rouverts mardi."),
        ("fr", "Enfin libre.", "Enfin libre."),
    ],
)
def test_linking_words_at_the_start_can_go(language: str, sentence: str, expected: str) -> None:
    assert without_lead_in(sentence, language) == expected


@given(st.text(max_size=200), st.sampled_from(["fr", "en", "uk", "ru", "other"]))
def test_any_text_can_be_judged(text: str, language: str) -> None:
    found = standing(text, language)
    assert not (found.opens and (found.leans or found.orphan))


@pytest.mark.parametrize(
    ("language", "sentence", "leans"),
    [
        ("en", "In 2014, after the outbreak of the war in eastern Ukraine, he was called to Valmer.", True),
        ("en", "On Monday, after meeting Jeanne Martin, he left.", False),
        ("fr", "Interrogé mardi à Kyiv, il a refusé de répondre.", True),
        ("fr", "Lundi, après la tempête, elle a quitté le port.", True),
        ("fr", "Interrogé mardi par Jeanne Martin, il a refusé de répondre.", False),
    ],
)
def test_a_pronoun_after_opening_clauses_points_back_unless_somebody_is_named_in_them(
    language: str, sentence: str, leans: bool
) -> None:
    assert standing(sentence, language).leans is leans
