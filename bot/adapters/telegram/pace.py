"""How fast we may write: the flood limits Telegram names in its FAQ."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from bot.domain.pace import Pace
from bot.ports.clock import Clock

Rule = tuple[int, timedelta]
"""At most so many messages in any such span."""

WHOLE_TOKEN: Rule = (30, timedelta(seconds=1))
"""Telegram: about 30 a second over all chats."""
ONE_CHAT: Rule = (3, timedelta(seconds=3))
"""Telegram: one a second in a chat, short bursts aside."""
ONE_GROUP: Rule = (20, timedelta(minutes=1))
"""Telegram: 20 a minute in a group or channel."""

_LONGEST_SPAN = ONE_GROUP[1]
_MOST_CHATS = 5000
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Turns:
    """The whole token's limit: every call that writes takes its turn, first come, first served."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._pace = Pace(*WHOLE_TOKEN)
        self._line = asyncio.Lock()
        self._answered = asyncio.Event()
        self._held = (_LONG_AGO, 0.0)

    def hold(self, seconds: float) -> None:
        """Telegram told the token to wait: nobody's turn comes before then."""
        self._held = (self._clock.now() + timedelta(seconds=seconds), seconds)

    def held(self) -> float:
        """Seconds for which the token was told to wait. A clock that was set back can't make them more."""
        until, asked = self._held
        return min(max(0.0, (until - self._clock.now()).total_seconds()), asked)

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Call within the block."""
        async with self._line:
            while (wait := self._wait()) is None:
                self._answered.clear()
                await self._answered.wait()
            if wait > 0:
                await self._clock.sleep(wait)
            self._pace.take(self._clock.now())
        started = self._clock.now()
        try:
            yield
        finally:
            now = self._clock.now()
            self._pace.give_back(now, now - started)
            self._answered.set()

    def _wait(self) -> float | None:
        wait = self._pace.wait(self._clock.now())
        return None if wait is None else max(wait, self.held())


class ChatPace:
    """Remembers when messages went to a chat, or will, and says how long the next one has to wait. Pure."""

    def __init__(self) -> None:
        self._chats: dict[str, deque[datetime]] = {}

    def reserve(self, chat: str, now: datetime, patience: float) -> tuple[bool, float]:
        """(whether there is room, seconds to wait for it). Room beyond ``patience`` seconds is not reserved."""
        sent = self._chats.get(chat, deque(maxlen=ONE_GROUP[0]))
        rules = (ONE_CHAT, ONE_GROUP) if chat.startswith(("-", "@")) else (ONE_CHAT,)
        moment = max(now, *(_room(sent, rule, now) for rule in rules))
        wait = (moment - now).total_seconds()
        if wait > patience:
            return False, wait
        sent.append(moment)
        self._remember(chat, sent, now)
        return True, wait

    def _remember(self, chat: str, sent: deque[datetime], now: datetime) -> None:
        if len(self._chats) >= _MOST_CHATS:
            self._chats = {name: times for name, times in self._chats.items() if times[-1] > now - _LONGEST_SPAN}
        self._chats[chat] = sent


def _room(sent: deque[datetime], rule: Rule, now: datetime) -> datetime:
    """When another message is within the rule. A clock that was set back can't hold us longer than the span."""
    most, span = rule
    if len(sent) < most:
        return now
    return min(sent[-most] + span, now + span)
