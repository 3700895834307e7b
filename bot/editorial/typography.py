"""Typography: one kind of quotation marks a language, so that a briefing of many outlets reads as one text.

Only marks and the spaces within them change, never a word.
"""

from __future__ import annotations

from bot.editorial import quotes

_MARKS = {"fr": ("«\u00a0", "\u00a0»"), "en": ("“", "”")}
_REPLACED = {"fr": frozenset('"“„«'), "en": frozenset('"')}
"""Opening marks of a language's outlets that stand for its own."""


def typeset(text: str, language: str) -> str:
    """The text with its outermost quotations between its language's marks; as it is where the language has none here.

    A mark without its partner stays as it was written, and so does a quotation with such marks in it. Setting twice
    changes nothing.
    """
    if language not in _MARKS:
        return text
    opening, closing = _MARKS[language]
    for span in reversed(quotes.spans(text)):
        words = text[span.start + 1 : span.end - 1].strip()
        if text[span.start] in _REPLACED[language] and words and _is_plain(words, text[span.start]):
            text = f"{text[: span.start]}{opening}{words}{closing}{text[span.end :]}"
    return text


def _is_plain(words: str, mark: str) -> bool:
    """Has a quotation no marks in it that could be taken for its own? Whole “…” within «…» can't."""
    inner = quotes.MARKS & set(words)
    return not inner or (mark == "«" and inner == {"“", "”"} and quotes.balanced(words))
