"""Characters that can hide or reorder text: controls, zero-width ones, direction controls, fillers, tags. Pure."""

from __future__ import annotations

import re

from bot.adapters.web.mojibake import LETTERS

_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
_UNSEEN = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff"
    "\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff"
)
_ODD = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f{_MARKS}{_UNSEEN}]")
_INVISIBLE = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f{_UNSEEN}]")
_PILED = re.compile(f"([{_MARKS}]{{2}})[{_MARKS}]+")
"""More accents on one letter than any language writes."""


def visible(text: str) -> str:
    """The text without invisible characters and heaps of accents; controls that Windows-1252 writes as letters stay."""
    if not _ODD.search(text):
        return text
    return _PILED.sub(r"\1", _INVISIBLE.sub("", text.translate(LETTERS)))
