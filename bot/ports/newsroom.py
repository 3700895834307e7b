"""Keeping what was read: articles, the stories they tell, and the claims in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.article import Article, Judgement
from bot.domain.briefing import Window
from bot.domain.claim import Claim
from bot.domain.language import ArticleLanguage
from bot.domain.story import OpenStory, SourcedArticle, Story
from bot.ports.scope import Scope


@dataclass(frozen=True, slots=True)
class Tally:
    """How much was read in a window."""

    articles_read: int
    articles_relevant: int
    newest_article_at: datetime | None


Spellings = Sequence[Sequence[str]]
"""One thing by any of its names, each the folded stems of its words: ``(("prisonni",), ("captif",))``."""


class ArticleRows(Protocol):
    """Articles, read and unread."""

    async def add(self, articles: Sequence[Article]) -> tuple[str, ...]:
        """Store what is new as unread and return its ids; a known article gains the new feeds and nothing else."""
        ...

    async def known(self, article_ids: Sequence[str]) -> frozenset[str]:
        """Those of the articles that are stored already."""
        ...

    async def rights(self, article_ids: Sequence[str]) -> Mapping[str, tuple[str | None, bool]]:
        """Article id → its address, and whether its publisher said with it that it is kept from text mining."""
        ...

    async def unread(self, newsroom_version: int, limit: int) -> tuple[Article, ...]:
        """Articles the newsroom has not judged with this version, in published order."""
        ...

    async def record(self, judgements: Sequence[Judgement]) -> None:
        """Write verdicts; an article that is not about the war keeps its id, title and address only."""
        ...

    async def stories(self, scope: Scope, window: Window) -> tuple[Story, ...]:
        """Stories with an article in the window, each with every article in scope, newest story first."""
        ...

    async def story(self, story_id: str, scope: Scope) -> Story | None:
        """One story, restricted to the scope; None where nothing of it is visible."""
        ...

    async def search(
        self, words: Sequence[str | Spellings], scope: Scope, limit: int, language: ArticleLanguage | None = None
    ) -> tuple[SourcedArticle, ...]:
        """Relevant articles with all of these folded stems, newest first; ``language`` set: those in it only."""
        ...

    async def tally(self, scope: Scope, window: Window) -> Tally:
        """How much was read and how much of it was about the war."""
        ...

    async def first_known(self, scope: Scope) -> datetime | None:
        """When the first article in scope became known: nothing can be said about the time before."""
        ...

    async def feeds_reached(self, scope: Scope, window: Window) -> int:
        """How many listed feeds answered within the window, or (archives, replays) have an article in it."""
        ...

    async def steady_feeds(self, scope: Scope, windows: Sequence[Window]) -> frozenset[int]:
        """Feeds with an article, on whatever subject, in each of the windows, whoever may see them."""
        ...


class StoryRows(Protocol):
    """What clustering remembers."""

    async def open(self, since: datetime, *, apart: bool = False) -> tuple[OpenStory, ...]:
        """Stories with an article at or after ``since``; where wanted those that chats' own feeds began too."""
        ...

    async def save(self, stories: Sequence[OpenStory]) -> None:
        """Write or replace; a merged story's articles are moved to the one it was merged into."""
        ...


class ClaimRows(Protocol):
    """Who said what."""

    async def add(self, claims: Sequence[Claim], of: Collection[str] = ()) -> None:
        """Store claims; those of an article read again replace the old ones.

        ``of``: ids of articles that were read, so that one that claims nothing any more loses its old claims too.
        """
        ...
