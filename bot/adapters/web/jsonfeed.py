"""JSON Feed (jsonfeed.org, versions 1 and 1.1) through fastfeedparser; feedparser does not read it."""

from __future__ import annotations

import html
import json
from typing import Any

import fastfeedparser

from bot.adapters.web.raw import MOST_ITEMS, RawEntry, RawFeed

_SAID = ("id", "url", "title", "summary", "content_html", "content_text", "external_url")
"""What fastfeedparser is asked to read of an item."""


def read(text: str) -> RawFeed | None:
    """The document, or None where it is no JSON Feed. Nesting beyond Python's recursion limit is no feed either.

    fastfeedparser gives up a document for one item that is none, guesses at odd dates and drops the languages: it gets
    the sound items without their dates, and the rest is taken as written.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict) or "jsonfeed.org" not in _text(document, "version").lower():
        return None
    listed = document.get("items")
    everything = [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    left_out = max(0, len(everything) - MOST_ITEMS)
    items = everything[: MOST_ITEMS // 2] + everything[MOST_ITEMS // 2 + left_out :]
    found = fastfeedparser.parse(json.dumps(_sound(document, items)).encode())
    return RawFeed(
        title=html.escape(_text(found.feed, "title")),
        link=_text(found.feed, "link"),
        language=_text(found.feed, "language"),
        entries=[_entry(entry, item) for entry, item in zip(found.entries, items, strict=True)],
        uncounted=left_out,
        relative_to_document=True,
    )


def _sound(document: dict[str, Any], items: list[dict[str, Any]]) -> dict[str, Any]:
    """The same document with its text only."""
    head = {name: _text(document, name) for name in ("title", "home_page_url", "language")}
    said = [{name: text for name in _SAID if (text := _text(item, name))} for item in items]
    return {"version": "https://jsonfeed.org/version/1.1", **head, "items": said}


def _entry(entry: Any, item: dict[str, Any]) -> RawEntry:
    """Everything is handed on as markup, so plain text is escaped here."""
    content = entry.get("content", [{"type": "text/html", "value": ""}])[0]
    is_plain = content["type"] == "text/plain"
    external = next((link["href"] for link in entry["links"] if link["rel"] == "related"), "")
    return RawEntry(
        guid=entry["id"] if "id" in item else "",
        link=entry["link"] or external,
        title=html.escape(entry["title"], quote=False),
        summary=html.escape(entry["description"], quote=False) if _text(item, "summary") else "",
        content=html.escape(content["value"], quote=False) if is_plain else content["value"],
        dates=[date for date in (_text(item, "date_published"), _text(item, "date_modified")) if date],
        language=_text(item, "language"),
    )


def _text(holder: dict[str, Any], name: str) -> str:
    value = holder.get(name)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value.strip() if isinstance(value, str) else ""
