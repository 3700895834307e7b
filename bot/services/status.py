"""Status: the state of a topic, from what one chat can see and what was known at a moment."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import product
from typing import NamedTuple, TypeVar

from bot.domain.language import READER_LANGUAGES, ReaderLanguage
from bot.domain.status import PhaseChange, TopicStatus
from bot.domain.topic import TopicId
from bot.editorial import topics
from bot.editorial.phase_history import phase_changes
from bot.editorial.status import assess
from bot.ports import PATIENCE, Scope, Store, Translator, UnitOfWork
from bot.services.coverage import MOST_ARTICLES, Coverage, View
from bot.services.translating import in_readers_language

MEMORY = timedelta(days=60)
"""How far back a status looks: older phases have faded, and the trend needs fourteen days."""
KEPT_MINUTES = 10
"""How long an answer stands while no claim is stored."""
REMEMBERED = timedelta(hours=1)
"""How long after a question its answer is kept ready."""
MOST_DRAWN = 1_000
"""Articles, newest first, that tell which steps a picture marks: a busy topic's fortnight."""
MOST_KEPT = 256
"""Answers kept: some twenty topics in two languages for everybody, and as many as asked for from chats' own feeds."""


Key = TypeVar("Key")
Value = TypeVar("Value")


class _Question(NamedTuple):
    """What makes the questions of two chats one."""

    topic: TopicId
    language: ReaderLanguage | None
    visible: frozenset[int]
    hidden: frozenset[str]


class _Moment(NamedTuple):
    """What makes two answers one."""

    question: _Question
    revision: int
    since: datetime
    """The start of the ten minutes it was asked in."""


@dataclass(frozen=True, slots=True)
class StatusDesk:
    """Answers where a topic stands.

    Answers are kept for ten minutes by topic, language, the very set of feeds the asker may see (so that no chat is
    answered from another's own feeds), the stories hidden from them and the newsroom's last change on the topic: these
    are read from the store each time, which costs about two milliseconds and holds with several processes. So new
    claims, withdrawals, corrections and moderators' decisions show at once; only time passes in steps of ten minutes.
    ``refresh`` makes every topic's answer ready again, and keeps at hand what those from chats' own feeds are made of.
    Replays are never kept.
    """

    store: Store
    translator: Translator | None = None
    """Tells what is only known in the other language; None: it is quoted."""
    coverage: Coverage = field(default_factory=Coverage, repr=False, compare=False)
    _kept: OrderedDict[_Moment, TopicStatus] = field(default_factory=OrderedDict, init=False, repr=False, compare=False)
    _lately: OrderedDict[_Question, tuple[int | None, datetime]] = field(
        default_factory=OrderedDict, init=False, repr=False, compare=False
    )
    """What was asked, by what its askers see: a chat that asked it, and when."""

    async def of(
        self, topic: TopicId, scope: Scope, at: datetime, language: ReaderLanguage | None = None
    ) -> TopicStatus:
        """The state of a topic at a moment, from what the scope lets one see.

        ``language``: of two articles that say the same, the one in it is quoted.
        """
        if scope.replay or scope.known_by != at:
            async with self.store.read() as unit:
                past = Coverage()
                return await _assessed(unit, past, topic, await past.view(unit, scope, at), language)
        return await self._current(topic, scope, at, language, asked=True)

    async def told(
        self, topic: TopicId, scope: Scope, at: datetime, language: ReaderLanguage, *, within: float = PATIENCE
    ) -> TopicStatus:
        """The same as its reader is told it: what is quoted is in their language where it could be translated."""
        status = await self.of(topic, scope, at, language)
        if self.translator is None:
            return status
        return await in_readers_language(status, language, self.translator, self.store, within=within)

    async def changes(self, topic: TopicId, scope: Scope, at: datetime) -> tuple[PhaseChange, ...]:
        """The days of the last fortnight on which a topic's state became another one, for its picture."""
        coverage = Coverage() if scope.replay or scope.known_by != at else self.coverage
        async with self.store.read() as unit:
            view = await coverage.view(unit, scope, at)
            told = await coverage.newest(unit, topic, view, MEMORY, MOST_DRAWN)
        found = await asyncio.to_thread(phase_changes, topic, told.articles, told.claims, at)
        # Of what is too much to be read in full the first day's state is no change, but where reading begins.
        began = told.articles[-1].article.published.date() if len(told.articles) == MOST_DRAWN else None
        return tuple(change for change in found if began is None or change.date > began)

    async def refresh(self, at: datetime) -> None:
        """Have every topic's answer ready before anybody asks, for after the newsroom's turn.

        In both languages, from the feeds that all may see; from a chat's own feeds too, what was asked for there within
        the last hour. What is still right is kept, so that a turn without news costs little.
        """
        async with self.store.read() as unit:
            await self.coverage.renew(unit, at)
        for known, told_in in product(topics.topics(), READER_LANGUAGES):
            await self._current(known.id, Scope(known_by=at), at, told_in)
        for question, (chat_id, asked) in list(self._lately.items()):
            if at - asked > REMEMBERED:
                del self._lately[question]
            else:
                await self._current(question.topic, Scope(chat_id=chat_id, known_by=at), at, question.language)

    async def _current(
        self, topic: TopicId, scope: Scope, at: datetime, language: ReaderLanguage | None, *, asked: bool = False
    ) -> TopicStatus:
        async with self.store.read() as unit:
            visible, hidden = await unit.feeds.visible(scope), await unit.reports.hidden(scope)
            question = _Question(topic, language, visible, hidden)
            if asked:
                _keep(self._lately, question, (scope.chat_id, at))
            revision, newest = await unit.coverage.revisions(topic)
            moment = _Moment(question, revision, _ten_minutes(at))
            status = self._kept.get(moment)
            if status is None:
                view = await self.coverage.view(unit, scope, at, visible, newest)
                status = _keep(self._kept, moment, await _assessed(unit, self.coverage, topic, view, language))
            return replace(status, at=at)


def _ten_minutes(at: datetime) -> datetime:
    return at.replace(minute=at.minute - at.minute % KEPT_MINUTES, second=0, microsecond=0)


def _keep(kept: OrderedDict[Key, Value], key: Key, value: Value) -> Value:
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > MOST_KEPT:
        kept.popitem(last=False)
    return value


async def _assessed(
    unit: UnitOfWork, coverage: Coverage, topic: TopicId, view: View, language: ReaderLanguage | None
) -> TopicStatus:
    """Put the state together. Of many articles not all are given: they are counted for the trend then."""
    told = await coverage.newest(unit, topic, view, MEMORY, MOST_ARTICLES)
    many = len(told.articles) == MOST_ARTICLES
    return assess(
        topic,
        told.articles,
        told.claims,
        at=view.at,
        followed_since=await coverage.followed_since(unit, view),
        reports=await coverage.reports(unit, topic, view) if many else None,
        steady_feeds=await coverage.steady(unit, view) & view.visible,
        language=language,
    )
