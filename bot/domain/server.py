"""Servers: several chats under one roof, with people who have roles in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.chat import Chat, ChatAddress, PlatformName
from bot.domain.language import ReaderLanguage
from bot.domain.message import Message


@dataclass(frozen=True, slots=True)
class Server:
    """What a server has chosen for all of its chats."""

    platform: PlatformName
    id: str
    """The platform's own."""
    moderator_role: str | None = None
    """Whoever has it decides, besides those who manage the server."""
    language: ReaderLanguage | None = None
    """Of its chats that have chosen none."""
    zone: str | None = None
    """The same, an IANA name."""

    def home_of(self, chat: Chat) -> Chat:
        """A chat of this server, with what it has not chosen itself."""
        return replace(chat, language=chat.language or self.language, zone=chat.zone or self.zone)

    def admits(self, roles: frozenset[str]) -> bool:
        """Whether someone with these roles moderates here. The role everybody has is never the moderators'."""
        return self.moderator_role is not None and self.moderator_role != self.id and self.moderator_role in roles


@dataclass(frozen=True, slots=True)
class Posting:
    """How what we write looks in one chat."""

    alert_role: str | None = None
    """Told of breaking news by name; None: nobody is."""
    tag: str | None = None
    """The label of a forum's posts."""


AS_USUAL = Posting()


@dataclass(frozen=True, slots=True)
class Place:
    """A chat of a server, as its platform knows it at this moment."""

    address: ChatAddress
    name: str
    writable: bool = True
    """We may write there."""
    published: bool = False
    """What is written there is handed on to other servers."""
    tags: tuple[tuple[str, str], ...] | None = None
    """(id, name) of the labels a forum has; None: it is no forum."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role of a server."""

    id: str
    name: str
    for_all: bool = False
    """Everybody has it."""
    ringable: bool = True
    """We may mention it so that those who have it are told."""


def posted(message: Message, posting: Posting) -> Message:
    """A message as it is to stand in one chat: under its label, and with its role mentioned for breaking news only."""
    role = posting.alert_role if message.breaking else None
    return replace(message, mention=role or "", tag=posting.tag or "")
