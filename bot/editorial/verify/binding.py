"""Binding: which of two things in a sentence a number or a name belongs to.

Swapping the numbers of "41 drones and 58 missiles", or who attacked whom, leaves every word in place. So where a line
and its evidence share two of a kind, each must stand among the words it stands among there: if crossing them over
explains the line better, they were swapped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

Context = Mapping[str, float]
"""Stem → how near it stands."""

WINDOW = 4
"""Words on each side that tell what something belongs to."""

MARGIN = 0.6
"""By how much the crossed reading must be better: less is a matter of word order."""


def context(keys: Sequence[str], start: int, end: int) -> Context:
    """The telling words around ``keys[start:end]``: nearer ones count more, those that follow most."""
    around: dict[str, float] = {}
    for distance in range(1, WINDOW + 1):
        for place, weight in ((end - 1 + distance, 1.0), (start - distance, 0.6)):
            if 0 <= place < len(keys) and keys[place]:
                key = keys[place]
                around[key] = max(around.get(key, 0.0), weight / distance)
    return around


def crossed(line: Mapping[str, Context], evidence: Mapping[str, Context], margin: float = MARGIN) -> bool:
    """Whether two things that both have stand the other way round in the line."""
    both = sorted(line.keys() & evidence.keys())
    return any(
        _alike(line[one], evidence[other]) + _alike(line[other], evidence[one])
        > _alike(line[one], evidence[one]) + _alike(line[other], evidence[other]) + margin
        for one, other in combinations(both, 2)
    )


def _alike(one: Context, other: Context) -> float:
    return sum(min(weight, other[key]) for key, weight in one.items() if key in other)
