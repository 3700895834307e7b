"""Articles: one published piece, however many feeds carried it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.language import ArticleLanguage


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as a parser hands it over: plain text only, no markup, no control characters."""

    guid: str
    """The feed's own id, else the canonical address, else a hash of title and text. Unique within a feed."""
    title: str
    url: str | None
    """Canonical http(s) address without trackers, or None where the feed gave none we accept."""
    summary: str
    text: str
    """The full text where the feed carries it (WordPress ``content:encoded``), else empty. Paragraphs are lines."""
    published: datetime | None
    """UTC, clamped to what is possible; None where the feed said nothing readable."""
    language: ArticleLanguage | None = None
    """As the entry or its feed declared."""


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed document, read."""

    title: str
    site_url: str | None
    language: ArticleLanguage | None
    entries: tuple[Entry, ...]
    """In the feed's order, capped."""
    skipped: int = 0
    """Entries left out because of the cap."""
    minimum_interval_seconds: int = 0
    """What ttl, skipHours, skipDays and sy:updatePeriod ask for, together; 0: nothing asked."""
    skipped_hours: tuple[int, ...] = ()
    """0–23, UTC."""
    skipped_days: tuple[int, ...] = ()
    """0 is Monday, UTC."""
    repaired: bool = False
    """The document was not well-formed, and could be read all the same."""


class Verdict(StrEnum):
    """Is it about the war?"""

    YES = "yes"
    MAYBE = "maybe"
    """Becomes yes through company: its story is, or its feed is dedicated."""
    NO = "no"


@dataclass(frozen=True, slots=True)
class Relevance:
    """A verdict with the reasons a moderator can read."""

    verdict: Verdict
    score: float
    reasons: tuple[str, ...]
    """Short codes with the words found, such as ``title:kyiv`` or ``-sport:match``."""


@dataclass(frozen=True, slots=True)
class Article:
    """A stored article."""

    id: str
    """As imported, else 16 hexadecimal digits of the hash of its canonical address (or feed and guid)."""
    url: str | None
    title: str
    summary: str
    text: str
    language: ArticleLanguage
    published: datetime
    """UTC. Never later than the moment we first saw it."""
    known_at: datetime
    """UTC: when we could first have told a reader. Imported articles: their ``published``."""
    feed_ids: tuple[int, ...]
    """Every feed that carried it, the first one first."""
    imported: bool = False
    fingerprint: str = ""
    """Of the words as a feed gave them, so that a change is noticed; empty where no feed did."""
    reserved: bool = False
    """Its publisher keeps it from text mining: no model outside this machine is given a word of it."""

    @property
    def body(self) -> str:
        """The richest text we hold: the full text, else the summary."""
        return self.text or self.summary


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the newsroom decided about one article."""

    article_id: str
    relevance: Relevance
    story_id: str | None
    """None: not about the war, so in no story."""
    topics: tuple[str, ...]
    """Topic ids, most important first."""
    newsroom_version: int
    search_terms: tuple[str, ...] = ()
    """Folded stems to search it by; empty for an article that is not about the war."""
