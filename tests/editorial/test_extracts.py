"""What may be quoted of a story's articles, and which one or two extracts tell most of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.article import Article
from bot.domain.story import Source, SourcedArticle
from bot.editorial.extracts import FAIR_WORDS, LONGEST_SENTENCE, MOST_OF_ONE, Extract, best, extracts, subject

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)

REOPENS = "Le port de Valmer a rouvert mardi au trafic, a annoncé la capitainerie."
SHIPS = "Douze cargos chargés de blé attendaient au large depuis le 3 février."
CLAIM = "Les pêcheurs accusent la préfecture d'avoir tardé à réparer la digue."
DENIAL = "La préfecture rejette ces accusations."
OTHER_DENIAL = "La préfecture dément avoir tardé à réparer la digue des pêcheurs."
LONG = "Le port de Valmer a rouvert mardi au trafic " + "avec douze cargos chargés de blé " * 8 + "au large."


def told(name: str, outlet: str, text: str, title: str = "Le port de Valmer rouvre") -> SourcedArticle:
    published = NOON - timedelta(hours=1)
    return SourcedArticle(Article(name, None, title, text, "", "fr", published, published, (1,)), Source(outlet, "fr"))


def of(*sources: SourcedArticle, fresh: frozenset[str] = frozenset()) -> list[Extract]:
    return extracts(sources, "fr", fresh)


def chosen(*sources: SourcedArticle, words: int = 45, fresh: frozenset[str] = frozenset()) -> list[str]:
    return [extract.text for extract in best(of(*sources, fresh=fresh), "", "fr", words=words)]


def test_a_short_article_is_one_extract_and_a_longer_one_several() -> None:
    assert [extract.text for extract in of(told("a", "Quai", f"{REOPENS} {SHIPS}"))] == [f"{REOPENS} {SHIPS}"]
    longer = of(told("a", "Quai", f"{REOPENS} {SHIPS} {REOPENS} {SHIPS} {REOPENS}"))
    assert len(longer) > 1
    assert [extract.place for extract in longer] == sorted(extract.place for extract in longer)


def test_no_more_than_the_first_few_of_a_long_article() -> None:
    text = " ".join(f"Le quai {number} de Valmer a rouvert mardi au trafic, dit le maire." for number in range(40))
    assert len(of(told("a", "Quai", text))) == MOST_OF_ONE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Le port rouvre.",  # too short to tell anything
        LONG,  # too long to be quoted
        "« Nous avons dormi à bord pendant vingt jours sans descendre à terre. »",  # nobody's words
        "Le port de Valmer va-t-il rouvrir cette semaine au trafic ?",
        "Notre journaliste revient sur la réouverture du port de Valmer.",
        "Le port de Valmer a rouvert mardi au trafic, après trois…",
    ],
)
def test_what_tells_nothing_by_itself_is_no_extract(text: str) -> None:
    assert of(told("a", "Quai", text)) == []


def test_a_denial_comes_with_what_it_denies() -> None:
    pool = of(told("a", "Quai", f"{REOPENS} {SHIPS} {CLAIM} {DENIAL} {REOPENS}"))
    [claim] = [extract for extract in pool if extract.text.startswith(CLAIM)]
    assert (claim.text, claim.contradicts) == (f"{CLAIM} {DENIAL}", True)


def test_a_claim_that_another_article_denies_is_told_with_the_denial_after_it() -> None:
    assert chosen(told("d", "Vigie", OTHER_DENIAL), told("c", "Quai", CLAIM)) == [CLAIM, OTHER_DENIAL]


def test_the_same_words_are_not_told_twice() -> None:
    assert chosen(told("a", "Quai", REOPENS), told("b", "Vigie", REOPENS)) == [REOPENS]


def test_what_only_repeats_the_headline_is_left_out() -> None:
    pool = of(told("a", "Quai", "Le port de Valmer rouvre mardi au trafic."))
    assert best(pool, "Le port de Valmer rouvre mardi au trafic", "fr", words=45) == ()


def test_where_something_is_new_it_is_told() -> None:
    old = told("old", "Quai", REOPENS)
    new = told("new", "Vigie", "Les oiseaux migrateurs passent très haut au-dessus des quais.")
    assert chosen(old, new, fresh=frozenset({"new"}))[0].startswith("Les oiseaux")


def test_what_the_titles_share_is_the_subject() -> None:
    centre = subject(
        [told("a", "Quai", "", "La digue de Valmer cède"), told("b", "Vigie", "", "Digue : Valmer attend")], "fr"
    )
    assert centre["digue"] == max(centre.values())
    assert sum(weight * weight for weight in centre.values()) == pytest.approx(1)
    assert subject([], "fr") == {}


def test_nothing_to_quote_gives_no_extract() -> None:
    assert best([], "Le port", "fr", words=45) == ()


SENTENCES = st.sampled_from(
    [
        REOPENS,
        SHIPS,
        CLAIM,
        DENIAL,
        OTHER_DENIAL,
        LONG,
        "Il pleut.",
        "« Assez ! »",
        "«",
        '"',
        "Où ?",
        "Он ушёл.",
        "a" * 80,
    ]
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(SENTENCES, max_size=8).map(" ".join) | st.text(max_size=200), max_size=4),
    st.sets(st.integers(0, 3)),
    st.integers(1, 60),
)
def test_any_articles_are_quoted_fairly(texts: list[str], new: set[int], words: int) -> None:
    sources = [told(str(number), f"Outlet {number % 3}", text) for number, text in enumerate(texts)]
    told_of = best(of(*sources, fresh=frozenset(map(str, new))), "Le port", "fr", words=words)
    assert len(told_of) <= 2
    assert sum(extract.words for extract in told_of) <= words
    assert not told_of or told_of[0].opens
    for source in sources:
        own = [extract for extract in told_of if extract.source is source]
        taken = sum(len(extract.text.split()) for extract in own)
        assert taken <= FAIR_WORDS or (len(own) == 1 and taken <= LONGEST_SENTENCE)
