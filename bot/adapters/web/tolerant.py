"""Feed documents through feedparser, which mends what can be mended. For the worker process only: it can be slow."""

from __future__ import annotations

import io
from typing import Any
from xml.sax import SAXException

import feedparser

from bot.adapters.web.manners import skipped
from bot.adapters.web.raw import RawEntry, RawFeed

_MARKED = ("text/html", "application/xhtml+xml", "application/xml")


def read(text: str) -> RawFeed | None:
    """The document, or None where nothing in it says that it is a feed.

    ``text`` goes in as bytes through a file object: feedparser takes bare bytes or text for a path or an address.
    Its sanitiser and its link resolver are off, since they are slow and what comes out is made plain text anyway.
    """
    found = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not found.get("version") and not found.entries:
        return None
    feed = found.feed
    atom = str(found.get("version") or "").startswith("atom")
    hours, days = skipped(text)
    return RawFeed(
        title=_text(feed, "title"),
        link=_text(feed, "link"),
        language=_text(feed, "language"),
        entries=[_entry(entry, atom=atom) for entry in found.entries],
        ttl=_text(feed, "ttl"),
        update_period=_text(feed, "sy_updateperiod"),
        update_frequency=_text(feed, "sy_updatefrequency"),
        skipped_hours=hours,
        skipped_days=days,
        relative_to_document=atom,
        repaired=isinstance(found.get("bozo_exception"), SAXException),
    )


def _entry(entry: Any, *, atom: bool) -> RawEntry:
    summary, content = _text(entry, "summary"), _content(entry, atom=atom)
    return RawEntry(
        guid=_text(entry, "id"),
        guid_is_link=bool(entry.get("guidislink")) and not entry.get("links"),
        link=_text(entry, "link"),
        original_link=_text(entry, "feedburner_origlink"),
        title=_text(entry, "title"),
        summary="" if summary == content else summary,  # feedparser copies the content where there is no summary
        content=content,
        dates=[_text(entry, name) for name in ("published", "created", "updated") if _text(entry, name)],
        language=_text(entry, "language"),
    )


def _content(entry: Any, *, atom: bool) -> str:
    """The longest content: ``content:encoded``, Atom's ``content``.

    In RSS only what is marked as HTML: feedparser also puts a picture's ``media:description`` there, as plain text.
    """
    accepted = (*_MARKED, "text/") if atom else _MARKED
    parts = entry.get("content") or []
    texts = [str(part.get("value") or "").strip() for part in parts if str(part.get("type")).startswith(accepted)]
    return max(texts, key=len, default="")


def _text(holder: Any, name: str) -> str:
    value = holder.get(name)
    return value.strip() if isinstance(value, str) else ""
