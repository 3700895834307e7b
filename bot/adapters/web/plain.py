"""HTML as feeds carry it → plain text, one paragraph a line. For the worker process: hostile markup can be slow.

What reaches us is less than HTML: titles with a bare ``<``, excerpts cut inside a tag, text encoded twice or thrice.
So the parser's words are read again until nothing in them looks like markup.
"""

from __future__ import annotations

import html
import re

from bot.adapters.web.invisible import visible
from bot.adapters.web.markup import BREAK, text_in, tree_of
from bot.adapters.web.mojibake import mended

MAX_MARKUP = 400_000
"""Characters read of one field; the rest is dropped."""

_OPENS = re.compile(r"<(?=[a-zA-Z/!?])")
_ROUNDS = 4
"""How many layers of encoding are peeled off (``&amp;lt;p&amp;gt;`` is one too many, and common)."""

_MAYBE_MARKED = re.compile(r"<[a-zA-Z/!?]|&(?:[a-zA-Z]{2,32}|#\d{1,7}|#[xX][\da-fA-F]{1,6});")
_BREAKING = re.compile(r"<(?:p|br|div|li)\b", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_CUT = re.compile(r" ?\[ ?(?:…|\.{3,}) ?\]")


def plain(markup: str) -> str:
    """The text of an HTML fragment, one paragraph a line, without markup or invisible characters.

    What is left of ``<`` when those are gone opens nothing.
    """
    text = mended(markup[:MAX_MARKUP])
    if "\n" in text and "</" not in text and not _BREAKING.search(text):
        text = _BLANK_LINE.sub(BREAK, text)
    if "<" in text or "&" in text:
        text = _unmarked(text)
    text = visible(text)
    return lines(_OPENS.sub(" ", text) if "<" in text else text)


def plain_line(markup: str) -> str:
    """The same on a single line, for titles."""
    return " ".join(plain(markup).split())


def lines(text: str) -> str:
    """Words with ``BREAK`` between paragraphs → one paragraph a line, spaces and "[…]" as people write them."""
    paragraphs = (" ".join(paragraph.split()) for paragraph in text.split(BREAK))
    answer = "\n".join(paragraph for paragraph in paragraphs if paragraph)
    return _CUT.sub(" …", answer).strip() if "[" in answer else answer


def shortened(text: str, limit: int) -> str:
    """At most ``limit`` characters, cut between words, ``…`` at the cut."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    at_word = max(kept.rfind(" "), kept.rfind("\n"))
    return kept[: at_word if at_word > limit // 2 else None].rstrip(" \n,;:") + "…"


def _unmarked(text: str) -> str:
    """Without tags and entities, layer by layer."""
    for _ in range(_ROUNDS):
        text = html.unescape(_untagged(text))
        if not ("<" in text or "&" in text) or not _MAYBE_MARKED.search(text):
            break
    return text.replace("]]>", "")


def _untagged(text: str) -> str:
    if not _OPENS.search(text):
        return text
    root = tree_of("<body>" + text.replace("<![CDATA[", "").replace("\x00", ""))
    return "" if root is None else text_in(root)
