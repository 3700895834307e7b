"""``bot desk stories``: which rows tell one story? Every row is clustered, in published order, without filtering."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from bot.domain.article import Article
from bot.editorial.language import detect
from bot.editorial.stories import Clusterer
from bot.services.desk import Answer, Row

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def answer(rows: Iterable[Row]) -> list[Answer]:
    """``{"id", "story"}`` for each row, in the order of the rows. Rows without a readable date count as the newest."""
    listed = list(rows)
    clusterer = Clusterer()
    moments = [_moment(row.get("published")) for row in listed]
    newest = max((moment for moment in moments if moment is not None), default=_LONG_AGO)
    articles = [
        _article(row, str(position), moment or newest)
        for position, (row, moment) in enumerate(zip(listed, moments, strict=True))
    ]
    stories: dict[int, str] = {}
    for position in sorted(range(len(articles)), key=lambda at: (articles[at].published, at)):
        stories[position] = clusterer.assign(articles[position])
    return [{"id": row.get("id"), "story": clusterer.current(stories[position])} for position, row in enumerate(listed)]


def _article(row: Row, position: str, published: datetime) -> Article:
    title, summary, text = (_text(row.get(field)) for field in ("title", "summary", "text"))
    language = detect(f"{title}\n{summary or text}", _text(row.get("lang")) or None)
    id_ = _text(row.get("id")) or position
    return Article(id_, None, title, summary, text, language, published, published, (), imported=True)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _moment(value: Any) -> datetime | None:
    """An ISO 8601 date or moment in UTC; a moment that names no zone is taken for UTC."""
    try:
        moment = datetime.fromisoformat(_text(value).strip())
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
