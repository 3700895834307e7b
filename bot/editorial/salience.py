"""Salience: how likely each word, and each pair of neighbouring words, is to be in a good summary of the article.

Two logistic models, one over words and one over pairs, learned from articles with summaries written by editors
(``tools/train_summariser.py``). What they look at is turned into *cells*: places in one flat list of weights, of which
a word has exactly one per family (its frequency, where it first stands, whether the title has it …). The sum of a
word's cells is its log-odds. Each language has weights of its own, learned as deviations from common ones. A sentence's
worth is then the number of words and pairs it can be expected to share with a summary, and what two sentences share
counts once.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import exp
from operator import mul
from typing import TypeVar

from bot.editorial.rarity import Rarity, root_of

Pair = tuple[str, str]
Cells = tuple[int, ...]
Key = TypeVar("Key", str, Pair)

REPEATED = 0.5
"""Worth of a word's second appearance within a summary, against its first."""

_TOKEN = re.compile(r"[^\W_]+")
_CAPITAL = re.compile(r"(?<=[\s'’«“\"(-])[^\W\d_a-zß-ÿ]\w+")

_KINDS = 4
"""Of words: 0 listed (the language's most frequent), 1 numbers, 2 names, 3 the rest."""
_LONGEST = 12

_COUNT_STEPS = (1, 2, 3, 5, 8)
_PLACE_STEPS = (0, 1, 2, 3, 5, 8, 13)
_COUNT_OF = tuple(bisect_left(_COUNT_STEPS, count) for count in range(10))
_PLACE_OF = tuple(bisect_left(_PLACE_STEPS, place) for place in range(15))
_SHARES = (0.03, 0.05, 0.08, 0.11, 0.15, 0.2, 0.27, 0.35, 0.5, 0.7)
_SIZES = (6, 10, 14, 20, 30)
_READ = (5, 10, 15, 20, 30, 40, 55, 70, 90, 120, 160, 220, 300, 450)
_RARITIES = (2, 3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7, 7.5, 8, 9)
_LOG_ODDS = (-3.5, -3, -2.6, -2.2, -1.9, -1.6, -1.3, -1, -0.8, -0.6, -0.4, -0.25, -0.12)
_CHANCES = tuple(map(exp, _LOG_ODDS))

LEAST_CHANCE = exp(-4)
"""Of both words of a pair together. A pair below is not looked at, and never expected."""


def _offsets(*sizes: int) -> tuple[list[int], int]:
    """Where each family of cells starts, and where the last one ends."""
    return [sum(sizes[:place]) for place in range(len(sizes))], sum(sizes)


_WORD_STARTS, WORD_CELLS = _offsets(
    _KINDS * (_LONGEST + 1),  # kind and length, of words that aren't listed
    len(set(_PLACE_OF)) * len(set(_COUNT_OF)) * _KINDS,  # where it first stands, how often, kind
    (len(_SHARES) + 1) * 2,  # share of sentences that have it, listed or not
    3 * _KINDS,  # in the title, not in it, no title; kind
    (len(_SIZES) + 1) * 2,  # sentences of the article, listed or not
    (len(_READ) + 1) * _KINDS,  # words read before it, kind
    (len(_RARITIES) + 2) * _KINDS,  # rarity in the news, none, kind
)
_PAIR_STARTS, PAIR_CELLS = _offsets(
    len(_CHANCES) + 1,  # chance of both words
    len(_CHANCES) + 1,  # of the weaker
    5 * 4,  # how often, which of the two are listed
    len(set(_PLACE_OF)),  # where it first stands
    3 * 4,  # in the title, not in it, no title; which are listed
    4,  # which are listed
)


@dataclass(frozen=True, slots=True)
class View:
    """An article as the models see it."""

    sentences: list[list[str]]
    """Lower-cased words of each sentence."""
    names: frozenset[str]
    title: frozenset[str]
    title_pairs: frozenset[Pair]
    language: str


@dataclass(frozen=True, slots=True)
class Model:
    """A language's learned weights."""

    listed: Mapping[str, int]
    """Frequent word → its cell, counted from ``WORD_CELLS``."""
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
        language=language,
    )


def salience(seen: View, model: Model) -> Salience:
    """The chances of an article's words and pairs."""
    words = _chances(word_cells(seen, model.listed), model.words, model.word_bias)
    pairs = _chances(pair_cells(seen, words, model.listed), model.pairs, model.pair_bias)
    return Salience(words, pairs)


def _chances(cells: Mapping[Key, Cells], weights: Sequence[float], bias: float) -> dict[Key, float]:
    weight = weights.__getitem__
    return {key: 1.0 / (1.0 + exp(-bias - sum(map(weight, own)))) for key, own in cells.items()}


