"""Reads a message's HTML as Telegram does, and refuses what it refuses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from tests.fakes.telegram.schema import BadParameter

TAGS = frozenset(("b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre", "blockquote"))
_TOKEN = re.compile(r"<(?P<close>/)?(?P<name>[a-zA-Z-]*)(?P<attributes>[^<>]*)>")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
_HREF = re.compile(r'href="([^"]*)"')


def utf16_length(text: str) -> int:
    """UTF-16 code units: what every limit of Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


@dataclass(frozen=True, slots=True)
class Entity:
    """A marked stretch of a message. ``offset`` and ``length`` are UTF-16 units."""

    type: str
    offset: int
    length: int
    url: str = ""
    expandable: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """A message as readers see it."""

    text: str
    entities: tuple[Entity, ...]


def read_html(html: str) -> Marked:
    """Text and entities. Raises BadParameter."""
    text = ""
    open_tags: list[tuple[str, str, int]] = []
    entities: list[Entity] = []
    at = 0
    for token in _TOKEN.finditer(html):
        text += _words(html[at : token.start()])
        at = token.end()
        name = token["name"].lower()
        if name not in TAGS:
            raise BadParameter(f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {token.start()}')
        if not token["close"]:
            open_tags.append((name, token["attributes"].strip(), utf16_length(text)))
        elif not open_tags or open_tags[-1][0] != name:
            raise BadParameter(f"can't parse entities: Unmatched end tag at byte offset {token.start()}")
        else:
            entities.append(_entity(*open_tags.pop(), utf16_length(text)))
    text += _words(html[at:])
    if open_tags:
        raise BadParameter(
            f"can't parse entities: Can't find end tag corresponding to start tag \"{open_tags[-1][0]}\""
        )
    return Marked(text.strip(), tuple(entities))


def _words(raw: str) -> str:
    if "<" in raw or "&" in _ENTITY.sub("", raw):
        raise BadParameter("can't parse entities: an unescaped character")
    return unescape(raw)


def _entity(name: str, attributes: str, start: int, end: int) -> Entity:
    if name == "a":
        found = _HREF.fullmatch(attributes)
        if found is None:
            raise BadParameter("can't parse entities: a link without an address")
        return Entity("text_link", start, end - start, url=_words(found[1]))
    if attributes and (name, attributes) != ("blockquote", "expandable"):
        raise BadParameter(f"can't parse entities: {name} has no attribute {attributes}")
    return Entity(name, start, end - start, expandable=attributes == "expandable")
