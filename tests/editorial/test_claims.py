"""Claims: who says what about each topic, with the claimant kept and denials beside what they deny."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.claim import Modality, Phase, Polarity
from bot.domain.language import ArticleLanguage
from bot.editorial.claims import MOST_CLAIMS, extract
from tests.editorial.claims_cases import article, claims_of, day

CALL = (
    "Donald Trump a affirmé lundi au Daily Herald avoir eu un entretien téléphonique avec Vladimir Poutine pour mettre "
    "fin à la guerre en Ukraine. Le Kremlin a refusé de confirmer ou d'infirmer cet appel. Dmitri Peskov, porte-parole "
    "du Kremlin, a dit à l'agence TASS ne pas être informé d'une telle conversation."
)


def test_a_denial_is_about_the_call_told_of_before_it() -> None:
    found = claims_of([article("Trump dit avoir appelé Poutine", CALL, language="fr")])
    call = {claim.claimant_id: claim for claim in found if claim.proposition == "trump-putin-call"}
    assert call["P:trump"].polarity is Polarity.AFFIRMED
    assert call["O:kremlin"].polarity is Polarity.NEITHER
    assert call["P:peskov"].polarity is Polarity.UNAWARE
    assert call["P:peskov"].via == "Tass"
    assert call["P:peskov"].claimant == "Dmitri Peskov"


@pytest.mark.parametrize(
    ("language", "answer", "claimant", "polarity"),
    [
        ("fr", "Le Kremlin ne confirme ni ne dément, a dit Dmitri Peskov à TASS.", "P:peskov", Polarity.NEITHER),
        ("fr", "Moscou a démenti.", "L:russia", Polarity.DENIED),
        ("fr", "Le Kremlin s'est refusé à tout commentaire lundi.", "O:kremlin", Polarity.NEITHER),
        ("fr", "Dmitri Peskov dit ne pas être au courant.", "P:peskov", Polarity.UNAWARE),
        ("en", "The Kremlin neither confirms nor denies, Dmitry Peskov told TASS.", "P:peskov", Polarity.NEITHER),
        ("en", "Moscow denied it on Monday.", "L:russia", Polarity.DENIED),
        ("en", "The Kremlin declined to confirm or deny.", "O:kremlin", Polarity.NEITHER),
        ("en", "Dmitry Peskov said he was not aware.", "P:peskov", Polarity.UNAWARE),
        ("en", "Dmitry Peskov would not confirm having received the proposal.", "P:peskov", Polarity.NEITHER),
    ],
)  # fmt: skip
def test_a_refusal_without_a_word_of_its_own_is_about_what_was_said_last(
    language: ArticleLanguage, answer: str, claimant: str, polarity: Polarity
) -> None:
    offer = {"fr": "Kiev se dit prêt à une trêve de trente jours.", "en": "Kyiv is ready for a thirty-day truce."}
    found = claims_of([article("Ukraine", f"{offer[language]} {answer}", language=language)])
    assert [(claim.claimant_id, claim.polarity) for claim in found if claim.proposition == "ceasefire-proposed"] == [
        ("L:ukraine", Polarity.AFFIRMED),
        (claimant, polarity),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Kiev se dit prêt à une trêve. L'ambassade de Russie dément tout recrutement forcé au Kenya."),
        ("fr", "Kiev se dit prêt à une trêve. Il neige sur Odessa. Moscou a démenti."),
        ("en", "Kyiv is ready for a truce. Moscow denies having hired foreign workers."),
        ("en", "Kyiv is ready for a truce. It snows on Odesa. Moscow has neither confirmed nor denied."),
    ],
)
def test_a_refusal_of_something_else_is_not_about_the_topic(language: ArticleLanguage, text: str) -> None:
    found = claims_of([article("Ukraine", text, language=language)])
    assert {claim.polarity for claim in found} == {Polarity.AFFIRMED}


def test_this_proposal_is_the_one_that_was_made_whatever_was_mentioned_since() -> None:
    text = (
        "Kiev se dit prêt à une trêve de trente jours. Elle porterait d'abord sur les drones et les missiles. "
        "Le Kremlin ne confirme ni ne dément avoir reçu cette proposition."
    )
    found = claims_of([article("Ukraine", text, language="fr")])
    refused = {(claim.topic, claim.proposition) for claim in found if claim.polarity is Polarity.NEITHER}
    assert ("ceasefire", "ceasefire-proposed") in refused
    assert "drones-strikes" not in {topic for topic, _ in refused}


@pytest.mark.parametrize(
    ("language", "text", "proposition", "polarity"),
    [
        ("en", "He offered a truce. The Kremlin rejected this proposal.", "ceasefire-rejected", Polarity.AFFIRMED),
        ("en", "He offered a truce. Moscow denied having received the offer.", "ceasefire-proposed", Polarity.DENIED),
        ("fr", "Il a proposé une trêve. Le Kremlin a rejeté l'offre.", "ceasefire-rejected", Polarity.AFFIRMED),
        ("fr", "Il a proposé une trêve. Moscou ne commente pas ce plan.", "ceasefire-proposed", Polarity.NEITHER),
    ],
)
def test_who_refuses_the_proposal_says_nothing_of_the_call_it_was_made_in(
    language: ArticleLanguage, text: str, proposition: str, polarity: Polarity
) -> None:
    call = {
        "en": "Donald Trump said he spoke with Vladimir Putin by phone.",
        "fr": "Donald Trump dit avoir parlé par téléphone à Vladimir Poutine.",
    }
    found = claims_of([article("Ukraine", f"{call[language]} {text}", language=language)])
    answered = {
        (claim.proposition, claim.polarity) for claim in found if claim.claimant_id in {"O:kremlin", "L:russia"}
    }
    assert answered == {(proposition, polarity)}


def test_who_denies_something_said_during_the_call_does_not_deny_the_call() -> None:
    call = "Donald Trump said he spoke with Vladimir Putin by phone."
    denial = "Dmitry Peskov denied that Moscow had rejected the ceasefire during this call."
    found = claims_of([article("Ukraine", f"{call} {denial}")])
    assert {claim.proposition for claim in found if claim.polarity is Polarity.DENIED} == {"ceasefire-rejected"}


@pytest.mark.parametrize("text", ["The Kremlin denied this deal.", "Le Kremlin dément cet accord."])
def test_an_offer_nobody_told_of_is_not_the_call(text: str) -> None:
    call = "Donald Trump said he spoke with Vladimir Putin by phone."
    found = claims_of([article("Ukraine", f"{call} {text}")])
    assert {claim.claimant_id for claim in found} == {"P:trump"}


def test_a_denial_after_talks_does_not_deny_the_talks() -> None:
    text = (
        "Les négociateurs de Kiev se disent prêts à une trêve, a dit la présidence ukrainienne après les pourparlers. "
        "Le Kremlin ne confirme ni ne dément."
    )
    found = claims_of([article("Ukraine", text, language="fr")])
    assert {claim.proposition for claim in found if claim.polarity is Polarity.NEITHER} == {"ceasefire-proposed"}


@pytest.mark.parametrize(
    ("headline", "claimant"),
    [
        ("Moscow rejects a truce in Ukraine; Zelensky vows to stay in Kyiv", "Moscow"),
        ("Zelensky vows to stay in Kyiv; Ukraine truce talks resume on Monday", ""),
        ("Zelensky vows to keep the truce; markets in Europe rise", "Volodymyr Zelensky"),
        ("Moscow says the truce in Ukraine holds; Zelensky says he stays in Kyiv", "Moscow"),
    ],
)
def test_of_two_things_in_one_headline_somebody_says_only_theirs(headline: str, claimant: str) -> None:
    found = [claim for claim in claims_of([article(headline, headline)]) if claim.topic == "ceasefire"]
    assert {claim.claimant for claim in found} == {claimant}


def test_a_portraits_title_is_nothing_its_subject_says() -> None:
    found = claims_of([article("Zelensky: from comedy to the ceasefire table", "Ukraine wants a ceasefire.")])
    assert "P:zelensky" not in {claim.claimant_id for claim in found}
    said = claims_of([article("Zelensky: Russia will not keep a ceasefire", "Ukraine.")])
    assert "P:zelensky" in {claim.claimant_id for claim in said}


def test_a_call_that_is_denied_outright_is_denied() -> None:
    text = "Ukraine : Dmitri Peskov affirme qu'aucun appel entre Donald Trump et Vladimir Poutine n'a eu lieu."
    found = claims_of([article("Aucun appel, dit le Kremlin", text, language="fr")])
    assert {claim.polarity for claim in found if claim.proposition == "trump-putin-call"} == {Polarity.DENIED}


def test_a_quotation_after_a_colon_is_the_speakers() -> None:
    text = "Volodymyr Zelensky a parlé de trêve aux députés :\n« Sans garanties, une trêve ne nous sert à rien. »"
    found = claims_of([article("Zelensky veut des garanties", text, language="fr")])
    spoken = [claim for claim in found if claim.direct_speech]
    assert spoken
    assert {claim.claimant_id for claim in spoken} == {"P:zelensky"}


def test_a_lone_quotation_below_its_speaker_keeps_the_subject() -> None:
    text = "La trêve est loin, a estimé Volodymyr Zelensky.\n« Nous ne voyons que des missiles depuis une semaine. »"
    found = claims_of([article("La trêve en Ukraine est loin", text, language="fr")])
    assert any(claim.sentence.startswith("«") and claim.claimant_id == "P:zelensky" for claim in found)


def test_the_outlets_own_voice_is_told_from_what_it_reports() -> None:
    text = "A ceasefire took effect in Ukraine at midnight. Kyiv says the truce is already broken."
    found = claims_of([article("Ceasefire in Ukraine", text)])
    own = [claim for claim in found if claim.own_voice]
    assert Phase.IN_FORCE in {claim.phase for claim in own}
    assert {claim.claimant for claim in own} == {"The Morning Dispatch"}
    assert any(claim.claimant_id == "L:ukraine" and not claim.own_voice for claim in found)


def test_a_speaker_who_cannot_be_told_gives_a_claim_of_nobody() -> None:
    found = claims_of([article("Trêve en Ukraine", "Les deux hommes disent avoir conclu une trêve.", language="fr")])
    hidden = [claim for claim in found if "deux hommes" in claim.sentence]
    assert [(claim.claimant, claim.own_voice) for claim in hidden] == [("", False)]


@pytest.mark.parametrize(
    ("text", "proposition"),
    [
        ("Kyiv accuses Moscow of violating the ceasefire.", "ceasefire-violated-by-russia"),
        ("Moscow accuses Kyiv of violating the ceasefire.", "ceasefire-violated-by-ukraine"),
        ("Moscow denies violating the ceasefire.", "ceasefire-violated-by-russia"),
        ("Kyiv accuses Moscow of violating the energy ceasefire.", "energy-ceasefire-violated-by-russia"),
    ],
)
def test_who_broke_a_truce_is_part_of_the_proposition(text: str, proposition: str) -> None:
    found = claims_of([article("Ukraine", text)])
    assert proposition in {claim.proposition for claim in found}


def test_a_claim_carries_the_date_its_sentence_names() -> None:
    text = "Donald Trump et Vladimir Poutine se sont parlé au téléphone mercredi 12 février de la guerre en Ukraine."
    found = claims_of([article("Appel", text, language="fr", published=day(13))])
    assert {claim.event_date for claim in found if claim.proposition == "trump-putin-call"} == {date(2025, 2, 12)}


def test_a_planned_meeting_is_only_proposed() -> None:
    text = "Une rencontre entre Donald Trump et Vladimir Poutine pourrait avoir lieu à Riyad pour parler de l'Ukraine."
    found = claims_of([article("Rencontre", text, language="fr")])
    assert {claim.phase for claim in found if claim.proposition == "trump-putin-meeting"} == {Phase.PROPOSED}


def test_a_peace_treaty_never_makes_the_ceasefire_agreed() -> None:
    found = claims_of([article("Kyiv and Moscow sign a peace treaty", "Ukraine and Russia signed a peace treaty.")])
    assert found
    assert not {claim.phase for claim in found} & {Phase.AGREED, Phase.IN_FORCE}


def test_a_wish_is_a_hope() -> None:
    found = claims_of(
        [article("Zelensky veut une trêve", "Zelensky souhaite un cessez-le-feu durable.", language="fr")]
    )
    assert {claim.modality for claim in found if claim.claimant_id == "P:zelensky"} == {Modality.HOPED}


def test_an_article_on_nothing_of_ours_claims_nothing() -> None:
    assert extract(article("A recipe for soup", "Peel the onions, says the cook.")) == ()


def test_an_endless_article_gives_few_claims() -> None:
    text = " ".join(f"Zelensky veut une trêve de {number} jours." for number in range(2, 400))
    found = claims_of([article("Trêve en Ukraine", text, language="fr")])
    assert 0 < len(found) <= MOST_CLAIMS


@given(st.text(max_size=400), st.text(max_size=80))
def test_any_article_is_read_and_keeps_its_own_sentences(text: str, title: str) -> None:
    sourced = article(f"Truce {title}", f"Kyiv wants a ceasefire. {text}")
    for claim in extract(sourced):
        assert claim.article_id == sourced.article.id
        assert claim.own_voice == (claim.claimant == sourced.source.name and claim.claimant_id is None)
