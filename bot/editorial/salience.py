"""Salience: how likely each word, and each pair of neighbouring words, is to be in a good summary of the article.

Two logistic models, one over words and one over pairs, learned from articles with summaries written by editors
(``tools/train_summariser.py``). What they look at is turned into *cells*: places in one flat list of weights, of which
a word has exactly one per family (its frequency, where it first stands, whether the title has it …). The sum of a
word's cells is its log-odds. A sentence's worth is then the number of words and pairs it can be expected to share with
a summary, and what two sentences share counts once.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp

Pair = tuple[str, str]
Cells = tuple[int, ...]

REPEATED = 0.5
"""Worth of a word's second appearance within a summary, against its first."""

_TOKEN = re.compile(r"[^\W_]+")
_CAPITAL = re.compile(r"(?<=[\s'’«“\"(-])[^\W\d_a-zß-ÿ]\w+")

# The kinds of words: listed (the language's most frequent), numbers, names and the rest.
_LISTED, _NUMBER, _NAME, _PLAIN = range(4)
_KINDS = 4
_LONGEST = 12

_COUNTS = (1, 2, 3, 5, 8)
_PLACES = (0, 1, 2, 3, 5, 8, 13)
_SHARES = (0.03, 0.05, 0.08, 0.11, 0.15, 0.2, 0.27, 0.35, 0.5, 0.7)
_SIZES = (6, 10, 14, 20, 30)
_CHANCES = tuple(
    exp(step) for step in (-6, -5, -4.5, -4, -3.5, -3, -2.6, -2.2, -1.9, -1.6, -1.3, -1, -0.8, -0.6, -0.4, -0.25, -0.12)
)


def _offsets(*sizes: int) -> tuple[list[int], int]:
    """Where each family of cells starts, and where the last one ends."""
    starts = [sum(sizes[:place]) for place in range(len(sizes))]
    return starts, sum(sizes)


_TITLED = 3
_WORD_STARTS, WORD_CELLS = _offsets(
    2 * _KINDS * (_LONGEST + 1),  # language, kind and length of words that aren't listed
    (len(_COUNTS) + 1) * _KINDS,
    (len(_SHARES) + 1) * 2,
    (len(_PLACES) + 1) * _KINDS,
    _TITLED * _KINDS,
    (len(_SIZES) + 1) * 2,
    3 * 4 * 2,
    2 * 5 * 2,
)
_PAIR_STARTS, PAIR_CELLS = _offsets(
    len(_CHANCES) + 1,
    len(_CHANCES) + 1,
    5 * 4,
    len(_PLACES) + 1,
    _TITLED * 4,
    2 * 4,
    2 * 4,
)


@dataclass(frozen=True, slots=True)
class View:
    """An article as the models see it."""

    sentences: list[list[str]]
    """Lower-cased words of each sentence."""
    names: frozenset[str]
    title: frozenset[str]
    title_pairs: frozenset[Pair]
    english: bool


@dataclass(frozen=True, slots=True)
class Model:
    """The learned weights."""

    listed: Mapping[str, Mapping[str, int]]
    """Language → frequent word → its cell, counted from ``WORD_CELLS``."""
    words: Sequence[float]
    word_bias: float
    pairs: Sequence[float]
    pair_bias: float


@dataclass(frozen=True, slots=True)
class Salience:
    """Chances, 0 to 1, of being in a good summary."""

    words: Mapping[str, float]
    pairs: Mapping[Pair, float]


def tokens(text: str) -> list[str]:
    """Lower-cased words, accents kept."""
    return _TOKEN.findall(text.lower())


def pairs_of(sentence: Sequence[str]) -> Iterable[Pair]:
    """Neighbouring words."""
    return pairwise(sentence)


def view(texts: Sequence[str], title: str, language: str) -> View:
    """An article's sentences and title, as the models see them."""
    heading = tokens(title)
    return View(
        sentences=[tokens(text) for text in texts],
        names=frozenset(name.lower() for text in texts for name in _CAPITAL.findall(text)),
        title=frozenset(heading),
        title_pairs=frozenset(pairs_of(heading)),
        english=language == "en",
    )


