"""Upkeep: once an hour, let go of what was kept long enough, in small steps between which others write."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.domain.offer import PREVIEW_LIFE
from bot.ports import Clock, Store, UpkeepRows
from bot.services.answering import WAY_BACK

log = structlog.get_logger(__name__)

LEASE_NAME = "upkeep"
LEASE = timedelta(seconds=15)
EVERY = timedelta(hours=1)
STEP = 100
"""Rows removed in one transaction: some milliseconds."""
STEPS = 100
"""Steps of one turn; what is left then is for the next one, seconds later."""

FULL_TEXTS = timedelta(days=30)
"""How long an article's full text is kept: we quote from news, we are no archive of others' work."""
LEDGER = timedelta(days=30)
"""How long it is known what a chat was sent. Longer than anything is told of it, corrected in it or asked of it."""
UPDATES = timedelta(days=3)
"""Telegram tells an update again for a day, Discord for a quarter of an hour."""
SUGGESTIONS = timedelta(days=90)
UNDO = timedelta(days=30)
"""How long a source that a chat let go can be taken back."""
LEASES = timedelta(days=1)

Chore = Callable[[UpkeepRows, datetime, int], Awaitable[int]]
"""(rows, now, at most so many) → so many were removed."""


@dataclass(slots=True)
class Upkeep:
    """Keeps the database from growing for ever, and the promises about what is kept."""

    store: Store
    clock: Clock
    owner: str
    articles: timedelta
    """How long articles are kept."""
    chats: timedelta
    """How long a chat that is gone is remembered."""
    _next: datetime | None = None

    async def turn(self) -> int:
        """Do what is due, where no other process is at it; how many rows were removed."""
        now = self.clock.now()
        # A clock that was set back by more than the interval must not keep us waiting.
        if self._next is not None and now < self._next <= now + EVERY:
            return 0
        removed: dict[str, int] = {}
        finished = True
        steps = STEPS
        for name, chore in self._chores().items():
            done, steps = await self._do(chore, steps)
            finished = finished and steps > 0
            if done:
                removed[name] = done
        if finished:
            self._next = now + EVERY
        if removed:
            log.info("upkeep", **removed)
        return sum(removed.values())

    async def _do(self, chore: Chore, steps: int) -> tuple[int, int]:
        """Work at a chore until it is done or no steps are left: what was removed, and the steps left."""
        removed = 0
        while steps > 0:
            now = self.clock.now()
            async with self.store.write() as unit:
                if await unit.leases.acquire(LEASE_NAME, self.owner, now, now + LEASE) is None:
                    return removed, steps
                done = await chore(unit.upkeep, now, STEP)
            removed += done
            if done < STEP:
                break
            steps -= 1
        return removed, steps

    def _chores(self) -> dict[str, Chore]:
        return {
            "texts": lambda rows, now, most: rows.drop_texts(now - min(FULL_TEXTS, self.articles), most),
            "articles": lambda rows, now, most: rows.remove_articles(now - self.articles, most),
            "stories": lambda rows, now, most: rows.remove_stories(now - self.articles, most),
            "deliveries": lambda rows, now, most: rows.remove_deliveries(now - LEDGER, most),
            "updates": lambda rows, now, most: rows.remove_updates(now - UPDATES, most),
            "unanswered": lambda rows, now, most: rows.remove_unanswered(now - WAY_BACK, most),
            "offers": lambda rows, now, most: rows.remove_offers(now - PREVIEW_LIFE, most),
            "suggestions": lambda rows, now, most: rows.remove_suggestions(now - SUGGESTIONS, most),
            "reports": lambda rows, now, most: rows.remove_reports(now - max(SUGGESTIONS, self.articles), most),
            "orphans": lambda rows, now, most: rows.remove_orphans(now - UNDO, most),
            "leases": lambda rows, now, most: rows.remove_leases(now - LEASES, most),
            "chats": lambda rows, now, most: rows.forget_gone(now, now - self.chats, most),
            "servers": lambda rows, now, most: rows.remove_servers(now, now - self.chats, most),
        }
