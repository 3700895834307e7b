"""JSON Feed (jsonfeed.org, versions 1 and 1.1), which feedparser does not read."""

from __future__ import annotations

import html
import json
from typing import Any

from bot.adapters.web.raw import RawEntry, RawFeed


def read(text: str) -> RawFeed | None:
    """The document, or None where it is no JSON Feed. Nesting beyond Python's recursion limit is no feed either."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict) or "jsonfeed.org" not in _text(document, "version").lower():
        return None
    items = document.get("items")
    return RawFeed(
        title=html.escape(_text(document, "title")),
        link=_text(document, "home_page_url"),
        language=_text(document, "language"),
        entries=[_entry(item) for item in items if isinstance(item, dict)] if isinstance(items, list) else [],
        relative_to_document=True,
    )


def _entry(item: dict[str, Any]) -> RawEntry:
    """Everything is handed on as markup, so plain text is escaped here."""
    return RawEntry(
        guid=_text(item, "id"),
        link=_text(item, "url") or _text(item, "external_url"),
        title=html.escape(_text(item, "title"), quote=False),
        summary=html.escape(_text(item, "summary"), quote=False),
        content=_text(item, "content_html") or html.escape(_text(item, "content_text"), quote=False),
        dates=[date for date in (_text(item, "date_published"), _text(item, "date_modified")) if date],
        language=_text(item, "language"),
    )


def _text(holder: dict[str, Any], name: str) -> str:
    value = holder.get(name)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value.strip() if isinstance(value, str) else ""
