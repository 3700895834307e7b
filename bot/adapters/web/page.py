"""What a web page says about its site's feeds. Pure, and linear in the page's length."""

from __future__ import annotations

import html
import re
from urllib.parse import urljoin

from bot.adapters.web.canonical import canonical

MAX_PAGE = 400_000
"""Characters read of a page; ``<link>`` elements stand near its beginning."""

_TAG = re.compile(r"<(link|a|base)\s([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-zA-Z-]{1,30})\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"})
_FEED_ADDRESS = re.compile(
    r"/(?:feed|rss|atom|flux|flux-rss|syndication)(?:\.(?:xml|rss|php))?/?\Z"
    r"|\.(?:rss|rdf|atom)\Z|/(?:rss|feed|atom|index)[^/]{0,20}\.xml\Z|[?&]feed=(?:rss|atom)",
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"comments?/feed|/comments?\b|commentaires?\b|feed=comments", re.IGNORECASE)
_WORDPRESS = re.compile(r"/wp-content/|/wp-json/|api\.w\.org|content=[\"']WordPress", re.IGNORECASE)


def linked_feeds(page: str, url: str) -> tuple[str, ...]:
    """The feeds a page names: its ``<link rel=alternate>`` elements, else links that look like a feed's address.

    Addresses are absolute and each comes once; feeds of comments are left out.
    """
    base, declared, mentioned = url, list[str](), list[str]()
    for tag in _TAG.finditer(page[:MAX_PAGE]):
        kind, attributes = tag[1].lower(), _attributes(tag[2])
        address = _absolute(attributes.get("href", ""), base)
        if address is None:
            continue
        if kind == "base":
            base = address
        elif kind == "link" and _is_declared(attributes):
            declared.append(address)
        elif kind == "a" and _FEED_ADDRESS.search(address):
            mentioned.append(address)
    return tuple(dict.fromkeys(address for address in declared or mentioned if not _COMMENTS.search(address)))


def is_wordpress(page: str) -> bool:
    """Whether WordPress made the page."""
    return _WORDPRESS.search(page[:MAX_PAGE]) is not None


def _is_declared(attributes: dict[str, str]) -> bool:
    relation = attributes.get("rel", "").lower().split()
    return "alternate" in relation and attributes.get("type", "").strip().lower() in _FEED_TYPES


def _attributes(text: str) -> dict[str, str]:
    found = _ATTRIBUTE.findall(text)
    return {name.lower(): html.unescape(double or single or bare).strip() for name, double, single, bare in found}


def _absolute(address: str, base: str) -> str | None:
    """An address on the web as it is written (a feed's query may matter), or None."""
    try:
        absolute = urljoin(base, address.replace("feed://", "http://").removeprefix("feed:"))
    except ValueError:
        return None
    return absolute.partition("#")[0] if address and canonical(absolute) else None
