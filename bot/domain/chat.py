"""Chats and people, whatever the platform."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.language import ReaderLanguage
from bot.domain.quiet import QuietHours

PlatformName = str
"""``console``, ``telegram`` or ``discord``: the adapter's folder name."""


class ChatKind(StrEnum):
    """Decides who may change settings and how formal we are."""

    PRIVATE = "private"
    GROUP = "group"
    CHANNEL = "channel"


class ChatState(StrEnum):
    """Whether we may write to it."""

    ACTIVE = "active"
    GONE = "gone"
    """Blocked, kicked, deleted or archived: nothing is sent, nothing is deleted."""


@dataclass(frozen=True, slots=True)
class ChatAddress:
    """Where a platform delivers: enough to send, and nothing else."""

    platform: PlatformName
    chat: str = field(repr=False)
    """The platform's own id of the chat or channel. Never logged, so no repr shows it."""
    thread: str = field(default="", repr=False)
    """Forum topic or thread within it; empty for the chat itself."""


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat we know."""

    id: int
    """Ours; a migrated chat keeps it."""
    address: ChatAddress
    kind: ChatKind
    language: ReaderLanguage | None
    """None until chosen: the person's client language decides."""
    zone: str | None
    """IANA name, None until chosen."""
    state: ChatState = ChatState.ACTIVE
    quiet: QuietHours | None = None
    """Nothing arrives with a sound then, and breaking news waits."""
