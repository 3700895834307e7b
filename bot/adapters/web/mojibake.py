"""Text whose bytes were read in the wrong encoding somewhere upstream, put right where that is certain. Pure."""

from __future__ import annotations

import re

_WINDOWS = {code: bytes([code]).decode("cp1252", "replace") for code in range(0x80, 0xA0)}
LETTERS = {code: letter for code, letter in _WINDOWS.items() if letter != "�"}
"""What Windows-1252 means by the codes Unicode keeps for controls: ``\\x92`` is an apostrophe."""
_BYTES = {ord(letter): code for code, letter in LETTERS.items()}
_SIGNS = "ÃÂÅÄÐâð"
"""How European letters, punctuation and pictographs begin once encoded twice. Looked for first because it is quick."""
_TWICE = re.compile("[\xc2-\xf4](?:[\x80-\xbf]|[" + "".join(LETTERS.values()) + "])")


def mended(text: str) -> str:
    """The text its author wrote: ``lâ€™accord`` is UTF-8 read as Windows-1252.

    It is turned back only where the whole text then reads as UTF-8, which no genuine text does.
    """
    if text.isascii() or not any(sign in text for sign in _SIGNS) or not _TWICE.search(text):
        return text
    try:
        return text.translate(_BYTES).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
