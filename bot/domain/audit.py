"""The audit log: who changed what about which feed, when, and what it was before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.moderation import Actor, Standing, Verb


@dataclass(frozen=True, slots=True)
class NewChange:
    """A change as it is written down, in the transaction that makes it."""

    at: datetime
    actor: Actor
    chat_id: int | None
    """Where it was asked; None: nowhere, or in a chat that was forgotten."""
    feed_id: int | None
    """None: the feed is no longer stored."""
    name: str
    """What the feed was called."""
    verb: Verb
    before: Standing
    after: Standing
    undoes: int | None = None
    """The change that this one takes back."""
    report_id: int | None = None
    """The report that was decided; ``before`` and ``after`` then say nothing."""
    everyones: bool = False
    """It concerned every chat, whatever the standings say."""

    @property
    def public(self) -> bool:
        """Whether it concerned what everyone gets."""
        if self.everyones:
            return True
        standing_changed = (self.before.public, self.before.state) != (self.after.public, self.after.state)
        return (self.before.public or self.after.public) and standing_changed


@dataclass(frozen=True, slots=True)
class Change(NewChange):
    """A change that was written down."""

    id: int = 0
    undone: bool = False
    """It was taken back."""

    @property
    def can_be_undone(self) -> bool:
        """Whether taking it back is possible at all: once, and an undoing is no change of its own."""
        return not self.undone and self.verb is not Verb.UNDO


class Who(StrEnum):
    """Whom a reader of the log is told."""

    YOU = "you"
    BOT = "bot"
    ADMINISTRATOR = "administrator"
    """Someone who spoke in the chat's own name."""
    FORMER = "former"
    """Someone who asked to be forgotten."""
    OTHER = "other"
    """Shown by the first letters of their actor."""
