"""HTML as feeds carry it → plain text, one paragraph a line. Pure, and linear in the input's length whatever it is.

A tokeniser of our own rather than a tree: 50,000 nested tags cost an HTML tree builder seconds, and a feed's text
needs no tree. Tags are recognised as browsers do; a quote opens a value only after ``=``.
"""

from __future__ import annotations

import html
import re

from bot.adapters.web.elements import BLOCKS, CAPTIONED, CELLS, DROPPED, KNOWN, SWALLOWING

MAX_MARKUP = 400_000
"""Characters read of one field; the rest is dropped."""

_BREAK = "\x1e"
"""Between paragraphs while we work: a control character, so no input holds it any more."""

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)((?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')|=)*+)>")
_OPENS = re.compile(r"<(?=[a-zA-Z/!?])")

_CAPTION = re.compile(r"wp-caption-text", re.IGNORECASE)
_ROUNDS = 4
"""How many layers of encoding are peeled off (``&amp;lt;p&amp;gt;`` is one too many, and common)."""

_MAYBE_MARKED = re.compile(r"<[a-zA-Z/!?]|&(?:[a-zA-Z]{2,32}|#\d{1,7}|#[xX][\da-fA-F]{1,6});")
_BREAKING = re.compile(r"<(?:p|br|div|li)\b", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")

_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
"""Controls, zero-width characters, bidirectional controls, fillers, tags: all that can hide or reorder text."""

_ZALGO = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{2})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)
_CUT = re.compile(r"\s*\[\s*(?:…|\.{3,})\s*\]")


def plain(markup: str) -> str:
    """The text of an HTML fragment, one paragraph a line, without markup or invisible characters."""
    text = _UNSEEN.sub("", markup[:MAX_MARKUP])
    if "</" not in text and not _BREAKING.search(text):
        text = _BLANK_LINE.sub(_BREAK, text)
    for _ in range(_ROUNDS):
        text = html.unescape(_untagged(text))
        if not _MAYBE_MARKED.search(text):
            break
    text = _OPENS.sub(" ", _visible(text))
    paragraphs = (" ".join(paragraph.split()) for paragraph in text.split(_BREAK))
    return _CUT.sub(" …", "\n".join(paragraph for paragraph in paragraphs if paragraph)).strip()


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


def _visible(text: str) -> str:
    """What decoding entities brought in is cleaned too, our own breaks excepted."""
    text = text.replace("]]>", "")
    cleaned = _BREAK.join(_UNSEEN.sub("", piece) for piece in text.split(_BREAK))
    return _ZALGO.sub(r"\1", cleaned)


def _untagged(text: str) -> str:
    """Tags taken out: paragraphs' ends become breaks, dropped elements vanish with what is in them."""
    if "<" not in text:
        return text
    pieces: list[str] = []
    reader = _Reader(text)
    position = 0
    while (opening := _OPENS.search(text, position)) is not None:
        pieces.append(text[position : opening.start()])
        position, space = reader.read(opening.start())
        if position < 0:
            pieces.append(_unfinished(text[opening.start() :]))
            return "".join(pieces)
        pieces.append(space)
    pieces.append(text[position:])
    return "".join(pieces)


def _unfinished(rest: str) -> str:
    """What is left of a tag that never ends: nothing where a text was cut inside one, else the text without ``<``."""
    name = re.match(r"</?([a-zA-Z][a-zA-Z0-9]*)", rest)
    return "" if name is None or name[1].lower() in KNOWN else " " + rest[1:]


class _Reader:
    """Reads one tag, comment or dropped element at a time, each search going forward only."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._absent: set[str] = set()

    def read(self, start: int) -> tuple[int, str]:
        """Where reading goes on after what opens at ``start``, and the space it leaves; -1: it never ends."""
        text = self._text
        if text.startswith("<![CDATA[", start):
            return start + 9, ""
        if text.startswith("<!--", start):
            return self._end("-->", start + 4), ""
        tag = _TAG.match(text, start)
        if tag is None:
            return (-1 if text[start + 1].isalpha() else self._end(">", start + 1)), ""
        return self._after(tag), _space_for(tag[2].lower())

    def _after(self, tag: re.Match[str]) -> int:
        name = tag[2].lower()
        if tag[1] or tag[3].endswith("/"):
            return tag.end()
        if name in DROPPED or (name in CAPTIONED and _CAPTION.search(tag[3])):
            return self._closing(name, tag.end())
        return tag.end()

    def _end(self, mark: str, start: int) -> int:
        found = -1 if mark in self._absent else self._text.find(mark, start)
        if found < 0:
            self._absent.add(mark)
            return len(self._text)
        return found + len(mark)

    def _closing(self, name: str, start: int) -> int:
        if name not in self._absent:
            found = re.compile(rf"</{re.escape(name)}(?=[\s/>])", re.IGNORECASE).search(self._text, start)
            if found is not None:
                return found.start()
            self._absent.add(name)
        return len(self._text) if name in SWALLOWING else start


def _space_for(name: str) -> str:
    if name in BLOCKS:
        return _BREAK
    return " " if name in CELLS or name in DROPPED else ""
