"""A look at a feed before anyone follows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.language import ArticleLanguage


@dataclass(frozen=True, slots=True)
class Probed:
    """One feed of a site, looked at."""

    url: str
    title: str
    language: ArticleLanguage
    entries: int
    entries_a_week: float
    """From the dates of its entries; 0 where too few are dated."""
    relevant: int
    """Entries that are about the war."""
    newest_at: datetime | None
    relevant_titles: tuple[str, ...]
    """At most three, newest first."""
