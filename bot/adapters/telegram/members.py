"""Who may change a group's settings: Telegram's administrators of it."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from telegram import Bot, ChatMember
from telegram.error import BadRequest, TelegramError

from bot.adapters.telegram.redact import redact
from bot.ports.clock import Clock

log = structlog.get_logger(__name__)

REMEMBERED = timedelta(minutes=1)
_MOST_REMEMBERED = 2000
_RIGHTS = (ChatMember.OWNER, ChatMember.ADMINISTRATOR)


class Members:
    """Asks Telegram and remembers its answer for a minute; what can't be found out is no."""

    def __init__(self, bot: Bot, clock: Clock) -> None:
        self._bot = bot
        self._clock = clock
        self._known: dict[tuple[int, int], tuple[datetime, bool]] = {}

    async def administers(self, chat: int, person: int) -> bool:
        """Whether a person is an administrator or the owner of a chat."""
        now = self._clock.now()
        until, known = self._known.get((chat, person), (now, False))
        if until > now:
            return known
        try:
            answer = await self._ask(chat, person)
        except TelegramError as error:
            log.warning("telegram did not tell a member's rights", error=redact(f"{type(error).__name__} {error}"))
            return False
        self._remember((chat, person), now, answer)
        return answer

    async def _ask(self, chat: int, person: int) -> bool:
        """Only a bot that administers the chat is promised every member's status; administrators are listed to all."""
        try:
            member = await self._bot.get_chat_member(chat, person)
        except BadRequest:
            return any(admin.user.id == person for admin in await self._bot.get_chat_administrators(chat))
        return member.status in _RIGHTS

    def _remember(self, key: tuple[int, int], now: datetime, answer: bool) -> None:
        if len(self._known) >= _MOST_REMEMBERED:
            self._known = {old: value for old, value in self._known.items() if value[0] > now}
        self._known[key] = (now + REMEMBERED, answer)
