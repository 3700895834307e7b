"""Vocabularies: thousands of terms found in one pass over a text's words.

A vocabulary's groups are blocks of terms separated by commas or lines. A term is one or more words; in a term,

    ukrain*             any word that begins so
    (peace|truce) talks one of the alternatives; an empty one makes it optional: (german|) chancellor
    _                   any one word

Terms are folded as texts are, so they may be written with their accents. They are kept in a trie whose edges are words:
the cost of a text is its number of words, whatever the number of terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from bot.editorial.text import fold

DECOYS = "decoys"
"""The group that is never reported: where one of its terms stands, nothing shorter inside it counts."""

_LONGEST_PREFIX = 24
"""Characters before a ``*``: bounds the work on a hostile word."""

_REMEMBERED = 50_000
"""Words whose beginnings are kept in memory: some 5 MB."""

_PIECE = re.compile(r"\(([^()]*)\)|([^\s()]+)")
_TERM_END = re.compile(r"[,\n]")
_PARTS = re.compile(r"[^\s'\-.]+")


@dataclass(frozen=True, slots=True)
class Found:
    """A term of ``group`` at ``words[start:end]``."""

    group: str
    start: int
    end: int


@dataclass(slots=True)
class _Node:
    words: dict[str, _Node] = field(default_factory=dict)
    prefixes: dict[str, _Node] = field(default_factory=dict)
    anything: _Node | None = None
    groups: tuple[str, ...] = ()

    def branch(self, pattern: str) -> _Node:
        """The node a pattern leads to, made where there is none."""
        if pattern == "_":
            self.anything = self.anything or _Node()
            return self.anything
        if pattern.endswith("*"):
            return self.prefixes.setdefault(pattern[:-1], _Node())
        return self.words.setdefault(pattern, _Node())

    def after(self, word: str) -> Iterator[_Node]:
        """Every node the word leads to."""
        if word in self.words:
            yield self.words[word]
        if self.prefixes:
            for length in range(1, min(len(word), _LONGEST_PREFIX) + 1):
                if (node := self.prefixes.get(word[:length])) is not None:
                    yield node
        if self.anything is not None:
            yield self.anything


class _Beginnings(dict[str, tuple[_Node, ...]]):
    """Word → the nodes it leads to from the root; remembered, since most words of a text begin no term."""

    def __init__(self, root: _Node) -> None:
        super().__init__()
        self._root = root

    def __missing__(self, word: str) -> tuple[_Node, ...]:
        nodes = self[word] = tuple(self._root.after(word))
        return nodes

    def trim(self) -> None:
        """Forget everything when there is too much of it."""
        if len(self) > _REMEMBERED:
            self.clear()


class Vocabulary:
    """Groups of terms, ready to be found in folded words."""

    def __init__(self, groups: Mapping[str, str]) -> None:
        """``groups``: a block of terms each, in the notation of this module. Raises ValueError for an empty pattern."""
        self._root = _Node()
        for group, block in groups.items():
            for term in _TERM_END.split(fold(block)):
                for words in _expand(term):
                    self._add(group, words)
        self._beginnings = _Beginnings(self._root)

    def find(self, words: Sequence[str]) -> list[Found]:
        """Every group's terms in folded words, in order; of one group only the longest at a place, none overlapping.

        Linear in the number of words.
        """
        self._beginnings.trim()
        found: list[Found] = []
        free_from: dict[str, int] = {}
        resume = 0
        for position, nodes in enumerate(map(self._beginnings.__getitem__, words)):
            if not nodes or position < resume:
                continue
            longest = _longest(nodes, words, position + 1)
            resume = longest.pop(DECOYS, position)
            for group, end in longest.items():
                if end >= resume and position >= free_from.get(group, 0):
                    found.append(Found(group, position, end))
                    free_from[group] = end
        return found

    def _add(self, group: str, words: Sequence[str]) -> None:
        node = self._root
        for word in words:
            node = node.branch(word)
        if group not in node.groups:
            node.groups += (group,)


def _longest(nodes: Sequence[_Node], words: Sequence[str], end: int) -> dict[str, int]:
    """Group → where its longest term ends, of those that begin with the word before ``end``, which led to ``nodes``."""
    longest: dict[str, int] = {}
    while nodes:
        for node in nodes:
            for group in node.groups:
                longest[group] = end
        if end == len(words):
            break
        nodes = [after for node in nodes for after in node.after(words[end])]
        end += 1
    return longest


def _expand(term: str) -> Iterator[list[str]]:
    """``(peace|truce) talks`` → [peace, talks], [truce, talks]; nothing for a blank term."""
    pieces = [(choice or word).split("|") for choice, word in _PIECE.findall(term)]
    for chosen in product(*pieces):
        words = _PARTS.findall(" ".join(chosen))
        if any(word == "*" or len(word) > _LONGEST_PREFIX + 1 for word in words):
            raise ValueError(f"an empty or an endless pattern in {term!r}")
        if words:
            yield words
