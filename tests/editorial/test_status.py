"""Status: settled is earned, disputes stay side by side, and only what a reader may see counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.claim import Claim, Modality, Phase, Polarity
from bot.domain.feed import Ownership
from bot.domain.language import READER_LANGUAGES
from bot.domain.status import Direction, Strength, TopicStatus
from bot.domain.story import SourcedArticle
from bot.editorial.status import assess
from tests.cost import cpu_seconds
from tests.editorial.claims_cases import article, claim, claims_of, day, shared, shared_articles

SETTLED = {Phase.AGREED, Phase.IN_FORCE}
HEADLINES = {
    "Odesa": "Fishermen of Odesa put out to sea again",
    "Lviv": "A quiet night, and Lviv sleeps late",
    "Sumy": "Schools reopen their doors in Sumy",
    "Kherson": "Market day returns to Kherson",
    "Poltava": "Poltava counts its broken windows",
    "Rivne": "In Rivne the sirens stay silent",
    "Lutsk": "Grain trains leave Lutsk on time",
    "Dnipro": "Surgeons of Dnipro take a day off",
}
TOWNS = list(HEADLINES)


NOW = day(12)


def state(
    claims: Sequence[Claim], articles: Sequence[SourcedArticle], at: datetime = NOW, topic: str = "ceasefire"
) -> TopicStatus:
    """The assessment of a topic that has been followed for a month."""
    return assess(topic, articles, claims, at=at, followed_since=at - timedelta(days=30))


def told(source: str, town: str, **changes: object) -> tuple[SourcedArticle, Claim]:
    """An outlet's article of its own, with its own-voice claim that a truce is in force."""
    sourced = article(HEADLINES[town], source=source)
    return sourced, claim(sourced, **{"phase": Phase.IN_FORCE, "proposition": "ceasefire-in-force", **changes})


def both(*pairs: tuple[SourcedArticle, Claim]) -> TopicStatus:
    return state([made for _, made in pairs], [sourced for sourced, _ in pairs])


# ── Settled is earned ────────────────────────────────────────────────────────────────────────────────────────────────


def test_one_outlet_settles_nothing() -> None:
    status = both(told("The Harbour Post", "Odesa"))
    assert status.phase not in SETTLED
    assert [position.claimant for position in status.according_to] == ["The Harbour Post"]


def test_two_independent_outlets_in_their_own_voice_settle_it() -> None:
    status = both(told("The Harbour Post", "Odesa"), told("Nordlys", "Lviv"))
    assert status.phase is Phase.IN_FORCE
    assert status.according_to == ()


def test_two_sections_of_one_outlet_are_one_source() -> None:
    assert both(told("Nordlys - World", "Odesa"), told("Nordlys - Europe", "Lviv")).phase not in SETTLED


def test_both_belligerents_settle_it() -> None:
    kyiv = told("Nordlys", "Odesa", claimant="Volodymyr Zelensky", claimant_id="P:zelensky")
    moscow = told("Nordlys", "Lviv", claimant="Dmitry Peskov", claimant_id="P:peskov")
    assert both(kyiv, moscow).phase is Phase.IN_FORCE


@pytest.mark.parametrize("claimant_id", ["P:zelensky", "L:ukraine", "P:peskov", "O:kremlin"])
def test_one_belligerent_and_its_echo_settle_nothing(claimant_id: str) -> None:
    pairs = [told(f"Paper {town}", town, claimant="somebody", claimant_id=claimant_id) for town in TOWNS]
    assert both(*pairs).phase not in SETTLED


def test_third_parties_settle_nothing() -> None:
    trump = told("Nordlys", "Odesa", claimant="Donald Trump", claimant_id="P:trump")
    erdogan = told("The Harbour Post", "Lviv", claimant="Recep Tayyip Erdogan", claimant_id="P:erdogan")
    status = both(trump, erdogan)
    assert status.phase not in SETTLED
    assert {position.claimant_id for position in status.according_to} == {"P:trump", "P:erdogan"}


def test_a_belligerents_state_media_are_that_belligerent() -> None:
    pairs = []
    for source, town in (("Vesti Volga", "Odesa"), ("Kanal Neva", "Lviv"), ("Radio Don", "Sumy")):
        sourced = article(f"{town} wakes up to silence", source=source, country="RU", ownership=Ownership.STATE)
        pairs.append((sourced, claim(sourced, phase=Phase.IN_FORCE)))
        pairs.append((sourced, claim(sourced, phase=Phase.IN_FORCE, claimant="Zelensky", claimant_id="P:zelensky")))
    assert both(*pairs).phase not in SETTLED


