"""Safe compression: a sentence shorter by what can go without touching what it claims. Words are only taken away.

Never cut: negations, attributions, quotations and what stands in them, conditions, numbers.
"""

from __future__ import annotations

import re

from bot.editorial import quotes
from bot.editorial.attribution import without_lead_in
from bot.editorial.headline import binds, trailing

FEWEST_WORDS = 12
"""Of a statement whose last part may go."""

LONGEST_ASIDE = 80
"""Characters of an aside that may go; longer ones carry news."""

_ASIDES = (
    re.compile(rf"[ \u00a0]?\([^()]{{1,{LONGEST_ASIDE}}}\)"),
    re.compile(rf"[ \u00a0](--|[–—]) (?:(?!\1)[^,;:()]){{2,{LONGEST_ASIDE}}} \1(?=[ ,])"),
)
"""In brackets, or between two dashes. A list between dashes stays: its commas may part it from the rest."""

_BEFORE_STOP = re.compile(r" +([,.])(?=\s|$)")


def compress(sentence: str, language: str) -> str:
    """The sentence without linking words at its start and without short asides outside its quotations."""
    return without_lead_in(_without_asides(sentence, language), language)


def shortened(sentence: str, language: str, words: int) -> str:
    """A sentence of more than ``words`` words without its last part, where that only adds to a whole statement.

    The sentence itself where there is no such part, or where it binds what it is added to.
    """
    if len(sentence.split()) <= words:
        return sentence
    for place in reversed(trailing(sentence, language)):
        kept, lost = sentence[:place], sentence[place:]
        if FEWEST_WORDS <= len(kept.split()) <= words and not binds(lost, language) and quotes.balanced(kept):
            return kept + "."
    return sentence


def _without_asides(sentence: str, language: str) -> str:
    for pattern in _ASIDES:
        if "(" in sentence or "-" in sentence or "–" in sentence or "—" in sentence:
            sentence = _without(pattern, sentence, language)
    return sentence


def _without(pattern: re.Pattern[str], sentence: str, language: str) -> str:
    quoted = quotes.spans(sentence) if any(mark in sentence for mark in quotes.MARKS) else []

    def kept(aside: re.Match[str]) -> str:
        """What stays of an aside."""
        within = any(span.start < aside.end() and aside.start() < span.end for span in quoted)
        return aside[0] if within or binds(aside[0], language) else ""

    shorter = pattern.sub(kept, sentence)
    return sentence if shorter == sentence else _BEFORE_STOP.sub(r"\1", shorter)
