"""Ordinary RSS through fastfeedparser, at a seventh of feedparser's cost; a test compares the two."""

from __future__ import annotations

from typing import Any

import fastfeedparser

from bot.adapters.web.manners import skipped
from bot.adapters.web.ordinary import CONTENT, ordinary_channel
from bot.adapters.web.raw import RawEntry, RawFeed

_SY = "{http://purl.org/rss/1.0/modules/syndication/}"


def read(text: str) -> RawFeed | None:
    """The document, or None where ``tolerant`` must read it.

    It goes in as bytes: fastfeedparser takes text that begins like an address for one, and bytes for a document only.
    What it leaves out (language, ttl, ``sy:updatePeriod``) lxml, which it is built on, finds in the channel.
    """
    document = _undeclared(text).encode("utf-8", "replace")
    channel = ordinary_channel(document)
    if channel is None:
        return None
    found = fastfeedparser.parse(document, include_tags=False, include_media=False, include_enclosures=False)
    items = channel.findall("item")
    if len(items) != len(found.entries):
        return None
    title, entries = found.feed.get("title", ""), [_entry(*both) for both in zip(found.entries, items, strict=True)]
    if any(map(_encoded_twice, (title, *(text for entry in entries for text in _texts(entry))))):
        return None
    hours, days = skipped(text)
    return RawFeed(
        title=title,
        link=found.feed.get("link", ""),
        language=_text(channel, "language"),
        entries=entries,
        ttl=_text(channel, "ttl"),
        update_period=_text(channel, f"{_SY}updatePeriod"),
        update_frequency=_text(channel, f"{_SY}updateFrequency"),
        skipped_hours=hours,
        skipped_days=days,
    )


def _texts(entry: RawEntry) -> tuple[str, str, str]:
    return entry.title, entry.summary, entry.content


def _encoded_twice(text: str) -> bool:
    """Whether UTF-8 was taken for Latin-1 and encoded again ("trÃªve"), which feedparser sets right."""
    try:
        return not text.isascii() and bool(text.encode("latin-1").decode("utf-8"))
    except UnicodeError:
        return False


def _undeclared(text: str) -> str:
    """Without ``<?xml …?>``: the encoding it names no longer holds once the text is decoded."""
    return text.partition("?>")[2].lstrip() if text.startswith("<?xml") and text[5:6].isspace() else text


def _entry(entry: Any, item: Any) -> RawEntry:
    """What fastfeedparser found where the item has it, since it makes a missing summary or content from the other."""
    has_summary, has_content = _text(item, "description") != "", _text(item, CONTENT) != ""
    return RawEntry(
        guid=entry["id"],
        link=entry["link"],
        title=entry["title"],
        summary=entry["description"] if has_summary else "",
        content=entry["content"][0]["value"].strip() if has_content else "",
        dates=[entry["published"]] if "published" in entry else [],
    )


def _text(holder: Any, name: str) -> str:
    return (holder.findtext(name) or "").strip()