def test_five_papers_with_one_agency_settle_nothing() -> None:
    papers = [
        article(
            f"{town} : les canons se taisent",
            f"Un cessez-le-feu est entré en vigueur à minuit en Ukraine, raconte un habitant de {town}. (AFP)",
            source=f"Le Courrier de {town}",
            language="fr",
        )
        for town in TOWNS[:5]
    ]
    claims = claims_of(papers)
    assert Phase.IN_FORCE in {made.phase for made in claims}
    assert state(claims, papers).phase not in SETTLED


def test_five_papers_that_quote_one_agency_settle_nothing() -> None:
    papers = [
        article(
            f"Truce in Ukraine seen from {town}",
            "According to Reuters, a ceasefire in Ukraine came into force at midnight.",
            source=f"The {town} Herald",
        )
        for town in TOWNS[:5]
    ]
    status = state(claims_of(papers), papers)
    assert status.phase not in SETTLED


@pytest.mark.parametrize("modality", [Modality.CONDITIONAL, Modality.QUESTION, Modality.HOPED])
def test_what_is_not_asserted_settles_nothing(modality: Modality) -> None:
    pairs = [told(f"Paper {town}", town, modality=modality) for town in TOWNS]
    status = both(*pairs)
    assert status.phase not in SETTLED
    assert status.according_to == ()


def test_a_belligerent_that_denies_it_unsettles_it() -> None:
    pairs = [told("The Harbour Post", "Odesa"), told("Nordlys", "Lviv")]
    denial = article("Moscow denies that a truce is in force", published=day(11))
    pairs.append(
        (
            denial,
            claim(denial, claimant="Moscow", claimant_id="L:russia", phase=Phase.IN_FORCE, polarity=Polarity.DENIED),
        )
    )
    assert both(*pairs).phase not in SETTLED


def test_two_sources_weeks_apart_do_not_speak_of_one_truce() -> None:
    early, late = article("Odesa is quiet", source="Nordlys", published=day(1)), article("Lviv is quiet", source="Post")
    claims = [claim(sourced, phase=Phase.IN_FORCE) for sourced in (early, late)]
    assert state(claims, [early, late]).phase not in SETTLED


@given(st.integers(2, 8), st.sampled_from([Phase.AGREED, Phase.IN_FORCE]))
def test_copies_of_one_text_never_settle_anything(copies: int, phase: Phase) -> None:
    text = "Soldiers on both banks of the river laid down their arms at dawn, a baker told our reporter on the spot."
    papers = [
        article("Arms laid down at dawn on both banks", text, source=f"The {town} Echo") for town in TOWNS[:copies]
    ]
    assert state([claim(sourced, phase=phase) for sourced in papers], papers).phase not in SETTLED


@given(st.permutations(range(5)))
def test_the_order_in_which_claims_arrive_changes_nothing(order: list[int]) -> None:
    pairs = [told(f"Paper {town}", town, phase=phase) for town, phase in zip(TOWNS, Phase, strict=False)]
    claims, articles = [made for _, made in pairs[:5]], [sourced for sourced, _ in pairs[:5]]
    shuffled = [claims[place] for place in order]
    assert state(shuffled, articles).phase is state(claims, articles).phase


# ── What is open ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_known_is_an_answer() -> None:
    status = state([], [])
    assert (status.phase, status.strength, status.since, status.latest) == (Phase.UNKNOWN, Strength.LOW, None, None)
    assert status.trend.direction is Direction.TOO_FEW


def test_a_subject_of_many_matters_is_only_reported_on_however_firmly_one_is_told() -> None:
    pairs = [
        told(name, town, phase=Phase.AGREED, topic="sanctions", scope="energy")
        for name, town in (("Nordlys", "Odesa"), ("Le Quai", "Lviv"))
    ]
    status = state([made for _, made in pairs], [sourced for sourced, _ in pairs], topic="sanctions")
    assert (status.phase, status.partial, status.according_to) == (Phase.MENTIONED, (), ())
    assert status.since == min(made.published for _, made in pairs)
    late = state([made for _, made in pairs], [sourced for sourced, _ in pairs], at=day(28, month=4), topic="sanctions")
    assert late.phase is Phase.UNKNOWN


