"""Quotations: where somebody else's words begin and end. Linear in the text's length, whatever it is."""

from __future__ import annotations

import re
from typing import NamedTuple

LONGEST = 1_500
"""Characters. A mark without its partner must not swallow the rest of the text; real quotations are shorter."""

CLOSER_OF = {"«": "»", "“": "”", "„": "“”", '"': '"'}
"""Opening mark → what may close it. Single marks are left out: they can't be told from apostrophes."""

OPENERS = frozenset(CLOSER_OF)
CLOSERS = frozenset('»”“"')
MARKS = OPENERS | CLOSERS
_MARK = re.compile(r"[«»“”„\"\n]")


class Span(NamedTuple):
    """A quotation: ``text[start:end]``, its marks included."""

    start: int
    end: int


class _Open(NamedTuple):
    mark: str
    start: int
    depth: int
    closed: int
    """Where a partner of an inner mark ended, in case the outer one never comes; 0: nowhere."""


def spans(text: str) -> list[Span]:
    """The outermost quotations of a text, in order. They end within their line; marks without a partner give none."""
    found: list[Span] = []
    current: _Open | None = None
    for match in _MARK.finditer(text):
        place = match.start()
        if current is not None and (match[0] == "\n" or place - current.start > LONGEST):
            if current.closed:
                found.append(Span(current.start, current.closed))
            current = None
        if match[0] == "\n":
            continue
        current = _after(current, text, place, found)
    if current is not None and current.closed:
        found.append(Span(current.start, current.closed))
    return found


def _after(current: _Open | None, text: str, place: int, found: list[Span]) -> _Open | None:
    """The open quotation after the mark at ``place``; complete ones are added to ``found``."""
    mark = text[place]
    if current is None:
        return _Open(mark, place, 1, 0) if _opens(text, place) else None
    if current.mark == '"':
        return _after_straight(current, text, place, found)
    if mark == current.mark:
        return current._replace(depth=current.depth + 1)
    if mark not in CLOSER_OF[current.mark]:
        return current
    if current.depth > 1:
        return current._replace(depth=current.depth - 1, closed=place + 1)
    found.append(Span(current.start, place + 1))
    return None


def _after_straight(current: _Open, text: str, place: int, found: list[Span]) -> _Open | None:
    if text[place] != '"':
        return current
    if place > 0 and text[place - 1].isspace() and text[place + 1 : place + 2].isalnum():
        return _Open('"', place, 1, 0)  # an opening mark: the one before never found its partner
    found.append(Span(current.start, place + 1))
    return None


def _opens(text: str, place: int) -> bool:
    mark = text[place]
    if mark != '"':
        return mark in OPENERS
    following = text[place + 1 : place + 2]
    return bool(following) and not following.isspace()


def without(text: str) -> str:
    """The text outside its quotations: what the author says in their own voice."""
    found = spans(text)
    if not found:
        return text
    kept, start = [], 0
    for span in found:
        kept.append(text[start : span.start])
        start = span.end
    kept.append(text[start:])
    return " ".join(kept)


def balanced(text: str) -> bool:
    """Does every mark have its partner?"""
    rest = without(text)
    return not any(mark in rest for mark in MARKS)
