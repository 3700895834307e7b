"""Writing for readers."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.language import ReaderLanguage
from bot.domain.story import Digest, Story


class Summariser(Protocol):
    """Condenses a story in a reader's language."""

    async def condense(self, story: Story, language: ReaderLanguage, *, since: datetime | None) -> Digest:
        """A digest of the story; what is newer than ``since`` comes first. Never raises: offline is always possible."""
        ...
