"""HTML → a tree, through lxml, and a tree → its words. For the worker process: hostile markup can be slow.

What costs time is known: one element with 50,000 attributes takes libxml2 seconds. Depth does not: it stops at 256
levels of open elements. Callers cap what they hand in; the worker's limits do the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from bot.adapters.web.elements import BLOCKS, CAPTIONED, CELLS, DROPPED

BREAK = "\u2029"
"""Between paragraphs while we work: it is white space, whoever wrote it."""

_CAPTION = "wp-caption-text"


def tree_of(markup: str) -> Any:
    """The page's root, an lxml element; None where there is nothing in it.

    Comments and instructions are left out, nothing is fetched, and no ``<meta charset>`` is believed: it is text.
    """
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return etree.fromstring(markup.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:  # no element at all
        return None


def text_in(root: Any) -> str:
    """What a reader sees of an element, ``BREAK`` where a paragraph begins or ends."""
    return "".join(_pieces(root))


def _pieces(root: Any) -> Iterator[str]:
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        name = element.tag
        if name in BLOCKS:
            yield BREAK
        elif name in CELLS or name in DROPPED:
            yield " "
        if event == "start":
            if _is_dropped(element):
                walk.skip_subtree()
            elif element.text:
                yield element.text
        elif element.tail and element is not root:
            yield element.tail


def _is_dropped(element: Any) -> bool:
    return element.tag in DROPPED or (element.tag in CAPTIONED and _CAPTION in element.get("class", ""))
