"""Which sentences together make the best summary."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.editorial.salience import Salience, tokens
from bot.editorial.selection import MOST_BUNDLES, MOST_SENTENCES, Candidate, choose
from bot.editorial.units import Unit

NOTHING_SHARED = Salience({}, {})
SUBJECTS = ["ports", "digues", "marins", "cargos", "phares", "quais", "grues", "voiles", "mouettes", "tempêtes"]


def candidate(text: str, worth: float, *, complete: bool = True) -> Candidate:
    return Candidate(Unit(text, len(text.split()), complete, "fr"), tokens(text), worth, place=-1)


def chosen(candidates: list[Candidate], words: int, salient: Salience | None = None, usual: float = 10.0) -> list[int]:
    known = salient or Salience({word: 0.0 for one in candidates for word in one.tokens}, {})
    candidates = [replace(one, place=place) if one.place < 0 else one for place, one in enumerate(candidates)]
    return list(choose(candidates, known, words=words, usual_length=usual))


def test_the_set_that_fills_the_words_best_wins_over_the_best_single_sentence() -> None:
    pool = [
        candidate("Les ports ferment une fois de plus en raison de tempêtes.", 6.0),
        candidate("Les marins attendent dehors.", 3.0),
        candidate("Douze cargos chargés patientent.", 3.5),
    ]
    assert chosen(pool, 9, usual=20.0) == [1, 2]


def test_sentences_come_in_the_order_of_the_article() -> None:
    pool = [candidate("Les marins attendent.", 1.0), candidate("Les ports ferment.", 3.0)]
    assert chosen(pool, 50, usual=40.0) == [0, 1]


def test_saying_the_same_twice_is_worth_little_more_than_once() -> None:
    pool = [
        candidate("Les ports ferment mardi.", 3.0),
        candidate("Les ports ferment mardi.", 3.0),
        candidate("Douze cargos patientent dehors.", 2.0),
    ]
    salient = Salience(
        {word: 1.0 if word in {"ports", "ferment", "mardi", "les"} else 0.0 for one in pool for word in one.tokens}, {}
    )
    assert chosen(pool, 8, salient, usual=4.0) in ([0, 2], [1, 2])


def test_a_sentence_that_leans_brings_the_one_before_or_stays_out() -> None:
    pool = [candidate("Les ports ferment mardi matin.", 0.1), candidate("Ils rouvriront mercredi.", 9.0)]
    assert chosen(pool, 50) == [0, 1]
    assert chosen(pool, 6) == [0]


def test_a_claim_brings_its_denial() -> None:
    pool = [candidate("Le maire accuse les marins.", 9.0), candidate("Les marins rejettent ces accusations.", 0.1)]
    assert chosen(pool, 50) == [0, 1]
    assert chosen(pool, 6) == []


def test_incomplete_and_overlong_sentences_are_never_chosen() -> None:
    pool = [candidate("Les ports", 9.0, complete=False), candidate("Les marins " * 30 + "attendent.", 9.0)]
    assert chosen(pool, 50) == []


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(2, 9), st.integers(0, 40)), min_size=1, max_size=8), st.integers(5, 30))
def test_no_other_set_is_worth_more(shapes: list[tuple[int, int]], words: int) -> None:
    pool = [
        candidate(f"Les {SUBJECTS[place]} " + "attendent " * (length - 2) + "dehors.", float(worth))
        for place, (length, worth) in enumerate(shapes)
    ]
    got = chosen(pool, words)
    assert len(pool) <= MOST_BUNDLES

    def value(places: tuple[int, ...]) -> float:
        return sum(pool[place].worth for place in places) / (10.0 + sum(len(pool[place].tokens) for place in places))

    fitting = [
        places
        for size in range(1, MOST_SENTENCES + 1)
        for places in combinations(range(len(pool)), size)
        if sum(pool[place].unit.words for place in places) <= words
    ]
    assert not fitting or value(tuple(got)) >= max(map(value, fitting)) - 1e-9


def test_a_shorter_form_makes_room_for_another_sentence() -> None:
    pool = [
        candidate("Les ports de la côte, que la tempête avait surpris, ferment.", 6.0),
        candidate("Douze cargos chargés patientent.", 4.0),
        replace(candidate("Les ports de la côte ferment.", 5.0), place=0),
    ]
    assert chosen(pool, 10, usual=20.0) == [2, 1]


def test_a_sentence_is_never_told_in_two_forms() -> None:
    pool = [
        candidate("Les ports de la côte, que la tempête avait surpris, ferment.", 6.0),
        replace(candidate("Les ports de la côte ferment.", 5.5), place=0),
    ]
    assert chosen(pool, 50, usual=200.0) == [0]


def test_what_leans_on_a_sentence_comes_with_any_form_of_it() -> None:
    pool = [
        candidate("Les ports de la côte, que la tempête avait surpris, ferment.", 1.0),
        candidate("Ils rouvriront mercredi.", 9.0),
        replace(candidate("Les ports de la côte ferment.", 0.9), place=0),
    ]
    assert chosen(pool, 9) == [2, 1]
