"""Status: the state of a topic, from what one chat can see and what was known at a moment."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple, TypeVar

from bot.domain.briefing import Window
from bot.domain.language import ReaderLanguage
from bot.domain.status import TopicStatus
from bot.domain.topic import TopicId
from bot.editorial.status import assess
from bot.ports import Scope, Store, UnitOfWork

MEMORY = timedelta(days=60)
"""How far back a status looks: older phases have faded, and the trend needs fourteen days."""
MOST_ARTICLES = 400
"""Newest first; a state is decided by the newest, and an answer must come in tens of milliseconds."""
WEEK = timedelta(days=7)
MOST_KEPT = 256
"""Answers kept: some twenty topics in two languages, for a few sets of visible feeds."""


Key = TypeVar("Key")
Value = TypeVar("Value")


class _Asked(NamedTuple):
    """What makes two questions one."""

    topic: TopicId
    language: ReaderLanguage | None
    visible: frozenset[int]
    revision: int
    minute: datetime


@dataclass(frozen=True, slots=True)
class StatusDesk:
    """Answers where a topic stands.

    Answers are kept by topic, language, the very set of feeds the asker may see (so that no chat is answered from
    another's own feeds) and minute, until the newsroom stores claims: the set and the claims' revision are read from
    the store each time, which costs about a millisecond and holds with several processes. What changes an answer
    without a claim (an article of no claim, a verdict taken back) shows with the next minute. Which feeds were read in
    both weeks is kept for a day. Replays are never kept.
    """

    store: Store
    _kept: OrderedDict[_Asked, TopicStatus] = field(default_factory=OrderedDict, init=False, repr=False, compare=False)
    _steady: OrderedDict[tuple[frozenset[int], date], frozenset[int]] = field(
        default_factory=OrderedDict, init=False, repr=False, compare=False
    )

    async def of(
        self, topic: TopicId, scope: Scope, at: datetime, language: ReaderLanguage | None = None
    ) -> TopicStatus:
        """The state of a topic at a moment, from what the scope lets one see.

        ``language``: of two articles that say the same, the one in it is quoted.
        """
        async with self.store.read() as unit:
            if scope.replay or scope.known_by != at:
                return await _assessed(unit, topic, scope, at, language, await _steady_feeds(unit, scope, at))
            visible, revision = await unit.feeds.visible(scope), await unit.claims.revision()
            asked = _Asked(topic, language, visible, revision, at.replace(second=0, microsecond=0))
            status = self._kept.get(asked)
            if status is None:
                day = (visible, at.date())
                steady = self._steady.get(day)
                if steady is None:
                    steady = _keep(self._steady, day, await _steady_feeds(unit, scope, at))
                status = _keep(self._kept, asked, await _assessed(unit, topic, scope, at, language, steady))
            return status


def _keep(kept: OrderedDict[Key, Value], key: Key, value: Value) -> Value:
    kept[key] = value
    while len(kept) > MOST_KEPT:
        kept.popitem(last=False)
    return value


async def _steady_feeds(unit: UnitOfWork, scope: Scope, at: datetime) -> frozenset[int]:
    """Feeds there in both weeks that the trend compares."""
    return await unit.articles.steady_feeds(scope, (Window(at - 2 * WEEK, at - WEEK), Window(at - WEEK, at)))


async def _assessed(
    unit: UnitOfWork,
    topic: TopicId,
    scope: Scope,
    at: datetime,
    language: ReaderLanguage | None,
    steady: frozenset[int],
) -> TopicStatus:
    articles = await unit.articles.about(topic, scope, Window(at - MEMORY, at), MOST_ARTICLES)
    oldest = min((sourced.article.published for sourced in articles), default=at)
    followed_since = await unit.articles.first_known(scope)
    if len(articles) == MOST_ARTICLES and at - oldest < 2 * WEEK:
        # So busy a topic that its newest articles tell of days only: no trend can be told from them.
        steady = frozenset()
    claims = await unit.claims.about(topic, scope, oldest)
    return assess(
        topic,
        articles,
        claims,
        at=at,
        followed_since=followed_since,
        steady_feeds=steady,
        language=language,
    )
