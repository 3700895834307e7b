"""``bot desk claims``: who says what about a topic, in each row's own words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from bot.domain.article import Article
from bot.domain.claim import Claim
from bot.domain.errors import UnknownTopic
from bot.domain.story import Source, SourcedArticle
from bot.domain.topic import TopicId
from bot.editorial import topics
from bot.editorial.claims import extract
from bot.editorial.language import detect
from bot.services.desk import Answer, Row

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""Of rows without a readable date: they name no day, so nothing is resolved against it."""


def answer(rows: Iterable[Row], *, topic: str) -> list[Answer]:
    """``{"id", "claims"}`` for each row, in the order of the rows; the claims are those on one topic.

    ``topic``: a topic's id, or words for one. Raises UnknownTopic where they mean none.
    """
    wanted = _topic(topic)
    return [{"id": row.get("id"), "claims": [_worded(claim) for claim in _claims(row, wanted)]} for row in rows]


def _topic(asked: str) -> TopicId:
    found = topics.find(asked)
    if found.topic is None:
        raise UnknownTopic(value=asked, nearest=", ".join(topic.id for topic in found.suggestions))
    return found.topic.id


def _claims(row: Row, topic: TopicId) -> list[Claim]:
    title, summary, text, source = (_text(row.get(field)) for field in ("title", "summary", "text", "source"))
    language = detect(f"{title}\n{summary or text}", _text(row.get("lang")) or None)
    published = _moment(row.get("published"))
    article = Article(_text(row.get("id")), None, title, summary, text, language, published, published, ())
    return [claim for claim in extract(SourcedArticle(article, Source(source, language))) if claim.topic == topic]


def _worded(claim: Claim) -> dict[str, Any]:
    return {
        "claimant": claim.claimant or None,
        "text": claim.sentence,
        "proposition": claim.proposition,
        "polarity": claim.polarity.value,
        "phase": claim.phase.value,
        "modality": claim.modality.value,
    }


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _moment(value: Any) -> datetime:
    """An ISO 8601 date or moment in UTC; a moment that names no zone is taken for UTC."""
    try:
        moment = datetime.fromisoformat(_text(value).strip())
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return _LONG_AGO
