"""Fact cards: facts every language shares, and no figure that only one source gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.briefing import FactCard
from bot.domain.story import Story
from bot.editorial.facts import MOST_ACTORS, MOST_NUMBERS, fact_card, units
from bot.editorial.lexicon import actors
from tests.editorial.stories_cases import PRISONERS_EN, PRISONERS_FR, article, sourced, story

SWAP = story(
    "swap",
    sourced(PRISONERS_FR, "Alpha", topics=("prisoners", "talks")),
    sourced(PRISONERS_EN, "Bêta", topics=("prisoners",)),
)


def test_a_figure_two_independent_sources_give_is_a_fact_in_any_language() -> None:
    assert fact_card(SWAP).numbers == ("212:prisoners",)


def test_a_figure_of_one_source_stays_with_its_claimant() -> None:
    one = sourced(article("one", "L'armée dit avoir détruit 41 drones"), "Alpha")
    other = sourced(article("other", "Des drones abattus dans la nuit"), "Bêta")
    assert fact_card(story("drones", one, other)).numbers == ()


def test_the_articles_of_one_owner_confirm_nothing() -> None:
    pieces = [
        sourced(article("one", "L'armée dit avoir détruit 41 drones"), "Alpha - Monde"),
        sourced(article("two", "Le bilan : 41 drones détruits"), "Alpha - Direct"),
    ]
    card = fact_card(story("drones", *pieces))
    assert (card.numbers, card.source_count) == ((), 1)


def test_separators_and_an_adjective_between_do_not_hide_a_figure() -> None:
    one = sourced(article("one", "Près de 1\u202f200 soldats relevés"), "Alpha")
    other = sourced(article("other", "Some 1,200 exhausted soldiers rotated", language="en"), "Bêta")
    assert fact_card(story("rotation", one, other)).numbers == ("1200:soldiers",)


def test_topics_come_by_how_many_articles_have_them() -> None:
    assert fact_card(SWAP).topics == ("prisoners", "talks")


def test_actors_are_who_acts_the_most_named_first_and_never_who_reports() -> None:
    pieces = [
        sourced(article("one", "Erdogan reçoit Zelensky", "Une rencontre annoncée par l'agence TASS."), "Alpha"),
        sourced(article("two", "Erdogan host of new talks", "AFP reports.", language="en"), "Bêta"),
    ]
    assert fact_card(story("visit", *pieces)).actors == ("P:erdogan", "P:zelensky")


def test_the_phase_is_the_one_given() -> None:
    assert fact_card(SWAP).phase is None
    assert fact_card(SWAP, "agreed").phase == "agreed"


def test_every_unit_of_a_number_is_one_the_view_can_word() -> None:
    assert {number.split(":")[1] for number in fact_card(SWAP).numbers} <= set(units())


def test_a_story_without_articles_has_an_empty_card() -> None:
    assert fact_card(Story("none", ())) == FactCard((), None, (), (), 0)


@given(st.lists(st.tuples(st.text(max_size=80), st.text(max_size=200)), max_size=6))
def test_any_text_gives_a_card_within_its_bounds(texts: list[tuple[str, str]]) -> None:
    pieces = [
        sourced(article(str(number), title, body), f"Outlet {number}") for number, (title, body) in enumerate(texts)
    ]
    card = fact_card(story("any", *pieces))
    assert len(card.actors) <= MOST_ACTORS
    assert len(card.numbers) <= MOST_NUMBERS
    assert set(card.actors) <= set(actors())
    assert card.source_count <= len(texts)
