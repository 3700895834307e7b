"""What the articles on a topic are, without their words: for whoever remembers these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from bot.domain.article import Article
from bot.domain.claim import Claim
from bot.domain.feed import Feed
from bot.domain.story import Report
from bot.domain.topic import TopicId
from bot.ports.scope import Scope


class Listed(NamedTuple):
    """An article on a topic as one scope sees it."""

    article_id: str
    change: int
    """What it says of the topic is the same while this number is."""
    story_id: str | None
    feeds: tuple[Feed, ...]
    """Those in scope that carried it, the first one first; never empty."""


class Remembered(NamedTuple):
    """What an article says, whoever sees it."""

    changes: Mapping[TopicId, int]
    """As ``Listed.change``; 0 on topics that are left out."""
    article: Article
    """Without its feeds."""
    topics: tuple[TopicId, ...]
    claims: tuple[Claim, ...]
    """In the order they were stored, on whatever topic."""


class Counted(NamedTuple):
    """An article as far as it is counted, whoever sees it: with all the feeds that carried it."""

    article_id: str
    topics: tuple[TopicId, ...]
    """Empty where it is not relevant, or not any more."""
    report: Report


class CoverageRows(Protocol):
    """The coverage of topics."""

    async def revision(self, topic: TopicId | None = None) -> int:
        """A number that is a greater one after the newsroom changed anything on a topic, or on any topic: an article
        came, was judged again, moved to another story, claims something else. It falls where articles are removed.
        """
        ...

    async def revisions(self, topic: TopicId) -> tuple[int, int]:
        """The same of a topic and of any topic, of one moment."""
        ...

    async def newest(self, topic: TopicId, scope: Scope, since: datetime, limit: int) -> tuple[Listed, ...]:
        """The newest relevant articles on a topic that were published since then, newest first."""
        ...

    async def remembered(self, article_ids: Sequence[str]) -> Mapping[str, Remembered]:
        """What these articles say."""
        ...

    async def counted(self, topic: TopicId, since: datetime) -> tuple[Counted, ...]:
        """Every relevant article on a topic that was published since then."""
        ...

    async def changed(self, after: int) -> tuple[Counted, ...]:
        """The articles that changed something after a revision, as they are now, relevant or not."""
        ...
