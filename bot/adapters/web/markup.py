"""HTML → a tree, through lxml, and a tree → its words. For the worker process: hostile markup can be slow.

What costs time is known: one element with 50,000 attributes takes libxml2 seconds. Depth does not: it stops at 256
levels of open elements. Callers cap what they hand in; the worker's limits do the rest.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from bot.adapters.web.elements import BLOCKS, CAPTIONED, CELLS, DROPPED

BREAK = "\u2029"
"""Between paragraphs while we work: it is white space, whoever wrote it."""

_PARSER = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
_CAPTION = "wp-caption-text"
_UNSEEN = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|(?:font-size|opacity)\s{0,3}:\s{0,3}0(?![.\d])",
    re.IGNORECASE,
)
_APART = dict.fromkeys(CELLS | DROPPED, " ") | dict.fromkeys(BLOCKS, BREAK)
"""What stands for an element's beginning and its end."""


def tree_of(markup: str) -> Any:
    """The page's root, an lxml element; None where there is nothing in it.

    Comments and instructions are left out, nothing is fetched, and no ``<meta charset>`` is believed: it is text.
    """
    try:
        return etree.fromstring(markup.encode("utf-8", "replace"), _PARSER)
    except etree.XMLSyntaxError:  # no element at all
        return None


def text_in(root: Any) -> str:
    """What a reader sees of an element, ``BREAK`` where a paragraph begins or ends."""
    pieces: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        name = element.tag
        apart = _APART.get(name)
        if apart is not None:
            pieces.append(apart)
        if event == "end":
            if element is not root:
                pieces.append(element.tail or "")
        elif name in DROPPED or _is_hidden(element) or (name in CAPTIONED and _CAPTION in element.get("class", "")):
            walk.skip_subtree()
        else:
            pieces.append(element.text or "")
    return "".join(pieces)


def _is_hidden(element: Any) -> bool:
    """Whether no reader sees an element: words that are there for machines only."""
    style = element.get("style")
    return element.get("hidden") is not None or (style is not None and _UNSEEN.search(style) is not None)