def salience(seen: View, model: Model) -> Salience:
    """The chances of an article's words and pairs."""
    listed = model.listed["en" if seen.english else "fr"]
    words = {word: _chance(model.words, cells, model.word_bias) for word, cells in word_cells(seen, listed).items()}
    pairs = {
        pair: _chance(model.pairs, cells, model.pair_bias) for pair, cells in pair_cells(seen, words, listed).items()
    }
    return Salience(words, pairs)


def _chance(weights: Sequence[float], cells: Cells, bias: float) -> float:
    return 1.0 / (1.0 + exp(-bias - sum(map(weights.__getitem__, cells))))


def word_cells(seen: View, listed: Mapping[str, int]) -> dict[str, Cells]:
    """Each distinct word's cells. ``listed``: the language's frequent words, each with a cell of its own."""
    first: dict[str, int] = {}
    count: Counter[str] = Counter()
    spread: Counter[str] = Counter()
    for place, sentence in enumerate(seen.sentences):
        count.update(sentence)
        distinct = set(sentence)
        spread.update(distinct)
        for word in distinct:
            first.setdefault(word, place)
    total = len(seen.sentences) or 1
    size = _WORD_STARTS[5] + 2 * bisect_left(_SIZES, total)
    shape, counts, shares, places, titles, _, early, opening = _WORD_STARTS
    return {
        word: (
            listed[word] + WORD_CELLS
            if kind == _LISTED
            else shape + (seen.english * _KINDS + kind) * (_LONGEST + 1) + min(len(word), _LONGEST),
            counts + bisect_left(_COUNTS, times) * _KINDS + kind,
            shares + 2 * bisect_left(_SHARES, spread[word] / total) + (kind == _LISTED),
            places + bisect_left(_PLACES, first[word]) * _KINDS + kind,
            titles + (2 if not seen.title else word in seen.title) * _KINDS + kind,
            size + (kind == _LISTED),
            early + (min(first[word], 2) * 4 + min(times, 3)) * 2 + (kind == _LISTED),
            opening + (seen.english * 5 + min(first[word], 4)) * 2 + (kind == _LISTED),
        )
        for word, times in count.items()
        for kind in (_kind(word, seen, listed),)
    }


def _kind(word: str, seen: View, listed: Mapping[str, int]) -> int:
    if word in listed:
        return _LISTED
    if word[0].isdigit():
        return _NUMBER
    return _NAME if word in seen.names else _PLAIN


def pair_cells(seen: View, chances: Mapping[str, float], listed: Mapping[str, int]) -> dict[Pair, Cells]:
    """Each distinct pair's cells, given the chances of its words."""
    first: dict[Pair, int] = {}
    count: Counter[Pair] = Counter()
    for place, sentence in enumerate(seen.sentences):
        for pair in pairs_of(sentence):
            count[pair] += 1
            first.setdefault(pair, place)
    both, weaker, counts, places, titles, opening, types = _PAIR_STARTS
    cells: dict[Pair, Cells] = {}
    for pair, times in count.items():
        one, other = chances[pair[0]], chances[pair[1]]
        kind = 2 * (pair[0] in listed) + (pair[1] in listed)
        place = first[pair]
        cells[pair] = (
            both + bisect_left(_CHANCES, one * other),
            weaker + bisect_left(_CHANCES, min(one, other)),
            counts + min(times, 4) * 4 + kind,
            places + bisect_left(_PLACES, place),
            titles + (2 if not seen.title else pair in seen.title_pairs) * 4 + kind,
            opening + seen.english * 4 + min(place, 3),
            types + seen.english * 4 + kind,
        )
    return cells


def expected_words(sentence: Sequence[str], chances: Mapping[str, float]) -> float:
    """How many of a sentence's words a summary can be expected to have; a repetition counts half."""
    return sum(chances[word] * (1.0 if times == 1 else 1.0 + REPEATED) for word, times in Counter(sentence).items())


def expected_pairs(sentence: Sequence[str], chances: Mapping[Pair, float]) -> float:
    """How many of a sentence's pairs a summary can be expected to have."""
    return sum(chances[pair] for pair in set(pairs_of(sentence)))
