"""What a web page says about its site's feeds. For the worker process: hostile pages can be slow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from bot.adapters.web.canonical import canonical
from bot.adapters.web.charset import decoded
from bot.adapters.web.markup import tree_of

MAX_PAGE = 400_000
"""Characters read of a page; ``<link>`` elements stand near its beginning."""
MOST_FEEDS = 100
"""A directory of feeds is no site's page."""

_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"})
_FEED_ADDRESS = re.compile(
    r"/(?:feed|rss|atom|flux|flux-rss|syndication)(?:\.(?:xml|rss|php))?/?\Z"
    r"|\.(?:rss|rdf|atom)\Z|/(?:rss|feed|atom|index)[^/]{0,20}\.xml\Z|[?&]feed=(?:rss|atom)",
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"comments?/feed|/comments?\b|commentaires?\b|feed=comments", re.IGNORECASE)
_WORDPRESS = re.compile(r"/wp-content/|/wp-json/|api\.w\.org", re.IGNORECASE)


def links_of(body: bytes, url: str, content_type: str) -> tuple[list[str], bool]:
    """The feeds a page names, and whether WordPress made it.

    Feeds are its ``<link rel=alternate>`` elements, else links that look like a feed's address: absolute, each once,
    feeds of comments left out.
    """
    page = tree_of(decoded(body, content_type)[:MAX_PAGE])
    if page is None:
        return [], False
    base = next((address for one in page.iter("base") if (address := _absolute(one, url))), url)
    found = _addresses(filter(_is_declared, page.iter("link")), base)
    found = found or [address for address in _addresses(page.iter("a"), base) if _FEED_ADDRESS.search(address)]
    feeds = [address for address in found if not _COMMENTS.search(address)]
    return feeds[:MOST_FEEDS], _is_wordpress(page)


def _is_wordpress(page: Any) -> bool:
    said = (value for one in page.iter("link", "script", "img") for value in one.values())
    return any(_WORDPRESS.search(value) for value in said) or any(
        one.get("name", "").lower() == "generator" and one.get("content", "").startswith("WordPress")
        for one in page.iter("meta")
    )


def _is_declared(link: Any) -> bool:
    relation = link.get("rel", "").lower().split()
    return "alternate" in relation and link.get("type", "").strip().lower() in _FEED_TYPES


def _addresses(links: Iterator[Any], base: str) -> list[str]:
    found = (_absolute(link, base) for link in links)
    return list(dict.fromkeys(address for address in found if address is not None))


def _absolute(link: Any, base: str) -> str | None:
    """An address on the web as it is written (a feed's query may matter), or None."""
    address = link.get("href", "").strip()
    try:
        absolute = urljoin(base, address.replace("feed://", "http://").removeprefix("feed:"))
    except ValueError:
        return None
    return absolute.partition("#")[0] if address and canonical(absolute) else None
