"""HTML as feeds carry it → plain text, one paragraph a line. Pure, and linear in the input's length whatever it is.

A tokeniser of our own rather than a tree: 50,000 nested tags cost an HTML tree builder seconds, and a feed's text
needs no tree. Tags are recognised as browsers do; a quote opens a value only after ``=``.
"""

from __future__ import annotations

import html
import re

from bot.adapters.web.elements import BLOCKS, CAPTIONED, CELLS, DROPPED, KNOWN, SWALLOWING
from bot.adapters.web.invisible import visible
from bot.adapters.web.mojibake import mended

MAX_MARKUP = 400_000
"""Characters read of one field; the rest is dropped."""

_BREAK = "\f"
"""Between paragraphs while we work: it is white space, whoever wrote it."""

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)((?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')|=)*+)>")
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|em|i|mark|small|span|strong|sub|sup|u)"
    r"(?:\s[^<>=\"']*+(?:=\s*+(?:\"[^\"<>]*+\"|'[^'<>]*+')[^<>=\"']*+)*+)?>",
    re.IGNORECASE,
)
"""The tags that leave nothing behind, in their usual spelling: taken out first, all at once, because that is quick."""
_OPENS = re.compile(r"<(?=[a-zA-Z/!?])")
_CAPTION = re.compile(r"wp-caption-text", re.IGNORECASE)
_ROUNDS = 4
"""How many layers of encoding are peeled off (``&amp;lt;p&amp;gt;`` is one too many, and common)."""

_MAYBE_MARKED = re.compile(r"<[a-zA-Z/!?]|&(?:[a-zA-Z]{2,32}|#\d{1,7}|#[xX][\da-fA-F]{1,6});")
_BREAKING = re.compile(r"<(?:p|br|div|li)\b", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_CUT = re.compile(r" ?\[ ?(?:…|\.{3,}) ?\]")


def plain(markup: str) -> str:
    """The text of an HTML fragment, one paragraph a line, without markup or invisible characters."""
    text = visible(mended(markup[:MAX_MARKUP]))
    if "\n" in text and "</" not in text and not _BREAKING.search(text):
        text = _BLANK_LINE.sub(_BREAK, text)
    if "<" in text or "&" in text:
        text = _unmarked(text)
    paragraphs = (" ".join(paragraph.split()) for paragraph in text.split(_BREAK))
    answer = "\n".join(paragraph for paragraph in paragraphs if paragraph)
    return _CUT.sub(" …", answer).strip() if "[" in answer else answer


def plain_line(markup: str) -> str:
    """The same on a single line, for titles."""
    return " ".join(plain(markup).split())


def shortened(text: str, limit: int) -> str:
    """At most ``limit`` characters, cut between words, ``…`` at the cut."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    at_word = max(kept.rfind(" "), kept.rfind("\n"))
    return kept[: at_word if at_word > limit // 2 else None].rstrip(" \n,;:") + "…"


def _unmarked(text: str) -> str:
    """Without tags and entities, layer by layer; what is left of ``<`` opens nothing."""
    encoded = "&" in text
    for _ in range(_ROUNDS):
        text = html.unescape(_untagged(_without_inline(text)))
        if not ("<" in text or "&" in text) or not _MAYBE_MARKED.search(text):
            break
    text = text.replace("]]>", "")
    text = visible(text) if encoded else text
    return _OPENS.sub(" ", text) if "<" in text else text


def _without_inline(text: str) -> str:
    return text if "wp-caption-text" in text else _INLINE_TAG.sub("", text)


def _untagged(text: str) -> str:
    """Tags taken out: paragraphs' ends become breaks, dropped elements vanish with what is in them."""
    pieces: list[str] = []
    reader = _Reader(text)
    position, opening = 0, text.find("<")
    while opening >= 0:
        pieces.append(text[position:opening])
        position, left = reader.read(opening)
        pieces.append(left)
        opening = text.find("<", position)
    pieces.append(text[position:])
    return "".join(pieces)


class _Reader:
    """Reads one tag, comment or dropped element at a time, each search going forward only."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._absent: set[str] = set()

    def read(self, start: int) -> tuple[int, str]:
        """Where reading goes on after the ``<`` at ``start``, and what it leaves in the text."""
        tag = _TAG.match(self._text, start)
        if tag is None:
            return self._odd(start)
        name = tag[2].lower()
        left = _BREAK if name in BLOCKS else " " if name in CELLS or name in DROPPED else ""
        if not tag[1] and (name in DROPPED or (name in CAPTIONED and _CAPTION.search(tag[3]))):
            return self._closing(name, tag), left
        return tag.end(), left

    def _odd(self, start: int) -> tuple[int, str]:
        """A comment, a declaration, a tag cut short, or a mere less-than sign."""
        text = self._text
        if not _OPENS.match(text, start):
            return start + 1, "<"
        if text.startswith("<![CDATA[", start):
            return start + 9, ""
        if text.startswith("<!--", start):
            return self._end("-->", start + 4), ""
        name = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)").match(text, start)
        if name is None:
            return self._end(">", start + 1), ""
        if name[1].lower() in KNOWN:  # the text was cut inside it
            return len(text), ""
        return start + 1, " "

    def _end(self, mark: str, start: int) -> int:
        found = -1 if mark in self._absent else self._text.find(mark, start)
        if found < 0:
            self._absent.add(mark)
            return len(self._text)
        return found + len(mark)

    def _closing(self, name: str, tag: re.Match[str]) -> int:
        """Where a dropped element's closing tag begins; behind the opening one where it closes itself or never."""
        if tag[3].endswith("/"):
            return tag.end()
        if name not in self._absent:
            found = re.compile(rf"</{re.escape(name)}(?=[\s/>])", re.IGNORECASE).search(self._text, tag.end())
            if found is not None:
                return found.start()
            self._absent.add(name)
        return len(self._text) if name in SWALLOWING else tag.end()
