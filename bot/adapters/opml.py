"""OPML: the subscription lists other feed readers write and read.

Lists that no XML parser accepts are common (bare ampersands, wrong encodings, files cut short), so outlines are read
tag by tag. Nothing is declared, expanded or fetched on the way, and the time is linear in the file's length.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args
from xml.etree import ElementTree

from bot.adapters.web.canonical import canonical
from bot.adapters.web.charset import decoded
from bot.adapters.web.plain import plain_line, shortened
from bot.domain.errors import FeedListError
from bot.domain.feed import FeedSpec, host_of
from bot.domain.language import ArticleLanguage
from bot.domain.masking import masked

MAX_BYTES = 2 * 1024 * 1024
"""A list of ten thousand feeds."""
MAX_FEEDS = 5_000
MAX_TAG = 4_000
"""Characters of one outline's tag."""
MAX_NAME = 200

_NEXT = re.compile(r"<!--|<outline(?=[\s/>])", re.IGNORECASE)
_TAG = re.compile(r"((?:[^\"'<>]++|\"[^\"]*+\"|'[^']*+')*+)>")
_ATTRIBUTE = re.compile(r"([\w:.-]{1,40})\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)')")
_ROOT = re.compile(r"<opml(?=[\s>])", re.IGNORECASE)
_END = re.compile(r"</opml\s*>", re.IGNORECASE)
_FEED_SCHEME = re.compile(r"feed:(?://)?(?=https?://)|feed(?=://)", re.IGNORECASE)
_LANGUAGES = frozenset(get_args(ArticleLanguage)) - {"other"}


@dataclass(frozen=True, slots=True)
class OpmlList:
    """What a file says: its feeds, each address once, and why anything else in it was left out."""

    specs: tuple[FeedSpec, ...]
    problems: tuple[FeedListError, ...]


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


def parse(document: bytes) -> OpmlList:
    """Every feed of an OPML document, however deeply nested.

    Raises FeedListError where the file is too large, is something else, or has no feed.
    """
    if len(document) > MAX_BYTES:
        raise _problem("opml-too-large", 0, limit=MAX_BYTES // 1024)
    text = decoded(document, "")
    specs: dict[str, FeedSpec] = {}
    problems: list[FeedListError] = []
    for line, attributes in _outlines(text):
        try:
            _take(line, attributes, specs)
        except FeedListError as problem:
            problems.append(problem)
    if not specs:
        raise problems[0] if problems else _problem("opml-empty" if _ROOT.search(text) else "opml-syntax", 1)
    if not _END.search(text, max(0, len(text) - 10_000)):
        problems.append(_problem("opml-cut", text.count("\n") + 1))
    return OpmlList(tuple(specs.values()), tuple(problems))


def _take(line: int, attributes: Mapping[str, str] | None, specs: dict[str, FeedSpec]) -> None:
    """Add an outline's feed; a folder has none. Raises FeedListError where it can't be followed."""
    if attributes is None:
        raise _problem("opml-outline", line)
    url = _FEED_SCHEME.sub(lambda scheme: "" if ":" in scheme[0] else "http", attributes.get("xmlurl", ""), count=1)
    if not url:
        if attributes.get("type", "").lower() in {"rss", "atom"}:
            raise _problem("opml-no-address", line, name=_name(attributes) or "?")
        return
    one_spelling = canonical(url)
    if one_spelling is None or "://" not in url:
        raise _problem("opml-address", line, value=shortened(masked(url), 100))
    if one_spelling in specs:
        raise _problem("opml-twice", line, value=shortened(masked(url), 100))
    if len(specs) >= MAX_FEEDS:
        raise _problem("opml-too-many", line, limit=MAX_FEEDS)
    specs[one_spelling] = FeedSpec(url=url, name=_name(attributes), language=_language(attributes))


def _outlines(text: str) -> Iterator[tuple[int, Mapping[str, str] | None]]:
    """Line and attributes of every outline outside comments, names in lower case; None where it can't be read."""
    line, counted, position = 1, 0, 0
    for _ in range(2 * MAX_FEEDS):
        found = _NEXT.search(text, position)
        if found is None:
            return
        if found[0] == "<!--":
            position = text.find("-->", found.end())
            if position < 0:
                return
            continue
        line, counted = line + text.count("\n", counted, found.start()), found.start()
        tag = _TAG.match(text, found.end(), found.end() + MAX_TAG)
        yield line, None if tag is None else _attributes(tag[1])
        position = found.end() if tag is None else tag.end()


def _attributes(tag: str) -> dict[str, str]:
    return {
        name.lower(): " ".join(html.unescape(double or single).split())
        for name, double, single in _ATTRIBUTE.findall(tag)
    }


def _name(attributes: Mapping[str, str]) -> str | None:
    return shortened(plain_line(attributes.get("title") or attributes.get("text") or ""), MAX_NAME) or None


def _language(attributes: Mapping[str, str]) -> ArticleLanguage | None:
    code = attributes.get("language", "")[:2].lower()
    return code if code in _LANGUAGES else None  # type: ignore[return-value]  # the set holds such codes only


def _problem(key: str, line: int, **arguments: str | int) -> FeedListError:
    return FeedListError(key, line=line, entry=0, field="", **arguments)