def test_a_belligerents_refusal_after_talks_is_the_state() -> None:
    talks, refusal = article("Talks go on", published=day(9)), article("No", published=day(11))
    claims = [
        claim(talks, phase=Phase.TALKS),
        claim(refusal, phase=Phase.REJECTED, claimant="Vladimir Putin", claimant_id="P:putin"),
    ]
    status = state(claims, [talks, refusal])
    assert status.phase is Phase.REJECTED
    assert status.since == status.last_change == day(11)


def test_an_outsiders_refusal_is_not() -> None:
    talks, refusal = article("Talks go on", published=day(9)), article("No", published=day(11))
    claims = [
        claim(talks, phase=Phase.TALKS),
        claim(refusal, phase=Phase.REJECTED, claimant="Ann Other", claimant_id=None),
    ]
    assert state(claims, [talks, refusal]).phase is Phase.TALKS


def test_a_strangers_refusal_alone_shows_no_offer() -> None:
    refusal = article("No", published=day(11))
    made = claim(refusal, phase=Phase.REJECTED, claimant="Donald Trump", claimant_id="P:trump")
    assert state([made], [refusal]).phase is Phase.MENTIONED


def test_old_phases_fade_and_the_newest_article_is_still_dated() -> None:
    pairs = [told("The Harbour Post", "Odesa"), told("Nordlys", "Lviv")]
    later = day(10) + timedelta(days=45)
    status = state([made for _, made in pairs], [sourced for sourced, _ in pairs], at=later)
    assert status.phase is Phase.UNKNOWN
    assert status.newest_at == day(10)
    assert status.strength is Strength.LOW


def test_a_partial_truce_stands_beside_the_general_state() -> None:
    pairs = [told("The Harbour Post", "Odesa", scope="energy"), told("Nordlys", "Lviv", scope="energy")]
    talks = article("Talks on a full ceasefire go on", source="Post")
    status = both(*pairs, (talks, claim(talks, phase=Phase.TALKS)))
    assert status.phase is Phase.TALKS
    assert [(partial.scope, partial.phase) for partial in status.partial] == [("energy", Phase.IN_FORCE)]


def test_a_partial_truce_nobody_confirms_is_according_to_somebody() -> None:
    status = both(
        told("Nordlys", "Odesa", scope="easter", phase=Phase.AGREED, claimant="Moscow", claimant_id="L:russia")
    )
    assert [(partial.phase, partial.according_to) for partial in status.partial] == [(Phase.PROPOSED, ("Moscow",))]


def test_what_a_chat_cannot_see_counts_for_nothing() -> None:
    pairs = [told("The Harbour Post", "Odesa"), told("Nordlys", "Lviv")]
    visible = [pairs[0][0]]
    status = state([made for _, made in pairs], visible)
    assert status.phase not in SETTLED
    assert [source.name for source in status.sources] == ["The Harbour Post"]


def test_the_future_counts_for_nothing() -> None:
    pairs = [told("The Harbour Post", "Odesa"), told("Nordlys", "Lviv")]
    status = state([made for _, made in pairs], [sourced for sourced, _ in pairs], at=day(9))
    assert status == state([], [], at=day(9))


def test_another_topics_claims_count_for_nothing() -> None:
    pairs = [told("The Harbour Post", "Odesa"), told("Nordlys", "Lviv")]
    assert state([made for _, made in pairs], [sourced for sourced, _ in pairs], topic="grain").phase is Phase.MENTIONED


# ── Disputes ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def call(
    number: int, name: str, claimant_id: str, polarity: Polarity, **changes: object
) -> tuple[SourcedArticle, Claim]:
    sourced = article(f"{name} on a call, {number}", source="Nordlys", published=day(number))
    made = claim(
        sourced,
        claimant=name,
        claimant_id=claimant_id,
        polarity=polarity,
        phase=Phase.TALKS,
        proposition="trump-putin-call",
        **changes,
    )
    return sourced, made


