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
    search: bool = False
    """The site's own search as a feed: only what matches its words."""
    allowed: bool | None = None
    """Whether robots.txt lets robots read it; None: nobody looked. Feeds are read by those who follow them all the
    same; a moderator may want to know."""

    @property
    def hit_rate(self) -> float:
        """The share of its entries that is about the war."""
        return self.relevant / max(1, self.entries)
