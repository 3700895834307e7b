"""Quotations: words between quotation marks must be the evidence's own words, and quoted there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.writing import Evidence
from bot.editorial import quotes
from bot.editorial.text import fold

_WORD = re.compile(r"[^\W_]+")
_SHORT = 3
"""Words up to which a quotation is a term rather than somebody's statement: it need not be quoted there."""


def agrees(line: str, cited: Sequence[Evidence]) -> bool:
    """Whether what a line quotes stands word for word in one of its sentences: translated words are no quotation."""
    if not quotes.balanced(line):
        return False
    said = [_words(line[span.start + 1 : span.end - 1]) for span in quotes.spans(line)]
    return all(any(_quotes(one.text, words) for one in cited) for words in said)


def _quotes(sentence: str, words: Sequence[str]) -> bool:
    if not _contains(_words(sentence), words):
        return False
    if len(words) <= _SHORT:
        return True
    own = [_words(sentence[span.start : span.end]) for span in quotes.spans(sentence)]
    # A sentence may stand within a quotation that began before it, so its marks have no partner.
    return any(_contains(quoted, words) for quoted in own) or not quotes.balanced(sentence)


def _contains(words: Sequence[str], wanted: Sequence[str]) -> bool:
    length = len(wanted)
    return any(list(words[start : start + length]) == list(wanted) for start in range(len(words) - length + 1))


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))