def test_who_affirms_and_who_will_not_confirm_stand_side_by_side() -> None:
    status = both(
        call(9, "Donald Trump", "P:trump", Polarity.AFFIRMED),
        call(10, "Dmitry Peskov", "P:peskov", Polarity.UNAWARE),
        call(10, "the Kremlin", "O:kremlin", Polarity.NEITHER),
    )
    (contest,) = status.contested
    assert [(held.claimant_id, held.polarity) for held in contest.positions] == [
        ("P:trump", Polarity.AFFIRMED),
        ("P:peskov", Polarity.UNAWARE),
        ("O:kremlin", Polarity.NEITHER),
    ]
    assert status.latest is not None
    assert {held.claimant_id for held in status.latest.positions} == {"P:trump", "P:peskov", "O:kremlin"}


def test_an_offer_and_the_refusal_to_confirm_it_stand_side_by_side() -> None:
    text = "Kyiv is ready for a 30-day truce. The Kremlin neither confirms nor denies, Dmitry Peskov told TASS."
    offer = article("Kyiv is ready for a truce", text, source="Nordlys", published=day(11))
    other = article("Truce", "Emmanuel Macron calls for a truce in Ukraine.", source="Post", published=day(11))
    status = state(claims_of([offer, other]), [offer, other])
    assert status.phase is Phase.PROPOSED
    (contest,) = status.contested
    assert [(held.claimant_id, held.polarity) for held in contest.positions] == [
        ("L:ukraine", Polarity.AFFIRMED),
        ("P:peskov", Polarity.NEITHER),
    ]


def test_a_later_event_does_not_settle_an_earlier_dispute() -> None:
    twelfth = day(12).date()
    status = both(
        call(9, "Donald Trump", "P:trump", Polarity.AFFIRMED),
        call(10, "the Kremlin", "O:kremlin", Polarity.NEITHER),
        call(12, "Donald Trump", "P:trump", Polarity.AFFIRMED, event_date=twelfth),
        call(12, "the Kremlin", "O:kremlin", Polarity.AFFIRMED, event_date=twelfth),
    )
    (contest,) = status.contested
    assert contest.since == day(9)
    assert contest.event_date is None
    assert {held.polarity for held in contest.positions} == {Polarity.AFFIRMED, Polarity.NEITHER}


def test_an_undated_change_of_mind_does_not_settle_it_either() -> None:
    status = both(
        call(9, "Donald Trump", "P:trump", Polarity.AFFIRMED),
        call(10, "the Kremlin", "O:kremlin", Polarity.NEITHER),
        call(11, "the Kremlin", "O:kremlin", Polarity.AFFIRMED),
    )
    assert len(status.contested) == 1


def test_a_confirmation_of_the_very_event_settles_it() -> None:
    ninth = day(9).date()
    status = both(
        call(9, "Donald Trump", "P:trump", Polarity.AFFIRMED, event_date=ninth),
        call(10, "the Kremlin", "O:kremlin", Polarity.NEITHER, event_date=ninth),
        call(11, "the Kremlin", "O:kremlin", Polarity.AFFIRMED, event_date=ninth),
    )
    assert status.contested == ()


def test_an_outlets_own_voice_is_no_party_to_a_dispute() -> None:
    sourced = article("They spoke", source="Nordlys", published=day(9))
    own = claim(sourced, phase=Phase.TALKS, proposition="trump-putin-call")
    assert both((sourced, own), call(10, "the Kremlin", "O:kremlin", Polarity.NEITHER)).contested == ()


@pytest.mark.parametrize("headline", ["What keeps the truce talks going", "Pourquoi les pourparlers de trêve durent"])
def test_a_headline_that_announces_an_explanation_is_not_the_latest_news(headline: str) -> None:
    news, explained = (
        article(title, source="Nordlys", published=day(10, hour)) for title, hour in (("A", 10), ("B", 14))
    )
    told = claim(news, phase=Phase.TALKS, sentence="Talks on a truce went on in Ankara.", claimant="Nordlys")
    why = claim(explained, phase=Phase.TALKS, sentence=headline, claimant="Nordlys")
    status = state([told, why], [news, explained])
    assert status.latest is not None
    assert status.latest.text == told.sentence


def test_positions_are_told_once_however_many_report_them() -> None:
    pairs = [call(9 + place, "Donald Trump", "P:trump", Polarity.AFFIRMED) for place in range(3)]
    (position,) = both(*pairs).positions
    assert len(position.article_ids) == 3
    assert position.published == day(11)


