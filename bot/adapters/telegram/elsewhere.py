"""Asking in a private chat for another one: which chat is meant, and whether the asker and we may act there."""

from __future__ import annotations

from dataclasses import dataclass, replace

import structlog
from telegram import Bot, ChatFullInfo
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.adapters.telegram.events import may_write
from bot.adapters.telegram.inbound import PLATFORM, Heard, kind_of
from bot.adapters.telegram.members import Members
from bot.adapters.telegram.redact import redact
from bot.domain.chat import ChatAddress, ChatKind
from bot.ports.talking import Request

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Aimed:
    """A request for another chat, whose answer stays with the asker."""

    request: Request
    chat: int
    title: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Asks Telegram about the chat that is meant."""

    bot: Bot
    members: Members

    async def aim(self, heard: Heard, about: int | str) -> Aimed | Request:
        """The request for the chat that is meant; a request with an obstacle where it can't be."""
        request = heard.request
        try:
            chat = await self.bot.get_chat(about)
            here = await self.bot.get_chat_member(chat.id, self.bot.id)
        except (BadRequest, Forbidden):
            return _stopped(request, "channel-unknown", str(about))
        except TelegramError as error:
            log.warning("telegram did not tell about a chat", error=redact(f"{type(error).__name__} {error}"))
            return replace(request, obstacle="unexpected")
        theirs = kind_of(chat) is not ChatKind.PRIVATE and await self.members.administers(chat.id, int(request.person))
        if not theirs and not chat.username:
            return _stopped(request, "channel-unknown", str(about))  # Its name is not everybody's to know.
        if not may_write(chat, here):
            return _stopped(request, "channel-not-ours", _name(chat))
        if not theirs:
            return _stopped(request, "channel-not-yours", _name(chat))
        return Aimed(_for(request, chat), chat.id, _name(chat))


def _for(request: Request, chat: ChatFullInfo) -> Request:
    address = ChatAddress(PLATFORM, str(chat.id))
    return replace(request, chat=address, chat_kind=kind_of(chat), is_moderator=True, for_asker_alone=True)


def _stopped(request: Request, obstacle: str, name: str) -> Request:
    return replace(request, obstacle=obstacle, text=name)


def _name(chat: ChatFullInfo) -> str:
    return chat.title or f"@{chat.username}"
