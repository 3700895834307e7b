"""Status: the state of a topic, from what one chat can see and what was known at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.briefing import Window
from bot.domain.status import TopicStatus
from bot.domain.topic import TopicId
from bot.editorial.status import assess
from bot.ports import Scope, Store

MEMORY = timedelta(days=60)
"""How far back a status looks: older phases have faded, and the trend needs fourteen days."""
MOST_ARTICLES = 400
"""Newest first; a state is decided by the newest, and an answer must come in tens of milliseconds."""


@dataclass(frozen=True, slots=True)
class StatusDesk:
    """Answers where a topic stands."""

    store: Store

    async def of(self, topic: TopicId, scope: Scope, at: datetime) -> TopicStatus:
        """The state of a topic at a moment, from what the scope lets one see."""
        since = at - MEMORY
        async with self.store.read() as unit:
            articles = await unit.articles.about(topic, scope, Window(since, at), MOST_ARTICLES)
            claims = await unit.claims.about(topic, scope, since)
            followed_since = await unit.articles.first_known(scope)
        return assess(topic, articles, claims, at=at, followed_since=followed_since)
