"""Summaries: the whole sentences of an article that together tell it best, within a number of words.

Every word is the source's own: sentences are only selected, trimmed of linking words and asides, and never cut.
"""

from __future__ import annotations

from dataclasses import replace

from bot.editorial.harm import allowed
from bot.editorial.scoring import Weights, learned, score
from bot.editorial.selection import Candidate, choose
from bot.editorial.units import Unit, units


def summarise(title: str, text: str, language: str, *, words: int = 50) -> str:
    """At most ``words`` words of the article, as whole sentences in its order.

    ``text`` is plain text, one paragraph a line; ``language`` the article's. Empty where no sentence can stand by
    itself in so many words: then the title tells more.
    """
    read = units(title, text, language)
    return " ".join(unit.text for unit in select(read, title, language, learned(language), words=words))


def select(read: list[Unit], title: str, language: str, weights: Weights, *, words: int) -> list[Unit]:
    """The units of one article that make its summary."""
    scored = score(read, title, language, weights)
    candidates = [
        Candidate(unit, tokens, worth)
        for unit, tokens, worth in zip(read, scored.seen.sentences, scored.worth, strict=True)
    ]
    while chosen := choose(candidates, scored.salient, words=words, usual_length=weights.usual_length):
        harmful = [place for place in chosen if not allowed(read[place].text, language)]
        if not harmful:
            break
        for place in harmful:
            candidates[place] = replace(candidates[place], unit=replace(read[place], complete=False))
    return [read[place] for place in chosen]
