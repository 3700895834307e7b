"""Breaking news: what may be worth interrupting somebody for, and what a chat was interrupted for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.claim import Phase
from bot.domain.topic import TopicId


class AlertKind(StrEnum):
    """Why."""

    PHASE = "phase"
    """A topic is in another phase than the one the chat knows."""
    STORY = "story"
    """A story is told by many independent sources."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that a chat may be alerted to."""

    kind: AlertKind
    subject: str
    """The topic's or the story's id."""
    at: datetime
    """When it came about (UTC): when the phase was first reported, when so many sources had it."""
    topic: TopicId | None = None
    """What it is about: one topic does not sound twice in a short while, whatever the kind."""
    before: Phase | None = None
    after: Phase | None = None
    sources: int = 0
    """Independent ones."""

    @property
    def subjects(self) -> frozenset[str]:
        """What falls silent for a while when this has sounded."""
        return frozenset(name for name in (f"{self.kind}:{self.subject}", self.topic and f"topic:{self.topic}") if name)


class Ruling(StrEnum):
    """What becomes of an occasion now."""

    SEND = "send"
    HOLD = "hold"
    """Not now: it is quiet, or enough was said. It is looked at again."""
    DROP = "drop"
    """It is no longer news."""


@dataclass(frozen=True, slots=True)
class Sounded:
    """One alert that was sent."""

    at: datetime
    subjects: frozenset[str]


@dataclass(frozen=True, slots=True)
class Watch:
    """A chat that wants breaking news, with what it knows."""

    chat_id: int
    since: datetime
    """When it was turned on: what came about before is no breaking news."""
    phases: Mapping[TopicId, Phase] = field(default_factory=dict)
    """Where the topics stood when the chat last knew; a topic that is missing was not looked at yet."""
    sounded: tuple[Sounded, ...] = ()
    """The alerts of the last days, oldest first."""


def alert_key(chat_id: int, occasion: Occasion, day: str) -> str:
    """The unique key of an alert. ``day``: the reader's date; a phase may come back on another one, a story never."""
    if occasion.kind is AlertKind.STORY:
        return f"breaking:{chat_id}:story:{occasion.subject}"
    return f"breaking:{chat_id}:{occasion.subject}:{occasion.before}-{occasion.after}:{day}"
