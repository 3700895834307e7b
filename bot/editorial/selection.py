"""Selection: which sentences together make the best summary within a number of words.

Sentences that lean on the one before come in *bundles* with it; claims and their denials stay together. The best few
bundles are combined in every way that fits, each sentence whole or in a shorter form; what two sentences share counts
once, and a set's worth is weighed against its length as the F-measure does, so that filling up with little is no gain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import NamedTuple

from bot.editorial.salience import REPEATED, Pair, Salience, pairs_of
from bot.editorial.units import Unit

MOST_BUNDLES = 8
"""Combined with each other: beyond, worth seldom changes and cost grows."""

MOST_SENTENCES = 4
"""In one summary."""

MOST_FORMS = 6
"""Of one bundle: its sentences whole, and some of them shorter."""


Bundle = tuple[int, ...]
"""Indexes of candidates that come together, in the order of the article."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence to choose from."""

    unit: Unit
    tokens: list[str]
    worth: float
    place: int
    """Of its sentence in the article. The first candidate of a place is the sentence as it stands."""


def choose(candidates: Sequence[Candidate], salient: Salience, *, words: int, usual_length: float) -> Bundle:
    """Indexes of the chosen candidates; empty where none can stand by itself within ``words``.

    ``candidates``: the article's sentences in order, then shorter forms of some of them.
    """
    search = _Search(candidates, salient, words, usual_length)
    search.combine(_bundles(candidates, words), (), 0)
    return search.best


class _Sum(NamedTuple):
    """What some sentences come to together."""

    words: int
    length: int
    worth: float


_NOTHING = _Sum(0, 0, 0.0)


class _Search:
    """Every combination of bundles that fits, and the best of them."""

    def __init__(self, candidates: Sequence[Candidate], salient: Salience, words: int, usual_length: float) -> None:
        self.best: Bundle = ()
        self._best_value = float("-inf")
        self._candidates = candidates
        self._words_of = [candidate.unit.words for candidate in candidates]
        self._place_of = [candidate.place for candidate in candidates]
        self._salient = salient
        self._words = words
        self._usual_length = usual_length
        self._told: dict[int, tuple[frozenset[str], frozenset[Pair]]] = {}
        self._shared: dict[tuple[int, int], float] = {}

    def combine(self, bundles: Sequence[Bundle], chosen: Bundle, start: int, read: _Sum = _NOTHING) -> None:
        """Try ``chosen``, which comes to ``read``, with each bundle from ``start`` on, and those with later ones."""
        told = {self._place_of[sentence] for sentence in chosen}
        for place in range(start, len(bundles)):
            extra = [sentence for sentence in bundles[place] if sentence not in chosen]
            words = read.words + sum([self._words_of[sentence] for sentence in extra])
            if words > self._words or not extra or len(chosen) + len(extra) > MOST_SENTENCES:
                continue
            if not told.isdisjoint([self._place_of[sentence] for sentence in extra]):
                continue  # in another form
            joined, total = self._add(chosen, extra, words, read)
            self._consider(joined, total)
            self.combine(bundles, joined, place + 1, total)

    def _add(self, chosen: Bundle, extra: Sequence[int], words: int, read: _Sum) -> tuple[Bundle, _Sum]:
        worth, length = read.worth, read.length
        for sentence in extra:
            worth += self._candidates[sentence].worth - sum(self._both(sentence, other) for other in chosen)
            length += len(self._candidates[sentence].tokens)
            chosen = (*chosen, sentence)
        return chosen, _Sum(words, length, worth)

    def _consider(self, chosen: Bundle, read: _Sum) -> None:
        value = read.worth / (read.length + self._usual_length)
        if value > self._best_value:
            ordered = tuple(sorted(chosen, key=self._place_of.__getitem__))
            if self._candidates[ordered[0]].unit.standing.opens:
                self.best, self._best_value = ordered, value

    def _both(self, one: int, other: int) -> float:
        """Worth that two sentences share, counted once."""
        if (one, other) not in self._shared:
            self._shared[one, other] = self._shared[other, one] = self._overlap(one, other)
        return self._shared[one, other]

    def _overlap(self, one: int, other: int) -> float:
        (words, pairs), (other_words, other_pairs) = self._tells(one), self._tells(other)
        shared = sum(map(self._salient.words.__getitem__, words & other_words)) * (1.0 - REPEATED)
        return round(shared + sum(map(self._salient.pairs.__getitem__, pairs & other_pairs)), 9)

    def _tells(self, sentence: int) -> tuple[frozenset[str], frozenset[Pair]]:
        """Its words, and those of its pairs that can be expected."""
        if sentence not in self._told:
            tokens = self._candidates[sentence].tokens
            expected = self._salient.pairs.keys() & frozenset(pairs_of(tokens))
            self._told[sentence] = frozenset(tokens), frozenset(expected)
        return self._told[sentence]


def _bundles(candidates: Sequence[Candidate], words: int) -> list[Bundle]:
    """The most promising sentences, each with all it needs to be understood, in every form that fits."""
    forms: dict[int, list[int]] = {}
    for index, candidate in enumerate(candidates):
        forms.setdefault(candidate.place, []).append(index)
    units = [candidate.unit for candidate in candidates[: len(forms)]]
    found: dict[Bundle, None] = {}
    bundles = 0
    for place in sorted(range(len(units)), key=lambda place: (-_density(candidates[place]), place)):
        bundle = _bundle(units, place)
        fitting = [form for form in _forms(bundle, forms) if _fits(form, candidates, words)]
        found |= dict.fromkeys(fitting)
        bundles += bool(fitting)
        if bundles == MOST_BUNDLES:
            break
    return list(found)


def _bundle(units: Sequence[Unit], place: int) -> Bundle:
    """The sentences that must stand before and after this one, itself included; empty where it can't be used."""
    first = last = place
    while _needs_previous(units[first]):
        if first == 0 or (_only_quotes(units[first]) and not units[first - 1].standing.speaker):
            return ()
        first -= 1
        if place - first >= MOST_SENTENCES:
            return ()
    while last + 1 < len(units) and units[last + 1].standing.denies:
        last += 1
    return tuple(range(first, last + 1))


def _forms(bundle: Bundle, forms: Mapping[int, Sequence[int]]) -> Iterator[Bundle]:
    """A bundle with its sentences whole, then with some of them shorter."""
    return islice(product(*(forms[place] for place in bundle)), MOST_FORMS) if bundle else iter(())


def _fits(form: Bundle, candidates: Sequence[Candidate], words: int) -> bool:
    units = [candidates[place].unit for place in form]
    return all(unit.complete for unit in units) and sum(unit.words for unit in units) <= words


def _needs_previous(unit: Unit) -> bool:
    return unit.standing.leans or unit.standing.orphan or unit.standing.denies


def _only_quotes(unit: Unit) -> bool:
    """Its speaker can only be the one of the sentence before."""
    return unit.standing.orphan and not unit.standing.leans


def _density(candidate: Candidate) -> float:
    """Worth per word."""
    return candidate.worth / max(1, len(candidate.tokens))
