"""Features: what the trees look at beside salience, one row of numbers a sentence.

Position, likeness to the title and to other sentences, density of names and numbers, form, and how a sentence ranks
among the article's own. Likeness compares roots of words, weighed by their ``rarity``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from math import sqrt

from bot.editorial import quotes
from bot.editorial.rarity import Rarity, root_of
from bot.editorial.salience import Salience, View, expected_pairs, expected_words
from bot.editorial.units import Unit

KEY_ROOTS = 12
"""How many of an article's roots stand for its subject."""

Vector = dict[str, float]
Column = list[float]

_DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday friday saturday sunday"
_MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    " january february march april may june july august september october november december"
)
_DATES = frozenset(f"{_DAYS} {_MONTHS}".split())
_PAST = frozenset({"a", "ont", "est", "sont", "avait", "avaient", "has", "have", "had", "was", "were"})


@dataclass(frozen=True, slots=True)
class Expected:
    """What a sentence can be expected to share with a good summary."""

    words: float
    pairs: float
    length: int
    """Words as the models count them; at least 1."""


def expected(seen: View, salient: Salience) -> list[Expected]:
    """For each sentence of an article."""
    return [expected_of(words, salient) for words in seen.sentences]


def expected_of(words: Sequence[str], salient: Salience) -> Expected:
    """For one sentence, by its lower-cased words."""
    return Expected(expected_words(words, salient.words), expected_pairs(words, salient.pairs), max(1, len(words)))


def rows(units: Sequence[Unit], seen: View, hopes: Sequence[Expected], language: str) -> list[list[float]]:
    """One row a sentence, in the order of ``columns``."""
    found = columns(units, seen, hopes, language)
    return [list(row) for row in zip(*found.values(), strict=True)]


def columns(units: Sequence[Unit], seen: View, hopes: Sequence[Expected], language: str) -> dict[str, Column]:
    """Features by name, one number a sentence. The names are what training and weights speak of."""
    found = _positions(units)
    found |= _likeness(seen, language, [unit.words for unit in units])
    found |= _forms(units, seen)
    found |= _hopes(hopes)
    for name in ("words", "title_likeness", "key", "hoped_words", "hoped_pairs"):
        found[f"rank_{name}"] = _ranks(found[name])
    found["words_before"] = [-1.0, *found["words"]][: len(units)]
    found["words_after"] = [*found["words"][1:], -1.0][: len(units)]
    found["titled"] = [float(bool(seen.title))] * len(units)
    found["english"] = [float(seen.language == "en")] * len(units)
    return found


def _positions(units: Sequence[Unit]) -> dict[str, Column]:
    count = len(units)
    before = [0.0]
    for unit in units:
        before.append(before[-1] + unit.words)
    return {
        "place": [float(place) for place in range(count)],
        "place_relative": [place / max(1, count - 1) for place in range(count)],
        "from_end": [float(count - 1 - place) for place in range(count)],
        "count": [float(count)] * count,
        "read_before": before[:-1],
        "read_total": [before[-1]] * count,
        "words": [float(unit.words) for unit in units],
    }


def _likeness(seen: View, language: str, lengths: Sequence[int]) -> dict[str, Column]:
    """How sentences resemble the title and each other."""
    rarity = Rarity.of(language)
    roots = [_roots(sentence) for sentence in seen.sentences]
    vectors = [_vector(found, rarity) for found in roots]
    heading = _vector(_roots(seen.title), rarity)
    spread = Counter[str]()
    for found in vectors:
        spread.update(found.keys())
    before, after = _nearest(vectors, spread)
    scale = sqrt(max(1, len(roots)))
    return {
        "title_likeness": [likeness(vector, heading) for vector in vectors],
        "like_before": before,
        "like_after": after,
        "key": _keys(vectors, spread, rarity),
        "spread": [sum(map(spread.__getitem__, found)) / max(1, len(found)) / scale for found in roots],
        "rare": [sum(rarity.weights(found)) / max(1, len(found)) for found in roots],
        "content": [len(found) / max(1, length) for found, length in zip(roots, lengths, strict=True)],
    }


