"""Counting what is kept, for whoever watches the bot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Figures:
    """What there is now. Nothing in it names a chat or a person."""

    feeds: Mapping[str, int] = field(default_factory=dict)
    """State → number; an active feed that can't be read is ``failing``."""
    articles: int = 0
    unread: int = 0
    """Articles the newsroom has not judged."""
    chats: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """(platform, state) → number."""
    parts: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """(platform, state) → parts of deliveries; the dead that we gave up ourselves by why (``GivenUp``)."""
    part_waits_since: datetime | None = None
    """Since when a part could go and did not; None: none waits."""
    edition_waits_since: datetime | None = None
    """When the briefing was due that is the latest; None: none is late."""
    model_tokens: int = 0
    """Used by the language model today (UTC), what is set aside included."""
    model_calls: int = 0


class FigureRows(Protocol):
    """Counting."""

    async def count(self, newsroom_version: int, now: datetime) -> Figures:
        """Count everything."""
        ...
