"""Servers as people choose them, and as a platform knows them at this moment."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from bot.domain.chat import PlatformName
from bot.domain.server import Place, Posting, Role, Server


class ServerView(Protocol):
    """A server a request comes from, through the eyes of its platform; asked from memory."""

    @property
    def id(self) -> str:
        """The platform's own."""
        ...

    @property
    def asker_roles(self) -> frozenset[str]:
        """The roles of whoever asks."""
        ...

    def place(self, chat: str) -> Place | None:
        """A chat of this server by the platform's id; None where it has none that we can see."""
        ...

    def role(self, role: str) -> Role | None:
        """A role of this server by the platform's id."""
        ...


class ServerRows(Protocol):
    """What servers and their chats have chosen."""

    async def get(self, platform: PlatformName, server: str) -> Server:
        """A server; one that has chosen nothing where it is new."""
        ...

    async def save(self, server: Server) -> None:
        """Write a server, new or changed."""
        ...

    async def own(self, chat_id: int, server: str) -> None:
        """A chat is one of this server's. With the last chat that is forgotten goes what its server has chosen."""
        ...

    async def astray(self, platform: PlatformName, server: str, places: Sequence[str]) -> tuple[int, ...]:
        """Of chats of a server where we may write, those we know and took to be gone, or not to be this server's."""
        ...

    async def shut(self, platform: PlatformName, places: Sequence[str]) -> tuple[int, ...]:
        """Of chats where we may not write, those we know and take to be active."""
        ...

    async def left(self, platform: PlatformName, present: Collection[str]) -> tuple[int, ...]:
        """Active chats of a platform's servers other than these."""
        ...

    async def posting(self, chat_id: int) -> Posting:
        """How our words look in a chat."""
        ...

    async def post(self, chat_id: int, posting: Posting) -> None:
        """Change that."""
        ...
