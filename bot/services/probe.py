"""Probe: what a site offers before anyone follows it. Nothing is stored."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.article import Entry, Verdict
from bot.domain.language import ArticleLanguage
from bot.domain.probe import Probed
from bot.editorial.language import detect
from bot.editorial.relevance import judge
from bot.ports import Discoverer, FoundFeed

WEEK = timedelta(days=7)


async def probe(discoverer: Discoverer, url: str) -> tuple[Probed, ...]:
    """The feeds at an address, best first. Raises FetchError or ParseError as the port does."""
    return tuple(look_at(found) for found in await discoverer.discover(url))


def look_at(found: FoundFeed) -> Probed:
    """What one feed's entries say of it."""
    entries = found.feed.entries
    text = " ".join(f"{entry.title} {entry.summary}" for entry in entries[:20])
    language = detect(text, found.feed.language)
    relevant = [entry for entry in entries if _is_relevant(entry, language)]
    dates = sorted(entry.published for entry in entries if entry.published)
    return Probed(
        url=found.url,
        title=found.feed.title,
        language=language,
        entries=len(entries),
        entries_a_week=_a_week(dates),
        relevant=len(relevant),
        newest_at=dates[-1] if dates else None,
        relevant_titles=tuple(entry.title for entry in relevant[:3]),
    )


def _is_relevant(entry: Entry, language: ArticleLanguage) -> bool:
    return judge(entry.title, entry.summary, entry.text, language).verdict is Verdict.YES


def _a_week(dates: list[datetime]) -> float:
    if len(dates) < 2 or dates[-1] == dates[0]:
        return 0.0
    return round((len(dates) - 1) * (WEEK / (dates[-1] - dates[0])), 1)
