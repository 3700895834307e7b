"""Phases: how far a matter has come by what one sentence says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.claim import Modality, Phase
from bot.domain.language import ArticleLanguage
from bot.editorial import patterns
from bot.editorial.phases import HYPOTHETICAL, phase_of, scope_of
from bot.editorial.topics import topics
from tests.cost import cpu_seconds
from tests.editorial.phase_sentences import SENTENCES

CASES = [(phase, sentence) for phase, sentences in SENTENCES.items() for sentence in sentences]
WORDS = [
    "ceasefire", "truce", "trêve", "cessez-le-feu", "agreed", "signed", "signé", "conclu", "accepte", "in", "force",
    "en", "vigueur", "holds", "tient", "if", "si", "could", "pourrait", "serait", "would", "talks", "pourparlers",
    "not", "pas", "?", "!", ",", ";", ":", ".", "«", "»", "Kyiv", "Moscou", "Putin", "rejects", "refuse", "violated",
    "rompu", "expired", "expiré", "the", "le", "la", "un",
]  # fmt: skip


@pytest.mark.parametrize(("phase", "sentence"), CASES)
def test_a_sentence_gives_the_phase_a_careful_reader_gives_it(phase: str, sentence: str) -> None:
    assert phase_of(sentence, "ceasefire", "fr").phase.value == phase


def test_a_sentence_without_the_topic_is_a_mention() -> None:
    assert phase_of("Both armies signed a new contract for boots.", "ceasefire", "en").phase is Phase.MENTIONED


@pytest.mark.parametrize(
    "sentence",
    [
        "If the truce is signed tonight, prisoners will come home.",
        "Le cessez-le-feu serait signé dès lundi.",
        "A ceasefire could have been agreed in March.",
        "Was a ceasefire agreed in Riyadh?",
        "La trêve est-elle déjà en vigueur ?",
        "Unless Moscow signs the ceasefire, sanctions follow.",
    ],
)
def test_a_condition_or_a_question_never_exceeds_proposed(sentence: str) -> None:
    reading = phase_of(sentence, "ceasefire", "en")
    assert reading.phase in HYPOTHETICAL
    assert reading.modality in {Modality.CONDITIONAL, Modality.QUESTION}


def test_a_wish_is_told_from_a_statement() -> None:
    assert phase_of("Zelensky souhaite un cessez-le-feu durable.", "ceasefire", "fr").modality is Modality.HOPED
    assert phase_of("Zelensky a signé un cessez-le-feu.", "ceasefire", "fr").modality is Modality.ASSERTED


@pytest.mark.parametrize(
    ("scope", "sentence"),
    [
        ("energy", "Moscow and Kyiv accuse each other of breaking the energy ceasefire."),
        ("energy", "Les deux pays annoncent une trêve sur les infrastructures énergétiques."),
        ("black-sea", "Un cessez-le-feu en mer Noire est conclu à Riyad."),
        ("easter", "Poutine annonce une trêve de Pâques."),
        ("air", "Zelensky propose une trêve dans les airs."),
        (None, "Kyiv and Moscow agreed to a full ceasefire."),
    ],
)
def test_a_partial_truce_is_its_own_scope(scope: str | None, sentence: str) -> None:
    assert phase_of(sentence, "ceasefire", "fr").scope == scope


def test_talks_are_talks_until_somebody_signs_a_settlement() -> None:
    assert phase_of("Peace talks between Russia and Ukraine resume in Istanbul.", "talks", "en").phase is Phase.TALKS
    assert phase_of("Trump dévoilera son plan de paix vendredi.", "talks", "fr").phase is Phase.PROPOSED
    assert phase_of("Kyiv and Moscow signed a peace agreement.", "talks", "en").phase is Phase.AGREED
    assert phase_of("Les deux présidents ont convenu d'ouvrir des négociations.", "talks", "fr").phase is Phase.TALKS


@pytest.mark.parametrize(
    ("topic", "sentence", "phase"),
    [
        ("prisoners", "Kyiv and Moscow exchanged 60 prisoners of war each.", Phase.IN_FORCE),
        ("prisoners", "Kiev et Moscou ont échangé 60 prisonniers de guerre.", Phase.IN_FORCE),
        ("prisoners", "Forty sailors were freed in a prisoner exchange with Russia.", Phase.IN_FORCE),
        ("prisoners", "Un échange de prisonniers a eu lieu dimanche à la frontière.", Phase.IN_FORCE),
        ("prisoners", "Zelensky calls for a prisoner swap of all for all.", Phase.PROPOSED),
        ("prisoners", "The prisoners wrote to the president to ask for books.", Phase.MENTIONED),
        ("grain", "Builders agreed to repair the grain silo in Odesa.", Phase.MENTIONED),
        ("grain", "Ukraine and Turkey signed a grain deal.", Phase.AGREED),
        ("eu-membership", "The leaders decide to grant Ukraine candidate status.", Phase.AGREED),
        ("eu-membership", "The application for EU membership was signed in Kyiv.", Phase.PROPOSED),
        ("talks", "Prague will help Kyiv until the end of the war.", Phase.MENTIONED),
        ("talks", "Only more weapons will push Moscow to negotiate.", Phase.PROPOSED),
        ("talks", "In a phone call with Zelensky, the chancellor promised generators.", Phase.MENTIONED),
        ("ceasefire", "Le Kremlin n'exclut pas une trêve.", Phase.PROPOSED),
        ("ceasefire", "The Kremlin has not ruled out a truce.", Phase.PROPOSED),
        ("ceasefire", "Moscow has nothing against a ceasefire in principle.", Phase.PROPOSED),
        ("ceasefire", "Kyiv calls the truce offer a ploy.", Phase.REJECTED),
    ],
)
def test_of_each_subject_only_what_can_get_somewhere_does(topic: str, sentence: str, phase: Phase) -> None:
    assert phase_of(sentence, topic, "en").phase is phase


def test_a_subject_without_phases_is_only_mentioned() -> None:
    assert phase_of("Kyiv calls for an end to drone strikes.", "drones-strikes", "en").phase is Phase.MENTIONED


@given(st.text(max_size=300), st.sampled_from([topic.id for topic in topics()]), st.sampled_from(["fr", "en", "uk"]))
def test_any_text_has_a_phase(sentence: str, topic: str, language: ArticleLanguage) -> None:
    assert phase_of(sentence, topic, language).phase in Phase


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25))
def test_no_order_of_words_lets_a_condition_exceed_proposed(words: list[str]) -> None:
    reading = phase_of(" ".join(words), "ceasefire", "en")
    if reading.modality in {Modality.CONDITIONAL, Modality.QUESTION}:
        assert reading.phase in HYPOTHETICAL


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25))
def test_asking_a_sentence_as_a_question_never_settles_it(words: list[str]) -> None:
    assert phase_of(f"{' '.join(words)} ceasefire?", "ceasefire", "en").phase in HYPOTHETICAL


@pytest.mark.parametrize(
    "sentence",
    ["ceasefire violated agreed if " * 20_000, "refuse appel propose ceasefire " * 20_000, "@ ; , " * 50_000],
)
def test_the_longest_sentence_costs_little(sentence: str) -> None:
    assert cpu_seconds(lambda: phase_of(sentence, "ceasefire", "en")) < 1.0


def test_scopes_are_read_from_folded_words() -> None:
    assert scope_of(patterns.clauses("Une trêve énergétique de trente jours")) == "energy"


@pytest.mark.parametrize("block", ["(a (b|c)) @", "~3", "(a|b", "(a|)"])
def test_a_faulty_pattern_is_refused(block: str) -> None:
    with pytest.raises(ValueError, match="pattern"):
        patterns.compiled(block)


def test_a_gap_ends_with_its_clause() -> None:
    expression = patterns.compiled("rejects ~5 @")
    assert not list(patterns.matches(expression, patterns.line(patterns.clauses("he rejects ; the @ceasefire"))))
    assert list(patterns.matches(expression, " he rejects the @ceasefire "))