def _nearest(vectors: Sequence[Vector], spread: Mapping[str, int]) -> tuple[Column, Column]:
    """For each sentence, its likeness to the most similar one before it and after it.

    ``spread``: in how many sentences a root is; most are in one alone, and make nothing alike.
    """
    before, after = [0.0] * len(vectors), [0.0] * len(vectors)
    holders: dict[str, list[tuple[int, float]]] = {}
    for later, vector in enumerate(vectors):
        alike: dict[int, float] = {}
        for root, weight in vector.items():
            if spread[root] > 1:
                held = holders.setdefault(root, [])
                for earlier, other in held:
                    alike[earlier] = alike.get(earlier, 0.0) + weight * other
                held.append((later, weight))
        before[later] = max(alike.values(), default=0.0)
        for earlier, value in alike.items():
            after[earlier] = max(after[earlier], value)
    return before, after


def _keys(vectors: Sequence[Vector], spread: Counter[str], rarity: Rarity) -> Column:
    """Share of the article's subject each sentence has: its most widespread roots, weighed by rarity."""
    weights = zip(spread, spread.values(), rarity.weights(spread), strict=True)
    key = nsmallest(KEY_ROOTS, ((-count * weight, root) for root, count, weight in weights))
    total = -sum(mass for mass, _ in key) or 1.0
    return [-sum(mass for mass, root in key if root in vector) / total for vector in vectors]


def _forms(units: Sequence[Unit], seen: View) -> dict[str, Column]:
    sentences = seen.sentences
    return {
        "names": [sum(map(seen.names.__contains__, words)) / max(1, len(words)) for words in sentences],
        "dates": [float(sum(map(_DATES.__contains__, words))) for words in sentences],
        "past": [float(sum(map(_PAST.__contains__, words))) for words in sentences],
        "quoted": [sum(end - start for start, end in quotes.spans(unit.text)) / len(unit.text) for unit in units],
        "quote_first": [float(unit.text[0] in quotes.OPENERS) for unit in units],
        "commas": [unit.text.count(",") / max(1, unit.words) for unit in units],
        "letters": [len(unit.text) / max(1, unit.words) for unit in units],
    }


def _hopes(hopes: Sequence[Expected]) -> dict[str, Column]:
    """Salience as features: per word of the sentence, and against the article's mean."""
    words = [hope.words / hope.length for hope in hopes]
    pairs = [hope.pairs / hope.length for hope in hopes]
    count = max(1, len(hopes))
    mean_words, mean_pairs = sum(words) / count, sum(pairs) / count
    return {
        "hoped_words": words,
        "hoped_pairs": pairs,
        "hoped_words_total": [hope.words for hope in hopes],
        "hoped_pairs_total": [hope.pairs for hope in hopes],
        "hoped_words_beyond": [value - mean_words for value in words],
        "hoped_pairs_beyond": [value - mean_pairs for value in pairs],
    }


def _ranks(values: Column) -> Column:
    """0 for the highest, 1 for the lowest."""
    order = sorted(range(len(values)), key=lambda place: (-values[place], place))
    ranks = [0.0] * len(values)
    for rank, place in enumerate(order):
        ranks[place] = rank / max(1, len(values) - 1)
    return ranks


def likeness(one: Vector, other: Vector) -> float:
    """Cosine of two unit vectors."""
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other[root] for root, weight in one.items() if root in other)


def vector(words: Sequence[str], language: str) -> Vector:
    """What some lower-cased words are about, for ``likeness``."""
    return _vector(_roots(words), Rarity.of(language))


def _roots(words: Iterable[str]) -> list[str]:
    return [found for word in words if (found := root_of(word))]


def _vector(roots: Sequence[str], rarity: Rarity) -> Vector:
    counts = Counter(roots)
    weights = rarity.weights(counts)
    if len(counts) < len(roots):
        weights = [sqrt(count) * weight for count, weight in zip(counts.values(), weights, strict=True)]
    length = sqrt(sum([weight * weight for weight in weights]))
    return {root: weight / length for root, weight in zip(counts, weights, strict=True)} if length else {}
