"""Shortening: a sentence up to the end of a clause, where what is left out takes nothing back. Pure.

A cut within a quotation, or before "unless" or "without", can turn a sentence into its opposite, so there is none.
"""

from __future__ import annotations

import re
from functools import cache

from bot.editorial import quotes
from bot.editorial.pack import yaml_data
from bot.editorial.text import fold

LEAST = 0.45
"""Of the length asked for, what must be kept: less is a fragment, not a shorter sentence."""
PATIENCE = 1.5
"""A sentence this much longer than asked, without a good place to cut it, is told whole."""
MARK = "[…]"
_CLAUSE_END = re.compile(r"(?=, |; | – | — )")
_WORD_END = re.compile(r"(?= )")
_PUNCTUATION = " \u00a0,;:–—"


def shortened(sentence: str, longest: int) -> str:
    """A sentence of about ``longest`` characters at most, openly cut (``[…]``).

    Cut at the last clause end that takes nothing back; where there is none, and it isn't much too long, whole; else at
    the last such word.
    """
    if len(sentence) <= longest:
        return sentence
    for ends in (_CLAUSE_END, _WORD_END):
        places = [match.start() for match in ends.finditer(sentence[: longest + 1])]
        good = [place for place in places if place >= longest * LEAST and _may_end(sentence, place)]
        if good:
            return f"{sentence[: good[-1]].rstrip(_PUNCTUATION)} {MARK}"
        if len(sentence) <= longest * PATIENCE:
            return sentence
    return _within_quotation(sentence, longest)


def turns(part: str) -> bool:
    """Does a part of a sentence hold a word that takes back, limits or turns what stands before it?"""
    return _one_of("turning").search(fold(part)) is not None


def _within_quotation(sentence: str, longest: int) -> str:
    """A quotation longer than there is room for: cut at a word that turns nothing, and closed again."""
    places = [match.start() for match in _WORD_END.finditer(sentence[: longest + 1])]
    good = [place for place in places if place >= longest * LEAST and not _turns(sentence[place:])]
    kept = sentence[: good[-1] if good else longest].rstrip(_PUNCTUATION)
    opened = [mark for mark in kept if mark in quotes.OPENERS]
    closed = f" {MARK}"
    if opened and not quotes.balanced(kept):
        closer = quotes.CLOSER_OF[opened[-1]][-1]
        closed += f"\u00a0{closer}" if closer == "»" else closer
    return kept + closed


def _may_end(sentence: str, place: int) -> bool:
    kept = sentence[:place].rstrip(_PUNCTUATION)
    # Behind a quotation comes who said it: that must not go.
    return quotes.balanced(kept) and kept[-1:] not in quotes.CLOSERS and says(kept) and not _turns(sentence[place:])


def says(words: str) -> bool:
    """Is there a verb in it? Else it is a name and what stands beside it."""
    return _one_of("verbs").search(words.lower()) is not None  # with accents: "à" is no "a"


def _turns(rest: str) -> bool:
    """Does what follows take back, limit or turn what stands before it?"""
    return _one_of("turning").match(fold(rest.lstrip(_PUNCTUATION))) is not None


@cache
def _one_of(key: str) -> re.Pattern[str]:
    words = yaml_data("shorten.yaml")[key].replace("\n", ",").split(",")
    return re.compile(rf"\b(?:{'|'.join(sorted({re.escape(word.strip()) for word in words if word.strip()}))})(?!\w)")
