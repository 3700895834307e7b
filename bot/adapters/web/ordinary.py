"""Which RSS documents are of the ordinary shape that ``quick`` may read. Pure.

fastfeedparser is quick because it looks at little. An element or a comment inside a title cuts the title off there;
``media:title`` is the title where it comes first; a date it does not know is guessed, or made from a numeric guid; a
damaged document is mended without a word. None of it can happen where every field is one run of text under its usual
name, with dates as RFC 822 writes them: WordPress's feeds and most newspapers'. Everything else is for feedparser.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_ONCE = ("title", "link", "guid", "pubDate")
"""What an ordinary item has exactly once."""
_READ = frozenset({*_ONCE, "description", CONTENT})
"""What we take from an item."""
_TELLING_NAMES = """
title link guid id description summary content encoded fullitem body pubdate published issued created date updated
modified lastbuilddate language origlink
"""
_TELLING = frozenset(_TELLING_NAMES.split())
"""Local names, in lower case, of which fastfeedparser or feedparser makes something in one namespace or another."""
_IDLE = frozenset({"{http://search.yahoo.com/mrss/}content", "{http://purl.org/dc/elements/1.1/}date"})
"""Of these neither makes anything beside the fields above."""
_DATE = re.compile(
    r"\s*[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (?:GMT|UTC|[+-](?:0\d|1[0-4])(?:00|30|45))\s*"
)
_OF_XML = (b" xml:", b"\txml:", b"\nxml:", b"\rxml:")
"""How an attribute such as ``xml:base`` is written; found in text, it costs time and no more."""
_ATOM_LINK = "{http://www.w3.org/2005/Atom}link"
_HEAD = frozenset({"title", "link", "language", "item", _ATOM_LINK})


def ordinary_channel(document: bytes) -> Any:
    """The channel of an ordinary document, an lxml element; None for every other document, damaged ones included.

    The tree is built without expanding an entity, reading a declaration or reaching for the network, and not beyond
    libxml2's limits (256 levels, 10 MB of text in one place).
    """
    if any(written in document for written in _OF_XML):
        return None
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(document, parser)
    except etree.XMLSyntaxError:
        return None
    if root.tag != "rss" or root.getroottree().docinfo.doctype or [child.tag for child in root] != ["channel"]:
        return None
    channel = root[0]
    return channel if _is_head(channel) and all(map(_is_item, channel.iterchildren("item"))) else None


def _is_head(channel: Any) -> bool:
    """Whether the channel has one plain title and link, and nothing that could be taken for them."""
    names = [child.tag for child in channel if isinstance(child.tag, str)]
    alike = [name for name in names if _local(name) in {"title", "link", "language", "item", "entry"}]
    once = alike.count("title") == alike.count("link") == 1 >= alike.count("language")
    plain = all(len(child) == 0 for child in channel.iterchildren("title", "link", "language", "ttl"))
    alternate = any(link.get("rel", "alternate") == "alternate" for link in channel.iterchildren(_ATOM_LINK))
    return once and plain and _HEAD.issuperset(alike) and not alternate


def _is_item(item: Any) -> bool:
    """Whether each field we read is one run of text, stands once and has no rival."""
    names = [child.tag for child in item]
    if not all(isinstance(name, str) for name in names):
        return False  # a comment or an instruction
    read = [child for child in item if child.tag in _READ]
    once = all(names.count(name) == 1 for name in _ONCE) and len({child.tag for child in read}) == len(read)
    rivals = any(_local(name) in _TELLING for name in {*names} - _READ - _IDLE)
    plain = all(len(child) == 0 and (child.tag == "guid" or not child.attrib) for child in read)
    said = all((item.findtext(name) or "").strip() for name in _ONCE)
    return once and not rivals and plain and said and _DATE.fullmatch(item.findtext("pubDate")) is not None


def _local(name: str) -> str:
    return name.rpartition("}")[2].lower()