def test_what_two_claimants_say_in_the_same_words_is_told_once() -> None:
    words = "The Kremlin says that a truce of thirty days needs guarantees"
    kremlin = call(10, "the Kremlin", "O:kremlin", Polarity.AFFIRMED, sentence=words)
    peskov = call(11, "Dmitry Peskov", "P:peskov", Polarity.AFFIRMED, sentence=words + ".")
    other = call(11, "Dmitry Peskov", "P:peskov", Polarity.AFFIRMED, sentence="Nothing is signed, said Peskov.")
    assert len(both(kremlin, peskov).positions) == 1
    assert len(both(kremlin, other).positions) == 2


def test_unnamed_sources_beside_a_word_on_the_topic_hold_no_position() -> None:
    aside = told("Nordlys", "Odesa", claimant="Sources", phase=Phase.MENTIONED)
    offer = told("Nordlys", "Lviv", claimant="two diplomats", phase=Phase.PROPOSED)
    assert [held.claimant for held in both(aside, offer).positions] == ["two diplomats"]


def test_of_two_articles_that_say_the_same_the_one_in_the_readers_language_is_quoted() -> None:
    english = call(10, "Donald Trump", "P:trump", Polarity.AFFIRMED, sentence="We spoke, says Trump.")
    french = call(10, "Donald Trump", "P:trump", Polarity.AFFIRMED, sentence="Nous avons parlé.", language="fr")
    pairs = [english, french]
    for language in READER_LANGUAGES:
        status = assess(
            "ceasefire", [one for one, _ in pairs], [one for _, one in pairs], at=NOW, followed_since=None,
            language=language,
        )  # fmt: skip
        assert status.latest is not None
        assert {status.positions[0].language, status.latest.language} == {language}


def test_a_government_in_the_readers_language_speaks_for_its_spokesman_in_another() -> None:
    pairs = [
        call(10, "Donald Trump", "P:trump", Polarity.AFFIRMED),
        call(11, "Dmitry Peskov", "P:peskov", Polarity.NEITHER, direct_speech=True),
        call(11, "le Kremlin", "O:kremlin", Polarity.NEITHER, sentence="Le Kremlin ne confirme pas.", language="fr"),
    ]
    for language, voice in zip(READER_LANGUAGES, ("O:kremlin", "P:peskov"), strict=True):
        status = assess(
            "ceasefire", [one for one, _ in pairs], [one for _, one in pairs], at=NOW, followed_since=None,
            language=language,
        )  # fmt: skip
        speakers = [held.claimant_id for held in status.positions if held.polarity is Polarity.NEITHER]
        assert speakers[0] == voice
        assert len(speakers) == 2


def test_the_article_whose_words_are_quoted_comes_first_though_others_are_newer() -> None:
    french = call(10, "Donald Trump", "P:trump", Polarity.AFFIRMED, sentence="Nous avons parlé.", language="fr")
    english = call(11, "Donald Trump", "P:trump", Polarity.AFFIRMED, sentence="We spoke, says Trump.")
    status = assess(
        "ceasefire", [french[0], english[0]], [french[1], english[1]], at=NOW, followed_since=None, language="fr"
    )
    assert status.positions[0].article_ids == (french[0].article.id, english[0].article.id)


def test_sections_of_one_outlet_are_one_source_and_the_quoted_article_is_cited() -> None:
    old = article("A truce is proposed", source="Nordlys - World", published=day(10))
    new = article("More on it", source="Nordlys - Front page", published=day(11))
    offer = claim(old, claimant="Emmanuel Macron", claimant_id="P:macron", phase=Phase.PROPOSED)
    status = state([offer], [old, new])
    assert [citation.article_id for citation in status.sources] == [new.article.id]
    assert [citation.article_id for citation in status.cited] == [old.article.id]
    assert status.articles == 2


def test_nobody_and_outlets_hold_no_positions() -> None:
    hidden = told("Nordlys", "Odesa", claimant="")
    assert both(hidden, told("The Harbour Post", "Lviv")).positions == ()


def test_differing_numbers_of_one_story_are_a_range_with_its_sources() -> None:
    low = article("Twelve", source="Nordlys", story="s1")
    high = article("Fifteen", source="The Harbour Post", story="s1")
    other = article("Ninety", source="Post", story="s2")
    claims = [
        claim(low, sentence="The strike killed 12 people: 12 dead in Sumy."),
        claim(high, sentence="At least 15 dead in Sumy."),
        claim(other, sentence="Some 90 dead elsewhere."),
    ]
    (figures,) = state(claims, [low, high, other]).figures
    assert (figures.unit, figures.low, figures.high) == ("killed", 12, 15)
    assert {source.claimant for source in figures.sources} == {"Nordlys", "The Harbour Post"}


