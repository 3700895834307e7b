"""Where a text may be cut: Telegram counts UTF-16 units, readers see words and whole characters. Pure."""

from __future__ import annotations

import unicodedata

_JOINER = "\u200d"
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)
_TAGS = range(0xE0020, 0xE0080)
"""The letters of England's, Scotland's and Wales' flags."""


def units(text: str) -> int:
    """Length as Telegram counts it: characters outside the basic plane, most emoji, are two."""
    return len(text) + sum(character > "\uffff" for character in text)


def cut_point(text: str, limit: int) -> int:
    """How many characters of ``text`` fit in ``limit`` UTF-16 units, cut as kindly as possible.

    After a line's end, else after a space, where one lies in the second half; else between two whole characters.
    Always at least one character, so that a caller advances.
    """
    fitting = _fitting(text, limit)
    if fitting == len(text):
        return fitting
    for mark in ("\n", " "):
        found = text.rfind(mark, fitting // 2, fitting)
        if found >= 0:
            return found + 1
    return _whole_characters(text, fitting)


def shorten(text: str, limit: int) -> str:
    """The text itself, or its beginning with an ellipsis, within ``limit`` UTF-16 units."""
    if units(text) <= limit:
        return text
    return text[: cut_point(text, limit - 1)].rstrip() + "…"


def _fitting(text: str, limit: int) -> int:
    spent = 0
    for index, character in enumerate(text):
        spent += 2 if character > "\uffff" else 1
        if spent > limit:
            return index
    return len(text)


def _whole_characters(text: str, end: int) -> int:
    """Step back from the middle of a flag, a family or an accented letter; give up where all of it is one."""
    for index in range(end, 0, -1):
        if not _inside_character(text, index):
            return index
    return max(end, 1)


def _inside_character(text: str, index: int) -> bool:
    before, after = text[index - 1], text[index]
    if before == _JOINER or after == _JOINER or unicodedata.combining(after):
        return True
    code = ord(after)
    if code in _VARIATION_SELECTORS or code in _SKIN_TONES or code in _TAGS:
        return True
    return code in _FLAG_LETTERS and _flag_letters_before(text, index) % 2 == 1


def _flag_letters_before(text: str, index: int) -> int:
    count = 0
    while count < index and ord(text[index - 1 - count]) in _FLAG_LETTERS:
        count += 1
    return count
