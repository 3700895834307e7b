"""Selection: which sentences together make the best summary within a number of words.

Sentences that lean on the one before come in *bundles* with it; claims and their denials stay together. The best few
bundles are combined in every way that fits; what two sentences share counts once, and a set's worth is weighed against
its length as the F-measure does, so that filling up with little is no gain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.editorial.salience import REPEATED, Salience, pairs_of
from bot.editorial.units import Unit

MOST_BUNDLES = 8
"""Combined with each other: beyond, worth seldom changes and cost grows."""

MOST_SENTENCES = 4
"""In one summary."""


Bundle = tuple[int, ...]
"""Places of sentences that come together, in order."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence to choose from."""

    unit: Unit
    tokens: list[str]
    worth: float


def choose(candidates: Sequence[Candidate], salient: Salience, *, words: int, usual_length: float) -> Bundle:
    """Places of the chosen sentences; empty where none can stand by itself within ``words``."""
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
        self._salient = salient
        self._words = words
        self._usual_length = usual_length
        self._shared: dict[tuple[int, int], float] = {}

    def combine(self, bundles: Sequence[Bundle], chosen: Bundle, start: int, read: _Sum = _NOTHING) -> None:
        """Try ``chosen``, which comes to ``read``, with each bundle from ``start`` on, and those with later ones."""
        for place in range(start, len(bundles)):
            extra = [sentence for sentence in bundles[place] if sentence not in chosen]
            if not extra or len(chosen) + len(extra) > MOST_SENTENCES:
                continue
            words = read.words + sum(self._candidates[sentence].unit.words for sentence in extra)
            if words > self._words:
                continue
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
        if value > self._best_value and self._candidates[min(chosen)].unit.standing.opens:
            self.best, self._best_value = tuple(sorted(chosen)), value

    def _both(self, one: int, other: int) -> float:
        """Worth that two sentences share, counted once."""
        if (one, other) not in self._shared:
            self._shared[one, other] = self._shared[other, one] = self._overlap(
                self._candidates[one].tokens, self._candidates[other].tokens
            )
        return self._shared[one, other]

    def _overlap(self, one: Sequence[str], other: Sequence[str]) -> float:
        words = sum(self._salient.words[word] for word in {*one} & {*other})
        chances = self._salient.pairs
        pairs = sum(chances[pair] for pair in {*pairs_of(one)} & {*pairs_of(other)} if pair in chances)
        return round(words * (1.0 - REPEATED) + pairs, 9)


def _bundles(candidates: Sequence[Candidate], words: int) -> list[Bundle]:
    """The most promising sentences, each with all it needs to be understood."""
    units = [candidate.unit for candidate in candidates]
    usable = (place for place, unit in enumerate(units) if unit.complete and unit.words <= words)
    found: dict[Bundle, None] = {}
    for place in sorted(usable, key=lambda place: (-_density(candidates[place]), place)):
        bundle = _bundle(units, place, words)
        if bundle:
            found[bundle] = None
        if len(found) == MOST_BUNDLES:
            break
    return list(found)


def _bundle(units: Sequence[Unit], place: int, words: int) -> Bundle | None:
    """The sentences that must stand before and after this one, itself included; None where it can't be used."""
    first = last = place
    while _needs_previous(units[first]):
        if first == 0 or (_only_quotes(units[first]) and not units[first - 1].standing.speaker):
            return None
        first -= 1
    while last + 1 < len(units) and units[last + 1].standing.denies:
        last += 1
    chosen = units[first : last + 1]
    if not all(unit.complete for unit in chosen) or sum(unit.words for unit in chosen) > words:
        return None
    return tuple(range(first, last + 1))


def _needs_previous(unit: Unit) -> bool:
    return unit.standing.leans or unit.standing.orphan or unit.standing.denies


def _only_quotes(unit: Unit) -> bool:
    """Its speaker can only be the one of the sentence before."""
    return unit.standing.orphan and not unit.standing.leans


def _density(candidate: Candidate) -> float:
    """Worth per word."""
    return candidate.worth / max(1, len(candidate.tokens))
