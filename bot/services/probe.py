"""Probe: what a site offers before anyone follows it. Nothing is stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.article import Entry, Verdict
from bot.domain.language import ArticleLanguage
from bot.domain.probe import Probed
from bot.editorial.language import detect
from bot.editorial.relevance import judge
from bot.ports import Discoverer, FoundBy, FoundFeed, Robots

WEEK = timedelta(days=7)


async def probe(discoverer: Discoverer, robots: Robots, url: str) -> tuple[Probed, ...]:
    """The feeds at an address, best first. Raises FetchError or ParseError as the port does.

    A site's own search is offered where more of it is about the war than of the site's other feeds.
    """
    found = [look_at(feed) for feed in await discoverer.discover(url)]
    best = max((feed.hit_rate for feed in found if not feed.search), default=0.0)
    offered = [feed for feed in found if not feed.search or feed.hit_rate > best]
    return tuple([replace(feed, allowed=await robots.allows(feed.url)) for feed in offered])


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
        search=found.found_by is FoundBy.SEARCH,
    )


def _is_relevant(entry: Entry, language: ArticleLanguage) -> bool:
    return judge(entry.title, entry.summary, entry.text, language).verdict is Verdict.YES


def _a_week(dates: list[datetime]) -> float:
    if len(dates) < 2 or dates[-1] == dates[0]:
        return 0.0
    return round((len(dates) - 1) * (WEEK / (dates[-1] - dates[0])), 1)
