"""Negation: what is not so in the evidence may not become so in a line, nor the other way round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from bot.domain.writing import Evidence
from bot.editorial.matching import Vocabulary
from bot.editorial.pack import yaml_data
from bot.editorial.verify.reading import Reading, is_listed, read, reader

AROUND = 7
"""Words within which a French particle finds its other half."""

REACH = 4
"""Telling words that a negation bears on."""


class Negation(NamedTuple):
    """One "not": ``words[start:end]``."""

    start: int
    end: int


def agrees(line: Reading, cited: Sequence[Evidence]) -> bool:
    """Whether a line denies what its evidence denies, and nothing else."""
    sources = [read(one.text, one.language) for one in cited]
    same = [source for source in sources if source.language == line.language]
    if len(same) < len(sources):
        return _agrees_across(line, sources)
    return not _inserted(line, same) and not _removed(line, same)


def negations(reading: Reading) -> list[Negation]:
    """Every negation of a text, in order."""
    return _negations(reading.words, reader(reading.language))


def _negations(words: Sequence[str], language: str) -> list[Negation]:
    spared = _spared(words, language)
    found = [one for one in _all(words, language) if not any(place in spared for place in range(*one))]
    kept: list[Negation] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _all(words: Sequence[str], language: str) -> Iterator[Negation]:
    rules: Mapping[str, str] = yaml_data("verify.yaml")["negation"][language]
    particles, completing = _set(rules["particles"]), _set(rules["completing"])
    alone, contracted = _set(rules["alone"]), _set(rules.get("contracted", ""))
    for place, word in enumerate(words):
        if word in particles and (other := _completed(words, place, completing)) is not None:
            yield Negation(min(place, other), max(place, other) + 1)
        elif word in alone:
            yield Negation(place, place + 1)
        elif word == "t" and place and words[place - 1] in contracted:
            yield Negation(place - 1, place + 1)


def _completed(words: Sequence[str], place: int, completing: frozenset[str]) -> int | None:
    """Where the other half of a particle stands: behind it, else before it (``aucun accord n'a…``)."""
    behind = range(place + 1, min(len(words), place + 1 + AROUND))
    before = range(place - 1, max(-1, place - AROUND), -1)
    for other in behind:
        if words[other] in completing:
            return other
        if words[other] in {"que", "qu"} and other - place > 1:
            break
    return next((other for other in before if words[other] in completing - {"pas", "plus", "point"}), None)


def _spared(words: Sequence[str], language: str) -> frozenset[int]:
    """Words of turns that negate nothing: ``non seulement``."""
    return frozenset(place for hit in _turns(language).find(words) for place in range(hit.start, hit.end))


def _inserted(line: Reading, sources: Sequence[Reading]) -> bool:
    """Does the line deny what the evidence doesn't? Each "not" there answers for one here."""
    denied = [set(_heads(source, one)) for source in sources for one in negations(source)]
    # A word that still stands in the line has denied nothing more there than here.
    contrary = [
        set(_after(source, place))
        for source in sources
        for place in _contrary(source)
        if source.stems[place] not in line.stems
    ]
    for one in negations(line):
        heads = set(_heads(line, one)[:2])
        answer = next((known for known in denied if heads & known), None)
        if answer is not None:
            denied.remove(answer)
        elif not any(heads & known for known in contrary):
            return True
    return False


def _removed(line: Reading, sources: Sequence[Reading]) -> bool:
    """Does the line assert what the evidence denies?"""
    own = {stem for one in negations(line) for stem in _heads(line, one)}
    there = {stem for source in sources for stem in source.stems}
    instead = [place for place in _contrary(line) if line.stems[place] not in there]
    own |= {stem for place in instead for stem in (*_after(line, place), *_ahead(line, place))}
    said = set(line.stems) - {""}
    for source in sources:
        for one in negations(source):
            heads = _heads(source, one)[:2]
            free = [stem for stem in heads if not _elsewhere(stem, sources)]
            if free and all(stem in said for stem in heads) and not own & set(heads):
                return True
    return False


def _heads(reading: Reading, one: Negation) -> list[str]:
    """The telling words a negation bears on: those within it, then the next ones."""
    within = [stem for stem in reading.stems[one.start : one.end] if stem]
    behind = [stem for stem in reading.stems[one.end : one.end + 2 * REACH] if stem]
    return [*within, *behind][:REACH]


def _covered(source: Reading) -> frozenset[int]:
    """Words that a negation bears on or stands in."""
    places: set[int] = set()
    for one in negations(source):
        places.update(range(one.start, min(len(source.words), one.end + 2 * REACH)))
    return frozenset(places)


def _elsewhere(stem: str, sources: Sequence[Reading]) -> bool:
    """Whether the evidence also says a word without denying it."""
    for source in sources:
        denied = _covered(source)
        if any(found == stem and place not in denied for place, found in enumerate(source.stems)):
            return True
    return False


def _after(reading: Reading, place: int) -> list[str]:
    """The telling words right behind a word that denies by its meaning."""
    return [stem for stem in reading.stems[place + 1 : place + 1 + 2 * REACH] if stem][:3]


def _ahead(reading: Reading, place: int) -> list[str]:
    """Those right before it: "la proposition a été rejetée"."""
    return [stem for stem in reading.stems[max(0, place - REACH) : place] if stem]


def _contrary(reading: Reading) -> list[int]:
    """The words that deny by their meaning."""
    language = reader(reading.language)
    return [place for place, word in enumerate(reading.words) if is_listed(word, "contrary", language)]


def _agrees_across(line: Reading, sources: Sequence[Reading]) -> bool:
    """Between languages no word can be matched: how much is denied must be alike."""
    said, implied = len(negations(line)), len(_contrary(line))
    denied = sum(len(negations(source)) for source in sources)
    meant = sum(len(_contrary(source)) for source in sources)
    if said > denied + max(0, meant - implied):
        return False
    return not denied or said > 0 or implied > meant


@cache
def _turns(language: str) -> Vocabulary:
    return Vocabulary({"turn": yaml_data("verify.yaml")["negation"][language]["except"]})


@cache
def _set(block: str) -> frozenset[str]:
    return frozenset(block.split())
