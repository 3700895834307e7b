"""Feed health: tell moderators once that a feed fails, before it is paused, and when it is well again."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot.domain.audit import NewChange
from bot.domain.feed import Feed, FeedReading, FeedState
from bot.domain.feed_health import Alarm, FeedNews, feed_news
from bot.domain.moderation import BOT, Verb
from bot.ports import Clock, Store, UnitOfWork
from bot.services.moderators import Moderators
from bot.services.notices import Notices
from bot.views.health import Told, health_message

log = structlog.get_logger(__name__)

ENOUGH = 3
"""Feeds from which "most of them fail at once" says that it is our own connection."""


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """Watches over every feed."""

    store: Store
    clock: Clock
    moderators: Moderators
    notices: Notices

    async def turn(self) -> int:
        """Tell what is new, pause what has failed for a week; how many feeds there was something to tell of.

        Harmless to call often, and in several processes: what was told is in the database, and a notice has a key.
        """
        now = self.clock.now()
        async with self.store.read() as unit:
            feeds, readings, alarms = await _watched(unit)
        news = _news(feeds, readings, alarms, now)
        if not news or _is_our_own_fault(feeds, readings, news):
            return 0
        async with self.store.write() as unit:
            for told in news:
                await unit.standings.hold(told.feed.id)
            if await unit.standings.alarms() != alarms:
                return 0  # Another process was faster.
            await self._tell(unit, news, now)
            for told in news:
                await self._note(unit, told, now)
        log.info("feed health told", feeds=len(news))
        return len(news)

    async def _tell(self, unit: UnitOfWork, news: Sequence[Told], now: datetime) -> None:
        seats = await self.moderators.seats(unit)
        of_chat: defaultdict[int, list[Told]] = defaultdict(list)
        for told in news:
            listeners = seats if told.feed.public else await unit.standings.followers(told.feed.id)
            for chat_id in listeners:
                of_chat[chat_id].append(told)
        for chat_id, lines in of_chat.items():
            chat = await unit.chats.get(chat_id)
            if chat is not None:
                language, zone = self.notices.language(chat), self.notices.zone(chat)
                message = health_message(lines, language=language, zone=zone, now=now)
                await self.notices.send(unit, _key(chat_id, lines, now), chat, message, now)

    async def _note(self, unit: UnitOfWork, told: Told, now: datetime) -> None:
        over = told.news is FeedNews.RECOVERED
        await unit.standings.raise_alarm(told.feed.id, None if over else Alarm(told.news, now))
        if told.news is FeedNews.PAUSED:
            await _pause(unit, told.feed, now)


async def _watched(unit: UnitOfWork) -> tuple[Sequence[Feed], Mapping[int, FeedReading], Mapping[int, Alarm]]:
    feeds = [feed for feed in await unit.standings.everywhere() if feed.polled and feed.state is not FeedState.RETIRED]
    return feeds, await unit.feeds.readings([feed.id for feed in feeds]), await unit.standings.alarms()


def _news(
    feeds: Iterable[Feed], readings: Mapping[int, FeedReading], alarms: Mapping[int, Alarm], now: datetime
) -> list[Told]:
    found = ((feed, feed_news(feed.state, readings[feed.id], alarms.get(feed.id), now)) for feed in feeds)
    return [Told(feed, readings[feed.id], news) for feed, news in found if news is not None]


def _is_our_own_fault(feeds: Sequence[Feed], readings: Mapping[int, FeedReading], news: Sequence[Told]) -> bool:
    """Most feeds fail at once: no moderator can mend that, and no feed is paused for it."""
    read = [feed for feed in feeds if feed.state is FeedState.ACTIVE]
    failing = sum(readings[feed.id].failing_since is not None for feed in read)
    bad = any(told.news is not FeedNews.RECOVERED for told in news)
    return bad and len(read) >= ENOUGH and 2 * failing > len(read)


async def _pause(unit: UnitOfWork, feed: Feed, now: datetime) -> None:
    """Pause a feed and write it down as the bot's own doing, in the log of the chat it is of."""
    followers = () if feed.public else await unit.standings.followers(feed.id)
    chat_id = followers[0] if len(followers) == 1 else None
    case = await unit.standings.case(feed.id, chat_id or 0)
    if case is None:
        return
    after = replace(case.standing, state=FeedState.PAUSED)
    await unit.standings.stop(feed.id)
    change = NewChange(now, BOT, chat_id, feed.id, feed.name, Verb.PAUSE, case.standing, after)
    await unit.audit.record(change)


def _key(chat_id: int, lines: Sequence[Told], now: datetime) -> str:
    """The same news on the same day is told once."""
    said = " ".join(f"{told.feed.id}:{told.news}" for told in lines)
    digest = hashlib.blake2b(said.encode(), digest_size=8).hexdigest()
    return f"health:{chat_id}:{now.date().isoformat()}:{digest}"