def word_cells(seen: View, listed: Mapping[str, int]) -> dict[str, Cells]:
    """Each distinct word's cells. ``listed``: the language's frequent words, each with a cell of its own."""
    first: dict[str, tuple[int, int]] = {}
    count: Counter[str] = Counter()
    spread: Counter[str] = Counter()
    read = 0
    for place, sentence in enumerate(seen.sentences):
        count.update(sentence)
        spread.update(set(sentence))
        for word in sentence:
            if word not in first:
                first[word] = place, bisect_left(_READ, read)
            read += 1
    return _cells_of(seen, listed, first, count, spread)


def _cells_of(
    seen: View,
    listed: Mapping[str, int],
    first: Mapping[str, tuple[int, int]],
    count: Mapping[str, int],
    spread: Mapping[str, int],
) -> dict[str, Cells]:
    """The cells of each word: where it first stands, how often, in how many sentences."""
    total = len(seen.sentences) or 1
    shares_of = [2 * bisect_left(_SHARES, times / total) for times in range(total + 1)]
    rarity_of = _RarityCells.of(seen.language)
    shape, met, shares, titles, size, opening, rare = _WORD_STARTS
    size += 2 * bisect_left(_SIZES, total)
    names, title = seen.names, seen.title
    cells: dict[str, Cells] = {}
    for word, (place, read) in first.items():
        kind = 0 if word in listed else 1 if word[0].isdigit() else 2 if word in names else 3
        own = listed[word] + WORD_CELLS if kind == 0 else shape + kind * (_LONGEST + 1) + min(len(word), _LONGEST)
        cells[word] = (
            own,
            met + (_PLACE_OF[min(place, 14)] * 6 + _COUNT_OF[min(count[word], 9)]) * _KINDS + kind,
            shares + shares_of[spread[word]] + (kind == 0),
            titles + (word in title if title else 2) * _KINDS + kind,
            size + (kind == 0),
            opening + read * _KINDS + kind,
            rare + rarity_of[word] + kind,
        )
    return cells


class _RarityCells(dict[str, int]):
    """Word → its cell of kind 0 among those of rarity, found once a word."""

    MOST = 100_000
    """Kept; then they are forgotten."""

    def __init__(self, rarity: Rarity) -> None:
        self._rarity = rarity

    def __missing__(self, word: str) -> int:
        if len(self) >= self.MOST:
            self.clear()
        root = root_of(word)
        step = bisect_left(_RARITIES, self._rarity.weight(root)) if root else len(_RARITIES) + 1
        self[word] = step * _KINDS
        return step * _KINDS

    @staticmethod
    @cache
    def of(language: str) -> _RarityCells:
        """Those of a language."""
        return _RarityCells(Rarity.of(language))


def pair_cells(seen: View, chances: Mapping[str, float], listed: Mapping[str, int]) -> dict[Pair, Cells]:
    """Each distinct likely pair's cells, given the chances of its words."""
    first: dict[Pair, int] = {}
    count: Counter[Pair] = Counter()
    for place, sentence in enumerate(seen.sentences):
        likely = [chances[word] for word in sentence]
        for pair, both in zip(pairs_of(sentence), map(mul, likely, likely[1:]), strict=True):
            if both > LEAST_CHANCE:
                count[pair] += 1
                first.setdefault(pair, place)
    together, weaker, counts, places, titles, types = _PAIR_STARTS
    cells: dict[Pair, Cells] = {}
    for pair, times in count.items():
        one, other = chances[pair[0]], chances[pair[1]]
        kind, place = 2 * (pair[0] in listed) + (pair[1] in listed), first[pair]
        cells[pair] = (
            together + bisect_left(_CHANCES, one * other),
            weaker + bisect_left(_CHANCES, min(one, other)),
            counts + min(times, 4) * 4 + kind,
            places + _PLACE_OF[min(place, 14)],
            titles + (pair in seen.title_pairs if seen.title else 2) * 4 + kind,
            types + kind,
        )
    return cells


def expected_words(sentence: Sequence[str], chances: Mapping[str, float]) -> float:
    """How many of a sentence's words a summary can be expected to have; a repetition counts half."""
    distinct = dict.fromkeys(sentence)
    once = sum(map(chances.__getitem__, distinct))
    if len(distinct) == len(sentence):
        return once
    return once + REPEATED * sum(chances[word] for word, times in Counter(sentence).items() if times > 1)


def expected_pairs(sentence: Sequence[str], chances: Mapping[Pair, float]) -> float:
    """How many of a sentence's pairs a summary can be expected to have."""
    return sum(map(chances.__getitem__, chances.keys() & set(pairs_of(sentence))))
