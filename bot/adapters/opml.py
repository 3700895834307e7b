"""OPML: the subscription lists other feed readers write and read."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree  # expat since 2.4.1 refuses entity bombs, and no entity is ever fetched

from bot.domain.errors import FeedListError
from bot.domain.feed import FeedSpec, host_of


def render(specs: Sequence[FeedSpec]) -> str:
    """An OPML 2.0 document with one outline a feed."""
    root = ElementTree.Element("opml", version="2.0")
    ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = "Dépêche"
    body = ElementTree.SubElement(root, "body")
    for spec in specs:
        name = spec.name or host_of(spec.url)
        attributes = {"type": "rss", "text": name, "title": name, "xmlUrl": spec.url}
        if spec.language:
            attributes["language"] = spec.language
        ElementTree.SubElement(body, "outline", attributes)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True)


def parse(document: bytes) -> tuple[FeedSpec, ...]:
    """Every feed of an OPML document, however deeply nested, each address once.

    Raises FeedListError where it is not XML.
    """
    try:
        root = ElementTree.fromstring(document)  # noqa: S314 - see the import
    except ElementTree.ParseError as problem:
        raise FeedListError("opml-syntax", line=problem.position[0], entry=0, field="") from None
    specs: dict[str, FeedSpec] = {}
    for outline in root.iter("outline"):
        url = (outline.get("xmlUrl") or outline.get("xmlurl") or "").strip()
        if url.startswith(("http://", "https://")):
            name = (outline.get("title") or outline.get("text") or "").strip() or None
            specs.setdefault(url, FeedSpec(url=url, name=name))
    return tuple(specs.values())
