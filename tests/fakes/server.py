"""A server of chats and roles, without any platform."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.domain.chat import ChatAddress
from bot.domain.server import Place, Role

PLATFORM = "console"
EVERYONE = Role("1", "everyone", for_all=True)


@dataclass
class FakeServer:
    """Fulfils ``ports.ServerView``."""

    id: str = "1"
    asker_roles: frozenset[str] = frozenset()
    places: dict[str, Place] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=lambda: {EVERYONE.id: EVERYONE})

    def add_place(self, chat: str, name: str, **how: object) -> ChatAddress:
        """A chat of this server."""
        address = ChatAddress(PLATFORM, chat)
        self.places[chat] = Place(address, name, **how)  # type: ignore[arg-type]  # a test's shorthand
        return address

    def add_role(self, role: str, name: str, *, ringable: bool = True) -> Role:
        """A role of this server."""
        self.roles[role] = Role(role, name, ringable=ringable)
        return self.roles[role]

    def place(self, chat: str) -> Place | None:
        """See the port."""
        return self.places.get(chat)

    def role(self, role: str) -> Role | None:
        """See the port."""
        return self.roles.get(role)
