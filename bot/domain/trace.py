"""What became of an article: for a moderator who expected it in a briefing, or did not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.article import Relevance
from bot.domain.feed import Feed


@dataclass(frozen=True, slots=True)
class Trace:
    """One stored article, whatever was decided about it."""

    article_id: str
    title: str
    url: str | None
    published: datetime
    known_at: datetime
    relevance: Relevance | None
    """None: not judged yet."""
    story_id: str | None
    topics: tuple[str, ...]
    feeds: tuple[Feed, ...]
    """Those that carried it and that the asker may see, the first one first."""


@dataclass(frozen=True, slots=True)
class Why:
    """All there is to know of one article, in one chat."""

    trace: Trace
    place: int | None
    """Its story's place in a briefing of the last day, were it written now; None: it would not be told."""
    told_at: datetime | None
    """When this chat was last told its story."""
    itself_told: bool
    """The point was written from this very article, among others."""


@dataclass(frozen=True, slots=True)
class Unread:
    """We never read such an article."""

    feeds: tuple[Feed, ...] = ()
    """The followed feeds of its site."""
