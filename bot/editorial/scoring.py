"""Scoring: what a sentence is worth to a summary, by weights learned from editors' own summaries.

A sentence's worth is the number of words and pairs of words it can be expected to share with a good summary
(``salience``), corrected by gradient-boosted ``trees`` that look at its place and form (``features``). All is read from
``data/summary_weights.json``, which ``tools/train_summariser.py`` writes with the figures it reached.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.editorial.features import Expected, expected, expected_of, rows
from bot.editorial.pack import json_data
from bot.editorial.salience import Model, Salience, View, salience, view
from bot.editorial.trees import Grove, Tree
from bot.editorial.units import Unit


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything learned for one language."""

    model: Model
    grove: Grove
    usual_length: float
    """The higher, the longer the summaries that come out (words of the summary it is measured against)."""


@dataclass(frozen=True, slots=True)
class Scored:
    """An article's sentences with their worth."""

    seen: View
    salient: Salience
    worth: list[float]
    """Expected words and pairs shared with a good summary."""
    length: list[int]
    """Words as the models count them."""
    corrections: list[float]
    """Per word: what the trees add to the expected share."""

    def worth_of(self, words: Sequence[str], place: int) -> float:
        """Of a shorter form of the sentence at ``place``, by its lower-cased words."""
        hope = expected_of(words, self.salient)
        return _worth(hope, self.corrections[place])


def score(units: Sequence[Unit], title: str, language: str, weights: Weights) -> Scored:
    """The worth of an article's sentences."""
    seen = view([unit.text for unit in units], title, language)
    salient = salience(seen, weights.model)
    hopes = expected(seen, salient)
    corrections = [
        weights.grove.total(row) if unit.complete else 0.0  # nobody prints what isn't
        for unit, row in zip(units, rows(units, seen, hopes, language), strict=True)
    ]
    return Scored(
        seen=seen,
        salient=salient,
        worth=[_worth(hope, extra) for hope, extra in zip(hopes, corrections, strict=True)],
        length=[hope.length for hope in hopes],
        corrections=corrections,
    )


def _worth(hope: Expected, extra: float) -> float:
    worth = hope.words + hope.pairs + extra * hope.length
    return round(worth, 9)  # sums over sets differ in their last digits from run to run; choices must not


@cache
def learned(language: str) -> Weights:
    """The pack's weights for an article's language; those of English where it has none of its own."""
    languages = json_data("summary_weights.json")["languages"]
    return weights_of(languages.get(language) or languages["en"])


def weights_of(data: dict[str, Any]) -> Weights:
    """A language's weights as they are written in JSON."""
    return Weights(
        model=Model(
            listed={word: cell for cell, word in enumerate(data["listed"].split())},
            words=data["words"],
            word_bias=data["word_bias"],
            pairs=data["pairs"],
            pair_bias=data["pair_bias"],
        ),
        grove=Grove(tuple(Tree(*tree) for tree in data["trees"])),
        usual_length=data["usual_length"],
    )
