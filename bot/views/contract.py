"""The JSON that tools read, for ``brief`` and ``status``. Field names are a contract; values are data, not wording."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.domain.briefing import Briefing, Citation, Coverage, Method, Point
from bot.domain.language import ReaderLanguage
from bot.domain.status import Contest, Position, TopicStatus


def moment(at: datetime | None) -> str | None:
    """ISO 8601 in UTC with a ``Z``, to the second."""
    return None if at is None else at.replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def briefing_json(briefing: Briefing) -> dict[str, Any]:
    """The briefing of the design's contract."""
    return {
        "language": briefing.language,
        "at": moment(briefing.at),
        "window": {"from": moment(briefing.window.start), "to": moment(briefing.window.end)},
        "points": [_point(point) for point in briefing.points],
        "coverage": _coverage(briefing.coverage, briefing.method),
    }


def source_json(citation: Citation) -> dict[str, Any]:
    """One outlet behind an answer; ``url`` is the article's address or null."""
    return {
        "name": citation.name,
        "url": citation.url,
        "lang": citation.language,
        "ownership": citation.ownership,
    }


def _point(point: Point) -> dict[str, Any]:
    return {
        "headline": point.headline,
        "text": point.text,
        "story": point.story_id,
        "badges": list(point.badges),
        "articles": list(point.article_ids),
        "sources": [source_json(citation) for citation in point.citations],
        "quoted_language": point.quoted_language,
    }


def _coverage(coverage: Coverage, method: Method) -> dict[str, Any]:
    return {
        "feeds_reached": coverage.feeds_reached,
        "feeds_total": coverage.feeds_total,
        "articles_read": coverage.articles_read,
        "articles_relevant": coverage.articles_relevant,
        "newest_article_at": moment(coverage.newest_article_at),
        "method": method,
    }


def status_json(status: TopicStatus, language: ReaderLanguage) -> dict[str, Any]:
    """The state of a topic of the design's contract; sentences stay in their articles' language."""
    latest = status.latest
    return {
        "topic": status.topic,
        "language": language,
        "at": moment(status.at),
        "phase": status.phase,
        "confidence": status.strength,
        "since": moment(status.since),
        "followed_since": moment(status.followed_since),
        "partial": [
            {"scope": partial.scope, "phase": partial.phase, "since": moment(partial.since)}
            for partial in status.partial
        ],
        "latest": latest
        and {
            "text": latest.text,
            "language": latest.language,
            "at": moment(latest.at),
            "articles": list(latest.article_ids),
        },
        "claims": [_claim(position) for position in status.positions],
        "contested": [_contest(contest) for contest in status.contested],
        "timeline": [
            {
                "date": entry.date.isoformat(),
                "text": entry.text,
                "articles": list(entry.article_ids),
                "planned": entry.planned,
            }
            for entry in status.timeline
        ],
        "trend": {
            "days": [{"date": day.date.isoformat(), "stories": day.stories} for day in status.trend.days],
            "direction": status.trend.direction,
        },
        "sources": [source_json(citation) for citation in status.sources],
    }


def _claim(position: Position) -> dict[str, Any]:
    return {
        "claimant": position.claimant,
        "via": position.via,
        "text": position.text,
        "polarity": position.polarity,
        "articles": list(position.article_ids),
    }


def _contest(contest: Contest) -> dict[str, Any]:
    return {
        "proposition": contest.proposition,
        "positions": [{"claimant": side.claimant, "polarity": side.polarity} for side in contest.positions],
    }
