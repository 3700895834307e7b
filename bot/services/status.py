"""Status: the state of a topic, from what one chat can see and what was known at a moment."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple, TypeVar

from bot.domain.briefing import Window
from bot.domain.language import ReaderLanguage
from bot.domain.status import TopicStatus
from bot.domain.topic import TopicId
from bot.editorial.status import assess
from bot.ports import PATIENCE, Scope, Store, Translator, UnitOfWork
from bot.services.translating import in_readers_language

MEMORY = timedelta(days=60)
"""How far back a status looks: older phases have faded, and the trend needs fourteen days."""
MOST_ARTICLES = 200
"""Newest first; a state is decided by the newest, and an answer must come in 20 ms. The trend counts all."""
WEEK = timedelta(days=7)
KEPT_MINUTES = 10
"""How long an answer stands while no claim is stored."""
REMEMBERED = timedelta(hours=1)
"""How long after a question its answer is kept ready."""
MOST_KEPT = 256
"""Answers kept: some twenty topics in two languages, for a few sets of visible feeds."""


Key = TypeVar("Key")
Value = TypeVar("Value")


class _Asked(NamedTuple):
    """What makes two questions one."""

    topic: TopicId
    language: ReaderLanguage | None
    visible: frozenset[int]
    hidden: frozenset[str]
    revision: int
    since: datetime
    """The start of the ten minutes it was asked in."""


@dataclass(frozen=True, slots=True)
class StatusDesk:
    """Answers where a topic stands.

    Answers are kept by topic, language, the very set of feeds the asker may see (so that no chat is answered from
    another's own feeds) for ten minutes, or until the newsroom stores claims: the set and the claims' revision are read
    from the store each time, which costs about a millisecond and holds with several processes. What changes an answer
    without a claim (an article of no claim, a verdict taken back) shows within ten minutes. ``refresh`` makes answers
    ready again that were asked for lately. Which feeds were read in both weeks is kept for a day. Replays are never
    kept.
    """

    store: Store
    translator: Translator | None = None
    """Tells what is only known in the other language; None: it is quoted."""
    _kept: OrderedDict[_Asked, TopicStatus] = field(default_factory=OrderedDict, init=False, repr=False, compare=False)
    _lately: OrderedDict[tuple[TopicId, ReaderLanguage | None, int | None], datetime] = field(
        default_factory=OrderedDict, init=False, repr=False, compare=False
    )
    _steady: OrderedDict[tuple[frozenset[int], date], frozenset[int]] = field(
        default_factory=OrderedDict, init=False, repr=False, compare=False
    )

    async def of(
        self, topic: TopicId, scope: Scope, at: datetime, language: ReaderLanguage | None = None
    ) -> TopicStatus:
        """The state of a topic at a moment, from what the scope lets one see.

        ``language``: of two articles that say the same, the one in it is quoted.
        """
        if scope.replay or scope.known_by != at:
            async with self.store.read() as unit:
                return await _assessed(unit, topic, scope, at, language, await _steady_feeds(unit, scope, at))
        _keep(self._lately, (topic, language, scope.chat_id), at)
        return await self._current(topic, scope, at, language)

    async def told(
        self, topic: TopicId, scope: Scope, at: datetime, language: ReaderLanguage, *, within: float = PATIENCE
    ) -> TopicStatus:
        """The same as its reader is told it: what is quoted is in their language where it could be translated."""
        status = await self.of(topic, scope, at, language)
        if self.translator is None:
            return status
        return await in_readers_language(status, language, self.translator, self.store, within=within)

    async def refresh(self, at: datetime) -> None:
        """Answer again, before anybody asks, what was asked for within the last hour: for after the newsroom's turn."""
        for (topic, language, chat_id), asked in list(self._lately.items()):
            if at - asked > REMEMBERED:
                del self._lately[topic, language, chat_id]
            else:
                await self._current(topic, Scope(chat_id=chat_id, known_by=at), at, language)

    async def _current(
        self, topic: TopicId, scope: Scope, at: datetime, language: ReaderLanguage | None
    ) -> TopicStatus:
        async with self.store.read() as unit:
            visible, revision = await unit.feeds.visible(scope), await unit.claims.revision()
            hidden = await unit.reports.hidden(scope)
            asked = _Asked(topic, language, visible, hidden, revision, _ten_minutes(at))
            status = self._kept.get(asked)
            if status is None:
                day = (visible, at.date())
                steady = self._steady.get(day)
                if steady is None:
                    steady = _keep(self._steady, day, await _steady_feeds(unit, scope, at))
                status = _keep(self._kept, asked, await _assessed(unit, topic, scope, at, language, steady))
            return replace(status, at=at)


def _ten_minutes(at: datetime) -> datetime:
    return at.replace(minute=at.minute - at.minute % KEPT_MINUTES, second=0, microsecond=0)


def _keep(kept: OrderedDict[Key, Value], key: Key, value: Value) -> Value:
    kept[key] = value
    kept.move_to_end(key)
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
    followed_since = await unit.articles.first_known(scope)
    claims = await unit.claims.of_articles(topic, [sourced.article.id for sourced in articles])
    reports = None
    if len(articles) == MOST_ARTICLES:
        reports = await unit.articles.reports(topic, scope, Window(at - 2 * WEEK, at))
    return assess(
        topic,
        articles,
        claims,
        at=at,
        followed_since=followed_since,
        reports=reports,
        steady_feeds=steady,
        language=language,
    )
