"""Feed documents through feedparser, which mends what can be mended. For the worker process only: it can be slow."""

from __future__ import annotations

import io
import re
from typing import Any
from xml.sax import SAXException

import feedparser

from bot.adapters.web.raw import RawEntry, RawFeed

_TEXT_TYPES = ("text/", "application/xhtml+xml", "application/xml")
_SKIP_HOURS = re.compile(r"<skip(Hours|Days)[^>]*>(.{0,2000}?)</skip\1>", re.DOTALL | re.IGNORECASE)
_SKIPPED = re.compile(r"<(?:hour|day)\b", re.IGNORECASE)


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
    raw = RawFeed(
        title=_text(feed, "title"),
        link=_text(feed, "link"),
        language=_text(feed, "language"),
        entries=[_entry(entry) for entry in found.entries],
        ttl=_text(feed, "ttl"),
        update_period=_text(feed, "sy_updateperiod"),
        update_frequency=_text(feed, "sy_updatefrequency"),
        relative_to_document=str(found.get("version") or "").startswith("atom"),
        repaired=isinstance(found.get("bozo_exception"), SAXException),
    )
    raw.skipped_hours, raw.skipped_days = skipped(text)
    return raw


def skipped(text: str) -> tuple[int, int]:
    """How many hours and days ``skipHours`` and ``skipDays`` name."""
    counts = {"hours": 0, "days": 0}
    if "<skip" in text:
        for unit, listed in _SKIP_HOURS.findall(text):
            counts[unit.lower()] = len(_SKIPPED.findall(listed))
    return counts["hours"], counts["days"]


def _entry(entry: Any) -> RawEntry:
    return RawEntry(
        guid=_text(entry, "id"),
        guid_is_link=bool(entry.get("guidislink")) and not entry.get("links"),
        link=_text(entry, "link"),
        original_link=_text(entry, "feedburner_origlink"),
        title=_text(entry, "title"),
        summary=_text(entry, "summary"),
        content=_content(entry),
        dates=[_text(entry, name) for name in ("published", "created", "updated") if _text(entry, name)],
        language=_text(entry, "language"),
    )


def _content(entry: Any) -> str:
    """The longest textual content: ``content:encoded``, Atom's ``content``."""
    contents = entry.get("content") or []
    texts = [
        str(part.get("value") or "") for part in contents if str(part.get("type") or "text/").startswith(_TEXT_TYPES)
    ]
    return max(texts, key=len, default="")


def _text(holder: Any, name: str) -> str:
    value = holder.get(name)
    return value.strip() if isinstance(value, str) else ""
