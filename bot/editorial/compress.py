"""Safe compression: a sentence shorter by what can go without touching what it claims. Words are only taken away.

Never cut: negations, attributions, quotations and what stands in them, conditions, numbers.
"""

from __future__ import annotations

import re

from bot.editorial import quotes
from bot.editorial.attribution import without_lead_in

LONGEST_ASIDE = 80
"""Characters of a parenthesis that may go; longer ones carry news."""

_ASIDE = re.compile(rf"[ \u00a0]?\([^()]{{1,{LONGEST_ASIDE}}}\)")
_BEFORE_STOP = re.compile(r" +([,.])(?=\s|$)")


def compress(sentence: str, language: str) -> str:
    """The sentence without linking words at its start and without short parentheses outside its quotations."""
    return without_lead_in(_without_asides(sentence), language)


def _without_asides(sentence: str) -> str:
    if "(" not in sentence or any(mark in sentence for mark in quotes.MARKS):
        return sentence
    return _BEFORE_STOP.sub(r"\1", _ASIDE.sub("", sentence))
