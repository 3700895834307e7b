"""Parts: who acts, whom or what it goes to, and whose word it is, as far as the little words around a name tell.

"Germany delivers tanks to Ukraine" and "Ukraine delivers tanks to Germany" have the same words, and between languages
even their neighbours tell little. But prepositions do: where two names have exchanged their parts, they were swapped.
One that is told from the other end ("is attacked by") changes one part at most.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from itertools import combinations

from bot.editorial.naming import side_of
from bot.editorial.verify.reading import Reading, is_listed, reader


class Part(StrEnum):
    """What a name does in a sentence."""

    ACTS = "acts"
    """It stands by itself, or behind "by"."""
    MET = "met"
    """Something goes to it, or happens there."""
    SAYS = "says"
    """It is its word."""


def exchanged(line: Reading, evidence: Reading) -> bool:
    """Whether two names have each other's part in the line."""
    here, there = _parts(line), _parts(evidence)
    both = sorted(here.keys() & there.keys())
    return any(
        here[one] is not here[other]
        and (here[one], here[other]) == (there[other], there[one])
        and not _of_one_side(one, other)
        for one, other in combinations(both, 2)
    )


def _of_one_side(one: str, other: str) -> bool:
    """A state and its spokesman stand for each other."""
    side = side_of(one)
    return side is not None and side == side_of(other)


def _parts(reading: Reading) -> Mapping[str, Part]:
    """Persons, institutions and places whose part is clear: one, and nobody shares it."""
    found: dict[str, set[Part | None]] = {}
    for mention in reading.mentions:
        inside = [place for place, token in enumerate(reading.tokens) if mention.start <= token.start < mention.end]
        if mention.id[:2] in {"P:", "O:", "L:"} and inside:
            found.setdefault(mention.id, set()).add(_part(reading, inside[0], inside[-1]))
    return {id_: part for id_, parts in found.items() if len(parts) == 1 for part in parts if part is not None}


def _part(reading: Reading, first: int, last: int) -> Part | None:
    words, language = reading.words, reader(reading.language)

    def at(place: int, kind: str) -> bool:
        return 0 <= place < len(words) and is_listed(words[place], "parts", kind, language)

    before = first - 1
    while at(before, "articles"):
        before -= 1
    if at(before, "joins") or at(last + 1, "joins") or at(before, "of"):
        return None
    according_to = at(before, "to") and at(before - 1, "source")
    if at(before, "source") or according_to or at(before, "said_before"):
        return Part.SAYS
    end = reading.text.find(",", reading.tokens[last].end)
    close = [place for place in (last + 1, last + 2) if place < len(words)]
    if any(at(place, "says") and not 0 <= end < reading.tokens[place].start for place in close):
        return Part.SAYS
    return Part.MET if at(before, "to") else Part.ACTS
