"""Why: what became of an article, for a moderator who expected it in a briefing, or did not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.domain.briefing import Window
from bot.domain.feed import Feed, host_of
from bot.domain.trace import Unread, Why
from bot.editorial import ranking
from bot.ports import Scope, Store, UnitOfWork
from bot.services.brief import MOST_POINTS

DAY = timedelta(days=1)
REMEMBERED = timedelta(days=14)
"""How far back titles and told stories are looked through."""


async def why(
    store: Store, typed: str, spellings: Callable[[str], tuple[str, ...]], chat_id: int, now: datetime
) -> Why | Unread:
    """Explain the article at an address, or the newest one with these words in its title."""
    scope = Scope(chat_id=chat_id)
    async with store.read() as unit:
        is_address = "://" in typed or ("." in typed and " " not in typed.strip())
        if is_address:
            address = typed if "://" in typed else f"https://{typed}"
            trace = await unit.traces.at(spellings(address), scope)
        else:
            trace = await unit.traces.titled(typed, now - REMEMBERED, scope)
        if trace is None:
            return Unread(await _of_site(unit, typed, scope) if is_address else ())
        told = (await unit.deliveries.told(chat_id, now - REMEMBERED)).get(trace.story_id or "")
        place = None if trace.story_id is None else await _place(unit, trace.story_id, scope, now)
    return Why(
        trace=trace,
        place=place,
        told_at=None if told is None else told[0],
        itself_told=told is not None and trace.article_id in told[1],
    )


async def _place(unit: UnitOfWork, story_id: str, scope: Scope, now: datetime) -> int | None:
    stories = await unit.articles.stories(scope, Window(now - DAY, now))
    chosen = [ranked.story.id for ranked in ranking.rank(stories, at=now, limit=MOST_POINTS)]
    return chosen.index(story_id) + 1 if story_id in chosen else None


async def _of_site(unit: UnitOfWork, typed: str, scope: Scope) -> tuple[Feed, ...]:
    host = host_of(typed)
    return tuple(feed for feed in await unit.feeds.listed(scope) if host_of(feed.spec.url) == host)
