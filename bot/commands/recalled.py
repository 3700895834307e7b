"""What a chat can choose from, remembered for a short while: each letter somebody types asks for it again."""

from __future__ import annotations

import unicodedata
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.commands.command import Services
from bot.domain.chat import ChatAddress

REMEMBERED = timedelta(seconds=30)
MOST = 1_000
"""Chats and options that are remembered at once."""
Pairs = Sequence[tuple[str, str]]
LookUp = Callable[[Services, ChatAddress], Awaitable[Pairs]]


@dataclass(slots=True)
class Recalled:
    """Looks up what it does not remember."""

    _known: dict[tuple[LookUp, ChatAddress], tuple[datetime, Pairs]] = field(default_factory=dict)

    async def matching(self, look_up: LookUp, services: Services, chat: ChatAddress, typed: str) -> Pairs:
        """Those with what is typed in their label; those that begin with it first."""
        wanted = _fold(typed)
        found = [pair for pair in await self._all(look_up, services, chat) if wanted in _fold(pair[0])]
        found.sort(key=lambda pair: not _fold(pair[0]).startswith(wanted))
        return found

    async def _all(self, look_up: LookUp, services: Services, chat: ChatAddress) -> Pairs:
        now = services.clock.now()
        at, pairs = self._known.get((look_up, chat), (None, ()))
        if at is None or not timedelta(0) <= now - at < REMEMBERED:
            pairs = await look_up(services, chat)
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[look_up, chat] = now, pairs
        return pairs


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).strip()
