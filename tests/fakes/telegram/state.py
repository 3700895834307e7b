"""Who and what is on the other side: people, chats, messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.fakes.telegram.html import Entity


@dataclass(frozen=True, slots=True)
class Person:
    """Someone with a client."""

    id: int
    language: str | None = "fr"
    name: str = "Awa"

    @property
    def chat(self) -> int:
        """Their private chat with the bot has their own id."""
        return self.id

    def user(self) -> dict[str, Any]:
        """As the Bot API shows them."""
        user = {"id": self.id, "is_bot": False, "first_name": self.name}
        return user | ({"language_code": self.language} if self.language else {})


@dataclass(slots=True)
class ChatState:
    """A chat and the bot's place in it."""

    id: int
    type: str
    title: str = ""
    forum: bool = False
    topics: set[int] = field(default_factory=set)
    admins: set[int] = field(default_factory=set)
    members: set[int] = field(default_factory=set)
    bot_status: str = "member"
    bot_posts: bool = True
    """In a channel: the right an administrator may lack."""
    migrated_to: int | None = None
    closed: str | None = None
    """Why the bot may not write: the words after ``Forbidden:``."""
    last_message_id: int = 0
    username: str = ""
    """Of a public group or channel."""

    def shown(self) -> dict[str, Any]:
        """As the Bot API shows it."""
        chat: dict[str, Any] = {"id": self.id, "type": self.type}
        if self.type == "private":
            return chat | {"first_name": self.title}
        chat |= {"username": self.username} if self.username else {}
        return chat | {"title": self.title} | ({"is_forum": True} if self.forum else {})


@dataclass(frozen=True, slots=True)
class SentButton:
    """A button under a message."""

    text: str
    data: str


@dataclass(slots=True)
class SentMessage:
    """What the bot wrote, as it stands now."""

    chat_id: int
    message_id: int
    text: str
    """What readers see; a photo's caption."""
    entities: tuple[Entity, ...]
    buttons: tuple[tuple[SentButton, ...], ...]
    thread: int | None = None
    silent: bool = False
    photo: bytes | None = None
    reply_to: int | None = None
    html: str = ""
    edits: int = 0

    @property
    def links(self) -> list[str]:
        """Every address it links to."""
        return [entity.url for entity in self.entities if entity.type == "text_link"]

    @property
    def labels(self) -> list[str]:
        """Its buttons' words."""
        return [button.text for row in self.buttons for button in row]

    def button(self, label_or_data: str) -> SentButton:
        """The button of that label or data."""
        for row in self.buttons:
            for button in row:
                if label_or_data in (button.text, button.data):
                    return button
        raise AssertionError(f"no button {label_or_data!r} under this message, only {self.labels}")


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a method."""

    method: str
    arguments: dict[str, Any]
