"""How likely words and pairs of words are to be in a good summary."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.editorial.salience import (
    LEAST_CHANCE,
    PAIR_CELLS,
    REPEATED,
    WORD_CELLS,
    Model,
    expected_pairs,
    expected_words,
    pair_cells,
    pairs_of,
    salience,
    tokens,
    view,
    word_cells,
)
from bot.editorial.scoring import learned

SENTENCES = [
    "Le port de Valmer rouvre mardi après trois semaines de tempête.",
    "La digue de Valmer reste fragile, selon Jeanne Martin.",
    "Les pêcheurs de la région attendent dehors avec 12 cargos.",
]
LISTED = {"le": 0, "la": 1, "de": 2}
LANGUAGES = st.sampled_from(["fr", "en", "uk", "ru", "other"])
TEXTS = st.lists(st.text(max_size=80), max_size=6)


def flat(value: float = 0.0) -> Model:
    """A model for which every word and pair is as likely as any other."""
    return Model(LISTED, [value] * (WORD_CELLS + len(LISTED)), 0.0, [value] * PAIR_CELLS, 0.0)


def test_words_are_lower_cased_and_keep_their_accents() -> None:
    assert tokens("L'Été, 12_000 ÉTÉ") == ["l", "été", "12", "000", "été"]


def test_names_are_capitalised_words_that_do_not_start_their_sentence() -> None:
    assert view(SENTENCES, "", "fr").names == {"valmer", "jeanne", "martin"}


def test_a_word_has_one_cell_of_each_family_and_no_other_words_cells() -> None:
    cells = word_cells(view(SENTENCES, "Valmer", "fr"), LISTED)
    assert {len(own) for own in cells.values()} == {7}
    assert all(len(set(own)) == len(own) for own in cells.values())
    assert cells["de"][0] == WORD_CELLS + LISTED["de"]
    assert cells["valmer"] != cells["digue"]


def test_where_a_word_first_stands_how_often_and_in_the_title_tell_it_from_others() -> None:
    first = word_cells(view(SENTENCES, "", "fr"), LISTED)
    later = word_cells(view(SENTENCES[::-1], "", "fr"), LISTED)
    titled = word_cells(view(SENTENCES, "Un port", "fr"), LISTED)
    assert first["port"] != later["port"]
    assert first["port"] != titled["port"]


def test_an_untrained_model_holds_everything_for_equally_likely() -> None:
    found = salience(view(SENTENCES, "", "fr"), flat())
    assert set(found.words.values()) == {0.5}
    assert set(found.pairs.values()) == {0.5}


def test_unlikely_words_make_no_pairs() -> None:
    assert salience(view(SENTENCES, "", "fr"), flat(-1.0)).pairs == {}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_the_title_repeats_is_likelier(language: str) -> None:
    model = learned(language).model
    without = salience(view(SENTENCES, "Une autre affaire", language), model).words
    with_it = salience(view(SENTENCES, "Une digue fragile", language), model).words
    assert with_it["digue"] > without["digue"]


def test_what_opens_the_article_is_likelier_than_what_ends_it() -> None:
    model = learned("fr").model
    padded = [SENTENCES[0], *["Les quais attendent la pluie."] * 12, SENTENCES[1]]
    last = [SENTENCES[1], *["Les quais attendent la pluie."] * 12, SENTENCES[0]]
    assert (
        salience(view(padded, "", "fr"), model).words["tempête"]
        > salience(view(last, "", "fr"), model).words["tempête"]
    )


def test_a_repetition_counts_half_and_a_pair_once() -> None:
    assert expected_words(["port", "port", "port"], {"port": 0.4}) == pytest.approx(0.4 * (1 + REPEATED))
    assert expected_pairs(["a", "b", "a", "b"], {("a", "b"): 0.5, ("b", "a"): 0.25}) == pytest.approx(0.75)
    assert expected_pairs(["a", "c"], {("a", "b"): 0.5}) == 0.0


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.text(max_size=60), LANGUAGES)
def test_every_cell_has_a_weight_and_every_chance_is_one(texts: list[str], title: str, language: str) -> None:
    seen = view(texts, title, language)
    cells = word_cells(seen, LISTED)
    assert all(0 <= cell < WORD_CELLS + len(LISTED) for own in cells.values() for cell in own)
    assert set(cells) == {word for sentence in seen.sentences for word in sentence}
    found = salience(seen, learned(language).model)
    assert all(0.0 < chance < 1.0 for chance in [*found.words.values(), *found.pairs.values()])
    pairs = pair_cells(seen, found.words, learned(language).model.listed)
    assert all(0 <= cell < PAIR_CELLS for own in pairs.values() for cell in own)
    assert all(found.words[one] * found.words[other] > LEAST_CHANCE for one, other in pairs)


@given(st.lists(st.sampled_from("abcd"), max_size=12))
def test_a_sentence_is_never_expected_to_share_more_than_it_has(sentence: list[str]) -> None:
    assert expected_words(sentence, dict.fromkeys("abcd", 1.0)) <= len(sentence)
    certain = dict.fromkeys(pairs_of(sentence), 1.0)
    assert expected_pairs(sentence, certain) <= max(0, len(sentence) - 1)
