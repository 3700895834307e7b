"""Summaries: the whole sentences of an article that together tell it best, within a number of words.

Every word is the source's own: sentences are selected, trimmed of linking words and asides, and may be told without
what only adds to them (``additions``). None is cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.editorial.additions import shorter_forms
from bot.editorial.harm import allowed
from bot.editorial.salience import tokens
from bot.editorial.scoring import Scored, Weights, learned, score
from bot.editorial.selection import Candidate, choose
from bot.editorial.units import Unit, units

MOST_SHORTENED = 10
"""Sentences whose shorter forms are looked for: two more than are combined (``selection.MOST_BUNDLES``)."""


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
        Candidate(unit, words_of, worth, place)
        for place, (unit, words_of, worth) in enumerate(zip(read, scored.seen.sentences, scored.worth, strict=True))
    ]
    candidates += _shorter(candidates, scored)
    while chosen := choose(candidates, scored.salient, words=words, usual_length=weights.usual_length):
        places = {candidates[one].place for one in chosen}
        harmful = {place for place in places if not allowed(read[place].text, language)}
        if not harmful:
            break
        candidates = [_unusable(one) if one.place in harmful else one for one in candidates]
    return [candidates[one].unit for one in chosen]


def _unusable(candidate: Candidate) -> Candidate:
    return replace(candidate, unit=replace(candidate.unit, complete=False))


def _shorter(sentences: Sequence[Candidate], scored: Scored) -> list[Candidate]:
    """Shorter forms of the most promising sentences, where they stand as the whole one does."""
    found = []
    promising = sorted(range(len(sentences)), key=lambda place: -sentences[place].worth / scored.length[place])
    for place in promising[:MOST_SHORTENED]:
        unit = sentences[place].unit
        for text in shorter_forms(unit.text, unit.language) if unit.complete else ():
            shorter = replace(unit, text=text, words=len(text.split()))
            if shorter.standing == unit.standing:
                words = tokens(text)
                found.append(Candidate(shorter, words, scored.worth_of(words, place), place))
    return found
