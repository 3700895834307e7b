"""Trees: the sum of many small regression trees, found without walking any of them. Pure.

A tree walked asks one question after the other, and a summary puts every sentence to over a hundred trees. Asked all at
once (QuickScorer: Lucchese et al., SIGIR 2015), a sentence costs one search among the sorted thresholds of each
feature: each question answered with no rules out the leaves on its other side, and of the leaves of a tree that are
left, the first is the one a walk ends at. The leaves of all trees are the bits of one number, a byte a tree.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from operator import and_, getitem
from typing import NamedTuple

MOST_LEAVES = 8
"""Of one tree: the bits of a byte."""

_FIRST_OF = bytes([0, *((byte & -byte).bit_length() - 1 for byte in range(1, 256))])
"""Byte → its lowest bit that is set."""


class Tree(NamedTuple):
    """A regression tree: node ``n`` asks whether ``row[feature[n]] <= threshold[n]``; a child below 0 is ``~leaf``."""

    feature: list[int]
    threshold: list[float]
    yes: list[int]
    no: list[int]
    leaf: list[float]

    def leaves(self, node: int = 0) -> list[int]:
        """The leaves under a node, those behind yes first."""
        return [~node] if node < 0 else self.leaves(self.yes[node]) + self.leaves(self.no[node])


class _Question(NamedTuple):
    """Everything asked of one feature."""

    feature: int
    thresholds: list[float]
    """Ascending."""
    left: list[int]
    """How many thresholds a value exceeds → the leaves left, as bits."""


@dataclass(frozen=True, slots=True)
class Grove:
    """Trees whose answers add up. Raises ``ValueError`` where one has more than ``MOST_LEAVES`` leaves."""

    trees: tuple[Tree, ...]
    _questions: list[_Question] = field(init=False, repr=False, compare=False)
    _answers: list[list[float]] = field(init=False, repr=False, compare=False)
    """Of each tree, in the order of its bits."""

    def __post_init__(self) -> None:
        if any(len(tree.leaf) > MOST_LEAVES for tree in self.trees):
            raise ValueError(f"a tree has at most {MOST_LEAVES} leaves")
        object.__setattr__(self, "_questions", list(_questions(self.trees)))
        object.__setattr__(self, "_answers", [[tree.leaf[leaf] for leaf in tree.leaves()] for tree in self.trees])

    def total(self, row: Sequence[float]) -> float:
        """The sum of what each tree says of a row of features; 0 without trees."""
        left = _everything(self.trees)
        for feature, thresholds, leaves in self._questions:
            left &= leaves[bisect_left(thresholds, row[feature])]
        ends = left.to_bytes(len(self.trees), "little").translate(_FIRST_OF)
        return sum(map(getitem, self._answers, ends), 0.0)


def _everything(trees: Sequence[Tree]) -> int:
    return (1 << MOST_LEAVES * len(trees)) - 1


def _questions(trees: Sequence[Tree]) -> Iterator[_Question]:
    """By feature: what is asked of it, and which leaves of all trees each number of noes leaves."""
    everything = _everything(trees)
    asked: dict[int, list[tuple[float, int]]] = {}
    for place, tree in enumerate(trees):
        bit = {leaf: 1 << MOST_LEAVES * place + number for number, leaf in enumerate(tree.leaves())}
        for node, feature in enumerate(tree.feature):
            behind_yes = sum(bit[leaf] for leaf in tree.leaves(tree.yes[node]))
            asked.setdefault(feature, []).append((tree.threshold[node], everything ^ behind_yes))
    for feature, found in sorted(asked.items()):
        found.sort()
        left = accumulate((leaves for _, leaves in found), and_, initial=everything)
        yield _Question(feature, [threshold for threshold, _ in found], list(left))
