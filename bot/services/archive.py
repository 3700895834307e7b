"""Import an archive: JSON Lines in, articles known from the moment they were published. Idempotent by id."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from bot.domain.article import Article
from bot.domain.errors import ImportRowError
from bot.domain.feed import Feed
from bot.domain.moments import iso_moment
from bot.editorial.language import detect
from bot.ports import Store

BATCH = 500
"""Rows written in one unit of work."""
LONGEST_TEXT = 200_000
"""Characters kept of one text: the longest real article is far below it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of an archive, checked."""

    id: str
    title: str
    published: datetime
    source: str
    url: str | None
    summary: str
    text: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did."""

    added: int
    known: int
    problems: tuple[ImportRowError, ...]
    """One for each row that can't be used; the others are in."""


async def import_lines(
    store: Store, lines: Iterable[str], *, canonical: Callable[[str], str | None], until: datetime | None = None
) -> Report:
    """Store an archive's rows as unread articles; rows published after ``until`` are left for another day.

    ``canonical`` takes the trackers off an address, and refuses (None) what is no address of a web page.
    """
    rows: list[Row] = []
    problems: list[ImportRowError] = []
    added = known = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = read_row(line, number, canonical)
        except ImportRowError as problem:
            problems.append(problem)
            continue
        if until is None or row.published <= until:
            rows.append(row)
        if len(rows) == BATCH:
            new = await _write(store, rows)
            added, known, rows = added + new, known + len(rows) - new, []
    new = await _write(store, rows)
    return Report(added + new, known + len(rows) - new, tuple(problems))


def read_row(line: str, number: int, canonical: Callable[[str], str | None]) -> Row:
    """Check one line. Raises ImportRowError naming the line and the field."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        raise ImportRowError("import-row", line=number, field="JSON") from None
    if not isinstance(data, dict):
        raise ImportRowError("import-row", line=number, field="JSON")
    for field in ("id", "title", "published", "source"):
        if not isinstance(data.get(field), str | int) or not str(data[field]).strip():
            raise ImportRowError("import-row", line=number, field=field)
    published = iso_moment(str(data["published"]))
    if published is None:
        raise ImportRowError("import-row", line=number, field="published")
    return Row(
        id=str(data["id"]),
        title=_text(data, "title"),
        published=published,
        source=_outlet(_text(data, "source")),
        url=canonical(_text(data, "url")),
        summary=_text(data, "summary"),
        text=_text(data, "text"),
        language=_text(data, "lang") or None,
    )


def _outlet(source: str) -> str:
    """An outlet's name; of an address, its host: ``feeds.example.org`` rather than ``http://feeds.example.org/rss``."""
    try:
        host = urlsplit(source).hostname if "://" in source else None
    except ValueError:  # brackets without an address in them
        host = None
    return (host or source).removeprefix("www.")


def _text(data: dict[str, Any], field: str) -> str:
    value = data.get(field)
    return str(value)[:LONGEST_TEXT].strip() if isinstance(value, str | int) else ""


async def _write(store: Store, rows: Sequence[Row]) -> int:
    async with store.write() as unit:
        feeds: dict[str, Feed] = {}
        for row in rows:
            if row.source not in feeds:
                language = detect(f"{row.title} {row.summary}", row.language)
                feeds[row.source] = await unit.feeds.archive(row.source, language)
        return len(await unit.articles.add([_article(row, feeds[row.source]) for row in rows]))


def _article(row: Row, feed: Feed) -> Article:
    return Article(
        id=row.id,
        url=row.url,
        title=row.title,
        summary=row.summary,
        text=row.text,
        language=detect(f"{row.title} {row.summary or row.text[:500]}", row.language),
        published=row.published,
        known_at=row.published,
        feed_ids=(feed.id,),
        imported=True,
    )
