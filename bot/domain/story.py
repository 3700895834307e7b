"""Stories: articles about one event, and what a reader is told of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from bot.domain.article import Article
from bot.domain.briefing import Badge, Ground, Method
from bot.domain.feed import Ownership
from bot.domain.language import ArticleLanguage


@dataclass(frozen=True, slots=True)
class Source:
    """An outlet as readers see it."""

    name: str
    language: ArticleLanguage
    country: str | None = None
    ownership: Ownership | None = None


@dataclass(frozen=True, slots=True)
class SourcedArticle:
    """An article with the outlet that published it."""

    article: Article
    source: Source
    topics: tuple[str, ...] = ()
    story_id: str | None = None
    """The story it belongs to, where that is asked for: what is counted a day, and whose numbers are compared."""


@dataclass(frozen=True, slots=True)
class Story:
    """Articles about one event, restricted to what one reader may see, in published order."""

    id: str
    articles: tuple[SourcedArticle, ...]

    @property
    def last_published(self) -> datetime:
        """When the newest of its articles appeared."""
        return max(sourced.article.published for sourced in self.articles)


class Report(NamedTuple):
    """One article on a topic, as far as it is counted."""

    published: datetime
    story: str
    """Its story's id, or its own where it stands alone."""
    feed_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Told:
    """What a chat was last told of a story."""

    at: datetime
    article_ids: tuple[str, ...]
    """The articles it was told from."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A story chosen for a briefing."""

    story: Story
    badges: tuple[Badge, ...]
    """New, or updated since this chat was told of it."""
    score: float
    """What put it at its place; comparable within one ranking only."""
    independent_sources: int
    fresh: tuple[str, ...]
    """Articles this chat was not told of yet, in published order."""


@dataclass(frozen=True, slots=True)
class OpenStory:
    """What clustering remembers of a story, as a row: enough to go on after a restart as if nothing happened."""

    id: str
    last_published: datetime
    memory: bytes
    """The clusterer's own encoding of its vectors; opaque to everyone else."""
    merged_into: str | None = None
    apart: bool = False
    """It was begun by a chat's own feed: articles that everyone sees never join it."""


@dataclass(frozen=True, slots=True)
class Digest:
    """A story condensed for one reader: in its articles' words, or in a model's that were checked against them."""

    headline: str
    """At most 60 characters."""
    text: str
    """One or two whole sentences; empty where no article has one that can be quoted."""
    article_ids: tuple[str, ...]
    """The articles the words were taken from."""
    quoted_language: ArticleLanguage | None = None
    """The words' language where it is not the reader's: they are quoted and must be labelled."""
    method: Method = Method.EXTRACTIVE
    translated_from: ArticleLanguage | None = None
    """Set when a model wrote it from articles in another language only."""
    grounds: tuple[Ground, ...] = ()
    """The sentences a model wrote it from; empty where the text is the articles' own."""
