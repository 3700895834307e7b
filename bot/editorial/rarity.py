"""Rarity: how much a word says about a text's subject, by how few news articles have it.

Words are compared by their roots, the first letters of folded words: as good as stems for this, and forty times cheaper
than stemming words never seen before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.editorial.pack import json_data
from bot.editorial.text import STOP_WORDS, fold

ROOT = 6
"""Letters of a word that are compared."""


@lru_cache(maxsize=65_536)
def root_of(word: str) -> str:
    """What is compared of a lower-cased word; empty where it says nothing."""
    folded = fold(word)
    return "" if len(folded) < 2 or folded in STOP_WORDS["other"] else folded[:ROOT]


@dataclass(frozen=True, slots=True)
class Rarity:
    """The logarithm of how few articles have a root."""

    listed: Mapping[str, float]
    unlisted: float

    def weight(self, root: str) -> float:
        """Of any root."""
        return self.listed.get(root, self.unlisted)

    def weights(self, roots: Iterable[str]) -> list[float]:
        """Of each root, in order."""
        listed, unlisted = self.listed.get, self.unlisted
        return [listed(root, unlisted) for root in roots]

    @staticmethod
    @cache
    def of(language: str) -> Rarity:
        """A language's; others than French take the English one."""
        data = json_data("summary_rarity.json")
        own = data.get(language) or data["en"]
        listed = {root: float(level) for level, block in own["listed"].items() for root in block.split()}
        return Rarity(listed, float(own["unlisted"]))
