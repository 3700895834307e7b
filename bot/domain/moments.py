"""Moments as text. Pure."""

from __future__ import annotations

from datetime import UTC, datetime


def iso_moment(text: str) -> datetime | None:
    """An ISO 8601 date or moment as UTC; one without a zone is UTC. None where it is neither, or out of range."""
    try:
        moment = datetime.fromisoformat(text.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
