"""How fast we may write: the flood limits Telegram names in its FAQ, kept with a margin. Pure."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

Rule = tuple[int, timedelta]
"""At most so many messages in any such span."""

WHOLE_TOKEN: Rule = (25, timedelta(seconds=1))
"""Telegram: about 30 a second over all chats."""
ONE_CHAT: Rule = (3, timedelta(seconds=3))
"""Telegram: one a second in a chat, short bursts aside."""
ONE_GROUP: Rule = (20, timedelta(minutes=1))
"""Telegram: 20 a minute in a group or channel."""

_LONGEST_SPAN = ONE_GROUP[1]
_MOST_CHATS = 5000


class Pace:
    """Remembers when messages were sent, or will be, and says how long the next one has to wait."""

    def __init__(self) -> None:
        self._all: deque[datetime] = deque(maxlen=WHOLE_TOKEN[0])
        self._chats: dict[str, deque[datetime]] = {}

    def reserve(self, chat: str, now: datetime, patience: float) -> tuple[bool, float]:
        """(whether there is room, seconds to wait for it). Room beyond ``patience`` seconds is not reserved."""
        sent = self._chats.get(chat, deque(maxlen=ONE_GROUP[0]))
        rules = (ONE_CHAT, ONE_GROUP) if chat.startswith(("-", "@")) else (ONE_CHAT,)
        moment = max(now, _room(self._all, WHOLE_TOKEN, now), *(_room(sent, rule, now) for rule in rules))
        wait = (moment - now).total_seconds()
        if wait > patience:
            return False, wait
        self._all.append(moment)
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