# ── Sources, cost ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_strength_is_that_of_the_sources_not_of_the_news() -> None:
    outlets = ["Nordlys", "The Harbour Post", "Courier", "Gazette", "Chronicle"]
    pairs = [told(name, town, phase=Phase.PROPOSED) for name, town in zip(outlets, TOWNS, strict=False)]
    assert both(*pairs[:1]).strength is Strength.LOW
    assert both(*pairs[:2]).strength is Strength.MEDIUM
    assert both(*pairs).strength is Strength.HIGH
    assert both(*pairs).independent_sources == 5


def test_a_busy_topic_is_assessed_in_time() -> None:
    articles = [
        article(
            f"Report {number} from {TOWNS[number % 8]}",
            "word " * 600,
            source=f"Outlet {number % 40}",
            published=day(1 + number % 11),
            feed=number % 40,
        )
        for number in range(400)
    ]
    claims = [
        claim(sourced, phase=phase, sentence=f"{sourced.article.title}, {phase}", proposition=f"ceasefire-{phase}")
        for sourced in articles
        for phase in (Phase.TALKS, Phase.PROPOSED, Phase.AGREED)
    ]
    state(claims, articles)
    assert cpu_seconds(lambda: state(claims, articles)) < 1.0


# ── The real days ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.shared
@shared_articles
def test_the_article_this_began_with_is_assessed_as_a_careful_reader_would() -> None:
    articles = shared("netcomsn_2025-02-10.jsonl")
    status = state(claims_of(articles), articles, at=day(10))
    assert status.phase in {Phase.PROPOSED, Phase.TALKS}
    assert status.strength is Strength.LOW
    assert status.independent_sources == 1
    held = {(position.claimant_id or position.claimant): position for position in reversed(status.positions)}
    assert held["P:trump"].polarity is Polarity.AFFIRMED
    assert held["P:trump"].via == "New York Post"
    assert held["P:peskov"].polarity is Polarity.UNAWARE
    assert held["P:peskov"].claimant == "Dmitri Peskov"
    assert held["P:peskov"].via == "Tass"
    assert held["O:kremlin"].polarity is Polarity.NEITHER
    assert "P:zelensky" in held
    wishes = [position for position in status.positions if position.proposition == "ceasefire-proposed"]
    assert "P:trump" in {position.claimant_id for position in wishes}
    assert held["Roger Housen"].role == "ancien colonel belge"
    (contest,) = status.contested
    assert contest.proposition == "trump-putin-call"
    assert contest.event_date is None
    assert {position.claimant_id: position.polarity for position in contest.positions} == {
        "P:trump": Polarity.AFFIRMED,
        "O:kremlin": Polarity.NEITHER,
        "P:peskov": Polarity.UNAWARE,
    }
    assert status.latest is not None
    assert status.latest.positions[0].claimant_id == "P:trump"
    assert {entry.date for entry in status.timeline} == {day(10).date()}
    assert all(entry.by_report and not entry.planned for entry in status.timeline)
    assert status.trend.direction is Direction.TOO_FEW
    assert status.partial == ()
    assert status.according_to == ()


@pytest.mark.shared
@shared_articles
def test_a_fortnight_of_february_never_settles_a_ceasefire() -> None:
    articles = shared("fr_2025-02-01_13.jsonl")
    claims = claims_of(articles)
    about = {made.article_id for made in claims}
    touched = [sourced for sourced in articles if sourced.article.id in about]
    daily = [assess("ceasefire", touched, claims, at=day(number, 23), followed_since=day(1)) for number in range(1, 15)]
    for status in daily:
        assert status.phase not in SETTLED
        assert status.according_to == ()
        assert status.trend.direction is Direction.TOO_FEW
    disputes = [contest for contest in daily[-1].contested if contest.proposition == "trump-putin-call"]
    assert [contest.since.date() for contest in disputes] == [day(10).date()]
    assert {position.polarity for position in disputes[0].positions} == {Polarity.AFFIRMED, Polarity.NEITHER}
