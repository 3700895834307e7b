"""Letting go of what was kept long enough, a little at a time."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class UpkeepRows(Protocol):
    """What is removed. Each takes at most ``limit`` rows and says how many it took: fewer, and nothing is left."""

    async def drop_texts(self, before: datetime, limit: int) -> int:
        """Empty the full texts of articles published earlier; those of imported ones stay."""
        ...

    async def remove_articles(self, before: datetime, limit: int) -> int:
        """Articles published and known earlier, with their claims; imported ones stay."""
        ...

    async def remove_stories(self, before: datetime, limit: int) -> int:
        """Stories whose last article is older, where none of their articles is kept."""
        ...

    async def remove_deliveries(self, before: datetime, limit: int) -> int:
        """Deliveries written earlier of which nothing waits or is under way.

        The newest of a standing order stays: the next briefing begins where it ended.
        """
        ...

    async def remove_updates(self, before: datetime, limit: int) -> int:
        """Inbound updates seen earlier: no platform tells them again."""
        ...

    async def remove_unanswered(self, before: datetime, limit: int) -> int:
        """Requests noted earlier that were never answered: their platform takes no answer any more."""
        ...

    async def remove_offers(self, before: datetime, limit: int) -> int:
        """Previews made earlier: their buttons no longer work."""
        ...

    async def remove_suggestions(self, before: datetime, limit: int) -> int:
        """Suggestions that were decided earlier."""
        ...

    async def remove_reports(self, before: datetime, limit: int) -> int:
        """Reports of errors made before then, whatever became of them, with who made them."""
        ...

    async def remove_leases(self, before: datetime, limit: int) -> int:
        """Leases of standing orders and of texts being written that ended earlier: nobody holds them any more."""
        ...

    async def remove_orphans(self, before: datetime, limit: int) -> int:
        """Chats' own feeds that nobody has any more, with what only they carried.

        A feed that a moderator let go since ``before`` stays, so that they can undo it.
        """
        ...

    async def remove_servers(self, now: datetime, before: datetime, limit: int) -> int:
        """Servers of which no chat has been known since before then; note since when that is so of the others."""
        ...

    async def forget_gone(self, now: datetime, before: datetime, limit: int) -> int:
        """Chats that have been gone since before then, with every trace; note since when the others are gone."""
        ...
