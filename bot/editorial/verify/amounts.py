"""Amounts: the numbers of a line against those of its evidence, with what they count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from bot.domain.writing import Evidence
from bot.editorial.pack import yaml_data
from bot.editorial.text import fold
from bot.editorial.verify import binding
from bot.editorial.verify.calendar import meant_days
from bot.editorial.verify.numerals import Number, currencies, has_one, numbers
from bot.editorial.verify.reading import Reading, read

_VAGUE = frozenset({"tens", "hundreds", "thousands", "half", "quarter", "double"})


def agrees(line: Reading, cited: Sequence[Evidence]) -> bool:
    """Whether every number of a line is its evidence's, counts the same thing, and none changed places."""
    said = numbers(line.text, line)
    sources = [read(one.text, one.language) for one in cited]
    given = [number for source in sources for number in numbers(source.text, source)]
    known = {number.value for number in given}
    amounts = {number.value for number in said if _unit(line, number)}
    missing = {number.value for number in said} - known - (meant_days(cited) - amounts)  # 4 drones are no 4 March
    if "1" in missing and any(has_one(source.text) for source in sources):
        missing.discard("1")
    if missing - _times_in_other_words(missing, known):
        return False
    spending = {currency for source in sources for currency in currencies(source.text)}
    return (
        currencies(line.text) <= spending
        and _shares(said) <= _shares(given)
        and not _recounted(line, said, sources)
        and not _swapped(line, said, sources)
    )


def _times_in_other_words(missing: set[str], known: set[str]) -> set[str]:
    """``20:00`` where the evidence says 20 or 8, and the other way round."""
    hours = {value.partition(":")[0] for value in known if ":" in value} | known
    hours |= {str(int(hour) - 12) for hour in hours if hour.isdecimal() and 12 < int(hour) < 24}
    return {value for value in missing if value.partition(":")[0] in hours and (":" not in value or value[-2:] == "00")}


def _shares(found: Sequence[Number]) -> set[str]:
    return {number.value for number in found if number.percent}


def _recounted(line: Reading, said: Sequence[Number], sources: Sequence[Reading]) -> bool:
    """Does a number count something else than in every sentence that has it?"""
    counted: dict[str, set[str]] = defaultdict(set)
    for source in sources:
        for number in numbers(source.text, source):
            counted[number.value].add(_unit(source, number))
    for number in said:
        unit, there = _unit(line, number), counted[number.value]
        if unit and there and "" not in there and unit not in there:
            return True
    return False


def _unit(reading: Reading, number: Number) -> str:
    """What a number counts, as a key of the pack; empty where that is none of them."""
    following = [token.folded for token in reading.tokens if token.start >= number.end][:2]
    return next((_units()[word] for word in following if word in _units()), "")


def _swapped(line: Reading, said: Sequence[Number], sources: Sequence[Reading]) -> bool:
    return any(binding.crossed(_contexts(line, said, source), _contexts(source, None, line)) for source in sources)


def _contexts(reading: Reading, found: Sequence[Number] | None, other: Reading) -> Mapping[str, binding.Context]:
    """Each amount's company, in stems where both texts have one language, else in what both can say."""
    found = numbers(reading.text, reading) if found is None else found
    keys = keys_of(reading, across=reading.language != other.language)
    contexts: dict[str, binding.Context] = {}
    for number in found:
        inside = [place for place, token in enumerate(reading.tokens) if number.start <= token.start < number.end]
        if inside and number.value not in _VAGUE:
            contexts[number.value] = binding.context(keys, inside[0], inside[-1] + 1)
    return contexts


def keys_of(reading: Reading, *, across: bool) -> Sequence[str]:
    """A key a word, to compare words by: its stem, or between languages its unit or entry in the gazetteer."""
    numeric = ["" if word.isdigit() else key for word, key in zip(reading.words, reading.stems, strict=True)]
    if not across:
        return numeric
    keys = [_units().get(word, "") for word in reading.words]
    for mention in reading.mentions:
        for place, token in enumerate(reading.tokens):
            if mention.start <= token.start < mention.end:
                keys[place] = keys[place] or mention.id
    return keys


@cache
def _units() -> Mapping[str, str]:
    """Folded word → what it counts."""
    parted = (line.partition(" = ") for line in yaml_data("gazetteer.yaml")["units"].splitlines())
    return {fold(word.strip()): unit.strip() for unit, _, words in parted for word in words.split(",")}
