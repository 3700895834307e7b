"""Text with Telegram's markup: runs that are escaped and tagged here and nowhere else. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise

from bot.adapters.telegram.cut import cut_point, units

_UNSENDABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff\u2028\u2029\u202a-\u202e]")
"""Control characters, lone surrogates, separators and direction overrides: dropped, refused or abused."""


@dataclass(frozen=True, slots=True)
class Tag:
    """One element, such as ``b`` or ``a href="…"``. Equal tags on neighbouring runs are one element."""

    name: str
    attribute: str = ""
    """As written after the name, escaped."""

    @property
    def opening(self) -> str:
        """``<b>`` or ``<a href="…">``."""
        return f"<{self.name} {self.attribute}>" if self.attribute else f"<{self.name}>"


BOLD = Tag("b")
ITALIC = Tag("i")
QUOTE = Tag("blockquote")
FOLDED_QUOTE = Tag("blockquote", "expandable")


def link_to(url: str) -> Tag:
    """An anchor; the address is escaped here."""
    return Tag("a", f'href="{escape(_sendable(url))}"')


@dataclass(frozen=True, slots=True)
class Run:
    """Text under the same tags, outermost first."""

    text: str
    tags: tuple[Tag, ...] = ()


def run(text: str, *tags: Tag) -> Run:
    """A run of what Telegram can carry of ``text``."""
    return Run(_sendable(text), tags)


def _sendable(text: str) -> str:
    return _UNSENDABLE.sub(" ", text)


def length(runs: Iterable[Run]) -> int:
    """UTF-16 units a reader receives: tags don't count."""
    return sum(units(each.text) for each in runs)


def elements(runs: Sequence[Run]) -> int:
    """How many elements it takes: Telegram forgets the markup after the hundredth."""
    opened = sum(len(each.tags) - _shared(before.tags, each.tags) for before, each in pairwise(runs))
    return opened + (len(runs[0].tags) if runs else 0)


def to_html(runs: Iterable[Run]) -> str:
    """Escaped text with every element closed, innermost first."""
    pieces: list[str] = []
    open_tags: tuple[Tag, ...] = ()
    for each in (*runs, Run("")):
        shared = _shared(open_tags, each.tags)
        pieces.extend(f"</{tag.name}>" for tag in reversed(open_tags[shared:]))
        pieces.extend(tag.opening for tag in each.tags[shared:])
        pieces.append(escape(each.text, quote=False))
        open_tags = each.tags
    return "".join(pieces)


def _shared(left: tuple[Tag, ...], right: tuple[Tag, ...]) -> int:
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count


def chop(runs: Sequence[Run], limit: int, most_elements: int) -> Iterator[tuple[Run, ...]]:
    """Pieces within ``limit`` units and ``most_elements`` elements, cut at a line, a word or a whole character."""
    rest = tuple(each for each in runs if each.text)
    while rest:
        size = min(_runs_of_elements(rest, most_elements), limit)
        text = "".join(each.text for each in rest)
        whole = cut_point(text, limit)
        taken, rest = split(rest, min(whole, size))
        yield taken


def _runs_of_elements(runs: Sequence[Run], most_elements: int) -> int:
    """Characters of the longest beginning that needs no more elements than that."""
    count = len(runs)
    while count > 1 and elements(runs[:count]) > most_elements:
        count -= 1
    return sum(len(each.text) for each in runs[:count])


def split(runs: Sequence[Run], at: int) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """The first ``at`` characters and the rest, each with its own tags."""
    left: list[Run] = []
    right: list[Run] = []
    for each in runs:
        if at > 0:
            left.append(replace(each, text=each.text[:at]))
        if at < len(each.text):
            right.append(replace(each, text=each.text[max(at, 0) :]))
        at -= len(each.text)
    return tuple(left), tuple(right)
