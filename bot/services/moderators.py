"""Moderators: who may change the sources everyone gets, and how the first of them is found."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field, replace

from bot.domain.chat import Chat, ChatKind, PlatformName
from bot.domain.errors import CommandError
from bot.domain.moderation import Authority, actor_of
from bot.ports import Clock, Request, Store, UnitOfWork
from bot.services.moderate import Moderator

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without those that are read for another: I and 1, O and 0."""
_GROUPS, _GROUP = 3, 4
"""``XXXX-XXXX-XXXX``: 60 bits, which nobody guesses through a chat."""


@dataclass(frozen=True, slots=True)
class Moderators:
    """Knows who moderates what."""

    store: Store
    clock: Clock
    named: frozenset[tuple[PlatformName, str]] = field(default=frozenset(), repr=False)
    """Those of the operator's settings."""
    aside: Store | None = None
    """For what is noted in passing and is no effect of a command; None: the same."""

    def on(self, store: Store) -> Moderators:
        """The same, changing things through another store."""
        return replace(self, store=store, aside=self.aside or self.store)

    async def who(self, request: Request, chat: Chat) -> Moderator:
        """The person of a request, with what they may moderate."""
        actor = actor_of(request.chat.platform, request.person)
        bot = await self._is_bot_moderator(request, actor)
        if bot and request.chat_kind is ChatKind.PRIVATE:
            await self._take_seat(actor, chat)
        return Moderator(actor, Authority(chat=request.is_moderator, bot=bot), chat)

    async def claim(self, request: Request, chat: Chat, code: str) -> None:
        """Become a bot moderator with the code that was printed. Raises CommandError."""
        if request.chat_kind is not ChatKind.PRIVATE:
            raise CommandError("claim-in-private")
        actor = actor_of(request.chat.platform, request.person)
        async with self.store.write() as unit:
            if not await unit.moderators.claim(_hash(code), actor, chat.id, self.clock.now()):
                raise CommandError("claim-refused")

    async def open_claim(self) -> str | None:
        """A new code to print, which replaces the last one; None where somebody moderates already."""
        if any(platform != "console" for platform, _ in self.named):
            return None
        code = "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
        async with self.store.write() as unit:
            if await unit.moderators.any():
                return None
            await unit.moderators.offer(_hash(code), self.clock.now())
        return code

    async def seats(self, unit: UnitOfWork) -> tuple[int, ...]:
        """The private chats of the bot's moderators, as far as they have written to us."""
        return await unit.moderators.seats([actor_of(*pair) for pair in self.named])

    async def _is_bot_moderator(self, request: Request, actor: str) -> bool:
        if (request.chat.platform, request.person) in self.named:
            return True
        async with self.store.read() as unit:
            return await unit.moderators.includes(actor)

    async def _take_seat(self, actor: str, chat: Chat) -> None:
        async with (self.aside or self.store).write() as unit:
            await unit.moderators.seat(actor, chat.id)


def _hash(code: str) -> str:
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.blake2b(letters.encode(), digest_size=16, person=b"depeche.claim").hexdigest()
